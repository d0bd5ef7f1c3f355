// SPDX-License-Identifier: GPL-2.0-only
#include "cli/judge/baseline.h"

#include <string.h>

#include "cli/judge/baseline_internal.h"
#include "cli/base/json.h"
#include "db/error.h"

void baseline_entry_free(gpointer data)
{
	struct baseline_entry *entry = data;

	g_free(entry->fingerprint);
	g_free(entry->rule);
	g_free(entry->name);
	g_free(entry->reason);
	g_free(entry);
}

void baseline_free(struct baseline *baseline)
{
	if (!baseline)
		return;
	g_hash_table_unref(baseline->by_fingerprint);
	g_ptr_array_unref(baseline->entries);
	g_free(baseline->path);
	g_free(baseline);
}

const char *baseline_path(const struct baseline *baseline)
{
	return baseline->path;
}

const char *baseline_accepts(struct baseline *baseline, const struct finding *finding,
			     enum verdict *was)
{
	struct baseline_entry *entry =
		g_hash_table_lookup(baseline->by_fingerprint, finding->fingerprint);

	*was = entry ? entry->verdict : N_VERDICTS;
	if (!entry)
		return NULL;
	g_atomic_int_set(&entry->needed, true);
	/* In enum verdict, a smaller number means a worse verdict. */
	if (finding->verdict < entry->verdict)
		return NULL;
	return entry->reason ? entry->reason : "";
}

GPtrArray *baseline_stale(const struct baseline *baseline,
			  bool (*judged)(const void *data, const char *rule), const void *data)
{
	GPtrArray *stale = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < baseline->entries->len; i++) {
		const struct baseline_entry *entry = baseline->entries->pdata[i];

		if (!entry->needed && judged(data, entry->rule))
			g_ptr_array_add(stale, g_strdup_printf("line %u: %s [%s]", entry->line,
							       entry->name, entry->rule));
	}
	return stale;
}

static void add_side(JsonBuilder *json, const char *name, const struct finding_side *side)
{
	if (!side->function) {
		json_add_string(json, name, NULL);
		return;
	}
	json_begin_object(json, name);
	json_add_string(json, "function", side->function);
	json_add_string(json, "file", side->file);
	json_builder_end_object(json);
}

static void add_finding(JsonBuilder *json, const struct finding *finding,
			const struct baseline *old)
{
	const struct baseline_entry *entry =
		old ? g_hash_table_lookup(old->by_fingerprint, finding->fingerprint) : NULL;

	json_builder_begin_object(json);
	json_add_string(json, "fingerprint", finding->fingerprint);
	json_add_string(json, "rule", finding->rule_id);
	add_side(json, "consumer", &finding->consumer);
	add_side(json, "provider", &finding->provider);
	json_add_string(json, "resource", finding->resource);
	json_add_string(json, "verdict", verdict_name(finding->verdict));
	if (entry && entry->reason)
		json_add_string(json, "reason", entry->reason);
	json_builder_end_object(json);
}

static int by_fingerprint(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a;
	const struct finding *y = *(const struct finding *const *)b;

	return strcmp(x->fingerprint, y->fingerprint);
}

/*
 * Returns the text of a baseline with one entry for each of @findings. Sets *@len to the length of
 * the text in bytes. Free the text with g_free(). The entries are sorted by fingerprint, so that a
 * diff of two baselines shows only the entries that differ.
 * @old: an older baseline, or NULL. If @old has an entry for a finding, the new entry gets the
 * reason of this older entry.
 */
static char *to_text(const GPtrArray *findings, const struct baseline *old, size_t *len)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(JsonGenerator) generator = json_generator_new();
	g_autoptr(JsonNode) root = NULL;
	g_autofree char *text = NULL;
	char *whole;

	for (guint i = 0; i < findings->len; i++)
		g_ptr_array_add(sorted, findings->pdata[i]);
	g_ptr_array_sort(sorted, by_fingerprint);
	json_builder_begin_object(json);
	json_add_int(json, BASELINE_KEY, BASELINE_VERSION);
	json_begin_array(json, "findings");
	for (guint i = 0; i < sorted->len; i++)
		add_finding(json, sorted->pdata[i], old);
	json_builder_end_array(json);
	json_builder_end_object(json);
	root = json_builder_get_root(json);
	json_generator_set_root(generator, root);
	json_generator_set_pretty(generator, TRUE);
	text = json_generator_to_data(generator, NULL);
	whole = g_strconcat(text, "\n", NULL);
	*len = strlen(whole);
	return whole;
}

bool baseline_write(const char *path, const GPtrArray *findings, const struct baseline *old,
		    GError **error)
{
	g_autoptr(GError) problem = NULL;
	size_t len;
	g_autofree char *text = to_text(findings, old, &len);

	if (g_file_set_contents_full(path, text, (gssize)len,
				     G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
				     0666, &problem))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: cannot be written: %s", path,
		    problem->message);
	return false;
}
