// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports the files that a unit includes, directly or indirectly. Without a shared header, libclang
 * lists all these files.
 *
 * A shared header (struct pch) is a precompiled header that many units use. libclang does not read
 * the files in the shared header again. So the list has two sources. libclang's preprocessing
 * record has the #includes of the files that libclang reads. struct pch has the #includes of the
 * files in the shared header.
 *
 * Normal path: a path as facts spell it (analyzer/base/paths.h).
 */
#include "analyzer/source/visit/visit_internal.h"

#include <string.h>

#include "analyzer/source/shared/pch.h"
#include "analyzer/source/shared/pch_drift.h"

/*
 * Sets v->result->drifted if the unit has defined a macro on which the text of the file @path
 * depends. The shared header was built without this macro. So the text of @path in the shared
 * header may differ from the text that this unit needs. Call check_drift() at the first inclusion
 * of @path. A macro that the unit defines later does not matter, because the include guard of @path
 * skips further inclusions.
 */
static void check_drift(struct visitor *v, const char *path)
{
	g_autoptr(GHashTable) macros = NULL;
	g_autofree char *real = NULL;

	if (!v->sensitive->len || v->result->drifted || !pch_has(v->options->pch, path))
		return;
	real = paths_real(v->options->paths, path);
	macros = pch_sensitive_in(real);
	for (unsigned int i = 0; i < v->sensitive->len; i++)
		v->result->drifted |=
			g_hash_table_contains(macros, g_ptr_array_index(v->sensitive, i));
}

/*
 * Reports the file @path. If the shared header contains @path, also reports the files that @path
 * includes. @reread: libclang reads @path again for this unit, although the shared header contains
 * @path. Then the unit does not use the text of @path in the shared header.
 */
static void report_file(struct visitor *v, const char *path, bool reread)
{
	const struct fact fact = { .kind = FACT_INCLUDE, .include = { path } };
	const char *const *children;

	/* Do not report the headers that initlint writes: shims and shared headers. */
	if (!*path || g_str_has_prefix(path, PCH_DIRECTORY "/") ||
	    !g_hash_table_add(v->includes, (gpointer)path))
		return;
	wire_write(&v->result->facts, &fact);
	if (!v->options->pch)
		return;
	if (!reread)
		check_drift(v, path);
	children = pch_includes_of(v->options->pch, path);
	for (; children && *children; children++)
		report_file(v, paths_intern(v->options->paths, *children), false);
}

/*
 * Reports a problem if the unit includes @file by a path such as "LINK/../a.h", where LINK is a
 * symbolic link. The system resolves LINK before "..", but visit_path() removes "LINK/..". So facts
 * about @file would name another file.
 */
static void check_path(struct visitor *v, CXFile file)
{
	CXString name = clang_getFileName(file);
	const char *path = clang_getCString(name);

	if (path && !v->result->problem && paths_strays(v->options->paths, path))
		v->result->problem = g_strdup_printf(
			"%s: is included by a path where \"..\" follows a symbolic link",
			visit_path(v, file));
	clang_disposeString(name);
}

static void report(struct visitor *v, const char *path)
{
	report_file(v, path, false);
}

static void each_inclusion(CXFile file, CXSourceLocation *stack, unsigned int depth,
			   CXClientData data)
{
	struct visitor *v = data;

	(void)stack;
	(void)depth;
	check_path(v, file);
	report(v, visit_path(v, file));
}

void visit_includes(struct visitor *v)
{
	const char *const *forced;

	report(v, v->main_file);
	if (!v->options->pch) {
		clang_getInclusions(v->tu, each_inclusion, v);
		return;
	}
	for (forced = pch_forced(v->options->pch); *forced; forced++)
		report(v, paths_intern(v->options->paths, *forced));
}

void visit_preprocessing(struct visitor *v, CXCursor cursor)
{
	CXString name;

	if (!v->options->pch)
		return;
	if (cursor.kind == CXCursor_InclusionDirective) {
		CXFile file = clang_getIncludedFile(cursor);

		if (file)
			check_path(v, file);
		/*
		 * libclang reads a header without an include guard, such as cgroup_subsys.h, again
		 * at each #include.
		 */
		report_file(v, visit_path(v, file),
			    file && !clang_isFileMultipleIncludeGuarded(v->tu, file));
		return;
	}
	/* Macros of the command line have no file. pch_unit_drifts() has checked these macros. */
	if (!*visit_place(v, clang_getCursorLocation(cursor)).file)
		return;
	name = clang_getCursorSpelling(cursor);
	if (pch_is_sensitive(v->options->pch, clang_getCString(name)))
		g_ptr_array_add(v->sensitive, g_strdup(clang_getCString(name)));
	clang_disposeString(name);
}
