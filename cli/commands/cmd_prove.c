// SPDX-License-Identifier: GPL-2.0-only
/* The command "initlint prove": boots a kernel with two initcalls in both orders. */
#include "cli/base/command.h"

#include <string.h>

#include "cli/base/interrupt.h"
#include "cli/commands/commands.h"
#include "cli/prove/prove.h"
#include "db/error.h"

static const char summary[] = "Boots a kernel with two initcalls in both orders.";
static const char description[] =
	"FINDING is the fingerprint of a finding, or its first eight digits. A consumer and a\n"
	"provider stand for all their findings. Without arguments: the findings that \"check\" "
	"shows.\n"
	"IMAGE is the kernel that was built from the tree and the configuration: Image, vmlinux,\n"
	"bzImage or vmlinuz, for arm64 or x86_64. QEMU runs it; nothing runs on this machine.\n"
	"The outcome is kept in the database, and \"check\" and \"why\" show it.\n"
	"\n"
	"Exit status: 0 nothing is proven, 1 a finding is proven, 2 usage or a bad file, 3 failed.";

struct prove_command {
	char *image;
	char *map;
	char *write_image;
	char *format;
	char *device_tree;
	char *qemu;
	char *append;
	int timeout;
	char **qemu_arguments; /* @qemu, split into words as a shell splits a command line */
};

static bool check_options(struct prove_command *command, GError **error)
{
	g_autoptr(GError) cause = NULL;

	if (!command->image)
		g_set_error_literal(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "command line: expected --image with the built kernel");
	else if (command->format && strcmp(command->format, "text") != 0 &&
		 strcmp(command->format, "json") != 0)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --format=%s: expected text or json", command->format);
	else if (command->timeout <= 0)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --timeout=%d: expected a number of seconds",
			    command->timeout);
	else if (command->qemu &&
		 !g_shell_parse_argv(command->qemu, NULL, &command->qemu_arguments, &cause))
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE, "command line: --qemu: %s",
			    cause->message);
	else
		return true;
	return false;
}

/* Stores the results in the database at @db. */
static bool store(const GPtrArray *proofs, const struct kernel *kernel, const char *db,
		  GError **error)
{
	g_autofree struct experiment *experiments = g_new0(struct experiment, proofs->len + 1);

	for (guint i = 0; i < proofs->len; i++) {
		const struct proof *proof = proofs->pdata[i];

		experiments[i] = (struct experiment){
			.fingerprint = proof->finding->fingerprint,
			.kind = "boot",
			.outcome = proof_outcome_name(proof->outcome),
			.detail = proof->detail,
			.kernel = kernel_banner(kernel),
		};
	}
	return targets_store(db, experiments, proofs->len, error);
}

static bool any_proven(const GPtrArray *proofs)
{
	for (guint i = 0; i < proofs->len; i++)
		if (((const struct proof *)proofs->pdata[i])->outcome == PROOF_PROVEN)
			return true;
	return false;
}

static int boot_findings(const struct prove_command *command, const struct targets *targets,
			 const GPtrArray *findings, const struct kernel *kernel, const char *db,
			 GError **error)
{
	const struct boot_options options = {
		.arch = query_meta(targets->query, "arch"),
		.device_tree = command->device_tree,
		.qemu = command->qemu_arguments,
		.append = command->append,
		.timeout = (unsigned int)command->timeout,
	};
	g_autoptr(GPtrArray) skipped = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) proofs = NULL;
	struct progress *progress = progress_new();

	proofs = prove_findings(targets, findings, kernel, &options, progress, interrupt_catch(),
				skipped, error);
	progress_free(progress);
	if (!proofs || !store(proofs, kernel, db, error))
		return -1;
	if (command->format && strcmp(command->format, "json") == 0)
		prove_print_json(proofs, skipped, kernel);
	else
		prove_print_text(proofs, skipped, kernel);
	return any_proven(proofs) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int prove(const struct prove_command *command, const struct common_options *common,
		 char *const *names, GError **error)
{
	struct targets targets;
	g_autoptr(kernel) kernel = kernel_open(command->image, command->map, error);
	g_autoptr(GPtrArray) findings = NULL;
	int status = -1;

	if (!kernel)
		return -1;
	if (targets_open(&targets, common, "prove", error) &&
	    prove_check_kernel(&targets, kernel, command->image, error))
		findings = targets_select(&targets, names, error);
	if (findings && command->write_image && findings->len != 1) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --write-image: expected one finding, got %u",
			    findings->len);
	} else if (findings && command->write_image) {
		if (prove_write_image(&targets, findings->pdata[0], kernel, command->write_image,
				      error))
			status = EXIT_CLEAN;
	} else if (findings) {
		status = boot_findings(command, &targets, findings, kernel, common->db, error);
	}
	targets_close(&targets);
	return status;
}

static void prove_command_clear(struct prove_command *command)
{
	g_free(command->image);
	g_free(command->map);
	g_free(command->write_image);
	g_free(command->format);
	g_free(command->device_tree);
	g_free(command->qemu);
	g_free(command->append);
	g_strfreev(command->qemu_arguments);
}

int cmd_prove(int argc, char **argv)
{
	struct prove_command command = { .timeout = 90 };
	const GOptionEntry entries[] = {
		{ "image", 0, 0, G_OPTION_ARG_FILENAME, &command.image, "The built kernel",
		  "IMAGE" },
		{ "map", 0, 0, G_OPTION_ARG_FILENAME, &command.map,
		  "The kernel's System.map (default: the symbols in IMAGE)", "FILE" },
		{ "write-image", 0, 0, G_OPTION_ARG_FILENAME, &command.write_image,
		  "Boot nothing; write the kernel with the consumer first to FILE", "FILE" },
		{ "machine", 0, 0, G_OPTION_ARG_FILENAME, &command.device_tree,
		  "Boot with this device tree blob", "FILE" },
		{ "qemu", 0, 0, G_OPTION_ARG_STRING, &command.qemu, "More arguments for QEMU",
		  "ARGUMENTS" },
		{ "append", 0, 0, G_OPTION_ARG_STRING, &command.append, "More kernel parameters",
		  "PARAMETERS" },
		{ "timeout", 0, 0, G_OPTION_ARG_INT, &command.timeout,
		  "Stop a boot after this time (default: 90)", "SECONDS" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &command.format,
		  "How to print: text or json", "FORMAT" },
		{ 0 },
	};
	struct common_options common = { 0 };
	GError *error = NULL;
	int status = command_parse(&argc, &argv, "[FINDING... | CONSUMER PROVIDER]", summary,
				   description, entries, &common);

	if (status < 0) {
		if (check_options(&command, &error))
			status = prove(&command, &common, argv + 1, &error);
		if (error)
			status = command_fail("prove", error);
	}
	prove_command_clear(&command);
	common_options_clear(&common);
	return status;
}
