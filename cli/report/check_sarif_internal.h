/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Each sarif_add function adds a part of a SARIF 2.1.0 log to the object or array that @builder is
 * building. GitHub's code scanning demands more than the SARIF standard: each result must have a
 * location with a line, and the log must keep the limits SARIF_MAX_RESULTS and SARIF_MAX_STEPS.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_SARIF_INTERNAL_H
#define INITLINT_CLI_REPORT_CHECK_SARIF_INTERNAL_H

#include <json-glib/json-glib.h>

#include "cli/report/check_report.h"

/* GitHub refuses a log with more than SARIF_MAX_RESULTS results. */
#define SARIF_MAX_RESULTS 25000
/*
 * GitHub shows at most SARIF_MAX_STEPS steps for one result. If a result has several thread flows,
 * SARIF_MAX_STEPS is the limit for all steps of these thread flows together.
 */
#define SARIF_MAX_STEPS 1000

/*
 * Adds the member @name. The member is a SARIF message or multiformatMessageString with the text
 * @text. @markdown: the text in Markdown, or NULL.
 */
void sarif_add_text(JsonBuilder *builder, const char *name, const char *text, const char *markdown);
/* Adds "physicalLocation" with @file and @line. If @line is 0, the location is the whole file. */
void sarif_add_physical(JsonBuilder *builder, const char *file, unsigned int line);
/* Returns the SARIF level of @severity: "error", "warning" or "note". */
const char *sarif_level(enum severity severity);
/*
 * Adds "codeFlows". "codeFlows" has one thread flow for the call chain of the consumer, and one
 * thread flow for the call chain of the provider. An empty call chain gets no thread flow. Adds
 * nothing if both call chains are empty.
 */
void sarif_add_flows(JsonBuilder *builder, const struct finding *finding);
/*
 * Adds the SARIF result for report->findings[@index]. @rule_index: the index of this finding's rule
 * in the array "rules" of the SARIF driver.
 */
void sarif_add_result(JsonBuilder *builder, const struct check_report *report, unsigned int index,
		      unsigned int rule_index);

#endif
