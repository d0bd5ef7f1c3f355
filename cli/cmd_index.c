// SPDX-License-Identifier: GPL-2.0-only
#include <signal.h>
#include <string.h>
#include <time.h>

#include "cli/index_job.h"
#include "db/error.h"

static const char summary[] = "Reads a kernel tree into the database.";
static const char description[] =
	"Only what has changed since the last index is read again: files with another content,\n"
	"files that include them, files that are compiled with other flags. The database is\n"
	"replaced as a whole when all is done; until then, and if anything goes wrong, the old\n"
	"one stays. Nothing of the tree is executed; the build directory must have been prepared.";

/* Set by a signal: there is no other way to tell the main program. */
static volatile int cancel;
static volatile time_t cancel_s;

/* timeout(1) sends its signal to the process and to its group: twice at once, meant once. */
#define PATIENCE_S 2

/* Another signal later on kills, in case that the first is not soon heard. */
static void on_signal(int number)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (cancel && now.tv_sec - cancel_s >= PATIENCE_S) {
		signal(number, SIG_DFL);
		raise(number);
	}
	if (!cancel)
		cancel_s = now.tv_sec;
	cancel = 1;
}

/*
 * A signal that was ignored when we were started stays so: nohup asks for that, and a
 * shell without job control, whose "command &" Ctrl-C is not meant for.
 */
static void catch_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal };
	struct sigaction old;

	sigemptyset(&action.sa_mask);
	for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
		sigaddset(&action.sa_mask, numbers[i]);
	for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	/* A file that may not grow is an error to report, as is a full disk. */
	signal(SIGXFSZ, SIG_IGN);
}

static int fail(const struct index_job *job, GError *error)
{
	const char *db = job->options->common.db;
	bool exists = g_file_test(db, G_FILE_TEST_EXISTS);
	GError *whole = NULL;

	if (error->domain != INITLINT_ERROR || error->code != INITLINT_ERROR_FAILED)
		return command_fail("index", error);
	whole = g_error_new(INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s; %s%s",
			    cancel ? "interrupted" : error->message, db,
			    exists ? " is as it was" : " has not been made");
	g_error_free(error);
	return command_fail("index", whole);
}

static int run(const struct index_options *options)
{
	struct index_job job = {
		.options = options,
		.jobs = options->jobs > 0 ? (unsigned int)options->jobs : g_get_num_processors(),
		.cancel = &cancel,
		.progress = progress_new(),
		.start_us = g_get_monotonic_time(),
		/* The kernel's clock for files lags by a tick. */
		.start_ns = (g_get_real_time() - 10000) * 1000,
	};
	GError *error = NULL;
	int status;

	catch_signals();
	if (index_walk(&job, &error) && index_run(&job, &error)) {
		g_clear_pointer(&job.progress, progress_free);
		status = index_report(&job);
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
