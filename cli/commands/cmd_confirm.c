// SPDX-License-Identifier: GPL-2.0-only
/* The command "initlint confirm": reads from a trace which call chains of findings have run. */
#include "cli/base/command.h"

#include <stdio.h>
#include <string.h>

#include "cli/base/term.h"
#include "cli/commands/commands.h"
#include "cli/prove/target.h"
#include "db/error.h"
#include "db/read_file.h"
#include "rules/engine/proof/trace.h"

static const char summary[] = "Marks findings whose call chain has run in a traced boot.";
static const char description[] =
	"TRACE is the file /sys/kernel/tracing/trace after a boot with the parameters that\n"
	"\"initlint trace-filter\" prints. A finding is seen if its call chain has run to the end, "
	"or\n"
	"stopped if the boot has left the chain before. Both are kept in the database, and "
	"\"check\"\n"
	"and \"why\" show them. Without --filter, initlint does not know which functions were "
	"traced,\n"
	"and no finding counts as stopped.\n"
	"\n"
	"Exit status: 0 read, 2 usage or a bad file, 3 failed.";

struct confirm_command {
	char *filter;
	const char *path; /* path of the trace */
	/* set: the functions in the file @filter, without suffixes such as ".isra.0" */
	GHashTable *traced;
	/* struct experiment *; each owns its @detail, but no other string */
	GPtrArray *experiments;
	unsigned int n_seen;
	unsigned int n_stopped;
};

static bool is_traced(const void *data, const char *function)
{
	const struct confirm_command *command = data;

	return g_hash_table_contains(command->traced, function);
}

/*
 * Fills command->traced from the file command->filter, which has the output of "initlint
 * trace-filter". Does nothing if command->filter is NULL.
 */
static bool read_filter(struct confirm_command *command, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	g_auto(GStrv) words = NULL;

	if (!command->filter)
		return true;
	if (!read_argument(command->filter, READ_FILE_MAX, &text, NULL, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: cannot be read: %s",
			    command->filter, cause->message);
		return false;
	}
	words = g_strsplit_set(text, " \n", -1);
	for (char **word = words; *word; word++) {
		g_auto(GStrv) names = g_str_has_prefix(*word, "ftrace_filter=")
					      ? g_strsplit(strchr(*word, '=') + 1, ",", -1)
					      : NULL;

		for (char **name = names; name && *name; name++)
			g_hash_table_add(command->traced, g_strndup(*name, strcspn(*name, ".")));
	}
	if (g_hash_table_size(command->traced))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: no \"ftrace_filter=\" in this file; expected the line of \"initlint "
		    "trace-filter\" with which the kernel was booted",
		    command->filter);
	return false;
}

static void add(struct confirm_command *command, const struct finding *finding, const char *outcome,
		char *detail)
{
	struct experiment *experiment = g_new(struct experiment, 1);

	*experiment = (struct experiment){ .fingerprint = finding->fingerprint,
					   .kind = "trace",
					   .outcome = outcome,
					   .detail = detail,
					   .kernel = command->path };
	g_ptr_array_add(command->experiments, experiment);
	term_print(stdout, TERM_BOLD, "%s: ", outcome);
	printf("%s:%u: %s [%s]\n  %s\n", finding->consumer.file, finding->consumer.line,
	       finding->message, finding->fingerprint, detail);
}

static void free_experiment(void *data)
{
	struct experiment *experiment = data;

	g_free((char *)experiment->detail);
	g_free(experiment);
}

static void follow(struct confirm_command *command, const struct targets *targets,
		   const struct trace *trace, const struct finding *finding)
{
	const struct initcall *initcall = targets_initcall(targets, &finding->consumer);
	unsigned int n;
	g_autofree struct trace_step *chain = targets_chain(finding, is_traced, command, &n);
	const char *last, *next;

	if (!initcall || !n)
		return;
	switch (trace_follow(trace, initcall->function, chain, n, finding->in_probe, &last,
			     &next)) {
	case TRACE_SEEN:
		command->n_seen++;
		add(command, finding, "seen", g_strdup_printf("the boot reaches %s()", last));
		break;
	case TRACE_STOPPED:
		command->n_stopped++;
		add(command, finding, "stopped",
		    g_strdup_printf("the boot stops after %s(), before %s()", last, next));
		break;
	default:
		break; /* confirm() counts this finding as "not in the trace" */
	}
}

static bool confirm(struct confirm_command *command, struct targets *targets, char *const *names,
		    const char *db, GError **error)
{
	g_autofree char *text = NULL;
	g_autofree struct experiment *list = NULL;
	g_autoptr(GError) cause = NULL;
	g_autoptr(trace) trace = NULL;
	g_autoptr(GPtrArray) findings = targets_select(targets, names, error);

	if (!findings)
		return false;
	if (!read_argument(command->path, READ_FILE_MAX, &text, NULL, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: cannot be read: %s",
			    command->path, cause->message);
		return false;
	}
	trace = trace_new(text, command->path, error);
	if (!trace)
		return false;
	if (trace_n_lost(trace))
		command_warn("confirm",
			     "%s: the kernel has dropped %u events, so no finding counts as "
			     "stopped; boot with a larger trace_buf_size",
			     command->path, trace_n_lost(trace));
	for (guint i = 0; i < findings->len; i++)
		follow(command, targets, trace, findings->pdata[i]);
	printf("%u finding%s: %u seen, %u stopped, %u not in the trace\n", findings->len,
	       findings->len == 1 ? "" : "s", command->n_seen, command->n_stopped,
	       findings->len - command->n_seen - command->n_stopped);
	list = g_new(struct experiment, command->experiments->len + 1);
	for (guint i = 0; i < command->experiments->len; i++)
		list[i] = *(const struct experiment *)command->experiments->pdata[i];
	return targets_store(db, list, command->experiments->len, error);
}

int cmd_confirm(int argc, char **argv)
{
	struct confirm_command command = { 0 };
	const GOptionEntry entries[] = {
		{ "filter", 0, 0, G_OPTION_ARG_FILENAME, &command.filter,
		  "The line of \"initlint trace-filter\" with which the kernel was booted",
		  "FILE" },
		{ 0 },
	};
	struct common_options common = { 0 };
	struct targets targets = { 0 };
	GError *error = NULL;
	int status = command_parse(&argc, &argv, "TRACE [FINDING... | CONSUMER PROVIDER]", summary,
				   description, entries, &common);

	if (status >= 0)
		return status;
	command.traced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	command.experiments = g_ptr_array_new_with_free_func(free_experiment);
	command.path = argv[1];
	if (argc < 2)
		g_set_error_literal(&error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "command line: expected the trace of a boot");
	else if (read_filter(&command, &error) &&
		 targets_open(&targets, &common, "confirm", &error) &&
		 confirm(&command, &targets, argv + 2, common.db, &error))
		status = EXIT_CLEAN;
	if (error)
		status = command_fail("confirm", error);
	targets_close(&targets);
	g_ptr_array_unref(command.experiments);
	g_hash_table_unref(command.traced);
	g_free(command.filter);
	common_options_clear(&common);
	return status;
}
