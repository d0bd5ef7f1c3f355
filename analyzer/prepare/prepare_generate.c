// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes the generated files that "make prepare" does not make. The rules come from the tree's
 * Makefiles. Kbuild has no target for a single generated header. So make reads a makefile of
 * initlint in addition to the top Makefile. initlint's makefile can use all variables of the top
 * Makefile. Like Kbuild, initlint's makefile calls scripts/Makefile.build for a directory. The call
 * names the targets to make in this directory.
 */
#include "analyzer/prepare/prepare_internal.h"

#include <string.h>

#include "db/error.h"

#define MAKEFILE ".initlint/generate.mk"
#define GOAL	 "initlint-generate"
/*
 * Maximum number of scans for missing files. After make has made files, initlint scans again,
 * because the new files may include further missing files.
 */
#define MAX_PASSES  8
#define RULE_FAILED "its rule failed"
/*
 * add_ancestors() visits a directory, then its parent directory, and so on, but not the top
 * directory. It adds the first MAX_ANCESTORS visited directories in which Kbuild can build.
 */
#define MAX_ANCESTORS 2

struct generator {
	const struct prepare *prepare;
	GHashTable *tried; /* set of "DIRECTORY PATH": PATH was a target of DIRECTORY */
	/* path of a file -> GPtrArray of the directories whose Makefiles may make the file */
	GHashTable *candidates;
	GHashTable *sources;  /* set of paths that are sources of objects */
	GHashTable *failures; /* path -> reason why the rule for the path failed */
	/* "NAME=VALUE" arguments of the make that initlint runs; NULL: none */
	const GPtrArray *variables;
	/* " NAME=VALUE" arguments of each $(MAKE) command in initlint's makefile; "": none */
	const char *recipe;
};

static bool in_build(const struct generator *generator, const char *path)
{
	g_autofree char *file = g_build_filename(generator->prepare->build, path, NULL);

	return g_file_test(file, G_FILE_TEST_EXISTS);
}

/* True if Kbuild can build in @directory. */
static bool has_makefile(const struct generator *generator, const char *directory)
{
	const char *tree = generator->prepare->tree;
	g_autofree char *kbuild = g_build_filename(tree, directory, "Kbuild", NULL);
	g_autofree char *makefile = g_build_filename(tree, directory, "Makefile", NULL);
	/* arch/X/Makefile is no Kbuild file: the top Makefile includes arch/X/Makefile. */
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
	g_autofree char *directory = g_path_get_dirname(file->path);

	if (!list) {
		list = g_ptr_array_new_with_free_func(g_free);
		g_hash_table_insert(generator->candidates, g_strdup(file->path), list);
		add_ancestors(generator, list, directory);
	}
	add_ancestors(generator, list, file->includer);
	if (file->is_source)
		g_hash_table_add(generator->sources, g_strdup(file->path));
}

/*
 * Adds @path to the targets of @directory in @round (see plan_round()), and to generator->tried.
 * Returns false and adds nothing if generator->tried says that @path has already been a target of
 * @directory.
 */
static bool add_target(struct generator *generator, GHashTable *round, const char *directory,
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
 * A round is one run of make. Returns the targets of a new round: directory -> GString of the
 * targets. The table is empty if nothing is left to try. Free with free_round().
 *
 * The candidates of a missing file are the directories whose Makefiles may make the file. If the
 * file has not been a target of its first candidate yet, the file becomes a target of its first
 * candidate. If the file has already been a target of its first candidate, but the file still does
 * not exist, the file becomes a target of all other candidates. As a result, two directories seldom
 * make one file at the same time.
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
		    add_target(generator, round, g_ptr_array_index(list, 0), path))
			continue;
		for (unsigned int i = 1; i < list->len; i++)
			add_target(generator, round, g_ptr_array_index(list, i), path);
	}
	return round;
}

/*
 * Returns the text of initlint's makefile. The makefile has a rule for each directory, so that make
 * builds several directories in parallel.
 *
 * initlint starts a first make. The kernel's top Makefile then starts a second make, and only the
 * second make must build. Both makes read initlint's makefile. Only the second make defines
 * $(build), so the recipes are empty in the first make.
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

/*
 * Returns the text of @line between the first @from and the next @to. Returns NULL if @line lacks
 * @from, or lacks @to after @from. Free with g_free().
 */
static char *text_between(const char *line, const char *from, const char *to)
{
	const char *begin = strstr(line, from), *end;

	if (!begin)
		return NULL;
	begin += strlen(from);
	end = strstr(begin, to);
	return end ? g_strndup(begin, (size_t)(end - begin)) : NULL;
}

static void store_failure(struct generator *generator, const char *target, const char *reason)
{
	if (g_hash_table_contains(generator->candidates, target))
		g_hash_table_insert(generator->failures, g_strdup(target), g_strdup(reason));
}

/*
 * Finds the rules that failed in make's output @lines, and stores the reasons in
 * generator->failures. A target without a rule is normal, not a failure. There are three kinds of
 * failures:
 * - A prerequisite is missing: "No rule to make target 'X', needed by 'TARGET'". The reason is this
 *   line.
 * - The command of a target fails: "*** [Makefile:12: TARGET] Error 1". The reason is the last
 *   error message since the previous failed command.
 * - Making a prerequisite of a target fails: "Target 'TARGET' not remade because of errors". The
 *   reason is the reason of the last failure before this line.
 *
 * make also prints "Target 'TARGET' not remade because of errors" if TARGET has no rule, or if a
 * prerequisite of TARGET is missing. In both cases, an earlier line has already told the cause, and
 * note_failures() has added TARGET to the set @explained. So note_failures() ignores this line if
 * TARGET is in @explained.
 */
static void note_failures(struct generator *generator, const GPtrArray *lines)
{
	g_autoptr(GHashTable) explained =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *message = RULE_FAILED, *last_failure = RULE_FAILED;

	for (unsigned int i = 0; i < lines->len; i++) {
		const char *line = g_ptr_array_index(lines, i);
		g_autofree char *dependent = text_between(line, "', needed by '", "'");
		g_autofree char *no_rule = text_between(line, "No rule to make target '", "'");
		g_autofree char *failed = text_between(line, "*** [", "] Error");
		g_autofree char *not_remade =
			text_between(line, "Target '", "' not remade because");

		if (dependent) {
			last_failure = line;
			store_failure(generator, dependent, line);
			g_hash_table_add(explained, g_steal_pointer(&dependent));
		} else if (no_rule) {
			g_hash_table_add(explained, g_steal_pointer(&no_rule));
		} else if (failed && strrchr(failed, ' ')) {
			last_failure = message;
			store_failure(generator, strrchr(failed, ' ') + 1, message);
			message = RULE_FAILED;
		} else if (not_remade && !g_hash_table_contains(explained, not_remade)) {
			store_failure(generator, not_remade, last_failure);
		} else if (strstr(line, "rror") && !g_str_has_prefix(line, "make")) {
			message = line;
		}
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

/*
 * Runs make for the targets that plan_round() returns, until plan_round() returns no targets. Sets
 * *@n_rounds to the number of runs of make. Returns false with an error if make cannot be run.
 */
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

/*
 * Reports missing files whose rules failed, and missing sources for which no Makefile has a rule.
 */
static void report_failures(const struct generator *generator, struct prepare_report *report)
{
	g_autoptr(GList) paths = g_hash_table_get_keys(generator->candidates);

	paths = g_list_sort(paths, (GCompareFunc)strcmp);
	for (GList *at = paths; at; at = at->next) {
		const char *path = at->data;
		const char *reason = g_hash_table_lookup(generator->failures, path);

		if (in_build(generator, path) ||
		    (!reason && !g_hash_table_contains(generator->sources, path)))
			continue;
		g_ptr_array_add(report->not_made,
				g_strdup_printf("%s: %s", path,
						reason ? reason : "no Makefile has a rule for it"));
	}
}

/*
 * Scans for missing files and makes these files. Repeats both steps, at most MAX_PASSES times,
 * until nothing is left to try.
 */
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
 * Tries to make the files that are still missing, with @overrides as variables of make. With these
 * variables, make takes its rules from the configuration that the user wants, and not from
 * BUILD/.config. clang may be unable to build some code of the wanted configuration, but make may
 * still be able to generate files for this code. make may also fail with @overrides. So
 * prepare_generate() first makes as many files as possible without @overrides.
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

/*
 * Tries again to make the files whose rules failed, with GNU ld and GNU objcopy instead of LLVM's
 * tools. GNU ld and GNU objcopy can do some things that LLVM's tools cannot do.
 */
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
