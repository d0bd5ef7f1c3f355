/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptions of rules, for reports. The description of a declared rule comes from its rule file.
 * An inferred rule is made here: it describes what inferred findings with one rule id mean, and
 * what to do about them.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_RULES_H
#define INITLINT_CLI_REPORT_CHECK_RULES_H

#include "cli/report/check_report.h"

struct check_rule {
	char *id;
	char *title;
	char *why; /* plain text */
	/* the same text as why, in Markdown, then what to do about a finding */
	char *markdown;
	enum severity severity;
	const struct rule *declared; /* NULL: the rule is inferred */
};

/*
 * Returns descriptions of report->rules, then of the other rules of the findings in @report: an
 * array of struct check_rule *. Free with g_ptr_array_unref(), before @report is freed.
 */
GPtrArray *check_rules(const struct check_report *report);
/*
 * Returns the index in @rules of the rule of @finding. Returns rules->len if @rules does not have
 * the rule.
 */
unsigned int check_rules_index(const GPtrArray *rules, const struct finding *finding);

/*
 * Returns a word for the end of the consumer's call chain in @finding, such as "use". The string
 * is not to be freed.
 */
const char *check_chain_end(const struct finding *finding);
/*
 * Returns what the last function of the consumer's call chain in @finding does, such as "uses x".
 * Free with g_free().
 */
char *check_last_step(const struct finding *finding);

#endif
