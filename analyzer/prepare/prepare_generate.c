// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes the generated files that "make prepare" leaves out, with the rules of the
 * Makefiles that own them. Kbuild has no target for one generated header, but a
 * makefile that make reads beside the top Makefile has all of its variables, and can ask
 * scripts/Makefile.build for any target of a directory as Kbuild itself does.
 */
#include "analyzer/prepare/prepare_internal.h"

#include <string.h>

#include "db/error.h"

#define MAKEFILE      ".initlint/generate.mk"
#define GOAL	      "initlint-generate"
#define MAX_PASSES    8 /* a generated file may include another one, and so on */
#define MAX_ANCESTORS 2 /* Makefiles above a file that may have the rule for it */

struct generator {
	const struct prepare *prepare;
	GHashTable *tried;	/* "directory path" */
	GHashTable *candidates; /* path -> GPtrArray of directories whose Makefile may make it */
	GHashTable *sources;	/* paths that are sources of objects */
	GHashTable *failures;	/* path -> why its rule failed */
	const GPtrArray *variables; /* to tell make, or NULL */
	const char *recipe;	    /* to tell make for a directory */
};

static bool in_build(const struct generator *generator, const char *path)
{
	g_autofree char *file = g_build_filename(generator->prepare->build, path, NULL);

	return g_file_test(file, G_FILE_TEST_EXISTS);
}

/* Whether Kbuild can be told to build in @directory. */
static bool has_makefile(const struct generator *generator, const char *directory)
{
	const char *tree = generator->prepare->tree;
	g_autofree char *kbuild = g_build_filename(tree, directory, "Kbuild", NULL);
	g_autofree char *makefile = g_build_filename(tree, directory, "Makefile", NULL);
	/* arch/X/Makefile is a part of the top Makefile. */
	bool is_arch = g_str_has_prefix(directory, "arch/") && !strchr(directory + 5, '/');

	return g_file_test(kbuild, G_FILE_TEST_EXISTS) ||
	       (!is_arch && g_file_test(makefile, G_FILE_TEST_EXISTS));
}

static void add_ancestors(const struct generator *generator, GPtrArray *list, const char *directory)
{
	g_autofree char *at = g_strdup(directory);
	unsigned int n = 0;

	while (strcmp(at, ".") != 0 && n < MAX_ANCESTORS) {
		char *up = g_path_get_dirname(at);

		if (has_makefile(generator, at)) {
			n++;
			if (!g_ptr_array_find_with_equal_func(list, at, g_str_equal, NULL))
				g_ptr_array_add(list, g_strdup(at));
		}
		g_free(at);
		at = up;
	}
}

static void add_candidates(struct generator *generator, const struct missing_file *file)
{
	GPtrArray *list = g_hash_table_lookup(generator->candidates, file->path);
	g_autofree char *own = g_path_get_dirname(file->path);

	if (!list) {
		list = g_ptr_array_new_with_free_func(g_free);
		g_hash_table_insert(generator->candidates, g_strdup(file->path), list);
		add_ancestors(generator, list, own);
	}
	add_ancestors(generator, list, file->includer);
	if (file->is_source)
		g_hash_table_add(generator->sources, g_strdup(file->path));
}

/* Adds @path to what @directory is asked for, unless it was asked before. */
static bool ask(struct generator *generator, GHashTable *round, const char *directory,
		const char *path)
{
	GString *targets;

	if (!g_hash_table_add(generator->tried, g_strconcat(directory, " ", path, NULL)))
		return false;
	targets = g_hash_table_lookup(round, directory);
	if (!targets) {
		targets = g_string_new(NULL);
		g_hash_table_insert(round, (void *)directory, targets);
	}
	g_string_append_printf(targets, " %s", path);
	return true;
}

/*
 * directory -> GString of the targets to ask it for in this round. The nearest Makefile
 * is asked alone, so that two never make one file at the same time; all others, which
 * hardly ever know of the file, in the next round.
 */
static GHashTable *plan_round(struct generator *generator)
{
	GHashTable *round = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTableIter iter;
	gpointer path, value;

	g_hash_table_iter_init(&iter, generator->candidates);
	while (g_hash_table_iter_next(&iter, &path, &value)) {
		const GPtrArray *list = value;

		if (list->len == 0 || in_build(generator, path) ||
		    ask(generator, round, g_ptr_array_index(list, 0), path))
			continue;
		for (unsigned int i = 1; i < list->len; i++)
			ask(generator, round, g_ptr_array_index(list, i), path);
	}
	return round;
}

/*
 * One rule a directory, so that make works on several at a time. make starts itself again on
 * the top Makefile before it builds: $(build) is defined only for the last one.
 */
static char *round_makefile(const struct generator *generator, GHashTable *round)
{
	GString *text = g_string_new(NULL);
	GHashTableIter iter;
	gpointer directory, targets;
	unsigned int n = 0;

	g_hash_table_iter_init(&iter, round);
	while (g_hash_table_iter_next(&iter, &directory, &targets)) {
		g_string_append_printf(text,
				       ".PHONY: " GOAL "-%u\n" GOAL ": " GOAL "-%u\n" GOAL
				       "-%u:\n\t$(if $(build),$(Q)$(MAKE) $(build)=%s "
				       "need-builtin=1 need-modorder=1%s%s)\n",
				       n, n, n, (char *)directory, ((GString *)targets)->str,
				       generator->recipe);
		n++;
	}
	g_string_append(text, ".PHONY: " GOAL "\n");
	return g_string_free(text, FALSE);
}

/* The text between the last @from and the @to behind it, or NULL. */
static char *between(const char *line, const char *from, const char *to)
{
	const char *begin = strstr(line, from), *end;

	if (!begin)
		return NULL;
	begin += strlen(from);
	end = strstr(begin, to);
	return end ? g_strndup(begin, (size_t)(end - begin)) : NULL;
}

static void keep_failure(struct generator *generator, const char *target, const char *why)
{
	if (g_hash_table_contains(generator->candidates, target))
		g_hash_table_insert(generator->failures, g_strdup(target), g_strdup(why));
}

/*
 * Keeps why rules failed. That there is no rule for a target is the normal case, and no
 * failure; but a rule may lack a prerequisite, its command may fail ("*** [Makefile:12:
 * TARGET] Error 1"), or that of a prerequisite ("Target 'X' not remade because of
 * errors", which make says of targets without a rule too).
 */
static void note_failures(struct generator *generator, const GPtrArray *lines)
{
	g_autoptr(GHashTable) ruleless =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *said = "its rule failed";

	for (unsigned int i = 0; i < lines->len; i++) {
		const char *line = g_ptr_array_index(lines, i);
		g_autofree char *needing = between(line, "', needed by '", "'");
		g_autofree char *absent = between(line, "No rule to make target '", "'");
		g_autofree char *failed = between(line, "*** [", "] Error");
		g_autofree char *left = between(line, "Target '", "' not remade because");

		if (needing)
			keep_failure(generator, needing, line);
		else if (absent)
			g_hash_table_add(ruleless, g_steal_pointer(&absent));
		else if (failed && strrchr(failed, ' '))
			keep_failure(generator, strrchr(failed, ' ') + 1, said);
		else if (left && !g_hash_table_contains(ruleless, left))
			keep_failure(generator, left, said);
		else if (strstr(line, "rror") && !g_str_has_prefix(line, "make"))
			said = line;
	}
}

static bool run_round(struct generator *generator, GHashTable *round, GError **error)
{
	g_autofree char *path = g_build_filename(generator->prepare->build, MAKEFILE, NULL);
	g_autofree char *text = round_makefile(generator, round);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	GError *cause = NULL;

	if (!g_file_set_contents(path, text, -1, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s: cannot be written: %s", path, cause->message);
		g_error_free(cause);
		return false;
	}
	if (!prepare_make_file(generator->prepare, path, GOAL, generator->variables, lines, error))
		return false;
	note_failures(generator, lines);
	return true;
}

static void free_round(GHashTable *round)
{
	GHashTableIter iter;
	gpointer targets;

	g_hash_table_iter_init(&iter, round);
	while (g_hash_table_iter_next(&iter, NULL, &targets))
		g_string_free(targets, TRUE);
	g_hash_table_unref(round);
}

/* Asks every candidate directory in turn. @n_rounds: how often make was run. */
static bool make_candidates(struct generator *generator, unsigned int *n_rounds, GError **error)
{
	bool ok = true;
	bool more = true;

	for (*n_rounds = 0; ok && more;) {
		GHashTable *round = plan_round(generator);

		more = g_hash_table_size(round) > 0;
		if (more) {
			ok = run_round(generator, round, error);
			++*n_rounds;
		}
		free_round(round);
	}
	return ok;
}

/* What should have been made and was not. */
static void report_failures(const struct generator *generator, struct prepare_report *report)
{
	g_autoptr(GList) paths = g_hash_table_get_keys(generator->candidates);

	paths = g_list_sort(paths, (GCompareFunc)strcmp);
	for (GList *at = paths; at; at = at->next) {
		const char *path = at->data;
		const char *why = g_hash_table_lookup(generator->failures, path);

		if (in_build(generator, path) ||
		    (!why && !g_hash_table_contains(generator->sources, path)))
			continue;
		g_ptr_array_add(report->not_made,
				g_strdup_printf("%s: %s", path,
						why ? why : "no Makefile has a rule for it"));
	}
}

/* Scans and makes until nothing more comes of it. */
static bool make_all(struct generator *generator, const struct kbuild *kbuild, GError **error)
{
	const struct prepare *prepare = generator->prepare;
	unsigned int n_rounds = 1, n;
	const struct kbuild_object *objects = kbuild_objects(kbuild, &n);
	bool ok = true;

	g_hash_table_remove_all(generator->tried);
	for (unsigned int pass = 0; ok && n_rounds > 0 && pass < MAX_PASSES; pass++) {
		g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(missing_file_free);

		prepare_scan_includes(prepare->tree, prepare->build, objects, n, missing);
		for (unsigned int i = 0; i < missing->len; i++)
			add_candidates(generator, g_ptr_array_index(missing, i));
		ok = make_candidates(generator, &n_rounds, error);
	}
	return ok;
}

/*
 * The configuration in force may have parts that this machine's clang cannot build and
 * make therefore has no rules for; their generated files may be possible all the same.
 * Done apart, for what is still missing, as it may as well fail.
 */
static bool make_overridden(struct generator *generator, const struct kbuild *kbuild,
			    const GPtrArray *overrides, GError **error)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

	if (overrides->len == 0)
		return true;
	generator->variables = overrides;
	return prepare_make_file(generator->prepare, NULL, "archprepare", overrides, lines,
				 error) &&
	       make_all(generator, kbuild, error);
}

/* What LLVM's linker and objcopy cannot do, GNU's may, where they know the architecture. */
static bool make_with_binutils(struct generator *generator, GError **error)
{
	g_autoptr(GHashTable) all = generator->candidates;
	GHashTableIter iter;
	gpointer path, list;
	unsigned int n_rounds;
	bool ok;

	generator->candidates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						      (GDestroyNotify)g_ptr_array_unref);
	g_hash_table_iter_init(&iter, all);
	while (g_hash_table_iter_next(&iter, &path, &list))
		if (g_hash_table_contains(generator->failures, path))
			g_hash_table_insert(generator->candidates, g_strdup(path),
					    g_ptr_array_ref(list));
	generator->recipe = " LD=ld OBJCOPY=objcopy";
	g_hash_table_remove_all(generator->tried);
	ok = make_candidates(generator, &n_rounds, error);
	g_hash_table_unref(generator->candidates);
	generator->candidates = g_steal_pointer(&all);
	return ok;
}

bool prepare_generate(const struct prepare *prepare, const struct kbuild *kbuild,
		      const GPtrArray *overrides, struct prepare_report *report, GError **error)
{
	struct generator generator = { .prepare = prepare, .recipe = "" };
	bool ok;

	generator.tried = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	generator.sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	generator.failures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	generator.candidates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						     (GDestroyNotify)g_ptr_array_unref);
	ok = make_all(&generator, kbuild, error) &&
	     make_overridden(&generator, kbuild, overrides, error) &&
	     make_with_binutils(&generator, error);
	if (ok)
		report_failures(&generator, report);
	g_hash_table_unref(generator.tried);
	g_hash_table_unref(generator.sources);
	g_hash_table_unref(generator.failures);
	g_hash_table_unref(generator.candidates);
	return ok;
}
