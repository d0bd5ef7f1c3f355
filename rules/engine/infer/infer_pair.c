// SPDX-License-Identifier: GPL-2.0-only
/*
 * Judges the dependencies between contexts. A context is code that the boot runs: an initcall, a
 * driver's probe, or code before all initcalls. A set-up is a line at which a context sets up a
 * resource: the context is the provider. A need is a line at which a context needs the resource:
 * the context is the consumer. The verdict says whether the provider runs before the consumer.
 */
#include "rules/engine/infer/infer_internal.h"
#include "rules/engine/finding/order.h"

/*
 * If more than MAX_PROVIDERS initcalls set a variable, the variable is shared state and has no
 * provider.
 */
#define MAX_PROVIDERS 4
/*
 * A finding has low confidence if its open conditions (infer_open.c) weigh more than the limit in
 * max_open. The limit is lower for a broken order than for a fragile order. The reason: a released
 * kernel boots, so the boot usually does not take a path on which the order is broken. The limit is
 * lower for generic code than for specific code. The reason: many initcalls run generic code, and
 * the tests in generic code ask which of many objects the code handles. In specific code, the limit
 * is higher if the consumer follows a null pointer: if the boot takes the path, it crashes.
 * docs/calibration.md has the measurements.
 */
static const unsigned int max_open[2][3] = {
	/* columns: fragile order, fragile order with a null pointer, broken order */
	{ 10, 18, 8 }, /* specific code */
	{ 4, 4, 3 },   /* generic code */
};

/*
 * The code of a function is generic if the number of contexts that reach the function is more than
 * 1/GENERIC_SHARE of the number of initcalls.
 */
#define GENERIC_SHARE 20
/* In a kernel with fewer than MIN_INITCALLS initcalls, all code counts as specific. */
#define MIN_INITCALLS 100
/*
 * If the open conditions on the path to a set-up weigh more than MAX_OPEN_SET, the boot rarely runs
 * the set-up; see is_rarely_set().
 */
#define MAX_OPEN_SET 2

/* One resource, with the data that is needed to judge the dependencies on this resource. */
struct judge {
	struct inference *inference;
	/*
	 * The places in the code that set up the resource. Each place is reached from an initcall,
	 * a probe or boot code. The places are sorted by when this code runs during the boot.
	 */
	const struct reach *sets;
	uint32_t n_sets;
	/* The places in the code that need the resource, sorted in the same way as @sets. */
	const struct reach *needs;
	uint32_t n_needs;
	/*
	 * const struct reach *: some elements of @sets, in the order of @sets. For each initcall
	 * that sets up the resource, @providers has the first element of @sets for which is_sure()
	 * returns true. An initcall without such an element is not in @providers. The code of a
	 * probe counts as code of the initcall that registers the driver.
	 */
	GPtrArray *providers;
	/*
	 * Key: an element of @sets. Value: 1 + the result of infer_weight_of_set() for this
	 * element. An element is in the table only if infer_weight_of_set() has been called for it.
	 */
	GHashTable *weight_of_set;
	/*
	 * By function: 1 if the function, or a function that it reaches, needs the resource; else
	 * 0. NULL: not computed yet.
	 */
	uint8_t *leads;
	bool is_model; /* true: a model names the resource; false: the resource is a variable */
	/*
	 * true: the consumer must run after all providers; false: it is enough if the consumer runs
	 * after the first provider
	 */
	bool after_all;
};

static const struct context *context_of(const struct judge *j, const struct reach *reach)
{
	return inference_context(j->inference, reach->context);
}

/* True if the path to the use has no edge of kind EDGE_MANY. */
static bool is_sure(const struct reach *reach)
{
	return reach->tier < EDGE_MANY;
}

/*
 * Fills j->providers. Returns false if the resource cannot be judged, for one of these reasons:
 *   - Code before all initcalls sets the resource, on a path without edges of the kinds EDGE_PROBE
 *     and EDGE_MANY.
 *   - For each set-up by an initcall, is_sure() returns false.
 *   - The resource is a variable, and more than MAX_PROVIDERS initcalls set the variable.
 */
static bool find_providers(struct judge *j)
{
	for (uint32_t i = 0; i < j->n_sets; i++) {
		const struct context *c = context_of(j, &j->sets[i]);
		bool known = false;

		if (c->kind == CONTEXT_BOOT) {
			if (j->sets[i].tier <= EDGE_SINGLE)
				return false;
			continue;
		}
		if (!is_sure(&j->sets[i]))
			continue;
		for (guint p = 0; p < j->providers->len && !known; p++)
			known = context_of(j, j->providers->pdata[p])->initcall == c->initcall;
		if (!known)
			g_ptr_array_add(j->providers, (gpointer)&j->sets[i]);
	}
	return j->providers->len > 0 && (j->is_model || j->providers->len <= MAX_PROVIDERS);
}

/*
 * True if a context that runs before @position has a set-up of the resource, but is_sure() returns
 * false for this set-up.
 */
static bool may_be_set_before(const struct judge *j, int position)
{
	for (uint32_t i = 0; i < j->n_sets; i++)
		if (!is_sure(&j->sets[i]) &&
		    context_position(context_of(j, &j->sets[i])) < position)
			return true;
	return false;
}

static bool provides_itself(const struct judge *j, const struct initcall *initcall)
{
	for (uint32_t i = 0; i < j->n_sets; i++)
		if (context_of(j, &j->sets[i])->initcall == initcall)
			return true;
	return false;
}

static enum verdict verdict_of_order(const struct context *consumer, const struct context *provider)
{
	/*
	 * If the consumer is a probe that waits for the provider, the kernel calls the probe again
	 * after the provider has run.
	 */
	if (consumer->deferred_by && consumer->deferred_by == provider->initcall)
		return VERDICT_ORDERED;
	if (order_precedes(consumer->place, provider->place))
		return VERDICT_BROKEN;
	return consumer->place->level == provider->place->level ? VERDICT_FRAGILE : VERDICT_ORDERED;
}

/*
 * True if the consumer and the provider belong to different initcalls, but run during the same
 * initcall. This initcall creates devices or retries deferred probes. So the order of the devices
 * decides whether the provider runs first. The order of the initcalls does not matter.
 * False if the kernel defers the consumer until the provider has run.
 */
static bool is_up_to_devices(const struct judge *j, const struct dependency *d)
{
	const struct context *c = context_of(j, &d->need), *p = context_of(j, &d->set);

	return c->place == p->place && c->initcall != p->initcall && c->deferred_by != p->initcall;
}

/*
 * True if @use is a store to a field of an object. The store itself does not need the resource. The
 * resource is needed later, when a function uses the field.
 */
static bool is_stored_only(const struct judge *j, const struct use *use)
{
	const struct model_entry *entry;

	if (use->how != USE_MODEL)
		return false;
	entry = g_array_index(j->inference->flow->events, struct event, use->event).entry;
	return entry->field && entry->argument < 0;
}

/*
 * True if @use reads an element of an array. The resource stands for all elements of the array. So
 * the consumer may read an element that the provider does not set.
 */
static bool is_any_element(const struct judge *j, const struct use *use)
{
	const struct resource *resource = resources_get(j->inference->resources, use->resource);

	return use->how == USE_READ && resource->field >= 0 &&
	       resource->field == j->inference->usage->any_element;
}

/* True if the code of @function is generic; see GENERIC_SHARE. */
static bool is_generic(const struct inference *inference, int32_t function)
{
	uint32_t n = inference->input->n_initcalls;

	return n >= MIN_INITCALLS && inference->n_initcalls_at[function] > n / GENERIC_SHARE;
}

/*
 * True if the resource is a variable, and the boot rarely runs the set-up @set: the open conditions
 * on the path to @set weigh more than MAX_OPEN_SET. False if a model names the resource, because
 * then the model itself says that the function sets up the resource. Stores the weight in
 * j->weight_of_set, because many needs have the same set-up.
 */
static bool is_rarely_set(struct judge *j, const struct reach *set)
{
	gpointer known;

	if (j->is_model)
		return false;
	known = g_hash_table_lookup(j->weight_of_set, set);
	if (!known) {
		known = GUINT_TO_POINTER(1 + infer_weight_of_set(j->inference, set));
		g_hash_table_insert(j->weight_of_set, (gpointer)set, known);
	}
	return GPOINTER_TO_UINT(known) - 1 > MAX_OPEN_SET;
}

/* True if @use needs any entry of a registry, because it is not known which one. */
static bool is_any_entry(const struct judge *j, const struct use *use)
{
	const struct resource *resource = resources_get(j->inference->resources, use->resource);

	return resource->registry && !*resource->key;
}

/*
 * True if @use is a loop over a container. Such a loop is often one half of a pair: the insertion
 * tells the code of the loop about each new element.
 */
static bool is_content(const struct judge *j, const struct use *use)
{
	return use->event >= 0 &&
	       g_array_index(j->inference->flow->events, struct event, use->event).entry->key ==
		       KEY_NONE;
}

/*
 * True if @use looks for a certain device, and the provider is for devices of other vendors than the
 * consumer.
 */
static bool is_for_another_machine(const struct judge *j, const struct dependency *d,
				   const struct use *use)
{
	const struct model_entry *entry = NULL;

	if (use->event >= 0)
		entry = g_array_index(j->inference->flow->events, struct event, use->event).entry;
	return entry && entry->device && entry->after_all &&
	       !infer_may_share_machine(j->inference, context_of(j, &d->need),
					context_of(j, &d->set));
}

/* @open: the weight of the open conditions of @d. */
static bool is_too_open(const struct judge *j, const struct dependency *d, const struct use *use,
			unsigned int open)
{
	int column = 0;

	if (d->verdict == VERDICT_BROKEN)
		column = 2;
	else if (use->how == USE_FOLLOWED || use->how == USE_ADDRESS)
		column = 1;
	return open > max_open[is_generic(j->inference, d->need.function)][column];
}

/* @set: the element of j->sets that is equal to d->set. */
static enum confidence confidence_of(struct judge *j, const struct dependency *d,
				     const struct reach *set, enum guarding guarding)
{
	uint8_t tier = MAX(d->need.tier, d->set.tier);
	const struct use *use = inference_use(j->inference, d->need.use);
	unsigned int open = infer_weigh(j->inference, d->open);

	if (tier >= EDGE_MANY || is_up_to_devices(j, d) || is_any_element(j, use) ||
	    usage_is_switched(j->inference->usage, use->resource))
		return CONFIDENCE_LOW;
	if (is_any_entry(j, use) && (j->providers->len > 1 || is_content(j, use)))
		return CONFIDENCE_LOW;
	if (d->verdict <= VERDICT_FRAGILE &&
	    (is_rarely_set(j, set) || is_for_another_machine(j, d, use)))
		return CONFIDENCE_LOW;
	if (is_too_open(j, d, use, open))
		return CONFIDENCE_LOW;
	if (tier >= EDGE_SINGLE)
		return CONFIDENCE_MEDIUM;
	/*
	 * The consumer only reads a variable, and no test makes the consumer fail. The consumer may
	 * also work with the value that the variable has before the set-up.
	 */
	if (use->how == USE_READ && guarding != GUARDING_FAILS)
		return CONFIDENCE_MEDIUM;
	if (is_stored_only(j, use) && d->verdict == VERDICT_BROKEN)
		return CONFIDENCE_LOW;
	if (is_stored_only(j, use) || open)
		return CONFIDENCE_MEDIUM;
	return CONFIDENCE_HIGH;
}

static enum severity severity_of(const struct judge *j, const struct dependency *d,
				 enum guarding guarding)
{
	const struct use *use = inference_use(j->inference, d->need.use);
	enum severity severity = SEVERITY_ERROR;

	if (use->how == USE_MODEL)
		severity = g_array_index(j->inference->flow->events, struct event, use->event)
				   .entry->severity;
	else if (use->is_optional || (use->how == USE_READ && guarding != GUARDING_FAILS))
		severity = SEVERITY_WARNING;
	return d->verdict == VERDICT_BROKEN ? severity : MIN(severity, SEVERITY_WARNING);
}

/*
 * Returns j->leads. Computes j->leads at the first call. A walk is much shorter if it enters only
 * the functions whose element in j->leads is 1.
 */
static const uint8_t *leads_of(struct judge *j)
{
	const struct inference *inference = j->inference;

	if (j->leads)
		return j->leads;
	j->leads = g_new0(uint8_t, inference->facts->n_functions + 1);
	infer_mark_needs(inference, inference_use(inference, j->needs[0].use)->resource, j->leads);
	reachability_spread(inference->contexts->reachability, j->leads);
	return j->leads;
}

/*
 * True if a context sets up @resource. The set-ups of a resource are the first of its reaches, so a
 * look at the first reach is enough.
 */
static bool has_provider(const struct inference *inference, int32_t resource)
{
	uint32_t first = inference->first_reach[resource];

	return first < inference->first_reach[resource + 1] &&
	       inference_use(inference, g_array_index(inference->reaches, struct reach, first).use)
			       ->role == USE_SETS;
}

/*
 * True if @use needs the resource that a part of a name names, such as "hmac" of "hmac(sha256)",
 * and a context sets up the resource that the whole name names. Then the code finds the whole
 * resource, and does not need the resource of the part.
 */
static bool is_needless_part(const struct judge *j, const struct use *use)
{
	const struct event *event;

	if (use->event < 0)
		return false;
	event = &g_array_index(j->inference->flow->events, struct event, use->event);
	return event->whole && has_provider(j->inference, event->whole - 1);
}

/*
 * The consumer copes with the order of @d. True if the consumer runs first and looks an entry of a
 * registry up. It goes on without the entry, and nothing tells it when the entry comes.
 */
static bool copes_with_loss(const struct judge *j, const struct dependency *d)
{
	const struct use *use = inference_use(j->inference, d->need.use);

	return d->verdict == VERDICT_BROKEN &&
	       resources_get(j->inference->resources, use->resource)->registry;
}

static void judge_pair(struct judge *j, const struct reach *need, const struct reach *set)
{
	const struct context *c = context_of(j, need), *p = context_of(j, set);
	struct dependency d = { .need = *need, .set = *set, .verdict = verdict_of_order(c, p) };
	enum guarding guarding = GUARDING_NONE;

	if (is_needless_part(j, inference_use(j->inference, need->use)) ||
	    confidence_of(j, &d, set, GUARDING_FAILS) < j->inference->least)
		return;
	if (d.verdict != VERDICT_ORDERED && infer_is_made_after(j->inference, need, set))
		d.verdict = VERDICT_ORDERED;
	if (d.verdict != VERDICT_ORDERED) {
		guarding = infer_guarding(j->inference, &d.need, set, leads_of(j));
		d.path = walk_path(j->inference->walk, d.need.function);
	}
	if (guarding == GUARDING_COPES)
		d.verdict = copes_with_loss(j, &d) ? VERDICT_SKIPPED : VERDICT_GUARDED;
	else if (guarding == GUARDING_DEFERS)
		d.verdict = VERDICT_DEFERRED;
	if (d.verdict == VERDICT_ORDERED && c->deferred_by && c->deferred_by == p->initcall)
		d.verdict = VERDICT_DEFERRED;
	/*
	 * If tests protect all needs, the walk of infer_guarding() may not reach the function of
	 * the need. Then d.path is NULL.
	 */
	if (d.path && d.verdict <= VERDICT_FRAGILE)
		d.open = infer_open_conditions(j->inference, d.path, d.need.function,
					       inference_use(j->inference, d.need.use)->line);
	d.confidence = confidence_of(j, &d, set, guarding);
	d.severity = severity_of(j, &d, guarding);
	if (d.confidence < j->inference->least) {
		g_clear_pointer(&d.path, g_array_unref);
		g_clear_pointer(&d.open, g_array_unref);
		return;
	}
	g_array_append_val(j->inference->dependencies, d);
}

/*
 * True if the need @a is stronger than the need @b: the path to @a is more certain, or both paths
 * are equally certain and the use of @a has the higher value in use->how.
 */
static bool is_stronger(const struct inference *inference, const struct reach *a,
			const struct reach *b)
{
	const struct use *ua = inference_use(inference, a->use);
	const struct use *ub = inference_use(inference, b->use);

	return a->tier != b->tier ? a->tier < b->tier : ua->how > ub->how;
}

/*
 * Judges the needs in j->needs. If adjacent needs belong to the same initcall, only the strongest
 * of these needs is judged. The needs of a probe belong to the initcall that registers the driver.
 * Most initcalls thus have one judged need. A probe may run later than its initcall. Then needs of
 * other initcalls may be between the needs of the initcall and the needs of the probe. In this
 * case, two needs are judged: one of the initcall and one of the probe.
 */
static void judge_needs(struct judge *j)
{
	const struct reach *first = j->providers->pdata[0];

	for (uint32_t i = 0; i < j->n_needs;) {
		const struct reach *best = &j->needs[i];
		const struct context *c = context_of(j, best);
		uint32_t end = i + 1;

		for (; end < j->n_needs && context_of(j, &j->needs[end])->initcall == c->initcall;
		     end++)
			if (is_stronger(j->inference, &j->needs[end], best))
				best = &j->needs[end];
		i = end;
		c = context_of(j, best);
		if (c->kind == CONTEXT_BOOT || provides_itself(j, c->initcall) ||
		    may_be_set_before(j, context_position(c)))
			continue;
		if (!j->after_all) {
			judge_pair(j, best, first);
			continue;
		}
		for (guint p = 0; p < j->providers->len; p++)
			judge_pair(j, best, j->providers->pdata[p]);
	}
}

static bool wants_all(const struct judge *j)
{
	const struct use *use = inference_use(j->inference, j->needs[0].use);

	return use->event >= 0 &&
	       g_array_index(j->inference->flow->events, struct event, use->event).entry->after_all;
}

void infer_pairs(struct inference *inference)
{
	uint32_t n = resources_count(inference->resources);

	for (uint32_t r = 0; r < n; r++) {
		const struct reach *all = (const struct reach *)inference->reaches->data;
		uint32_t first = inference->first_reach[r], end = inference->first_reach[r + 1];
		uint32_t middle = first;
		g_autoptr(GPtrArray) providers = g_ptr_array_new();
		struct judge judge = {
			.inference = inference,
			.providers = providers,
			.is_model = resources_get(inference->resources, (int32_t)r)->kind != NULL,
		};

		while (middle < end && inference_use(inference, all[middle].use)->role == USE_SETS)
			middle++;
		if (middle == first || middle == end)
			continue;
		judge.sets = &all[first];
		judge.n_sets = middle - first;
		judge.needs = &all[middle];
		judge.n_needs = end - middle;
		judge.after_all = wants_all(&judge);
		judge.weight_of_set = g_hash_table_new(NULL, NULL);
		if (find_providers(&judge))
			judge_needs(&judge);
		g_hash_table_unref(judge.weight_of_set);
		g_free(judge.leads);
	}
}
