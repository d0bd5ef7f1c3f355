// SPDX-License-Identifier: GPL-2.0-only
/* Merges the findings of all rows. Findings with the same fingerprint are one finding. */
#include "cli/matrix/matrix_internal.h"

#include <string.h>

#include "cli/report/check_report.h"

struct matrix {
	const GPtrArray *rows; /* struct row * */
	GPtrArray *findings;   /* const struct finding *; each has a different fingerprint */
	GArray *notes;	       /* struct report_note; element i is the note of findings[i] */
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

static int report(struct matrix *matrix, const char *command, const struct judging *judging,
		  const struct check_options *options, const struct common_options *common)
{
	struct check_report report = {
		.command = "check",
		.rules = judging->rules,
		.models = judging->models,
		.findings = matrix->findings,
		.notes = (const struct report_note *)matrix->notes->data,
		.threshold = options->threshold,
		.all = options->all,
		.configuration = options->configuration,
		.configurations = (const char *const *)matrix->configurations->pdata,
		.tree = common->tree,
		.partial = (const char *const *)matrix->partial->pdata,
		.incomplete = matrix->incomplete,
	};

	for (guint r = 0; r < matrix->rows->len && !report.version; r++) {
		const struct row *row = matrix->rows->pdata[r];

		report.version = row->judged ? row->judged->version : NULL;
	}
	for (char **reason = (char **)matrix->partial->pdata; *reason; reason++)
		command_warn(command, "the analysis is partial: %s", *reason);
	check_report_count(&report);
	options->print(&report);
	return check_report_status(&report);
}

static void matrix_clear(struct matrix *matrix)
{
	g_ptr_array_unref(matrix->findings);
	g_array_unref(matrix->notes);
	g_ptr_array_unref(matrix->names);
	g_hash_table_unref(matrix->index_of);
	g_ptr_array_unref(matrix->partial);
	g_ptr_array_unref(matrix->configurations);
}

int rows_report(const GPtrArray *rows, const char *command, const struct judging *judging,
		const struct check_options *options, const struct common_options *common)
{
	struct matrix matrix = {
		.rows = rows,
		.findings = g_ptr_array_new(),
		.notes = g_array_new(TRUE, FALSE, sizeof(struct report_note)),
		.names = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref),
		.index_of = g_hash_table_new(g_str_hash, g_str_equal),
		.partial = g_ptr_array_new_with_free_func(g_free),
		.configurations = g_ptr_array_new(),
	};
	int status;

	for (guint i = 0; i < rows->len; i++) {
		const struct row *row = rows->pdata[i];

		if (row->failure)
			command_warn(command, "%s", row->failure);
	}
	merge(&matrix);
	collect_coverage(&matrix);
	status = report(&matrix, command, judging, options, common);
	matrix_clear(&matrix);
	return status;
}
