// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints one line for each finding. The lines are for editors, and for tools that read the output
 * of "checkpatch.pl --terse".
 */
#include "cli/report/check_format.h"

#include <stdio.h>

void check_print_line(const struct check_report *report)
{
	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];
		struct check_place place = check_place(report, i);
		const struct report_note *note = check_note(report, i);
		g_autofree char *change = check_describe_change(report, i);
		g_autofree char *text = NULL;

		if (!check_is_shown(report, i))
			continue;
		text = g_strdup_printf("%s:%u: %s: %s%s%s%s%s [%s]", place.file, place.line,
				       check_verdict_word(report, i), finding->message,
				       change ? " (" : "", change ? change : "", change ? ")" : "",
				       note && note->accepted ? " (accepted)" : "",
				       finding->rule_id);
		/* File names and patch subjects may contain line breaks. */
		puts(g_strdelimit(text, "\n\r", ' '));
	}
}
