/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Catches the signals that would kill a command, so that the command can first remove its
 * temporary files.
 */
#ifndef INITLINT_CLI_BASE_INTERRUPT_H
#define INITLINT_CLI_BASE_INTERRUPT_H

/*
 * Catches SIGINT, SIGTERM and SIGHUP, except the signals that the process ignores already. Returns
 * a flag that is 0 until the first caught signal sets it to 1. The flag is static: do not free it.
 * If a signal arrives two seconds or more after the first signal, it kills the process.
 */
const volatile int *interrupt_catch(void);

#endif
