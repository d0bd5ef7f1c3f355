// SPDX-License-Identifier: GPL-2.0-only
#include "rules/finding.h"

#include "rules/order.h"

#include <string.h>

/* Hex digits of the fingerprint: 128 bits. */
#define FINGERPRINT_LENGTH 32

static const char *const verdict_names[N_VERDICTS] = {
	[VERDICT_BROKEN] = "broken",	   [VERDICT_FRAGILE] = "fragile",
	[VERDICT_UNORDERED] = "unordered", [VERDICT_DEFERRED] = "deferred",
	[VERDICT_GUARDED] = "guarded",	   [VERDICT_ORDERED] = "ordered",
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
	g_ptr_array_unref(finding->chain);
	g_clear_pointer(&finding->provider_chain, g_ptr_array_unref);
	g_ptr_array_unref(finding->reasons);
	link_clear(&finding->consumer_link);
	link_clear(&finding->provider_link);
	g_free(finding->outdated);
	g_free(finding);
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
		.macro = g_strdup(initcall->macro),
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
	/* What is tried again some time after its provider has no other place than that. */
	if (consumer->place != provider->place || !consumer->deferred_by) {
		g_ptr_array_add(finding->reasons, order_explain(consumer->place, provider->place));
		set_links(finding, consumer->place, provider->place);
	}
}

void finding_seal(struct finding *finding)
{
	const char *const parts[] = {
		finding->rule_id,	    finding->consumer.function, finding->consumer.file,
		finding->provider.function, finding->provider.file,	finding->resource,
	};
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);

	/* With the ending NUL, so that no two lists of parts read the same. */
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		const char *part = parts[i] ? parts[i] : "";

		g_checksum_update(checksum, (const guchar *)part, (gssize)strlen(part) + 1);
	}
	g_free(finding->fingerprint);
	finding->fingerprint = g_strndup(g_checksum_get_string(checksum), FINGERPRINT_LENGTH);
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
