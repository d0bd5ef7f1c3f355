// SPDX-License-Identifier: GPL-2.0-only
/* initlint check: judges the rules against a database. */
#include "cli/command.h"

#include <string.h>

#include "cli/analysis.h"
#include "cli/check_format.h"
#include "cli/check_notes.h"
#include "cli/db_match.h"
#include "db/error.h"
#include "rules/verdict.h"

static const char summary[] = "Finds initcalls that run before something they need.";
static const char description[] =
	"Rules say which initcall needs which; each is one YAML file (docs/rules.md).\n"
	"Without --rules they come from $INITLINT_RULES or those that belong to initlint.\n"
	"\n"
	"Exit status: 0 no finding at or above --fail-on, 1 findings, 2 usage or a bad rule\n"
	"file, 3 no findings but the analysis is incomplete: Makefiles were not understood, or\n"
	"a file that a rule is about was not read whole.";

struct check_options {
	char *format;
	char **rules;
	char **models;
	char *confidence;
	char *fail_on;
	gboolean all;
	gboolean declared;
	enum verdict threshold; /* of fail_on; N_VERDICTS: none */
	enum confidence least;	/* of confidence */
	check_writer print;
	char *configuration;
	char *baseline;
	char *write_baseline;
};

static bool take_threshold(struct check_options *options, GError **error)
{
	const char *name = options->fail_on ? options->fail_on : "broken";

	options->threshold = verdict_parse(name);
	if (options->threshold == VERDICT_BROKEN || options->threshold == VERDICT_FRAGILE)
		return true;
	options->threshold = N_VERDICTS;
	if (strcmp(name, "none") == 0)
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "command line: --fail-on=%s: expected broken, fragile or none", name);
	return false;
}

static bool take_confidence(struct check_options *options, GError **error)
{
	options->least = CONFIDENCE_MEDIUM;
	if (!options->confidence)
		return true;
	for (enum confidence c = CONFIDENCE_LOW; c <= CONFIDENCE_HIGH; c++) {
		if (strcmp(options->confidence, confidence_name(c)) == 0) {
			options->least = c;
			return true;
		}
	}
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "command line: --min-confidence=%s: expected low, medium or high",
		    options->confidence);
	return false;
}

static bool take_baseline(const struct check_options *options, GError **error)
{
	if (!options->baseline || !options->write_baseline)
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "command line: --baseline and --write-baseline: expected one of them");
	return false;
}

static int parse(int *argc, char ***argv, struct check_options *options,
		 struct common_options *common)
{
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &options->format,
		  CHECK_FORMAT_NAMES " (default: text)", "FORMAT" },
		{ "configuration", 0, 0, G_OPTION_ARG_STRING, &options->configuration,
		  "What reports call this configuration (default: a hash of the .config)", "NAME" },
		{ "rules", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rules,
		  "Rule file, or directory of them; may be repeated", "F" },
		{ "models", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->models,
		  "Model file, or directory of them; may be repeated", "F" },
		{ "confidence", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->confidence,
		  NULL, NULL },
		{ "min-confidence", 0, 0, G_OPTION_ARG_STRING, &options->confidence,
		  "Show inferred findings from low, medium or high confidence on (default: medium)",
		  "C" },
		{ "declared", 0, 0, G_OPTION_ARG_NONE, &options->declared,
		  "Only what rules declare, not what is inferred from the code", NULL },
		{ "all", 0, 0, G_OPTION_ARG_NONE, &options->all,
		  "Show rules that hold or say nothing here too, and why", NULL },
		{ "fail-on", 0, 0, G_OPTION_ARG_STRING, &options->fail_on,
		  "broken, fragile or none: what makes the exit status 1 (default: broken)",
		  "VERDICT" },
		{ "baseline", 0, 0, G_OPTION_ARG_FILENAME, &options->baseline,
		  "Hide the findings that FILE accepts", "FILE" },
		{ "write-baseline", 0, 0, G_OPTION_ARG_FILENAME, &options->write_baseline,
		  "Write all findings to FILE, to accept them; reasons in it are kept", "FILE" },
		{ 0 },
	};
	int status = command_parse(argc, argv, NULL, summary, description, entries, common);
	GError *error = NULL;

	if (status >= 0)
		return status;
	options->print = check_format_find(options->format, &error);
	if (options->print && take_baseline(options, &error) && take_threshold(options, &error) &&
	    take_confidence(options, &error))
		return -1;
	return command_fail("check", error);
}

static void options_clear(struct check_options *options)
{
	g_free(options->format);
	g_strfreev(options->rules);
	g_strfreev(options->models);
	g_free(options->confidence);
	g_free(options->fail_on);
	g_free(options->configuration);
	g_free(options->baseline);
	g_free(options->write_baseline);
}

static int by_weight(const void *a, const void *b)
{
	return finding_compare(*(const struct finding *const *)a,
			       *(const struct finding *const *)b);
}

/* What was inferred joins what rules declare. */
static void add_inferred(GPtrArray *findings, struct inference *inference,
			 const struct check_options *options)
{
	g_autoptr(GPtrArray) inferred = inference_findings(inference, options->all);

	for (unsigned int i = 0; i < inferred->len; i++) {
		struct finding *finding = inferred->pdata[i];

		g_ptr_array_add(findings, finding);
		inferred->pdata[i] = NULL;
	}
	g_ptr_array_sort(findings, by_weight);
}

/* Rules about functions wherever they are reached need the whole program. */
static bool need_program(const GPtrArray *rules)
{
	for (unsigned int i = 0; i < rules->len; i++) {
		const struct rule *rule = rules->pdata[i];

		if (rule->consumer.anywhere || rule->provider.anywhere)
			return true;
	}
	return false;
}

static bool open_analysis(struct analysis *analysis, struct query *query, const GPtrArray *rules,
			  const struct check_options *options, GError **error)
{
	if (options->declared && !need_program(rules))
		return rule_input_from_query(query, &analysis->input, error);
	return analysis_open(analysis, query, options->models, options->least, "check", error);
}

static int judge(struct query *query, const struct check_options *options,
		 const struct common_options *common, GError **error)
{
	g_autoptr(GPtrArray) rules = analysis_rules(options->rules, error);
	g_autoptr(GPtrArray) findings = NULL;
	g_autoptr(check_notes) notes = NULL;
	g_autofree char *configuration = db_configuration(query);
	g_auto(GStrv) partial = NULL;
	struct analysis analysis = { 0 };
	struct check_report report;
	bool incomplete;
	int status = -1;

	if (rules && db_warn_partial(query, "check", &incomplete, error) &&
	    open_analysis(&analysis, query, rules, options, error)) {
		findings = rules_judge(rules, &analysis.input);
		if (analysis.inference && !options->declared)
			add_inferred(findings, analysis.inference, options);
		notes = check_notes_new(findings, query, options->baseline, options->write_baseline,
					error);
	}
	if (notes) {
		partial = db_partial_reasons(query, NULL, NULL);
		report = (struct check_report){
			.command = "check",
			.rules = rules,
			.models = analysis.models,
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
	return status;
}

static int run(const struct check_options *options, const struct common_options *common)
{
	GError *error = NULL;
	g_autoptr(query) query = query_open(common->db, &error);
	int status = -1;

	if (query && !db_matches(query, common, "check"))
		return EXIT_BAD_USAGE;
	if (query)
		status = judge(query, options, common, &error);
	return status < 0 ? command_fail("check", error) : status;
}

int cmd_check(int argc, char **argv)
{
	struct check_options options = { 0 };
	struct common_options common = { 0 };
	int status = parse(&argc, &argv, &options, &common);

	if (status < 0)
		status = run(&options, &common);
	options_clear(&options);
	common_options_clear(&common);
	return status;
}
