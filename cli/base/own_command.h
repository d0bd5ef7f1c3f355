/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Another command of ours, in a process of its own: what forks does not go together with
 * threads, and what fails there does not end what starts it.
 */
#ifndef INITLINT_CLI_BASE_OWN_COMMAND_H
#define INITLINT_CLI_BASE_OWN_COMMAND_H

#include <stdbool.h>
#include <glib.h>

struct own_command {
	int status;  /* its exit status; -1: it did not end by itself */
	char *said;  /* on stderr; valid UTF-8. Empty if it said it to the user itself */
	char *error; /* what its error says; NULL: there was none, or it is not known */
};

/*
 * Runs it and waits. @words: behind the name of the program, NULL-terminated, the command first.
 * With @on_terminal, and a terminal, it shows progress and errors itself. Nothing of its stdout
 * is seen. False only if it could not be run. Clear @result with own_command_clear().
 */
bool own_command_run(const char *const *words, bool on_terminal, struct own_command *result,
		     GError **error);
void own_command_clear(struct own_command *result);
typedef struct own_command own_command; /* g_auto() takes one word */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(own_command, own_command_clear)

#endif
