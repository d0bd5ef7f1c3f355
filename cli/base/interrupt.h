/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Signals that stop a command. A command that catches these signals can still remove its
 * temporary files.
 */
#ifndef INITLINT_CLI_BASE_INTERRUPT_H
#define INITLINT_CLI_BASE_INTERRUPT_H

/*
 * Catches SIGINT, SIGTERM and SIGHUP. Returns a flag, which each of these signals sets to
 * non-zero. The flag is never freed. A second signal kills the process if it comes two
 * seconds or more after the first.
 */
const volatile int *interrupt_catch(void);

#endif
