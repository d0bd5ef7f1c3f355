/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptions of rules for reports. A declared rule brings its own description. Inferred
 * findings get a description of what they mean and what to do about them.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_RULES_H
#define INITLINT_CLI_REPORT_CHECK_RULES_H

#include "cli/report/check_report.h"

struct check_rule {
	char *id;
	char *title;
	char *why;	/* plain text */
	char *markdown; /* why in Markdown, followed by what to do */
	enum severity severity;
	const struct rule *declared; /* NULL: an inferred rule */
};

/*
 * Returns the rules of @report, then the rules that only its findings name: an array of
 * struct check_rule *. Free with g_ptr_array_unref(), before @report is freed.
 */
GPtrArray *check_rules(const struct check_report *report);
/* Returns the index in @rules of the rule of @finding; @rules->len if there is none. */
unsigned int check_rules_index(const GPtrArray *rules, const struct finding *finding);

/* Returns where the consumer's chain of @finding ends: "use". */
const char *check_chain_end(const struct finding *finding);
/* Returns what the last function of that chain does: "uses bus_type". Free with g_free(). */
char *check_last_step(const struct finding *finding);

#endif
