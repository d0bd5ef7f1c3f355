/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that add a part of a SARIF 2.1.0 log to the object or array that @builder is building.
 * GitHub's code scanning demands more than the standard: each result must have a location with a
 * line, and the log must keep the limits below.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_SARIF_INTERNAL_H
#define INITLINT_CLI_REPORT_CHECK_SARIF_INTERNAL_H

#include <json-glib/json-glib.h>

#include "cli/report/check_report.h"

/* GitHub refuses a log with more results than this. */
#define SARIF_MAX_RESULTS 25000
/*
 * GitHub shows at most this many steps for one result. The steps of all thread flows of the result
 * are counted together.
 */
#define SARIF_MAX_STEPS 1000

/*
 * Adds the member @name, which is a SARIF message or multiformatMessageString. @markdown may be
 * NULL.
 */
void sarif_add_text(JsonBuilder *builder, const char *name, const char *text, const char *markdown);
/* Adds a physicalLocation. If @line is 0, the location is the whole file. */
void sarif_add_physical(JsonBuilder *builder, const char *file, unsigned int line);
/* Returns the SARIF level of @severity: "error", "warning" or "note". */
const char *sarif_level(enum severity severity);
/*
 * Adds "codeFlows" with a thread flow for the consumer's call chain and a thread flow for the
 * provider's call chain. Adds nothing if both chains are empty.
 */
void sarif_add_flows(JsonBuilder *builder, const struct finding *finding);
/*
 * Adds the result for report->findings[@index]. @rule_index: the index of the finding's rule in
 * the "rules" array of the SARIF driver.
 */
void sarif_add_result(JsonBuilder *builder, const struct check_report *report, unsigned int index,
		      unsigned int rule_index);

#endif
