/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands of initlint. Each command has a file of its own, parses its own options and
 * returns an enum exit_status.
 */
#ifndef INITLINT_CLI_COMMANDS_COMMANDS_H
#define INITLINT_CLI_COMMANDS_COMMANDS_H

typedef int (*command_main)(int argc, char **argv);

struct command {
	const char *name;
	const char *summary;
	command_main main; /* gets the name of the command in argv[0] */
};

int cmd_prepare(int argc, char **argv);
int cmd_objects(int argc, char **argv);
int cmd_index(int argc, char **argv);
int cmd_order(int argc, char **argv);
int cmd_matrix(int argc, char **argv);
int cmd_models(int argc, char **argv);
int cmd_registries(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_why(int argc, char **argv);
int cmd_prove(int argc, char **argv);
int cmd_trace_filter(int argc, char **argv);
int cmd_confirm(int argc, char **argv);
int cmd_series(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_facts(int argc, char **argv);

#endif
