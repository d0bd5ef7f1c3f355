// SPDX-License-Identifier: GPL-2.0-only
/*
 * The mechanism "bound-driver": a probe looks at the driver of another device, and fails if the
 * device has none: "if (!port->dev.driver) return -ENXIO;". The device has a driver only if the
 * initcall that registers this driver has run. The facts do not tell which driver it is. It is
 * usually a driver of the same bus. So each other driver of the bus counts.
 */
#include <string.h>

#include "rules/engine/finding/order.h"
#include "rules/engine/infer/infer_internal.h"

/* On a bus with more drivers, it is not known which driver the code means. */
#define MAX_DRIVERS 8
/* The largest weight of the open conditions (infer_open.c) of a finding with medium confidence. */
#define MAX_OPEN 8

static const struct finding_kind kinds[] = {
	{
		.id = "bound-driver",
		.title = "A probe fails if another device has no driver yet",
		.why = "A probe looks at the driver of another device, and returns an error if the "
		       "device has none. Another initcall registers a driver for devices of this "
		       "bus. "
		       "If it runs later, the probe fails and is not called again.",
		.what_to_do = "* Register the driver of the other device earlier.\n"
			      "* Or return `-EPROBE_DEFER` from the probe instead of the error.\n",
		.severity = SEVERITY_WARNING,
		.last_step = "tests the driver of a device",
	},
	{ 0 },
};

/* A probe reaches a test of the driver of another device. */
struct bound_test {
	int32_t context;
	int32_t function; /* the function that contains the test */
	uint32_t guard;	  /* index into facts->guards */
};

struct bound {
	GArray *tests;	 /* struct bound_test */
	uint8_t *fields; /* by field: 1 if it has the driver of a device; NULL: not computed yet */
};

static void *new_bound(void)
{
	struct bound *bound = g_new0(struct bound, 1);

	bound->tests = g_array_new(FALSE, FALSE, sizeof(struct bound_test));
	return bound;
}

static void free_bound(void *state)
{
	struct bound *bound = state;

	g_array_unref(bound->tests);
	g_free(bound->fields);
	g_free(bound);
}

/*
 * True if @guard returns an error when a device has no driver. The device must not come from a
 * parameter: code that gets a device tests its own device, mostly for user space.
 */
static bool is_test(const struct facts_guard *guard, const uint8_t *fields)
{
	return guard->when && !guard->alternatives && guard->exit == GUARD_ERROR &&
	       guard->atom.kind == VALUE_LOADED && guard->atom.number < 0 &&
	       guard->atom.field >= 0 && fields[guard->atom.field];
}

static void visit(struct inference *inference, void *state, int32_t context, int32_t function,
		  uint8_t tier)
{
	const struct facts_range *r = &inference->facts->functions[function].guards;
	struct bound *bound = state;

	if (!bound->fields)
		bound->fields = models_fields(inference->facts, inference->models, MODEL_BOUND);
	if (tier >= EDGE_MANY || inference_context(inference, context)->kind != CONTEXT_PROBE)
		return;
	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct bound_test test = { context, function, g };

		if (is_test(&inference->facts->guards[g], bound->fields))
			g_array_append_val(bound->tests, test);
	}
}

static const struct event *registration(const struct inference *inference,
					const struct context *probe)
{
	return &g_array_index(inference->flow->events, struct event, probe->event);
}

/*
 * Returns the probes of the other drivers on the bus of @consumer: GArray of int32_t, indices of
 * contexts. Drivers of one bus are registered through the same entry of a model. Free with
 * g_array_unref().
 */
static GArray *drivers_on_bus(const struct inference *inference, const struct context *consumer)
{
	GArray *drivers = g_array_new(FALSE, FALSE, sizeof(int32_t));

	for (int32_t i = 0; i < (int32_t)inference->contexts->list->len; i++) {
		const struct context *c = inference_context(inference, i);

		if (c->kind == CONTEXT_PROBE && c->initcall != consumer->initcall &&
		    registration(inference, c)->object >= 0 &&
		    registration(inference, c)->entry == registration(inference, consumer)->entry)
			g_array_append_val(drivers, i);
	}
	return drivers;
}

static enum verdict verdict_of(const struct context *consumer, const struct context *provider)
{
	if (consumer->initcall == provider->initcall || consumer->place == provider->place)
		return VERDICT_ORDERED;
	if (order_precedes(consumer->place, provider->place))
		return VERDICT_BROKEN;
	return consumer->place->level == provider->place->level ? VERDICT_FRAGILE : VERDICT_ORDERED;
}

static char *message_of(const struct context *consumer, const struct context *provider,
			enum verdict verdict)
{
	return g_strdup_printf("%s (%s)'s probe fails without a driver for another device, and %s "
			       "(%s) registers a driver of this bus %s",
			       consumer->initcall->function,
			       initcall_level_name(consumer->initcall->level),
			       provider->initcall->function,
			       initcall_level_name(provider->initcall->level),
			       verdict == VERDICT_BROKEN ? "later" : "earlier only by link order");
}

static struct finding *finding_of(struct inference *inference, const struct bound_test *test,
				  int32_t driver, enum verdict verdict)
{
	const struct context *probe = inference_context(inference, driver);
	const struct event *event = registration(inference, probe);
	const struct infer_site consumer = { test->context, test->function,
					     inference->facts->guards[test->guard].line };
	const struct infer_site provider = { probe->parent, event->function, event->line };
	unsigned int weight;
	struct finding *finding =
		infer_site_finding(inference, &kinds[0], verdict, &consumer, &provider,
				   resources_object(inference->resources, "driver", event->object),
				   &weight);

	finding->confidence = weight <= MAX_OPEN ? CONFIDENCE_MEDIUM : CONFIDENCE_LOW;
	finding->message = message_of(inference_context(inference, test->context),
				      inference_context(inference, probe->parent), verdict);
	return finding;
}

static void report_test(struct inference *inference, const struct bound_test *test,
			GHashTable *known, GPtrArray *findings)
{
	const struct context *consumer = inference_context(inference, test->context);
	g_autoptr(GArray) drivers = drivers_on_bus(inference, consumer);

	for (guint i = 0; drivers->len <= MAX_DRIVERS && i < drivers->len; i++) {
		int32_t driver = g_array_index(drivers, int32_t, i);
		const struct context *probe = inference_context(inference, driver);
		enum verdict verdict =
			verdict_of(consumer, inference_context(inference, probe->parent));
		struct finding *finding;

		if (verdict > VERDICT_FRAGILE)
			continue;
		finding = finding_of(inference, test, driver, verdict);
		if (finding->confidence >= inference->least &&
		    g_hash_table_add(known, g_strdup(finding->fingerprint)))
			g_ptr_array_add(findings, finding);
		else
			finding_free(finding);
	}
}

static void report(struct inference *inference, void *state, G_GNUC_UNUSED bool all,
		   GPtrArray *findings)
{
	const struct bound *bound = state;
	g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < bound->tests->len; i++)
		report_test(inference, &g_array_index(bound->tests, struct bound_test, i), known,
			    findings);
}

const struct mechanism mechanism_bound = {
	.kinds = kinds,
	.new_state = new_bound,
	.free_state = free_bound,
	.visit = visit,
	.report = report,
};
