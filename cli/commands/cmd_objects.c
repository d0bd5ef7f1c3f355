// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command "initlint objects": lists the objects of vmlinux in link order. Shows the Makefile
 * lines that add each object.
 */
#include <stdio.h>
#include <string.h>

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/kconfig/kconfig.h"
#include "analyzer/prepare/prepare.h"
#include "analyzer/base/tree.h"
#include "cli/base/command.h"
#include "cli/base/term.h"
#include "cli/commands/commands.h"
#include "db/error.h"

struct options {
	struct common_options common;
	char *config;
	char *format;
	gboolean modules;
};

static const char description[] =
	"Evaluates the tree's Makefiles for a .config. Runs no command from the tree. Without -o\n"
	"and --config, the .config is TREE/.config. --format=tsv prints a heading that starts\n"
	"with '#', then for each object: position, object, file:line that adds it, condition.";

static void options_clear(struct options *options)
{
	common_options_clear(&options->common);
	g_free(options->config);
	g_free(options->format);
}

/*
 * Several Makefile lines lead from the top Makefile to an object. @place: the last of these lines.
 * Returns the conditions of all these lines, joined with " && ". The conditions of the top Makefile
 * come first. Each different condition appears once. Returns "-" if there is no condition. Free
 * with g_free().
 */
static char *whole_condition(const struct place_fact *place)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
	GString *text = g_string_new(NULL);

	for (; place; place = place->parent) {
		g_auto(GStrv) parts =
			g_strsplit(place->condition ? place->condition : "", " && ", -1);

		for (unsigned int i = g_strv_length(parts); i-- > 0;)
			if (*parts[i] &&
			    !g_ptr_array_find_with_equal_func(all, parts[i], g_str_equal, NULL))
				g_ptr_array_add(all, g_strdup(parts[i]));
	}
	for (unsigned int i = all->len; i-- > 0;)
		g_string_append_printf(text, "%s%s", text->len ? " && " : "",
				       (const char *)all->pdata[i]);
	if (!text->len)
		g_string_append_c(text, '-');
	return g_string_free(text, FALSE);
}

static char *place_text(const struct place_fact *place)
{
	if (!place || !place->makefile)
		return g_strdup("-");
	return g_strdup_printf("%s:%u", place->makefile, place->line);
}

static void print_tsv(const struct kbuild_object *object)
{
	g_autofree char *place = place_text(object->fact.place);
	g_autofree char *condition = whole_condition(object->fact.place);

	if (object->fact.position < 0)
		fputs("-", stdout);
	else
		printf("%d", object->fact.position);
	printf("\t%s\t%s\t%s\n", object->fact.path, place, condition);
}

/* Prints @object, then each Makefile line that leads to @object. */
static void print_text(const struct kbuild_object *object)
{
	static const char *const kinds[] = { "", " (lib)", " (lib, on demand)", " (module)" };

	if (object->fact.position < 0)
		printf("%6s  ", "-");
	else
		printf("%6d  ", object->fact.position);
	term_print(stdout, TERM_BOLD, "%s", object->fact.path);
	printf("%s\n", kinds[object->fact.kind]);
	for (const struct place_fact *place = object->fact.place; place; place = place->parent) {
		g_autofree char *where = place_text(place);

		printf("%8s", "");
		term_print(stdout, TERM_PATH, "%-40s", where);
		printf("  %s%s%s\n", place->item, place->condition ? "  if " : "",
		       place->condition ? place->condition : "");
	}
}

static void print_objects(const struct kbuild *kbuild, const struct options *options)
{
	bool tsv = options->format && strcmp(options->format, "tsv") == 0;
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(kbuild, &n);

	if (tsv)
		puts("# position\tobject\tplace\tcondition");
	for (unsigned int i = 0; i < n; i++) {
		if (objects[i].fact.kind == OBJECT_MODULE && !options->modules)
			continue;
		if (tsv)
			print_tsv(&objects[i]);
		else
			print_text(&objects[i]);
	}
}

/*
 * Warns about problems with the Makefiles. Also warns about each $(shell) that was not run and
 * whose output may change the list of objects. Returns the exit status of the command.
 */
static int print_notes(const struct kbuild *kbuild, const struct options *options)
{
	unsigned int n_notes, n_shells, n_errors = 0, n_matter = 0;
	const struct kbuild_note *notes = kbuild_notes(kbuild, &n_notes);
	const struct shell_fact *shells = kbuild_shells(kbuild, &n_shells);

	for (unsigned int i = 0; i < n_notes; i++) {
		n_errors += notes[i].kind == NOTE_ERROR;
		if (notes[i].kind != NOTE_DETAIL || options->common.verbose)
			command_warn("objects", "%s", notes[i].text);
	}
	for (unsigned int i = 0; i < n_shells; i++) {
		n_matter += shells[i].matters;
		if (shells[i].matters)
			command_warn("objects",
				     "%s:%u: $(shell %s) was not run, and the list of objects may "
				     "depend on it",
				     shells[i].makefile, shells[i].line, shells[i].command);
		else if (options->common.verbose)
			fprintf(stderr, "%s:%u: not run, does not matter: %s\n", shells[i].makefile,
				shells[i].line, shells[i].command);
	}
	if (n_errors || n_matter)
		command_warn("objects",
			     "the list may be incomplete: %u errors, %u commands not run", n_errors,
			     n_matter);
	return n_errors || n_matter ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static struct kbuild *walk(const struct options *options, GError **error)
{
	const struct common_options *common = &options->common;
	g_autofree char *path = options->config ? g_strdup(options->config)
						: prepare_effective_config(common->build);
	g_autoptr(kconfig) config = NULL;
	struct kbuild_options walk = { .tree = common->tree, .arch = common->arch };

	/* A wrong tree has no .config either. Report the wrong tree, not the missing .config. */
	if (!tree_check(common->tree, error))
		return NULL;
	if (!options->config && !g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: there is no such .config; name a .config with --config FILE, or "
			    "a configured build directory with -o",
			    path);
		return NULL;
	}
	config = kconfig_load(path, error);
	if (!config)
		return NULL;
	walk.config = config;
	walk.build = options->config && !common->build_given ? NULL : common->build;
	return kbuild_walk(&walk, error);
}

static int run(const struct options *options)
{
	g_autoptr(kbuild) kbuild = NULL;
	GError *error = NULL;
	int status;

	if (options->format && strcmp(options->format, "text") != 0 &&
	    strcmp(options->format, "tsv") != 0) {
		g_set_error(&error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --format=%s: expected text or tsv", options->format);
		return command_fail("objects", error);
	}
	kbuild = walk(options, &error);
	if (!kbuild)
		return command_fail("objects", error);
	print_objects(kbuild, options);
	status = print_notes(kbuild, options);
	if (options->common.verbose)
		fprintf(stderr, "Linux %s, %s: %u directories\n", kbuild_version(kbuild),
			kbuild_arch(kbuild), kbuild_n_directories(kbuild));
	return status;
}

int cmd_objects(int argc, char **argv)
{
	struct options options = { 0 };
	const GOptionEntry entries[] = {
		{ "config", 0, 0, G_OPTION_ARG_FILENAME, &options.config,
		  "The .config to use (default: that of the build directory)", "FILE" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &options.format, "text (default) or tsv",
		  "F" },
		{ "modules", 0, 0, G_OPTION_ARG_NONE, &options.modules,
		  "Also list the objects of modules", NULL },
		{ 0 },
	};
	int status = command_parse(&argc, &argv, NULL, "Lists vmlinux's objects in link order.",
				   description, entries, &options.common);

	if (status < 0)
		status = run(&options);
	options_clear(&options);
	return status;
}
