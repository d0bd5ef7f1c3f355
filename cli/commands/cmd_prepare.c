// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command "initlint prepare": configures a kernel tree, and generates the headers that the
 * sources of this tree need.
 */
#include <stdio.h>
#include <string.h>

#include "analyzer/prepare/prepare.h"
#include "cli/base/command.h"
#include "cli/base/term.h"
#include "cli/commands/commands.h"
#include "db/error.h"

struct arguments {
	char *defconfig;
	char *config;
	char **enable;
	char **disable;
	int jobs;
};

static const char summary[] = "Configures a kernel tree into a build directory and generates the "
			      "headers that its sources need.";
static const char description[] =
	"Runs the kernel's own make with clang. No cross compiler is needed. No other command "
	"runs anything from the tree. The tree itself is not written to.\n\n"
	"The file of --config decides which objects are built in, even if it was made for another "
	"compiler. Symbols that Kconfig would change for clang are reported. Without --defconfig "
	"and --config, BUILD/.config is used if it exists, else the default configuration "
	"\"defconfig\".";

static void clear_arguments(struct arguments *arguments)
{
	g_free(arguments->defconfig);
	g_free(arguments->config);
	g_strfreev(arguments->enable);
	g_strfreev(arguments->disable);
}

/*
 * Removes CONFIG_ from the start of each of @names, because users write symbols with or without
 * CONFIG_. @names ends with NULL, or is NULL.
 */
static void strip_prefix(char **names)
{
	for (; names && *names; names++)
		if (g_str_has_prefix(*names, "CONFIG_"))
			memmove(*names, *names + strlen("CONFIG_"),
				strlen(*names) - strlen("CONFIG_") + 1);
}

static bool check_names(char *const *names, const char *option, GError **error)
{
	for (; names && *names; names++) {
		if (**names && !(*names)[strspn(*names, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
							"abcdefghijklmnopqrstuvwxyz0123456789_")])
			continue;
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: %s %s: expected the name of a configuration symbol, "
			    "such as PCI or CONFIG_PCI",
			    option, *names);
		return false;
	}
	return true;
}

static bool check_arguments(const struct arguments *arguments, GError **error)
{
	if (arguments->defconfig && arguments->config)
		g_set_error_literal(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "command line: --defconfig and --config: expected only one of "
				    "them");
	else
		return check_names(arguments->enable, "--enable", error) &&
		       check_names(arguments->disable, "--disable", error);
	return false;
}

static void show_progress(void *data, const char *what)
{
	progress_update(data, 0, 0, what);
}

/*
 * Prints @title, then @lines. If @all is false, prints only the first ten lines. Prints nothing if
 * @lines is empty.
 */
static void print_list(const char *title, const GPtrArray *lines, bool all)
{
	unsigned int limit = all ? lines->len : 10;

	if (lines->len == 0)
		return;
	term_print(stdout, TERM_BOLD, "%s\n", title);
	for (unsigned int i = 0; i < lines->len && i < limit; i++)
		term_print(stdout, TERM_PLAIN, "  %s\n", (char *)g_ptr_array_index(lines, i));
	if (lines->len > limit)
		term_print(stdout, TERM_PLAIN, "  and %u more (--verbose)\n", lines->len - limit);
}

static void print_report(const struct prepare_report *report, const struct common_options *common,
			 gint64 us)
{
	g_autofree char *tree = g_shell_quote(common->tree);
	g_autofree char *build = g_shell_quote(common->build);

	print_list("With clang, Kconfig would change these symbols; the values of the file are "
		   "used:",
		   report->changed, common->verbose);
	print_list("Objects that depend on these symbols:", report->objects, common->verbose);
	print_list("clang cannot read the sources with these answers of the kernel's compiler:",
		   report->refused, true);
	print_list("Generated files that could not be made:", report->not_made, true);
	term_print(stdout, TERM_GOOD, "prepared");
	term_print(stdout, TERM_PLAIN, " %s in %.0f s; next: initlint index -k %s -o %s\n",
		   common->build, (double)us / G_USEC_PER_SEC, tree, build);
}

static int run(const struct arguments *arguments, const struct common_options *common)
{
	struct progress *progress = progress_new();
	struct prepare_options options = {
		.tree = common->tree,
		.build = common->build,
		.arch = common->arch,
		.defconfig = arguments->defconfig,
		.config = arguments->config,
		.enable = (const char *const *)arguments->enable,
		.disable = (const char *const *)arguments->disable,
		.jobs = arguments->jobs > 0 ? (unsigned int)arguments->jobs
					    : g_get_num_processors(),
		.progress = show_progress,
		.progress_data = progress,
	};
	struct prepare_report report = { 0 };
	gint64 start = g_get_monotonic_time();
	GError *error = NULL;
	bool ok = prepare_tree(&options, &report, &error);
	int status;

	progress_free(progress);
	if (ok)
		print_report(&report, common, g_get_monotonic_time() - start);
	status = !ok			    ? command_fail("prepare", error)
		 : report.not_made->len > 0 ? EXIT_INCOMPLETE
					    : EXIT_CLEAN;
	prepare_report_clear(&report);
	return status;
}

int cmd_prepare(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	const GOptionEntry entries[] = {
		{ "defconfig", 0, 0, G_OPTION_ARG_STRING, &arguments.defconfig,
		  "Start from this default configuration (defconfig, virt_defconfig, ...)", "N" },
		{ "config", 0, 0, G_OPTION_ARG_FILENAME, &arguments.config,
		  "Use this .config without changes", "FILE" },
		{ "enable", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments.enable,
		  "Set this symbol to y; may be repeated", "SYM" },
		{ "disable", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments.disable,
		  "Set this symbol to n; may be repeated", "SYM" },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &arguments.jobs,
		  "Parallel jobs of make (default: one for each processor)", "N" },
		{ 0 },
	};
	struct common_options common;
	GError *error = NULL;
	int status = command_parse(&argc, &argv, NULL, summary, description, entries, &common);

	if (status >= 0) {
		clear_arguments(&arguments);
		return status;
	}
	strip_prefix(arguments.enable);
	strip_prefix(arguments.disable);
	if (check_arguments(&arguments, &error))
		status = run(&arguments, &common);
	else
		status = command_fail("prepare", error);
	common_options_clear(&common);
	clear_arguments(&arguments);
	return status;
}
