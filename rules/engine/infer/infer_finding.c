// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes the finding for a dependency, with the message and the call chains of the consumer and of
 * the provider. The consumer needs a resource that the provider sets up. The consumer and the
 * provider are contexts: initcalls, drivers' probes, or code that runs before all initcalls.
 */
#include "rules/engine/infer/infer_internal.h"

#include <string.h>

static void step_free(gpointer data)
{
	struct finding_step *step = data;

	g_free(step->function);
	g_free(step->file);
	g_free(step);
}

void infer_add_step(const struct inference *inference, GPtrArray *chain, int32_t function,
		    uint32_t line)
{
	struct finding_step *step = g_new0(struct finding_step, 1);

	step->function = g_strdup(program_name(inference->program, function));
	step->file = g_strdup(inference->facts->functions[function].file);
	step->line = line;
	g_ptr_array_add(chain, step);
}

static bool is_not_target(void *data, int32_t function, uint8_t tier)
{
	(void)tier;
	return *(int32_t *)data != function;
}

/*
 * Adds a step to @chain for each function in @path. The line of the step is the line that calls the
 * next function. In the last step, the line is @line.
 */
static void add_edges(const struct inference *inference, GPtrArray *chain, const GArray *path,
		      uint32_t line)
{
	for (guint i = 0; path && i < path->len; i++) {
		const struct edge *next =
			i + 1 < path->len ? &g_array_index(path, struct edge, i + 1) : NULL;

		infer_add_step(inference, chain, g_array_index(path, struct edge, i).to,
			       next ? inference->facts->calls[next->call].line : line);
	}
}

/* Walks @context. Appends to @chain the path from the root of @context to @line of @function. */
static void add_path(struct inference *inference, GPtrArray *chain, int32_t context,
		     int32_t function, uint32_t line)
{
	const struct walk_ops ops = { .visit = is_not_target, .data = &function };
	g_autoptr(GArray) path = NULL;

	walk_context(inference->walk, context, &ops);
	path = walk_path(inference->walk, function);
	add_edges(inference, chain, path, line);
}

void infer_add_sinks(const struct inference *inference, GPtrArray *chain, int32_t summary)
{
	while (summary >= 0) {
		const struct flow_summary *s =
			&g_array_index(inference->flow->summaries, struct flow_summary, summary);
		uint32_t line = s->call == NO_CALL ? inference->facts->functions[s->function].line
						   : inference->facts->calls[s->call].line;

		infer_add_step(inference, chain, s->function, line);
		summary = s->next;
	}
}

/*
 * Appends to @chain the path from the root of context @number to @line of @function. @path is this
 * path; if @path is NULL, a new walk finds the path. If the context is a probe, first appends the
 * path from the initcall to the registration of the probe.
 */
static void add_whole_path(struct inference *inference, GPtrArray *chain, int32_t number,
			   const GArray *path, int32_t function, uint32_t line)
{
	const struct context *context = inference_context(inference, number);

	if (context->kind == CONTEXT_PROBE) {
		const struct event *event =
			&g_array_index(inference->flow->events, struct event, context->event);

		add_path(inference, chain, context->parent, event->function, event->line);
	}
	if (path)
		add_edges(inference, chain, path, line);
	else
		add_path(inference, chain, number, function, line);
}

GPtrArray *infer_chain(struct inference *inference, int32_t context, int32_t function,
		       uint32_t line)
{
	GPtrArray *chain = g_ptr_array_new_with_free_func(step_free);

	add_whole_path(inference, chain, context, NULL, function, line);
	return chain;
}

static GPtrArray *chain_of(struct inference *inference, const struct reach *reach,
			   const GArray *path)
{
	GPtrArray *chain = g_ptr_array_new_with_free_func(step_free);
	const struct use *use = inference_use(inference, reach->use);

	add_whole_path(inference, chain, reach->context, path, reach->function, use->line);
	if (use->event >= 0)
		infer_add_sinks(
			inference, chain,
			g_array_index(inference->flow->events, struct event, use->event).summary);
	return chain;
}

static char *name_and_level(const struct context *context)
{
	return g_strdup_printf("%s (%s)", context->initcall->function,
			       initcall_level_name(context->initcall->level));
}

static char *message_of(const struct inference *inference, const struct dependency *d,
			const char *resource)
{
	const struct use *use = inference_use(inference, d->need.use);
	const struct context *c = inference_context(inference, d->need.context);
	const struct context *p = inference_context(inference, d->set.context);
	g_autofree char *consumer = name_and_level(c);
	g_autofree char *provider = name_and_level(p);
	const char *by = c->kind == CONTEXT_PROBE ? "'s probe" : "";
	const char *verb = use->role == USE_NEEDS && use->how == USE_READ ? "reads" : "needs";

	if (d->verdict == VERDICT_FRAGILE)
		return g_strdup_printf("%s%s %s %s, which %s sets up earlier only by %s", consumer,
				       by, verb, resource, provider,
				       c->place->position == p->place->position &&
						       c->place->turn != p->place->turn
					       ? "the order in which one initcall runs both"
					       : "link order");
	if (d->verdict == VERDICT_BROKEN)
		return g_strdup_printf("%s%s %s %s before %s sets it up", consumer, by, verb,
				       resource, provider);
	if (d->verdict == VERDICT_SKIPPED)
		return g_strdup_printf("%s%s goes on without %s, which %s sets up later", consumer,
				       by, resource, provider);
	if (d->verdict == VERDICT_ORDERED)
		return g_strdup_printf("%s%s %s %s, set up by %s", consumer, by, verb, resource,
				       provider);
	return g_strdup_printf("%s%s %s %s, which %s sets up, %s", consumer, by, verb, resource,
			       provider,
			       d->verdict == VERDICT_DEFERRED ? "and waits for it by probe deferral"
							      : "and copes without it");
}

/* Returns the device that the code of @use looks for; NULL: none. */
static const char *sought_by(const struct inference *inference, const struct use *use)
{
	const struct model_entry *entry =
		use->event < 0
			? NULL
			: g_array_index(inference->flow->events, struct event, use->event).entry;

	return entry ? entry->device : NULL;
}

struct finding *infer_bare_finding(const struct inference *inference, const struct dependency *d)
{
	const struct use *use = inference_use(inference, d->need.use);
	const struct resource *r = resources_get(inference->resources, use->resource);
	char *resource = resources_describe(inference->resources, use->resource);
	enum dependency_kind kind = r->kind ? DEPENDENCY_RESOURCE : DEPENDENCY_VARIABLE;
	g_autofree char *rule_id = finding_kind_id(&mechanism_dependency.kinds[kind], r->kind);
	struct finding *finding = finding_new(rule_id, NULL);

	finding->verdict = d->verdict;
	finding->confidence = d->confidence;
	finding->severity = d->severity;
	finding_set_side(&finding->consumer,
			 inference_context(inference, d->need.context)->initcall);
	finding_set_side(&finding->provider,
			 inference_context(inference, d->set.context)->initcall);
	finding->resource = resource;
	if (r->symbol >= 0 && inference->facts->symbols[r->symbol].file) {
		finding->resource = g_strdup_printf("%s (%s)", resource,
						    inference->facts->symbols[r->symbol].file);
		g_free(resource);
	}
	finding->in_probe = inference_context(inference, d->need.context)->kind == CONTEXT_PROBE;
	infer_set_machine(inference, finding, d->need.context, d->set.context,
			  sought_by(inference, use));
	finding->identity = resources_identity(inference->resources, use->resource);
	finding_seal(finding);
	return finding;
}

struct finding *infer_finding(struct inference *inference, const struct dependency *d)
{
	const struct use *use = inference_use(inference, d->need.use);
	struct rule_place consumer = inference_place(inference, d->need.context);
	struct rule_place provider = inference_place(inference, d->set.context);
	g_autofree char *resource = resources_describe(inference->resources, use->resource);
	struct finding *finding = infer_bare_finding(inference, d);

	finding->message = message_of(inference, d, resource);
	g_ptr_array_unref(finding->chain);
	finding->chain = chain_of(inference, &d->need, d->path);
	finding->provider_chain = chain_of(inference, &d->set, NULL);
	infer_add_conditions(inference, d->open, finding);
	finding_add_order(finding, &consumer, &provider);
	return finding;
}

struct finding *infer_site_finding(struct inference *inference, const struct finding_kind *kind,
				   enum verdict verdict, const struct infer_site *consumer,
				   const struct infer_site *provider, int32_t resource,
				   unsigned int *weight)
{
	const struct context *c = inference_context(inference, consumer->context);
	const struct context *p = inference_context(inference, provider->context);
	struct rule_place consumer_place = inference_place(inference, consumer->context);
	struct rule_place provider_place = inference_place(inference, provider->context);
	struct finding *finding = finding_new(kind->id, NULL);
	g_autoptr(GArray) open = NULL;

	*weight = UINT_MAX;
	open = infer_conditions_to(inference, consumer->context, consumer->function, consumer->line,
				   weight);
	finding->verdict = verdict;
	finding->severity = kind->severity;
	finding_set_side(&finding->consumer, c->initcall);
	finding_set_side(&finding->provider, p->initcall);
	finding->resource = resources_describe(inference->resources, resource);
	finding->in_probe = c->kind == CONTEXT_PROBE;
	infer_set_machine(inference, finding, consumer->context, provider->context, NULL);
	g_ptr_array_unref(finding->chain);
	finding->chain =
		infer_chain(inference, consumer->context, consumer->function, consumer->line);
	finding->provider_chain =
		infer_chain(inference, provider->context, provider->function, provider->line);
	infer_add_conditions(inference, open, finding);
	finding_add_order(finding, &consumer_place, &provider_place);
	finding_seal(finding);
	return finding;
}
