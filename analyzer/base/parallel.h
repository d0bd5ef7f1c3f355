/* SPDX-License-Identifier: GPL-2.0-only */
/* Handles many files in several threads. Each file has an index, from 0. */
#ifndef INITLINT_ANALYZER_BASE_PARALLEL_H
#define INITLINT_ANALYZER_BASE_PARALLEL_H

/*
 * The indices that one thread handles: @first, @first + @step, and so on, below @end. Files with
 * neighbouring indices are often similar in size. Therefore neighbouring indices belong to
 * different threads, and all threads have about the same amount of work.
 */
struct share {
	unsigned int first;
	unsigned int end;
	unsigned int step;
};

#define foreach_in_share(i, share) \
	for (unsigned int i = (share)->first; i < (share)->end; i += (share)->step)

/*
 * Divides the indices 0 to @n - 1 into shares. Calls @work once for each share, with the share and
 * @data as arguments. Uses at most @jobs threads, including the caller's thread. Returns when all
 * shares are done. @name is the name of the new threads.
 */
void parallel_run(const char *name, unsigned int n, unsigned int jobs,
		  void (*work)(const struct share *share, void *data), void *data);

#endif
