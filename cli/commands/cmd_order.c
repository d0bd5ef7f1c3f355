// SPDX-License-Identifier: GPL-2.0-only
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "cli/base/command.h"
#include "cli/commands/commands.h"
#include "cli/judge/db_match.h"
#include "cli/base/json.h"
#include "cli/judge/order_contexts.h"
#include "cli/base/term.h"
#include "db/error.h"
#include "db/query/query.h"

static const char summary[] = "Prints the order in which the initcalls run.";
static const char description[] =
	"PATTERN selects initcalls by function, module, file or object, with * and ? as in a\n"
	"shell. An initcall is printed if one of the patterns matches. Positions count from 0\n"
	"over all initcalls. Console initcalls are listed last, although console_init() runs them\n"
	"before all other initcalls.";

struct order_options {
	struct common_options common;
	char *format;
	char *level;
	gboolean all_contexts;
	char *const *patterns;
};

/* The initcalls to print, in execution order. */
struct sequence {
	const struct initcall **initcalls;
	unsigned int n;
	/* functions that run during the initcalls; NULL: do not print these functions */
	const struct order_contexts *contexts;
};

typedef void (*print_sequence)(const struct sequence *sequence);

/*
 * Calls @print with @data for each function in sequence->contexts that runs during @initcall. Does
 * nothing if sequence->contexts is NULL.
 */
static void each_context(const struct sequence *sequence, const struct initcall *initcall,
			 void (*print)(const struct order_context *context, void *data), void *data)
{
	unsigned int n = 0;
	const struct order_context *list =
		sequence->contexts ? order_contexts_list(sequence->contexts, &n) : NULL;

	for (unsigned int i = 0; i < n; i++)
		if (list[i].position == initcall->position)
			print(&list[i], data);
}

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

static void print_tsv_context(const struct order_context *context, void *data)
{
	const struct initcall *initcall = data;

	printf("%u\t%s\t%s\t%u\t%s\t%s\t%s\t%s\t%s\t%s\n", context->position,
	       initcall_level_name(initcall->level), initcall->object->modname, context->line,
	       context->function, context->file, initcall->object->path,
	       context->turn ? "framework" : "probe", context->of,
	       context->waits ? context->waits : "-");
}

static void print_tsv(const struct sequence *sequence)
{
	bool all = sequence->contexts != NULL;

	printf("# position\tlevel\tmodule\tline\tfunction\tfile\tobject%s\n",
	       all ? "\tkind\tof\twaits for" : "");
	for (unsigned int i = 0; i < sequence->n; i++) {
		const struct initcall *initcall = sequence->initcalls[i];

		printf("%u\t%s\t%s\t%u\t%s\t%s\t%s%s\n", initcall->position,
		       initcall_level_name(initcall->level), initcall->object->modname,
		       initcall->line, initcall->function, initcall->file, initcall->object->path,
		       all ? "\tinitcall\t-\t-" : "");
		each_context(sequence, initcall, print_tsv_context, (void *)initcall);
	}
}

static void print_level(enum initcall_level level)
{
	term_print(stdout, TERM_BOLD, "%s", initcall_level_name(level));
	term_print(stdout, TERM_NOTE, "  %s%s\n", initcall_level_macro(level),
		   level == LEVEL_CON ? ", run before all others" : "");
}

static void print_text_context(const struct order_context *context, void *data)
{
	(void)data;
	printf("        %s %s  ", context->turn ? "runs" : "probe", context->function);
	term_print(stdout, TERM_PATH, "%s:%u", context->file, context->line);
	if (!context->turn)
		printf("  of %s", context->of);
	if (context->waits)
		printf(", waits for %s", context->waits);
	printf("\n");
}

static void print_text(const struct sequence *sequence)
{
	const struct initcall **initcalls = sequence->initcalls;
	int width = 0;

	for (unsigned int i = 0; i < sequence->n; i++)
		width = MAX(width, (int)strlen(initcalls[i]->function));
	width = MIN(width, 40);
	for (unsigned int i = 0; i < sequence->n; i++) {
		if (i == 0 || initcalls[i]->level != initcalls[i - 1]->level) {
			if (i > 0)
				printf("\n");
			print_level(initcalls[i]->level);
		}
		printf("%6u  %-*s  ", initcalls[i]->position, width, initcalls[i]->function);
		term_print(stdout, TERM_PATH, "%s:%u", initcalls[i]->file, initcalls[i]->line);
		printf("\n");
		each_context(sequence, initcalls[i], print_text_context, NULL);
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

static void add_context(const struct order_context *context, void *data)
{
	JsonBuilder *builder = data;

	json_builder_begin_object(builder);
	json_add_string(builder, "kind", context->turn ? "framework" : "probe");
	json_add_string(builder, "function", context->function);
	json_add_string(builder, "file", context->file);
	json_add_int(builder, "line", context->line);
	json_add_string(builder, "of", context->of);
	json_add_string(builder, "waits-for", context->waits);
	json_builder_end_object(builder);
}

static void add_initcall(JsonBuilder *builder, const struct sequence *sequence,
			 const struct initcall *initcall)
{
	json_builder_begin_object(builder);
	json_add_int(builder, "position", initcall->position);
	json_add_string(builder, "level", initcall_level_name(initcall->level));
	json_add_string(builder, "module", initcall->object->modname);
	json_add_int(builder, "line", initcall->line);
	json_add_string(builder, "function", initcall->function);
	json_add_string(builder, "file", initcall->file);
	json_add_string(builder, "object", initcall->object->path);
	json_add_string(builder, "macro", initcall->macro);
	add_place(builder, initcall->object->place);
	if (sequence->contexts) {
		json_builder_set_member_name(builder, "contexts");
		json_builder_begin_array(builder);
		each_context(sequence, initcall, add_context, builder);
		json_builder_end_array(builder);
	}
	json_builder_end_object(builder);
}

static void print_json(const struct sequence *sequence)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_array(builder);
	for (unsigned int i = 0; i < sequence->n; i++)
		add_initcall(builder, sequence, sequence->initcalls[i]);
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

/*
 * True if matches() is true for @initcall. Without --level, also true if one of options->patterns
 * matches the name of a function in all->contexts that runs during @initcall.
 */
static bool is_selected(const struct order_options *options, const struct sequence *all,
			const struct initcall *initcall)
{
	unsigned int n = 0;
	const struct order_context *list =
		all->contexts ? order_contexts_list(all->contexts, &n) : NULL;

	if (matches(options, initcall))
		return true;
	for (unsigned int i = 0; i < n && !options->level; i++)
		for (char *const *pattern = options->patterns; *pattern; pattern++)
			if (list[i].position == initcall->position &&
			    fnmatch(*pattern, list[i].function, 0) == 0)
				return true;
	return false;
}

static int run(const struct order_options *options, GError **error)
{
	g_autoptr(query) query = NULL;
	g_autoptr(order_contexts) contexts = NULL;
	g_autofree const struct initcall **selected = NULL;
	struct sequence sequence = { 0 };
	const struct initcall *initcalls;
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
	if (options->all_contexts && !(contexts = order_contexts_new(query, error)))
		return -1;
	selected = g_new(const struct initcall *, n + 1);
	sequence.initcalls = selected;
	sequence.contexts = contexts;
	for (unsigned int i = 0; i < n; i++)
		if (is_selected(options, &sequence, &initcalls[i]))
			selected[sequence.n++] = &initcalls[i];
	if (n > 0 && sequence.n == 0)
		command_warn("order", "the options select none of %u initcalls", n);
	find_format(options->format)(&sequence);
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
		{ "all-contexts", 0, 0, G_OPTION_ARG_NONE, &options.all_contexts,
		  "Also print what runs during an initcall: a framework's initcalls, driver probes",
		  NULL },
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
