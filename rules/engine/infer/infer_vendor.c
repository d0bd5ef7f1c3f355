// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compares the vendors of the devices that two contexts are about. A device tree names a device
 * "vendor,device", and the code names the devices in the same way, in tables or in calls. If the
 * source file of the consumer names vendors, and the file of the provider names none of them, then
 * the consumer hardly looks for what the provider makes. A probe whose file names no vendor tells
 * nothing.
 */
#include "rules/engine/infer/infer_internal.h"

#include <string.h>

struct vendors {
	/* Key: the path of a file. Value: a set of texts, the vendors that the file names. */
	GHashTable *by_file;
};

static void free_set(gpointer set)
{
	g_hash_table_unref(set);
}

struct vendors *infer_vendors_new(void)
{
	struct vendors *vendors = g_new0(struct vendors, 1);

	return vendors;
}

void infer_vendors_free(struct vendors *vendors)
{
	if (!vendors)
		return;
	g_clear_pointer(&vendors->by_file, g_hash_table_unref);
	g_free(vendors);
}

/* Returns the length of "vendor" in "vendor,device"; 0 if @text has another form. */
static size_t vendor_length(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return text[n] == ',' && g_ascii_isalnum(text[n + 1]) ? n : 0;
}

static void add_vendor(struct vendors *vendors, const char *file, const struct facts *facts,
		       const struct facts_value *value)
{
	const char *text = value->kind == VALUE_STRING ? facts->texts[value->number] : "";
	size_t n = vendor_length(text);
	GHashTable *set;

	if (!n)
		return;
	set = g_hash_table_lookup(vendors->by_file, file);
	if (!set) {
		set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_hash_table_insert(vendors->by_file, (gpointer)file, set);
	}
	g_hash_table_add(set, g_strndup(text, n));
}

static void gather(struct vendors *vendors, const struct facts *facts)
{
	vendors->by_file = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_set);
	for (uint32_t g = 0; g < facts->n_globals; g++) {
		const struct facts_range *r = &facts->globals[g].stores;

		for (uint32_t s = r->first; s < r->first + r->n; s++)
			add_vendor(vendors, facts->globals[g].file, facts, &facts->stores[s].value);
	}
	for (uint32_t f = 0; f < facts->n_functions; f++) {
		const struct facts_range *r = &facts->functions[f].calls;

		for (uint32_t c = r->first; c < r->first + r->n; c++) {
			const struct facts_range *a = &facts->calls[c].arguments;

			for (uint32_t i = a->first; i < a->first + a->n; i++)
				add_vendor(vendors, facts->functions[f].file, facts,
					   &facts->arguments[i].value);
		}
	}
}

/* Returns the vendors that the file of @initcall names; NULL: none. */
static GHashTable *vendors_of(const struct vendors *vendors, const struct initcall *initcall)
{
	return initcall ? g_hash_table_lookup(vendors->by_file, initcall->file) : NULL;
}

bool infer_may_share_machine(const struct inference *inference, const struct context *consumer,
			     const struct context *provider)
{
	struct vendors *vendors = inference->vendors;
	GHashTable *wanted, *provided;
	GHashTableIter iter;
	gpointer vendor;

	if (!vendors->by_file)
		gather(vendors, inference->facts);
	wanted = vendors_of(vendors, consumer->initcall);
	provided = vendors_of(vendors, provider->initcall);
	if (!wanted)
		return consumer->kind != CONTEXT_PROBE;
	g_hash_table_iter_init(&iter, wanted);
	while (provided && g_hash_table_iter_next(&iter, &vendor, NULL))
		if (g_hash_table_contains(provided, vendor))
			return true;
	return false;
}
