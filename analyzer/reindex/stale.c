// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/reindex/stale.h"

#include <string.h>

#include "analyzer/reindex/stale_headers_internal.h"
#include "analyzer/base/tree.h"
#include "analyzer/source/wire/wire_format.h"

const char *stale_reader(void)
{
	return "initlint " INITLINT_VERSION " with LLVM " INITLINT_LLVM_MAJOR
	       ", facts " G_STRINGIFY(SCHEMA_VERSION) "." G_STRINGIFY(WIRE_FORMAT);
}

/*
 * @was: the record of a file in the database. @now: the present state of the file. Returns true if
 * the file exists, and its present size or modification time differs from @was. Then only the hash
 * of the content tells whether the file has changed.
 */
static bool must_hash(const struct file_state *was, const struct file_content *now)
{
	return now->exists && was->hash && was->hash[0] &&
	       (was->size != now->size || was->changed_ns != now->changed_ns);
}

static bool has_changed(const struct file_state *was, const struct file_content *now, bool hashed)
{
	if (!was->hash)
		return true;
	if (!now->exists || !was->hash[0])
		return now->exists != (was->hash[0] != '\0');
	return hashed && strcmp(was->hash, now->hash) != 0;
}

void stale_check_files(const struct file_state *files, unsigned int n, const char *tree,
		       const char *build, unsigned int jobs, bool *changed, GArray *differing)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) to_hash = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	g_autofree struct file_content *contents = NULL;

	for (unsigned int i = 0; i < n; i++) {
		g_autofree char *path = tree_path(tree, build, files[i].path);
		struct stale_file file = { .path = files[i].path, .changed = true };

		/*
		 * Skip the files that initlint itself writes. The code in analyzer/source/read
		 * finds out whether a shared precompiled header has changed. A shim is a header
		 * that initlint puts before a source file. A shim changes only if initlint changes.
		 */
		if (g_str_has_prefix(files[i].path, TREE_OWN_FILES))
			continue;
		hash_stat(path, &file.content);
		if (must_hash(&files[i], &file.content)) {
			g_ptr_array_add(paths, g_steal_pointer(&path));
			g_array_append_val(to_hash, i);
			continue;
		}
		changed[i] = has_changed(&files[i], &file.content, false);
		if (changed[i])
			g_array_append_val(differing, file);
	}
	contents = g_new(struct file_content, paths->len);
	hash_files((const char *const *)paths->pdata, contents, paths->len, jobs);
	for (guint t = 0; t < to_hash->len; t++) {
		unsigned int i = g_array_index(to_hash, unsigned int, t);
		struct stale_file file = { .path = files[i].path, .content = contents[t] };

		file.changed = changed[i] = has_changed(&files[i], &contents[t], true);
		g_array_append_val(differing, file);
	}
}

static guint unit_hash(gconstpointer data)
{
	const struct unit_state *unit = data;

	return g_str_hash(unit->target) * 31 + g_str_hash(unit->source);
}

static gboolean unit_equal(gconstpointer a, gconstpointer b)
{
	const struct unit_state *left = a;
	const struct unit_state *right = b;

	return strcmp(left->target, right->target) == 0 && strcmp(left->source, right->source) == 0;
}

/*
 * True if a header was missing when the unit was read. Then the message of libclang contains "file
 * not found". A unit with a missing header is always read again, because the database does not have
 * the path of the missing header.
 */
static bool missed_a_file(const struct unit_state *was)
{
	return was->diagnostic && strstr(was->diagnostic, "file not found");
}

static enum stale_reason find_reason(const struct stale_unit *unit, const struct unit_state *was,
				     bool has_changed_file)
{
	if (!was)
		return STALE_NEW;
	if (strcmp(was->flags_hash, unit->flags_hash) != 0)
		return STALE_FLAGS;
	if (has_changed_file)
		return STALE_FILE;
	return was->mode == UNIT_FAILED || missed_a_file(was) ? STALE_RETRY : STALE_NOT;
}

/*
 * Sets @units[i].reason and @units[i].unaffected for each unit i. @known has all units of the
 * database. Removes from @known each unit that is still built, so that only the units that are no
 * longer built remain.
 */
static void set_reasons(struct stale_unit *units, unsigned int n_units, GHashTable *known,
			const struct unit_state *old, const bool *stale_units,
			const bool *unaffected)
{
	for (unsigned int i = 0; i < n_units; i++) {
		struct unit_state key = { .target = units[i].target, .source = units[i].source };
		const struct unit_state *was = g_hash_table_lookup(known, &key);

		units[i].reason = find_reason(&units[i], was, was && stale_units[was - old]);
		units[i].unaffected = units[i].reason == STALE_NOT && unaffected[was - old];
		if (was)
			g_hash_table_remove(known, was);
	}
}

static bool any(const bool *flags, unsigned int n)
{
	return n > 0 && memchr(flags, true, n);
}

/*
 * Returns an array with @input->n_units elements. Element u is the present unit with the target and
 * the source of @input->units[u]. Element u is NULL if unit u is no longer built. Free with
 * g_free().
 */
static const struct stale_unit **match_units(const struct stale_input *input,
					     const struct stale_unit *units, unsigned int n_units,
					     GHashTable *known)
{
	const struct stale_unit **now = g_new0(const struct stale_unit *, input->n_units + 1);

	for (unsigned int i = 0; i < n_units; i++) {
		struct unit_state key = { .target = units[i].target, .source = units[i].source };
		const struct unit_state *was = g_hash_table_lookup(known, &key);

		if (was)
			now[was - input->units] = &units[i];
	}
	return now;
}

/*
 * Looks at each unit u that includes a changed file. Sets stale_units[u] if a change concerns unit
 * u, else unaffected[u]. Clears changed[f] for each header f with a decidable change (see stale.h).
 * Returns false if a query fails.
 */
static bool find_concerned(const struct stale_input *input, struct stale_result *result,
			   bool *changed, bool *stale_units, bool *unaffected, GError **error)
{
	g_autoptr(stale_headers) headers = NULL;

	if (!any(changed, input->n_files))
		return true;
	headers = stale_headers_new(input, (const struct stale_file *)result->files->data,
				    result->files->len, changed, error);
	if (!headers ||
	    (any(changed, input->n_files) &&
	     !query_units_with(input->query, changed, stale_units, error)) ||
	    !stale_headers_judge(headers, stale_units, unaffected, error))
		return false;
	stale_headers_finish(headers, changed, result);
	return true;
}

static void header_clear(gpointer data)
{
	g_array_unref(((struct stale_header *)data)->moves);
}

static void result_init(struct stale_result *result)
{
	*result = (struct stale_result){ 0 };
	result->files = g_array_new(FALSE, FALSE, sizeof(struct stale_file));
	result->headers = g_array_new(FALSE, FALSE, sizeof(struct stale_header));
	g_array_set_clear_func(result->headers, header_clear);
	result->gone = g_ptr_array_new();
}

bool stale_check(struct query *query, const char *tree, const char *build, unsigned int jobs,
		 struct stale_unit *units, unsigned int n_units, struct stale_result *result,
		 GError **error)
{
	struct stale_input in = { query, tree, build, jobs, NULL, 0, NULL, 0, NULL };
	g_autoptr(GHashTable) known = g_hash_table_new(unit_hash, unit_equal);
	g_autofree const struct stale_unit **now = NULL;
	g_autofree bool *changed = NULL;
	g_autofree bool *stale_units = NULL;
	g_autofree bool *unaffected = NULL;

	result_init(result);
	in.units = query_units(query, &in.n_units, error);
	in.files = in.units ? query_files(query, &in.n_files, error) : NULL;
	if (!in.files)
		return false;
	changed = g_new0(bool, in.n_files + 1);
	stale_units = g_new0(bool, in.n_units + 1);
	unaffected = g_new0(bool, in.n_units + 1);
	stale_check_files(in.files, in.n_files, tree, build, jobs, changed, result->files);
	for (unsigned int i = 0; i < in.n_units; i++)
		g_hash_table_add(known, (void *)&in.units[i]);
	now = match_units(&in, units, n_units, known);
	in.now = now;
	if (!find_concerned(&in, result, changed, stale_units, unaffected, error))
		return false;
	set_reasons(units, n_units, known, in.units, stale_units, unaffected);
	for (unsigned int i = 0; i < in.n_units; i++)
		if (g_hash_table_contains(known, &in.units[i]))
			g_ptr_array_add(result->gone, (void *)&in.units[i]);
	return true;
}

void stale_result_clear(struct stale_result *result)
{
	g_clear_pointer(&result->files, g_array_unref);
	g_clear_pointer(&result->headers, g_array_unref);
	g_clear_pointer(&result->gone, g_ptr_array_unref);
}
