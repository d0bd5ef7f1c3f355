// SPDX-License-Identifier: GPL-2.0-only
#include "cli/matrix/matrix.h"

#include <errno.h>
#include <string.h>

#include "analyzer/index/index_process.h"
#include "analyzer/prepare/prepare.h"
#include "cli/judge/analysis.h"
#include "cli/base/interrupt.h"
#include "cli/judge/judged.h"
#include "cli/base/term.h"
#include "db/error.h"
#include "db/read_file.h"
#include "rules/engine/finding/matrix.h"

/* This file in a build directory records the settings for which the directory was prepared. */
#define STAMP ".initlint/matrix-row"

struct row {
	const struct matrix_row *row;
	char *build;
	char *db;
	struct judged *judged; /* NULL: the row failed */
};

struct matrix {
	const struct common_options *common;
	struct progress *progress;
	struct index_process *indexer;
	GPtrArray *rows;     /* struct row * */
	GPtrArray *findings; /* const struct finding *; each has a different fingerprint */
	GArray *notes;	     /* struct report_note; element i is the note of findings[i] */
	/*
	 * GPtrArray *; element i is an array of char *. This array has the names of the
	 * configurations that have a finding with the fingerprint of findings[i]. merge() adds NULL
	 * to the end of this array.
	 */
	GPtrArray *names;
	GHashTable *index_of; /* fingerprint of findings[i] -> i + 1 */
	GPtrArray *partial;   /* char *: reasons why the analysis is partial, NULL-terminated */
	GPtrArray *configurations; /* const char *: names of all rows, NULL-terminated */
	bool incomplete;
};

static void row_free(gpointer data)
{
	struct row *row = data;

	judged_free(row->judged);
	g_free(row->build);
	g_free(row->db);
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
 * Warns that @row failed. The warning has the name of the row, then @step, then the message of
 * @error. @step: what failed; empty, or a text that begins with a space. Frees @error. Returns
 * false.
 */
static bool fail_row(const struct row *row, const char *step, GError *error)
{
	g_autofree char *text = one_line(error->message);

	command_warn("check", "configuration %s%s: %s", row->row->name, step, text);
	g_error_free(error);
	return false;
}

static void show_stage(void *data, const char *what)
{
	progress_update(data, 0, 0, what);
}

static bool write_stamp(const char *path, const char *text, const struct row *row)
{
	GError *error = NULL;

	return g_file_set_contents(path, text, -1, &error) || fail_row(row, "", error);
}

static bool prepare(const struct matrix *matrix, const struct row *row)
{
	g_autofree char *stamp = g_build_filename(row->build, STAMP, NULL);
	g_autofree char *wanted = stamp_of(row->row);
	g_autofree char *old = NULL;
	const struct prepare_options options = {
		.tree = matrix->common->tree,
		.build = row->build,
		.arch = row->row->arch,
		.defconfig = row->row->defconfig,
		.config = row->row->defconfig ? NULL : row->row->config,
		.enable = (const char *const *)row->row->enable,
		.disable = (const char *const *)row->row->disable,
		.jobs = g_get_num_processors(),
		.progress = show_stage,
		.progress_data = matrix->progress,
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
	return ok && write_stamp(stamp, wanted, row);
}

static void show_progress(void *data, unsigned int done, unsigned int total, const char *what)
{
	const struct matrix *matrix = data;

	progress_update(matrix->progress, done, total, what);
}

/*
 * Reads the sources of @row, and writes the facts to the database row->db. Returns false on error.
 * A source that cannot be read is not an error.
 */
static bool index_row(const struct matrix *matrix, const struct row *row)
{
	const struct index_options options = {
		.tree = matrix->common->tree,
		.build = row->build,
		.db = row->db,
		.arch = row->row->arch,
		.build_given = true,
		.changes_expected = true,
	};
	const struct index_callbacks callbacks = { (void *)matrix, show_progress, NULL };
	GError *error = NULL;

	return index_process_run(matrix->indexer, &options, &callbacks, &error) ||
	       fail_row(row, " cannot be indexed", error);
}

static bool make_row(struct matrix *matrix, struct row *row, const struct judging *judging)
{
	GError *error = NULL;

	if (g_mkdir_with_parents(row->build, 0777) != 0)
		return fail_row(row, "",
				g_error_new(INITLINT_ERROR, INITLINT_ERROR_FAILED,
					    "%s: cannot be made: %s", row->build,
					    g_strerror(errno)));
	if (!prepare(matrix, row) || !index_row(matrix, row))
		return false;
	row->judged = judged_new(row->db, judging, &error);
	return row->judged || fail_row(row, "", error);
}

/*
 * matrix->names[@index] has the names of the configurations that have matrix->findings[@index].
 * Adds the name of @row to matrix->names[@index].
 * @finding: the finding of @row that has the fingerprint of matrix->findings[@index].
 * @reason: the reason for which @row accepts @finding; NULL: @row does not accept @finding.
 */
static void add_name(struct matrix *matrix, guint index, const struct row *row,
		     const struct finding *finding, const char *reason)
{
	const struct finding *shown = matrix->findings->pdata[index];
	struct report_note *note = &g_array_index(matrix->notes, struct report_note, index);
	GPtrArray *names = matrix->names->pdata[index];

	g_ptr_array_add(names, finding->verdict == shown->verdict
				       ? g_strdup(row->row->name)
				       : g_strdup_printf("%s (%s)", row->row->name,
							 verdict_name(finding->verdict)));
	/* A finding is accepted only if each configuration with the finding accepts the finding. */
	if (!reason)
		note->accepted = NULL;
}

/*
 * Returns the index in matrix->findings of the finding that has the fingerprint of @finding. If
 * there is no finding with this fingerprint yet, first adds @finding. @reason: the reason for which
 * @finding is accepted; NULL: @finding is not accepted.
 */
static guint find_index(struct matrix *matrix, const struct finding *finding, const char *reason)
{
	struct report_note note = { .was = N_VERDICTS, .accepted = reason };
	guint index = GPOINTER_TO_UINT(g_hash_table_lookup(matrix->index_of, finding->fingerprint));

	if (index)
		return index - 1;
	g_ptr_array_add(matrix->findings, (gpointer)finding);
	g_array_append_val(matrix->notes, note);
	g_ptr_array_add(matrix->names, g_ptr_array_new_with_free_func(g_free));
	g_hash_table_insert(matrix->index_of, finding->fingerprint,
			    GUINT_TO_POINTER(matrix->findings->len));
	return matrix->findings->len - 1;
}

typedef void (*row_visit)(struct matrix *matrix, const struct row *row,
			  const struct finding *finding, const char *reason);

/*
 * Findings of several rows may have the same fingerprint, but different verdicts.
 * matrix->findings keeps only one of these findings: the first finding with the worst verdict. If
 * the verdict of @finding is worse than the verdict of the kept finding, keeps @finding instead.
 */
static void keep_worst(struct matrix *matrix, G_GNUC_UNUSED const struct row *row,
		       const struct finding *finding, const char *reason)
{
	guint index = find_index(matrix, finding, reason);
	const struct finding *shown = matrix->findings->pdata[index];

	if (finding->verdict < shown->verdict)
		matrix->findings->pdata[index] = (gpointer)finding;
}

static void add_row_name(struct matrix *matrix, const struct row *row,
			 const struct finding *finding, const char *reason)
{
	add_name(matrix, find_index(matrix, finding, reason), row, finding, reason);
}

static void visit_problems(struct matrix *matrix, row_visit visit)
{
	for (guint r = 0; r < matrix->rows->len; r++) {
		const struct row *row = matrix->rows->pdata[r];

		for (guint i = 0; row->judged && i < row->judged->state.findings->len; i++) {
			const struct finding *finding = row->judged->state.findings->pdata[i];

			if (finding_is_problem(finding))
				visit(matrix, row, finding,
				      g_hash_table_lookup(row->judged->accepted,
							  finding->fingerprint));
		}
	}
}

static void merge(struct matrix *matrix)
{
	visit_problems(matrix, keep_worst);
	visit_problems(matrix, add_row_name);
	for (guint i = 0; i < matrix->findings->len; i++) {
		GPtrArray *names = matrix->names->pdata[i];

		g_ptr_array_add(names, NULL);
		g_array_index(matrix->notes, struct report_note, i).configurations =
			(const char *const *)names->pdata;
	}
}

static void collect_coverage(struct matrix *matrix)
{
	for (guint r = 0; r < matrix->rows->len; r++) {
		const struct row *row = matrix->rows->pdata[r];

		g_ptr_array_add(matrix->configurations, row->row->name);
		if (!row->judged)
			g_ptr_array_add(matrix->partial,
					g_strdup_printf("%s: could not be judged", row->row->name));
		matrix->incomplete |= !row->judged || row->judged->is_partial;
		for (char **reason = row->judged ? row->judged->partial : NULL; reason && *reason;
		     reason++)
			g_ptr_array_add(matrix->partial,
					g_strdup_printf("%s: %s", row->row->name, *reason));
	}
	g_ptr_array_add(matrix->configurations, NULL);
	g_ptr_array_add(matrix->partial, NULL);
}

static int report(struct matrix *matrix, const struct check_options *options,
		  const GPtrArray *rules, const GPtrArray *models)
{
	struct check_report report = {
		.command = "check",
		.rules = rules,
		.models = models,
		.findings = matrix->findings,
		.notes = (const struct report_note *)matrix->notes->data,
		.threshold = options->threshold,
		.all = options->all,
		.configuration = options->configuration,
		.configurations = (const char *const *)matrix->configurations->pdata,
		.tree = matrix->common->tree,
		.partial = (const char *const *)matrix->partial->pdata,
		.incomplete = matrix->incomplete,
	};

	for (guint r = 0; r < matrix->rows->len && !report.version; r++) {
		const struct row *row = matrix->rows->pdata[r];

		report.version = row->judged ? row->judged->version : NULL;
	}
	for (char **reason = (char **)matrix->partial->pdata; *reason; reason++)
		command_warn("check", "the analysis is partial: %s", *reason);
	check_report_count(&report);
	options->print(&report);
	return check_report_status(&report);
}

static struct row *row_new(const struct matrix_row *from, const struct common_options *common)
{
	struct row *row = g_new0(struct row, 1);

	row->row = from;
	row->build = g_build_filename(common->build, from->name, NULL);
	row->db = g_build_filename(row->build, "initlint.db", NULL);
	return row;
}

static void matrix_clear(struct matrix *matrix)
{
	g_ptr_array_unref(matrix->findings);
	g_array_unref(matrix->notes);
	g_ptr_array_unref(matrix->names);
	g_hash_table_unref(matrix->index_of);
	g_ptr_array_unref(matrix->partial);
	g_ptr_array_unref(matrix->configurations);
	g_ptr_array_unref(matrix->rows);
}

static int judge_all(const GPtrArray *list, const struct judging *judging,
		     const struct check_options *options, const struct common_options *common)
{
	struct matrix matrix = {
		.common = common,
		.rows = g_ptr_array_new_with_free_func(row_free),
		.findings = g_ptr_array_new(),
		.notes = g_array_new(TRUE, FALSE, sizeof(struct report_note)),
		.names = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref),
		.index_of = g_hash_table_new(g_str_hash, g_str_equal),
		.partial = g_ptr_array_new_with_free_func(g_free),
		.configurations = g_ptr_array_new(),
	};
	const volatile int *cancel = interrupt_catch();
	GError *error = NULL;
	int status;

	matrix.indexer = index_process_start(cancel, &error);
	matrix.progress = progress_new();
	for (guint i = 0; i < list->len && matrix.indexer && !*cancel; i++) {
		struct row *row = row_new(list->pdata[i], common);

		progress_update(matrix.progress, i, list->len, row->row->name);
		g_ptr_array_add(matrix.rows, row);
		make_row(&matrix, row, judging);
	}
	progress_free(matrix.progress);
	index_process_end(matrix.indexer);
	if (!error && *cancel)
		error = g_error_new(INITLINT_ERROR, INITLINT_ERROR_FAILED,
				    "interrupted; finished configurations are kept");
	if (error) {
		status = command_fail("check", error);
	} else {
		merge(&matrix);
		collect_coverage(&matrix);
		status = report(&matrix, options, judging->rules, judging->models);
	}
	matrix_clear(&matrix);
	return status;
}

int matrix_check(const char *path, const struct check_options *options,
		 const struct common_options *common)
{
	GError *error = NULL;
	g_autoptr(GPtrArray) list = matrix_load(path, &error);
	struct judging judging = { 0 };
	int status;

	if (list && judging_load(&judging, options, &error))
		status = judge_all(list, &judging, options, common);
	else
		status = command_fail("check", error);
	judging_clear(&judging);
	return status;
}
