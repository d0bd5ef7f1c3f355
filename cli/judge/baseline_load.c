// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads a baseline file. People may edit the file, so each error message names the line of the
 * mistake if this line is known.
 */
#include "cli/judge/baseline_internal.h"

#include <stdarg.h>
#include <string.h>
#include <json-glib/json-glib.h>

#include "db/error.h"
#include "db/read_file.h"

struct loader {
	const char *path;
	/*
	 * Key -> number of the line in which a JSON value ends. For a member of an object, the key
	 * has the address of the JsonObject and the name of the member. For an element of an array,
	 * the key has the address of the JsonArray and the index of the element.
	 */
	GHashTable *lines;
	struct baseline *baseline;
};

static char *line_key(JsonObject *object, const char *member)
{
	return g_strdup_printf("%p %s", (void *)object, member);
}

/*
 * Records the line of the member @member of @object. json-glib does not store line numbers. So
 * @parser must call note_line() when it has just read the member.
 */
static void note_line(JsonParser *parser, JsonObject *object, const char *member, gpointer data)
{
	struct loader *loader = data;

	g_hash_table_insert(loader->lines, line_key(object, member),
			    GUINT_TO_POINTER(json_parser_get_current_line(parser)));
}

static void note_element(JsonParser *parser, JsonArray *array, int index, gpointer data)
{
	struct loader *loader = data;

	g_hash_table_insert(loader->lines, g_strdup_printf("%p %d", (void *)array, index),
			    GUINT_TO_POINTER(json_parser_get_current_line(parser)));
}

static unsigned int line_of_element(const struct loader *loader, JsonArray *array, guint index)
{
	g_autofree char *key = g_strdup_printf("%p %u", (void *)array, index);

	return GPOINTER_TO_UINT(g_hash_table_lookup(loader->lines, key));
}

/*
 * Returns the number of the line in which the value of the member @member of @object ends. If
 * @member is NULL, uses the first member of @object. Returns 0 if the line is not known.
 */
static unsigned int line_of(const struct loader *loader, JsonObject *object, const char *member)
{
	g_autoptr(GList) members = member ? NULL : json_object_get_members(object);
	g_autofree char *key = NULL;

	if (members)
		member = members->data;
	if (!member)
		return 0;
	key = line_key(object, member);
	return GPOINTER_TO_UINT(g_hash_table_lookup(loader->lines, key));
}

/* Sets @error to a message about line @line, or about the file if @line is 0. Returns false. */
static bool fail(const struct loader *loader, unsigned int line, GError **error, const char *format,
		 ...) G_GNUC_PRINTF(4, 5);

static bool fail(const struct loader *loader, unsigned int line, GError **error, const char *format,
		 ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	if (line)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE, "%s:%u: %s", loader->path,
			    line, text);
	else
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE, "%s: %s", loader->path,
			    text);
	return false;
}

/* Returns false with an error if @object has a key that is not in @keys. @keys ends with NULL. */
static bool check_keys(const struct loader *loader, JsonObject *object, const char *const *keys,
		       GError **error)
{
	g_autoptr(GList) members = json_object_get_members(object);
	g_autofree char *list = NULL;

	for (const GList *m = members; m; m = m->next) {
		if (g_strv_contains(keys, m->data))
			continue;
		list = g_strjoinv(", ", (char **)keys);
		return fail(loader, line_of(loader, object, m->data), error,
			    "unknown key '%s': expected %s", (const char *)m->data, list);
	}
	return true;
}

static bool is_null(JsonObject *object, const char *key)
{
	JsonNode *node = json_object_get_member(object, key);

	return !node || JSON_NODE_HOLDS_NULL(node);
}

/*
 * Returns the value of the member @key of @object. @object owns the string. Returns NULL and sets
 * @error if the member @key is missing, or if the value of the member is not a string.
 */
static const char *take_string(const struct loader *loader, JsonObject *object, const char *key,
			       GError **error)
{
	JsonNode *node = json_object_get_member(object, key);

	if (node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING)
		return json_node_get_string(node);
	if (node)
		fail(loader, line_of(loader, object, key), error, "'%s': expected a string", key);
	else
		fail(loader, line_of(loader, object, NULL), error,
		     "key '%s' is missing in this entry", key);
	return NULL;
}

/*
 * @key: "consumer" or "provider". The value of the member @key is an object with a function and a
 * file. Returns the name of this function. Returns "" if the member @key is missing or null.
 * Returns NULL on error. The string is not to be freed.
 */
static const char *take_side(const struct loader *loader, JsonObject *object, const char *key,
			     GError **error)
{
	static const char *const keys[] = { "function", "file", NULL };
	JsonNode *node = json_object_get_member(object, key);
	JsonObject *side;

	if (is_null(object, key))
		return "";
	if (!JSON_NODE_HOLDS_OBJECT(node)) {
		fail(loader, line_of(loader, object, key), error,
		     "'%s': expected an object with function and file, or null", key);
		return NULL;
	}
	side = json_node_get_object(node);
	if (!check_keys(loader, side, keys, error) ||
	    (!is_null(side, "file") && !take_string(loader, side, "file", error)))
		return NULL;
	return take_string(loader, side, "function", error);
}

static bool take_verdict(const struct loader *loader, JsonObject *object,
			 struct baseline_entry *entry, GError **error)
{
	const char *verdict = take_string(loader, object, "verdict", error);

	if (!verdict)
		return false;
	entry->verdict = verdict_parse(verdict);
	if (entry->verdict <= VERDICT_FRAGILE)
		return true;
	return fail(loader, line_of(loader, object, "verdict"), error,
		    "bad verdict '%s': expected broken or fragile", verdict);
}

static bool take_fingerprint(struct loader *loader, JsonObject *object,
			     struct baseline_entry *entry, GError **error)
{
	const char *fingerprint = take_string(loader, object, "fingerprint", error);
	const struct baseline_entry *first;

	if (!fingerprint)
		return false;
	entry->line = line_of(loader, object, "fingerprint");
	if (strlen(fingerprint) != FINGERPRINT_LENGTH ||
	    strspn(fingerprint, "0123456789abcdef") != FINGERPRINT_LENGTH)
		return fail(loader, entry->line, error,
			    "bad fingerprint '%s': expected %d digits 0-9 and a-f", fingerprint,
			    FINGERPRINT_LENGTH);
	first = g_hash_table_lookup(loader->baseline->by_fingerprint, fingerprint);
	if (first)
		return fail(loader, entry->line, error,
			    "fingerprint %s is here for the second time, the first is in line %u: "
			    "remove one of the entries",
			    fingerprint, first->line);
	entry->fingerprint = g_strdup(fingerprint);
	return true;
}

static bool take_entry(struct loader *loader, JsonObject *object, struct baseline_entry *entry,
		       GError **error)
{
	static const char *const keys[] = { "fingerprint", "rule",    "consumer", "provider",
					    "resource",	   "verdict", "reason",	  NULL };
	const char *rule, *consumer, *provider, *reason = NULL;

	if (!check_keys(loader, object, keys, error) ||
	    !take_fingerprint(loader, object, entry, error) ||
	    !take_verdict(loader, object, entry, error))
		return false;
	rule = take_string(loader, object, "rule", error);
	consumer = rule ? take_side(loader, object, "consumer", error) : NULL;
	provider = consumer ? take_side(loader, object, "provider", error) : NULL;
	if (!provider ||
	    (!is_null(object, "resource") && !take_string(loader, object, "resource", error)))
		return false;
	if (!is_null(object, "reason")) {
		reason = take_string(loader, object, "reason", error);
		if (!reason)
			return false;
	}
	entry->rule = g_strdup(rule);
	entry->name = g_strconcat(consumer, *provider ? " and " : "", provider, NULL);
	entry->reason = reason && *reason ? g_strdup(reason) : NULL;
	return true;
}

static bool take_entries(struct loader *loader, JsonArray *array, GError **error)
{
	struct baseline *baseline = loader->baseline;

	for (guint i = 0; i < json_array_get_length(array); i++) {
		JsonNode *node = json_array_get_element(array, i);
		struct baseline_entry *entry;

		if (!JSON_NODE_HOLDS_OBJECT(node))
			return fail(loader, line_of_element(loader, array, i), error,
				    "element %u of 'findings': expected an object", i + 1);
		entry = g_new0(struct baseline_entry, 1);
		g_ptr_array_add(baseline->entries, entry);
		if (!take_entry(loader, json_node_get_object(node), entry, error))
			return false;
		g_hash_table_insert(baseline->by_fingerprint, entry->fingerprint, entry);
	}
	return true;
}

static bool take_root(struct loader *loader, JsonNode *root, GError **error)
{
	static const char *const keys[] = { BASELINE_KEY, "findings", NULL };
	JsonObject *object =
		root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
	JsonNode *version = object ? json_object_get_member(object, BASELINE_KEY) : NULL;
	JsonNode *findings = object ? json_object_get_member(object, "findings") : NULL;

	if (!version)
		return fail(loader, 1, error,
			    "no baseline: expected an object with the key '" BASELINE_KEY
			    "', as check --write-baseline writes it");
	/*
	 * Check the version before the other keys, because a baseline of a different version may
	 * have different keys.
	 */
	if (!JSON_NODE_HOLDS_VALUE(version) || json_node_get_value_type(version) != G_TYPE_INT64 ||
	    json_node_get_int(version) != BASELINE_VERSION)
		return fail(loader, line_of(loader, object, BASELINE_KEY), error,
			    "a baseline of another version: expected \"" BASELINE_KEY "\": %d",
			    BASELINE_VERSION);
	if (!check_keys(loader, object, keys, error))
		return false;
	if (!findings)
		return fail(loader, line_of(loader, object, NULL), error,
			    "key 'findings' is missing");
	if (!JSON_NODE_HOLDS_ARRAY(findings))
		return fail(loader, line_of(loader, object, "findings"), error,
			    "'findings': expected an array of objects");
	return take_entries(loader, json_node_get_array(findings), error);
}

struct baseline *baseline_load(const char *path, GError **error)
{
	g_autoptr(JsonParser) parser = json_parser_new();
	g_autoptr(GHashTable) lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(baseline) baseline = g_new0(struct baseline, 1);
	g_autoptr(GError) problem = NULL;
	struct loader loader = { path, lines, baseline };
	g_autofree char *text = NULL;
	gsize len;

	baseline->path = g_strdup(path);
	baseline->entries = g_ptr_array_new_with_free_func(baseline_entry_free);
	baseline->by_fingerprint = g_hash_table_new(g_str_hash, g_str_equal);
	g_signal_connect(parser, "object-member", G_CALLBACK(note_line), &loader);
	g_signal_connect(parser, "array-element", G_CALLBACK(note_element), &loader);
	if (!read_document(path, &text, &len, &problem)) {
		fail(&loader, 0, error, "cannot be read: %s", problem->message);
		return NULL;
	}
	if (!json_parser_load_from_data(parser, text, (gssize)len, &problem)) {
		/* The message of a parse error begins with "<data>:LINE:COLUMN: ". */
		if (g_str_has_prefix(problem->message, "<data>:"))
			g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE, "%s%s", path,
				    problem->message + strlen("<data>"));
		else
			fail(&loader, 0, error, "cannot be read: %s", problem->message);
		return NULL;
	}
	return take_root(&loader, json_parser_get_root(parser), error) ? g_steal_pointer(&baseline)
								       : NULL;
}
