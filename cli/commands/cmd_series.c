// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command "initlint series": reports how each patch of a series changes the initcall order and
 * the findings.
 */
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/judge/analysis.h"
#include "cli/judge/baseline.h"
#include "cli/report/check_option.h"
#include "cli/judge/db_match.h"
#include "cli/base/interrupt.h"
#include "cli/series/series.h"
#include "db/error.h"

static const char summary[] = "Reports what each patch of a series breaks or fixes.";
static const char description[] =
	"MBOX is a mailbox as b4 am or lore.kernel.org writes it, or a plain patch. With --git,\n"
	"the patches are commits of the tree's git repository. Run initlint index on the tree\n"
	"first. The tree is not written to, nothing from a patch is executed, and only the files\n"
	"that a patch affects are read.\n"
	"\n"
	"Exit status: 0 the series adds no finding at or above --fail-on, 1 it adds one, 2 usage,\n"
	"or a patch that cannot be read, does not apply or leaves Makefiles that cannot be\n"
	"evaluated, 3 a patch makes the analysis incomplete.";

struct series_options {
	struct check_options check;
	char *git;
	int jobs;
	int timeout_s;
	int fuzz;
	gboolean every_patch;
	char **files; /* the arguments MBOX...; points into common.argv */
};

static int parse(int *argc, char ***argv, struct series_options *options,
		 struct common_options *common)
{
	const GOptionEntry entries[] = {
		{ "git", 0, 0, G_OPTION_ARG_STRING, &options->git,
		  "Read the commits A..B of the tree's git repository instead of mailboxes",
		  "RANGE" },
		{ "fuzz", 0, 0, G_OPTION_ARG_INT, &options->fuzz,
		  "Lines of context that may differ at the ends of a hunk (default: 0)", "N" },
		{ "every-patch", 0, 0, G_OPTION_ARG_NONE, &options->every_patch,
		  "Also fail on findings that a later patch of the series resolves", NULL },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &options->jobs,
		  "Worker processes (default: one for each processor)", "N" },
		{ "timeout", 0, 0, G_OPTION_ARG_INT, &options->timeout_s,
		  "Time limit for one file (default: 60)", "SECONDS" },
		{ 0 },
	};
	g_autoptr(GArray) all = check_option_entries(&options->check, entries);
	int status = command_parse(argc, argv, "[MBOX...]", summary, description,
				   (const GOptionEntry *)all->data, common);
	GError *error = NULL;

	if (status >= 0)
		return status;
	options->files = *argv + 1;
	if (!options->git == (*argc < 2))
		error = g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "command line: expected mailboxes or patches, or --git=RANGE");
	else if (options->jobs < 0 || options->timeout_s < 0 || options->fuzz < 0)
		error = g_error_new(
			INITLINT_ERROR, INITLINT_ERROR_USAGE,
			"command line: -j, --timeout and --fuzz: expected a number of at least 0");
	if (!error && check_options_take(&options->check, &error) &&
	    check_options_refuse_boards(&options->check, &error))
		return -1;
	return command_fail("series", error);
}

static int report(const struct series *series, const struct series_options *options)
{
	const struct check_options *check = &options->check;
	struct check_report report = {
		.command = "series",
		.rules = series->judging.rules,
		.compared = true,
		.fail_on_passing = options->every_patch,
		.threshold = check->threshold,
		.all = check->all,
		.tree = series->common->tree,
	};
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

static bool read_and_run(struct series *series, const struct series_options *options,
			 GError **error)
{
	if (!judging_load(&series->judging, &options->check, error))
		return false;
	if (options->git ? !series_read_git(series, options->git, error)
			 : !series_read_files(series, options->files, error))
		return false;
	return series_apply_all(series, error) && series_run(series, error);
}

static int run(const struct series_options *options, const struct common_options *common)
{
	GError *error = NULL;
	g_autoptr(query) query = query_open(common->db, &error);
	struct series *series;
	int status = -1;

	/*
	 * An outdated database is no error: series_run() first brings a copy of the database up to
	 * date. But the copy keeps the architecture of the database. So this architecture must be
	 * the architecture that the user named.
	 */
	if (query && !db_is_of_arch(query, common, "series"))
		return EXIT_BAD_USAGE;
	series = query ? series_new(common, &error) : NULL;
	if (!series)
		return command_fail("series", error);
	series->jobs = options->jobs ? (unsigned int)options->jobs : g_get_num_processors();
	series->timeout_s = (unsigned int)options->timeout_s;
	series->max_fuzz = (unsigned int)options->fuzz;
	series->cancel = interrupt_catch();
	series->query = g_steal_pointer(&query);
	series->progress = progress_new();
	if (read_and_run(series, options, &error)) {
		g_clear_pointer(&series->progress, progress_free);
		status = report(series, options);
	}
	g_clear_pointer(&series->progress, progress_free);
	series_free(series);
	return status < 0 ? command_fail("series", error) : status;
}

int cmd_series(int argc, char **argv)
{
	struct series_options options = { 0 };
	struct common_options common = { 0 };
	int status = parse(&argc, &argv, &options, &common);

	if (status < 0)
		status = run(&options, &common);
	check_options_clear(&options.check);
	g_free(options.git);
	common_options_clear(&common);
	return status;
}
