// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/read/pch_build_internal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <clang-c/Index.h>

#include "analyzer/source/shared/pch_choose.h"
#include "analyzer/source/shared/pch_drift.h"
#include "analyzer/source/shared/pch_text.h"
#include "analyzer/source/visit/visit.h"
#include "db/error.h"

/*
 * Maximum number of rounds in parse_clean(). Each round leaves out the headers that had errors in
 * the round before.
 */
#define MAX_ROUNDS 12

struct builder {
	const struct pch_class *class;
	const struct unit_flags *sample;
	struct paths *paths;
	char *base;
	char *text_path;
	GPtrArray *headers;
	/*
	 * the source of the shared header has one #include line for each element of @headers;
	 * @first_line is the number of the first of these lines
	 */
	unsigned int first_line;
	CXIndex index;
	CXTranslationUnit tu;
};

char *pch_base(const struct pch_class *class, const struct paths *paths)
{
	g_autofree char *name = g_strdup_printf("pch-%.16s", class->id);

	return g_build_filename(paths_build(paths), ".initlint", name, NULL);
}

static bool fail(const struct builder *b, const char *problem, GError **error)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: %s", b->text_path, problem);
	return false;
}

/*
 * Returns the source of the shared header. The first line of the source is a line marker with the
 * flag 3. This flag makes the source a system header. All headers that the source includes are then
 * system headers too.
 *
 * When libclang loads a precompiled header, it does not check whether the files of system headers
 * have changed. This check would cost more than a thousand calls of stat() for each unit.
 * pch_still_stands() makes this check instead, but not for each unit.
 */
static char *header_text(struct builder *b)
{
	g_autofree char *text =
		pch_header_text(b->class, b->sample, b->headers, b->paths, &b->first_line);

	b->first_line++;
	return g_strconcat("# 2 \"shared header\" 3\n", text, NULL);
}

static bool parse(struct builder *b, GError **error)
{
	g_autoptr(GPtrArray) args = unit_arguments(b->class->flags, NULL, NULL);
	g_autofree char *text = NULL;
	enum CXErrorCode code;

	/*
	 * Remove the -include flags: the source of the shared header already has #include lines for
	 * the files of these flags, after the shim.
	 */
	for (unsigned int i = 0; i + 1 < args->len;)
		if (strcmp(g_ptr_array_index(args, i), "-include") == 0)
			g_ptr_array_remove_range(args, i, 2);
		else
			i++;
	g_ptr_array_insert(args, 0, g_strdup("c-header"));
	g_ptr_array_insert(args, 0, g_strdup("-x"));
	text = header_text(b);
	if (!g_file_set_contents(b->text_path, text, -1, error))
		return false;
	code = clang_parseTranslationUnit2(
		b->index, b->text_path, (const char *const *)args->pdata, (int)args->len, NULL, 0,
		CXTranslationUnit_DetailedPreprocessingRecord | CXTranslationUnit_Incomplete |
			CXTranslationUnit_ForSerialization | CXTranslationUnit_KeepGoing,
		&b->tu);
	return code == CXError_Success || fail(b, "libclang cannot read it", error);
}

/*
 * Tells for each file which #include line in the source of the shared header leads to the file
 * first.
 */
struct origins {
	const struct builder *b;
	GHashTable *lines; /* file name -> number of the #include line */
};

static void each_origin(CXFile file, CXSourceLocation *stack, unsigned int depth, CXClientData data)
{
	struct origins *origins = data;
	CXString name = clang_getFileName(file);
	unsigned int line;

	if (depth > 0 && !g_hash_table_contains(origins->lines, clang_getCString(name))) {
		clang_getExpansionLocation(stack[depth - 1], NULL, &line, NULL, NULL);
		g_hash_table_insert(origins->lines, g_strdup(clang_getCString(name)),
				    GUINT_TO_POINTER(line));
	}
	clang_disposeString(name);
}

/*
 * Returns the number of the #include line in the source of the shared header that leads to the file
 * of @diagnostic. Returns 0 if this line is unknown.
 */
static unsigned int origin_of(const struct origins *origins, CXDiagnostic diagnostic)
{
	CXFile file;
	unsigned int line, origin;
	CXString name;

	clang_getExpansionLocation(clang_getDiagnosticLocation(diagnostic), &file, &line, NULL,
				   NULL);
	if (!file)
		return 0;
	name = clang_getFileName(file);
	origin = strcmp(clang_getCString(name), origins->b->text_path) == 0
			 ? line
			 : GPOINTER_TO_UINT(
				   g_hash_table_lookup(origins->lines, clang_getCString(name)));
	clang_disposeString(name);
	return origin;
}

/*
 * Removes the headers with errors from @b->headers. Returns true if there were no errors at all.
 * Sets *@dropped to true if a header was removed, else to false. If an error comes from none of the
 * headers in @b->headers, no header is removed for this error.
 */
static bool drop_bad_headers(struct builder *b, bool *dropped)
{
	struct origins origins = { b,
				   g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
	g_autoptr(GHashTable) bad = g_hash_table_new(NULL, NULL);
	unsigned int n = clang_getNumDiagnostics(b->tu);
	bool clean = true;

	clang_getInclusions(b->tu, each_origin, &origins);
	for (unsigned int i = 0; i < n; i++) {
		CXDiagnostic diagnostic = clang_getDiagnostic(b->tu, i);

		if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
			unsigned int line = origin_of(&origins, diagnostic);

			clean = false;
			if (line >= b->first_line && line < b->first_line + b->headers->len)
				g_hash_table_add(bad, GUINT_TO_POINTER(line - b->first_line + 1));
		}
		clang_disposeDiagnostic(diagnostic);
	}
	for (unsigned int i = b->headers->len; i > 0; i--)
		if (g_hash_table_contains(bad, GUINT_TO_POINTER(i)))
			g_ptr_array_remove_index(b->headers, i - 1);
	*dropped = g_hash_table_size(bad) > 0;
	g_hash_table_unref(origins.lines);
	return clean;
}

static bool parse_clean(struct builder *b, GError **error)
{
	for (unsigned int round = 0; round < MAX_ROUNDS && b->headers->len; round++) {
		bool dropped;

		if (!parse(b, error))
			return false;
		if (drop_bad_headers(b, &dropped))
			return true;
		clang_disposeTranslationUnit(b->tu);
		b->tu = NULL;
		if (!dropped)
			break;
	}
	return fail(b, "no set of headers can be read together", error);
}

/*
 * Collects the files that the shared header was built from. Records for each file which files it
 * includes.
 */
struct graph {
	struct builder *b;
	struct pch *pch;
	bool strays; /* the path of a file has ".." after a symbolic link; see paths_strays() */
};

static struct pch_file *graph_file(struct graph *graph, CXFile file)
{
	CXString name = clang_getFileName(file);
	struct pch_file *result;

	graph->strays |= paths_strays(graph->b->paths, clang_getCString(name));
	result = pch_add_file(graph->pch, paths_normal(graph->b->paths, clang_getCString(name)),
			      clang_getCString(name));

	clang_disposeString(name);
	return result;
}

static enum CXChildVisitResult each_directive(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct graph *graph = data;
	struct pch_file *from, *to;
	CXFile file, included;
	unsigned int line;

	(void)parent;
	if (cursor.kind != CXCursor_InclusionDirective)
		return CXChildVisit_Continue;
	included = clang_getIncludedFile(cursor);
	clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, &line, NULL, NULL);
	if (!included || !file)
		return CXChildVisit_Continue;
	from = graph_file(graph, file);
	to = graph_file(graph, included);
	if (g_str_has_prefix(from->path, PCH_DIRECTORY "/")) {
		if (line < graph->b->first_line)
			g_ptr_array_add(graph->pch->forced, g_strdup(to->path));
		return CXChildVisit_Continue;
	}
	g_ptr_array_add(from->includes, g_strdup(to->path));
	return CXChildVisit_Continue;
}

static int by_path(gconstpointer a, gconstpointer b)
{
	const struct pch_file *const *fa = a, *const *fb = b;

	return strcmp((*fa)->path, (*fb)->path);
}

static bool describe(struct builder *b, struct pch *pch, GError **error)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	struct graph graph = { b, pch, false };

	clang_visitChildren(clang_getTranslationUnitCursor(b->tu), each_directive, &graph);
	if (graph.strays)
		return fail(b,
			    "a header is included by a path where \"..\" follows a symbolic link",
			    error);
	g_ptr_array_sort(pch->files, by_path);
	g_checksum_update(sum, (const guchar *)b->class->id, -1);
	for (unsigned int i = 0; i < b->headers->len; i++)
		g_checksum_update(sum, g_ptr_array_index(b->headers, i), -1);
	for (unsigned int i = 0; i < pch->files->len; i++) {
		struct pch_file *file = g_ptr_array_index(pch->files, i);
		g_autofree char *real = paths_real(b->paths, file->path);

		if (!pch_stat_file(file, real))
			return fail(b, "a header was removed while it was read", error);
		if (g_str_has_prefix(file->path, PCH_DIRECTORY "/"))
			continue;
		g_checksum_update(sum, (const guchar *)file->path, -1);
		g_checksum_update(sum, (const guchar *)file->hash, -1);
	}
	pch->key = g_strdup(g_checksum_get_string(sum));
	pch->tree = g_strdup(paths_tree(b->paths));
	pch->n_headers = b->headers->len;
	pch_find_sensitive(pch, b->paths);
	return true;
}

static bool save_facts(struct builder *b, const struct pch *pch, GError **error)
{
	const struct visit_options options = { .paths = b->paths };
	g_autofree char *path = g_strconcat(pch->base, ".facts", NULL);
	g_autoptr(GByteArray) bytes = NULL;
	struct wire_result head = { .unit.mode = UNIT_PCH };
	struct visit_result result;

	visit_unit(b->tu, &options, &result);
	bytes = wire_pack(&head, &result.facts);
	visit_result_clear(&result);
	return g_file_set_contents(path, (const char *)bytes->data, bytes->len, error);
}

static bool save(struct builder *b, GError **error)
{
	g_autoptr(pch) pch = pch_new(b->base);
	g_autofree char *temporary = g_strconcat(pch->path, ".new", NULL);

	if (!describe(b, pch, error))
		return false;
	if (clang_saveTranslationUnit(b->tu, temporary, clang_defaultSaveOptions(b->tu)) != 0 ||
	    rename(temporary, pch->path) != 0)
		return fail(b, "the precompiled header cannot be written", error);
	return save_facts(b, pch, error) && pch_save(pch, error);
}

bool pch_build(const struct pch_class *class, const struct unit_flags *sample, struct paths *paths,
	       GError **error)
{
	struct builder b = { .class = class, .sample = sample, .paths = paths };
	char *meta;
	bool ok;

	b.base = pch_base(class, paths);
	b.text_path = g_strconcat(b.base, ".h", NULL);
	/*
	 * Remove the .meta file first. Other processes do not load a shared header without a .meta
	 * file, so they do not load this shared header while its files are replaced.
	 */
	meta = g_strconcat(b.base, ".meta", NULL);
	unlink(meta);
	g_free(meta);
	b.headers = pch_choose_headers(class, paths);
	b.index = clang_createIndex(0, 0);
	ok = parse_clean(&b, error) && save(&b, error);
	if (b.tu)
		clang_disposeTranslationUnit(b.tu);
	clang_disposeIndex(b.index);
	g_ptr_array_unref(b.headers);
	g_free(b.text_path);
	g_free(b.base);
	return ok;
}
