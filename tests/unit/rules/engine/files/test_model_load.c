// SPDX-License-Identifier: GPL-2.0-only
/* The schema of model files: what is accepted, and where each mistake is reported. */
#include <glib/gstdio.h>
#include <string.h>

#include "db/error.h"
#include "rules/engine/files/model.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *folder;

static void make_folder(void)
{
	folder = temp_dir_new();
}

static void remove_folder(void)
{
	temp_dir_free(folder);
}

static char *write_model(const char *name, const char *text)
{
	char *path = g_build_filename(folder, name, NULL);

	ck_assert(g_file_set_contents(path, text, -1, NULL));
	return path;
}

#define HEAD "id: a-model\ntitle: A title\nwhy: Because.\n"

static const struct {
	const char *text;
	const char *error; /* the message after the path */
} mistakes[] = {
	/* keys of the model */
	{ HEAD "require: []",
	  ":4:1: unknown key 'require' in the model (did you mean 'requires'?); expected one of: "
	  "id, title, why, since, until, source, links, provides, requires, calls, probes, "
	  "initialises, optional, stops, boot, retries, initcalls, outside-boot, suppliers, "
	  "user-space, device-ids, inserts, finds, compares, only, bound, shows, symbols" },
	{ HEAD "stops: [{function: f}]\nstops: [{function: g}]",
	  ":5:1: key 'stops' is given twice" },
	{ "id: a-model\ntitle: t\nstops: [{function: f}]",
	  ":1:1: key 'why' is missing in the model" },
	{ HEAD, ":1:1: the model says nothing; expected a list such as provides or requires" },
	{ "id: b\ntitle: t\nwhy: w", ":1:5: id 'b' is not the file's name 'a-model'" },
	{ HEAD "since: six", ":4:8: 'since' must be a kernel version such as 6.12, not 'six'" },
	{ HEAD "since: '6.12'\nuntil: '6.1'", ":1:1: since 6.12 is after until 6.1" },
	{ HEAD "source: /drivers/base/bus.c",
	  ":4:9: 'source' must be relative to the kernel tree, not '/drivers/base/bus.c'" },
	{ HEAD "stops: {function: f}", ":4:8: 'stops' must be a list, not a mapping" },
	{ HEAD "stops: []", ":4:8: 'stops' is an empty list" },
	{ HEAD "stops: [f]", ":4:9: an entry of stops must be a mapping, not a string" },
	/* keys of each list */
	{ HEAD "stops: [{argument: 1}]",
	  ":4:10: unknown key 'argument' in an entry of stops; expected one of: function, "
	  "attributes, parameter, depth" },
	{ HEAD "boot: [{function: f, key: none}]",
	  ":4:22: unknown key 'key' in an entry of boot; expected one of: function" },
	{ HEAD "optional: [{function: f, argument: 1, resorce: r}]",
	  ":4:39: unknown key 'resorce' in an entry of optional; expected one of: function, "
	  "argument, field" },
	{ HEAD "provides: [{function: f, argument: 1, resource: r, severity: note}]",
	  ":4:52: unknown key 'severity' in an entry of provides; expected one of: function, "
	  "argument, field, resource, key, matching" },
	{ HEAD "requires: [{function: f, argument: 1, resource: r, devices: x}]",
	  ":4:52: unknown key 'devices' in an entry of requires (did you mean 'device'?); expected "
	  "one of: function, argument, field, resource, key, matching, parts, after, severity, "
	  "device" },
	{ HEAD "device-ids: [{record: r, modalias: 'v{vendor'}]",
	  ":4:36: 'modalias': the brace before 'vendor' is not closed" },
	{ HEAD "device-ids: [{record: r, modalias: 'v{vendor eight}'}]",
	  ":4:36: 'modalias': expected {FIELD DIGITS}, not {vendor eight}" },
	{ HEAD "suppliers: [{cells: '#clock-cells'}]",
	  ":4:13: key 'properties' is missing in an entry of suppliers" },
	{ HEAD "probes: [{function: f, argument: 1, device: x}]",
	  ":4:37: unknown key 'device' in an entry of probes (did you mean 'devices'?); expected "
	  "one of: function, argument, field, devices, name, made-as, tables" },
	{ HEAD "stops: [{}]",
	  ":4:9: an entry of stops needs one of 'function', 'attributes' and 'parameter'" },
	{ HEAD "stops: [{function: f, attributes: cold}]",
	  ":4:9: an entry of stops needs one of 'function', 'attributes' and 'parameter'" },
	{ HEAD "stops: [{parameter: gfp_t}]",
	  ":4:9: 'parameter' and 'depth' (from 1) go together in an entry of stops" },
	{ HEAD "stops: [{function: f, depth: 3}]",
	  ":4:9: 'parameter' and 'depth' (from 1) go together in an entry of stops" },
	{ HEAD "outside-boot: [{}]",
	  ":4:16: an entry of outside-boot needs either 'fields', or 'function', 'argument' and "
	  "'field'" },
	{ HEAD "outside-boot: [{function: f, argument: 0}]",
	  ":4:16: an entry of outside-boot needs either 'fields', or 'function', 'argument' and "
	  "'field'" },
	{ HEAD "outside-boot: [{function: f, fields: a.b}]",
	  ":4:16: an entry of outside-boot needs either 'fields', or 'function', 'argument' and "
	  "'field'" },
	{ HEAD "probes: [{function: f, argument: 0, devices: g, name: a.b}]",
	  ":4:10: 'name' and 'made-as' go together in an entry of probes, and 'tables' goes with "
	  "them" },
	{ HEAD "initcalls: [{function: f}]",
	  ":4:13: key 'field' is missing in an entry of initcalls" },
	{ HEAD "initcalls: [{function: f, field: a.b, list: CONFIG_X}]",
	  ":4:13: 'names' and 'list' go together in an entry of initcalls" },
	{ HEAD "calls: [{function: f}]",
	  ":4:9: an entry of calls needs 'argument', 'field' or both" },
	{ HEAD "calls: [{function: f, field: a.b, retried: false}]",
	  ":4:9: 'retried: false' without 'argument' in an entry of calls" },
	{ HEAD "calls: [{function: f, argument: 0, retried: maybe}]",
	  ":4:45: 'retried' must be true or false, not 'maybe'" },
	{ HEAD "probes: [{function: f, argument: 0, devices: g, retried: false}]",
	  ":4:49: unknown key 'retried' in an entry of probes; expected one of: function, "
	  "argument, field, devices, name, made-as, tables" },
	{ HEAD "initialises: [{function: f}]",
	  ":4:15: key 'argument' is missing in an entry of initialises" },
	{ HEAD "probes: [{function: f, argument: 0}]",
	  ":4:10: key 'devices' is missing in an entry of probes" },
	{ HEAD "provides: [{function: f, argument: 0}]",
	  ":4:12: key 'resource' is missing in an entry of provides" },
	/* keys that need or exclude each other */
	{ HEAD "provides: [{function: f, resource: r}]",
	  ":4:12: key 'argument' is missing in an entry of provides; only 'key: none' goes "
	  "without" },
	{ HEAD "provides: [{function: f, resource: r, field: a.b}]",
	  ":4:12: 'field' without 'argument' in an entry of provides" },
	{ HEAD "requires: [{function: f, resource: r, argument: 0, key: none}]",
	  ":4:12: 'key: none' and 'argument' in one entry of requires: without a key, an "
	  "argument is used only together with 'matching'" },
	{ HEAD "requires: [{function: f, resource: r, argument: 0, parts: true}]",
	  ":4:12: 'parts' without 'key: string' in an entry of requires" },
	{ HEAD "requires: [{resource: r}]",
	  ":4:12: an entry of requires without 'function' is about what is stored in a field: "
	  "expected 'field', and neither 'argument' nor 'key'" },
	{ HEAD "requires: [{field: a.b, argument: 1, resource: r}]",
	  ":4:12: an entry of requires without 'function' is about what is stored in a field: "
	  "expected 'field', and neither 'argument' nor 'key'" },
	{ HEAD "provides: [{field: a.b, argument: 1, resource: r}]",
	  ":4:12: key 'function' is missing in an entry of provides" },
	/* bad values */
	{ HEAD "stops: [{function: [f, g()]}]",
	  ":4:24: 'function' must be the name of a C function, or a pattern with '*', not 'g()'" },
	{ HEAD "stops: [{function: [f, g, f]}]", ":4:27: 'function' names an item twice" },
	{ HEAD "calls: [{function: f, argument: -1}]",
	  ":4:33: 'argument' must be a number from 0, not '-1'" },
	{ HEAD "calls: [{function: f, argument: first}]",
	  ":4:33: 'argument' must be a number from 0, not 'first'" },
	{ HEAD "calls: [{function: f, argument: [0]}]",
	  ":4:33: 'argument' must be a string, not a list" },
	{ HEAD "calls: [{function: f, argument: 0, field: probe}]",
	  ":4:43: 'field' must be record.member, as in device.bus, not 'probe'" },
	{ HEAD "calls: [{function: f, argument: 0, field: device.driver.bus}]",
	  ":4:43: 'field' must be record.member, as in device.bus, not 'device.driver.bus'" },
	{ HEAD "provides: [{function: f, argument: 0, resource: A bus}]",
	  ":4:49: 'resource' must be lower-case letters, digits and '-', not 'A bus'" },
	{ HEAD "provides: [{function: f, argument: 0, resource: r, key: strng}]",
	  ":4:57: unknown key 'strng' (did you mean 'string'?); expected object, string, number "
	  "or none" },
	{ HEAD "requires: [{function: f, argument: 0, resource: r, after: last}]",
	  ":4:59: unknown after 'last'; expected first or all" },
	{ HEAD "requires: [{function: f, argument: 0, resource: r, severity: eror}]",
	  ":4:62: unknown severity 'eror' (did you mean 'error'?); expected error, warning or "
	  "note" },
	{ HEAD "requires: [{function: f, argument: 0, resource: r, parts: maybe}]",
	  ":4:59: 'parts' must be true or false, not 'maybe'" },
	{ HEAD "probes: [{function: f, argument: 0, devices: []}]",
	  ":4:46: 'devices' is an empty list" },
	{ "- a", ":1:1: the model must be a mapping, not a list" },
	{ "", ":1:1: the file is empty" },
};

START_TEST(test_mistake)
{
	g_autofree char *path = write_model("a-model.yaml", mistakes[_i].text);
	g_autofree char *expected = g_strconcat(path, mistakes[_i].error, NULL);
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(model_load(path, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_str_eq(error->message, expected);
}
END_TEST

static const struct model_entry *entry_of(const struct model *model, unsigned int i)
{
	ck_assert_uint_lt(i, model->entries->len);
	return model->entries->pdata[i];
}

static void check_full_entries(const struct model *model)
{
	const struct model_entry *entry = entry_of(model, 0);

	ck_assert_int_eq(entry->kind, MODEL_PROVIDES);
	ck_assert_str_eq(entry->functions[0], "add");
	ck_assert_int_eq(entry->argument, 0);
	ck_assert_str_eq(entry->field, "alg.name");
	ck_assert_str_eq(entry->resource, "crypto");
	ck_assert_int_eq(entry->key, KEY_STRING);
	ck_assert_uint_eq(entry->line, 8);
	ck_assert_uint_eq(entry->column, 5);

	entry = entry_of(model, 1);
	ck_assert_int_eq(entry->kind, MODEL_REQUIRES);
	ck_assert_str_eq(entry->functions[1], "find_old");
	ck_assert_int_eq(entry->argument, 2);
	ck_assert_ptr_null(entry->field);
	ck_assert(entry->parts);
	ck_assert(entry->after_all);
	ck_assert_int_eq(entry->severity, SEVERITY_WARNING);

	entry = entry_of(model, 2);
	ck_assert_int_eq(entry->kind, MODEL_REQUIRES);
	ck_assert_int_eq(entry->key, KEY_NONE);
	ck_assert_int_eq(entry->argument, -1);
	ck_assert(!entry->parts && !entry->after_all);
	ck_assert_int_eq(entry->severity, SEVERITY_ERROR);

	entry = entry_of(model, 3);
	ck_assert_int_eq(entry->kind, MODEL_REQUIRES);
	ck_assert_ptr_null(entry->functions);
	ck_assert_str_eq(entry->field, "d.bus");

	entry = entry_of(model, 4);
	ck_assert_int_eq(entry->kind, MODEL_PROBES);
	ck_assert_str_eq(entry->devices[1], "scan_init");
	ck_assert_int_eq(entry_of(model, 5)->kind, MODEL_BOOT);

	entry = entry_of(model, 6);
	ck_assert_int_eq(entry->kind, MODEL_CALLS);
	ck_assert_int_eq(entry->argument, -1);
	ck_assert_str_eq(entry->field, "h.attach");
	ck_assert(entry->retried);

	entry = entry_of(model, 7);
	ck_assert_int_eq(entry->argument, 1);
	ck_assert(!entry->retried);
	ck_assert_uint_eq(model->entries->len, 8);
}

START_TEST(test_full_model)
{
	g_autofree char *path = write_model(
		"a-model.yaml", HEAD
		"since: '6.1'\n"
		"source: [lib/a.c, lib/b.c]\n"
		"links: https://example.org/\n"
		"provides:\n"
		"  - {function: add, argument: 0, field: alg.name, resource: crypto, key: string}\n"
		"requires:\n"
		"  - function: [find, find_old]\n"
		"    argument: 2\n"
		"    resource: crypto\n"
		"    key: string\n"
		"    parts: true\n"
		"    after: all\n"
		"    severity: warning\n"
		"  - {function: ask, resource: manager, key: none}\n"
		"  - {field: d.bus, resource: bus}\n"
		"probes:\n"
		"  - {function: reg, argument: 0, field: d.probe, devices: [scan, scan_init]}\n"
		"boot:\n"
		"  - function: start\n"
		"calls:\n"
		"  - {function: scan, field: h.attach}\n"
		"  - {function: once, argument: 1, retried: false}\n");
	g_autoptr(GError) error = NULL;
	g_autoptr(model) model = model_load(path, &error);

	ck_assert_msg(model != NULL, "%s", error ? error->message : "");
	ck_assert_str_eq(model->path, path);
	ck_assert_str_eq(model->id, "a-model");
	ck_assert_str_eq(model->title, "A title");
	ck_assert_str_eq(model->why, "Because.");
	ck_assert_str_eq(model->since, "6.1");
	ck_assert_ptr_null(model->until);
	ck_assert_str_eq(model->sources[1], "lib/b.c");
	ck_assert_str_eq(model->links[0], "https://example.org/");
	check_full_entries(model);
}
END_TEST

START_TEST(test_directories)
{
	g_autofree char *b_path =
		write_model("b-model.yaml",
			    "id: b-model\ntitle: t\nwhy: w\nstops: [{function: f}]\n"
			    "calls: [{function: f, argument: 0}, {function: f, argument: 1}]\n");
	g_autofree char *a_path =
		write_model("a-model.yaml", HEAD "stops: [{function: g}, {function: [h, f]}]\n");
	g_autofree char *expected =
		g_strdup_printf("%s:4:9: repeats the entry for f at %s:4:24", b_path, a_path);
	const char *const paths[] = { folder, NULL };
	GError *error = NULL;
	GPtrArray *models = models_load(paths, &error);

	ck_assert_ptr_null(models);
	ck_assert_str_eq(error->message, expected);
	g_clear_error(&error);

	g_free(write_model("a-model.yaml", HEAD "stops: [{function: g}]\n"));
	models = models_load(paths, &error);
	ck_assert_msg(models != NULL, "%s", error ? error->message : "");
	ck_assert_uint_eq(models->len, 2);
	ck_assert_str_eq(((struct model *)models->pdata[0])->id, "a-model");
	g_ptr_array_unref(models);

	g_unlink(a_path);
	g_unlink(b_path);
	ck_assert_ptr_null(models_load(paths, &error));
	g_free(expected);
	expected = g_strdup_printf("%s: no model (*.yaml) in this directory", folder);
	ck_assert_str_eq(error->message, expected);
	g_clear_error(&error);
}
END_TEST

/* Returns a table: kind of resource -> enum model_key, for all entries of @kind. */
static GHashTable *keys_of_resources(const GPtrArray *models, enum model_kind kind)
{
	GHashTable *keys = g_hash_table_new(g_str_hash, g_str_equal);

	for (unsigned int i = 0; i < models->len; i++) {
		const struct model *model = models->pdata[i];

		for (unsigned int j = 0; j < model->entries->len; j++) {
			const struct model_entry *entry = model->entries->pdata[j];
			gpointer key;

			/* A driver without a table needs a device with its name. */
			if (entry->made_as && kind == MODEL_REQUIRES)
				g_hash_table_insert(keys, entry->made_as,
						    GINT_TO_POINTER(KEY_STRING));
			if (entry->kind != kind)
				continue;
			if (g_hash_table_lookup_extended(keys, entry->resource, NULL, &key))
				ck_assert_msg(GPOINTER_TO_INT(key) == (int)entry->key,
					      "%s:%u: %s has another key elsewhere", model->path,
					      entry->line, entry->resource);
			g_hash_table_insert(keys, entry->resource, GINT_TO_POINTER(entry->key));
		}
	}
	return keys;
}

static void check_subset(GHashTable *some, GHashTable *all, const char *what)
{
	GHashTableIter iter;
	gpointer name, key, other;

	g_hash_table_iter_init(&iter, some);
	while (g_hash_table_iter_next(&iter, &name, &key)) {
		ck_assert_msg(g_hash_table_lookup_extended(all, name, NULL, &other),
			      "resource '%s' is %s by none", (const char *)name, what);
		ck_assert_msg(key == other, "resource '%s' has two kinds of key",
			      (const char *)name);
	}
}

/* True if @model names a function, a field, or properties of the device tree. */
static bool names_something(const struct model *model)
{
	for (unsigned int i = 0; i < model->entries->len; i++)
		if (entry_of(model, i)->functions || entry_of(model, i)->properties ||
		    entry_of(model, i)->fields || entry_of(model, i)->record)
			return true;
	return false;
}

/* The models that come with initlint fit the schema and do not contradict each other. */
START_TEST(test_own_models)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *models =
		models_load((const char *const[]){ TEST_SOURCE_DIR "/rules/models", NULL }, &error);
	GHashTable *provided, *required;

	ck_assert_msg(models != NULL, "%s", error ? error->message : "");
	for (unsigned int i = 0; i < models->len; i++) {
		const struct model *model = models->pdata[i];

		ck_assert_uint_gt(model->entries->len, 0);
		ck_assert(names_something(model));
	}
	provided = keys_of_resources(models, MODEL_PROVIDES);
	required = keys_of_resources(models, MODEL_REQUIRES);
	check_subset(required, provided, "provided");
	check_subset(provided, required, "required");
	g_hash_table_unref(provided);
	g_hash_table_unref(required);
	g_ptr_array_unref(models);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("model_load");
	TCase *tcase = tcase_create("schema");

	tcase_add_checked_fixture(tcase, make_folder, remove_folder);
	tcase_add_loop_test(tcase, test_mistake, 0, G_N_ELEMENTS(mistakes));
	tcase_add_test(tcase, test_full_model);
	tcase_add_test(tcase, test_directories);
	tcase_add_test(tcase, test_own_models);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
