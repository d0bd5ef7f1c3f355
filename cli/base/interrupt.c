// SPDX-License-Identifier: GPL-2.0-only
#include "cli/base/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

#include <glib.h>

/* A signal handler takes no data pointer, so its state is global. */
static volatile int cancel;
static volatile time_t cancelled_at_s;

/*
 * timeout(1) sends one signal to the process and one signal to the process group, so the process
 * gets two signals. If the second signal arrives less than SAME_REQUEST_S seconds after the first
 * signal, the second signal is ignored.
 */
#define SAME_REQUEST_S 2

/*
 * The first signal only sets the variable @cancel. The command may take long to react to @cancel.
 * So a signal that arrives SAME_REQUEST_S seconds or more after the first signal kills the process.
 */
static void on_signal(int number)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (cancel && now.tv_sec - cancelled_at_s >= SAME_REQUEST_S) {
		signal(number, SIG_DFL);
		raise(number);
	}
	if (!cancel)
		cancelled_at_s = now.tv_sec;
	cancel = 1;
}

/*
 * If our parent process made us ignore a signal, keep the signal ignored. For example, nohup makes
 * its command ignore SIGHUP. A shell without job control makes "command &" ignore SIGINT, so that
 * Ctrl-C does not stop the background command.
 */
const volatile int *interrupt_catch(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal };
	struct sigaction old;

	sigemptyset(&action.sa_mask);
	for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
		sigaddset(&action.sa_mask, numbers[i]);
	for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	/* If SIGXFSZ is ignored, write() fails at the file size limit, and we report the error. */
	signal(SIGXFSZ, SIG_IGN);
	return &cancel;
}
