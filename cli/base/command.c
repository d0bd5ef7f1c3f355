// SPDX-License-Identifier: GPL-2.0-only
#include "cli/base/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/base/term.h"
#include "db/error.h"

static bool take_prefix(const char *arg, const char *prefix, char **value)
{
	if (!g_str_has_prefix(arg, prefix))
		return false;
	g_free(*value);
	*value = g_strdup(arg + strlen(prefix));
	return true;
}

/*
 * GOption accepts "-j 2", but not "-j2". Users also type "-j2". So split each argument like "-j2"
 * into "-j" and "2"; -k and -o are split like -j. Returns a new array of arguments, and sets *@argc
 * to the number of arguments. Free the array with g_free(), but do not free the strings in the
 * array.
 */
static char **split_short_options(int *argc, char **argv)
{
	static char options[][3] = { "-j", "-k", "-o" };
	char **split = g_new0(char *, (gsize)*argc * 2 + 1);
	int n = 0;

	for (int i = 0; i < *argc; i++) {
		char *arg = argv[i];

		for (gsize o = 0; i > 0 && o < G_N_ELEMENTS(options); o++)
			if (strncmp(arg, options[o], 2) == 0 && arg[2] && arg[2] != '=') {
				split[n++] = options[o];
				arg += 2;
				break;
			}
		split[n++] = arg;
	}
	*argc = n;
	return split;
}

/*
 * Removes the arguments ARCH=..., O=... and KBUILD_OUTPUT=... from @argv, and stores their values
 * in @common. These arguments are variables of make.
 */
static void take_make_arguments(int *argc, char **argv, struct common_options *common)
{
	int kept = 1;

	for (int i = 1; i < *argc; i++) {
		if (take_prefix(argv[i], "ARCH=", &common->arch) ||
		    take_prefix(argv[i], "O=", &common->build) ||
		    take_prefix(argv[i], "KBUILD_OUTPUT=", &common->build))
			continue;
		argv[kept++] = argv[i];
	}
	argv[kept] = NULL;
	*argc = kept;
}

static char *from_environment(const char *name)
{
	const char *value = g_getenv(name);

	return value && *value ? g_strdup(value) : NULL;
}

static void fill_defaults(struct common_options *common)
{
	if (!common->tree)
		common->tree = g_strdup(".");
	if (!common->build)
		common->build = from_environment("O");
	if (!common->build)
		common->build = from_environment("KBUILD_OUTPUT");
	common->build_given = common->build != NULL;
	if (!common->build)
		common->build = g_strdup(common->tree);
	if (!common->arch)
		common->arch = from_environment("ARCH");
	if (!common->db)
		common->db = g_build_filename(common->build, "initlint.db", NULL);
}

static bool looks_like_patch(const char *argument)
{
	static const char *const endings[] = { ".patch", ".mbox", ".diff", ".eml", ".mbx" };

	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_suffix(argument, endings[i]))
			return true;
	return false;
}

int command_parse(int *argc, char ***argv, const char *arguments, const char *summary,
		  const char *description, const GOptionEntry *entries,
		  struct common_options *common)
{
	const GOptionEntry common_entries[] = {
		{ "tree", 'k', 0, G_OPTION_ARG_FILENAME, &common->tree,
		  "Kernel source tree (default: the current directory)", "TREE" },
		{ "build", 'o', 0, G_OPTION_ARG_FILENAME, &common->build,
		  "Build directory (default: $O, $KBUILD_OUTPUT, or the tree); also O=BUILD",
		  "BUILD" },
		{ "db", 0, 0, G_OPTION_ARG_FILENAME, &common->db,
		  "Database (default: BUILD/initlint.db)", "FILE" },
		{ "arch", 0, 0, G_OPTION_ARG_STRING, &common->arch,
		  "Architecture, as in make's ARCH (default: that of the .config); also ARCH=A",
		  "A" },
		{ "verbose", 'v', 0, G_OPTION_ARG_NONE, &common->verbose, "Print more details",
		  NULL },
		{ 0 },
	};
	const char *command = (*argv)[0];
	g_autofree char *help = g_strdup_printf("%s\n\n%s", summary, description);
	g_autofree char *program = g_strdup_printf("initlint %s", command);
	g_autoptr(GOptionContext) context = g_option_context_new(arguments);
	GError *error = NULL;

	memset(common, 0, sizeof(*common));
	*argv = common->argv = split_short_options(argc, *argv);
	g_set_prgname(program);
	g_option_context_set_summary(context, help);
	if (entries)
		g_option_context_add_main_entries(context, entries, NULL);
	g_option_context_add_main_entries(context, common_entries, NULL);
	if (g_option_context_parse(context, argc, argv, &error)) {
		take_make_arguments(argc, *argv, common);
		if (*argc > 1 && !arguments)
			g_set_error(&error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "unexpected argument '%s'; %s%s --help", (*argv)[1],
				    looks_like_patch((*argv)[1])
					    ? "for a patch or a mailbox, use initlint series; see "
					    : "see ",
				    program);
	}
	if (error) {
		g_prefix_error(&error, "command line: ");
		common_options_clear(common);
		return command_fail(command, error);
	}
	fill_defaults(common);
	return -1;
}

void common_options_clear(struct common_options *common)
{
	g_clear_pointer(&common->tree, g_free);
	g_clear_pointer(&common->build, g_free);
	g_clear_pointer(&common->db, g_free);
	g_clear_pointer(&common->arch, g_free);
	g_clear_pointer(&common->argv, g_free);
}

static void print_message(const char *command, enum term_style style, const char *label,
			  const char *text)
{
	term_print(stderr, TERM_BOLD, "initlint %s: ", command);
	term_print(stderr, style, "%s: ", label);
	fprintf(stderr, "%s\n", text);
}

int command_fail(const char *command, GError *error)
{
	bool failed = g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_FAILED);

	print_message(command, TERM_ERROR, "error", error->message);
	g_error_free(error);
	return failed ? EXIT_INCOMPLETE : EXIT_BAD_USAGE;
}

void command_warn(const char *command, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	print_message(command, TERM_WARNING, "warning", text);
}
