/* SPDX-License-Identifier: GPL-2.0-only */
/* What all commands share: their options, their messages and their exit statuses. */
#ifndef INITLINT_CLI_BASE_COMMAND_H
#define INITLINT_CLI_BASE_COMMAND_H

#include <stdbool.h>
#include <glib.h>

/* Exit statuses; documented in docs/man/initlint.1. */
enum exit_status {
	EXIT_CLEAN = 0,
	EXIT_FINDINGS = 1,   /* findings at or above the threshold; verify: disagreements */
	EXIT_BAD_USAGE = 2,  /* command line, or a file it names, is wrong */
	EXIT_INCOMPLETE = 3, /* the analysis is incomplete or failed */
};

/*
 * What every command understands besides its own options: -k, -o, --db, and ARCH= and
 * O= as make takes them. Strings are NULL if not given; paths are as the user wrote them.
 */
struct common_options {
	char *tree;  /* never NULL after parsing: default "." */
	char *build; /* never NULL after parsing: -o, O=, $O, $KBUILD_OUTPUT, or the tree */
	bool build_given;
	char *db;   /* never NULL after parsing: default BUILD/initlint.db */
	char *arch; /* NULL if not given */
	bool verbose;
	char **argv; /* the array that holds the arguments; the strings are main()'s */
};

/*
 * Parses @entries and the common options, takes ARCH= and O= out of the arguments, and
 * leaves the positional arguments in argv[1..argc-1]. @arguments tells them for the usage
 * ("FILE"); NULL: there must be none. @summary and @description are for --help. Returns -1 to go on, else the exit status to return at once (the message has been
 * printed). Free with common_options_clear().
 */
int command_parse(int *argc, char ***argv, const char *arguments, const char *summary,
		  const char *description, const GOptionEntry *entries,
		  struct common_options *common);
void common_options_clear(struct common_options *common);

/* Prints "initlint COMMAND: error: ..." and gives the exit status for its code. Frees @error. */
int command_fail(const char *command, GError *error);
/* "initlint COMMAND: warning: ..." on stderr. */
void command_warn(const char *command, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
