// SPDX-License-Identifier: GPL-2.0-only
/* Judges a series on one database, and prints the report. */
#include "cli/series/series.h"

#include "cli/base/interrupt.h"
#include "cli/base/term.h"
#include "cli/report/check_report.h"
#include "cli/series/series_text.h"

static bool read_and_run(struct series *series, const struct series_request *request,
			 GError **error)
{
	if (!judging_load(&series->judging, request->check, error))
		return false;
	if (request->git ? !series_read_git(series, request->git, error)
			 : !series_read_files(series, request->files, error))
		return false;
	return series_apply_all(series, error) && series_run(series, error);
}

struct series *series_judge(const struct series_request *request,
			    const struct common_options *common, GError **error)
{
	g_autoptr(query) query = query_open(common->db, error);
	struct series *series = query ? series_new(common, error) : NULL;
	bool done;

	if (!series)
		return NULL;
	series->jobs = request->jobs ? request->jobs : g_get_num_processors();
	series->timeout_s = request->timeout_s;
	series->max_fuzz = request->max_fuzz;
	series->indexer = request->indexer;
	series->cancel = interrupt_catch();
	series->query = g_steal_pointer(&query);
	series->progress = progress_new();
	done = read_and_run(series, request, error);
	g_clear_pointer(&series->progress, progress_free);
	if (done)
		return series;
	series_free(series);
	return NULL;
}

struct check_report series_empty_report(const struct series_request *request, const char *tree,
					const GPtrArray *rules)
{
	return (struct check_report){
		.command = "series",
		.rules = rules,
		.compared = true,
		.fail_on_passing = request->every_patch,
		.threshold = request->check->threshold,
		.all = request->check->all,
		.tree = tree,
	};
}

int series_report(const struct series *series, const struct series_request *request)
{
	const struct check_options *check = request->check;
	struct check_report report =
		series_empty_report(request, series->common->tree, series->judging.rules);
	struct series_notes *notes = series_notes_new(series, check->all, &report);
	int status;

	if (check->configuration)
		report.configuration = check->configuration;
	check_report_count(&report);
	if (check->is_text)
		series_print_text(series, check->all);
	else
		check->print(&report);
	status = check_report_status(&report);
	series_notes_free(notes);
	return status;
}
