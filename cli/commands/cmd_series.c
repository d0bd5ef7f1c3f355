// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command "initlint series": reports how each patch of a series changes the initcall order and
 * the findings.
 */
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/report/check_option.h"
#include "cli/judge/db_match.h"
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
	char *matrix;
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
		{ "matrix", 0, 0, G_OPTION_ARG_FILENAME, &options->matrix,
		  "Judge the patches in every configuration that FILE lists (docs/matrix.md)",
		  "FILE" },
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
	if (!error && options->matrix && !common->build_given)
		error = g_error_new(
			INITLINT_ERROR, INITLINT_ERROR_USAGE,
			"command line: --matrix: expected -o with a directory to build in");
	if (!error && check_options_take(&options->check, &error) &&
	    check_options_refuse_boards(&options->check, &error))
		return -1;
	return command_fail("series", error);
}

static int run(const struct series_options *options, const struct common_options *common)
{
	const struct series_request request = {
		.check = &options->check,
		.git = options->git,
		.files = options->files,
		.jobs = (unsigned int)options->jobs,
		.timeout_s = (unsigned int)options->timeout_s,
		.max_fuzz = (unsigned int)options->fuzz,
		.every_patch = options->every_patch,
	};
	GError *error = NULL;
	g_autoptr(query) query = NULL;
	struct series *series;
	int status;

	if (options->matrix)
		return series_matrix(options->matrix, &request, common);
	query = query_open(common->db, &error);
	/*
	 * An outdated database is no error: series_run() first brings a copy of the database up to
	 * date. But the copy keeps the architecture of the database. So this architecture must be
	 * the architecture that the user named.
	 */
	if (query && !db_is_of_arch(query, common, "series"))
		return EXIT_BAD_USAGE;
	series = query ? series_judge(&request, common, &error) : NULL;
	if (!series)
		return command_fail("series", error);
	status = series_report(series, &request);
	series_free(series);
	return status;
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
	g_free(options.matrix);
	common_options_clear(&common);
	return status;
}
