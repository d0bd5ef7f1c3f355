// SPDX-License-Identifier: GPL-2.0-only
/*
 * Applies a patch to a tree. First applies all diffs in memory: struct stage holds the changed
 * files. If all diffs apply, writes the changed files with patch_target.write(). Otherwise writes
 * nothing.
 */
#include "analyzer/patch/patch_internal.h"

#include <string.h>

#include "db/error.h"

/* The state of a file after the diffs that have been applied so far. */
struct staged {
	struct patched_file *patched; /* NULL: the file is removed */
	unsigned int mode;	      /* as @new_mode in struct patch_file */
};

struct stage {
	const struct patch *patch;
	const struct patch_target *target;
	unsigned int max_fuzz;
	GPtrArray *warnings;
	GHashTable *paths;	   /* path -> struct staged */
	GPtrArray *order;	   /* keys of @paths, in the order of the diffs */
	bool read_failed;	   /* target->read() has failed: do not call improve_error() */
	GHashTable *removed_paths; /* set of old paths that the patch deletes or renames */
};

static void staged_free(struct staged *staged)
{
	g_clear_pointer(&staged->patched, patched_file_free);
	g_free(staged);
}

static void stage_init(struct stage *stage)
{
	const struct patch_file *files = (const struct patch_file *)stage->patch->files->data;

	stage->paths =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)staged_free);
	stage->order = g_ptr_array_new();
	stage->removed_paths = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < stage->patch->files->len; i++)
		if (files[i].kind == PATCH_DELETE || files[i].kind == PATCH_RENAME)
			g_hash_table_add(stage->removed_paths, (char *)files[i].old_path);
}

static void stage_clear(struct stage *stage)
{
	g_hash_table_unref(stage->paths);
	g_ptr_array_unref(stage->order);
	g_hash_table_unref(stage->removed_paths);
}

/*
 * Sets the state of @path to @patched and @mode. If @mode is 0, keeps the mode. The stage owns
 * @patched afterwards.
 */
static void stage_put(struct stage *stage, const char *path, struct patched_file *patched,
		      unsigned int mode)
{
	struct staged *staged = g_hash_table_lookup(stage->paths, path);

	if (!staged) {
		staged = g_new0(struct staged, 1);
		g_hash_table_insert(stage->paths, (char *)path, staged);
		g_ptr_array_add(stage->order, (char *)path);
	}
	if (staged->patched != patched)
		g_clear_pointer(&staged->patched, patched_file_free);
	staged->patched = patched;
	staged->mode = mode ? mode : staged->mode;
}

static bool fail(const struct stage *stage, GError **error, const char *path, const char *reason)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: %s: %s", stage->patch->origin,
		    path, reason);
	return false;
}

/*
 * Reads the file @path from stage->target, without the changes in @stage. Sets *@content to NULL if
 * the file does not exist. Free *@content with g_bytes_unref(). Returns false on error.
 */
static bool read_tree(struct stage *stage, const char *path, GBytes **content, GError **error)
{
	GError *failure = NULL;

	*content = stage->target->read(stage->target->data, path, &failure);
	if (!failure)
		return true;
	stage->read_failed = true;
	g_propagate_prefixed_error(error, failure, "%s: ", stage->patch->origin);
	return false;
}

static bool read_patched(struct stage *stage, const char *path, struct patched_file **patched,
			 GError **error)
{
	g_autoptr(GBytes) content = NULL;

	*patched = NULL;
	if (!read_tree(stage, path, &content, error))
		return false;
	if (content)
		*patched = patched_file_new(content);
	return true;
}

/*
 * True if the tree already has the changes of the diff with the index @index. Also true if these
 * changes cannot be checked. Returns false if a file cannot be read.
 */
static bool file_is_in(struct stage *stage, guint index)
{
	const struct patch_file *file =
		&g_array_index(stage->patch->files, struct patch_file, index);
	const struct patch_part *part = g_ptr_array_index(stage->patch->parts, index);
	g_autoptr(patched_file) old = NULL;
	g_autoptr(patched_file) new = NULL;
	bool removes_old = file->kind == PATCH_DELETE || file->kind == PATCH_RENAME;

	if (file->binary || file->kind == PATCH_MODE)
		return true; /* the change cannot be checked */
	if (removes_old && (!read_patched(stage, file->old_path, &old, NULL) || old))
		return false;
	if (file->kind == PATCH_DELETE)
		return true;
	return read_patched(stage, file->new_path, &new, NULL) && new &&
	       hunks_are_in(new, part->hunks, stage->patch) &&
	       (file->kind != PATCH_ADD || new->lines->len == 0);
}

/*
 * True if the tree already has the changes of the patch. False if the patch changes only modes and
 * binary files, since these changes cannot be checked.
 */
static bool patch_is_in(struct stage *stage)
{
	bool has_content = false;

	for (guint i = 0; i < stage->patch->files->len; i++) {
		const struct patch_file *file =
			&g_array_index(stage->patch->files, struct patch_file, i);

		if (!file_is_in(stage, i))
			return false;
		has_content |= !file->binary && file->kind != PATCH_MODE;
	}
	return has_content;
}

/*
 * Sets *@patched to the old file of the diff with the index @index. The old file of a rename or a
 * copy comes from the tree. Any other old file comes from the stage if an earlier diff has changed
 * this file, else from the tree. The caller owns *@patched. Returns false with an error if the old
 * file does not exist or cannot be read.
 */
static bool take_source(struct stage *stage, guint index, struct patched_file **patched,
			GError **error)
{
	const struct patch_file *file =
		&g_array_index(stage->patch->files, struct patch_file, index);
	const struct patch_part *part = g_ptr_array_index(stage->patch->parts, index);
	bool from_tree = file->kind == PATCH_RENAME || file->kind == PATCH_COPY;
	struct staged *staged =
		from_tree ? NULL : g_hash_table_lookup(stage->paths, file->old_path);

	if (staged && staged->patched) {
		*patched = g_steal_pointer(&staged->patched);
		patched_file_clear_touched(*patched);
		return true;
	}
	if (staged)
		return fail(stage, error, file->old_path,
			    "is changed after the same patch has removed it");
	if (!read_patched(stage, file->old_path, patched, error))
		return false;
	if (*patched)
		return true;
	/*
	 * Some diffs describe a missing old file as an empty old file. So if the diff has an empty
	 * old file, accept a missing old file.
	 */
	if (file->kind == PATCH_MODIFY && part->hunks->len == 1) {
		const struct hunk *hunk = g_ptr_array_index(part->hunks, 0);
		g_autoptr(GBytes) nothing = g_bytes_new_static("", 0);

		if (!hunk->old_start && !hunk->n_old) {
			*patched = patched_file_new(nothing);
			return true;
		}
	}
	return fail(stage, error, file->old_path,
		    "is not in the tree; expected a patch for this version, with paths from the "
		    "tree's top behind a/ and b/");
}

/* True if @path is a file after the part of the patch that is staged. */
static bool is_file(const struct stage *stage, const char *path)
{
	const struct staged *staged = g_hash_table_lookup(stage->paths, path);
	g_autoptr(GBytes) content = NULL;

	if (staged)
		return staged->patched != NULL;
	if (g_hash_table_contains(stage->removed_paths, path))
		return false;
	/* Ignore errors: a directory cannot be read. */
	content = stage->target->read(stage->target->data, path, NULL);
	return content != NULL;
}

/* Fails if a component of @path, other than the last one, is a file. */
static bool check_parents(const struct stage *stage, const char *path, GError **error)
{
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		g_autofree char *parent = g_strndup(path, (gsize)(slash - path));

		if (is_file(stage, parent))
			return fail(stage, error, path,
				    "is below a file; expected a directory above it");
	}
	return true;
}

static bool check_absent(struct stage *stage, const struct patch_file *file, GError **error)
{
	struct staged *staged = g_hash_table_lookup(stage->paths, file->new_path);
	g_autoptr(GBytes) content = NULL;

	if (staged && staged->patched)
		return fail(stage, error, file->new_path, "is made twice by the same patch");
	if (staged || g_hash_table_contains(stage->removed_paths, file->new_path))
		return true;
	if (!read_tree(stage, file->new_path, &content, error))
		return false;
	if (!content)
		return check_parents(stage, file->new_path, error);
	return fail(stage, error, file->new_path,
		    file->kind == PATCH_ADD
			    ? "is added by the patch, but is already in the tree"
			    : "is renamed or copied from another file, but is already in the tree");
}

/*
 * True if initlint analyses the file @path. The result of the analysis is wrong if a change of an
 * analysed file is not applied. @path may be NULL.
 */
static bool is_analysed(const char *path)
{
	const char *name = path ? strrchr(path, '/') : NULL;

	if (!path)
		return false;
	name = name ? name + 1 : path;
	return g_str_has_suffix(name, ".c") || g_str_has_suffix(name, ".h") ||
	       g_str_has_suffix(name, ".S") || g_str_has_prefix(name, "Makefile") ||
	       g_str_has_prefix(name, "Kbuild") || g_str_has_prefix(name, "Kconfig");
}

static bool leave_binary(struct stage *stage, const struct patch_file *file, GError **error)
{
	const char *path = file->new_path ? file->new_path : file->old_path;

	if (is_analysed(file->old_path) || is_analysed(file->new_path))
		return fail(stage, error, path,
			    "is changed in binary, which cannot be applied here; send it as text");
	if (stage->warnings)
		g_ptr_array_add(stage->warnings, g_strdup_printf("%s: %s: binary, left as it is",
								 stage->patch->origin, path));
	return true;
}

/* Removes the old path of a rename, unless another diff has created a file at that path. */
static void remove_old_path(struct stage *stage, const char *path)
{
	const struct staged *staged = g_hash_table_lookup(stage->paths, path);

	if (!staged || !staged->patched)
		stage_put(stage, path, NULL, 0);
}

static bool delete_file(struct stage *stage, const struct patch_file *file,
			const struct patched_file *patched, GError **error)
{
	g_autofree char *reason = NULL;

	if (patched->lines->len) {
		reason = g_strdup_printf("differs from the file that the patch deletes: %u line%s "
					 "would be left",
					 patched->lines->len, patched->lines->len == 1 ? "" : "s");
		return fail(stage, error, file->old_path, reason);
	}
	stage_put(stage, file->old_path, NULL, 0);
	return true;
}

static bool edit_patched(struct stage *stage, guint index, struct patched_file *patched,
			 GError **error)
{
	const struct patch_file *file =
		&g_array_index(stage->patch->files, struct patch_file, index);
	const struct patch_part *part = g_ptr_array_index(stage->patch->parts, index);
	struct hunk_options options = {
		.patch = stage->patch,
		.path = file->old_path ? file->old_path : file->new_path,
		.max_fuzz = stage->max_fuzz,
		.deletes = file->kind == PATCH_DELETE,
		.warnings = stage->warnings,
	};

	return hunks_apply(patched, part->hunks, &options, error);
}

static bool stage_file(struct stage *stage, guint index, GError **error)
{
	const struct patch_file *file =
		&g_array_index(stage->patch->files, struct patch_file, index);
	g_autoptr(GBytes) nothing = g_bytes_new_static("", 0);
	g_autoptr(patched_file) patched = NULL;
	bool is_new =
		file->kind == PATCH_ADD || file->kind == PATCH_RENAME || file->kind == PATCH_COPY;

	if (file->binary)
		return leave_binary(stage, file, error);
	if (is_new && !check_absent(stage, file, error))
		return false;
	if (file->kind == PATCH_ADD)
		patched = patched_file_new(nothing);
	else if (!take_source(stage, index, &patched, error))
		return false;
	if (!edit_patched(stage, index, patched, error))
		return false;
	if (file->kind == PATCH_DELETE)
		return delete_file(stage, file, patched, error);
	if (file->kind == PATCH_RENAME)
		remove_old_path(stage, file->old_path);
	stage_put(stage, file->new_path, g_steal_pointer(&patched), file->new_mode);
	return true;
}

/* First removes files, then writes files: the patch may replace a file by a directory. */
static bool write_all(const struct stage *stage, GError **error)
{
	for (int pass = 0; pass < 2; pass++) {
		bool removed = pass == 0;

		for (guint i = 0; i < stage->order->len; i++) {
			const char *path = g_ptr_array_index(stage->order, i);
			const struct staged *staged = g_hash_table_lookup(stage->paths, path);
			g_autoptr(GBytes) content =
				staged->patched ? patched_file_content(staged->patched) : NULL;

			if ((staged->patched == NULL) != removed)
				continue;
			if (!stage->target->write(stage->target->data, path, content, staged->mode,
						  error))
				return false;
		}
	}
	return true;
}

static GHashTable *changed_lines(const struct stage *stage)
{
	GHashTable *changed =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);

	for (guint i = 0; i < stage->order->len; i++) {
		char *path = g_ptr_array_index(stage->order, i);
		const struct staged *staged = g_hash_table_lookup(stage->paths, path);

		if (staged->patched)
			g_hash_table_insert(changed, path, patched_file_added(staged->patched));
	}
	return changed;
}

/*
 * The diff with the index @index has failed with @error. If the tree already has the changes of the
 * whole patch, or only those of this diff, replaces @error by an error that says which changes the
 * tree already has. Otherwise leaves @error unchanged.
 */
static void improve_error(struct stage *stage, guint index, GError **error)
{
	const struct patch_file *file =
		&g_array_index(stage->patch->files, struct patch_file, index);
	const char *path = file->new_path ? file->new_path : file->old_path;

	if (patch_is_in(stage)) {
		g_clear_error(error);
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: the patch is in the tree already; leave it out",
			    stage->patch->origin);
	} else if (!file->binary && file->kind != PATCH_MODE && file_is_in(stage, index)) {
		g_clear_error(error);
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: %s: the tree already has the patch's changes of this file; rebase "
			    "the patch on this tree",
			    stage->patch->origin, path);
	}
}

bool patch_apply(struct patch *patch, const struct patch_target *target, unsigned int max_fuzz,
		 GPtrArray *warnings, GError **error)
{
	struct stage stage = {
		.patch = patch,
		.target = target,
		.max_fuzz = max_fuzz,
		.warnings = warnings,
	};
	guint n_warnings = warnings ? warnings->len : 0;
	bool ok = true;

	g_clear_pointer(&patch->changed, g_hash_table_unref);
	stage_init(&stage);
	for (guint i = 0; ok && i < patch->files->len; i++) {
		GError *failure = NULL;

		ok = stage_file(&stage, i, &failure);
		if (!ok) {
			if (!stage.read_failed)
				improve_error(&stage, i, &failure);
			g_propagate_error(error, failure);
		}
	}
	ok = ok && write_all(&stage, error);
	if (ok)
		patch->changed = changed_lines(&stage);
	else if (warnings)
		g_ptr_array_set_size(warnings, n_warnings);
	stage_clear(&stage);
	return ok;
}
