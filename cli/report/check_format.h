/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Report formats by name. A writer prints a whole report on stdout. docs/formats.md
 * describes the output of each format.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_FORMAT_H
#define INITLINT_CLI_REPORT_CHECK_FORMAT_H

#include <glib.h>

#include "cli/report/check_report.h"

/* The names that check_format_find() accepts, for --help. */
#define CHECK_FORMAT_NAMES "text, json, sarif, junit, line or codequality"

typedef void (*check_writer)(const struct check_report *report);

/*
 * Returns the writer of the format @name, or the writer of the text format if @name is NULL.
 * Returns NULL with INITLINT_ERROR_USAGE if there is no format @name.
 */
check_writer check_format_find(const char *name, GError **error);

void check_print_text(const struct check_report *report);
void check_print_json(const struct check_report *report);
void check_print_sarif(const struct check_report *report);
void check_print_junit(const struct check_report *report);
void check_print_line(const struct check_report *report);
void check_print_codequality(const struct check_report *report);

#endif
