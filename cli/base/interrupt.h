/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Catches the signals that would kill a command, so that the command can first remove its
 * temporary files.
 */
#ifndef INITLINT_CLI_BASE_INTERRUPT_H
#define INITLINT_CLI_BASE_INTERRUPT_H

/*
 * Catches SIGINT, SIGTERM and SIGHUP. A signal that the process already ignores stays ignored.
 * Returns a pointer to a flag. The flag is 0 until the first signal is caught, and 1 afterwards.
 * The flag is a static variable: do not free the pointer. The command must end soon after the flag
 * becomes 1. If it has not ended after 0.7 seconds, the signal kills the process. The temporary
 * files then stay until a later run removes them (analyzer/base/work_dir.h).
 */
const volatile int *interrupt_catch(void);

#endif
