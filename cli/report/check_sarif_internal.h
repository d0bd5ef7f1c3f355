/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of a SARIF 2.1.0 log, for check_sarif.c; each is added to the object or array
 * that is being built. What GitHub's code scanning demands beyond the standard holds for
 * all of them: each result has a place with a line, and the limits below.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_SARIF_INTERNAL_H
#define INITLINT_CLI_REPORT_CHECK_SARIF_INTERNAL_H

#include <json-glib/json-glib.h>

#include "cli/report/check_report.h"

/* GitHub takes no log with more results. */
#define SARIF_MAX_RESULTS 25000
/* Of a result's steps, in all its flows, it shows no more. */
#define SARIF_MAX_STEPS 1000

/* SARIF's message and multiformatMessageString; @markdown may be NULL. */
void sarif_add_text(JsonBuilder *builder, const char *name, const char *text, const char *markdown);
/* A physicalLocation; @line 0: the file as a whole. */
void sarif_add_physical(JsonBuilder *builder, const char *file, unsigned int line);
/* SARIF has our three words. */
const char *sarif_level(enum severity severity);
/* "codeFlows": one thread flow for the consumer's chain, one for the provider's. */
void sarif_add_flows(JsonBuilder *builder, const struct finding *finding);
/* The result of findings[index]; @rule_index is the place of its rule in the driver's. */
void sarif_add_result(JsonBuilder *builder, const struct check_report *report, unsigned int index,
		      unsigned int rule_index);

#endif
