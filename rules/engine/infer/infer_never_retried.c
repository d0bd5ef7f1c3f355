// SPDX-License-Identifier: GPL-2.0-only
/*
 * The mechanism "never retried": a probe can return -EPROBE_DEFER, but the function that calls the
 * probe never retries a probe. Then the device stays without a driver. A finding has no provider,
 * because it does not matter what the probe waits for.
 */
#include "rules/engine/infer/infer_internal.h"

static const struct finding_kind kinds[] = {
	{
		.id = "never-retried",
		.title = "A probe that asks to be called again is called again",
		.why = "The probe can return -EPROBE_DEFER, which asks the kernel to call the "
		       "probe again later. The function that registers the driver treats every "
		       "error "
		       "number as final. So the device stays without a driver, although nothing is "
		       "wrong with the device.",
		.what_to_do =
			"* Register the driver with the function of its bus that retries "
			"deferred probes, and remove `__init` from the probe.\n"
			"* Or make sure that the provider of the probe runs first, and return "
			"another error number.\n",
		/* Not SEVERITY_ERROR: only one device is lost, and only on some machines. */
		.severity = SEVERITY_WARNING,
		.chain_end = "error number",
		.last_step = "returns -EPROBE_DEFER",
	},
	{ 0 },
};

/* @context passes a probe that can return -EPROBE_DEFER to a function that never retries probes. */
struct attempt {
	int32_t context;
	uint32_t event; /* index into flow->events: the call that passes the probe */
	uint8_t tier;	/* enum edge_kind: the least certain edge on the path to the call */
};

static const struct event *event_of(const struct inference *inference,
				    const struct attempt *attempt)
{
	return &g_array_index(inference->flow->events, struct event, attempt->event);
}

static enum confidence confidence_of(const struct inference *inference,
				     const struct attempt *attempt)
{
	int distance = defers_distance(inference->defers, event_of(inference, attempt)->target);

	if (attempt->tier >= EDGE_MANY)
		return CONFIDENCE_LOW;
	return distance || attempt->tier >= EDGE_SINGLE ? CONFIDENCE_MEDIUM : CONFIDENCE_HIGH;
}

/*
 * Adds @attempt to @attempts. @attempts has at most one attempt for each pair of initcall and
 * probe. If @attempts already has an attempt for this pair, keeps the attempt with the more certain
 * path.
 */
static void add_attempt(const struct inference *inference, GArray *attempts,
			const struct attempt *attempt)
{
	const struct initcall *initcall = inference_context(inference, attempt->context)->initcall;
	int32_t target = event_of(inference, attempt)->target;

	for (guint i = 0; i < attempts->len; i++) {
		struct attempt *known = &g_array_index(attempts, struct attempt, i);

		if (inference_context(inference, known->context)->initcall != initcall ||
		    event_of(inference, known)->target != target)
			continue;
		if (attempt->tier < known->tier)
			*known = *attempt;
		return;
	}
	g_array_append_val(attempts, *attempt);
}

static void *new_attempts(void)
{
	return g_array_new(FALSE, FALSE, sizeof(struct attempt));
}

static void free_attempts(void *state)
{
	g_array_unref(state);
}

static void visit(struct inference *inference, void *state, int32_t context, int32_t function,
		  uint8_t tier)
{
	const struct flow *flow = inference->flow;

	if (!inference_context(inference, context)->initcall)
		return;
	for (uint32_t e = flow->first_event[function]; e < flow->first_event[function + 1]; e++) {
		const struct event *event = &g_array_index(flow->events, struct event, e);
		struct attempt attempt = { context, e, tier };

		if (event->entry->kind == MODEL_CALLS &&
		    defers_distance(inference->defers, event->target) >= 0 &&
		    confidence_of(inference, &attempt) >= inference->least &&
		    !walk_rules_out(inference->walk, function, event->line))
			add_attempt(inference, state, &attempt);
	}
}

/*
 * A model names a kernel function that calls a probe. @event passes a probe to the kernel function,
 * directly or through wrappers. Returns the name of the kernel function.
 */
static const char *name_of_caller(const struct inference *inference, const struct event *event)
{
	const struct flow_summary *summary =
		&g_array_index(inference->flow->summaries, struct flow_summary, event->summary);

	while (summary->next >= 0)
		summary = &g_array_index(inference->flow->summaries, struct flow_summary,
					 summary->next);
	return program_name(inference->program, summary->function);
}

/*
 * Sets finding->chain. The chain leads from the initcall to the registration of the probe, then to
 * the probe, then to the line that returns -EPROBE_DEFER.
 */
static void add_chain(struct inference *inference, struct finding *finding,
		      const struct attempt *attempt)
{
	const struct event *event = event_of(inference, attempt);
	g_autoptr(GArray) way = defers_way(inference->defers, event->target);

	g_ptr_array_unref(finding->chain);
	finding->chain = infer_chain(inference, attempt->context, event->function, event->line);
	infer_add_sinks(inference, finding->chain, event->summary);
	for (guint i = 0; i < way->len; i++) {
		const struct defer_step *step = &g_array_index(way, struct defer_step, i);

		infer_add_step(inference, finding->chain, step->function, step->line);
	}
}

static struct finding *finding_of(struct inference *inference, const struct attempt *attempt)
{
	const struct event *event = event_of(inference, attempt);
	const struct context *context = inference_context(inference, attempt->context);
	const struct initcall *initcall = context->initcall;
	const char *probe = program_name(inference->program, event->target);
	struct finding *finding = finding_new(kinds[0].id, NULL);

	finding->verdict = VERDICT_BROKEN;
	finding->confidence = confidence_of(inference, attempt);
	finding->severity = kinds[0].severity;
	finding_set_side(&finding->consumer, initcall);
	finding->message = g_strdup_printf(
		"%s (%s)%s: %s() can return -EPROBE_DEFER, but %s() never tries again",
		initcall->function, initcall_level_name(initcall->level),
		context->kind == CONTEXT_PROBE ? "'s probe" : "", probe,
		name_of_caller(inference, event));
	finding->resource =
		g_strdup_printf("%s (%s)", probe, inference->facts->functions[event->target].file);
	finding->machine = infer_device_text(inference, event);
	/*
	 * With boards, the finding is conditional and names no board. A board that has the device
	 * may lack the supplier for which the probe waits.
	 */
	finding->is_conditional =
		inference->boards || infer_device(inference, event) == DEVICE_UNKNOWN;
	add_chain(inference, finding, attempt);
	finding_seal(finding);
	return finding;
}

static void report(struct inference *inference, void *state, G_GNUC_UNUSED bool all,
		   GPtrArray *findings)
{
	const GArray *attempts = state;

	for (guint i = 0; i < attempts->len; i++) {
		const struct attempt *attempt = &g_array_index(attempts, struct attempt, i);

		if (infer_device(inference, event_of(inference, attempt)) != DEVICE_ABSENT)
			g_ptr_array_add(findings, finding_of(inference, attempt));
	}
}

const struct mechanism mechanism_never_retried = {
	.kinds = kinds,
	.new_state = new_attempts,
	.free_state = free_attempts,
	.visit = visit,
	.report = report,
};
