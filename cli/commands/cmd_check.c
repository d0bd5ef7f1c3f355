// SPDX-License-Identifier: GPL-2.0-only
/* The command "initlint check": reports the findings of one database. */
#include "cli/base/command.h"

#include <string.h>

#include "cli/commands/commands.h"
#include "cli/judge/analysis.h"
#include "cli/judge/check_notes.h"
#include "cli/report/check_option.h"
#include "cli/judge/db_match.h"
#include "cli/judge/judged.h"
#include "cli/matrix/matrix.h"
#include "db/error.h"
#include "rules/engine/verdict/verdict.h"

static const char summary[] = "Reports initcalls that run before their providers.";
static const char description[] =
	"A rule declares which initcall needs which. Each rule is one YAML file (docs/rules.md).\n"
	"Other dependencies are inferred from the code. Without --rules, the rules are those in\n"
	"$INITLINT_RULES, or else those of initlint.\n"
	"\n"
	"Exit status: 0 no finding at or above --fail-on, 1 findings, 2 usage or a bad rule\n"
	"file, 3 no findings but the analysis is incomplete: Makefiles were not understood, or\n"
	"a file that a rule names was not read whole.";

struct check_command {
	struct check_options options;
	char *write_baseline;
	char *matrix;
};

static int parse(int *argc, char ***argv, struct check_command *command,
		 struct common_options *common)
{
	const GOptionEntry entries[] = {
		{ "write-baseline", 0, 0, G_OPTION_ARG_FILENAME, &command->write_baseline,
		  "Write all findings to FILE, to accept them; keep the reasons that FILE has",
		  "FILE" },
		{ "matrix", 0, 0, G_OPTION_ARG_FILENAME, &command->matrix,
		  "Prepare, index and check every configuration that FILE lists, each below BUILD",
		  "FILE" },
		{ 0 },
	};
	g_autoptr(GArray) all = check_option_entries(&command->options, entries);
	int status = command_parse(argc, argv, NULL, summary, description,
				   (const GOptionEntry *)all->data, common);
	GError *error = NULL;

	if (status >= 0)
		return status;
	if (command->options.baseline && command->write_baseline)
		error = g_error_new(
			INITLINT_ERROR, INITLINT_ERROR_USAGE,
			"command line: --baseline and --write-baseline: expected only one of "
			"them");
	if (!error && command->matrix && (!common->build_given || command->write_baseline))
		error = g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "command line: --matrix: expected -o with a directory to build "
				    "in, and no --write-baseline");
	if (!error && check_options_take(&command->options, &error) &&
	    (!command->matrix || check_options_refuse_boards(&command->options, &error)))
		return -1;
	return command_fail("check", error);
}

static void add_inferred(GPtrArray *findings, struct inference *inference,
			 const struct check_options *options)
{
	g_ptr_array_extend_and_steal(findings, inference_findings(inference, options->all));
	findings_sort(findings);
}

/*
 * True if a rule of @rules has the key "anywhere". The consumer or the provider of a rule with
 * "anywhere" can be a function that is not an initcall. So the rule needs the call graph of the
 * whole program.
 */
static bool need_program(const GPtrArray *rules)
{
	for (unsigned int i = 0; i < rules->len; i++) {
		const struct rule *rule = rules->pdata[i];

		if (rule->consumer.anywhere || rule->provider.anywhere)
			return true;
	}
	return false;
}

static bool open_analysis(struct analysis *analysis, struct query *query,
			  const struct judging *judging, const struct check_options *options,
			  GError **error)
{
	if (options->declared && !need_program(judging->rules))
		return analysis_open_declared(analysis, query, judging->models, error);
	return analysis_open(analysis, query, judging->models, &judging->inferred, "check", error);
}

static int judge(struct query *query, const struct check_command *command,
		 const struct common_options *common, GError **error)
{
	const struct check_options *options = &command->options;
	g_autoptr(GPtrArray) findings = NULL;
	g_autoptr(check_notes) notes = NULL;
	g_autofree char *configuration = db_configuration(query);
	g_auto(GStrv) partial = NULL;
	struct analysis analysis = { 0 };
	struct judging judging;
	struct check_report report;
	bool incomplete;
	int status = -1;

	if (judging_load(&judging, options, error) &&
	    (!options->all_boards ||
	     judging_load_boards(&judging, common, query, "check", error)) &&
	    db_warn_partial(query, "check", &incomplete, error) &&
	    open_analysis(&analysis, query, &judging, options, error)) {
		findings = rules_judge(judging.rules, &analysis.input);
		if (analysis.inference && !options->declared)
			add_inferred(findings, analysis.inference, options);
		if (analysis_add_experiments(findings, query, error))
			notes = check_notes_new(findings, query, judging.baseline,
						command->write_baseline, error);
	}
	if (notes) {
		partial = db_partial_reasons(query, NULL, NULL);
		report = (struct check_report){
			.command = "check",
			.rules = judging.rules,
			.models = judging.models,
			.findings = findings,
			.notes = check_notes_list(notes),
			.threshold = options->threshold,
			.all = options->all,
			.arch = analysis.input.arch,
			.version = analysis.input.version,
			.configuration =
				options->configuration ? options->configuration : configuration,
			.tree = common->tree,
			.partial = (const char *const *)partial,
			.incomplete = incomplete,
		};
		check_report_count(&report);
		check_notes_warn(notes, &report,
				 !options->declared && options->least <= CONFIDENCE_MEDIUM);
		options->print(&report);
		status = check_report_status(&report);
	}
	analysis_clear(&analysis);
	g_clear_pointer(&notes, check_notes_free);
	g_clear_pointer(&findings, g_ptr_array_unref);
	judging_clear(&judging);
	return status;
}

static int run(const struct check_command *command, const struct common_options *common)
{
	GError *error = NULL;
	g_autoptr(query) query = query_open(common->db, &error);
	int status = -1;

	if (query && !db_matches(query, common, "check"))
		return EXIT_BAD_USAGE;
	if (query)
		status = judge(query, command, common, &error);
	return status < 0 ? command_fail("check", error) : status;
}

int cmd_check(int argc, char **argv)
{
	struct check_command command = { 0 };
	struct common_options common = { 0 };
	int status = parse(&argc, &argv, &command, &common);

	if (status < 0)
		status = command.matrix ? matrix_check(command.matrix, &command.options, &common)
					: run(&command, &common);
	g_free(command.matrix);
	check_options_clear(&command.options);
	g_free(command.write_baseline);
	common_options_clear(&common);
	return status;
}
