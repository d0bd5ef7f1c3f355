// SPDX-License-Identifier: GPL-2.0-only
/* The command "initlint trace-filter": prints the kernel parameters that trace call chains. */
#include "cli/base/command.h"

#include <stdio.h>
#include <string.h>

#include "analyzer/image/kernel.h"
#include "cli/commands/commands.h"
#include "cli/prove/target.h"
#include "db/error.h"

static const char summary[] = "Prints kernel parameters that trace the call chains of findings.";
static const char description[] =
	"Boot a kernel with CONFIG_FUNCTION_TRACER with the parameters of one line, save\n"
	"/sys/kernel/tracing/trace, and give it and this output to \"initlint confirm\". One line "
	"is\n"
	"for one boot: the kernel limits the length of its command line. FINDING is as for "
	"\"prove\".\n"
	"With --image or --map, functions that the compiler has inlined are left out.\n"
	"\n"
	"Exit status: 0 printed, 2 usage or a bad file, 3 failed.";

static const char before_filter[] = "ftrace=function trace_event=initcall:* trace_buf_size=8M "
				    "ftrace_filter=";

struct filter_command {
	char *image;
	char *map;
	int length;
	GString *line;	     /* the symbols in the current line, separated by commas */
	GHashTable *in_line; /* set: the symbols in @line */
};

static void flush(struct filter_command *command)
{
	if (command->line->len)
		printf("%s%s\n", before_filter, command->line->str);
	g_string_truncate(command->line, 0);
	g_hash_table_remove_all(command->in_line);
}

/*
 * Adds @symbols, the symbols of the functions of one call chain, to the current line. Skips symbols
 * that are already in this line. If this line has no room for all new symbols, prints this line and
 * begins a new line.
 */
static void add_chain(struct filter_command *command, const GPtrArray *symbols)
{
	gsize n = strlen(before_filter) + command->line->len;

	for (guint i = 0; i < symbols->len; i++)
		if (!g_hash_table_contains(command->in_line, symbols->pdata[i]))
			n += strlen(symbols->pdata[i]) + 1;
	/* All functions of a chain must be in one line, because each boot uses only one line. */
	if (n > (gsize)command->length)
		flush(command);
	for (guint i = 0; i < symbols->len; i++)
		if (g_hash_table_add(command->in_line, g_strdup(symbols->pdata[i])))
			g_string_append_printf(command->line, "%s%s", command->line->len ? "," : "",
					       (const char *)symbols->pdata[i]);
}

static void print_filter(struct filter_command *command, const GPtrArray *findings,
			 const struct kernel *kernel)
{
	for (guint f = 0; f < findings->len; f++) {
		const struct finding *finding = findings->pdata[f];
		g_autoptr(GPtrArray) symbols = g_ptr_array_new();

		for (guint i = 0; i < finding->chain->len; i++) {
			const struct finding_step *step = finding->chain->pdata[i];
			const char *symbol =
				kernel ? kernel_symbol(kernel, step->function) : step->function;

			if (symbol)
				g_ptr_array_add(symbols, (gpointer)symbol);
		}
		add_chain(command, symbols);
	}
	flush(command);
}

static int trace_filter(struct filter_command *command, const struct common_options *common,
			char *const *names, GError **error)
{
	struct targets targets = { 0 };
	g_autoptr(kernel) kernel = NULL;
	g_autoptr(GPtrArray) findings = NULL;
	bool ok = true;

	if (command->image) {
		kernel = kernel_open(command->image, command->map, error);
		ok = kernel != NULL;
	}
	if (ok && targets_open(&targets, common, "trace-filter", error))
		findings = targets_select(&targets, names, error);
	if (findings)
		print_filter(command, findings, kernel);
	targets_close(&targets);
	return findings ? EXIT_CLEAN : -1;
}

int cmd_trace_filter(int argc, char **argv)
{
	struct filter_command command = { .length = 1800 };
	const GOptionEntry entries[] = {
		{ "image", 0, 0, G_OPTION_ARG_FILENAME, &command.image, "The built kernel",
		  "IMAGE" },
		{ "map", 0, 0, G_OPTION_ARG_FILENAME, &command.map,
		  "The System.map of IMAGE (default: the symbols in IMAGE)", "FILE" },
		{ "length", 0, 0, G_OPTION_ARG_INT, &command.length,
		  "Longest line (default: 1800; arm64 and x86 have room for 2048)", "BYTES" },
		{ 0 },
	};
	struct common_options common = { 0 };
	GError *error = NULL;
	int status = command_parse(&argc, &argv, "[FINDING... | CONSUMER PROVIDER]", summary,
				   description, entries, &common);

	if (status >= 0)
		return status;
	command.line = g_string_new(NULL);
	command.in_line = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (command.map && !command.image)
		g_set_error_literal(&error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "command line: --map: expected --image too");
	else if (command.length < 200)
		g_set_error(&error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --length=%d: expected at least 200", command.length);
	else
		status = trace_filter(&command, &common, argv + 1, &error);
	if (error)
		status = command_fail("trace-filter", error);
	g_string_free(command.line, TRUE);
	g_hash_table_unref(command.in_line);
	g_free(command.image);
	g_free(command.map);
	common_options_clear(&common);
	return status;
}
