// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/files/model.h"

#include "db/error.h"
#include "rules/engine/files/schema_internal.h"

const char *model_kind_name(enum model_kind kind)
{
	static const char *const names[] = {
		[MODEL_PROVIDES] = "provides",
		[MODEL_REQUIRES] = "requires",
		[MODEL_CALLS] = "calls",
		[MODEL_PROBES] = "probes",
		[MODEL_INITIALISES] = "initialises",
		[MODEL_OPTIONAL] = "optional",
		[MODEL_STOPS] = "stops",
		[MODEL_BOOT] = "boot",
		[MODEL_RETRIES] = "retries",
		[MODEL_INITCALLS] = "initcalls",
		[MODEL_OUTSIDE_BOOT] = "outside-boot",
		[MODEL_SUPPLIERS] = "suppliers",
		[MODEL_USER_SPACE] = "user-space",
		[MODEL_DEVICE_IDS] = "device-ids",
		[MODEL_INSERTS] = "inserts",
		[MODEL_FINDS] = "finds",
		[MODEL_COMPARES] = "compares",
		[MODEL_ONLY] = "only",
		[MODEL_BOUND] = "bound",
		[MODEL_SHOWS] = "shows",
		[MODEL_SYMBOLS] = "symbols",
	};

	return names[kind];
}

void model_entry_free(struct model_entry *entry)
{
	if (!entry)
		return;
	g_strfreev(entry->functions);
	g_free(entry->field);
	g_free(entry->resource);
	g_free(entry->matching);
	g_free(entry->device);
	g_strfreev(entry->devices);
	g_free(entry->name_field);
	g_free(entry->made_as);
	g_strfreev(entry->tables);
	g_strfreev(entry->names);
	g_free(entry->list);
	g_free(entry->rank);
	g_strfreev(entry->attributes);
	g_strfreev(entry->fields);
	g_free(entry->parameter);
	g_free(entry->record);
	g_free(entry->registry);
	g_free(entry->variable);
	g_free(entry->shows);
	g_free(entry->modalias);
	g_strfreev(entry->properties);
	g_free(entry->cells);
	g_free(entry);
}

void model_free(struct model *model)
{
	if (!model)
		return;
	g_free(model->path);
	g_free(model->id);
	g_free(model->title);
	g_free(model->why);
	g_free(model->since);
	g_free(model->until);
	g_strfreev(model->sources);
	g_strfreev(model->links);
	g_ptr_array_unref(model->entries);
	g_free(model);
}

/*
 * An entry makes one statement for each of its functions. A statement is a text: the entry's kind,
 * the function, and the entry's argument, field and resource. A struct site is the first entry that
 * makes a statement, and the model of this entry.
 */
struct site {
	const struct model *model;
	const struct model_entry *entry;
};

static bool check_function(const struct model *model, const struct model_entry *entry,
			   const char *function, GHashTable *statements, GError **error)
{
	struct site *site;
	char *statement = g_strdup_printf("%s %s %d %s %s", model_kind_name(entry->kind), function,
					  entry->argument, entry->field ? entry->field : "",
					  entry->resource ? entry->resource : "");
	const struct site *first = g_hash_table_lookup(statements, statement);

	if (first) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s:%u:%u: repeats the entry for %s at %s:%u:%u", model->path,
			    entry->line, entry->column, function, first->model->path,
			    first->entry->line, first->entry->column);
		g_free(statement);
		return false;
	}
	site = g_new(struct site, 1);
	*site = (struct site){ model, entry };
	g_hash_table_insert(statements, statement, site);
	return true;
}

static bool check_entry(const struct model *model, const struct model_entry *entry,
			GHashTable *statements, GError **error)
{
	/*
	 * Without functions, a "stops" entry and an entry of a kind after MODEL_INITCALLS make no
	 * statement. Any other entry makes a statement about any function.
	 */
	if (!entry->functions)
		return entry->kind == MODEL_STOPS || entry->kind > MODEL_INITCALLS ||
		       check_function(model, entry, "any function", statements, error);
	for (char **function = entry->functions; *function; function++)
		if (!check_function(model, entry, *function, statements, error))
			return false;
	return true;
}

/*
 * Returns false with @error set if two entries make the same statement (see struct site). A person
 * who changes one of these entries might overlook the other entry.
 */
static bool check_repetitions(const GPtrArray *models, GError **error)
{
	g_autoptr(GHashTable) statements =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	for (unsigned int i = 0; i < models->len; i++) {
		const struct model *model = models->pdata[i];

		for (unsigned int j = 0; j < model->entries->len; j++) {
			const struct model_entry *entry = model->entries->pdata[j];

			if (!check_entry(model, entry, statements, error))
				return false;
		}
	}
	return true;
}

static void *load(const char *path, GError **error)
{
	return model_load(path, error);
}

GPtrArray *models_load(const char *const *paths, GError **error)
{
	static const struct schema_kind kind = { "model", load, (GDestroyNotify)model_free };
	g_autoptr(GPtrArray) models = schema_load_all(paths, &kind, error);

	G_STATIC_ASSERT(G_STRUCT_OFFSET(struct model, id) ==
			G_STRUCT_OFFSET(struct schema_document, id));
	if (!models || !check_repetitions(models, error))
		return NULL;
	return g_steal_pointer(&models);
}

GPtrArray *models_entries(const GPtrArray *models, enum model_kind kind)
{
	GPtrArray *entries = g_ptr_array_new();

	for (guint m = 0; m < models->len; m++) {
		const struct model *model = models->pdata[m];

		for (guint e = 0; e < model->entries->len; e++) {
			struct model_entry *entry = model->entries->pdata[e];

			if (entry->kind == kind)
				g_ptr_array_add(entries, entry);
		}
	}
	return entries;
}
