// SPDX-License-Identifier: GPL-2.0-only
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/db_match.h"
#include "cli/json.h"
#include "cli/term.h"
#include "db/error.h"
#include "db/query.h"

static const char summary[] = "Prints the sequence in which the initcalls run.";
static const char description[] =
	"PATTERN selects by function, module, file or object, with * and ? as in a shell; more\n"
	"than one select what any of them does. Positions count from 0 over the whole sequence;\n"
	"console initcalls are listed last although they run earlier, from console_init().";

struct order_options {
	struct common_options common;
	char *format;
	char *level;
	char *const *patterns;
};

typedef void (*print_sequence)(const struct initcall **initcalls, unsigned int n);

static bool matches(const struct order_options *options, const struct initcall *initcall)
{
	const char *const names[] = { initcall->function, initcall->object->modname, initcall->file,
				      initcall->object->path };

	if (options->level && strcmp(options->level, initcall_level_name(initcall->level)) != 0)
		return false;
	for (char *const *pattern = options->patterns; *pattern; pattern++)
		for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
			if (fnmatch(*pattern, names[i], 0) == 0)
				return true;
	return !*options->patterns;
}

static void print_tsv(const struct initcall **initcalls, unsigned int n)
{
	printf("# position\tlevel\tmodule\tline\tfunction\tfile\tobject\n");
	for (unsigned int i = 0; i < n; i++)
		printf("%u\t%s\t%s\t%u\t%s\t%s\t%s\n", initcalls[i]->position,
		       initcall_level_name(initcalls[i]->level), initcalls[i]->object->modname,
		       initcalls[i]->line, initcalls[i]->function, initcalls[i]->file,
		       initcalls[i]->object->path);
}

static void print_level(enum initcall_level level)
{
	term_print(stdout, TERM_BOLD, "%s", initcall_level_name(level));
	term_print(stdout, TERM_NOTE, "  %s%s\n", initcall_level_macro(level),
		   level == LEVEL_CON ? ", run before all others" : "");
}

static void print_text(const struct initcall **initcalls, unsigned int n)
{
	int width = 0;

	for (unsigned int i = 0; i < n; i++)
		width = MAX(width, (int)strlen(initcalls[i]->function));
	width = MIN(width, 40);
	for (unsigned int i = 0; i < n; i++) {
		if (i == 0 || initcalls[i]->level != initcalls[i - 1]->level) {
			if (i > 0)
				printf("\n");
			print_level(initcalls[i]->level);
		}
		printf("%6u  %-*s  ", initcalls[i]->position, width, initcalls[i]->function);
		term_print(stdout, TERM_PATH, "%s:%u", initcalls[i]->file, initcalls[i]->line);
		printf("\n");
	}
}

static void add_place(JsonBuilder *builder, const struct place *place)
{
	json_builder_set_member_name(builder, "place");
	if (!place || !place->makefile) {
		json_builder_add_null_value(builder);
		return;
	}
	json_builder_begin_object(builder);
	json_add_string(builder, "makefile", place->makefile);
	json_add_int(builder, "line", place->line);
	json_add_string(builder, "condition", place->condition);
	json_builder_end_object(builder);
}

static void print_json(const struct initcall **initcalls, unsigned int n)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_array(builder);
	for (unsigned int i = 0; i < n; i++) {
		json_builder_begin_object(builder);
		json_add_int(builder, "position", initcalls[i]->position);
		json_add_string(builder, "level", initcall_level_name(initcalls[i]->level));
		json_add_string(builder, "module", initcalls[i]->object->modname);
		json_add_int(builder, "line", initcalls[i]->line);
		json_add_string(builder, "function", initcalls[i]->function);
		json_add_string(builder, "file", initcalls[i]->file);
		json_add_string(builder, "object", initcalls[i]->object->path);
		json_add_string(builder, "macro", initcalls[i]->macro);
		add_place(builder, initcalls[i]->object->place);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
	json_print(builder);
}

static print_sequence find_format(const char *name)
{
	if (!name || strcmp(name, "text") == 0)
		return print_text;
	if (strcmp(name, "tsv") == 0)
		return print_tsv;
	return strcmp(name, "json") == 0 ? print_json : NULL;
}

static bool check_options(const struct order_options *options, GError **error)
{
	if (!find_format(options->format)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --format=%s: expected text, tsv or json",
			    options->format);
		return false;
	}
	if (options->level && initcall_level_parse(options->level) == LEVEL_NONE) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --level %s: expected early, 0, 0s, ... 5s, rootfs, 6, "
			    "6s, 7, 7s or con",
			    options->level);
		return false;
	}
	return true;
}

static int run(const struct order_options *options, GError **error)
{
	g_autoptr(query) query = NULL;
	g_autofree const struct initcall **selected = NULL;
	const struct initcall *initcalls;
	unsigned int n_selected = 0;
	unsigned int n;

	if (!check_options(options, error))
		return -1;
	query = query_open(options->common.db, error);
	if (!query)
		return -1;
	if (!db_matches(query, &options->common, "order"))
		return EXIT_BAD_USAGE;
	initcalls = query_initcalls(query, &n, error);
	if (!initcalls)
		return -1;
	selected = g_new(const struct initcall *, n + 1);
	for (unsigned int i = 0; i < n; i++)
		if (matches(options, &initcalls[i]))
			selected[n_selected++] = &initcalls[i];
	if (n > 0 && n_selected == 0)
		command_warn("order", "none of %u initcalls is selected", n);
	find_format(options->format)(selected, n_selected);
	return db_warn_partial(query, "order", NULL, error) ? EXIT_CLEAN : -1;
}

int cmd_order(int argc, char **argv)
{
	struct order_options options = { 0 };
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &options.format,
		  "text (default), tsv or json", "FORMAT" },
		{ "level", 0, 0, G_OPTION_ARG_STRING, &options.level,
		  "Only this level: early, 0, 0s, ... rootfs, ... 7s, con", "LEVEL" },
		{ 0 },
	};
	GError *error = NULL;
	int status = command_parse(&argc, &argv, "[PATTERN...]", summary, description, entries,
				   &options.common);

	if (status >= 0)
		return status;
	options.patterns = argv + 1;
	status = run(&options, &error);
	if (status < 0)
		status = command_fail("order", error);
	common_options_clear(&options.common);
	g_free(options.format);
	g_free(options.level);
	return status;
}
