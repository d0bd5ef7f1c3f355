/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptions of rules, for reports. A declared rule is described in a rule file. An inferred rule
 * has no rule file: check_rules() makes one inferred rule for all inferred findings with the same
 * rule id. The inferred rule describes what these findings mean, and what to do about these
 * findings.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_RULES_H
#define INITLINT_CLI_REPORT_CHECK_RULES_H

#include "cli/report/check_report.h"

struct check_rule {
	char *id;
	char *title;
	char *why; /* plain text */
	/* the text of @why in Markdown, then a text that says what to do about a finding */
	char *markdown;
	enum severity severity;
	const struct rule *declared; /* NULL: the rule is inferred */
};

/*
 * Returns an array of struct check_rule *. The array first has one element for each of
 * report->rules. Then the array has one element for each rule that is not in report->rules but has
 * a finding in report->findings. Free with g_ptr_array_unref(). Free the array before the data of
 * @report.
 */
GPtrArray *check_rules(const struct check_report *report);
/*
 * @rules: the result of check_rules(). Returns the index of the element of @rules that describes
 * the rule of @finding. Returns rules->len if no element describes this rule.
 */
unsigned int check_rules_index(const GPtrArray *rules, const struct finding *finding);

/*
 * Returns a word for what happens at the end of the consumer's call chain in @finding, for example
 * "use". The string is not to be freed.
 */
const char *check_chain_end(const struct finding *finding);
/*
 * Returns a text that says what the last function of the consumer's call chain in @finding does,
 * for example "uses x". Free with g_free().
 */
char *check_last_step(const struct finding *finding);

#endif
