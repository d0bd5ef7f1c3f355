// SPDX-License-Identifier: GPL-2.0-only
/*
 * Judges a series in several configurations. Findings with the same fingerprint are one finding, and its
 * note names the configurations.
 */
#include "cli/series/series.h"

#include <stdio.h>
#include <string.h>

#include "cli/base/interrupt.h"
#include "cli/base/term.h"
#include "cli/matrix/matrix.h"
#include "cli/report/check_report.h"
#include "cli/series/series_text.h"

/* One configuration. */
struct entry {
	const struct matrix_build *build;
	struct common_options common; /* owns nothing */
	struct series *series;	      /* NULL: the series could not be judged */
	int status;		      /* if @series is NULL: an enum exit_status that says why */
	struct series_notes *notes;
	struct check_report report;
};

struct merged {
	GPtrArray *findings;  /* const struct finding * */
	GArray *notes;	      /* struct report_note; element i is the note of findings[i] */
	GArray *from;	      /* struct shown; element i is the place of findings[i] */
	GPtrArray *names;     /* GPtrArray * of char *: the configurations of findings[i] */
	GHashTable *index_of; /* fingerprint of findings[i] -> i + 1 */
	GPtrArray *all_names; /* const char * */
	GPtrArray *partial;   /* char * */
};

static void entry_free(gpointer data)
{
	struct entry *entry = data;

	series_notes_free(entry->notes);
	series_free(entry->series);
	g_free(entry);
}

static void fill_report(struct entry *entry, const struct series_request *request)
{
	entry->report =
		series_empty_report(request, entry->common.tree, entry->series->judging.rules);
	entry->notes = series_notes_new(entry->series, request->check->all, &entry->report);
}

/* Judges the series in the configuration @build. The result is never NULL. */
static struct entry *entry_new(const struct matrix_build *build,
			       const struct series_request *request,
			       const struct common_options *common)
{
	struct entry *entry = g_new0(struct entry, 1);
	GError *error = NULL;

	entry->build = build;
	entry->status = EXIT_INCOMPLETE;
	entry->common = *common;
	entry->common.build = build->build;
	entry->common.db = build->db;
	if (build->failure)
		command_warn("series", "%s", build->failure);
	else
		entry->series = series_judge(request, &entry->common, &error);
	if (error) {
		g_prefix_error(&error, "configuration %s: ", build->name);
		entry->status = command_fail("series", error);
	}
	if (entry->series)
		fill_report(entry, request);
	return entry;
}

/* True if the finding @b, at index @j of its report, is to be shown instead of @a, at index @i. */
static bool is_worse(const struct entry *a, unsigned int i, const struct entry *b, unsigned int j)
{
	const struct finding *old = a->report.findings->pdata[i];
	const struct finding *new = b->report.findings->pdata[j];
	bool was_resolved = check_is_resolved(&a->report, i);

	if (check_is_resolved(&b->report, j) != was_resolved)
		return was_resolved;
	return new->verdict < old->verdict;
}

/* A finding in the report of one configuration. */
struct shown {
	const struct entry *entry;
	unsigned int index;
};

static void keep(struct merged *merged, const struct entry *entry, unsigned int index)
{
	const struct finding *finding = entry->report.findings->pdata[index];
	const struct shown place = { entry, index };
	guint known = GPOINTER_TO_UINT(g_hash_table_lookup(merged->index_of, finding->fingerprint));

	if (!known) {
		g_array_append_val(merged->from, place);
		g_ptr_array_add(merged->names, g_ptr_array_new_with_free_func(g_free));
		g_hash_table_insert(merged->index_of, finding->fingerprint,
				    GUINT_TO_POINTER(merged->from->len));
	} else {
		struct shown *old = &g_array_index(merged->from, struct shown, known - 1);

		if (is_worse(old->entry, old->index, entry, index))
			*old = place;
	}
}

/* Adds the name of @entry to the finding, with the verdict if it is not the one that is shown. */
static void add_name(struct merged *merged, const struct entry *entry, unsigned int index)
{
	const struct finding *finding = entry->report.findings->pdata[index];
	guint known = GPOINTER_TO_UINT(g_hash_table_lookup(merged->index_of, finding->fingerprint));
	const struct shown *shown = &g_array_index(merged->from, struct shown, known - 1);
	struct report_note *note = &g_array_index(merged->notes, struct report_note, known - 1);
	const char *word = check_verdict_word(&entry->report, index);
	bool same = strcmp(word, check_verdict_word(&shown->entry->report, shown->index)) == 0;

	g_ptr_array_add(merged->names->pdata[known - 1],
			same ? g_strdup(entry->build->name)
			     : g_strdup_printf("%s (%s)", entry->build->name, word));
	/* A finding is accepted only if each configuration with the finding accepts the finding. */
	if (!check_note(&entry->report, index)->accepted)
		note->accepted = NULL;
}

static void visit(struct merged *merged, const GPtrArray *entries,
		  void (*each)(struct merged *merged, const struct entry *entry,
			       unsigned int index))
{
	for (guint e = 0; e < entries->len; e++) {
		const struct entry *entry = entries->pdata[e];

		for (guint i = 0; entry->series && i < entry->report.findings->len; i++)
			each(merged, entry, i);
	}
}

static void merge(struct merged *merged, const GPtrArray *entries)
{
	visit(merged, entries, keep);
	for (guint i = 0; i < merged->from->len; i++) {
		const struct shown *place = &g_array_index(merged->from, struct shown, i);

		g_ptr_array_add(merged->findings,
				place->entry->report.findings->pdata[place->index]);
		g_array_append_val(merged->notes, place->entry->report.notes[place->index]);
	}
	visit(merged, entries, add_name);
	for (guint i = 0; i < merged->from->len; i++) {
		GPtrArray *names = merged->names->pdata[i];

		g_ptr_array_add(names, NULL);
		g_array_index(merged->notes, struct report_note, i).configurations =
			(const char *const *)names->pdata;
	}
}

/* Fills the names of all configurations, and why the analysis is partial. Returns true if it is. */
static bool add_coverage(struct merged *merged, const GPtrArray *entries)
{
	bool incomplete = false;

	for (guint e = 0; e < entries->len; e++) {
		const struct entry *entry = entries->pdata[e];
		const char *const *reason = entry->series ? entry->report.partial : NULL;

		g_ptr_array_add(merged->all_names, entry->build->name);
		if (!entry->series)
			g_ptr_array_add(merged->partial, g_strdup_printf("%s: could not be judged",
									 entry->build->name));
		for (; reason && *reason; reason++)
			g_ptr_array_add(merged->partial,
					g_strdup_printf("%s: %s", entry->build->name, *reason));
		incomplete |= !entry->series || entry->report.incomplete;
	}
	g_ptr_array_add(merged->all_names, NULL);
	g_ptr_array_add(merged->partial, NULL);
	return incomplete;
}

static void print_text(const GPtrArray *entries, const struct check_report *all)
{
	unsigned int n_judged = 0, n_failures = 0;

	for (guint e = 0; e < entries->len; e++) {
		const struct entry *entry = entries->pdata[e];

		if (!entry->series)
			continue;
		term_print(stdout, TERM_BOLD, "Configuration %s\n", entry->build->name);
		series_print_text(entry->series, all->all);
		n_judged++;
	}
	for (guint i = 0; i < all->findings->len; i++)
		n_failures += check_is_failure(all, i);
	term_print(stdout, TERM_BOLD, "%u of %u configurations", n_judged, entries->len);
	printf(": %u finding%s that fail%s\n", n_failures, n_failures == 1 ? "" : "s",
	       n_failures == 1 ? "s" : "");
}

static int report(const GPtrArray *entries, const struct series_request *request,
		  const struct common_options *common)
{
	struct merged merged = {
		.findings = g_ptr_array_new(),
		.notes = g_array_new(TRUE, FALSE, sizeof(struct report_note)),
		.from = g_array_new(FALSE, FALSE, sizeof(struct shown)),
		.names = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref),
		.index_of = g_hash_table_new(g_str_hash, g_str_equal),
		.all_names = g_ptr_array_new(),
		.partial = g_ptr_array_new_with_free_func(g_free),
	};
	struct check_report all = series_empty_report(request, common->tree, NULL);
	int status;

	merge(&merged, entries);
	all.incomplete = add_coverage(&merged, entries);
	for (guint e = 0; e < entries->len && !all.rules; e++) {
		const struct entry *entry = entries->pdata[e];

		all.rules = entry->report.rules;
		all.version = entry->report.version;
	}
	all.findings = merged.findings;
	all.notes = (const struct report_note *)merged.notes->data;
	all.configurations = (const char *const *)merged.all_names->pdata;
	all.partial = (const char *const *)merged.partial->pdata;
	check_report_count(&all);
	if (request->check->is_text)
		print_text(entries, &all);
	else
		request->check->print(&all);
	status = check_report_status(&all);
	g_ptr_array_unref(merged.findings);
	g_array_unref(merged.notes);
	g_array_unref(merged.from);
	g_ptr_array_unref(merged.names);
	g_hash_table_unref(merged.index_of);
	g_ptr_array_unref(merged.all_names);
	g_ptr_array_unref(merged.partial);
	return status;
}

/* Judges the series in all @builds, with request->indexer. Returns an enum exit_status. */
static int judge_all(const GPtrArray *builds, const struct series_request *request,
		     const struct common_options *common)
{
	const volatile int *cancel = interrupt_catch();
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(entry_free);
	int status = EXIT_CLEAN;
	unsigned int n = 0;

	for (guint i = 0; i < builds->len; i++) {
		struct entry *entry = entry_new(builds->pdata[i], request, common);

		g_ptr_array_add(entries, entry);
		n += entry->series != NULL;
		if (!entry->series && status == EXIT_CLEAN)
			status = entry->status;
		if (*cancel)
			return EXIT_INCOMPLETE;
	}
	return n ? report(entries, request, common) : status;
}

int series_matrix(const char *path, const struct series_request *request,
		  const struct common_options *common)
{
	struct series_request own = *request;
	g_autoptr(GPtrArray) builds = NULL;
	GError *error = NULL;
	int status;

	/* matrix_builds() starts threads, and a process with threads must not fork an index process. */
	own.indexer = index_process_start(interrupt_catch(), &error);
	if (own.indexer)
		builds = matrix_builds(path, common, request->jobs, &error);
	status = builds ? judge_all(builds, &own, common) : command_fail("series", error);
	index_process_end(own.indexer);
	return status;
}
