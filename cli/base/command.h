/* SPDX-License-Identifier: GPL-2.0-only */
/* Options, messages and exit statuses that all commands share. */
#ifndef INITLINT_CLI_BASE_COMMAND_H
#define INITLINT_CLI_BASE_COMMAND_H

#include <stdbool.h>
#include <glib.h>

/* Exit statuses; documented in docs/man/initlint.1. */
enum exit_status {
	EXIT_CLEAN = 0,
	/*
	 * "verify" has found a difference; "why" has found a broken dependency; or another command
	 * has a finding with the verdict of --fail-on or with a worse verdict
	 */
	EXIT_FINDINGS = 1,
	EXIT_BAD_USAGE = 2,  /* the command line, or a file that the command line names, is wrong */
	EXIT_INCOMPLETE = 3, /* the analysis is incomplete or failed */
};

/*
 * Options that every command accepts: -k, -o, --db, --arch, -v, and make's variables ARCH=, O= and
 * KBUILD_OUTPUT=. The paths in @tree, @build and @db are as the user wrote them.
 */
struct common_options {
	char *tree; /* never NULL after parsing: default "." */
	/*
	 * Never NULL after parsing. The command line names the build directory with -o, O= or
	 * KBUILD_OUTPUT=. Without these options: $O, else $KBUILD_OUTPUT, else @tree.
	 */
	char *build;
	/* false: @build is equal to @tree, because the user named no build directory */
	bool build_given;
	char *db;   /* never NULL after parsing: default "initlint.db" in @build */
	char *arch; /* NULL if not given */
	bool verbose;
	/* from command_parse(); the struct owns the array, but not the strings in the array */
	char **argv;
};

/*
 * Parses the command line of the command (*argv)[0]. Fills @common from the common options and
 * from ARCH=, O= and KBUILD_OUTPUT=. On return, (*argv)[1] to (*argv)[*argc - 1] are the
 * positional arguments.
 * @arguments: the names of the positional arguments for --help, for example "FILE"; NULL if the
 * command has no positional arguments.
 * @summary and @description: the text of --help.
 * @entries: the options that only this command has; NULL if there are none.
 * Returns -1 on success. The caller must then free the members of @common with
 * common_options_clear(). On error, prints a message, frees the members of @common and returns the
 * exit status.
 */
int command_parse(int *argc, char ***argv, const char *arguments, const char *summary,
		  const char *description, const GOptionEntry *entries,
		  struct common_options *common);
/* Frees the members of @common, but not @common. All members may be NULL. */
void common_options_clear(struct common_options *common);

/*
 * Prints "initlint COMMAND: error: ..." with the message of @error on stderr, and frees @error.
 * Returns EXIT_INCOMPLETE if the code of @error is INITLINT_ERROR_FAILED, else EXIT_BAD_USAGE.
 */
int command_fail(const char *command, GError *error);
/* Prints "initlint COMMAND: warning: ..." on stderr. */
void command_warn(const char *command, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
