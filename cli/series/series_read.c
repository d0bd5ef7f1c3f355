// SPDX-License-Identifier: GPL-2.0-only
/* Reads patches from mailboxes or from git, and checks that the patches apply. */
#include "cli/series/series.h"

#include <sys/statvfs.h>

#include <glib/gstdio.h>

#include "analyzer/patch/git_range.h"
#include "analyzer/patch/mailbox.h"
#include "db/error.h"

static GBytes *read_file(void *data, const char *path, GError **error)
{
	return scratch_read(data, path, error);
}

static bool write_file(void *data, const char *path, GBytes *content,
		       G_GNUC_UNUSED unsigned int mode, GError **error)
{
	return scratch_write(data, path, content, error);
}

static void state_clear(struct series_state *state)
{
	g_clear_pointer(&state->judged, judged_free);
	g_clear_error(&state->error);
	if (state->db)
		g_unlink(state->db);
	g_free(state->db);
}

static void patch_clear(gpointer data)
{
	struct series_patch *patch = data;

	if (patch->changes)
		g_array_unref(patch->changes);
	if (patch->moves)
		g_array_unref(patch->moves);
	state_clear(&patch->state);
	patch_free(patch->patch);
	kconfig_change_free(patch->kconfig);
	g_ptr_array_unref(patch->warnings);
	g_ptr_array_unref(patch->unread);
	g_free(patch->subject);
	g_free(patch->origin);
	g_free(patch);
}

/*
 * IN_MEMORY is a directory of a file system in memory. The scratch tree is made there if this file
 * system has at least MIN_MEMORY free bytes and MIN_FILES free inodes. A file system on disk is
 * slow: after thousands of links were removed, it takes long to create thousands of new links.
 */
#define IN_MEMORY  "/dev/shm"
#define MIN_MEMORY (32u << 20)
#define MIN_FILES  100000u

/* Makes a directory for the scratch tree in IN_MEMORY. NULL: it must be with the other files. */
static struct work_dir *make_links_directory(void)
{
	struct statvfs fs;

	/* A user who sets $TMPDIR wants all temporary files in $TMPDIR. */
	if (g_getenv("TMPDIR") || statvfs(IN_MEMORY, &fs) != 0)
		return NULL;
	/* In containers, /dev/shm is often small. */
	if (fs.f_bavail * fs.f_frsize < MIN_MEMORY || fs.f_favail < MIN_FILES)
		return NULL;
	return work_dir_new(IN_MEMORY, NULL);
}

struct series *series_new(const struct common_options *common, GError **error)
{
	struct work_dir *directory = work_dir_new(NULL, error);
	struct series *series;

	if (!directory)
		return NULL;
	series = g_new0(struct series, 1);
	series->common = common;
	series->directory = directory;
	series->links = make_links_directory();
	series->tree = g_build_filename(work_dir_path(series->links ? series->links : directory),
					"tree", NULL);
	series->scratch = scratch_new(common->tree, series->tree);
	series->base_changes = g_ptr_array_new_with_free_func(g_free);
	series->target = (struct patch_target){ series->scratch, read_file, write_file };
	series->patches = g_ptr_array_new_with_free_func(patch_clear);
	return series;
}

void series_free(struct series *series)
{
	if (!series)
		return;
	if (series->owns_indexer)
		index_process_end(series->indexer);
	if (series->net)
		g_array_unref(series->net);
	g_ptr_array_unref(series->patches);
	state_clear(&series->base);
	g_ptr_array_unref(series->base_changes);
	g_clear_pointer(&series->query, query_free);
	kconfig_tree_free(series->kconfig);
	if (series->config)
		g_unlink(series->config);
	g_free(series->config);
	scratch_free(series->scratch);
	scratch_free(series->build);
	work_dir_free(series->directory);
	work_dir_free(series->links);
	g_free(series->tree);
	judging_clear(&series->judging);
	g_free(series);
}

static bool add_patch(struct series *series, const char *subject, const char *origin,
		      const char *text, gsize len, GError **error)
{
	struct patch *parsed = patch_parse(text, len, origin, error);
	struct series_patch *patch;

	if (!parsed)
		return false;
	patch = g_new0(struct series_patch, 1);
	patch->number = series->patches->len + 1;
	patch->subject = check_clean(subject && *subject ? subject : origin);
	patch->origin = g_strdup(origin);
	patch->patch = parsed;
	patch->warnings = g_ptr_array_new_with_free_func(g_free);
	patch->unread = g_ptr_array_new();
	g_ptr_array_add(series->patches, patch);
	return true;
}

bool series_read_files(struct series *series, char *const *files, GError **error)
{
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) mails = mailbox_read((const char *const *)files,
						  g_strv_length((char **)files), warnings, error);

	if (!mails)
		return false;
	for (guint i = 0; i < warnings->len; i++)
		command_warn("series", "%s", (char *)warnings->pdata[i]);
	for (guint i = 0; i < mails->len; i++) {
		const struct mail_patch *mail = mails->pdata[i];

		if (!add_patch(series, mail->subject, mail->origin, mail->text, mail->len, error))
			return false;
	}
	return true;
}

bool series_read_git(struct series *series, const char *range, GError **error)
{
	g_autoptr(GPtrArray) commits = git_range_read(series->common->tree, range, &series->target,
						      series->base_changes, error);

	for (guint i = 0; commits && i < commits->len; i++) {
		const struct git_commit *commit = commits->pdata[i];
		g_autofree char *origin = g_strdup_printf("commit %.12s", commit->id);

		if (!add_patch(series, commit->subject, origin, commit->text, commit->len, error))
			return false;
	}
	return commits != NULL;
}

bool series_apply(struct series *series, struct series_patch *patch, GError **error)
{
	g_ptr_array_set_size(patch->warnings, 0);
	return patch_apply(patch->patch, &series->target, series->max_fuzz, patch->warnings, error);
}

static void bytes_unref(gpointer content)
{
	if (content)
		g_bytes_unref(content);
}

/*
 * The files of series->base_changes have the contents of the base, which differ from the user's
 * tree. scratch_reset() would give these files the contents of the user's tree. So save the
 * contents before scratch_reset(), and write the contents again after scratch_reset().
 */
bool series_apply_all(struct series *series, GError **error)
{
	g_autoptr(GHashTable) kept =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, bytes_unref);
	bool done = true;

	for (guint i = 0; i < series->base_changes->len; i++) {
		const char *path = series->base_changes->pdata[i];

		g_hash_table_insert(kept, (gpointer)path,
				    scratch_read(series->scratch, path, NULL));
	}
	for (guint i = 0; i < series->patches->len && done; i++)
		done = series_apply(series, series->patches->pdata[i], error);
	scratch_reset(series->scratch);
	for (guint i = 0; i < series->base_changes->len && done; i++) {
		const char *path = series->base_changes->pdata[i];

		done = scratch_write(series->scratch, path, g_hash_table_lookup(kept, path), error);
	}
	return done;
}
