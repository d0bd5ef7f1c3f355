// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/index/index_process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analyzer/index/index_message_internal.h"
#include "db/error.h"

/* How often both processes check whether the run is cancelled. */
#define TICK_MS 100

#define WAIT_FOR_THREADS_MS 2000

struct index_process {
	pid_t pid;  /* 0: the process has ended */
	int status; /* if @pid is 0: the status that wait() returned */
	int fd;
	const volatile int *cancel;
};

/* --- in the separate process --- */

static void send_progress(void *data, unsigned int done, unsigned int total, const char *what)
{
	struct index_message message = { .kind = MESSAGE_PROGRESS };

	message.numbers[0] = done;
	message.numbers[1] = total;
	message.texts[0] = what;
	index_message_send(*(int *)data, &message);
}

static void send_text(int fd, enum message_kind kind, unsigned int code, const char *text)
{
	struct index_message message = { .kind = kind };

	message.numbers[0] = code;
	message.texts[0] = text;
	index_message_send(fd, &message);
}

static void send_warning(void *data, const char *text)
{
	send_text(*(int *)data, MESSAGE_WARNING, 0, text);
}

static void serve_request(int fd, const struct index_message *request, const volatile int *cancel)
{
	struct index_options options = index_message_options(request);
	const struct index_callbacks callbacks = { &fd, send_progress, send_warning };
	struct index *index;
	GError *error = NULL;
	int code;

	options.cancel = cancel;
	index = index_new(&options, &callbacks);
	if (index_run(index, &error)) {
		send_text(fd, MESSAGE_DONE, 0, NULL);
	} else {
		code = error->domain == INITLINT_ERROR ? error->code : INITLINT_ERROR_FAILED;
		send_text(fd, MESSAGE_ERROR, (unsigned int)code, error->message);
		g_error_free(error);
	}
	index_free(index);
}

/* Returns false if the run is cancelled before a request comes. */
static bool wait_for_request(int fd, const volatile int *cancel)
{
	struct pollfd requests = { .fd = fd, .events = POLLIN };

	while (!*cancel)
		if (poll(&requests, 1, TICK_MS) > 0)
			return true;
	return false;
}

static void G_NORETURN serve(int fd, pid_t parent, const volatile int *cancel)
{
	struct index_message request;

	/* A new database replaces the old one in one step, so this process may die at any time. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	while (wait_for_request(fd, cancel) && index_message_receive(fd, &request)) {
		serve_request(fd, &request, cancel);
		index_message_clear(&request);
	}
	_exit(0);
}

/* --- in the parent --- */

static unsigned int count_threads(void)
{
	GDir *tasks = g_dir_open("/proc/self/task", 0, NULL);
	unsigned int n = 0;

	while (tasks && g_dir_read_name(tasks))
		n++;
	if (tasks)
		g_dir_close(tasks);
	return n;
}

/*
 * Aborts if the program has more than one thread. fork() copies locks that other threads hold. In
 * the child, no thread releases these locks. Threads of pools that have nothing to do any more may
 * take up to WAIT_FOR_THREADS_MS to end.
 */
static void check_single_thread(void)
{
	unsigned int n;

	for (unsigned int ms = 0; (n = count_threads()) > 1 && ms < WAIT_FOR_THREADS_MS; ms++) {
		g_thread_pool_stop_unused_threads();
		g_usleep(1000);
	}
	if (n > 1)
		g_error("index_process_start: the program has %u threads, expected 1", n);
}

struct index_process *index_process_start(const volatile int *cancel, GError **error)
{
	struct index_process *process = g_new0(struct index_process, 1);
	pid_t parent = getpid();
	int fds[2] = { -1, -1 };

	check_single_thread();
	process->cancel = cancel;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0)
		process->pid = fork();
	else
		process->pid = -1;
	if (process->pid == 0) {
		close(fds[0]);
		serve(fds[1], parent, cancel);
	}
	close(fds[1]);
	process->fd = fds[0];
	if (process->pid > 0)
		return process;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
		    "a process for the index cannot be started: %s", g_strerror(errno));
	close(fds[0]);
	g_free(process);
	return NULL;
}

static void reap(struct index_process *process)
{
	while (waitpid(process->pid, &process->status, 0) < 0 && errno == EINTR)
		;
	process->pid = 0;
}

static bool fail_died(struct index_process *process, GError **error)
{
	g_autofree char *detail = NULL;

	if (process->pid)
		reap(process);
	if (WIFSIGNALED(process->status))
		detail = g_strdup_printf(" (signal %d)", WTERMSIG(process->status));
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
		    "the process that ran the index has died%s", detail ? detail : "");
	return false;
}

/*
 * Waits for a message from the separate process. If the run is cancelled, sends SIGTERM to the
 * separate process, so that the run ends.
 */
static void wait_for_message(const struct index_process *process)
{
	struct pollfd fd = { .fd = process->fd, .events = POLLIN };
	bool is_signalled = false;

	while (poll(&fd, 1, TICK_MS) <= 0) {
		if (process->cancel && *process->cancel && !is_signalled) {
			kill(process->pid, SIGTERM);
			is_signalled = true;
		}
	}
}

/*
 * Handles a message. Returns true if the run has ended. Then sets *@ok to true if the run has
 * succeeded. If the run has failed, sets *@ok to false, and sets @error.
 */
static bool take_message(const struct index_message *message,
			 const struct index_callbacks *callbacks, bool *ok, GError **error)
{
	const char *text = message->texts[0] ? message->texts[0] : "";

	switch (message->kind) {
	case MESSAGE_PROGRESS:
		if (callbacks->progress)
			callbacks->progress(callbacks->data, message->numbers[0],
					    message->numbers[1], text);
		return false;
	case MESSAGE_WARNING:
		if (callbacks->warn)
			callbacks->warn(callbacks->data, text);
		return false;
	case MESSAGE_ERROR:
		*ok = false;
		g_set_error_literal(error, INITLINT_ERROR, (gint)message->numbers[0], text);
		return true;
	default:
		*ok = true;
		return true;
	}
}

bool index_process_run(struct index_process *process, const struct index_options *options,
		       const struct index_callbacks *callbacks, GError **error)
{
	struct index_message request = index_message_request(options);
	struct index_message message;
	bool ok = false, ended = false;

	if (!process->pid || !index_message_send(process->fd, &request))
		return fail_died(process, error);
	while (!ended) {
		wait_for_message(process);
		if (!index_message_receive(process->fd, &message))
			return fail_died(process, error);
		ended = take_message(&message, callbacks, &ok, error);
		index_message_clear(&message);
	}
	return ok;
}

void index_process_end(struct index_process *process)
{
	if (!process)
		return;
	close(process->fd);
	if (process->pid) {
		kill(process->pid, SIGTERM);
		reap(process);
	}
	g_free(process);
}
