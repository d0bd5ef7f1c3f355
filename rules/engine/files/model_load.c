// SPDX-License-Identifier: GPL-2.0-only
/* The schema of a model file. */
#include "rules/engine/files/model.h"

#include <stddef.h>
#include <string.h>

#include "rules/engine/files/device_id.h"
#include "rules/engine/files/schema_internal.h"

static bool take_valid(struct yaml_file *file, yaml_node_t *value, const char *name,
		       bool (*is_valid)(const char *text), const char *expected, void *target,
		       GError **error)
{
	char **text = target;

	if (!yaml_take_string(file, value, name, target, error))
		return false;
	if (!is_valid(*text))
		return yaml_fail(file, value, error, "'%s' must be %s, not '%s'", name, expected,
				 *text);
	return true;
}

static bool is_field(const char *text)
{
	const char *dot = strchr(text, '.');
	g_autofree char *record = dot ? g_strndup(text, (gsize)(dot - text)) : NULL;

	return dot && schema_is_name(record) && schema_is_name(dot + 1);
}

static bool take_field(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		       GError **error)
{
	return take_valid(file, value, name, is_field, "record.member, as in device.bus", target,
			  error);
}

static bool is_resource(const char *text)
{
	return g_ascii_islower(*text) &&
	       !text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

static bool take_resource(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error)
{
	return take_valid(file, value, name, is_resource, "lower-case letters, digits and '-'",
			  target, error);
}

static bool take_key(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		     GError **error)
{
	static const char *const words[] = {
		[KEY_OBJECT] = "object",
		[KEY_STRING] = "string",
		[KEY_NUMBER] = "number",
		[KEY_NONE] = "none",
		NULL,
	};
	unsigned int key;

	if (!schema_take_word(file, value, name, words, &key, error))
		return false;
	*(enum model_key *)target = key;
	return true;
}

static bool take_after(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		       GError **error)
{
	static const char *const words[] = { "first", "all", NULL };
	unsigned int after;

	if (!schema_take_word(file, value, name, words, &after, error))
		return false;
	*(bool *)target = after == 1;
	return true;
}

#define ENTRY(field)	   offsetof(struct model_entry, field)
#define FUNCTION	   { "function", true, ENTRY(functions), schema_take_functions }
#define ARGUMENT(required) { "argument", required, ENTRY(argument), yaml_take_number }
#define FIELD		   { "field", false, ENTRY(field), take_field }
#define RESOURCE	   { "resource", true, ENTRY(resource), take_resource }
#define MATCHING	   { "matching", false, ENTRY(matching), yaml_take_string }
#define KEY		   { "key", false, ENTRY(key), take_key }

static const struct yaml_key provides_keys[] = {
	FUNCTION, ARGUMENT(false), FIELD, RESOURCE, KEY, MATCHING, { 0 },
};

static const struct yaml_key requires_keys[] = {
	{ "function", false, ENTRY(functions), schema_take_functions },
	ARGUMENT(false),
	FIELD,
	RESOURCE,
	KEY,
	MATCHING,
	{ "parts", false, ENTRY(parts), yaml_take_bool },
	{ "after", false, ENTRY(after_all), take_after },
	{ "severity", false, ENTRY(severity), schema_take_severity },
	{ "device", false, ENTRY(device), yaml_take_string },
	{ 0 },
};

static const struct yaml_key probes_keys[] = {
	FUNCTION,
	ARGUMENT(true),
	FIELD,
	{ "devices", true, ENTRY(devices), schema_take_functions },
	{ "name", false, ENTRY(name_field), take_field },
	{ "made-as", false, ENTRY(made_as), take_resource },
	{ "tables", false, ENTRY(tables), yaml_take_strings },
	{ 0 },
};

static const struct yaml_key initcalls_keys[] = {
	FUNCTION,
	{ "field", true, ENTRY(field), take_field },
	{ "names", false, ENTRY(names), yaml_take_strings },
	{ "list", false, ENTRY(list), yaml_take_string },
	{ "rank", false, ENTRY(rank), take_field },
	{ 0 },
};

static const struct yaml_key calls_keys[] = {
	FUNCTION, ARGUMENT(false), FIELD, { "retried", false, ENTRY(retried), yaml_take_bool },
	{ 0 },
};

/* Keys of entries of kind MODEL_INITIALISES or MODEL_OPTIONAL. */
static const struct yaml_key argument_keys[] = {
	FUNCTION,
	ARGUMENT(true),
	FIELD,
	{ 0 },
};

static const struct yaml_key stops_keys[] = {
	{ "function", false, ENTRY(functions), schema_take_patterns },
	{ "attributes", false, ENTRY(attributes), yaml_take_strings },
	{ "parameter", false, ENTRY(parameter), yaml_take_string },
	{ "depth", false, ENTRY(depth), yaml_take_number },
	{ 0 },
};

static const struct yaml_key outside_boot_keys[] = {
	{ "function", false, ENTRY(functions), schema_take_functions },
	{ "argument", false, ENTRY(argument), yaml_take_number },
	FIELD,
	{ "fields", false, ENTRY(fields), yaml_take_strings },
	{ 0 },
};

static const struct yaml_key boot_keys[] = {
	FUNCTION,
	{ 0 },
};

static const struct yaml_key suppliers_keys[] = {
	{ "properties", true, ENTRY(properties), yaml_take_strings },
	{ "cells", false, ENTRY(cells), yaml_take_string },
	{ 0 },
};

static const struct yaml_key user_space_keys[] = {
	{ "fields", true, ENTRY(fields), yaml_take_strings },
	{ 0 },
};

static bool take_record(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			GError **error)
{
	return take_valid(file, value, name, schema_is_name, "the tag of a struct", target, error);
}

static bool take_modalias(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error)
{
	char **text = target;
	g_autofree char *problem = NULL;

	if (!yaml_take_string(file, value, name, target, error))
		return false;
	problem = device_id_check(*text);
	return !problem || yaml_fail(file, value, error, "'%s': %s", name, problem);
}

static const struct yaml_key device_ids_keys[] = {
	{ "record", true, ENTRY(record), take_record },
	{ "modalias", true, ENTRY(modalias), take_modalias },
	{ 0 },
};

static const struct yaml_key inserts_keys[] = {
	FUNCTION,
	ARGUMENT(true),
	{ "container", true, ENTRY(container), yaml_take_number },
	{ 0 },
};

static const struct yaml_key finds_keys[] = {
	FUNCTION,
	{ "container", true, ENTRY(container), yaml_take_number },
	{ 0 },
};

static const struct yaml_key only_keys[] = {
	{ "variable", true, ENTRY(variable), yaml_take_string },
	{ "fields", true, ENTRY(fields), yaml_take_strings },
	{ 0 },
};

static const struct yaml_key shows_keys[] = {
	FUNCTION,
	{ "shows", true, ENTRY(shows), yaml_take_string },
	{ 0 },
};

static const struct yaml_key symbols_keys[] = {
	FUNCTION,
	ARGUMENT(true),
	{ 0 },
};

static const struct yaml_key *const entry_keys[] = {
	[MODEL_PROVIDES] = provides_keys,
	[MODEL_REQUIRES] = requires_keys,
	[MODEL_CALLS] = calls_keys,
	[MODEL_PROBES] = probes_keys,
	[MODEL_INITIALISES] = argument_keys,
	[MODEL_OPTIONAL] = argument_keys,
	[MODEL_STOPS] = stops_keys,
	[MODEL_BOOT] = boot_keys,
	[MODEL_RETRIES] = boot_keys,
	[MODEL_INITCALLS] = initcalls_keys,
	[MODEL_OUTSIDE_BOOT] = outside_boot_keys,
	[MODEL_SUPPLIERS] = suppliers_keys,
	[MODEL_USER_SPACE] = user_space_keys,
	[MODEL_DEVICE_IDS] = device_ids_keys,
	[MODEL_INSERTS] = inserts_keys,
	[MODEL_FINDS] = finds_keys,
	[MODEL_COMPARES] = boot_keys,
	[MODEL_ONLY] = only_keys,
	[MODEL_BOUND] = user_space_keys,
	[MODEL_SHOWS] = shows_keys,
	[MODEL_SYMBOLS] = symbols_keys,
};

static bool check_stop(struct yaml_file *file, yaml_node_t *value, const struct model_entry *entry,
		       GError **error)
{
	if (!entry->functions + !entry->attributes + !entry->parameter != 2)
		return yaml_fail(file, value, error,
				 "an entry of stops needs one of 'function', 'attributes' and "
				 "'parameter'");
	return !entry->parameter == !entry->depth ||
	       yaml_fail(file, value, error,
			 "'parameter' and 'depth' (from 1) go together in an entry of stops");
}

static bool check_outside_boot(struct yaml_file *file, yaml_node_t *value,
			       const struct model_entry *entry, GError **error)
{
	bool has_callback = entry->functions && entry->argument >= 0 && entry->field;

	return (entry->fields ? !entry->functions && entry->argument < 0 && !entry->field
			      : has_callback) ||
	       yaml_fail(file, value, error,
			 "an entry of outside-boot needs either 'fields', or 'function', "
			 "'argument' and 'field'");
}

/*
 * Checks the combination of keys in @entry: some keys need each other, or exclude each other.
 * yaml_take_mapping() has already checked the value of each key.
 */
static bool check_entry(struct yaml_file *file, yaml_node_t *value, const char *name,
			const struct model_entry *entry, GError **error)
{
	if (entry->kind == MODEL_STOPS)
		return check_stop(file, value, entry, error);
	if (entry->kind == MODEL_OUTSIDE_BOOT)
		return check_outside_boot(file, value, entry, error);
	if (entry->kind > MODEL_OUTSIDE_BOOT)
		return true;
	if (!entry->name_field != !entry->made_as || (entry->tables && !entry->made_as))
		return yaml_fail(file, value, error,
				 "'name' and 'made-as' go together in an entry of %s, and 'tables' "
				 "goes with them",
				 name);
	if (!entry->names != !entry->list)
		return yaml_fail(file, value, error,
				 "'names' and 'list' go together in an entry of %s", name);
	if (entry->kind == MODEL_INITCALLS)
		return true;
	if (!entry->functions)
		return (entry->field && entry->argument < 0 && entry->key == KEY_OBJECT) ||
		       yaml_fail(file, value, error,
				 "an entry of %s without 'function' is about what is stored in a "
				 "field: expected 'field', and neither 'argument' nor 'key'",
				 name);
	if (entry->kind == MODEL_CALLS && !entry->field && entry->argument < 0)
		return yaml_fail(file, value, error,
				 "an entry of %s needs 'argument', 'field' or both", name);
	if (!entry->retried && entry->argument < 0)
		return yaml_fail(file, value, error,
				 "'retried: false' without 'argument' in an entry of %s", name);
	if (entry->field && entry->argument < 0 && entry->kind != MODEL_CALLS)
		return yaml_fail(file, value, error, "'field' without 'argument' in an entry of %s",
				 name);
	if (!entry->resource)
		return true;
	if (entry->key == KEY_NONE && entry->argument >= 0 && !entry->matching)
		return yaml_fail(file, value, error,
				 "'key: none' and 'argument' in one entry of %s: without a key, an "
				 "argument is used only together with 'matching'",
				 name);
	if (entry->matching && entry->argument < 0)
		return yaml_fail(file, value, error,
				 "'matching' without 'argument' in an entry of %s", name);
	if (entry->key != KEY_NONE && entry->argument < 0)
		return yaml_fail(file, value, error,
				 "key 'argument' is missing in an entry of %s; only 'key: none' "
				 "goes without",
				 name);
	if (entry->parts && entry->key != KEY_STRING)
		return yaml_fail(file, value, error,
				 "'parts' without 'key: string' in an entry of %s", name);
	return true;
}

static bool take_entry(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		       GError **error)
{
	struct model *model = target;
	struct model_entry *entry = g_new0(struct model_entry, 1);
	g_autofree char *description = g_strdup_printf("an entry of %s", name);

	g_ptr_array_add(model->entries, entry);
	while (strcmp(model_kind_name(entry->kind), name) != 0)
		entry->kind++;
	entry->argument = -1;
	entry->container = -1;
	entry->severity = SEVERITY_ERROR;
	entry->retried = true;
	entry->line = (unsigned int)value->start_mark.line + 1;
	entry->column = (unsigned int)value->start_mark.column + 1;
	return yaml_take_mapping(file, value, description, entry_keys[entry->kind], entry, error) &&
	       check_entry(file, value, name, entry, error);
}

static bool take_entries(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			 GError **error)
{
	return yaml_take_list(file, value, name, take_entry, target, error);
}

/*
 * Each key with take_entries() has offset 0. So the @target of take_entries() is the whole struct
 * model, and all these keys add their entries to the one array model->entries.
 */
static const struct yaml_key model_keys[] = {
	{ "id", true, offsetof(struct model, id), schema_take_id },
	{ "title", true, offsetof(struct model, title), yaml_take_string },
	{ "why", true, offsetof(struct model, why), yaml_take_string },
	{ "since", false, offsetof(struct model, since), schema_take_version },
	{ "until", false, offsetof(struct model, until), schema_take_version },
	{ "source", false, offsetof(struct model, sources), schema_take_tree_files },
	{ "links", false, offsetof(struct model, links), yaml_take_strings },
	{ "provides", false, 0, take_entries },
	{ "requires", false, 0, take_entries },
	{ "calls", false, 0, take_entries },
	{ "probes", false, 0, take_entries },
	{ "initialises", false, 0, take_entries },
	{ "optional", false, 0, take_entries },
	{ "stops", false, 0, take_entries },
	{ "boot", false, 0, take_entries },
	{ "retries", false, 0, take_entries },
	{ "initcalls", false, 0, take_entries },
	{ "outside-boot", false, 0, take_entries },
	{ "suppliers", false, 0, take_entries },
	{ "user-space", false, 0, take_entries },
	{ "device-ids", false, 0, take_entries },
	{ "inserts", false, 0, take_entries },
	{ "finds", false, 0, take_entries },
	{ "compares", false, 0, take_entries },
	{ "only", false, 0, take_entries },
	{ "bound", false, 0, take_entries },
	{ "shows", false, 0, take_entries },
	{ "symbols", false, 0, take_entries },
	{ 0 },
};

struct model *model_load(const char *path, GError **error)
{
	g_autoptr(yaml_file) file = yaml_file_load(path, error);
	g_autoptr(model) model = NULL;

	if (!file)
		return NULL;
	model = g_new0(struct model, 1);
	model->path = g_strdup(path);
	model->entries = g_ptr_array_new_with_free_func((GDestroyNotify)model_entry_free);
	if (!yaml_take_mapping(file, yaml_file_root(file), "the model", model_keys, model, error) ||
	    !schema_check_versions(file, model->since, model->until, error))
		return NULL;
	if (model->entries->len == 0) {
		yaml_fail(file, yaml_file_root(file), error,
			  "the model says nothing; expected a list such as provides or requires");
		return NULL;
	}
	return g_steal_pointer(&model);
}
