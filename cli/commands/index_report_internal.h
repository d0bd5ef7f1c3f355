/* SPDX-License-Identifier: GPL-2.0-only */
/* The report that the command "initlint index" prints at the end. */
#ifndef INITLINT_CLI_COMMANDS_INDEX_REPORT_INTERNAL_H
#define INITLINT_CLI_COMMANDS_INDEX_REPORT_INTERNAL_H

#include "analyzer/index/index.h"
#include "cli/base/command.h"

struct index_report {
	const struct common_options *common;
	const struct index_summary *summary;
	gint64 start_us; /* monotonic time at which indexing began, in microseconds */
};

/* Prints the report. Returns an enum exit_status. */
int index_report_print(const struct index_report *report);

#endif
