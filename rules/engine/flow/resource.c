// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/flow/resource.h"

#include <string.h>

#include "rules/engine/program/variable_key.h"

struct resources {
	const struct facts *facts;
	GStringChunk *strings;
	GArray *list; /* struct resource */
	/*
	 * Key: a text made of @kind and @key, or of @kind and @symbol, of struct resource. Value:
	 * the number of the resource + 1.
	 */
	GHashTable *by_text;
	GHashTable *by_variable; /* variable_key() -> 1 + number of the resource */
};

struct resources *resources_new(const struct facts *facts)
{
	struct resources *resources = g_new0(struct resources, 1);

	resources->facts = facts;
	resources->strings = g_string_chunk_new(1 << 14);
	resources->list = g_array_new(FALSE, FALSE, sizeof(struct resource));
	resources->by_text = g_hash_table_new(g_str_hash, g_str_equal);
	resources->by_variable = g_hash_table_new(variable_key_hash, NULL);
	return resources;
}

void resources_free(struct resources *resources)
{
	if (!resources)
		return;
	g_hash_table_unref(resources->by_variable);
	g_hash_table_unref(resources->by_text);
	g_array_unref(resources->list);
	g_string_chunk_free(resources->strings);
	g_free(resources);
}

int32_t resources_variable(struct resources *resources, int32_t symbol, int32_t field)
{
	gpointer key = variable_key(symbol, field);
	gpointer known = g_hash_table_lookup(resources->by_variable, key);
	struct resource resource = { .symbol = symbol, .field = field };

	if (known)
		return GPOINTER_TO_INT(known) - 1;
	g_array_append_val(resources->list, resource);
	g_hash_table_insert(resources->by_variable, key, GINT_TO_POINTER(resources->list->len));
	return (int32_t)resources->list->len - 1;
}

static int32_t intern(struct resources *resources, const char *text, struct resource resource)
{
	gpointer known = g_hash_table_lookup(resources->by_text, text);

	if (known)
		return GPOINTER_TO_INT(known) - 1;
	resource.kind = g_string_chunk_insert_const(resources->strings, resource.kind);
	if (resource.key)
		resource.key = g_string_chunk_insert_const(resources->strings, resource.key);
	if (resource.registry)
		resource.registry =
			g_string_chunk_insert_const(resources->strings, resource.registry);
	g_array_append_val(resources->list, resource);
	g_hash_table_insert(resources->by_text, g_string_chunk_insert(resources->strings, text),
			    GINT_TO_POINTER(resources->list->len));
	return (int32_t)resources->list->len - 1;
}

int32_t resources_object(struct resources *resources, const char *kind, int32_t symbol)
{
	g_autofree char *text = g_strdup_printf("%s &%d", kind, symbol);

	return intern(resources, text,
		      (struct resource){ .kind = kind, .symbol = symbol, .field = -1 });
}

int32_t resources_key(struct resources *resources, const char *kind, const char *key)
{
	g_autofree char *text = g_strdup_printf("%s \"%s", kind, key ? key : "");

	return intern(resources, text,
		      (struct resource){ .kind = kind, .symbol = -1, .field = -1, .key = key });
}

int32_t resources_entry(struct resources *resources, const char *kind, const char *registry,
			const char *key)
{
	g_autofree char *text = g_strdup_printf("%s \"%s\" %s", kind, key, registry);

	return intern(resources, text,
		      (struct resource){ .kind = kind,
					 .symbol = -1,
					 .field = -1,
					 .key = key,
					 .registry = registry });
}

const struct resource *resources_get(const struct resources *resources, int32_t number)
{
	return &g_array_index(resources->list, struct resource, number);
}

uint32_t resources_count(const struct resources *resources)
{
	return resources->list->len;
}

/* Returns "member" for "record.member". */
static const char *member_name(const char *field)
{
	const char *dot = strchr(field, '.');

	return dot ? dot + 1 : field;
}

/*
 * A field is "record.member". One variable may have several fields with one member name, such as
 * "a.lock" and "b.lock". Looks for all resources that are fields of the variable of @r and have the
 * member name of @r. Returns true if the field of @r is the first of these fields in alphabetical
 * order.
 */
static bool is_first_of_name(const struct resources *resources, const struct resource *r)
{
	const char *field = resources->facts->fields[r->field];

	for (guint i = 0; i < resources->list->len; i++) {
		const struct resource *rival = resources_get(resources, (int32_t)i);
		const char *name;

		if (rival->kind || rival->symbol != r->symbol || rival->field < 0)
			continue;
		name = resources->facts->fields[rival->field];
		if (name[0] != '[' && strcmp(member_name(name), member_name(field)) == 0 &&
		    strcmp(name, field) < 0)
			return false;
	}
	return true;
}

static bool is_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789")];
}

char *resources_describe(const struct resources *resources, int32_t number)
{
	const struct resource *r = resources_get(resources, number);
	const struct facts *facts = resources->facts;
	const char *variable, *field;

	if (r->registry && !*r->key)
		return g_strdup_printf("an entry of %s", r->registry);
	if (r->registry)
		return g_strdup_printf(is_number(r->key) ? "%s in %s" : "\"%s\" in %s", r->key,
				       r->registry);
	if (r->symbol < 0)
		return r->key ? g_strdup_printf("%s \"%s\"", r->kind, r->key) : g_strdup(r->kind);
	variable = facts->symbols[r->symbol].name;
	if (r->kind)
		return g_strdup_printf("%s %s", r->kind, variable);
	if (r->field < 0)
		return g_strdup(variable);
	field = facts->fields[r->field];
	/*
	 * The field is an element of an array, such as "[3]". The resource is the whole array,
	 * because usage_variable() uses one resource for all elements. So the text does not show
	 * the index.
	 */
	if (field[0] == '[')
		return g_strdup_printf("%s[]", variable);
	if (is_first_of_name(resources, r))
		return g_strdup_printf("%s.%s", variable, member_name(field));
	return g_strdup_printf("%s.%s of %.*s", variable, member_name(field),
			       (int)(member_name(field) - field - 1), field);
}

char *resources_identity(const struct resources *resources, int32_t number)
{
	const struct resource *r = resources_get(resources, number);

	if (r->registry)
		return NULL;
	if (r->symbol < 0 && r->key && is_number(r->key))
		return g_strdup_printf("%s \"\"", r->kind);
	return NULL;
}
