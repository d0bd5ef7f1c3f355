// SPDX-License-Identifier: GPL-2.0-only
/*
 * The mechanism "closed window": code returns an error if a variable is set, and an initcall sets
 * the variable. So the code must run before this initcall, which closes the window. In the
 * dependency, the consumer is the context that runs the code, and the provider is the initcall that
 * sets the variable.
 *
 * There is no window if the code itself sets the variable. Such a test only keeps the code from
 * running twice, or lets only the first of several drivers set the variable. There is no window
 * either if the kernel sets the variable and clears it again: the variable is then a state.
 */
#include "rules/engine/infer/infer_internal.h"

#include "rules/engine/finding/order.h"

/*
 * A finding has low confidence if the open conditions (infer_open.c) on the path to the test weigh
 * more than MAX_OPEN. A finding also has low confidence if the path to the set-up has an open
 * condition. The window then closes only on some machines, because of an option or a quirk.
 */
#define MAX_OPEN 3
/* A variable that more than MAX_PROVIDERS initcalls set is shared state, and no window. */
#define MAX_PROVIDERS 2

static const struct finding_kind kinds[] = {
	{
		.id = "closed-window",
		.title = "Code runs before another initcall closes the window for it",
		.why = "The code returns an error if a variable is set, and another initcall sets "
		       "the variable. For example, drivers can register only until the "
		       "subsystem has started. Later, the code fails each time.",
		.what_to_do =
			"* *broken*: register the consumer at an earlier level, or the provider "
			"at a later one.\n"
			"* *fragile*: the order holds only because one Makefile line stands "
			"before another. Give one of the initcalls another level, or document "
			"the order at both Makefile lines.\n"
			"* If the code is right and initlint is wrong, accept the finding and "
			"give the reason.\n",
		.severity = SEVERITY_WARNING,
		.chain_end = "test",
		.last_step = "returns an error if it is too late",
	},
	{ 0 },
};

/* A test that a context reaches, and that returns an error if @resource is set. */
struct test_reach {
	int32_t context;
	int32_t function;
	uint32_t guard; /* index into facts->guards */
	int32_t resource;
};

static void *new_tests(void)
{
	return g_array_new(FALSE, FALSE, sizeof(struct test_reach));
}

static void free_tests(void *state)
{
	g_array_unref(state);
}

/* True if @guard returns an error or stops the kernel whenever the tested value is not 0. */
static bool is_refusal(const struct facts_guard *guard)
{
	bool plain = guard->relation == RELATION_NONE ||
		     (guard->relation == RELATION_EQ && guard->number == 0);

	return !guard->when && !guard->alternatives && guard->object < 0 && plain &&
	       (guard->exit == GUARD_ERROR || guard->exit == GUARD_FATAL);
}

/* True if a line of @function sets @resource. */
static bool sets(const struct inference *inference, int32_t function, int32_t resource)
{
	const struct usage *usage = inference->usage;

	for (uint32_t u = usage->first_use[function]; u < usage->first_use[function + 1]; u++) {
		const struct use *use = inference_use(inference, u);

		if (use->role == USE_SETS && use->resource == resource)
			return true;
	}
	return false;
}

static void visit(struct inference *inference, void *state, int32_t context, int32_t function,
		  uint8_t tier)
{
	const struct facts_range *r = &inference->facts->functions[function].guards;

	if (tier >= EDGE_SINGLE || !inference_context(inference, context)->initcall)
		return;
	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &inference->facts->guards[g];
		struct test_reach test = { context, function, g, -1 };

		if (!is_refusal(guard) || walk_rules_out(inference->walk, function, guard->line))
			continue;
		test.resource = usage_tested(inference->usage, inference->program,
					     inference->resources, function, guard);
		if (test.resource >= 0 && !sets(inference, function, test.resource) &&
		    !usage_is_switched(inference->usage, test.resource))
			g_array_append_val((GArray *)state, test);
	}
}

/*
 * Returns the first set-up of @resource that an initcall reaches by direct calls only. A probe does
 * not count as an initcall here. Returns NULL in these cases:
 *   - There is no such set-up.
 *   - More than MAX_PROVIDERS initcalls set @resource. Here, probes count too.
 *   - Code before all initcalls sets @resource.
 *   - @consumer sets @resource.
 */
static const struct reach *closer_of(const struct inference *inference, int32_t resource,
				     const struct initcall *consumer)
{
	const struct reach *all = (const struct reach *)inference->reaches->data, *found = NULL;
	unsigned int n = 0;

	for (uint32_t i = inference->first_reach[resource];
	     i < inference->first_reach[resource + 1]; i++) {
		const struct context *context = inference_context(inference, all[i].context);

		if (inference_use(inference, all[i].use)->role != USE_SETS)
			break;
		if (context->initcall == consumer || context->kind == CONTEXT_BOOT)
			return NULL;
		if (found &&
		    context->initcall == inference_context(inference, found->context)->initcall)
			continue;
		if (++n > MAX_PROVIDERS)
			return NULL;
		/*
		 * A path with a callback is not certain: the function that gets the callback
		 * decides whether the callback runs.
		 */
		if (!found && all[i].tier == EDGE_DIRECT && context->kind != CONTEXT_PROBE)
			found = &all[i];
	}
	return found;
}

static enum verdict verdict_of(const struct context *consumer, const struct context *provider)
{
	if (consumer->place == provider->place)
		return VERDICT_ORDERED;
	if (order_precedes(provider->place, consumer->place))
		return VERDICT_BROKEN;
	return consumer->place->level == provider->place->level ? VERDICT_FRAGILE : VERDICT_ORDERED;
}

static char *message_of(const struct inference *inference, const struct test_reach *test,
			const struct context *provider, enum verdict verdict)
{
	const struct context *consumer = inference_context(inference, test->context);
	g_autofree char *resource = resources_describe(inference->resources, test->resource);

	return g_strdup_printf("%s (%s)%s fails once %s is set, and %s (%s) sets it %s",
			       consumer->initcall->function,
			       initcall_level_name(consumer->initcall->level),
			       consumer->kind == CONTEXT_PROBE ? "'s probe" : "", resource,
			       provider->initcall->function,
			       initcall_level_name(provider->initcall->level),
			       verdict == VERDICT_BROKEN ? "before" : "later only by link order");
}

static struct finding *finding_of(struct inference *inference, const struct test_reach *test,
				  const struct reach *set, enum verdict verdict)
{
	const struct infer_site consumer = { test->context, test->function,
					     inference->facts->guards[test->guard].line };
	const struct infer_site provider = { set->context, set->function,
					     inference_use(inference, set->use)->line };
	unsigned int weight;
	struct finding *finding = infer_site_finding(inference, &kinds[0], verdict, &consumer,
						     &provider, test->resource, &weight);

	finding->consumer_first = true;
	finding->confidence = weight <= MAX_OPEN && !infer_weight_of_set(inference, set)
				      ? CONFIDENCE_MEDIUM
				      : CONFIDENCE_LOW;
	finding->message =
		message_of(inference, test, inference_context(inference, set->context), verdict);
	return finding;
}

static void report(struct inference *inference, void *state, G_GNUC_UNUSED bool all,
		   GPtrArray *findings)
{
	const GArray *tests = state;

	for (guint i = 0; i < tests->len; i++) {
		const struct test_reach *test = &g_array_index(tests, struct test_reach, i);
		const struct context *consumer = inference_context(inference, test->context);
		const struct reach *set = closer_of(inference, test->resource, consumer->initcall);
		enum verdict verdict;
		struct finding *finding;

		if (!set)
			continue;
		verdict = verdict_of(consumer, inference_context(inference, set->context));
		if (verdict > VERDICT_FRAGILE)
			continue;
		finding = finding_of(inference, test, set, verdict);
		if (finding->confidence >= inference->least)
			g_ptr_array_add(findings, finding);
		else
			finding_free(finding);
	}
}

const struct mechanism mechanism_window = {
	.kinds = kinds,
	.new_state = new_tests,
	.free_state = free_tests,
	.visit = visit,
	.report = report,
};
