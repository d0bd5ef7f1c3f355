// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/index/index_job.h"
#include "cli/base/interrupt.h"
#include "db/error.h"

static const char summary[] = "Reads a kernel tree into the database.";
static const char description[] =
	"Only what has changed since the last index is read again: files with another content,\n"
	"files that include them, files that are compiled with other flags. The database is\n"
	"replaced as a whole when all is done; until then, and if anything goes wrong, the old\n"
	"one stays. Nothing of the tree is executed; the build directory must have been prepared.";

static int fail(const struct index_job *job, GError *error)
{
	const char *db = job->options->common.db;
	bool exists = g_file_test(db, G_FILE_TEST_EXISTS);
	GError *whole = NULL;

	if (error->domain != INITLINT_ERROR || error->code != INITLINT_ERROR_FAILED)
		return command_fail("index", error);
	whole = g_error_new(INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s; %s%s",
			    *job->cancel ? "interrupted" : error->message, db,
			    exists ? " is as it was" : " has not been made");
	g_error_free(error);
	return command_fail("index", whole);
}

static int run(const struct index_options *options)
{
	struct index_job job = {
		.options = options,
		.jobs = options->jobs > 0 ? (unsigned int)options->jobs : g_get_num_processors(),
		.cancel = interrupt_catch(),
		.progress = progress_new(),
		.start_us = g_get_monotonic_time(),
		/* The kernel's clock for files lags by a tick. */
		.start_ns = (g_get_real_time() - 10000) * 1000,
	};
	GError *error = NULL;
	int status;

	if (index_walk(&job, &error) && index_run(&job, &error)) {
		g_clear_pointer(&job.progress, progress_free);
		status = options->quiet ? EXIT_CLEAN : index_report(&job);
	} else {
		g_clear_pointer(&job.progress, progress_free);
		status = fail(&job, error);
	}
	index_job_clear(&job);
	return status;
}

int cmd_index(int argc, char **argv)
{
	struct index_options options = { 0 };
	const GOptionEntry entries[] = {
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs,
		  "Worker processes (default: one for each processor)", "N" },
		{ "full", 0, 0, G_OPTION_ARG_NONE, &options.full, "Read everything again", NULL },
		{ "quiet", 0, 0, G_OPTION_ARG_NONE, &options.quiet,
		  "Tell errors only; status 0 if the database holds all that could be read", NULL },
		{ "temporary", 0, 0, G_OPTION_ARG_NONE, &options.temporary,
		  "The database need not outlive the system: do not wait for the disk, nor look "
		  "for damage in the old one first",
		  NULL },
		{ "modules", 0, 0, G_OPTION_ARG_NONE, &options.modules,
		  "Read the sources of loadable modules too", NULL },
		{ "timeout", 0, 0, G_OPTION_ARG_INT, &options.timeout_s,
		  "Time for one file (default: 60)", "SECONDS" },
		{ "config", 0, 0, G_OPTION_ARG_FILENAME, &options.config,
		  "Configuration (default: the one that the build directory was prepared with)",
		  "FILE" },
		{ 0 },
	};
	int status =
		command_parse(&argc, &argv, NULL, summary, description, entries, &options.common);

	if (status >= 0)
		return status;
	if (options.jobs < 0 || options.timeout_s < 0)
		status =
			command_fail("index", g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
							  "command line: %s: a number from 1 on is "
							  "expected (0: the default)",
							  options.jobs < 0 ? "-j" : "--timeout"));
	else
		status = run(&options);
	common_options_clear(&options.common);
	g_free(options.config);
	return status;
}
