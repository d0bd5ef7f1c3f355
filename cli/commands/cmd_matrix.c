// SPDX-License-Identifier: GPL-2.0-only
/* The command "initlint matrix": the steps of "check --matrix", for several machines. */
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/matrix/matrix.h"
#include "db/error.h"

static const char summary[] =
	"Checks the configurations of a matrix in steps, on several machines.";
static const char description[] =
	"All machines share BUILD. `plan` lists the rows of the matrix: "
	"number, name, and done, failed\n"
	"or missing. `run ROW` prepares and indexes one row, given by "
	"its number or name. It may run\n"
	"for several rows at once. `merge` judges the rows that are "
	"done, and prints one report. Run\n"
	"again only what `plan --missing` lists.\n"
	"\n"
	"Exit status: of plan and run: 0, 2 for a bad matrix file, 3 if the row cannot be read. "
	"Of\n"
	"merge: that of check. If there is no finding, it is 3 if a row is missing or has failed.";

struct matrix_options {
	struct check_options check;
	char *matrix;
	gboolean missing;
	int jobs;
};

static int run(const struct matrix_options *options, char **arguments, int n,
	       const struct common_options *common)
{
	if (n == 1 && strcmp(arguments[0], "plan") == 0)
		return matrix_plan(options->matrix, options->missing, common);
	if (n == 2 && strcmp(arguments[0], "run") == 0)
		return matrix_run(options->matrix, arguments[1], (unsigned int)options->jobs,
				  common);
	if (n == 1 && strcmp(arguments[0], "merge") == 0)
		return matrix_merge(options->matrix, &options->check, common);
	return command_fail("matrix", g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
						  "command line: expected plan, run ROW or merge"));
}

int cmd_matrix(int argc, char **argv)
{
	struct matrix_options options = { 0 };
	struct common_options common = { 0 };
	const GOptionEntry entries[] = {
		{ "matrix", 0, 0, G_OPTION_ARG_FILENAME, &options.matrix,
		  "The matrix file (docs/matrix.md)", "FILE" },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs,
		  "run: processes (default: one for each processor)", "N" },
		{ "missing", 0, 0, G_OPTION_ARG_NONE, &options.missing,
		  "plan: list only the rows that are not done", NULL },
		{ 0 },
	};
	g_autoptr(GArray) all = check_option_entries(&options.check, entries);
	int status = command_parse(&argc, &argv, "plan|run ROW|merge", summary, description,
				   (const GOptionEntry *)all->data, &common);
	GError *error = NULL;

	if (status < 0 && (!options.matrix || !common.build_given))
		error = g_error_new(
			INITLINT_ERROR, INITLINT_ERROR_USAGE,
			"command line: expected --matrix=FILE, and -o with a directory to "
			"build in");
	if (status < 0 && !error && options.jobs < 0)
		error = g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "command line: -j: expected a number of at least 0");
	if (status < 0 && !error && check_options_take(&options.check, &error) &&
	    check_options_refuse_boards(&options.check, &error))
		status = run(&options, argv + 1, argc - 1, &common);
	if (error)
		status = command_fail("matrix", error);
	check_options_clear(&options.check);
	g_free(options.matrix);
	common_options_clear(&common);
	return status;
}
