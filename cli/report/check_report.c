// SPDX-License-Identifier: GPL-2.0-only
#include "cli/report/check_report.h"

#include "cli/base/command.h"

static const struct finding *get(const struct check_report *report, unsigned int index)
{
	return report->findings->pdata[index];
}

void check_report_count(struct check_report *report)
{
	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = get(report, i);

		if (check_is_resolved(report, i))
			continue;
		if (finding->is_conditional)
			report->n_conditional++;
		else
			report->n_verdicts[finding->verdict]++;
		report->n_not_judged += finding->not_judged;
		if (finding->outdated)
			command_warn(report->command, "%s: %s", finding->rule_id,
				     finding->outdated);
		if (finding->not_judged)
			command_warn(report->command, "%s: not judged: %s", finding->rule_id,
				     finding->message);
	}
}

int check_report_status(const struct check_report *report)
{
	for (unsigned int i = 0; i < report->findings->len; i++)
		if (check_is_failure(report, i))
			return EXIT_FINDINGS;
	return report->incomplete || report->n_not_judged ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

const struct report_note *check_note(const struct check_report *report, unsigned int index)
{
	return report->notes ? &report->notes[index] : NULL;
}

bool check_is_resolved(const struct check_report *report, unsigned int index)
{
	const struct report_note *note = check_note(report, index);

	return note && note->change == CHANGE_RESOLVED;
}

bool check_is_failure(const struct check_report *report, unsigned int index)
{
	const struct report_note *note = check_note(report, index);

	if (report->threshold == N_VERDICTS || get(report, index)->is_conditional ||
	    get(report, index)->verdict > report->threshold)
		return false;
	if (!note)
		return true;
	if (note->accepted || note->change == CHANGE_RESOLVED)
		return false;
	if (note->until && !report->fail_on_passing)
		return false;
	return !report->compared || report->fail_on_old || note->change == CHANGE_NEW ||
	       note->change == CHANGE_WORSE;
}

/*
 * True if @note says that a problem is resolved or has become better. Reports show improvements
 * too, because an improvement may be the purpose of a series.
 */
static bool is_improvement(const struct report_note *note)
{
	return note->change == CHANGE_RESOLVED ||
	       (note->change == CHANGE_BETTER && note->was <= VERDICT_FRAGILE);
}

/* True if code leaves something out for good. A report shows such a loss, but no gate fails. */
static bool is_loss(const struct finding *finding)
{
	return finding->verdict == VERDICT_SKIPPED && !finding->is_conditional;
}

bool check_is_shown(const struct check_report *report, unsigned int index)
{
	const struct report_note *note = check_note(report, index);

	if (report->all)
		return true;
	if (note && note->accepted)
		return false;
	if (!note || !report->compared)
		return finding_is_problem(get(report, index)) || is_loss(get(report, index));
	return note->change != CHANGE_NONE &&
	       (is_improvement(note) || finding_is_problem(get(report, index)));
}

bool check_is_listed(const struct check_report *report, unsigned int index)
{
	return finding_is_problem(get(report, index)) || check_is_shown(report, index);
}

const char *check_verdict_word(const struct check_report *report, unsigned int index)
{
	if (check_is_resolved(report, index))
		return change_kind_name(CHANGE_RESOLVED);
	return verdict_name(get(report, index)->verdict);
}

char *check_clean(const char *text)
{
	char *clean = g_utf8_make_valid(text, -1);

	for (char *p = clean; *p; p++)
		if (g_ascii_iscntrl(*p))
			*p = '?';
	return clean;
}

static char *describe_patch(const struct report_note *note, const char *preposition)
{
	g_autofree char *subject = NULL;

	if (!note->patch)
		return g_strdup("");
	if (!note->subject)
		return g_strdup_printf(" %s patch %u", preposition, note->patch);
	subject = check_clean(note->subject);
	return g_strdup_printf(" %s patch %u (%s)", preposition, note->patch, subject);
}

static char *describe(const struct report_note *note, const struct finding *finding)
{
	bool same = note->change != CHANGE_WORSE && note->change != CHANGE_BETTER;
	g_autofree char *in = describe_patch(note, same ? "in" : "since");

	if (note->change == CHANGE_MOVED)
		return g_strdup_printf("moved here from another file%s", in);
	if (same || note->was == N_VERDICTS)
		return g_strdup_printf("%s%s", change_kind_name(note->change), in);
	return g_strdup_printf("was %s, now %s%s", verdict_name(note->was),
			       verdict_name(finding->verdict), in);
}

char *check_describe_change(const struct check_report *report, unsigned int index)
{
	const struct report_note *note = check_note(report, index);
	char *text, *whole;

	if (!note || note->change == CHANGE_NONE)
		return NULL;
	text = describe(note, get(report, index));
	if (!note->until)
		return text;
	whole = g_strdup_printf("%s, only until patch %u", text, note->until);
	g_free(text);
	return whole;
}

struct check_place check_place(const struct check_report *report, unsigned int index)
{
	const struct report_note *note = check_note(report, index);
	const struct finding *finding = get(report, index);
	struct check_place place = { finding->consumer.file, finding->consumer.line };

	if (note && note->file)
		place = (struct check_place){ note->file, note->line };
	if (!place.file && finding->rule && finding->rule->consumer.files)
		place.file = finding->rule->consumer.files[0];
	if (!place.file && finding->rule)
		place.file = finding->rule->source.file;
	if (!place.file)
		/* The link order begins in the file Kbuild, and every kernel tree has this file. */
		place.file = "Kbuild";
	if (!place.line)
		place.line = 1;
	return place;
}
