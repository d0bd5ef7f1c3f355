/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The formats of a report. Each format has a name and a writer. The writer is a function that
 * prints a whole report on stdout. docs/formats.md describes the output of each format.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_FORMAT_H
#define INITLINT_CLI_REPORT_CHECK_FORMAT_H

#include <glib.h>

#include "cli/report/check_report.h"

/* The names of the formats that check_format_find() accepts, as a text for --help. */
#define CHECK_FORMAT_NAMES "text, json, sarif, junit, line or codequality"

typedef void (*check_writer)(const struct check_report *report);

/*
 * Returns the writer of the format with the name @name. If @name is NULL, returns the writer of the
 * text format. Returns NULL with INITLINT_ERROR_USAGE if no format has this name.
 */
check_writer check_format_find(const char *name, GError **error);

void check_print_text(const struct check_report *report);
void check_print_json(const struct check_report *report);
void check_print_sarif(const struct check_report *report);
void check_print_junit(const struct check_report *report);
void check_print_line(const struct check_report *report);
void check_print_codequality(const struct check_report *report);

#endif
