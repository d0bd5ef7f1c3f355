/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The same work on many files, by several threads.
 */
#ifndef INITLINT_ANALYZER_BASE_PARALLEL_H
#define INITLINT_ANALYZER_BASE_PARALLEL_H

/* Some of the numbers below n; threads take turns, so that neighbours are not all one's. */
struct share {
	unsigned int first;
	unsigned int end;
	unsigned int step;
};

#define foreach_in_share(i, share) \
	for (unsigned int i = (share)->first; i < (share)->end; i += (share)->step)

/*
 * Calls @work for shares that together are all numbers below @n, in at most @jobs threads at
 * once, of which the caller's is one, and returns when all are done. @name: of the threads.
 */
void parallel_run(const char *name, unsigned int n, unsigned int jobs,
		  void (*work)(const struct share *share, void *data), void *data);

#endif
