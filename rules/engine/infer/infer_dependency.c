// SPDX-License-Identifier: GPL-2.0-only
/*
 * The mechanism "dependency": one context needs a resource that another context sets up. A context
 * is code that the boot runs: an initcall, a driver's probe, or code before all initcalls.
 */
#include "rules/engine/infer/infer_internal.h"

#define WHAT_TO_DO                                                                               \
	"* *broken*: register the consumer at a later level or the provider at an earlier one, " \
	"or make the consumer a driver whose probe returns `-EPROBE_DEFER` until the provider "  \
	"is there.\n"                                                                            \
	"* *fragile*: the order holds only because one Makefile line stands before another. "    \
	"Give one of the initcalls another level, or document the order at both Makefile "       \
	"lines.\n"                                                                               \
	"* If the code is right and initlint is wrong, accept the finding and give the "         \
	"reason.\n"                                                                              \
	"\n"                                                                                     \
	"`initlint why CONSUMER PROVIDER` shows both call chains and what decides the order.\n"

static const struct finding_kind kinds[] = {
	[DEPENDENCY_VARIABLE] = {
		.id = "needs-variable",
		.title = "A variable is set up before another initcall's code uses it",
		.why = "One initcall gives a variable, or a member of it, its first value at run "
		       "time (a pointer, a flag, a lock, a list). Code that another initcall "
		       "reaches uses the variable. Until the first value is set, the variable is "
		       "zero: a lookup finds nothing, a pointer is NULL, a list head is not "
		       "initialised.",
		.what_to_do = WHAT_TO_DO,
		.severity = SEVERITY_WARNING,
	},
	[DEPENDENCY_RESOURCE] = {
		.id = "needs-" MECHANISM_KIND,
		.is_family = true,
		.title = "A '" MECHANISM_KIND
			 "' is registered before another initcall's code needs it",
		.why = "One initcall registers a resource that a model calls '" MECHANISM_KIND
		       "'. Code that another initcall reaches looks up the resource or depends on "
		       "it. Before the registration, the resource does not exist.",
		.what_to_do = WHAT_TO_DO,
		.severity = SEVERITY_WARNING,
	},
	{ 0 },
};

/*
 * Adds the uses in @function to inference->reaches. A use is a line that sets up or needs a
 * resource. For each resource, adds only the first set-up that the walk of @context reaches. For
 * each resource and each value of enum use_how, adds only the first need that the walk reaches.
 */
static void visit(struct inference *inference, G_GNUC_UNUSED void *state, int32_t context,
		  int32_t function, uint8_t tier)
{
	const struct usage *usage = inference->usage;

	for (uint32_t u = usage->first_use[function]; u < usage->first_use[function + 1]; u++) {
		const struct use *use = inference_use(inference, u);
		uint32_t *stamps = inference->stamps[use->role == USE_SETS ? 0 : 1 + use->how];
		struct reach reach = { context, function, u, tier };

		if (stamps[use->resource] == (uint32_t)context + 1 ||
		    walk_rules_out(inference->walk, function, use->line))
			continue;
		stamps[use->resource] = (uint32_t)context + 1;
		g_array_append_val(inference->reaches, reach);
	}
}

static gint by_resource(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct inference *inference = data;
	const struct reach *x = a, *y = b;
	const struct use *ux = inference_use(inference, x->use);
	const struct use *uy = inference_use(inference, y->use);
	int px, py;

	if (ux->resource != uy->resource)
		return ux->resource < uy->resource ? -1 : 1;
	if (ux->role != uy->role)
		return ux->role == USE_SETS ? -1 : 1;
	px = context_position(inference_context(inference, x->context));
	py = context_position(inference_context(inference, y->context));
	if (px != py)
		return px < py ? -1 : 1;
	if (x->tier != y->tier)
		return x->tier < y->tier ? -1 : 1;
	return x->use < y->use ? -1 : x->use > y->use;
}

static void index_reaches(struct inference *inference)
{
	uint32_t n = resources_count(inference->resources);

	g_array_sort_with_data(inference->reaches, by_resource, inference);
	inference->first_reach = g_new0(uint32_t, n + 1);
	for (guint i = 0; i < inference->reaches->len; i++) {
		const struct reach *r = &g_array_index(inference->reaches, struct reach, i);

		inference->first_reach[inference_use(inference, r->use)->resource + 1]++;
	}
	for (uint32_t i = 0; i < n; i++)
		inference->first_reach[i + 1] += inference->first_reach[i];
}

static void index_setters(struct inference *inference)
{
	inference->setters = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
	for (guint i = 0; i < inference->reaches->len; i++) {
		const struct reach *r = &g_array_index(inference->reaches, struct reach, i);
		const struct use *use = inference_use(inference, r->use);
		const struct initcall *initcall =
			inference_context(inference, r->context)->initcall;
		gpointer key;
		GArray *list;

		if (use->role != USE_SETS || !initcall)
			continue;
		key = GINT_TO_POINTER(use->resource + 1);
		list = g_hash_table_lookup(inference->setters, key);
		if (!list) {
			list = g_array_new(FALSE, FALSE, sizeof(initcall));
			g_hash_table_insert(inference->setters, key, list);
		}
		g_array_append_val(list, initcall);
	}
}

static void judge(struct inference *inference, G_GNUC_UNUSED void *state)
{
	index_reaches(inference);
	index_setters(inference);
	infer_pairs(inference);
}

static bool is_shown(const struct dependency *d, bool all)
{
	if (d->verdict == VERDICT_BROKEN || d->verdict == VERDICT_FRAGILE ||
	    d->verdict == VERDICT_SKIPPED)
		return true;
	return all && (d->verdict == VERDICT_GUARDED || d->verdict == VERDICT_DEFERRED);
}

static void report(struct inference *inference, G_GNUC_UNUSED void *state, bool all,
		   GPtrArray *findings)
{
	for (guint i = 0; i < inference->dependencies->len; i++) {
		const struct dependency *d =
			&g_array_index(inference->dependencies, struct dependency, i);

		if (is_shown(d, all))
			g_ptr_array_add(findings, infer_finding(inference, d));
	}
}

/*
 * This mechanism needs no state of its own. The dependencies are in struct inference, because other
 * files of this folder use the dependencies, too.
 */
const struct mechanism mechanism_dependency = {
	.kinds = kinds,
	.visit = visit,
	.judge = judge,
	.report = report,
};
