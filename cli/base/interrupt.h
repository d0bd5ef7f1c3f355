/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Catches the signals that would kill a command, so that the command can first remove its
 * temporary files.
 */
#ifndef INITLINT_CLI_BASE_INTERRUPT_H
#define INITLINT_CLI_BASE_INTERRUPT_H

/*
 * Catches SIGINT, SIGTERM and SIGHUP, except the signals that the process ignores already. Returns
 * a pointer to a flag. The flag is 0 until the first caught signal sets the flag to 1. The flag is
 * a static variable: do not free the pointer. A caught signal kills the process if the signal
 * arrives two seconds or more after the first caught signal.
 */
const volatile int *interrupt_catch(void);

#endif
