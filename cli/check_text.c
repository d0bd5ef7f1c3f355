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

/* The way to a use, one call a line. */
static void print_chain(const GPtrArray *chain, const char *what)
{
	for (unsigned int i = 0; chain && i < chain->len; i++) {
		const struct finding_step *step = chain->pdata[i];
		const struct finding_step *next = i + 1 < chain->len ? chain->pdata[i + 1] : NULL;

		print_note(step->file, step->line);
		if (next)
			printf("  %s calls %s\n", step->function, next->function);
		else
			printf("  %s %s\n", step->function, what);
	}
}

static bool has_steps(const GPtrArray *chain)
{
	return chain && chain->len > 0;
}

static void print_chains(const struct finding *finding)
{
	g_autofree char *needs = g_strdup_printf("uses %s", finding->resource);
	g_autofree char *sets = g_strdup_printf("sets up %s", finding->resource);

	if (has_steps(finding->chain)) {
		print_note(NULL, 0);
		printf("from %s to the use:\n", finding->consumer.function);
		print_chain(finding->chain, needs);
	}
	if (has_steps(finding->provider_chain)) {
		print_note(NULL, 0);
		printf("from %s to the set-up:\n", finding->provider.function);
		print_chain(finding->provider_chain, sets);
	}
}

/* Of a finding without a provider: a probe whose request to be called again is lost. */
static void print_way(const struct finding *finding)
{
	print_note(NULL, 0);
	printf("from %s to the error number:\n", finding->consumer.function);
	print_chain(finding->chain, "returns -EPROBE_DEFER");
}

void check_print_finding(const struct finding *finding)
{
	if (finding->consumer.file)
		print_place(finding->consumer.file, finding->consumer.line);
	term_print(stdout, verdict_style(finding), "%s: ", verdict_name(finding->verdict));
	printf("%s [%s", finding->message, finding->rule_id);
	if (!finding->rule)
		printf(", %s, %s confidence", severity_name(finding->severity),
		       confidence_name(finding->confidence));
	puts("]");
	if (finding->consumer.level != LEVEL_NONE) {
		print_side(&finding->consumer);
		if (finding->provider.function)
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
	if (finding->provider.function)
		print_chains(finding);
	else if (has_steps(finding->chain))
		print_way(finding);
	if (finding->rule && check_is_problem(finding))
		print_rule(finding->rule);
}

/* What one provider's place breaks in the same way is told once in full. */
static bool is_same_cause(const struct finding *a, const struct finding *b)
{
	return !a->rule && !b->rule && a->verdict == b->verdict &&
	       a->provider.position == b->provider.position &&
	       g_strcmp0(a->resource, b->resource) == 0;
}

#define MAX_ALIKE 3

static bool is_shown(const struct check_report *report, const struct finding *finding)
{
	return report->all || check_is_problem(finding);
}

/* How many findings before this one have the same cause. */
static unsigned int n_alike_before(const struct check_report *report, unsigned int index)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < index; i++)
		n += is_shown(report, report->findings->pdata[i]) &&
		     is_same_cause(report->findings->pdata[i], report->findings->pdata[index]);
	return n;
}

static void print_alike(const struct check_report *report, unsigned int index)
{
	const struct finding *finding = report->findings->pdata[index];

	for (unsigned int i = index + 1; i < report->findings->len; i++) {
		const struct finding *other = report->findings->pdata[i];

		if (!is_shown(report, other) || !is_same_cause(finding, other))
			continue;
		print_note(other->consumer.file, other->consumer.line);
		printf("  so does %s (%s)\n", other->consumer.function,
		       initcall_level_name(other->consumer.level));
	}
}

static bool print_counts(const struct check_report *report, bool declared)
{
	unsigned int n[N_VERDICTS] = { 0 };
	const char *separator = ": ";
	bool any = false;

	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		n[finding->verdict] += !!finding->rule == declared;
		any |= !!finding->rule == declared;
	}
	if (!any && !declared)
		return false;
	if (declared)
		printf("%u rule%s", report->rules->len, report->rules->len == 1 ? "" : "s");
	else
		printf("inferred");
	for (int i = 0; i < N_VERDICTS; i++) {
		if (!n[i])
			continue;
		printf("%s%u %s", separator, n[i], verdict_name(i));
		separator = ", ";
	}
	return true;
}

static void print_summary(const struct check_report *report)
{
	if (print_counts(report, false))
		putchar('\n');
	print_counts(report, true);
	if (report->n_not_judged)
		printf(" (%u not judged)", report->n_not_judged);
	putchar('\n');
}

void check_print_text(const struct check_report *report)
{
	for (unsigned int i = 0; i < report->findings->len; i++) {
		unsigned int before;

		if (!is_shown(report, report->findings->pdata[i]))
			continue;
		before = n_alike_before(report, i);
		if (before >= MAX_ALIKE)
			continue;
		check_print_finding(report->findings->pdata[i]);
		if (before == MAX_ALIKE - 1)
			print_alike(report, i);
	}
	print_summary(report);
}
