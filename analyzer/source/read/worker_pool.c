// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/read/worker_pool_internal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analyzer/base/stream.h"
#include "db/error.h"

/* A worker that uses more than MAX_RSS_KB kilobytes of memory is replaced. */
#define MAX_RSS_KB (400u << 10)
/*
 * If a call of run_round() takes longer than LONG_ROUND_US microseconds, the parent process was
 * stopped for some time, for example by Ctrl-Z. See update_clock().
 */
#define LONG_ROUND_US ((gint64)5 * WORKER_TICK_MS * 1000)
#define ALL_MODES     ((1u << UNIT_FAILED) - 1)

struct worker {
	pid_t pid; /* 0: there is no process */
	int fd;
	bool busy;
	unsigned int unit; /* if @busy: index of the unit that the worker reads */
	/* Bit mask of enum unit_mode: the ways in which the worker may try to parse the unit. */
	unsigned int modes;
	/* If @busy: the way in which the worker is parsing the unit now (enum unit_mode). */
	unsigned int mode;
	/* why an earlier worker crashed or timed out on @unit; NULL: no worker did */
	char *loss;
	gint64 deadline;
	GByteArray *in; /* received bytes that are not processed yet */
};

/*
 * A unit to read. A mode (enum unit_mode) is a way to parse a unit. If a worker crashes or times
 * out on a unit, the unit becomes a new task with fewer modes.
 */
struct task {
	unsigned int unit;
	unsigned int modes; /* bit mask of enum unit_mode: the ways to try to parse the unit */
	char *loss;	    /* worker.loss for the worker that gets the task */
};

struct pool {
	const struct worker_context *context;
	struct worker *workers;
	unsigned int n_workers;
	GQueue *tasks;
	unsigned int n_done, n_total;
	gint64 checked_us; /* time of the last call of update_clock() */
	pool_deliver deliver;
	void *data;
	struct extract_stats *stats;
};

static void task_free(gpointer data)
{
	struct task *task = data;

	g_free(task->loss);
	g_free(task);
}

static bool start_worker(struct pool *pool, struct worker *worker, GError **error)
{
	g_autofree int *close_fds = g_new(int, pool->n_workers + 1);
	unsigned int n = 0;

	for (unsigned int i = 0; i < pool->n_workers; i++)
		if (pool->workers[i].pid)
			close_fds[n++] = pool->workers[i].fd;
	close_fds[n] = -1;
	worker->pid = worker_fork(pool->context, worker_serve, NULL, false, close_fds, &worker->fd);
	if (worker->pid < 0) {
		worker->pid = 0;
		return worker_cannot_start(error);
	}
	worker->busy = false;
	g_byte_array_set_size(worker->in, 0);
	return true;
}

/*
 * If @kill_it is true, kills the process of @worker. If @kill_it is false, the process ends because
 * its socket is closed. Returns the status of the process, as wait() does.
 */
static int stop_worker(struct pool *pool, struct worker *worker, bool kill_it)
{
	int status;

	if (kill_it)
		kill(worker->pid, SIGKILL);
	close(worker->fd);
	status = worker_reap(worker->pid, pool->stats);
	worker->pid = 0;
	worker->busy = false;
	return status;
}

static void set_deadline(const struct pool *pool, struct worker *worker)
{
	worker->deadline =
		g_get_monotonic_time() + (gint64)worker_timeout_s(pool->context) * G_USEC_PER_SEC;
}

static bool finish_unit(struct pool *pool, unsigned int unit, const struct wire_result *result,
			const struct wire_view *view, GError **error)
{
	const char *source = pool->context->units[unit].source->source;

	if (!pool->deliver(pool->data, unit, result, view, error))
		return false;
	pool->n_done++;
	worker_progress(pool->context, pool->n_done, pool->n_total, source);
	return true;
}

/*
 * Called if @worker has crashed or timed out. If there are modes left to try, puts the unit of
 * @worker back into the queue, with these modes. Otherwise, reports the unit as failed.
 */
static bool retry_or_fail(struct pool *pool, struct worker *worker, const char *problem,
			  GError **error)
{
	const char *source = pool->context->units[worker->unit].source->source;
	struct wire_result result = { .unit.mode = UNIT_FAILED };
	unsigned int modes = worker->modes & ~(1u << worker->mode);
	const struct wire_view no_facts = { 0 };
	struct task *task;

	g_free(worker->loss);
	worker->loss = g_strdup_printf("%s: libclang %s", source, problem);
	if (modes) {
		task = g_new(struct task, 1);
		*task = (struct task){ worker->unit, modes, g_strdup(worker->loss) };
		g_queue_push_head(pool->tasks, task);
		return true;
	}
	result.unit.diagnostic = worker->loss;
	return finish_unit(pool, worker->unit, &result, &no_facts, error);
}

static bool crashed(struct pool *pool, struct worker *worker, GError **error)
{
	bool busy = worker->busy;
	int status = stop_worker(pool, worker, true);
	g_autofree char *problem = NULL;

	if (!busy)
		return true;
	pool->stats->n_crashes++;
	problem = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT
			  ? g_strdup("gave up on it: it needs more than 2 GB, or has an internal "
				     "error")
		  : WIFSIGNALED(status)
			  ? g_strdup_printf("crashed on it (signal %d)", WTERMSIG(status))
			  : g_strdup_printf("exited while reading it (status %d)",
					    WEXITSTATUS(status));
	return retry_or_fail(pool, worker, problem, error);
}

static bool timed_out(struct pool *pool, struct worker *worker, GError **error)
{
	g_autofree char *problem =
		g_strdup_printf("did not finish it within %u s", worker_timeout_s(pool->context));

	stop_worker(pool, worker, true);
	pool->stats->n_timeouts++;
	/* Another mode reads the same text and needs as long. */
	worker->modes = 0;
	return retry_or_fail(pool, worker, problem, error);
}

static bool assign(struct pool *pool, struct worker *worker, GError **error)
{
	struct frame_head request = { .magic = FRAME_MAGIC, .kind = FRAME_REQUEST };
	struct task *task;

	if (!worker->pid && !start_worker(pool, worker, error))
		return false;
	task = g_queue_pop_head(pool->tasks);
	worker->busy = true;
	worker->unit = request.unit = task->unit;
	worker->modes = request.value = task->modes;
	worker->mode = (unsigned int)__builtin_ctz(task->modes);
	g_free(worker->loss);
	worker->loss = g_steal_pointer(&task->loss);
	task_free(task);
	set_deadline(pool, worker);
	/* Ignore errors: if the worker has died, the next poll() reports the closed socket. */
	(void)stream_write(worker->fd, &request, sizeof(request));
	return true;
}

static bool take_result(struct pool *pool, struct worker *worker, const uint8_t *bytes, size_t len,
			GError **error)
{
	struct wire_result result;
	struct wire_view view;

	if (!wire_unpack(bytes, len, &result, &view, error))
		return false;
	if (result.unit.mode == UNIT_FAILED && !result.unit.diagnostic)
		result.unit.diagnostic = worker->loss;
	if (!finish_unit(pool, worker->unit, &result, &view, error))
		return false;
	worker->busy = false;
	if (result.rss_kb > MAX_RSS_KB)
		stop_worker(pool, worker, false);
	return true;
}

/*
 * Processes the complete frames (messages from the worker) in @worker->in. An incomplete frame
 * stays in @worker->in.
 */
static bool take_frames(struct pool *pool, struct worker *worker, GError **error)
{
	struct frame_head head;

	while (worker->pid && worker->in->len >= sizeof(head)) {
		memcpy(&head, worker->in->data, sizeof(head));
		if (head.magic != FRAME_MAGIC || head.len > FRAME_MAX_LEN || !worker->busy ||
		    head.unit != worker->unit)
			return crashed(pool, worker, error);
		if (worker->in->len < sizeof(head) + head.len)
			return true;
		if (head.kind == FRAME_ATTEMPT && head.value < UNIT_FAILED) {
			worker->mode = head.value;
			set_deadline(pool, worker);
		} else if (head.kind != FRAME_RESULT) {
			return crashed(pool, worker, error);
		} else if (!take_result(pool, worker, worker->in->data + sizeof(head), head.len,
					error)) {
			return false;
		}
		g_byte_array_remove_range(worker->in, 0, (guint)sizeof(head) + head.len);
	}
	return true;
}

static bool receive(struct pool *pool, struct worker *worker, GError **error)
{
	uint8_t buffer[64 << 10];
	ssize_t n = read(worker->fd, buffer, sizeof(buffer));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n <= 0)
		return crashed(pool, worker, error);
	g_byte_array_append(worker->in, buffer, (guint)n);
	return take_frames(pool, worker, error);
}

/*
 * Extends all deadlines after a long pause. Ctrl-Z stops this process and its workers. The time
 * until the processes continue must not count as time for reading a unit.
 */
static void update_clock(struct pool *pool)
{
	gint64 now = g_get_monotonic_time();
	gint64 pause = now - pool->checked_us;

	if (pool->checked_us && pause > LONG_ROUND_US)
		for (unsigned int i = 0; i < pool->n_workers; i++)
			pool->workers[i].deadline += pause;
	pool->checked_us = now;
}

/*
 * Runs one round: assigns tasks, waits for at most WORKER_TICK_MS, receives results, and checks
 * timeouts.
 */
static bool run_round(struct pool *pool, struct pollfd *fds, GError **error)
{
	for (unsigned int i = 0; i < pool->n_workers; i++)
		if (!pool->workers[i].busy && !g_queue_is_empty(pool->tasks) &&
		    !assign(pool, &pool->workers[i], error))
			return false;
	for (unsigned int i = 0; i < pool->n_workers; i++)
		fds[i] = (struct pollfd){ pool->workers[i].pid ? pool->workers[i].fd : -1, POLLIN,
					  0 };
	if (poll(fds, pool->n_workers, WORKER_TICK_MS) < 0 && errno != EINTR)
		return worker_cannot_start(error);
	if (worker_is_cancelled(pool->context, error))
		return false;
	for (unsigned int i = 0; i < pool->n_workers; i++)
		if (pool->workers[i].pid && fds[i].revents &&
		    !receive(pool, &pool->workers[i], error))
			return false;
	update_clock(pool);
	for (unsigned int i = 0; i < pool->n_workers; i++)
		if (pool->workers[i].busy && pool->checked_us > pool->workers[i].deadline &&
		    !timed_out(pool, &pool->workers[i], error))
			return false;
	return true;
}

bool worker_pool_run(const struct worker_context *context, const unsigned int *queue,
		     unsigned int n, pool_deliver deliver, void *data, struct extract_stats *stats,
		     GError **error)
{
	unsigned int n_workers = CLAMP(n, 1, MAX(context->options->jobs, 1));
	struct pool pool = {
		.context = context,
		.workers = g_new0(struct worker, n_workers),
		.n_workers = n_workers,
		.tasks = g_queue_new(),
		.n_total = n,
		.deliver = deliver,
		.data = data,
		.stats = stats,
	};
	g_autofree struct pollfd *fds = g_new0(struct pollfd, n_workers);
	bool ok = true;

	for (unsigned int i = 0; i < n_workers; i++)
		pool.workers[i].in = g_byte_array_new();
	for (unsigned int i = 0; i < n; i++) {
		struct task *task = g_new(struct task, 1);

		*task = (struct task){ queue[i], ALL_MODES, NULL };
		g_queue_push_tail(pool.tasks, task);
	}
	while (ok && pool.n_done < n)
		ok = run_round(&pool, fds, error);
	for (unsigned int i = 0; i < n_workers; i++) {
		if (pool.workers[i].pid)
			stop_worker(&pool, &pool.workers[i], !ok);
		g_byte_array_unref(pool.workers[i].in);
		g_free(pool.workers[i].loss);
	}
	g_queue_free_full(pool.tasks, task_free);
	g_free(pool.workers);
	return ok;
}
