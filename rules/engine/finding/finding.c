// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/finding/finding.h"

#include "rules/engine/finding/order.h"

#include <string.h>

static const char *const verdict_names[N_VERDICTS] = {
	[VERDICT_BROKEN] = "broken",   [VERDICT_FRAGILE] = "fragile",
	[VERDICT_SKIPPED] = "skipped", [VERDICT_DEFERRED] = "deferred",
	[VERDICT_GUARDED] = "guarded", [VERDICT_ORDERED] = "ordered",
	[VERDICT_MOOT] = "moot",
};

const char *verdict_name(enum verdict verdict)
{
	return verdict_names[verdict];
}

enum verdict verdict_parse(const char *name)
{
	int i = 0;

	while (i < N_VERDICTS && strcmp(verdict_names[i], name) != 0)
		i++;
	return i;
}

const char *confidence_name(enum confidence confidence)
{
	static const char *const names[] = {
		[CONFIDENCE_LOW] = "low",
		[CONFIDENCE_MEDIUM] = "medium",
		[CONFIDENCE_HIGH] = "high",
	};

	return names[confidence];
}

static void step_free(struct finding_step *step)
{
	g_free(step->function);
	g_free(step->file);
	g_free(step);
}

struct finding *finding_new(const char *rule_id, const struct rule *rule)
{
	struct finding *finding = g_new0(struct finding, 1);

	finding->rule = rule;
	finding->rule_id = g_strdup(rule_id);
	finding->consumer.level = LEVEL_NONE;
	finding->consumer.position = -1;
	finding->provider.level = LEVEL_NONE;
	finding->provider.position = -1;
	finding->chain = g_ptr_array_new_with_free_func((GDestroyNotify)step_free);
	finding->reasons = g_ptr_array_new_with_free_func(g_free);
	return finding;
}

static void side_clear(struct finding_side *side)
{
	g_free(side->function);
	g_free(side->file);
	g_free(side->macro);
	g_free(side->within);
	g_free(side->object);
}

static void link_clear(struct finding_link *link)
{
	g_free(link->makefile);
	g_free(link->item);
}

void finding_free(struct finding *finding)
{
	if (!finding)
		return;
	g_free(finding->rule_id);
	g_free(finding->fingerprint);
	g_free(finding->message);
	side_clear(&finding->consumer);
	side_clear(&finding->provider);
	g_free(finding->resource);
	g_free(finding->identity);
	g_ptr_array_unref(finding->chain);
	g_clear_pointer(&finding->provider_chain, g_ptr_array_unref);
	g_ptr_array_unref(finding->reasons);
	link_clear(&finding->consumer_link);
	link_clear(&finding->provider_link);
	g_free(finding->machine);
	g_clear_pointer(&finding->conditions, g_ptr_array_unref);
	g_clear_pointer(&finding->experiments, g_ptr_array_unref);
	g_clear_pointer(&finding->boards, g_ptr_array_unref);
	g_free(finding->outdated);
	g_free(finding);
}

static void finding_condition_free(gpointer data)
{
	struct finding_condition *condition = data;

	g_free(condition->test);
	g_free(condition->file);
	g_free(condition);
}

void finding_add_condition(struct finding *finding, const char *test, const char *file,
			   unsigned int line)
{
	struct finding_condition *condition = g_new(struct finding_condition, 1);

	*condition = (struct finding_condition){ g_strdup(test), g_strdup(file), line };
	if (!finding->conditions)
		finding->conditions = g_ptr_array_new_with_free_func(finding_condition_free);
	g_ptr_array_add(finding->conditions, condition);
}

static void experiment_free(void *data)
{
	struct finding_experiment *experiment = data;

	g_free(experiment->kind);
	g_free(experiment->outcome);
	g_free(experiment->detail);
	g_free(experiment->kernel);
	g_free(experiment);
}

static void add_experiment(struct finding *finding, const struct experiment *experiment)
{
	struct finding_experiment *copy = g_new(struct finding_experiment, 1);

	copy->kind = g_strdup(experiment->kind);
	copy->outcome = g_strdup(experiment->outcome);
	copy->detail = g_strdup(experiment->detail);
	copy->kernel = g_strdup(experiment->kernel);
	if (!finding->experiments)
		finding->experiments = g_ptr_array_new_with_free_func(experiment_free);
	g_ptr_array_add(finding->experiments, copy);
}

void findings_add_experiments(GPtrArray *findings, const struct experiment *experiments,
			      unsigned int n)
{
	g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal);

	for (unsigned int i = n; i > 0; i--)
		g_hash_table_insert(first, (gpointer)experiments[i - 1].fingerprint,
				    GUINT_TO_POINTER(i));
	for (guint f = 0; f < findings->len; f++) {
		struct finding *finding = findings->pdata[f];
		unsigned int i = GPOINTER_TO_UINT(g_hash_table_lookup(first, finding->fingerprint));

		for (; i > 0 && i <= n &&
		       strcmp(experiments[i - 1].fingerprint, finding->fingerprint) == 0;
		     i++)
			add_experiment(finding, &experiments[i - 1]);
	}
}

void finding_set_side(struct finding_side *side, const struct initcall *initcall)
{
	side_clear(side);
	*side = (struct finding_side){
		.function = g_strdup(initcall->function),
		.file = g_strdup(initcall->file),
		.line = initcall->line,
		.level = initcall->level,
		.position = (int)initcall->position,
		.nth = initcall->nth,
		.macro = g_strdup(initcall->macro),
		.within = initcall->within ? g_strdup(initcall->within->function) : NULL,
		.object = g_strdup(initcall->object->path),
	};
}

static void set_link(struct finding_link *link, const struct place *place)
{
	link_clear(link);
	*link = (struct finding_link){ 0 };
	if (!place || !place->makefile)
		return;
	link->makefile = g_strdup(place->makefile);
	link->line = place->line;
	link->item = g_strdup(place->item);
}

static void set_links(struct finding *finding, const struct initcall *consumer,
		      const struct initcall *provider)
{
	struct order order = order_compare(consumer, provider);

	set_link(&finding->consumer_link, order.a_place);
	set_link(&finding->provider_link, order.b_place);
}

void finding_add_order(struct finding *finding, const struct rule_place *consumer,
		       const struct rule_place *provider)
{
	const struct rule_place *const both[] = { consumer, provider };

	for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
		char *why = order_explain_probe(both[i]->initcall, both[i]->place,
						both[i]->deferred_by);

		if (why)
			g_ptr_array_add(finding->reasons, why);
	}
	/*
	 * If consumer->place and provider->place are the same initcall, order_explain() can only
	 * say that both are the same. If the consumer is also a deferred probe, do not add this
	 * reason: the reason from order_explain_probe() already says when the probe runs.
	 */
	if (consumer->place != provider->place || !consumer->deferred_by) {
		g_ptr_array_add(finding->reasons, order_explain(consumer->place, provider->place));
		set_links(finding, consumer->place, provider->place);
	}
}

static void add_part(GChecksum *checksum, const char *part)
{
	/*
	 * The checksum includes the final NUL of each part. So the parts "ab", "c" and the parts
	 * "a", "bc" give different checksums.
	 */
	if (!part)
		part = "";
	g_checksum_update(checksum, (const guchar *)part, (gssize)strlen(part) + 1);
}

/*
 * Adds @label and @number to @checksum. Adds nothing if @number is 0. The first of several similar
 * findings has number 0, so its fingerprint does not change if the other findings disappear.
 */
static void add_number(GChecksum *checksum, const char *label, unsigned int number)
{
	g_autofree char *text = NULL;

	if (!number)
		return;
	text = g_strdup_printf("%s %u", label, number);
	add_part(checksum, text);
}

static void seal(struct finding *finding, unsigned int nth)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);

	add_part(checksum, finding->rule_id);
	add_part(checksum, finding->consumer.function);
	add_part(checksum, finding->consumer.file);
	add_part(checksum, finding->provider.function);
	add_part(checksum, finding->provider.file);
	add_part(checksum, finding->identity ? finding->identity : finding->resource);
	add_number(checksum, "consumer", finding->consumer.nth);
	add_number(checksum, "provider", finding->provider.nth);
	add_number(checksum, "resource", nth);
	g_free(finding->fingerprint);
	finding->fingerprint = g_strndup(g_checksum_get_string(checksum), FINGERPRINT_LENGTH);
}

void finding_seal(struct finding *finding)
{
	seal(finding, 0);
}

static int by_resource(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a;
	const struct finding *y = *(const struct finding *const *)b;
	size_t a_len = x->resource ? strlen(x->resource) : 0;
	size_t b_len = y->resource ? strlen(y->resource) : 0;
	int order = g_strcmp0(x->resource, y->resource);

	/*
	 * The shorter text comes first, so that "99" comes before "100" in texts that end with a
	 * number.
	 */
	if (a_len != b_len)
		return a_len < b_len ? -1 : 1;
	return order ? order : finding_compare(x, y);
}

/*
 * All findings in @alike have the same fingerprint. If several of these findings have the same
 * @resource, adds each of these findings except the worst to @dropped. The remaining findings have
 * different resources. The first remaining finding keeps its fingerprint. Each later finding gets a
 * new fingerprint, which also depends on a number: 1 for the second finding, 2 for the third
 * finding, and so on.
 */
static void tell_apart(GPtrArray *alike, GHashTable *dropped)
{
	unsigned int nth = 0;

	g_ptr_array_sort(alike, by_resource);
	for (guint i = 1; i < alike->len; i++) {
		struct finding *finding = alike->pdata[i];
		const struct finding *last = alike->pdata[i - 1];

		if (g_strcmp0(finding->resource, last->resource) == 0)
			g_hash_table_add(dropped, finding);
		else
			seal(finding, ++nth);
	}
}

void findings_tell_apart(GPtrArray *findings)
{
	g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
							    (GDestroyNotify)g_ptr_array_unref);
	g_autoptr(GHashTable) dropped = g_hash_table_new(NULL, NULL);
	GHashTableIter iter;
	gpointer alike;

	for (guint i = 0; i < findings->len; i++) {
		const struct finding *finding = findings->pdata[i];

		alike = g_hash_table_lookup(known, finding->fingerprint);
		if (!alike) {
			alike = g_ptr_array_new();
			g_hash_table_insert(known, g_strdup(finding->fingerprint), alike);
		}
		g_ptr_array_add(alike, findings->pdata[i]);
	}
	g_hash_table_iter_init(&iter, known);
	while (g_hash_table_iter_next(&iter, NULL, &alike))
		tell_apart(alike, dropped);
	for (guint i = findings->len; i-- > 0;)
		if (g_hash_table_contains(dropped, findings->pdata[i]))
			g_ptr_array_remove_index(findings, i);
}

int finding_compare(const struct finding *a, const struct finding *b)
{
	if (a->verdict != b->verdict)
		return (int)a->verdict - (int)b->verdict;
	if (a->severity != b->severity)
		return (int)b->severity - (int)a->severity;
	if (a->confidence != b->confidence)
		return (int)b->confidence - (int)a->confidence;
	if (a->consumer.position != b->consumer.position)
		return a->consumer.position < b->consumer.position ? -1 : 1;
	return strcmp(a->rule_id, b->rule_id);
}

static gint compare_pointers(gconstpointer a, gconstpointer b)
{
	return finding_compare(*(const struct finding *const *)a,
			       *(const struct finding *const *)b);
}

void findings_sort(GPtrArray *findings)
{
	g_ptr_array_sort(findings, compare_pointers);
}
