// SPDX-License-Identifier: GPL-2.0-only
/* The command table and the top-level usage. */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/base/clean_output.h"
#include "cli/base/command.h"
#include "cli/base/term.h"
#include "cli/commands/commands.h"

static const struct command commands[] = {
	{ "prepare", "configure a tree and generate its headers (runs the tree's make)",
	  cmd_prepare },
	{ "objects", "list vmlinux's objects in link order, from the Makefiles alone",
	  cmd_objects },
	{ "index", "read a tree into the database", cmd_index },
	{ "order", "print the order in which the initcalls run", cmd_order },
	{ "check", "report initcalls that run before their providers", cmd_check },
	{ "why", "explain how two initcalls depend on each other", cmd_why },
	{ "verify", "compare the order with System.map, vmlinux or a boot log", cmd_verify },
	{ "prove", "boot a kernel with two initcalls in both orders", cmd_prove },
	{ "trace-filter", "print kernel parameters that trace the call chains of findings",
	  cmd_trace_filter },
	{ "confirm", "mark findings whose call chain has run in a traced boot", cmd_confirm },
	{ "series", "report what each patch of a series breaks or fixes", cmd_series },
	{ "matrix", "check many configurations in steps, on several machines", cmd_matrix },
	{ "diff", "compare two databases", cmd_diff },
	{ "models", "list the models, and the names in them that a kernel lacks", cmd_models },
	{ "registries", "list the registries that the code shows", cmd_registries },
	{ "facts", "print the facts of single source files", cmd_facts },
};

static void usage(FILE *out)
{
	fputs("usage: initlint COMMAND [OPTION...]\n\n"
	      "Finds out in which order a Linux kernel's initcalls run, and which of them\n"
	      "depend on an order that nothing guarantees.\n\n",
	      out);
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		term_print(out, TERM_BOLD, "  %-12s", commands[i].name);
		fprintf(out, " %s\n", commands[i].summary);
	}
	fputs("\n\"initlint COMMAND --help\" lists the options of a command. All commands take\n"
	      "  -k TREE   the kernel source (default: the current directory)\n"
	      "  -o BUILD  the build directory (default: $O, $KBUILD_OUTPUT, or the tree); also "
	      "O=BUILD\n"
	      "  --db FILE the database (default: BUILD/initlint.db)\n"
	      "  ARCH=A    the architecture, as in make's ARCH\n"
	      "Exit status: 0 clean, 1 findings, 2 bad usage or input, 3 incomplete or failed.\n",
	      out);
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

/*
 * A new file gets the lowest free file descriptor. If stdout is closed, a file that we open could
 * become our stdout, and our output would go into this file. So open /dev/null in place of each
 * closed stream. Reads from a closed stdin and writes to a closed stdout or stderr must still fail.
 * So /dev/null is opened write-only as stdin, and read-only as stdout and stderr.
 */
static void fill_closed_streams(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = 0; fd < (int)G_N_ELEMENTS(modes); fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd)
			abort();
}

int main(int argc, char **argv)
{
	const struct command *command;
	int status;

	fill_closed_streams();
	clean_output_begin();
	setlocale(LC_ALL, "");
	/* If the reader of our output exits early ("| head"), end without an error message. */
	signal(SIGPIPE, SIG_DFL);
	if (argc < 2) {
		usage(stderr);
		return EXIT_BAD_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return EXIT_CLEAN;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("initlint " INITLINT_VERSION);
		return EXIT_CLEAN;
	}
	command = find_command(argv[1]);
	if (!command) {
		fprintf(stderr, "initlint: unknown command '%s'; see 'initlint --help'\n", argv[1]);
		return EXIT_BAD_USAGE;
	}
	status = command->main(argc - 1, argv + 1);
	/* The output may be incomplete, for example on a full disk. Then do not report success. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		perror("initlint: writing the output");
		return EXIT_INCOMPLETE;
	}
	return status;
}
