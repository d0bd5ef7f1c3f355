// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/reindex/stale_headers_internal.h"

#include <string.h>

#include "analyzer/reindex/header_change.h"
#include "analyzer/reindex/header_text.h"
#include "analyzer/base/tree.h"
#include "analyzer/reindex/word_search.h"

/*
 * A header with a decidable change: the changed names tell which units the change concerns.
 * stale_headers_judge() searches for these names in the files of each unit that includes the
 * header. Before close_all(), the change may still be undecidable.
 */
struct decidable_header {
	unsigned int file; /* number of the header: its index in @input->files */
	struct header_change *change;
};

struct stale_headers {
	const struct stale_input *input;
	GArray *decidable; /* struct decidable_header */
	struct header_names names;
	/*
	 * Array of const char *. First come all elements of @names.declared, then the elements of
	 * @names.bodies that are not in @names.declared.
	 */
	GPtrArray *search_names;
	/* Number of elements of @search_names that come from @names.declared. */
	guint n_declared;
	/* in_pch[f] is true if file f is in a shared precompiled header (PCH). */
	bool *in_pch;
	/* changes[f] is the decidable change of header f. NULL if header f has no such change. */
	const struct header_change **changes;
	/* The members below are used only while stale_headers_judge() visits the units. */
	struct word_search *search;
	/* hits[f] has the words that were found in file f. */
	struct word_hits *hits;
	bool *stale_units; /* the argument @stale_units of stale_headers_judge() */
	bool *unaffected;  /* the argument @unaffected of stale_headers_judge() */
	/* Number of the current unit. Before the first unit, @unit is @input->n_units. */
	guint unit;
	bool concerned;	       /* a change concerns the current unit */
	bool includes_changed; /* the current unit includes a header with a decidable change */
	/*
	 * The current unit includes a header that has a decidable change and does not come from a
	 * PCH.
	 */
	bool parses_changed;
};

/*
 * Compares the old and the new text of the header with the number @f. Returns NULL without an error
 * if one of the texts is not available: the old text is not stored, the new text cannot be read, or
 * the file has changed again after @file->content was computed. If a query fails, returns NULL and
 * sets @error.
 */
static struct header_change *compare(struct stale_headers *h, const struct stale_file *file,
				     unsigned int f, GError **error)
{
	const struct stale_input *input = h->input;
	g_autofree char *path = tree_path(input->tree, input->build, file->path);
	GError *failure = NULL;
	g_autoptr(GBytes) packed = query_header_text(input->query, f, &failure);
	gsize was_len, now_len;
	g_autofree char *was = packed ? header_text_unpack(packed, &was_len) : NULL;
	g_autofree char *now = was ? header_text_now(path, file->content.hash, &now_len) : NULL;

	if (failure)
		g_propagate_error(error, failure);
	return now ? header_change_new(was, was_len, now, now_len, &h->names) : NULL;
}

/*
 * Finds the file that has the path @path, and sets *@f to the number of this file. Returns false if
 * no file has this path. Compares the pointers and not the strings, because each stale_file.path is
 * a copy of a pointer in @input->files.
 */
static bool is_file_at(const struct stale_input *input, const char *path, unsigned int *f)
{
	for (*f = 0; *f < input->n_files; (*f)++)
		if (input->files[*f].path == path)
			return true;
	return false;
}

static bool compare_all(struct stale_headers *h, const struct stale_file *differing, unsigned int n,
			const bool *has_initcalls, GError **error)
{
	for (unsigned int i = 0; i < n; i++) {
		struct decidable_header header = { 0 };
		GError *failure = NULL;

		if (!differing[i].changed || !differing[i].content.hash[0] ||
		    !is_file_at(h->input, differing[i].path, &header.file) ||
		    has_initcalls[header.file])
			continue;
		header.change = compare(h, &differing[i], header.file, &failure);
		if (failure) {
			g_propagate_error(error, failure);
			return false;
		}
		if (header.change)
			g_array_append_val(h->decidable, header);
	}
	return true;
}

static void decidable_clear(gpointer data)
{
	header_change_free(((struct decidable_header *)data)->change);
}

/*
 * Finds indirect changes with header_changes_close(). Then removes the headers with undecidable
 * changes from @h->decidable. The names of the removed headers stay in @h->names. These names do no
 * harm: they can make more units stale, but never fewer. For each remaining header f, clears
 * changed[f] and sets @h->changes[f].
 */
static void close_all(struct stale_headers *h, bool *changed)
{
	g_autofree struct header_change **changes =
		g_new(struct header_change *, h->decidable->len + 1);

	for (guint i = 0; i < h->decidable->len; i++)
		changes[i] = g_array_index(h->decidable, struct decidable_header, i).change;
	header_changes_close(changes, h->decidable->len, &h->names);
	for (guint i = h->decidable->len; i-- > 0;) {
		const struct decidable_header *header =
			&g_array_index(h->decidable, struct decidable_header, i);

		if (!header->change->decidable) {
			g_array_remove_index(h->decidable, i);
			continue;
		}
		changed[header->file] = false;
		h->changes[header->file] = header->change;
	}
}

static void list_names(struct stale_headers *h)
{
	GHashTableIter iter;
	gpointer name;

	g_hash_table_iter_init(&iter, h->names.declared);
	while (g_hash_table_iter_next(&iter, &name, NULL))
		g_ptr_array_add(h->search_names, name);
	h->n_declared = h->search_names->len;
	g_hash_table_iter_init(&iter, h->names.bodies);
	while (g_hash_table_iter_next(&iter, &name, NULL))
		if (!g_hash_table_contains(h->names.declared, name))
			g_ptr_array_add(h->search_names, name);
}

struct stale_headers *stale_headers_new(const struct stale_input *input,
					const struct stale_file *differing, unsigned int n,
					bool *changed, GError **error)
{
	g_autoptr(stale_headers) h = g_new0(struct stale_headers, 1);
	g_autofree bool *has_initcalls = g_new0(bool, input->n_files + 1);

	h->input = input;
	h->decidable = g_array_new(FALSE, FALSE, sizeof(struct decidable_header));
	g_array_set_clear_func(h->decidable, decidable_clear);
	header_names_init(&h->names);
	h->search_names = g_ptr_array_new();
	h->in_pch = g_new0(bool, input->n_files + 1);
	h->changes = g_new0(const struct header_change *, input->n_files + 1);
	if (!query_files_with_initcalls(input->query, has_initcalls, error) ||
	    !query_pch_files(input->query, h->in_pch, error) ||
	    !compare_all(h, differing, n, has_initcalls, error))
		return NULL;
	close_all(h, changed);
	list_names(h);
	return g_steal_pointer(&h);
}

/*
 * Writes the compiler options -D and -U of @unit as #define lines. Searches these lines for the
 * changed names, as if the lines were one more file of @unit. Adds the words that are found to the
 * words of @unit. Sets @h->concerned if an option names a macro that the new text of a changed
 * header uses. @unit must be the current unit.
 */
static void add_flags(struct stale_headers *h, const struct stale_unit *unit)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct word_hits hits;

	for (const char *const *p = unit->args; p && *p; p++) {
		if (!g_str_has_prefix(*p, "-D") && !g_str_has_prefix(*p, "-U"))
			continue;
		g_string_append(text, "#define ");
		g_string_append(text, (*p)[2] || !p[1] ? *p + 2 : *++p);
		g_string_append_c(text, '\n');
	}
	word_search_text(h->search, text->str, text->len, &hits);
	word_search_add(h->search, &hits, false);
	h->concerned |= hits.defines;
	word_hits_clear(&hits);
}

/*
 * Sets @h->stale_units[u] or @h->unaffected[u], where u is the current unit. Call this function
 * after visiting all files of the current unit.
 */
static void end_unit(struct stale_headers *h)
{
	guint n = h->parses_changed ? h->search_names->len : h->n_declared;

	if (h->unit == h->input->n_units || !h->includes_changed || h->stale_units[h->unit])
		return;
	if (h->input->now[h->unit])
		add_flags(h, h->input->now[h->unit]);
	for (guint i = 0; i < n && !h->concerned; i++)
		h->concerned = word_search_finds(h->search, i);
	h->stale_units[h->unit] = h->concerned;
	h->unaffected[h->unit] = !h->concerned;
}

/*
 * Called for a header of the current unit if the header has a decidable change and does not come
 * from a PCH. @change: the decidable change. @has_scope: the database has definitions in the header
 * for the current unit. If @has_scope is false, a changed function body in the header cannot change
 * these definitions, because there are none.
 */
static void check_own_header(struct stale_headers *h, const struct header_change *change,
			     bool has_scope)
{
	h->parses_changed = true;
	h->concerned |= change->adds_words || (has_scope && change->defines);
}

static void visit_file(void *data, unsigned int u, unsigned int f, enum unit_scope scope)
{
	struct stale_headers *h = data;
	bool under_pch;

	if (u != h->unit) {
		end_unit(h);
		h->unit = u;
		h->concerned = h->includes_changed = h->parses_changed = false;
		word_search_begin(h->search);
	}
	h->includes_changed |= h->changes[f] != NULL;
	if (h->stale_units[u] || h->concerned)
		return;
	/*
	 * @h->in_pch[f] is true if any PCH contains file f, even if unit u does not use that PCH.
	 * If @scope is SCOPE_OWN, unit u did not get file f from a PCH.
	 */
	under_pch = h->in_pch[f] && h->input->units[u].mode == UNIT_PCH && scope != SCOPE_OWN;
	if (h->changes[f] && !under_pch)
		check_own_header(h, h->changes[f], scope != SCOPE_NONE);
	if (!h->hits[f].pieces)
		return;
	word_search_add(h->search, &h->hits[f], h->changes[f] != NULL);
	/*
	 * If file @f cannot be read, the unit counts as concerned, because @f may contain a changed
	 * name. The unit also counts as concerned if @f defines a macro that the new text of a
	 * changed header uses. Reason: the macro may change the meaning of the new text. A macro
	 * does not count if @f is in a PCH or is itself a header with a decidable change.
	 */
	h->concerned |=
		h->hits[f].unreadable || (h->hits[f].defines && !h->in_pch[f] && !h->changes[f]);
}

/*
 * Selects the units that include a header with a decidable change and are not stale yet. Sets
 * wanted[f] for each file f of a selected unit. Sets *@any to true if a unit is selected, else to
 * false. Returns false if a query fails.
 */
static bool find_files(struct stale_headers *h, bool *wanted, bool *any, GError **error)
{
	const struct stale_input *input = h->input;
	g_autofree bool *is_decidable = g_new0(bool, input->n_files + 1);
	g_autofree bool *units = g_new0(bool, input->n_units + 1);

	*any = false;
	for (guint i = 0; i < h->decidable->len; i++)
		is_decidable[g_array_index(h->decidable, struct decidable_header, i).file] = true;
	if (!query_units_with(input->query, is_decidable, units, error))
		return false;
	for (unsigned int u = 0; u < input->n_units; u++) {
		units[u] &= !h->stale_units[u];
		*any |= units[u];
	}
	return !*any || query_files_of(input->query, units, wanted, error);
}

static void search_files(struct stale_headers *h, const bool *wanted)
{
	const struct stale_input *input = h->input;
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	g_autofree struct word_hits *hits = NULL;

	for (unsigned int f = 0; f < input->n_files; f++) {
		if (!wanted[f] || g_str_has_prefix(input->files[f].path, TREE_OWN_FILES))
			continue;
		g_ptr_array_add(paths, tree_path(input->tree, input->build, input->files[f].path));
		g_array_append_val(numbers, f);
	}
	hits = g_new(struct word_hits, paths->len + 1);
	word_search_files(h->search, (const char *const *)paths->pdata, paths->len, input->jobs,
			  hits);
	for (guint i = 0; i < paths->len; i++)
		h->hits[g_array_index(numbers, unsigned int, i)] = hits[i];
}

/*
 * Used instead of visit_file() if word_search_new() returns NULL because the names are too long.
 * Makes unit @u stale if file @f of the unit is a header with a decidable change.
 */
static void mark_all(void *data, unsigned int u, unsigned int f,
		     G_GNUC_UNUSED enum unit_scope scope)
{
	struct stale_headers *h = data;

	h->stale_units[u] |= h->changes[f] != NULL;
}

bool stale_headers_judge(struct stale_headers *h, bool *stale_units, bool *unaffected,
			 GError **error)
{
	const struct stale_input *input = h->input;
	g_autofree bool *wanted = g_new0(bool, input->n_files + 1);
	struct unit_file_visit visit = { visit_file, h };
	bool any, done;

	h->stale_units = stale_units;
	h->unaffected = unaffected;
	if (!find_files(h, wanted, &any, error))
		return false;
	if (!any)
		return true;
	h->search = word_search_new(h->search_names, h->names.used);
	if (!h->search) {
		visit.visit = mark_all;
		return query_visit_unit_files(input->query, &visit, error);
	}
	h->hits = g_new0(struct word_hits, input->n_files + 1);
	search_files(h, wanted);
	h->unit = input->n_units;
	done = query_visit_unit_files(input->query, &visit, error);
	if (done)
		end_unit(h);
	return done;
}

void stale_headers_finish(struct stale_headers *h, const bool *changed, struct stale_result *result)
{
	for (unsigned int f = 0; f < h->input->n_files; f++)
		result->needs_pch |= changed[f] && h->in_pch[f];
	for (guint i = 0; i < h->decidable->len; i++) {
		struct decidable_header *decidable =
			&g_array_index(h->decidable, struct decidable_header, i);
		struct stale_header header = { h->input->files[decidable->file].path,
					       g_array_ref(decidable->change->moves) };

		g_array_append_val(result->headers, header);
		result->needs_pch |= decidable->change->defines && h->in_pch[decidable->file];
	}
}

void stale_headers_free(struct stale_headers *h)
{
	if (!h)
		return;
	for (unsigned int f = 0; h->hits && f < h->input->n_files; f++)
		if (h->hits[f].pieces)
			word_hits_clear(&h->hits[f]);
	g_free(h->hits);
	word_search_free(h->search);
	g_array_unref(h->decidable);
	header_names_clear(&h->names);
	g_ptr_array_unref(h->search_names);
	g_free(h->in_pch);
	g_free(h->changes);
	g_free(h);
}
