// SPDX-License-Identifier: GPL-2.0-only
/* Findings as a compiler would print them. */
#include "cli/check_report.h"

#include <stdio.h>
#include <string.h>

#include "cli/term.h"

#define TEXT_WIDTH 96

static void print_place(const char *file, unsigned int line)
{
	if (line)
		term_print(stdout, TERM_BOLD, "%s:%u: ", file, line);
	else
		term_print(stdout, TERM_BOLD, "%s: ", file);
}

static enum term_style verdict_style(const struct finding *finding)
{
	if (finding->verdict == VERDICT_BROKEN)
		return finding->severity == SEVERITY_ERROR ? TERM_ERROR : TERM_WARNING;
	if (finding->verdict == VERDICT_FRAGILE)
		return TERM_WARNING;
	return finding->verdict == VERDICT_MOOT ? TERM_NOTE : TERM_GOOD;
}

static void print_note(const char *file, unsigned int line)
{
	if (file)
		print_place(file, line);
	term_print(stdout, TERM_NOTE, "note: ");
}

static void print_side(const struct finding_side *side)
{
	const char *macro = initcall_level_macro(side->level);

	print_note(side->file, side->line);
	printf("%s is %s", side->function, side->macro ? side->macro : macro);
	if (side->macro && strcmp(side->macro, macro) != 0)
		printf(", level %s", initcall_level_name(side->level));
	printf(", position %d\n", side->position);
}

/* Prints prose, wrapped and indented; an empty line of it stands between paragraphs. */
static void print_prose(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
	size_t column = 0;

	for (char **word = words; *word; word++) {
		size_t width = (size_t)g_utf8_strlen(*word, -1);

		if (!width)
			continue;
		if (column && column + 1 + width > TEXT_WIDTH) {
			putchar('\n');
			column = 0;
		}
		column += (size_t)printf("%s%s", column ? " " : "    ", *word) -
			  (strlen(*word) - width);
	}
	putchar('\n');
}

static void print_rule(const struct rule *rule)
{
	print_note(NULL, 0);
	printf("%s\n", rule->title);
	print_prose(rule->why);
	print_note(NULL, 0);
	printf("from %s%s%s%s%s\n", rule->source.file, rule->source.lines ? ":" : "",
	       rule->source.lines ? rule->source.lines : "", rule->source.version ? " of " : "",
	       rule->source.version ? rule->source.version : "");
	for (char **link = rule->links; link && *link; link++) {
		print_note(NULL, 0);
		printf("see %s\n", *link);
	}
}

static void print_finding(const struct finding *finding)
{
	if (finding->consumer.file)
		print_place(finding->consumer.file, finding->consumer.line);
	term_print(stdout, verdict_style(finding), "%s: ", verdict_name(finding->verdict));
	printf("%s [%s]\n", finding->message, finding->rule_id);
	if (finding->consumer.level != LEVEL_NONE) {
		print_side(&finding->consumer);
		print_side(&finding->provider);
		for (unsigned int i = 0; i < finding->reasons->len; i++) {
			print_note(NULL, 0);
			printf("order: %s\n", (const char *)finding->reasons->pdata[i]);
		}
	} else {
		/* The first reason is the message. */
		for (unsigned int i = 1; i < finding->reasons->len; i++) {
			print_note(NULL, 0);
			printf("%s\n", (const char *)finding->reasons->pdata[i]);
		}
	}
	if (finding->rule && check_is_problem(finding))
		print_rule(finding->rule);
}

static void print_summary(const struct check_report *report)
{
	const char *separator = ": ";

	printf("%u rule%s", report->rules->len, report->rules->len == 1 ? "" : "s");
	for (int i = 0; i < N_VERDICTS; i++) {
		if (!report->n_verdicts[i])
			continue;
		printf("%s%u %s", separator, report->n_verdicts[i], verdict_name(i));
		separator = ", ";
	}
	if (report->n_not_judged)
		printf(" (%u not judged)", report->n_not_judged);
	putchar('\n');
}

void check_print_text(const struct check_report *report)
{
	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		if (report->all || check_is_problem(finding))
			print_finding(finding);
	}
	print_summary(report);
}
