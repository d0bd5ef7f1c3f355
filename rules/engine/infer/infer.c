// SPDX-License-Identifier: GPL-2.0-only
/*
 * The public functions of an inference. A context is code that the boot runs: an initcall, a
 * driver's probe, or code before all initcalls. A mechanism is code that infers findings. A walk
 * finds the functions that a context reaches.
 */
#include "rules/engine/finding/compare.h"
#include "rules/engine/infer/infer_internal.h"
#include "rules/engine/context/probe_place.h"

#include <string.h>

struct collector {
	struct inference *inference;
	int32_t context; /* index of the context that is walked */
	/*
	 * Prevents visit() from counting a context twice. inference->n_initcalls_at[f] is the
	 * number of contexts of all kinds that reach function f. counted[f] is 1 + the index of the
	 * last context that visit() has added to this number. 0: visit() has added no context yet.
	 */
	uint32_t *counted;
};

static bool visit(void *data, int32_t function, uint8_t tier)
{
	struct collector *c = data;

	if (tier <= EDGE_PROBE && c->counted[function] != (uint32_t)c->context + 1) {
		c->counted[function] = (uint32_t)c->context + 1;
		c->inference->n_initcalls_at[function]++;
	}
	for (unsigned int m = 0; mechanisms[m]; m++)
		if (mechanisms[m]->visit)
			mechanisms[m]->visit(c->inference, c->inference->states[m], c->context,
					     function, tier);
	return true;
}

static void begin(void *data, int32_t context)
{
	struct collector *c = data;

	c->context = context;
}

/* Walks all contexts. For each function that a walk visits, calls visit() of each mechanism. */
static void walk_all(struct inference *inference)
{
	struct collector collector = { .inference = inference };

	collector.counted = g_new0(uint32_t, inference->facts->n_functions + 1);
	inference->n_initcalls_at = g_new0(uint32_t, inference->facts->n_functions + 1);
	contexts_run(inference->contexts, inference->walk, begin, visit, &collector);
	g_free(collector.counted);
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
	g_clear_pointer(&dependency->open, g_array_unref);
}

static void new_states(struct inference *inference)
{
	unsigned int n = 0;

	while (mechanisms[n])
		n++;
	inference->states = g_new0(void *, n);
	for (unsigned int m = 0; m < n; m++)
		if (mechanisms[m]->new_state)
			inference->states[m] = mechanisms[m]->new_state();
}

static void free_states(struct inference *inference)
{
	for (unsigned int m = 0; mechanisms[m]; m++)
		if (mechanisms[m]->free_state)
			mechanisms[m]->free_state(inference->states[m]);
	g_free(inference->states);
}

static void place_probes(struct inference *inference, const GPtrArray *models)
{
	bool known = inference->machine && !inference->any_machine &&
		     machine_n_devices(inference->machine);
	struct probe_suppliers ops = { infer_awaited_supplier, NULL };

	if (known || inference->boards)
		ops.data = inference->suppliers = infer_suppliers_new(inference);
	probes_place(inference->contexts, inference->usage, inference->defers, inference->resources,
		     models, known ? &ops : NULL);
}

struct inference *inference_new(const struct facts *facts, const struct rule_input *input,
				const GPtrArray *models, const struct inference_options *options)
{
	struct inference *inference = g_new0(struct inference, 1);

	inference->facts = facts;
	inference->input = input;
	inference->least = options->least;
	inference->any_machine = options->any_machine;
	inference->machine = options->machine;
	inference->boards = options->boards;
	inference->models = models;
	inference->vendors = infer_vendors_new();
	inference->program = program_new(facts);
	inference->resources = resources_new(facts);
	inference->registries = registries_find(inference->program, models);
	inference->flow =
		flow_new(inference->program, models, inference->registries, inference->resources);
	inference->usage =
		usage_new(inference->program, inference->flow, models, inference->resources);
	inference->contexts = contexts_new(inference->program, inference->flow, models,
					   input->initcalls, input->n_initcalls);
	inference->defers = defers_new(inference->program);
	place_probes(inference, models);
	infer_apply_machine(inference);
	inference->walk = walk_new(inference->contexts);
	new_states(inference);
	inference->scratch = g_array_new(FALSE, FALSE, sizeof(struct open_condition));
	inference->reaches = g_array_new(FALSE, FALSE, sizeof(struct reach));
	inference->dependencies = g_array_new(FALSE, FALSE, sizeof(struct dependency));
	g_array_set_clear_func(inference->dependencies, clear_dependency);
	for (gsize i = 0; i < G_N_ELEMENTS(inference->stamps); i++)
		inference->stamps[i] = g_new0(uint32_t, resources_count(inference->resources) + 1);
	walk_all(inference);
	for (unsigned int m = 0; mechanisms[m]; m++)
		if (mechanisms[m]->judge)
			mechanisms[m]->judge(inference, inference->states[m]);
	fill_coverage(inference, models);
	return inference;
}

void inference_free(struct inference *inference)
{
	if (!inference)
		return;
	g_clear_pointer(&inference->suppliers, infer_suppliers_free);
	infer_vendors_free(inference->vendors);
	g_array_unref(inference->unknown);
	g_hash_table_unref(inference->setters);
	g_array_unref(inference->scratch);
	g_array_unref(inference->dependencies);
	free_states(inference);
	defers_free(inference->defers);
	g_array_unref(inference->reaches);
	g_free(inference->first_reach);
	g_free(inference->n_initcalls_at);
	for (gsize i = 0; i < G_N_ELEMENTS(inference->stamps); i++)
		g_free(inference->stamps[i]);
	walk_free(inference->walk);
	contexts_free(inference->contexts);
	usage_free(inference->usage);
	flow_free(inference->flow);
	g_ptr_array_unref(inference->registries);
	resources_free(inference->resources);
	program_free(inference->program);
	g_free(inference);
}

const struct inference_coverage *inference_coverage(const struct inference *inference)
{
	return &inference->coverage;
}

GPtrArray *inference_findings(struct inference *inference, bool all)
{
	GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);

	for (unsigned int m = 0; mechanisms[m]; m++)
		if (mechanisms[m]->report)
			mechanisms[m]->report(inference, inference->states[m], all, findings);
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

static bool is_side(const struct finding_side *side, const struct initcall *initcall)
{
	return side->function && side->position == (int)initcall->position &&
	       strcmp(side->function, initcall->function) == 0;
}

/* Adds the findings about @a and @b of all mechanisms that have no dependencies. */
static void add_others_between(struct inference *inference, const struct initcall *a,
			       const struct initcall *b, GPtrArray *findings)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);

	for (unsigned int m = 0; mechanisms[m]; m++)
		if (mechanisms[m] != &mechanism_dependency && mechanisms[m]->report)
			mechanisms[m]->report(inference, inference->states[m], true, all);
	for (guint i = all->len; i-- > 0;) {
		const struct finding *f = all->pdata[i];

		if ((is_side(&f->consumer, a) && is_side(&f->provider, b)) ||
		    (is_side(&f->consumer, b) && is_side(&f->provider, a)))
			g_ptr_array_add(findings, g_ptr_array_steal_index(all, i));
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
	add_others_between(inference, a, b, findings);
	return findings;
}
