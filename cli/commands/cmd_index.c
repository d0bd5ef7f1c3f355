// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <sys/stat.h>

#include "analyzer/base/confine.h"
#include "cli/commands/commands.h"
#include "cli/commands/index_report_internal.h"
#include "cli/base/term.h"
#include "cli/base/interrupt.h"
#include "db/error.h"

static const char summary[] = "Reads a kernel tree into the database.";
static const char description[] =
	"Reads again only the sources that have changed since the last index: the content of a\n"
	"source or of a header that it includes has changed, or its compiler flags have. Replaces\n"
	"the database at the end. If anything fails, the old database stays. Executes nothing "
	"from\n"
	"the tree. The build directory must have been prepared.";

struct arguments {
	struct common_options common;
	char *config;
	int jobs;
	int timeout_s;
	gboolean full;
	gboolean modules;
	gboolean quiet;
	gboolean temporary;
	guint64 old_db; /* the inode of the database before the run; 0: there is none */
};

static guint64 inode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (guint64)st.st_ino : 0;
}

/*
 * Prints the message of @error, frees @error and returns the exit status. Two things are different
 * if the code of @error is INITLINT_ERROR_FAILED:
 * - If @interrupted is true, prints "interrupted" instead of the message of @error.
 * - Also prints whether the old database, the new database or none is there.
 */
static int fail(const struct arguments *arguments, bool interrupted, GError *error)
{
	const char *db = arguments->common.db;
	guint64 now = inode_of(db);
	GError *report = NULL;

	if (error->domain != INITLINT_ERROR || error->code != INITLINT_ERROR_FAILED)
		return command_fail("index", error);
	report = g_error_new(INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s; %s%s",
			     interrupted ? "interrupted" : error->message, db,
			     !now			? " was not created"
			     : now == arguments->old_db ? " is unchanged"
							: " is complete and up to date");
	g_error_free(error);
	return command_fail("index", report);
}

static void warn(G_GNUC_UNUSED void *data, const char *message)
{
	command_warn("index", "%s", message);
}

static void warn_of_confinement(const struct common_options *common)
{
	const char *lacks = confine_lacks();

	if (lacks && common->verbose)
		command_warn("index",
			     "this kernel has no %s: the processes that read sources can reach "
			     "more than the tree",
			     lacks);
}

static int run(const struct arguments *arguments)
{
	const struct common_options *common = &arguments->common;
	const struct index_options options = {
		.tree = common->tree,
		.build = common->build,
		.db = common->db,
		.arch = common->arch,
		.config = arguments->config,
		.build_given = common->build_given,
		.jobs = (unsigned int)arguments->jobs,
		.timeout_s = (unsigned int)arguments->timeout_s,
		.full = arguments->full,
		.modules = arguments->modules,
		.temporary = arguments->temporary,
		.changes_expected = arguments->quiet,
		.cancel = interrupt_catch(),
	};
	struct progress *progress = progress_new();
	const struct index_callbacks callbacks = { progress, progress_update, warn };
	struct index_report report = { .common = common, .start_us = g_get_monotonic_time() };
	struct index *index = index_new(&options, &callbacks);
	GError *error = NULL;
	bool done = index_run(index, &error);
	int status;

	warn_of_confinement(common);
	progress_free(progress);
	report.summary = index_summary(index);
	if (!done)
		status = fail(arguments, *options.cancel, error);
	else
		status = arguments->quiet ? EXIT_CLEAN : index_report_print(&report);
	index_free(index);
	return status;
}

int cmd_index(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	const GOptionEntry entries[] = {
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &arguments.jobs,
		  "Worker processes (default: one for each processor)", "N" },
		{ "full", 0, 0, G_OPTION_ARG_NONE, &arguments.full, "Read everything again", NULL },
		{ "quiet", 0, 0, G_OPTION_ARG_NONE, &arguments.quiet,
		  "Print only errors; exit with 0 also if some sources cannot be read", NULL },
		{ "temporary", 0, 0, G_OPTION_ARG_NONE, &arguments.temporary,
		  "The database may be lost in a system crash: do not wait for the disk, and do "
		  "not check the old database for damage",
		  NULL },
		{ "modules", 0, 0, G_OPTION_ARG_NONE, &arguments.modules,
		  "Read the sources of loadable modules too", NULL },
		{ "timeout", 0, 0, G_OPTION_ARG_INT, &arguments.timeout_s,
		  "Time limit for one source (default: 60)", "SECONDS" },
		{ "config", 0, 0, G_OPTION_ARG_FILENAME, &arguments.config,
		  "Configuration (default: the one that the build directory was prepared with)",
		  "FILE" },
		{ 0 },
	};
	int status =
		command_parse(&argc, &argv, NULL, summary, description, entries, &arguments.common);

	if (status >= 0)
		return status;
	if (arguments.jobs < 0 || arguments.timeout_s < 0) {
		status =
			command_fail("index", g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
							  "command line: %s: a number from 1 on is "
							  "expected (0: the default)",
							  arguments.jobs < 0 ? "-j" : "--timeout"));
	} else {
		arguments.old_db = inode_of(arguments.common.db);
		status = run(&arguments);
	}
	common_options_clear(&arguments.common);
	g_free(arguments.config);
	return status;
}
