// SPDX-License-Identifier: GPL-2.0-only
/* The command "initlint diff": compares the initcalls and the findings of two databases. */
#include <stdio.h>

#include "cli/commands/commands.h"
#include "cli/judge/analysis.h"
#include "cli/report/check_format.h"
#include "cli/report/check_option.h"
#include "cli/base/command.h"
#include "cli/judge/judged.h"
#include "cli/judge/report_list.h"
#include "cli/series/series_text.h"
#include "cli/base/term.h"
#include "db/error.h"

static const char summary[] = "Compares two databases: initcalls, their order, findings.";
static const char description[] =
	"initlint index made OLD.db and NEW.db from two versions or two configurations of a\n"
	"kernel.\n"
	"\n"
	"Exit status: 0 no finding at or above --fail-on is new or worse in NEW, 1 such findings,\n"
	"2 usage or a bad database, 3 no such findings but NEW is less complete than OLD.";

static int parse(int *argc, char ***argv, struct check_options *options,
		 struct common_options *common)
{
	g_autoptr(GArray) entries = check_option_entries(options, NULL);
	int status = command_parse(argc, argv, "OLD.db NEW.db", summary, description,
				   (const GOptionEntry *)entries->data, common);
	GError *error = NULL;

	if (status >= 0)
		return status;
	if (*argc != 3)
		error = g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "command line: expected two databases, OLD.db NEW.db");
	if (!error && check_options_take(options, &error) &&
	    check_options_refuse_boards(options, &error))
		return -1;
	return command_fail("diff", error);
}

static void print_head(const char *label, const char *path, const struct judged *judged)
{
	printf("%s: %s: %s %s, %u initcalls\n", label, path, judged->arch ? judged->arch : "?",
	       judged->version ? judged->version : "?", judged->order->len);
}

static void print_text(char *const *paths, const struct judged *old, const struct judged *new,
		       const GArray *changes, bool all)
{
	g_autoptr(GArray) moves = order_changes(old->order, new->order);

	print_head("old", paths[0], old);
	for (guint i = 0; all && i < old->state.findings->len; i++)
		if (finding_is_problem(old->state.findings->pdata[i]))
			check_print_finding(old->state.findings->pdata[i]);
	print_head("new", paths[1], new);
	series_print_moves(moves, moves->len);
	for (guint i = 0; i < changes->len; i++)
		series_print_change(&g_array_index(changes, struct finding_change, i),
				    new->accepted);
	if (!moves->len && !changes->len)
		printf("  no initcall and no finding differs\n");
}

/*
 * Adds the finding of each change in @changes to @list. If @all is true, also adds the unchanged
 * problems of @new to @list. A problem is a finding with the verdict broken or fragile.
 */
static void collect(struct report_list *list, const GArray *changes, const struct judged *old,
		    const struct judged *new, bool all)
{
	for (guint i = 0; i < changes->len; i++) {
		const struct finding_change *change =
			&g_array_index(changes, struct finding_change, i);
		const struct finding *finding = change->after ? change->after : change->before;
		struct report_note note = { .change = change->kind, .was = change->was };

		report_list_add(list, finding, note, change->after ? new : old);
	}
	if (all)
		report_list_add_rest(list, new);
}

static int report(char *const *paths, const struct judged *old, const struct judged *new,
		  const struct check_options *options, const GPtrArray *rules)
{
	g_autoptr(GArray) changes = findings_compare(&old->state, &new->state);
	struct report_list list;
	struct check_report report = {
		.command = "diff",
		.rules = rules,
		.compared = true,
		.threshold = options->threshold,
		.all = options->all,
		.arch = new->arch,
		.version = new->version,
		.configuration =
			options->configuration ? options->configuration : new->configuration,
		.partial = (const char *const *)new->partial,
		.incomplete = (new->is_partial && !old->is_partial) ||
			      new->unread->len > old->unread->len,
	};
	int status;

	report_list_init(&list);
	collect(&list, changes, old, new, options->all);
	report.findings = list.findings;
	report.notes = (const struct report_note *)list.notes->data;
	check_report_count(&report);
	if (options->is_text)
		print_text(paths, old, new, changes, options->all);
	else
		options->print(&report);
	status = check_report_status(&report);
	report_list_clear(&list);
	return status;
}

static int compare(char *const *paths, const struct check_options *options, GError **error)
{
	struct judging judging;
	bool loaded = judging_load(&judging, options, error);
	struct judged *old = loaded ? judged_new(paths[0], &judging, error) : NULL;
	struct judged *new = old ? judged_new(paths[1], &judging, error) : NULL;
	int status = new ? report(paths, old, new, options, judging.rules) : -1;

	judged_free(new);
	judged_free(old);
	judging_clear(&judging);
	return status;
}

int cmd_diff(int argc, char **argv)
{
	struct check_options options = { 0 };
	struct common_options common = { 0 };
	int status = parse(&argc, &argv, &options, &common);
	GError *error = NULL;

	if (status < 0) {
		status = compare(argv + 1, &options, &error);
		if (status < 0)
			status = command_fail("diff", error);
	}
	check_options_clear(&options);
	common_options_clear(&common);
	return status;
}
