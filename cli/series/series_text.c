// SPDX-License-Identifier: GPL-2.0-only
/* Prints the changes of each patch of a series, for people. */
#include "cli/series/series.h"

#include <stdio.h>
#include <string.h>

#include "cli/report/check_report.h"
#include "cli/series/series_text.h"

/*
 * A patch may change thousands of things, but people need only the first few lines. For each patch,
 * print at most MAX_MOVES changes of the initcall order, at most MAX_UNREAD files that are not read
 * whole any more, and at most MAX_ANSWERS changed values of the .config.
 */
#define MAX_MOVES   10
#define MAX_UNREAD  5
#define MAX_ANSWERS 10

static const char *level(const struct ordered_initcall *initcall)
{
	return initcall_level_name(initcall->level);
}

static void print_move(const struct order_change *move)
{
	const struct ordered_initcall *before = move->before, *after = move->after;
	const struct ordered_initcall *known = move->kind == ORDER_WENT ? before : after;

	printf("    %s (%s): ", known->function, known->file);
	switch (move->kind) {
	case ORDER_CAME:
		printf("new, level %s, position %u\n", level(after), after->position);
		break;
	case ORDER_WENT:
		printf("gone, was level %s, position %u\n", level(before), before->position);
		break;
	case ORDER_LEVEL:
		printf("level %s -> %s, position %u -> %u\n", level(before), level(after),
		       before->position, after->position);
		break;
	case ORDER_MOVED:
		printf("moved within level %s, position %u -> %u\n", level(after), before->position,
		       after->position);
		break;
	case ORDER_RELOCATED:
		printf("was in %s\n", before->file);
		break;
	}
}

void series_print_moves(const GArray *moves, guint max)
{
	if (moves->len)
		printf("  initcalls:\n");
	for (guint i = 0; i < MIN(moves->len, max); i++)
		print_move(&g_array_index(moves, struct order_change, i));
	if (moves->len > max)
		printf("    ... and %u more\n", moves->len - max);
}

static void print_label(enum term_style style, const char *text)
{
	printf("  ");
	term_print(stdout, style, "%s", text);
	printf(": ");
}

static void print_resolved(const struct finding_change *change)
{
	const struct finding *before = change->before;

	print_label(TERM_GOOD, "resolved");
	printf("%s: %s [%s]; ", verdict_name(change->was), before->message, before->rule_id);
	if (change->now == N_VERDICTS)
		printf("there is no such dependency any more\n");
	else
		printf("now %s\n", verdict_name(change->now));
}

static void print_brought(const struct finding_change *change)
{
	switch (change->kind) {
	case CHANGE_NEW:
		print_label(TERM_ERROR, "new");
		break;
	case CHANGE_WORSE:
		print_label(TERM_ERROR, "worse");
		printf("was %s; ", verdict_name(change->was));
		break;
	case CHANGE_BETTER:
		print_label(TERM_GOOD, "better");
		printf("was %s; ", verdict_name(change->was));
		break;
	default:
		print_label(TERM_NOTE, "moved");
		printf("from %s; ", change->before ? change->before->consumer.file : "elsewhere");
	}
	check_print_finding(change->after);
}

static bool is_worse(const struct finding_change *change)
{
	return change->kind == CHANGE_NEW || change->kind == CHANGE_WORSE;
}

static void print_accepted(const struct finding *finding, const char *reason)
{
	g_autofree char *clean = check_clean(reason);

	print_label(TERM_NOTE, "accepted");
	printf("%s: %s [%s]; %s\n", verdict_name(finding->verdict), finding->message,
	       finding->rule_id, *clean ? clean : "no reason given");
}

const char *series_accepted(const struct finding_change *change, GHashTable *accepted)
{
	return change->after ? g_hash_table_lookup(accepted, change->after->fingerprint) : NULL;
}

void series_print_change(const struct finding_change *change, GHashTable *accepted)
{
	const char *reason = series_accepted(change, accepted);

	if (change->kind == CHANGE_RESOLVED)
		print_resolved(change);
	else if (reason)
		print_accepted(change->after, reason);
	else
		print_brought(change);
}

static void print_changes(const struct series *series, const struct series_patch *patch)
{
	for (guint i = 0; i < patch->changes->len; i++) {
		const struct finding_change *change =
			&g_array_index(patch->changes, struct finding_change, i);
		const struct series_patch *end = NULL;

		series_print_change(change, patch->after->accepted);
		if (is_worse(change))
			end = series_end_of(series, change, patch->number);
		if (end) {
			print_label(TERM_NOTE, "only until");
			printf("patch %u (%s)\n", end->number, end->subject);
		}
	}
}

static void print_head(const struct series *series, const struct series_patch *patch)
{
	term_print(stdout, TERM_BOLD, "[PATCH %u/%u] %s\n", patch->number, series->patches->len,
		   patch->subject);
	for (guint i = 0; i < patch->warnings->len; i++) {
		print_label(TERM_WARNING, "warning");
		puts(patch->warnings->pdata[i]);
	}
}

static void print_answer(const struct kconfig_answer *answer)
{
	printf("  .config: %s: ", answer->symbol);
	if (answer->is_new)
		printf("new, %s", answer->now);
	else
		printf("%s -> %s", answer->was, answer->now);
	printf(" (%s", answer->why);
	if (answer->file)
		printf("; %s:%u", answer->file, answer->line);
	printf(")\n");
}

/*
 * Prints the .config symbols whose values a patch changes, but at most MAX_ANSWERS symbols. Does
 * not print undecidable symbols (series.h). print_head() has already printed warnings about the
 * undecidable symbols.
 */
static void print_answers(const struct kconfig_change *change)
{
	unsigned int n = 0;

	for (guint i = 0; change && i < change->answers->len; i++) {
		const struct kconfig_answer *answer = change->answers->pdata[i];

		if (answer->now && n++ < MAX_ANSWERS)
			print_answer(answer);
	}
	if (n > MAX_ANSWERS)
		printf("  ... and %u more\n", n - MAX_ANSWERS);
	if (n)
		printf("  sources see the new values; other generated headers are as they were\n");
}

static void print_patch(const struct series *series, const struct series_patch *patch)
{
	print_head(series, patch);
	if (!patch->matters) {
		printf("  touches nothing that is built in this configuration\n");
		return;
	}
	print_answers(patch->kconfig);
	printf("  %u file%s read again\n", patch->n_read, patch->n_read == 1 ? "" : "s");
	for (guint i = 0; i < MIN(patch->unread->len, MAX_UNREAD); i++) {
		print_label(TERM_WARNING, "not read whole");
		puts(patch->unread->pdata[i]);
	}
	if (patch->unread->len > MAX_UNREAD)
		printf("  ... and %u more files not read whole\n", patch->unread->len - MAX_UNREAD);
	series_print_moves(patch->moves, MAX_MOVES);
	print_changes(series, patch);
	if (!patch->moves->len && !patch->changes->len)
		printf("  no initcall and no finding changes\n");
}

struct net_count {
	unsigned int worse[N_VERDICTS];
	unsigned int resolved;
	unsigned int accepted;
};

static void count_changes(const struct series *series, struct net_count *n)
{
	const struct series_patch *last = series->patches->pdata[series->patches->len - 1];

	for (guint i = 0; i < series->net->len; i++) {
		const struct finding_change *change =
			&g_array_index(series->net, struct finding_change, i);

		if (change->kind == CHANGE_RESOLVED || change->kind == CHANGE_BETTER)
			n->resolved++;
		else if (series_accepted(change, last->after->accepted))
			n->accepted++;
		else if (is_worse(change))
			n->worse[change->now]++;
	}
}

static void print_net(const struct series *series)
{
	struct net_count n = { 0 };

	if (series->net)
		count_changes(series, &n);
	term_print(stdout, TERM_BOLD, "%u patch%s", series->patches->len,
		   series->patches->len == 1 ? "" : "es");
	printf(": %u broken, %u fragile", n.worse[VERDICT_BROKEN], n.worse[VERDICT_FRAGILE]);
	printf(" more than before; %u resolved", n.resolved);
	if (n.accepted)
		printf("; %u accepted", n.accepted);
	putchar('\n');
}

static void print_old(const struct series *series)
{
	const struct judged *base = series->base.judged;

	if (!base)
		return;
	term_print(stdout, TERM_BOLD, "Before the series\n");
	for (guint i = 0; i < base->state.findings->len; i++)
		if (finding_is_problem(base->state.findings->pdata[i]))
			check_print_finding(base->state.findings->pdata[i]);
}

void series_print_text(const struct series *series, bool all)
{
	if (all)
		print_old(series);
	for (guint i = 0; i < series->patches->len; i++)
		print_patch(series, series->patches->pdata[i]);
	print_net(series);
}
