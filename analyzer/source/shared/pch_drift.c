// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/shared/pch_drift.h"

#include <string.h>

#include "analyzer/base/c_scan.h"
#include "db/read_file.h"

/* The state of the scan of one file. */
struct finder {
	GHashTable *sensitive;
	unsigned int n_directives; /* number of directives of the file so far */
	/*
	 * The macro of the open #ifndef. An #ifndef is open while the lines read so far do not tell
	 * whether the #ifndef gives the macro a default definition ("#ifndef X", "#define X y",
	 * "#endif"). NULL: no #ifndef is open.
	 */
	char *ifndef;
	bool first;   /* the open #ifndef is the first directive of the file */
	bool defined; /* the directive after the open #ifndef defines the macro @ifndef */
};

static void add(void *data, const char *name)
{
	struct finder *finder = data;

	if (!g_hash_table_contains(finder->sensitive, name))
		g_hash_table_add(finder->sensitive, g_strdup(name));
}

/*
 * Called when the open #ifndef turns out not to give its macro a default definition. Adds the macro
 * to the sensitive macros, unless the #ifndef is an include guard. Afterwards, no #ifndef is open.
 * Does nothing if no #ifndef is open.
 */
static void close_ifndef(struct finder *finder)
{
	if (finder->ifndef && !(finder->first && finder->defined))
		add(finder, finder->ifndef);
	g_clear_pointer(&finder->ifndef, g_free);
}

static char *first_word(const char *text)
{
	size_t n = 0;

	while (g_ascii_isalnum(text[n]) || text[n] == '_')
		n++;
	return g_strndup(text, n);
}

static void find_directive(void *data, const char *keyword, const char *rest)
{
	struct finder *finder = data;
	g_autofree char *word = first_word(rest);

	finder->n_directives++;
	if (finder->ifndef && !finder->defined && strcmp(keyword, "define") == 0 &&
	    strcmp(word, finder->ifndef) == 0) {
		finder->defined = true;
		return;
	}
	if (finder->ifndef && finder->defined && strcmp(keyword, "endif") == 0) {
		g_clear_pointer(&finder->ifndef, g_free);
		return;
	}
	close_ifndef(finder);
	if (strcmp(keyword, "ifndef") == 0) {
		finder->ifndef = g_steal_pointer(&word);
		finder->first = finder->n_directives == 1;
		finder->defined = false;
	} else if (strcmp(keyword, "if") == 0 || strcmp(keyword, "ifdef") == 0 ||
		   strcmp(keyword, "elif") == 0) {
		scan_identifiers(rest, add, finder);
	}
}

static void find_code(void *data, const char *line)
{
	close_ifndef(data);
	scan_identifiers(line, add, data);
}

GHashTable *pch_sensitive_in(const char *path)
{
	static const struct scan_ops ops = { find_directive, find_code };
	struct finder finder = {
		.sensitive = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
	g_autofree char *text = NULL;
	gsize len;

	if (read_file(path, &text, &len, NULL)) {
		scan_text(text, len, &ops, &finder);
		close_ifndef(&finder);
	}
	g_hash_table_remove(finder.sensitive, "defined");
	return finder.sensitive;
}

void pch_find_sensitive(struct pch *pch, const struct paths *paths)
{
	for (unsigned int i = 0; i < pch->files->len; i++) {
		const struct pch_file *file = g_ptr_array_index(pch->files, i);
		g_autoptr(GHashTable) found = NULL;
		g_autofree char *path = NULL;
		GHashTableIter iter;
		gpointer macro;

		/*
		 * initlint writes the files in PCH_DIRECTORY. These files do not depend on the
		 * macros of a unit.
		 */
		if (g_str_has_prefix(file->path, PCH_DIRECTORY "/"))
			continue;
		path = paths_real(paths, file->path);
		found = pch_sensitive_in(path);
		g_hash_table_iter_init(&iter, found);
		while (g_hash_table_iter_next(&iter, &macro, NULL)) {
			g_hash_table_iter_steal(&iter);
			g_hash_table_add(pch->sensitive, macro);
		}
	}
}

/* The state of the scan of a unit's source. */
struct checker {
	const struct pch *pch;
	GHashTable *own; /* set of the macros that a #define above the current line has defined */
	bool undefined;	 /* the source undefines a sensitive macro that is not in @own */
	bool drifts;	 /* an #include follows an #undef for which @undefined was set */
};

static void check_directive(void *data, const char *keyword, const char *rest)
{
	struct checker *checker = data;
	g_autofree char *word = NULL;

	if (strcmp(keyword, "include") == 0) {
		checker->drifts |= checker->undefined;
	} else if (strcmp(keyword, "define") == 0) {
		g_hash_table_add(checker->own, first_word(rest));
	} else if (strcmp(keyword, "undef") == 0) {
		word = first_word(rest);
		/*
		 * If the source itself has defined the macro before, the #undef only ends this
		 * definition. Then the #undef needs no check. visit_unit() checks the #define: the
		 * macro may change the text of a file that the shared precompiled header was built
		 * from (see visit_result.drifted).
		 */
		if (!g_hash_table_remove(checker->own, word))
			checker->undefined |= pch_is_sensitive(checker->pch, word);
	}
}

bool pch_unit_drifts(const struct pch *pch, const struct unit_flags *flags, const char *source)
{
	static const struct scan_ops ops = { .directive = check_directive };
	struct checker checker = { .pch = pch };
	g_autofree char *text = NULL;
	gsize len;

	for (unsigned int i = 0; i < flags->local->len; i++) {
		const struct flag *flag = &g_array_index(flags->local, struct flag, i);
		g_autofree char *word = first_word(flag->operand);

		if (strcmp(flag->name, "-D") != 0 && strcmp(flag->name, "-U") != 0)
			continue;
		if (!flag_is_name(flag) && pch_is_sensitive(pch, word))
			return true;
	}
	if (!read_file(source, &text, &len, NULL))
		return false;
	checker.own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	scan_text(text, len, &ops, &checker);
	g_hash_table_unref(checker.own);
	return checker.drifts;
}
