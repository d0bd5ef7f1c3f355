// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/parallel.h"

#include <glib.h>

/* Starting a thread for fewer than FILES_PER_THREAD files costs more time than the thread saves. */
#define FILES_PER_THREAD 64

struct task {
	struct share share;
	void (*work)(const struct share *share, void *data);
	void *data;
};

static gpointer run(gpointer data)
{
	const struct task *task = data;

	task->work(&task->share, task->data);
	return NULL;
}

void parallel_run(const char *name, unsigned int n, unsigned int jobs,
		  void (*work)(const struct share *share, void *data), void *data)
{
	unsigned int n_threads = CLAMP(n / FILES_PER_THREAD, 1, MAX(jobs, 1));
	g_autofree struct task *tasks = g_new(struct task, n_threads);
	g_autofree GThread **threads = g_new0(GThread *, n_threads);

	for (unsigned int i = 0; i < n_threads; i++) {
		tasks[i] = (struct task){ { i, n, n_threads }, work, data };
		if (i > 0)
			threads[i] = g_thread_new(name, run, &tasks[i]);
	}
	run(&tasks[0]);
	for (unsigned int i = 1; i < n_threads; i++)
		g_thread_join(threads[i]);
}
