/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The options of every command that judges: which rules, which findings are shown, what
 * makes the exit status 1.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_OPTION_H
#define INITLINT_CLI_REPORT_CHECK_OPTION_H

#include <stdbool.h>
#include <glib.h>

#include "cli/report/check_format.h"

struct check_options {
	char *format;
	char **rules;
	char **models;
	char *confidence;
	char *fail_on;
	char *configuration;
	char *baseline;
	gboolean all;
	gboolean declared;
	check_writer print;	/* of format */
	bool is_text;		/* format is text, which some commands print themselves */
	enum verdict threshold; /* of fail_on; N_VERDICTS: none */
	enum confidence least;	/* of confidence */
};

/*
 * Options that fill @options, and @more, for command_parse(): struct GOptionEntry. Free
 * with g_array_unref().
 */
GArray *check_option_entries(struct check_options *options, const GOptionEntry *more);
/* What the words of the command line mean. Fails with INITLINT_ERROR_USAGE. */
bool check_options_take(struct check_options *options, GError **error);
void check_options_clear(struct check_options *options);

#endif
