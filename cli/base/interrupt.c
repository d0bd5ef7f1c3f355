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
 * timeout(1) sends its signal to the process and again to the process group. Signals that
 * come this soon after the first count as the same request.
 */
#define SAME_REQUEST_S 2

/* A later signal kills, because the program may react to the first signal too slowly. */
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
 * Signals that our parent ignores stay ignored. nohup ignores SIGHUP for its command. A
 * shell without job control ignores SIGINT for "command &", so Ctrl-C does not stop that
 * command.
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
	/* Without the signal, write() fails at the file size limit, and we report the error. */
	signal(SIGXFSZ, SIG_IGN);
	return &cancel;
}
