// SPDX-License-Identifier: GPL-2.0-only
#include "cli/base/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <sys/time.h>

#include <glib.h>

/* A signal handler takes no data pointer, so its state is global. */
static volatile int cancel;
static volatile sig_atomic_t request;

/*
 * The time that the command has to end by itself, in microseconds. After this time, the process
 * kills itself. Its child processes are killed with it, and a later run removes its temporary files.
 */
#define GRACE_US 700000

static void on_timeout(int number)
{
	(void)number;
	signal(request, SIG_DFL);
	raise(request);
	/* The first process of a container does not die of its own signal. */
	_exit(128 + request);
}

/* The signal only sets the variable @cancel. The command may take long to react to @cancel. */
static void on_signal(int number)
{
	const struct itimerval grace = { .it_value.tv_usec = GRACE_US };

	if (cancel)
		return;
	request = number;
	cancel = 1;
	setitimer(ITIMER_REAL, &grace, NULL);
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
	signal(SIGALRM, on_timeout);
	/* If SIGXFSZ is ignored, write() fails at the file size limit, and we report the error. */
	signal(SIGXFSZ, SIG_IGN);
	return &cancel;
}
