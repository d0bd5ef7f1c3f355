// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/finding/compare.h"
#include "rules/engine/infer/infer_internal.h"
#include "rules/engine/context/probe_place.h"

#include <string.h>

struct collector {
	struct inference *inference;
	int32_t context;
	uint32_t *counted; /* by function: last context that was counted for it, + 1 */
	/*
	 * By resource: last context with a use of it, + 1. The first array is for sets, the others
	 * are for needs of each enum use_how.
	 */
	uint32_t *stamps[1 + N_USE_HOWS];
};

static bool collect(void *data, int32_t function, uint8_t tier)
{
	struct collector *c = data;
	const struct usage *usage = c->inference->usage;

	if (tier <= EDGE_PROBE && c->counted[function] != (uint32_t)c->context + 1) {
		c->counted[function] = (uint32_t)c->context + 1;
		c->inference->n_initcalls_at[function]++;
	}
	infer_attempts(c->inference, c->context, function, tier);
	for (uint32_t u = usage->first_use[function]; u < usage->first_use[function + 1]; u++) {
		const struct use *use = inference_use(c->inference, u);
		uint32_t *stamps = c->stamps[use->role == USE_SETS ? 0 : 1 + use->how];
		struct reach reach = { c->context, function, u, tier };

		if (stamps[use->resource] == (uint32_t)c->context + 1 ||
		    walk_rules_out(c->inference->walk, function, use->line))
			continue;
		stamps[use->resource] = (uint32_t)c->context + 1;
		g_array_append_val(c->inference->reaches, reach);
	}
	return true;
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

static void begin(void *data, int32_t context)
{
	struct collector *c = data;

	c->context = context;
}

static void collect_all(struct inference *inference)
{
	uint32_t n = resources_count(inference->resources);
	struct collector collector = { .inference = inference };

	collector.counted = g_new0(uint32_t, inference->facts->n_functions + 1);
	inference->n_initcalls_at = g_new0(uint32_t, inference->facts->n_functions + 1);
	for (gsize i = 0; i < G_N_ELEMENTS(collector.stamps); i++)
		collector.stamps[i] = g_new0(uint32_t, n + 1);
	contexts_run(inference->contexts, inference->walk, begin, collect, &collector);
	g_free(collector.counted);
	for (gsize i = 0; i < G_N_ELEMENTS(collector.stamps); i++)
		g_free(collector.stamps[i]);
	index_reaches(inference);
}

/* Fills inference->setters. */
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

static void fill_coverage(struct inference *inference, const GPtrArray *models)
{
	struct inference_coverage *c = &inference->coverage;

	c->n_functions = inference->facts->n_functions;
	c->n_contexts = inference->contexts->list->len;
	for (guint i = 0; i < inference->contexts->list->len; i++)
		c->n_probes += inference_context(inference, (int32_t)i)->kind == CONTEXT_PROBE;
	c->n_indirect = inference->program->n_indirect;
	c->n_unresolved = inference->program->n_unresolved;
	c->n_capped = inference->program->n_capped;
	inference->unknown = models_unknown(inference->program, models);
	c->unknown = inference->unknown;
}

static void clear_dependency(gpointer data)
{
	struct dependency *dependency = data;

	g_clear_pointer(&dependency->path, g_array_unref);
}

struct inference *inference_new(const struct facts *facts, const struct rule_input *input,
				const GPtrArray *models, enum confidence least)
{
	struct inference *inference = g_new0(struct inference, 1);

	inference->facts = facts;
	inference->input = input;
	inference->least = least;
	inference->program = program_new(facts);
	inference->resources = resources_new(facts);
	inference->flow = flow_new(inference->program, models, inference->resources);
	inference->usage = usage_new(inference->program, inference->flow, inference->resources);
	inference->contexts = contexts_new(inference->program, inference->flow, models,
					   input->initcalls, input->n_initcalls);
	inference->defers = defers_new(inference->program);
	probes_place(inference->contexts, inference->usage, inference->defers, inference->resources,
		     models);
	inference->walk = walk_new(inference->contexts);
	inference->attempts = g_array_new(FALSE, FALSE, sizeof(struct attempt));
	inference->reaches = g_array_new(FALSE, FALSE, sizeof(struct reach));
	inference->dependencies = g_array_new(FALSE, FALSE, sizeof(struct dependency));
	g_array_set_clear_func(inference->dependencies, clear_dependency);
	collect_all(inference);
	index_setters(inference);
	infer_pairs(inference);
	fill_coverage(inference, models);
	return inference;
}

void inference_free(struct inference *inference)
{
	if (!inference)
		return;
	g_array_unref(inference->unknown);
	g_hash_table_unref(inference->setters);
	g_array_unref(inference->dependencies);
	g_array_unref(inference->attempts);
	defers_free(inference->defers);
	g_array_unref(inference->reaches);
	g_free(inference->first_reach);
	g_free(inference->n_initcalls_at);
	walk_free(inference->walk);
	contexts_free(inference->contexts);
	usage_free(inference->usage);
	flow_free(inference->flow);
	resources_free(inference->resources);
	program_free(inference->program);
	g_free(inference);
}

const struct inference_coverage *inference_coverage(const struct inference *inference)
{
	return &inference->coverage;
}

static bool is_shown(const struct dependency *d, bool all)
{
	if (d->verdict == VERDICT_BROKEN || d->verdict == VERDICT_FRAGILE)
		return true;
	return all && (d->verdict == VERDICT_GUARDED || d->verdict == VERDICT_DEFERRED);
}

GPtrArray *inference_findings(struct inference *inference, bool all)
{
	GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);

	for (guint i = 0; i < inference->dependencies->len; i++) {
		const struct dependency *d =
			&g_array_index(inference->dependencies, struct dependency, i);

		if (is_shown(d, all))
			g_ptr_array_add(findings, infer_finding(inference, d));
	}
	infer_never_retried(inference, findings);
	findings_tell_apart(findings);
	return findings;
}

void inference_verdicts(const struct inference *inference, GHashTable *verdicts)
{
	for (guint i = 0; i < inference->dependencies->len; i++) {
		const struct dependency *d =
			&g_array_index(inference->dependencies, struct dependency, i);
		g_autoptr(finding) finding = infer_bare_finding(inference, d);

		verdicts_add(verdicts, finding);
	}
}

GPtrArray *inference_between(struct inference *inference, const struct initcall *a,
			     const struct initcall *b)
{
	GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);

	for (guint i = 0; i < inference->dependencies->len; i++) {
		const struct dependency *d =
			&g_array_index(inference->dependencies, struct dependency, i);
		const struct initcall *c = inference_context(inference, d->need.context)->initcall;
		const struct initcall *p = inference_context(inference, d->set.context)->initcall;

		if ((c == a && p == b) || (c == b && p == a))
			g_ptr_array_add(findings, infer_finding(inference, d));
	}
	return findings;
}
