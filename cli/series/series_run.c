// SPDX-License-Identifier: GPL-2.0-only
/*
 * Indexes and judges the states of a series. A state is the kernel before the first patch, or after
 * one of the patches. To judge a state means to compute the findings from its database. Other
 * threads judge a state while the main thread indexes the next state.
 *
 * Base: the state before the first patch. Scratch tree: a temporary tree that gets the patches. Its
 * unchanged files are links into the user's tree.
 */
#include "cli/series/series.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/error.h"
#include "rules/engine/finding/order_change.h"

/* Maximum number of threads that judge. More threads would only wait for each other. */
#define MAX_JUDGES 4

static bool is_cancelled(const struct series *series, GError **error)
{
	if (*series->cancel)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "interrupted");
	return *series->cancel;
}

/*
 * Subtracts 1 from state->n_users. If no user is left, deletes the database of @state, so that the
 * databases of a long series do not fill the disk.
 */
static void release_state(struct series_state *state)
{
	if (g_atomic_int_dec_and_test(&state->n_users))
		unlink(state->db);
}

static void judge(gpointer data, G_GNUC_UNUSED gpointer pool)
{
	struct series_state *state = data;

	state->judged = judged_new(state->db, &state->series->judging, &state->error);
	g_atomic_int_set(&state->is_done, 1);
	release_state(state);
}

/*
 * Sets series->newest to @state, so that make_state() can start from the database of @state. Lets a
 * thread of @judges judge @state. Returns false on error.
 */
static bool push_state(struct series *series, struct series_state *state, GThreadPool *judges,
		       GError **error)
{
	if (series->newest)
		release_state(series->newest);
	series->newest = state;
	state->n_users = 2;
	return g_thread_pool_push(judges, state, error);
}

/*
 * True if @path is a Makefile, a Kconfig file or a file in scripts/. A change of one of these files
 * may change the list of objects.
 */
static bool is_build_file(const char *path)
{
	g_autofree char *name = g_path_get_basename(path);

	return g_str_has_prefix(name, "Makefile") || g_str_has_prefix(name, "Kbuild") ||
	       g_str_has_prefix(name, "Kconfig") || g_str_has_suffix(name, "Makefile") ||
	       g_str_has_suffix(name, ".mk") || g_str_has_prefix(path, "scripts/");
}

static bool is_source(const char *path)
{
	return g_str_has_suffix(path, ".c") || g_str_has_suffix(path, ".h") ||
	       g_str_has_suffix(path, ".S");
}

/*
 * True if a patch that changes the file at @path can change the facts in the database. False if
 * @path is NULL.
 * @known: the paths of the files in the database, and of the files that the patches before this
 * patch add.
 * @is_new_or_gone: true if the patch may add or remove the file at @path. If this file is a source
 * that is not in @known, the patch matters only if @is_new_or_gone is true.
 */
static bool path_matters(GHashTable *known, const char *path, bool is_new_or_gone)
{
	return path && (g_hash_table_contains(known, path) || is_build_file(path) ||
			(is_new_or_gone && is_source(path)));
}

/*
 * Sets patch->matters for each patch of @series. @known: the paths of the files in the database;
 * find_relevant_patches() adds the paths of the files that the patches add.
 */
static void find_relevant_patches(struct series *series, GHashTable *known)
{
	for (guint i = 0; i < series->patches->len; i++) {
		struct series_patch *patch = series->patches->pdata[i];
		unsigned int n;
		const struct patch_file *files = patch_files(patch->patch, &n);

		for (unsigned int f = 0; f < n && !patch->matters; f++)
			patch->matters = path_matters(known, files[f].old_path,
						      files[f].kind != PATCH_MODIFY) ||
					 path_matters(known, files[f].new_path,
						      files[f].kind != PATCH_MODIFY);
		/* A later patch may change a file that this patch adds. */
		for (unsigned int f = 0; f < n; f++)
			if (files[f].new_path && files[f].kind != PATCH_MODIFY)
				g_hash_table_add(known, (gpointer)files[f].new_path);
	}
}

/*
 * Returns the set of paths (const char *) of all files in the database. series->query owns the
 * strings. Free the set with g_hash_table_unref(). Returns NULL on error.
 */
static GHashTable *known_files(struct series *series, GError **error)
{
	GError *failure = NULL;
	unsigned int n;
	const struct file_state *files = query_files(series->query, &n, &failure);
	GHashTable *known;

	if (failure) {
		g_propagate_error(error, failure);
		return NULL;
	}
	known = g_hash_table_new(g_str_hash, g_str_equal);
	for (unsigned int i = 0; i < n; i++)
		g_hash_table_add(known, (gpointer)files[i].path);
	return known;
}

/*
 * Returns a copy of @message. In the copy, the temporary directories are removed from the start of
 * each path: the path of a file in the scratch tree is then relative to the kernel tree. Free with
 * g_free().
 */
static char *without_directories(const struct series *series, const char *message)
{
	g_autofree char *directory = g_strconcat(work_dir_path(series->directory), "/", NULL);
	g_autofree char *tree = g_strconcat(series->tree, "/", NULL);
	GString *text = g_string_new(message);

	g_string_replace(text, tree, "", 0);
	g_string_replace(text, directory, "", 0);
	return g_string_free(text, FALSE);
}

static void warn_of_index(void *data, const char *message)
{
	g_autofree char *text = without_directories(data, message);

	command_warn("series", "%s", text);
}

static void show_progress(void *data, unsigned int done, unsigned int total, const char *what)
{
	struct series *series = data;

	progress_update(series->progress, done, total, what);
}

/*
 * @failure: why indexing failed. Sets @error to a copy of @failure without the temporary
 * directories in its message. Returns false.
 */
static bool fail_index(const struct series *series, const GError *failure, GError **error)
{
	g_autofree char *text = without_directories(series, failure->message);
	g_autofree char *parent = g_path_get_dirname(work_dir_path(series->directory));
	struct stat st = { 0 };

	if (!strstr(text, g_strerror(ENOSPC)) || stat(series->common->db, &st) != 0)
		g_set_error_literal(error, failure->domain, failure->code, text);
	else
		g_set_error(error, failure->domain, failure->code,
			    "%s; %s must have room for several databases of about %.0f MB: set "
			    "$TMPDIR to use another directory",
			    text, parent, (double)st.st_size / 1e6);
	return false;
}

/*
 * Indexes @tree. If the facts change, replaces the old database at @db. Returns false on error.
 * @is_ours: true if this run has written the old database. The old database is then not checked for
 * damage, and the new database is not synced to the disk.
 */
static bool read_tree(struct series *series, const char *tree, const char *db, bool is_ours,
		      GError **error)
{
	g_autofree char *build = series_build_directory(series, tree, error);
	g_autofree char *origin = g_canonicalize_filename(series->common->build, NULL);
	const char *modules = query_meta(series->query, "modules");
	const struct index_options options = {
		.tree = tree,
		.origin = series->common->tree,
		.build = build,
		.build_origin = origin,
		.db = db,
		.arch = query_meta(series->query, "arch"),
		.config = series->config,
		.build_given = true,
		.jobs = series->jobs,
		.timeout_s = series->timeout_s,
		.modules = modules && strcmp(modules, "1") == 0,
		.temporary = is_ours,
		.changes_expected = true,
	};
	const struct index_callbacks callbacks = { series, show_progress, warn_of_index };
	g_autoptr(GError) failure = NULL;

	if (!build)
		return false;
	if (!index_process_run(series->indexer, &options, &callbacks, &failure))
		return !is_cancelled(series, error) && fail_index(series, failure, error);
	return !is_cancelled(series, error);
}

/*
 * Indexes @tree to make the database of @state. At first, the new database is a symbolic link to
 * @old. If the facts change, read_tree() replaces the link by a new file. Sets *@is_new to true if
 * the link was replaced, else to false. Returns false on error.
 * @name: the file name of the database of @state.
 * @old: the path of the database of the state before @state.
 */
static bool make_state(struct series *series, struct series_state *state, const char *name,
		       const char *old, const char *tree, bool *is_new, GError **error)
{
	bool is_ours = series->newest && !g_file_test(old, G_FILE_TEST_IS_SYMLINK);

	state->series = series;
	state->db = g_build_filename(work_dir_path(series->directory), name, NULL);
	if (symlink(old, state->db) != 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: %s", state->db,
			    g_strerror(errno));
		return false;
	}
	if (!read_tree(series, tree, state->db, is_ours, error))
		return false;
	*is_new = !g_file_test(state->db, G_FILE_TEST_IS_SYMLINK);
	return true;
}

static unsigned int units_read(const char *db)
{
	g_autoptr(query) query = query_open(db, NULL);
	const char *read = query ? query_meta(query, "units_read") : NULL;

	return read ? (unsigned int)g_ascii_strtoull(read, NULL, 10) : 0;
}

static void show_patch(struct series *series, const struct series_patch *patch)
{
	g_autofree char *subject = g_strdup_printf("%.50s", patch->subject);

	progress_update(series->progress, patch->number - 1, series->patches->len, subject);
}

static bool make_patched(struct series *series, struct series_patch *patch, GThreadPool *judges,
			 GError **error)
{
	g_autofree char *name = g_strdup_printf("patch-%u.db", patch->number);
	const char *tree;

	if (is_cancelled(series, error) || !series_kconfig_before(series, patch, error) ||
	    !series_apply(series, patch, error) || !series_kconfig_after(series, patch, error))
		return false;
	if (!patch->matters)
		return true;
	show_patch(series, patch);
	tree = scratch_tree(series->scratch, error);
	if (!tree || !make_state(series, &patch->state, name, series->newest->db, tree,
				 &patch->is_read, error)) {
		if (!*series->cancel)
			g_prefix_error(error, "patch %u (%s): ", patch->number, patch->subject);
		return false;
	}
	if (!patch->is_read)
		return true;
	patch->n_read = units_read(patch->state.db);
	return push_state(series, &patch->state, judges, error);
}

/*
 * True if the strings @a and @b are equal or differ only in numbers. Each string describes a
 * problem of a file, and may contain a line number. If a patch only moves the problem to another
 * line, the problem must not count as new.
 */
static gboolean is_same_problem(gconstpointer a, gconstpointer b)
{
	const char *x = a, *y = b;

	for (;; x++, y++) {
		x += strspn(x, "0123456789");
		y += strspn(y, "0123456789");
		if (*x != *y)
			return FALSE;
		if (!*x)
			return TRUE;
	}
}

static void find_unread(struct series_patch *patch)
{
	const GPtrArray *old = patch->before->unread;

	for (guint i = 0; i < patch->after->unread->len; i++) {
		char *text = patch->after->unread->pdata[i];

		if (!g_ptr_array_find_with_equal_func((GPtrArray *)old, text, is_same_problem,
						      NULL))
			g_ptr_array_add(patch->unread, text);
	}
}

static void compare(struct series *series, struct series_patch *patch)
{
	patch->before = series->last;
	if (patch->state.judged)
		series->last = patch->state.judged;
	patch->after = series->last;
	patch->changes = findings_compare(&patch->before->state, &patch->after->state);
	patch->moves = order_changes(patch->before->order, patch->after->order);
	find_unread(patch);
	/*
	 * Free memory. The next comparisons use only the verdicts of the base and of patch->after.
	 * So drop the verdicts of patch->before, unless patch->before is the base or is
	 * patch->after.
	 */
	if (patch->before != patch->after && patch->before != series->base.judged)
		g_hash_table_remove_all(patch->before->state.verdicts);
}

/*
 * Compares the state after a patch with the state before the patch, for each of the first @n
 * patches that is not compared yet. Stops at the first state that is not judged yet, or that could
 * not be judged.
 */
static void compare_ready(struct series *series, guint n)
{
	if (!g_atomic_int_get(&series->base.is_done) || series->base.error)
		return;
	if (!series->last)
		series->last = series->base.judged;
	for (; series->n_compared < n; series->n_compared++) {
		struct series_patch *patch = series->patches->pdata[series->n_compared];

		if (patch->is_read &&
		    (!g_atomic_int_get(&patch->state.is_done) || patch->state.error))
			return;
		compare(series, patch);
	}
}

/*
 * Warns if this run had to read files again because the user's database is outdated. Does not warn
 * if the base differs from the user's tree: then files must be read again in any case, and
 * "initlint index" would not save time.
 */
static void warn_outdated(const struct series *series)
{
	unsigned int n = units_read(series->base.db);

	if (n && !series->base_changes->len)
		command_warn("series",
			     "%s: is not up to date (%u file%s read again); initlint index saves "
			     "that time in the next run",
			     series->common->db, n, n == 1 ? "" : "s");
}

/*
 * Indexes the base, and lets a thread of @judges judge the base. If the base does not differ from
 * the user's tree, indexes the user's tree itself instead of a scratch tree. Returns false on
 * error.
 */
static bool make_base(struct series *series, GThreadPool *judges, GError **error)
{
	g_autofree char *db = g_canonicalize_filename(series->common->db, NULL);
	const char *tree = series->base_changes->len ? scratch_tree(series->scratch, error)
						     : series->common->tree;
	bool is_new;

	progress_update(series->progress, 0, series->patches->len, "the tree before the patches");
	if (!tree || !make_state(series, &series->base, "base.db", db, tree, &is_new, error))
		return false;
	if (is_new)
		warn_outdated(series);
	return push_state(series, &series->base, judges, error);
}

static bool make_all(struct series *series, GThreadPool *judges, GError **error)
{
	bool base_needs_scratch = series->base_changes->len;

	/*
	 * series_open_includers() takes a while. If the base does not need the scratch tree, call
	 * make_base() first. Then a thread judges the base while series_open_includers() runs.
	 */
	if ((base_needs_scratch && !series_open_includers(series, error)) ||
	    !make_base(series, judges, error) ||
	    (!base_needs_scratch && !series_open_includers(series, error)))
		return false;
	for (guint i = 0; i < series->patches->len; i++) {
		if (!make_patched(series, series->patches->pdata[i], judges, error))
			return false;
		compare_ready(series, i + 1);
	}
	return true;
}

static bool take_error(struct series_state *state, GError **error)
{
	if (!state->error)
		return true;
	if (!error || !*error)
		g_propagate_error(error, g_steal_pointer(&state->error));
	return false;
}

static bool prepare(struct series *series, bool *any, GError **error)
{
	g_autoptr(GHashTable) known = known_files(series, error);

	if (!known)
		return false;
	find_relevant_patches(series, known);
	*any = false;
	for (guint i = 0; i < series->patches->len; i++)
		*any |= ((struct series_patch *)series->patches->pdata[i])->matters;
	return true;
}

bool series_run(struct series *series, GError **error)
{
	GThreadPool *judges;
	bool any, done;

	if (!prepare(series, &any, error))
		return false;
	if (!any)
		return true;
	if (!series->indexer) {
		series->indexer = index_process_start(series->cancel, error);
		series->owns_indexer = true;
	}
	if (!series->indexer)
		return false;
	judges = g_thread_pool_new(judge, NULL, (gint)CLAMP(series->jobs, 1, MAX_JUDGES), FALSE,
				   error);
	if (!judges)
		return false;
	done = make_all(series, judges, error);
	progress_update(series->progress, series->patches->len, series->patches->len,
			"dependencies");
	g_thread_pool_free(judges, !done, TRUE);
	if (!done)
		return false;
	done = take_error(&series->base, error);
	for (guint i = 0; i < series->patches->len && done; i++)
		done = take_error(&((struct series_patch *)series->patches->pdata[i])->state,
				  error);
	if (!done)
		return false;
	compare_ready(series, series->patches->len);
	series->net = findings_compare(&series->base.judged->state, &series->last->state);
	return true;
}
