/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What reports say of rules: of the declared ones what they say of themselves, of those
 * behind inferred findings what such a finding means and what to do about it.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_RULES_H
#define INITLINT_CLI_REPORT_CHECK_RULES_H

#include "cli/report/check_report.h"

struct check_rule {
	char *id;
	char *title;
	char *why;	/* plain text */
	char *markdown; /* the same, with what to do */
	enum severity severity;
	const struct rule *declared; /* NULL: inferred */
};

/*
 * The report's rules, then those that only its findings name. struct check_rule *; free
 * with g_ptr_array_unref(). Must not outlive the report.
 */
GPtrArray *check_rules(const struct check_report *report);
/* The place of the finding's rule in it. */
unsigned int check_rules_index(const GPtrArray *rules, const struct finding *finding);

#endif
