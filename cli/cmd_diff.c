// SPDX-License-Identifier: GPL-2.0-only
/* initlint diff: what has become of initcalls and findings from one database to another. */
#include <stdio.h>

#include "cli/analysis.h"
#include "cli/check_format.h"
#include "cli/check_option.h"
#include "cli/command.h"
#include "cli/judged.h"
#include "cli/series_text.h"
#include "cli/term.h"
#include "db/error.h"

static const char summary[] = "Compares two databases: initcalls, their order, findings.";
static const char description[] =
	"OLD.db and NEW.db are databases that initlint index made, of two versions or two\n"
	"configurations of a kernel.\n"
	"\n"
	"Exit status: 0 NEW has no finding at or above --fail-on that OLD has not, 1 it has,\n"
	"2 usage or a bad database, 3 NEW is incomplete where OLD is not.";

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
	if (!error && check_options_take(options, &error))
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

/* @in: the state that has the finding. */
static void add(GPtrArray *findings, GArray *notes, const struct finding *finding,
		enum change_kind change, enum verdict was, const struct judged *in)
{
	struct report_note note = {
		.change = change,
		.was = was,
		.accepted = g_hash_table_lookup(in->accepted, finding->fingerprint),
	};

	g_ptr_array_add(findings, (gpointer)finding);
	g_array_append_val(notes, note);
}

/* What changed, and with --all what is as it was. */
static void collect(const GArray *changes, const struct judged *old, const struct judged *new,
		    bool all, GPtrArray *findings, GArray *notes)
{
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < changes->len; i++) {
		const struct finding_change *change =
			&g_array_index(changes, struct finding_change, i);
		const struct finding *finding = change->after ? change->after : change->before;

		g_hash_table_add(told, finding->fingerprint);
		add(findings, notes, finding, change->kind, change->was, change->after ? new : old);
	}
	for (guint i = 0; all && i < new->state.findings->len; i++) {
		const struct finding *finding = new->state.findings->pdata[i];

		if (finding_is_problem(finding) && g_hash_table_add(told, finding->fingerprint))
			add(findings, notes, finding, CHANGE_NONE, finding->verdict, new);
	}
}

static int report(char *const *paths, const struct judged *old, const struct judged *new,
		  const struct check_options *options, const GPtrArray *rules)
{
	g_autoptr(GArray) changes = findings_compare(&old->state, &new->state);
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	g_autoptr(GArray) notes = g_array_new(TRUE, FALSE, sizeof(struct report_note));
	struct check_report report = {
		.command = "diff",
		.rules = rules,
		.findings = findings,
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

	collect(changes, old, new, options->all, findings, notes);
	report.notes = (const struct report_note *)notes->data;
	check_report_count(&report);
	if (options->print == check_print_text)
		print_text(paths, old, new, changes, options->all);
	else
		options->print(&report);
	return check_report_status(&report);
}

static int compare(char *const *paths, const struct check_options *options, GError **error)
{
	g_autoptr(GPtrArray) rules = analysis_rules(options->rules, error);
	struct judging judging = { rules, options->models, options->least, options->declared,
				   options->baseline };
	g_autoptr(judged) old = rules ? judged_new(paths[0], &judging, error) : NULL;
	g_autoptr(judged) new = old ? judged_new(paths[1], &judging, error) : NULL;

	return new ? report(paths, old, new, options, rules) : -1;
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
