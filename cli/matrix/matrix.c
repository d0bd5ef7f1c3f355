// SPDX-License-Identifier: GPL-2.0-only
#include "cli/matrix/matrix_internal.h"

#include <stdio.h>
#include <string.h>

#include "cli/base/interrupt.h"
#include "cli/base/term.h"
#include "db/error.h"

/*
 * Returns the rows of the matrix file at @path, as struct row *. Returns NULL on error, as matrix_load()
 * does. Free with g_ptr_array_unref().
 */
static GPtrArray *load_rows(const char *path, const struct common_options *common, GError **error)
{
	g_autoptr(GPtrArray) list = matrix_load(path, error);
	GPtrArray *rows = list ? g_ptr_array_new_with_free_func(row_free) : NULL;

	for (guint i = 0; list && i < list->len; i++)
		g_ptr_array_add(rows, row_new(list, i, common->build));
	return rows;
}

int matrix_check(const char *path, const struct check_options *options,
		 const struct common_options *common)
{
	GError *error = NULL;
	g_autoptr(GPtrArray) rows = load_rows(path, common, &error);
	struct judging judging = { 0 };
	int status;

	if (rows && judging_load(&judging, options, &error) &&
	    rows_read(rows, &judging, common, 0, &error))
		status = rows_report(rows, "check", &judging, options, common);
	else
		status = command_fail("check", error);
	g_clear_pointer(&rows, g_ptr_array_unref);
	judging_clear(&judging);
	return status;
}

int matrix_plan(const char *path, bool missing, const struct common_options *common)
{
	static const char *const names[] = { "done", "failed", "missing" };
	GError *error = NULL;
	g_autoptr(GPtrArray) rows = load_rows(path, common, &error);

	for (guint i = 0; rows && i < rows->len; i++) {
		struct row *row = rows->pdata[i];
		enum row_state state = row_state(row);

		if (!missing || state != ROW_DONE)
			printf("%u\t%s\t%s\n", i, row->row->name, names[state]);
	}
	return rows ? EXIT_CLEAN : command_fail("matrix", error);
}

/* Returns the row with the name or the number @name. NULL with INITLINT_ERROR_USAGE: there is none. */
static struct row *find_row(const GPtrArray *rows, const char *name, GError **error)
{
	guint64 number;

	for (guint i = 0; i < rows->len; i++)
		if (strcmp(((struct row *)rows->pdata[i])->row->name, name) == 0)
			return rows->pdata[i];
	if (g_ascii_string_to_unsigned(name, 10, 0, rows->len - 1, &number, NULL))
		return rows->pdata[number];
	g_set_error(
		error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		"command line: %s: expected the name of a configuration, or a number from 0 to %u; "
		"`initlint matrix plan` lists them",
		name, rows->len - 1);
	return NULL;
}

int matrix_run(const char *path, const char *name, unsigned int jobs,
	       const struct common_options *common)
{
	GError *error = NULL;
	g_autoptr(GPtrArray) rows = load_rows(path, common, &error);
	struct row *row = rows ? find_row(rows, name, &error) : NULL;
	struct row_reader reader = {
		.tree = common->tree,
		.jobs = jobs ? jobs : g_get_num_processors(),
		.cancel = interrupt_catch(),
		.progress = progress_update,
	};
	bool ok;

	if (row)
		reader.indexer = index_process_start(reader.cancel, &error);
	if (!reader.indexer)
		return command_fail("matrix", error);
	reader.progress_data = progress_new();
	ok = row_read(row, &reader);
	progress_free(reader.progress_data);
	index_process_end(reader.indexer);
	if (!ok)
		command_warn("matrix", "%s", row->failure);
	return ok ? EXIT_CLEAN : EXIT_INCOMPLETE;
}

/* Judges row number @number, @row, if it has been read. Otherwise sets @row->failure. */
static void judge_read(struct row *row, unsigned int number, const struct judging *judging)
{
	enum row_state state = row_state(row);

	if (state == ROW_DONE)
		row_judge(row, judging);
	else if (state == ROW_MISSING)
		row->failure = g_strdup_printf(
			"configuration %s: not read yet; run `initlint matrix run %u`",
			row->row->name, number);
}

int matrix_merge(const char *path, const struct check_options *options,
		 const struct common_options *common)
{
	GError *error = NULL;
	g_autoptr(GPtrArray) rows = load_rows(path, common, &error);
	struct judging judging = { 0 };
	int status;

	if (rows && judging_load(&judging, options, &error)) {
		for (guint i = 0; i < rows->len; i++)
			judge_read(rows->pdata[i], i, &judging);
		status = rows_report(rows, "matrix", &judging, options, common);
	} else {
		status = command_fail("matrix", error);
	}
	g_clear_pointer(&rows, g_ptr_array_unref);
	judging_clear(&judging);
	return status;
}

static void build_free(gpointer data)
{
	struct matrix_build *build = data;

	g_free(build->name);
	g_free(build->build);
	g_free(build->db);
	g_free(build->failure);
	g_free(build);
}

GPtrArray *matrix_builds(const char *path, const struct common_options *common, unsigned int jobs,
			 GError **error)
{
	g_autoptr(GPtrArray) rows = load_rows(path, common, error);
	g_autoptr(GPtrArray) missing = g_ptr_array_new();
	GPtrArray *builds;

	for (guint i = 0; rows && i < rows->len; i++)
		if (row_state(rows->pdata[i]) != ROW_DONE)
			g_ptr_array_add(missing, rows->pdata[i]);
	if (!rows || (missing->len && !rows_read(missing, NULL, common, jobs, error)))
		return NULL;
	builds = g_ptr_array_new_with_free_func(build_free);
	for (guint i = 0; i < rows->len; i++) {
		struct row *row = rows->pdata[i];
		struct matrix_build *build = g_new0(struct matrix_build, 1);
		bool done = row_state(row) == ROW_DONE;

		build->name = g_strdup(row->row->name);
		build->build = g_strdup(row->build);
		build->db = g_strdup(row->db);
		build->failure = done ? NULL : g_steal_pointer(&row->failure);
		g_ptr_array_add(builds, build);
	}
	return builds;
}
