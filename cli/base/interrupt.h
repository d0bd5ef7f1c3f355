/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Signals that ask long work to stop: it is to leave nothing half done behind.
 */
#ifndef INITLINT_CLI_BASE_INTERRUPT_H
#define INITLINT_CLI_BASE_INTERRUPT_H

/*
 * From now on SIGINT, SIGTERM and SIGHUP set what is returned to non-zero. Another one
 * some seconds later kills.
 */
const volatile int *interrupt_catch(void);

#endif
