// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/read/worker_job_internal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The time limit of a job, as a multiple of worker_timeout_s(). A job reads many headers. If some
 * headers have errors, the job leaves these headers out and reads all the others again.
 */
#define UNITS_A_JOB 10

struct running {
	struct worker_job *job; /* the job that runs in this slot; NULL: the slot is free */
	pid_t pid;
	int fd;
	gint64 deadline;
	GString *text;
};

struct jobs {
	const struct worker_context *context;
	worker_function main;
	struct running *running;
	unsigned int n_running; /* number of elements of @running */
	struct extract_stats *stats;
};

static bool start_job(struct jobs *jobs, struct running *running, struct worker_job *job,
		      GError **error)
{
	g_autofree int *close_fds = g_new(int, jobs->n_running + 1);
	gint64 limit_s = (gint64)UNITS_A_JOB * worker_timeout_s(jobs->context);
	unsigned int n = 0;

	for (unsigned int i = 0; i < jobs->n_running; i++)
		if (jobs->running[i].job)
			close_fds[n++] = jobs->running[i].fd;
	close_fds[n] = -1;
	running->pid =
		worker_fork(jobs->context, jobs->main, job->data, true, close_fds, &running->fd);
	if (running->pid < 0)
		return worker_cannot_start(error);
	running->job = job;
	running->deadline = g_get_monotonic_time() + limit_s * G_USEC_PER_SEC;
	running->text = g_string_new(NULL);
	return true;
}

static void end_job(struct jobs *jobs, struct running *running, bool kill_it)
{
	struct worker_job *job = running->job;
	int status;

	if (kill_it)
		kill(running->pid, SIGKILL);
	close(running->fd);
	status = worker_reap(running->pid, jobs->stats);
	job->crashed = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	job->message = g_string_free(running->text, running->text->len == 0);
	running->job = NULL;
}

/* Reads output of the job. Returns true at the end of the output, or on a read error. */
static bool receive(struct running *running)
{
	char buffer[4096];
	ssize_t n = read(running->fd, buffer, sizeof(buffer));

	if (n > 0)
		g_string_append_len(running->text, buffer, n);
	return n == 0 || (n < 0 && errno != EINTR);
}

/*
 * Waits at most WORKER_TICK_MS for output of the jobs. Kills each job whose deadline has passed.
 * Returns true if at least one job has ended.
 */
static bool wait_for_jobs(struct jobs *jobs, struct pollfd *fds)
{
	bool ended = false;

	for (unsigned int i = 0; i < jobs->n_running; i++)
		fds[i] = (struct pollfd){ jobs->running[i].job ? jobs->running[i].fd : -1, POLLIN,
					  0 };
	(void)poll(fds, jobs->n_running, WORKER_TICK_MS);
	for (unsigned int i = 0; i < jobs->n_running; i++) {
		struct running *running = &jobs->running[i];
		bool late = running->job && g_get_monotonic_time() > running->deadline;

		if (running->job && (late || (fds[i].revents > 0 && receive(running)))) {
			end_job(jobs, running, late);
			ended = true;
		}
	}
	return ended;
}

bool worker_run_jobs(const struct worker_context *context, worker_function main,
		     struct worker_job *list, unsigned int n, const char *what,
		     struct extract_stats *stats, GError **error)
{
	unsigned int n_running = CLAMP(n, 1, MAX(context->options->jobs, 1));
	g_autofree struct running *running = g_new0(struct running, n_running);
	g_autofree struct pollfd *fds = g_new0(struct pollfd, n_running);
	struct jobs jobs = { context, main, running, n_running, stats };
	unsigned int started = 0, done = 0;
	bool ok = true;

	while (ok && done < n) {
		for (unsigned int i = 0; i < n_running && started < n && ok; i++)
			if (!running[i].job)
				ok = start_job(&jobs, &running[i], &list[started++], error);
		worker_progress(context, 0, 0, what);
		if (wait_for_jobs(&jobs, fds)) {
			done = started;
			for (unsigned int i = 0; i < n_running; i++)
				done -= running[i].job != NULL;
		}
		ok = ok && !worker_is_cancelled(context, error);
	}
	for (unsigned int i = 0; i < n_running; i++)
		if (running[i].job)
			end_job(&jobs, &running[i], true);
	return ok;
}
