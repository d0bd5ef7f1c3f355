// SPDX-License-Identifier: GPL-2.0-only
/* initlint check: judges the rules against a database. */
#include "cli/command.h"

#include <string.h>

#include "cli/check_report.h"
#include "cli/db_match.h"
#include "db/error.h"
#include "rules/input.h"
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
	char *fail_on;
	gboolean all;
	enum verdict threshold; /* of fail_on; N_VERDICTS: none */
	void (*print)(const struct check_report *report);
};

bool check_is_problem(const struct finding *finding)
{
	return finding->verdict <= VERDICT_UNORDERED;
}

static bool take_format(struct check_options *options, GError **error)
{
	static const struct {
		const char *name;
		void (*print)(const struct check_report *report);
	} formats[] = {
		{ "text", check_print_text },
		{ "json", check_print_json },
		{ "sarif", check_print_sarif },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (strcmp(options->format ? options->format : "text", formats[i].name) == 0)
			options->print = formats[i].print;
	if (!options->print)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --format=%s: expected text, json or sarif",
			    options->format);
	return options->print != NULL;
}

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

static int parse(int *argc, char ***argv, struct check_options *options,
		 struct common_options *common)
{
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &options->format,
		  "text, json or sarif (default: text)", "FORMAT" },
		{ "rules", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rules,
		  "Rule file, or directory of them; may be repeated", "F" },
		{ "all", 0, 0, G_OPTION_ARG_NONE, &options->all,
		  "Show rules that hold or say nothing here too, and why", NULL },
		{ "fail-on", 0, 0, G_OPTION_ARG_STRING, &options->fail_on,
		  "broken, fragile or none: what makes the exit status 1 (default: broken)",
		  "VERDICT" },
		{ 0 },
	};
	int status = command_parse(argc, argv, NULL, summary, description, entries, common);
	GError *error = NULL;

	if (status >= 0)
		return status;
	if (take_format(options, &error) && take_threshold(options, &error))
		return -1;
	return command_fail("check", error);
}

static void options_clear(struct check_options *options)
{
	g_free(options->format);
	g_strfreev(options->rules);
	g_free(options->fail_on);
}

/* The rules of the source tree come first: who has one built initlint from it. */
static GPtrArray *load_rules(const struct check_options *options, GError **error)
{
	const char *const defaults[] = { g_getenv("INITLINT_RULES"), INITLINT_SOURCE_RULES_DIR,
					 INITLINT_RULES_DIR };

	if (options->rules)
		return rules_load((const char *const *)options->rules, error);
	if (defaults[0] && *defaults[0])
		return rules_load((const char *const[]){ defaults[0], NULL }, error);
	for (size_t i = 1; i < G_N_ELEMENTS(defaults); i++)
		if (g_file_test(defaults[i], G_FILE_TEST_IS_DIR))
			return rules_load((const char *const[]){ defaults[i], NULL }, error);
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "no rules in %s or %s; name some with --rules or $INITLINT_RULES",
		    INITLINT_SOURCE_RULES_DIR, INITLINT_RULES_DIR);
	return NULL;
}

static void count(struct check_report *report)
{
	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		report->n_verdicts[finding->verdict]++;
		report->n_not_judged += finding->not_judged;
		if (finding->outdated)
			command_warn("check", "%s: %s", finding->rule_id, finding->outdated);
		if (finding->not_judged)
			command_warn("check", "%s: not judged: %s", finding->rule_id,
				     finding->message);
	}
}

static int exit_status(const struct check_report *report, const struct check_options *options,
		       bool partial)
{
	for (int i = 0; i < N_VERDICTS; i++)
		if (options->threshold != N_VERDICTS && i <= (int)options->threshold &&
		    report->n_verdicts[i])
			return EXIT_FINDINGS;
	return partial || report->n_not_judged ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static int judge(struct query *query, const struct check_options *options,
		 const struct common_options *common, GError **error)
{
	g_autoptr(GPtrArray) rules = load_rules(options, error);
	g_autoptr(GPtrArray) findings = NULL;
	struct rule_input input;
	struct check_report report;
	bool partial;

	if (!rules || !rule_input_from_query(query, &input, error) ||
	    !db_warn_partial(query, "check", &partial, error))
		return -1;
	findings = rules_judge(rules, &input);
	report = (struct check_report){
		.rules = rules,
		.findings = findings,
		.all = options->all,
		.arch = input.arch,
		.version = input.version,
		.tree = common->tree,
	};
	count(&report);
	options->print(&report);
	return exit_status(&report, options, partial);
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
