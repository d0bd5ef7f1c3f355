// SPDX-License-Identifier: GPL-2.0-only
/* Prints findings in the style of compiler messages. */
#include "cli/report/check_format.h"

#include <stdio.h>
#include <string.h>

#include "cli/base/term.h"
#include "cli/report/check_rules.h"

#define TEXT_WIDTH 96

#define MAX_BOARDS 4 /* the report names at most this many boards for a finding */

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
	if (side->within)
		printf("%s is run by %s, %s", side->function, side->within, macro);
	else
		printf("%s is %s", side->function, side->macro ? side->macro : macro);
	if (side->macro && strcmp(side->macro, macro) != 0)
		printf(", level %s", initcall_level_name(side->level));
	printf(", position %d\n", side->position);
}

/* Prints @text as one indented paragraph, wrapped at TEXT_WIDTH. */
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

/*
 * Prints a call chain, with one call on each line. @end: a text that says what the last function of
 * @chain does, for example "uses x".
 */
static void print_chain(const GPtrArray *chain, const char *end)
{
	for (unsigned int i = 0; chain && i < chain->len; i++) {
		const struct finding_step *step = chain->pdata[i];
		const struct finding_step *next;

		print_note(step->file, step->line);
		if (i + 1 == chain->len) {
			printf("  %s %s\n", step->function, end);
			break;
		}
		next = chain->pdata[i + 1];
		printf("  %s calls %s\n", step->function, next->function);
	}
}

static bool has_steps(const GPtrArray *chain)
{
	return chain && chain->len > 0;
}

static void print_chains(const struct finding *finding)
{
	g_autofree char *last = check_last_step(finding);
	g_autofree char *sets = g_strdup_printf("sets up %s", finding->resource);

	if (has_steps(finding->chain)) {
		print_note(NULL, 0);
		printf("from %s to the %s:\n", finding->consumer.function,
		       check_chain_end(finding));
		print_chain(finding->chain, last);
	}
	if (has_steps(finding->provider_chain)) {
		print_note(NULL, 0);
		printf("from %s to the set-up:\n", finding->provider.function);
		print_chain(finding->provider_chain, sets);
	}
}

/* Prints the first boards that have the device of the finding. */
static void print_boards(const struct finding *finding)
{
	const GPtrArray *boards = finding->boards;

	if (!boards)
		return;
	print_note(NULL, 0);
	printf("%u board%s:", boards->len, boards->len == 1 ? " has it" : "s have it");
	for (guint i = 0; i < MIN(boards->len, MAX_BOARDS); i++)
		printf("%s %s", i ? "," : "", (const char *)boards->pdata[i]);
	puts(boards->len > MAX_BOARDS ? ", ..." : "");
}

/*
 * Prints which device the machine must have, and which tests must pass, for the finding to be true.
 */
static void print_conditions(const struct finding *finding)
{
	if (finding->machine) {
		print_note(NULL, 0);
		printf("only if the machine has %s\n", finding->machine);
	}
	print_boards(finding);
	for (unsigned int i = 0; finding->conditions && i < finding->conditions->len; i++) {
		const struct finding_condition *condition = finding->conditions->pdata[i];

		print_note(condition->file, condition->line);
		printf("only if %s\n", condition->test);
	}
}

/*
 * Prints the experiments for @finding. finding_experiment.detail may contain a line of a boot
 * log, and such a line may contain control characters.
 */
static void print_experiments(const struct finding *finding)
{
	for (unsigned int i = 0; finding->experiments && i < finding->experiments->len; i++) {
		const struct finding_experiment *e = finding->experiments->pdata[i];
		bool trace = strcmp(e->kind, "trace") == 0;
		/* Print the banner of the kernel only up to "(": the rest names the compiler. */
		g_autofree char *kernel = g_strchomp(
			g_strndup(e->kernel, trace ? strlen(e->kernel) : strcspn(e->kernel, "(")));
		g_autofree char *text =
			g_strdup_printf("%s in %s %s: %s", e->outcome,
					trace ? "the trace" : "a boot of", kernel, e->detail);
		g_autofree char *clean = check_clean(text);

		print_note(NULL, 0);
		puts(clean);
	}
}

static void print_reasons(const struct finding *finding)
{
	/* If the consumer is not an initcall, the first reason only repeats the message. */
	bool is_initcall = finding->consumer.level != LEVEL_NONE;

	if (is_initcall) {
		print_side(&finding->consumer);
		if (finding->provider.function)
			print_side(&finding->provider);
	}
	for (unsigned int i = !is_initcall; i < finding->reasons->len; i++) {
		print_note(NULL, 0);
		printf("%s%s\n", is_initcall ? "order: " : "",
		       (const char *)finding->reasons->pdata[i]);
	}
}

static void print_head(const struct finding *finding, enum term_style style, const char *word)
{
	if (finding->consumer.file)
		print_place(finding->consumer.file, finding->consumer.line);
	term_print(stdout, style, "%s: ", word);
	printf("%s [%s", finding->message, finding->rule_id);
	if (!finding->rule)
		printf(", %s, %s confidence", severity_name(finding->severity),
		       confidence_name(finding->confidence));
	puts("]");
}

static void print_body(const struct finding *finding)
{
	print_reasons(finding);
	print_experiments(finding);
	print_conditions(finding);
	print_chains(finding);
	if (finding->rule && finding_is_problem(finding))
		print_rule(finding->rule);
}

void check_print_finding(const struct finding *finding)
{
	print_head(finding, verdict_style(finding), verdict_name(finding->verdict));
	print_body(finding);
}

static void print_change(const struct check_report *report, unsigned int index)
{
	const struct report_note *note = check_note(report, index);
	g_autofree char *change = check_describe_change(report, index);

	if (note->file || change) {
		print_note(note->file, note->line);
		printf("%s\n", change ? change : "changed here");
	}
	if (note->accepted) {
		g_autofree char *reason = check_clean(note->accepted);

		print_note(NULL, 0);
		printf("accepted%s: %s\n", note->in_source ? " in the source" : "",
		       *reason ? reason : "no reason given");
	}
	if (note->configurations) {
		g_autofree char *list = g_strjoinv(", ", (char **)note->configurations);

		print_note(NULL, 0);
		printf("configurations: %s\n", list);
	}
}

/*
 * Prints report->findings[@index]. A resolved finding needs no explanation, so only the first line
 * and the note of a resolved finding are printed.
 */
static void print_one(const struct check_report *report, unsigned int index)
{
	const struct finding *finding = report->findings->pdata[index];
	bool resolved = check_is_resolved(report, index);

	print_head(finding, resolved ? TERM_GOOD : verdict_style(finding),
		   check_verdict_word(report, index));
	if (report->notes)
		print_change(report, index);
	if (!resolved)
		print_body(finding);
}

static bool is_same_strv(const char *const *a, const char *const *b)
{
	return a && b ? g_strv_equal(a, b) : a == b;
}

static bool is_same_note(const struct report_note *a, const struct report_note *b)
{
	return a->change == b->change && a->was == b->was && a->patch == b->patch &&
	       g_strcmp0(a->accepted, b->accepted) == 0 &&
	       is_same_strv(a->configurations, b->configurations);
}

/*
 * True if report->findings[@i] and report->findings[@j] have the same cause: both findings are
 * inferred, and the provider, resource, verdict and note of the two findings are equal.
 */
static bool is_same_cause(const struct check_report *report, unsigned int i, unsigned int j)
{
	const struct finding *a = report->findings->pdata[i];
	const struct finding *b = report->findings->pdata[j];

	return !a->rule && !b->rule && a->verdict == b->verdict &&
	       a->provider.position == b->provider.position &&
	       g_strcmp0(a->resource, b->resource) == 0 &&
	       (!report->notes || is_same_note(&report->notes[i], &report->notes[j]));
}

/*
 * Several findings may have the same cause; see is_same_cause(). Only the first MAX_SAME_CAUSE of
 * these findings are printed in full. Then a list names the consumers of the remaining findings.
 */
#define MAX_SAME_CAUSE 3

/*
 * Returns the number of findings that are printed before report->findings[@index] and that have the
 * same cause as report->findings[@index].
 */
static unsigned int n_same_cause_before(const struct check_report *report, unsigned int index)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < index; i++)
		n += check_is_shown(report, i) && is_same_cause(report, i, index);
	return n;
}

/*
 * Prints the consumer of each finding that comes after report->findings[@index] and that has the
 * same cause as report->findings[@index]. Leaves out findings for which check_is_shown() is false.
 */
static void print_same_cause(const struct check_report *report, unsigned int index)
{
	for (unsigned int i = index + 1; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		if (!check_is_shown(report, i) || !is_same_cause(report, index, i))
			continue;
		print_note(finding->consumer.file, finding->consumer.line);
		printf("  so does %s (%s)%s%s\n", finding->consumer.function,
		       initcall_level_name(finding->consumer.level),
		       finding->machine ? ", if the machine has " : "",
		       finding->machine ? finding->machine : "");
	}
}

static bool print_counts(const struct check_report *report, bool declared)
{
	unsigned int n[N_VERDICTS] = { 0 };
	const char *separator = ": ";
	unsigned int n_conditional = 0;
	bool any = false;

	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		if (check_is_resolved(report, i))
			continue;
		n_conditional += !declared && finding->is_conditional;
		n[finding->verdict] += !!finding->rule == declared && !finding->is_conditional;
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
	if (n_conditional)
		printf("%s%u only on machines with a certain device (see --machine)",
		       *separator == ':' ? ": " : "; ", n_conditional);
	return true;
}

/* Prints a line like "changes: 2 new, 1 resolved; 3 accepted". */
static void print_changes(const struct check_report *report)
{
	unsigned int n[CHANGE_RESOLVED + 1] = { 0 };
	const char *separator = "changes: ";
	unsigned int n_accepted = 0;

	for (unsigned int i = 0; i < report->findings->len; i++) {
		n[report->notes[i].change]++;
		n_accepted += report->notes[i].accepted != NULL;
	}
	for (int i = CHANGE_NEW; report->compared && i <= CHANGE_RESOLVED; i++) {
		if (!n[i])
			continue;
		printf("%s%u %s", separator, n[i], change_kind_name(i));
		separator = ", ";
	}
	if (report->compared && *separator == 'c')
		printf("no changes");
	if (n_accepted)
		printf("%s%u accepted", report->compared ? "; " : "", n_accepted);
	if (report->compared || n_accepted)
		putchar('\n');
}

static void print_summary(const struct check_report *report)
{
	if (report->notes)
		print_changes(report);
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

		if (!check_is_shown(report, i))
			continue;
		before = n_same_cause_before(report, i);
		if (before >= MAX_SAME_CAUSE)
			continue;
		print_one(report, i);
		if (before == MAX_SAME_CAUSE - 1)
			print_same_cause(report, i);
	}
	print_summary(report);
}
