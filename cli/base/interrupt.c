// SPDX-License-Identifier: GPL-2.0-only
#include "cli/base/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

#include <glib.h>

/* Set by a signal: there is no other way to tell the main program. */
static volatile int cancel;
static volatile time_t cancel_s;

/* timeout(1) sends its signal to the process and to its group: twice at once, meant once. */
#define PATIENCE_S 2

/* Another signal later on kills, in case that the first is not soon heard. */
static void on_signal(int number)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (cancel && now.tv_sec - cancel_s >= PATIENCE_S) {
		signal(number, SIG_DFL);
		raise(number);
	}
	if (!cancel)
		cancel_s = now.tv_sec;
	cancel = 1;
}

/*
 * A signal that was ignored when we were started stays so: nohup asks for that, and a
 * shell without job control, whose "command &" Ctrl-C is not meant for.
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
	/* A file that may not grow is an error to report, as is a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	return &cancel;
}
