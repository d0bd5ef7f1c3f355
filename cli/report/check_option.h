/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options that the commands "check", "series" and "diff" share. These options name the rules and
 * models, select the findings to show, and select the findings that make the exit status 1.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_OPTION_H
#define INITLINT_CLI_REPORT_CHECK_OPTION_H

#include <stdbool.h>
#include <glib.h>

#include "cli/report/check_format.h"
#include "rules/engine/files/machine.h"

struct check_options {
	char *format;
	char **rules;
	char **models;
	char *confidence;
	char *fail_on;
	char *configuration;
	char *baseline;
	char **machine;
	gboolean all;
	gboolean declared;
	/* check_options_take() sets the members below from the strings above. */
	check_writer print; /* the writer of the format @format */
	/*
	 * true: the report has the text format. The commands "series" and "diff" then print a text
	 * of their own, and do not call @print.
	 */
	bool is_text;
	/*
	 * a finding with the verdict @threshold or a worse verdict makes the exit status 1;
	 * N_VERDICTS: no finding makes the exit status 1; set from @fail_on
	 */
	enum verdict threshold;
	/* hide inferred findings with a confidence lower than @least; set from @confidence */
	enum confidence least;
	/*
	 * true: assume that the machine has a device for each built-in driver. Set if one of the
	 * strings in @machine is "any". Then no file is read.
	 */
	bool any_machine;
	/* true: one of the strings in @machine is "dts", the boards of the kernel tree */
	bool all_boards;
	struct machine *devices; /* read from the files in @machine; NULL: no file was read */
};

/*
 * Returns the option table for command_parse(): an array of GOptionEntry that ends with an empty
 * entry. The table has the shared options and the options in @more. command_parse() stores the
 * values of the shared options in @options. Free with g_array_unref().
 * @more: the options that only this command has, then an empty entry. NULL: there are none.
 */
GArray *check_option_entries(struct check_options *options, const GOptionEntry *more);
/*
 * Sets @print and all members after @print. Reads the files in @machine, which may fail as
 * described for machine_load(). Returns false with INITLINT_ERROR_USAGE if another string in
 * @options has an unknown value.
 */
bool check_options_take(struct check_options *options, GError **error);
/*
 * Returns false with INITLINT_ERROR_USAGE if the user wants all boards ("--machine dts"). Only the
 * command "check" supports all boards, and only without a matrix.
 */
bool check_options_refuse_boards(const struct check_options *options, GError **error);
/* Frees the members of @options, but not @options. */
void check_options_clear(struct check_options *options);

#endif
