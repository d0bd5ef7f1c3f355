/* SPDX-License-Identifier: GPL-2.0-only */
/* Does the same work for many files in several threads. */
#ifndef INITLINT_ANALYZER_BASE_PARALLEL_H
#define INITLINT_ANALYZER_BASE_PARALLEL_H

/*
 * The indices that one thread handles: first, first + step, and so on, below end. Neighbouring
 * files are often similar in size, so they go to different threads.
 */
struct share {
	unsigned int first;
	unsigned int end;
	unsigned int step;
};

#define foreach_in_share(i, share) \
	for (unsigned int i = (share)->first; i < (share)->end; i += (share)->step)

/*
 * Divides the indices 0 to @n - 1 into shares and calls @work once for each share. Uses at most
 * @jobs threads, including the caller's. Returns when all shares are done. @name: name of the
 * new threads.
 */
void parallel_run(const char *name, unsigned int n, unsigned int jobs,
		  void (*work)(const struct share *share, void *data), void *data);

#endif
