// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads several rows at a time. Each thread has an index process of its own. The index processes start
 * before the threads, because a process with threads must not fork.
 */
#include "cli/matrix/matrix_internal.h"

#include <stdlib.h>
#include <string.h>

#include "cli/base/interrupt.h"
#include "cli/base/term.h"
#include "db/error.h"

/* What one index process and one judgement need, and what one worker needs. Measured with Linux 7.3. */
#define ROW_MEMORY    (UINT64_C(1) << 30)
#define WORKER_MEMORY (UINT64_C(512) << 20)

struct pool {
	const struct common_options *common;
	const struct judging *judging;
	const volatile int *cancel;
	unsigned int jobs; /* of each row */
	bool is_single;	   /* one row at a time is read */
	unsigned int n_rows;
	GAsyncQueue *indexers;
	GMutex lock; /* for the members below */
	struct progress *progress;
	unsigned int n_done;
};

/* Draws how many rows are done. With several rows at a time, no row's own numbers are drawn. */
static void show(void *data, unsigned int done, unsigned int total, const char *what)
{
	struct pool *pool = data;

	g_mutex_lock(&pool->lock);
	if (pool->is_single)
		progress_update(pool->progress, done, total, what);
	else
		progress_update(pool->progress, pool->n_done, pool->n_rows, what);
	g_mutex_unlock(&pool->lock);
}

static void read_row(gpointer item, gpointer data)
{
	struct pool *pool = data;
	struct row *row = item;
	struct row_reader reader = {
		.tree = pool->common->tree,
		.jobs = pool->jobs,
		.cancel = pool->cancel,
		.progress = show,
		.progress_data = pool,
	};

	if (*pool->cancel)
		return;
	reader.indexer = g_async_queue_pop(pool->indexers);
	show(pool, 0, 0, row->row->name);
	if (row_read(row, &reader) && pool->judging)
		row_judge(row, pool->judging);
	g_mutex_lock(&pool->lock);
	pool->n_done++;
	g_mutex_unlock(&pool->lock);
	g_async_queue_push(pool->indexers, reader.indexer);
}

/* Returns the memory that programs can still get, in bytes; 0: not known. */
static uint64_t free_memory(void)
{
	static const char key[] = "MemAvailable:";
	g_autofree char *text = NULL;
	const char *at;

	if (!g_file_get_contents("/proc/meminfo", &text, NULL, NULL) || !(at = strstr(text, key)))
		return 0;
	return strtoull(at + strlen(key), NULL, 10) << 10;
}

/* Returns how many of @n_rows are read at a time: at most @n, and as many as there is memory for. */
static unsigned int count_at_a_time(unsigned int n_rows, unsigned int n)
{
	uint64_t memory = free_memory();
	uint64_t workers = n * WORKER_MEMORY;
	uint64_t fitting = memory > workers ? (memory - workers) / ROW_MEMORY : 0;

	return (unsigned int)CLAMP(MIN(MIN(n, n_rows), fitting), 1, n);
}

static bool start_indexers(struct pool *pool, unsigned int n, GError **error)
{
	for (unsigned int i = 0; i < n; i++) {
		struct index_process *process = index_process_start(pool->cancel, error);

		if (!process)
			return false;
		g_async_queue_push(pool->indexers, process);
	}
	return true;
}

bool rows_read(const GPtrArray *rows, const struct judging *judging,
	       const struct common_options *common, unsigned int jobs, GError **error)
{
	unsigned int n_jobs = jobs ? jobs : g_get_num_processors();
	unsigned int n = count_at_a_time(rows->len, n_jobs);
	struct pool pool = {
		.common = common,
		.judging = judging,
		.cancel = interrupt_catch(),
		.jobs = MAX(1, n_jobs / n),
		.is_single = n == 1,
		.n_rows = rows->len,
		.indexers = g_async_queue_new(),
	};
	struct index_process *indexer;
	GThreadPool *threads;
	bool ok, cancelled;

	g_mutex_init(&pool.lock);
	ok = start_indexers(&pool, n, error);
	pool.progress = progress_new();
	threads = g_thread_pool_new(read_row, &pool, (int)n, FALSE, NULL);
	for (guint i = 0; ok && i < rows->len; i++)
		g_thread_pool_push(threads, rows->pdata[i], NULL);
	g_thread_pool_free(threads, FALSE, TRUE);
	progress_free(pool.progress);
	while ((indexer = g_async_queue_try_pop(pool.indexers)))
		index_process_end(indexer);
	g_async_queue_unref(pool.indexers);
	g_mutex_clear(&pool.lock);
	cancelled = *pool.cancel;
	if (ok && cancelled)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "interrupted; finished configurations are kept");
	return ok && !cancelled;
}
