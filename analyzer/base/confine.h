/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Confines the processes that read the sources of a kernel tree. The sources may come from a stranger,
 * and the parser of the compiler is large. A confined process reads some directories only, writes
 * some directories only, starts no program and opens no connection. Landlock and seccomp do this, if
 * the kernel has them.
 */
#ifndef INITLINT_ANALYZER_BASE_CONFINE_H
#define INITLINT_ANALYZER_BASE_CONFINE_H

#include <stdbool.h>

/*
 * Confines this process for the rest of its life. @reads and @writes: paths of directories, NULL at
 * the end. The process may read everything below both, and may change everything below @writes. A
 * path that does not exist is ignored. Files that are open stay usable.
 */
void confine(const char *const *reads, const char *const *writes);
/*
 * Returns what the running kernel lacks for confine(), such as "Landlock". NULL: it lacks nothing.
 */
const char *confine_lacks(void);

#endif
