// SPDX-License-Identifier: GPL-2.0-only
/*
 * The mechanism "silent-loss": a test makes code cope with a variable that is not set yet, and the
 * code leaves something out for good: "if (!debugfs_initialized()) return 0;". Nobody makes up for
 * it: the initcall that sets the variable does not do again what was left out. A loss counts if it is
 * visible to users, such as a file in sysfs. Models name the functions that make such things.
 */
#include <string.h>

#include "rules/engine/finding/order.h"
#include "rules/engine/infer/infer_internal.h"

/* A variable that more initcalls set is a state that comes and goes. */
#define MAX_PROVIDERS 2
/* The largest weight of the open conditions (infer_open.c) of a finding with medium confidence. */
#define MAX_OPEN 4
/* A function that makes something visible counts through at most MAX_DEPTH wrappers. */
#define MAX_DEPTH 3

static const struct finding_kind kinds[] = {
	{
		.id = "silent-loss",
		.title = "Code leaves something out for good, because another initcall runs later",
		.why = "Code tests a variable that another initcall sets. The variable is not set "
		       "yet. So the code leaves something out that users see, such as a file in "
		       "sysfs, "
		       "and returns no error. The other initcall does not make up for it later.",
		.what_to_do = "* Run the initcall that sets the variable before the other one.\n"
			      "* Or let the initcall that sets the variable do what was left out, "
			      "for each object that is there already.\n"
			      "* If nobody misses what is left out, accept the finding and give "
			      "the reason.\n",
		.severity = SEVERITY_NOTE,
	},
	{ 0 },
};

/* A context reaches a test, and a call under this test makes something visible. */
struct skip {
	int32_t context;
	int32_t function; /* the function that contains the test and the call */
	uint32_t guard;	  /* the test: index into facts->guards */
	int32_t callee;	  /* the function that is not called */
	int32_t resource; /* the tested variable */
};

struct skips {
	GArray *list; /* struct skip */
	/*
	 * By function: what the function makes, such as "a file in sysfs"; NULL: nothing visible.
	 * NULL: not computed yet.
	 */
	const char **made;
};

static void *new_skips(void)
{
	struct skips *skips = g_new0(struct skips, 1);

	skips->list = g_array_new(FALSE, FALSE, sizeof(struct skip));
	return skips;
}

static void free_skips(void *state)
{
	struct skips *skips = state;

	g_array_unref(skips->list);
	g_free(skips->made);
	g_free(skips);
}

static void mark_named(const struct inference *inference, const struct model_entry *entry,
		       const char **made)
{
	for (char **name = entry->functions; *name; name++) {
		const GArray *named = program_named(inference->program, *name);

		for (guint i = 0; named && i < named->len; i++)
			made[g_array_index(named, int32_t, i)] = entry->shows;
	}
}

/* Fills @made: see struct skips. */
static void find_visible(const struct inference *inference, const char **made)
{
	const struct program *p = inference->program;
	uint32_t n = inference->facts->n_functions;
	g_autoptr(GPtrArray) entries = models_entries(inference->models, MODEL_SHOWS);

	for (guint e = 0; e < entries->len; e++)
		mark_named(inference, entries->pdata[e], made);
	for (unsigned int depth = 0; depth < MAX_DEPTH; depth++) {
		g_autofree const char **next = g_memdup2(made, n * sizeof(*made));

		for (uint32_t f = 0; f < n; f++)
			for (uint32_t c = p->first_caller[f]; made[f] && c < p->first_caller[f + 1];
			     c++) {
				int32_t caller = p->function_of_call[p->callers[c]];

				if (!next[caller])
					next[caller] = made[f];
			}
		memcpy(made, next, n * sizeof(*made));
	}
}

/* True if the code below @guard runs only if a variable is set, and is left out without an error. */
static bool is_silent(const struct facts_guard *guard)
{
	return guard->when && !guard->alternatives && guard->object < 0 &&
	       (guard->exit == GUARD_SKIP || guard->exit == GUARD_RETURN);
}

/* Adds the first call under @guard that makes something visible. */
static void add_skip(struct inference *inference, struct skips *skips, struct skip skip)
{
	const struct facts *facts = inference->facts;
	const struct facts_guard *guard = &facts->guards[skip.guard];
	const struct program *p = inference->program;

	for (uint32_t e = p->first_edge[skip.function]; e < p->first_edge[skip.function + 1]; e++) {
		uint32_t line = facts->calls[p->edges[e].call].line;

		if (p->edges[e].kind != EDGE_DIRECT || line < guard->from || line > guard->to ||
		    line == guard->line || !skips->made[p->edges[e].to])
			continue;
		skip.callee = p->edges[e].to;
		g_array_append_val(skips->list, skip);
		return;
	}
}

static void visit(struct inference *inference, void *state, int32_t context, int32_t function,
		  uint8_t tier)
{
	const struct facts_range *r = &inference->facts->functions[function].guards;
	struct skips *skips = state;

	if (tier >= EDGE_MANY || !inference_context(inference, context)->initcall)
		return;
	if (!skips->made) {
		skips->made = g_new0(const char *, inference->facts->n_functions + 1);
		find_visible(inference, skips->made);
	}
	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &inference->facts->guards[g];
		struct skip skip = { .context = context, .function = function, .guard = g };

		if (!is_silent(guard) || walk_rules_out(inference->walk, function, guard->line))
			continue;
		skip.resource = usage_tested(inference->usage, inference->program,
					     inference->resources, function, guard);
		if (skip.resource >= 0 && !usage_is_switched(inference->usage, skip.resource))
			add_skip(inference, skips, skip);
	}
}

/*
 * Returns the set-up of the tested variable by the first initcall that sets it. Returns NULL if code
 * before all initcalls or the consumer sets the variable, or if more than MAX_PROVIDERS initcalls do.
 */
static const struct reach *setter_of(const struct inference *inference, const struct skip *skip)
{
	const struct reach *all = (const struct reach *)inference->reaches->data, *found = NULL;
	const struct initcall *consumer = inference_context(inference, skip->context)->initcall;
	const struct initcall *last = NULL;
	unsigned int n = 0;

	for (uint32_t i = inference->first_reach[skip->resource];
	     i < inference->first_reach[skip->resource + 1]; i++) {
		const struct context *context = inference_context(inference, all[i].context);

		if (inference_use(inference, all[i].use)->role != USE_SETS)
			break;
		if (context->initcall == consumer || context->kind == CONTEXT_BOOT)
			return NULL;
		n += context->initcall != last;
		last = context->initcall;
		if (!found && all[i].tier <= EDGE_SINGLE && context->kind != CONTEXT_PROBE)
			found = &all[i];
	}
	return n <= MAX_PROVIDERS ? found : NULL;
}

static bool is_not_target(void *data, int32_t function, G_GNUC_UNUSED uint8_t tier)
{
	const int32_t *targets = data;

	return function != targets[0] && function != targets[1];
}

/*
 * True if the context of @set calls the function of the test, or the function that was not called.
 * Then it makes up for what was left out.
 */
static bool makes_up(struct inference *inference, const struct skip *skip, const struct reach *set)
{
	int32_t targets[] = { skip->function, skip->callee };
	const struct walk_ops ops = { .visit = is_not_target, .data = targets };
	g_autoptr(GArray) to_test = NULL, to_callee = NULL;

	walk_context(inference->walk, set->context, &ops);
	to_test = walk_path(inference->walk, skip->function);
	to_callee = walk_path(inference->walk, skip->callee);
	return to_test || to_callee;
}

static char *message_of(const struct inference *inference, const struct skips *skips,
			const struct skip *skip, const struct context *provider)
{
	const struct context *consumer = inference_context(inference, skip->context);
	g_autofree char *resource = resources_describe(inference->resources, skip->resource);

	return g_strdup_printf(
		"%s (%s)%s leaves out %s (%s) for good, because %s (%s) sets %s later",
		consumer->initcall->function, initcall_level_name(consumer->initcall->level),
		consumer->kind == CONTEXT_PROBE ? "'s probe" : "", skips->made[skip->callee],
		program_name(inference->program, skip->callee), provider->initcall->function,
		initcall_level_name(provider->initcall->level), resource);
}

static struct finding *finding_of(struct inference *inference, const struct skips *skips,
				  const struct skip *skip, const struct reach *set)
{
	const struct infer_site consumer = { skip->context, skip->function,
					     inference->facts->guards[skip->guard].line };
	const struct infer_site provider = { set->context, set->function,
					     inference_use(inference, set->use)->line };
	unsigned int weight;
	struct finding *finding = infer_site_finding(inference, &kinds[0], VERDICT_SKIPPED,
						     &consumer, &provider, skip->resource, &weight);

	finding->confidence = weight <= MAX_OPEN && !infer_weight_of_set(inference, set)
				      ? CONFIDENCE_MEDIUM
				      : CONFIDENCE_LOW;
	finding->message =
		message_of(inference, skips, skip, inference_context(inference, set->context));
	return finding;
}

/* True if an earlier element of the list has the same initcall, variable and lost function. */
static bool is_repeated(const struct inference *inference, const GArray *list, guint index)
{
	const struct skip *skip = &g_array_index(list, struct skip, index);
	const struct initcall *initcall = inference_context(inference, skip->context)->initcall;

	for (guint i = 0; i < index; i++) {
		const struct skip *known = &g_array_index(list, struct skip, i);

		if (known->resource == skip->resource &&
		    inference_context(inference, known->context)->initcall == initcall)
			return true;
	}
	return false;
}

static void report(struct inference *inference, void *state, G_GNUC_UNUSED bool all,
		   GPtrArray *findings)
{
	const struct skips *skips = state;

	for (guint i = 0; i < skips->list->len; i++) {
		const struct skip *skip = &g_array_index(skips->list, struct skip, i);
		const struct reach *set = setter_of(inference, skip);
		const struct context *consumer = inference_context(inference, skip->context);
		struct finding *finding;

		if (!set || consumer->place == inference_context(inference, set->context)->place ||
		    !order_precedes(consumer->place,
				    inference_context(inference, set->context)->place) ||
		    is_repeated(inference, skips->list, i) || makes_up(inference, skip, set))
			continue;
		finding = finding_of(inference, skips, skip, set);
		if (finding->confidence >= inference->least)
			g_ptr_array_add(findings, finding);
		else
			finding_free(finding);
	}
}

const struct mechanism mechanism_skip = {
	.kinds = kinds,
	.new_state = new_skips,
	.free_state = free_skips,
	.visit = visit,
	.report = report,
};
