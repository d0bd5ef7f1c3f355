// SPDX-License-Identifier: GPL-2.0-only
#include "cli/matrix/matrix_internal.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "analyzer/prepare/prepare.h"
#include "db/error.h"
#include "db/header.h"
#include "db/read_file.h"

/* This file in a build directory records the settings for which the directory was prepared. */
#define STAMP ".initlint/matrix-row"
/*
 * This file records the outcome of the last attempt: a line "done" or "failed: MESSAGE", then the
 * settings as in STAMP.
 */
#define RESULT ".initlint/matrix-result"
#define DONE   "done"
#define FAILED "failed: "

struct row *row_new(GPtrArray *list, guint index, const char *build)
{
	struct row *row = g_new0(struct row, 1);

	row->list = g_ptr_array_ref(list);
	row->row = list->pdata[index];
	row->build = g_build_filename(build, row->row->name, NULL);
	row->db = g_build_filename(row->build, "initlint.db", NULL);
	return row;
}

void row_free(gpointer data)
{
	struct row *row = data;

	judged_free(row->judged);
	g_ptr_array_unref(row->list);
	g_free(row->build);
	g_free(row->db);
	g_free(row->failure);
	g_free(row);
}

static void add_text(GString *text, const char *key, const char *value)
{
	g_string_append_printf(text, "%s=%s\n", key, value ? value : "");
}

/*
 * Returns a text with the settings of @row that affect prepare_tree(), and with a hash of the
 * configuration file of @row. The file STAMP has the text of the last preparation. If the two texts
 * differ, @row must be prepared again. Free with g_free().
 */
static char *stamp_of(const struct matrix_row *row)
{
	g_autofree char *enable = row->enable ? g_strjoinv(",", row->enable) : NULL;
	g_autofree char *disable = row->disable ? g_strjoinv(",", row->disable) : NULL;
	g_autofree char *content = NULL;
	g_autofree char *hash = NULL;
	GString *text = g_string_new(NULL);
	gsize len;

	if (row->config && read_file(row->config, &content, &len, NULL))
		hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)content, len);
	add_text(text, "arch", row->arch);
	add_text(text, "defconfig", row->defconfig);
	add_text(text, "config", row->config);
	add_text(text, "content", hash);
	add_text(text, "enable", enable);
	add_text(text, "disable", disable);
	return g_string_free(text, FALSE);
}

/* @line: a line of make's output. True if @line is an error message of make or of a compiler. */
static bool is_error_line(const char *line)
{
	return (g_str_has_prefix(line, "*** ") && g_ascii_isalpha(line[4])) ||
	       strstr(line, " error: ") != NULL;
}

/*
 * Shortens @message to one line. The first line of @message states the error. The other lines, if
 * any, are the output of make. Returns the first line, followed by the first error message in the
 * output of make. Free with g_free().
 */
static char *one_line(const char *message)
{
	g_auto(GStrv) lines = g_strsplit(message, "\n", -1);

	for (char **line = lines + 1; lines[0] && *line; line++)
		if (is_error_line(g_strstrip(*line)))
			return g_strdup_printf("%s: %s", lines[0], *line);
	return g_strdup(lines[0]);
}

/*
 * Sets @row->failure. @step: what failed; empty, or a text that begins with a space. Frees @error.
 * Returns false.
 */
static bool fail_row(struct row *row, const char *step, GError *error)
{
	g_autofree char *text = one_line(error->message);

	g_free(row->failure);
	row->failure = g_strdup_printf("configuration %s%s: %s", row->row->name, step, text);
	g_error_free(error);
	return false;
}

static bool write_file(struct row *row, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(row->build, name, NULL);
	GError *error = NULL;

	return g_file_set_contents(path, text, -1, &error) || fail_row(row, "", error);
}

static void show_stage(void *data, const char *what)
{
	const struct row_reader *reader = data;

	reader->progress(reader->progress_data, 0, 0, what);
}

static bool prepare(struct row *row, const struct row_reader *reader)
{
	g_autofree char *stamp = g_build_filename(row->build, STAMP, NULL);
	g_autofree char *wanted = stamp_of(row->row);
	g_autofree char *old = NULL;
	const struct prepare_options options = {
		.tree = reader->tree,
		.build = row->build,
		.arch = row->row->arch,
		.defconfig = row->row->defconfig,
		.config = row->row->defconfig ? NULL : row->row->config,
		.enable = (const char *const *)row->row->enable,
		.disable = (const char *const *)row->row->disable,
		.jobs = reader->jobs,
		.progress = show_stage,
		.progress_data = (void *)reader,
	};
	struct prepare_report report = { 0 };
	GError *error = NULL;
	bool ok;

	if (read_file(stamp, &old, NULL, NULL) && strcmp(old, wanted) == 0)
		return true;
	/*
	 * Do not warn about generated files that could not be made. If a source needs one of these
	 * files, index_row() does not read this source completely. index_row() records this problem
	 * in the database.
	 */
	ok = prepare_tree(&options, &report, &error) || fail_row(row, " cannot be prepared", error);
	prepare_report_clear(&report);
	return ok && write_file(row, STAMP, wanted);
}

/*
 * Reads the sources of @row, and writes the facts to the database row->db. Returns false on error.
 * A source that cannot be read is not an error.
 */
static bool index_row(struct row *row, const struct row_reader *reader)
{
	const struct index_options options = {
		.tree = reader->tree,
		.build = row->build,
		.db = row->db,
		.arch = row->row->arch,
		.jobs = reader->jobs,
		.build_given = true,
		.changes_expected = true,
	};
	const struct index_callbacks callbacks = { reader->progress_data, reader->progress, NULL };
	GError *error = NULL;

	return index_process_run(reader->indexer, &options, &callbacks, &error) ||
	       fail_row(row, " cannot be indexed", error);
}

static bool write_result(struct row *row, const char *outcome)
{
	g_autofree char *settings = stamp_of(row->row);
	g_autofree char *text = g_strdup_printf("%s\n%s", outcome, settings);

	return write_file(row, RESULT, text);
}

bool row_read(struct row *row, const struct row_reader *reader)
{
	g_autofree char *result = g_build_filename(row->build, RESULT, NULL);
	g_autofree char *own = g_path_get_dirname(result);
	g_autofree char *outcome = NULL;

	if (g_mkdir_with_parents(own, 0777) != 0)
		return fail_row(row, "",
				g_error_new(INITLINT_ERROR, INITLINT_ERROR_FAILED,
					    "%s: cannot be made: %s", row->build,
					    g_strerror(errno)));
	g_clear_pointer(&row->failure, g_free);
	/* If this process dies, the row must not count as done. */
	(void)g_unlink(result);
	if (prepare(row, reader) && index_row(row, reader))
		return write_result(row, DONE);
	/* A row that was interrupted has not failed. */
	if (*reader->cancel)
		return false;
	outcome = g_strconcat(FAILED, row->failure, NULL);
	write_result(row, outcome);
	return false;
}

enum row_state row_state(struct row *row)
{
	g_autofree char *path = g_build_filename(row->build, RESULT, NULL);
	g_autofree char *settings = stamp_of(row->row);
	g_autofree char *text = NULL;
	char *end;

	if (!read_file(path, &text, NULL, NULL) || !(end = strchr(text, '\n')) ||
	    strcmp(end + 1, settings) != 0)
		return ROW_MISSING;
	*end = '\0';
	if (strcmp(text, DONE) == 0)
		return header_check(row->db, NULL) == HEADER_GOOD ? ROW_DONE : ROW_MISSING;
	if (!g_str_has_prefix(text, FAILED))
		return ROW_MISSING;
	g_free(row->failure);
	row->failure = g_strdup(text + strlen(FAILED));
	return ROW_FAILED;
}

bool row_judge(struct row *row, const struct judging *judging)
{
	GError *error = NULL;

	row->judged = judged_new(row->db, judging, &error);
	return row->judged || fail_row(row, "", error);
}
