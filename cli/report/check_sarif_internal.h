/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that add a part of a SARIF 2.1.0 log to the object or array that is being built.
 * check_sarif.c uses them. GitHub's code scanning demands more than the standard: a location
 * with a line for each result, and the limits below.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_SARIF_INTERNAL_H
#define INITLINT_CLI_REPORT_CHECK_SARIF_INTERNAL_H

#include <json-glib/json-glib.h>

#include "cli/report/check_report.h"

/* GitHub refuses a log with more results. */
#define SARIF_MAX_RESULTS 25000
/* GitHub shows at most this many steps of a result, counted over all its thread flows. */
#define SARIF_MAX_STEPS 1000

/* Adds a SARIF message or multiformatMessageString. @markdown may be NULL. */
void sarif_add_text(JsonBuilder *builder, const char *name, const char *text, const char *markdown);
/* Adds a physicalLocation. If @line is 0, it names the whole file. */
void sarif_add_physical(JsonBuilder *builder, const char *file, unsigned int line);
/* Returns the SARIF level of @severity: "error", "warning" or "note". */
const char *sarif_level(enum severity severity);
/* Adds "codeFlows": a thread flow for the consumer's call chain and one for the provider's. */
void sarif_add_flows(JsonBuilder *builder, const struct finding *finding);
/* Adds the result of findings[index]. @rule_index: index of its rule in the driver's rules. */
void sarif_add_result(JsonBuilder *builder, const struct check_report *report, unsigned int index,
		      unsigned int rule_index);

#endif
