/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options that check, series and diff share: the rules and models, the findings to show, and
 * the findings that make the exit status 1.
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
	/* check_options_take() sets the members below from the strings above. */
	check_writer print;	/* writer of the format */
	bool is_text;		/* the format is text; series and diff print text themselves */
	enum verdict threshold; /* from fail_on; N_VERDICTS: no finding fails */
	enum confidence least;	/* lowest confidence of inferred findings to show */
};

/*
 * Returns the option table for command_parse(), an array of GOptionEntry. The shared options
 * fill @options. @more: further options of the command, or NULL. Free with g_array_unref().
 */
GArray *check_option_entries(struct check_options *options, const GOptionEntry *more);
/* Translates the strings of @options. Fails with INITLINT_ERROR_USAGE on an unknown word. */
bool check_options_take(struct check_options *options, GError **error);
/* Frees the members of @options, but not @options. */
void check_options_clear(struct check_options *options);

#endif
