// SPDX-License-Identifier: GPL-2.0-only
/* The command "initlint registries": lists the registries that the code shows. */
#include <stdio.h>
#include <string.h>

#include "cli/base/command.h"
#include "cli/base/json.h"
#include "cli/commands/commands.h"
#include "cli/judge/analysis.h"
#include "cli/judge/db_match.h"
#include "db/error.h"
#include "rules/engine/registry/registry.h"

static const char summary[] = "Lists the registries that initlint finds in the kernel's code.";
static const char description[] =
	"A registry is a container, such as a list. An insert function puts an object of its\n"
	"caller into the container. A look-up function returns the object that has the key of\n"
	"its caller. Each registry is printed with its container, the member of an object that\n"
	"is the key, and its functions with the number of the argument, from 0. A container\n"
	"without look-ups is listed with the loops over its elements: findings about its content\n"
	"have low confidence. A registry that a model describes is not listed.\n"
	"\n"
	"Exit status: 0 listed, 2 usage or input, 3 failed.";

struct options {
	struct common_options common;
	char *format;
};

static void print_functions(const struct program *program, const char *what,
			    const GArray *functions)
{
	for (guint i = 0; i < functions->len; i++) {
		const struct registry_function *f =
			&g_array_index(functions, struct registry_function, i);
		const struct facts_function *fact = &program->facts->functions[f->function];

		printf("  %-8s %s:%u: %s, argument %d\n", what, fact->file, fact->line,
		       program_name(program, f->function), f->param);
	}
}

static void print_elements(const struct program *program, const struct registry *registry)
{
	const struct facts *facts = program->facts;

	for (guint i = 0; i < registry->elements->len; i++) {
		const struct registry_element *e =
			&g_array_index(registry->elements, struct registry_element, i);

		printf("  %-8s %s:%u: %s\n", "element", facts->functions[e->function].file,
		       facts->calls[e->call].line, facts->symbols[e->object].name);
	}
}

/* The key of an array is the index. A container that is only walked has no key. */
static const char *key_text(const struct program *program, const struct registry *registry)
{
	if (registry->walks->len)
		return "none";
	return registry->is_array ? "number" : program->facts->fields[registry->key_field];
}

static void print_accesses(const struct program *program, const char *what, const GArray *accesses)
{
	for (guint i = 0; i < accesses->len; i++) {
		const struct registry_access *access =
			&g_array_index(accesses, struct registry_access, i);

		printf("  %-8s %s:%u: in %s\n", what,
		       program->facts->functions[access->function].file, access->line,
		       program_name(program, access->function));
	}
}

static void print_text(const struct program *program, const GPtrArray *registries)
{
	for (guint i = 0; i < registries->len; i++) {
		const struct registry *registry = registries->pdata[i];

		printf("%s: key %s\n", registry->name, key_text(program, registry));
		print_functions(program, "insert", registry->inserts);
		print_elements(program, registry);
		print_accesses(program, "insert", registry->fills);
		print_functions(program, "look-up", registry->lookups);
		print_accesses(program, "loop", registry->walks);
	}
}

static void add_functions(JsonBuilder *json, const struct program *program, const char *name,
			  const GArray *functions)
{
	json_begin_array(json, name);
	for (guint i = 0; i < functions->len; i++) {
		const struct registry_function *f =
			&g_array_index(functions, struct registry_function, i);
		const struct facts_function *fact = &program->facts->functions[f->function];

		json_builder_begin_object(json);
		json_add_string(json, "function", program_name(program, f->function));
		json_add_string(json, "file", fact->file);
		json_add_int(json, "line", fact->line);
		json_add_int(json, "argument", f->param);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
}

static void add_accesses(JsonBuilder *json, const struct program *program, const char *name,
			 const GArray *accesses)
{
	json_begin_array(json, name);
	for (guint i = 0; i < accesses->len; i++) {
		const struct registry_access *access =
			&g_array_index(accesses, struct registry_access, i);

		json_builder_begin_object(json);
		json_add_string(json, "function", program_name(program, access->function));
		json_add_string(json, "file", program->facts->functions[access->function].file);
		json_add_int(json, "line", access->line);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
}

static void add_elements(JsonBuilder *json, const struct program *program, const GArray *elements)
{
	const struct facts *facts = program->facts;

	json_begin_array(json, "elements");
	for (guint i = 0; i < elements->len; i++) {
		const struct registry_element *e =
			&g_array_index(elements, struct registry_element, i);

		json_builder_begin_object(json);
		json_add_string(json, "variable", facts->symbols[e->object].name);
		json_add_string(json, "file", facts->functions[e->function].file);
		json_add_int(json, "line", facts->calls[e->call].line);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
}

static void print_json(const struct program *program, const GPtrArray *registries)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_begin_array(json, "registries");
	for (guint i = 0; i < registries->len; i++) {
		const struct registry *registry = registries->pdata[i];

		json_builder_begin_object(json);
		json_add_string(json, "container", registry->name);
		json_add_string(json, "key", key_text(program, registry));
		add_functions(json, program, "inserts", registry->inserts);
		add_elements(json, program, registry->elements);
		add_functions(json, program, "lookups", registry->lookups);
		add_accesses(json, program, "unknown_elements", registry->fills);
		add_accesses(json, program, "loops", registry->walks);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
	json_builder_end_object(json);
	json_print(json);
}

/* Returns an enum exit_status; -1 with @error set on error. */
static int run(const struct options *options, GError **error)
{
	bool is_json = g_strcmp0(options->format, "json") == 0;
	g_autoptr(GPtrArray) models = analysis_models(NULL, error);
	g_autoptr(query) query = models ? query_open(options->common.db, error) : NULL;
	g_autoptr(facts) facts = NULL;
	g_autoptr(program) program = NULL;
	g_autoptr(GPtrArray) registries = NULL;

	if (!query)
		return -1;
	if (options->format && !is_json && strcmp(options->format, "text") != 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "unknown format '%s'; expected text or json", options->format);
		return -1;
	}
	if (!db_matches(query, &options->common, "registries"))
		return EXIT_BAD_USAGE;
	facts = facts_load(query, error);
	if (!facts)
		return -1;
	program = program_new(facts);
	registries = registries_find(program, models);
	(is_json ? print_json : print_text)(program, registries);
	return db_warn_partial(query, "registries", NULL, error) ? EXIT_CLEAN : -1;
}

int cmd_registries(int argc, char **argv)
{
	struct options options = { 0 };
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &options.format,
		  "Output format: text (default) or json", "F" },
		{ 0 },
	};
	GError *error = NULL;
	int status =
		command_parse(&argc, &argv, NULL, summary, description, entries, &options.common);

	if (status >= 0)
		return status;
	status = run(&options, &error);
	if (status < 0)
		status = command_fail("registries", error);
	common_options_clear(&options.common);
	g_free(options.format);
	return status;
}
