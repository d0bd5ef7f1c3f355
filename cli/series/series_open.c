// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opens directories of the scratch tree. To open a directory means to make a real directory instead
 * of a symbolic link into the user's tree. A unit is one compilation of one source.
 *
 * If a directory is a link, an #include of "../x.h" from this directory reads the unchanged "x.h"
 * of the user's tree. So a directory must be opened if an #include from this directory leads
 * through ".." to a changed file.
 *
 * An opened directory needs one link for each of its entries. So open as few directories as
 * possible. If a necessary directory is not opened, a unit may read a file of the user's tree
 * instead of the scratch tree. paths_strays() detects this, and the unit then counts as not read
 * whole.
 */
#include "analyzer/patch/include_climb.h"
#include "analyzer/base/tree.h"
#include "cli/series/series.h"

struct opener {
	struct series *series;
	struct query *query;		/* database of the kernel before the first patch */
	const struct file_state *files; /* the files in the database, from query_files() */
	unsigned int n_files;
	unsigned int n_units;
	GHashTable *changed;  /* set of const char *: the result of changed_paths() */
	unsigned int *climbs; /* climbs[f]: bits of enum include_climb for files[f] */
};

/*
 * Returns a set of paths (const char *): the files of the user's tree that a patch changes, and the
 * files in series->base_changes. Sets *@adds to true if the scratch tree may have a file that the
 * user's tree does not have, else to false.
 */
static GHashTable *changed_paths(const struct series *series, bool *adds)
{
	GHashTable *paths = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < series->base_changes->len; i++)
		g_hash_table_add(paths, series->base_changes->pdata[i]);
	*adds = series->base_changes->len > 0;
	for (guint i = 0; i < series->patches->len; i++) {
		const struct series_patch *patch = series->patches->pdata[i];
		unsigned int n;
		const struct patch_file *list = patch_files(patch->patch, &n);

		for (unsigned int f = 0; f < n; f++) {
			*adds |= !list[f].old_path;
			if (list[f].old_path)
				g_hash_table_add(paths, (gpointer)list[f].old_path);
		}
	}
	return paths;
}

static bool is_in_tree(const struct file_state *file)
{
	return *file->path != '/' && *file->path != '$';
}

/*
 * Sets units[u] to true for each unit u that reads a changed file. Then sets files[f] to true for
 * each file f that one of these units reads, even if file f is not changed. Returns false on error.
 * @names: a set of file names without directory, or NULL. If @names is not NULL, a changed file
 * counts only if its name is in @names.
 */
static bool find_files(const struct opener *opener, GHashTable *names, bool *units, bool *files,
		       GError **error)
{
	struct query *query = opener->query;
	g_autofree bool *changed = g_new0(bool, opener->n_files + 1);
	bool any = false;

	for (unsigned int f = 0; f < opener->n_files; f++) {
		const char *path = opener->files[f].path;
		g_autofree char *name = NULL;

		if (!g_hash_table_contains(opener->changed, path))
			continue;
		name = g_path_get_basename(path);
		changed[f] = !names || g_hash_table_contains(names, name);
		any |= changed[f];
	}
	return !any || (query_units_with(query, changed, units, error) &&
			query_files_of(query, units, files, error));
}

/*
 * Opens the directory of each file f in the kernel tree for which files[f] is true. @kinds: 0, or
 * bits of enum include_climb. If @kinds is not 0, opens the directory of file f only if
 * opener->climbs[f] has one of these bits.
 */
static bool open_files(const struct opener *opener, const bool *files, unsigned int kinds,
		       GError **error)
{
	for (unsigned int f = 0; f < opener->n_files; f++)
		if (files[f] && (!kinds || opener->climbs[f] & kinds) &&
		    is_in_tree(&opener->files[f]) &&
		    !scratch_open(opener->series->scratch, opener->files[f].path, error))
			return false;
	return true;
}

/*
 * A file with CLIMB_ANYWHERE has an include with ".." that begins in a directory of the include
 * search path. It is not known in which directory the include begins. But a unit that reads the
 * file with CLIMB_ANYWHERE probably reads another file from that directory too. So open_anywhere()
 * opens the directories of all files that the unit reads. Only units that read a changed file
 * matter.
 * @affected: affected[u] is true if unit u reads a changed file.
 * @files: a file f with CLIMB_ANYWHERE counts only if files[f] is true.
 */
static bool open_anywhere(const struct opener *opener, const bool *affected, const bool *files,
			  GError **error)
{
	struct query *query = opener->query;
	g_autofree bool *climbers = g_new0(bool, opener->n_files + 1);
	g_autofree bool *units = g_new0(bool, opener->n_units + 1);
	g_autofree bool *all = g_new0(bool, opener->n_files + 1);
	bool any = false;

	for (unsigned int f = 0; f < opener->n_files; f++) {
		climbers[f] = files[f] && opener->climbs[f] & CLIMB_ANYWHERE;
		any |= climbers[f];
	}
	if (!any)
		return true;
	if (!query_units_with(query, climbers, units, error))
		return false;
	for (unsigned int u = 0; u < opener->n_units; u++)
		units[u] &= affected[u];
	return query_files_of(query, units, all, error) && open_files(opener, all, 0, error);
}

/*
 * Opens the directories from which an include with ".." may lead to a changed file. @quoted: a set
 * of file names without directory. A changed file counts only if its name is in @quoted.
 */
static bool open_climbers(const struct opener *opener, GHashTable *quoted, GError **error)
{
	g_autofree bool *units = g_new0(bool, opener->n_units + 1);
	g_autofree bool *files = g_new0(bool, opener->n_files + 1);

	return find_files(opener, quoted, units, files, error) &&
	       open_files(opener, files, CLIMB_HERE | CLIMB_ANYWHERE, error) &&
	       open_anywhere(opener, units, files, error);
}

static GHashTable *names_of(GHashTable *paths)
{
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, paths);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		g_hash_table_add(names, g_path_get_basename(path));
	return names;
}

/*
 * Scans the includes of each file f in the kernel tree for which files[f] is true. Sets
 * opener->climbs[f].
 * @names: a set of file names without directory.
 * @quoted: gets each name of @names that is the file name in an #include with quotes, or in an
 * #include whose path has "..".
 */
static void scan_includes(struct opener *opener, const bool *files, GHashTable *names,
			  GHashTable *quoted)
{
	const struct common_options *common = opener->series->common;
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	g_autofree unsigned int *climbs = NULL;

	for (unsigned int f = 0; f < opener->n_files; f++) {
		const char *path = opener->files[f].path;

		if (!files[f] || !is_in_tree(&opener->files[f]))
			continue;
		g_ptr_array_add(paths, tree_path(common->tree, common->build, path));
		g_array_append_val(numbers, f);
	}
	climbs = g_new0(unsigned int, paths->len + 1);
	include_climbs((const char *const *)paths->pdata, paths->len, opener->series->jobs, names,
		       climbs, quoted);
	for (guint i = 0; i < paths->len; i++)
		opener->climbs[g_array_index(numbers, unsigned int, i)] = climbs[i];
}

static bool open_includers(struct opener *opener, GHashTable *names, bool adds, GError **error)
{
	g_autoptr(GHashTable) quoted = g_hash_table_new(g_str_hash, g_str_equal);
	g_autofree bool *units = g_new0(bool, opener->n_units + 1);
	g_autofree bool *files = g_new0(bool, opener->n_files + 1);
	g_autofree unsigned int *climbs = g_new0(unsigned int, opener->n_files + 1);

	opener->climbs = climbs;
	if (!find_files(opener, NULL, units, files, error))
		return false;
	/*
	 * The database does not know an added file: neither the includes of the added file, nor the
	 * units that will read the added file. So if a file may be added, scan all files.
	 */
	for (unsigned int f = 0; f < opener->n_files && adds; f++)
		files[f] = true;
	scan_includes(opener, files, names, quoted);
	return open_files(opener, files, CLIMB_COMPUTED, error) &&
	       open_climbers(opener, quoted, error);
}

bool series_open_includers(struct series *series, GError **error)
{
	const char *db = series->base.db;
	bool adds, is_new = db && !g_file_test(db, G_FILE_TEST_IS_SYMLINK);
	g_autoptr(query) query = is_new ? query_open(db, error) : NULL;
	g_autoptr(GHashTable) changed = changed_paths(series, &adds);
	g_autoptr(GHashTable) names = names_of(changed);
	struct opener opener = { .series = series, .changed = changed };

	if (is_new && !query)
		return false;
	opener.query = query ? query : series->query;
	if (!query_units(opener.query, &opener.n_units, error))
		return false;
	opener.files = query_files(opener.query, &opener.n_files, error);
	return opener.files && open_includers(&opener, names, adds, error);
}
