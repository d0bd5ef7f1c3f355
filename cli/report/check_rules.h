/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptions of rules, for reports. A rule is declared or inferred. A rule file describes a
 * declared rule. An inferred rule has no rule file: initlint infers its findings from the code. All
 * inferred findings with the same rule id belong to one inferred rule. The description of an
 * inferred rule says what these findings mean, and what to do about these findings.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_RULES_H
#define INITLINT_CLI_REPORT_CHECK_RULES_H

#include "cli/report/check_report.h"

struct check_rule {
	char *id;
	char *title;
	char *why; /* explanation of the rule, as plain text */
	/*
	 * A text in Markdown. First comes the text of @why. If a rule file describes the rule, then
	 * come the kernel text that the rule file quotes and the links in the rule file. The last
	 * part says what to do about a finding.
	 */
	char *markdown;
	enum severity severity;
	const struct rule *declared; /* the rule in the rule file; NULL: the rule is inferred */
};

/*
 * Returns an array of struct check_rule *. First come the rules of report->rules, one element for
 * each rule. Then comes one element for each rule that is not in report->rules, but has a finding
 * in report->findings. Free with g_ptr_array_unref(). Free the array before the data of @report.
 */
GPtrArray *check_rules(const struct check_report *report);
/*
 * @rules: the result of check_rules(). Returns the index in @rules of the rule of @finding. Returns
 * rules->len if @rules does not have this rule.
 */
unsigned int check_rules_index(const GPtrArray *rules, const struct finding *finding);

/*
 * Returns a word that says what the last function of the consumer's call chain in @finding does,
 * for example "use". The string is not to be freed.
 */
const char *check_chain_end(const struct finding *finding);
/*
 * Returns a text that says what the last function of the consumer's call chain in @finding does,
 * for example "uses x". Free with g_free().
 */
char *check_last_step(const struct finding *finding);

#endif
