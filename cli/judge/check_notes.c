// SPDX-License-Identifier: GPL-2.0-only
#include "cli/judge/check_notes.h"

#include <string.h>

#include "cli/base/command.h"
#include "rules/engine/infer/mechanism.h"

/*
 * A baseline entry is stale if the entry matches no finding any more. A warning names at most
 * MAX_STALE stale entries. For the remaining stale entries, the warning has only their number.
 */
#define MAX_STALE 10

struct check_notes {
	const GPtrArray *findings;
	struct report_note *list; /* list[i]: the note of @findings[i] */
	bool any;		  /* true: a comment accepts a finding, or there is a baseline */
	GPtrArray *texts;	  /* char *: reasons from comments, for list[].accepted */
	const struct acceptance *comments;
	unsigned int n_comments;
	bool *used;		   /* used[i]: true if comments[i] accepts a finding */
	struct baseline *baseline; /* the baseline to apply, or NULL */
	/*
	 * If this run has written the baseline, @written is equal to @baseline, and
	 * check_notes_free() frees the baseline. Otherwise, @written is NULL, and the caller of
	 * check_notes_new() owns the baseline.
	 */
	struct baseline *written;
};

void check_notes_free(struct check_notes *notes)
{
	if (!notes)
		return;
	g_ptr_array_unref(notes->texts);
	baseline_free(notes->written);
	g_free(notes->used);
	g_free(notes->list);
	g_free(notes);
}

static bool is_beside(const struct finding_side *side, const struct acceptance *comment)
{
	return side->line == comment->line && g_strcmp0(side->file, comment->file) == 0;
}

static bool accepts(const struct acceptance *comment, const struct finding *finding)
{
	return comment->rule && comment->reason && strcmp(comment->rule, finding->rule_id) == 0 &&
	       (is_beside(&finding->consumer, comment) || is_beside(&finding->provider, comment));
}

static void take_comments(struct check_notes *notes)
{
	for (guint i = 0; i < notes->findings->len; i++) {
		const struct finding *finding = notes->findings->pdata[i];

		for (unsigned int c = 0; c < notes->n_comments && finding_is_problem(finding);
		     c++) {
			const struct acceptance *comment = &notes->comments[c];
			char *text;

			if (!accepts(comment, finding))
				continue;
			notes->used[c] = true;
			notes->any = true;
			if (notes->list[i].accepted)
				continue;
			text = g_strdup_printf("%s (%s:%u)", comment->reason, comment->file,
					       comment->comment_line);
			g_ptr_array_add(notes->texts, text);
			notes->list[i].accepted = text;
			notes->list[i].in_source = true;
		}
	}
}

static void take_baseline(struct check_notes *notes)
{
	notes->any = true;
	for (guint i = 0; i < notes->findings->len; i++) {
		const struct finding *finding = notes->findings->pdata[i];
		struct report_note *note = &notes->list[i];
		enum verdict was;
		const char *reason;

		/*
		 * Do not call baseline_accepts() if the finding is not a problem.
		 * baseline_accepts() would mark the baseline entry of the finding as used. But the
		 * entry must count as stale, because only a problem needs an entry.
		 */
		if (!finding_is_problem(finding))
			continue;
		reason = baseline_accepts(notes->baseline, finding, &was);
		if (note->accepted)
			continue;
		note->accepted = reason;
		if (!reason && was != N_VERDICTS) {
			note->change = CHANGE_WORSE;
			note->was = was;
		}
	}
}

/*
 * Writes a baseline to @path. The baseline has an entry for each problem that no comment accepts.
 * If @path already has a baseline, copies the reason of each old entry to the new entry with the
 * same fingerprint. Returns false if the old baseline cannot be read or the new baseline cannot be
 * written.
 */
static bool write_baseline(const struct check_notes *notes, const char *path, GError **error)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new();
	g_autoptr(baseline) old = NULL;

	if (g_file_test(path, G_FILE_TEST_EXISTS)) {
		old = baseline_load(path, error);
		if (!old) {
			g_prefix_error(error, "not replaced: ");
			return false;
		}
	}
	for (guint i = 0; i < notes->findings->len; i++)
		if (finding_is_problem(notes->findings->pdata[i]) && !notes->list[i].accepted)
			g_ptr_array_add(problems, notes->findings->pdata[i]);
	return baseline_write(path, problems, old, error);
}

struct check_notes *check_notes_new(const GPtrArray *findings, struct query *query,
				    struct baseline *baseline, const char *write, GError **error)
{
	g_autoptr(check_notes) notes = g_new0(struct check_notes, 1);

	notes->findings = findings;
	notes->list = g_new0(struct report_note, findings->len + 1);
	for (guint i = 0; i < findings->len; i++)
		notes->list[i].was = N_VERDICTS;
	notes->texts = g_ptr_array_new_with_free_func(g_free);
	notes->comments = query_acceptances(query, &notes->n_comments, error);
	if (!notes->comments)
		return NULL;
	notes->used = g_new0(bool, notes->n_comments + 1);
	take_comments(notes);
	notes->baseline = baseline;
	if (write) {
		if (!write_baseline(notes, write, error))
			return NULL;
		notes->baseline = notes->written = baseline_load(write, error);
		if (!notes->written)
			return NULL;
	}
	if (notes->baseline)
		take_baseline(notes);
	return g_steal_pointer(&notes);
}

const struct report_note *check_notes_list(const struct check_notes *notes)
{
	return notes->any ? notes->list : NULL;
}

struct judged_rules {
	const struct check_report *report;
	bool inferred; /* the argument @inferred of check_notes_warn() */
};

/*
 * The callback for baseline_stale(). @data: a struct judged_rules. @rule: a rule id. Returns true
 * if the rule counts as judged. check_notes_warn() tells the user to remove an unused comment or
 * baseline entry only if its rule counts as judged.
 *
 * An inferred rule has no rule file. It counts as judged if @inferred of struct judged_rules is
 * true. A declared rule has a rule file. It counts as judged if at least one finding of the rule
 * has another verdict than VERDICT_MOOT. VERDICT_MOOT means that the rule says nothing about this
 * kernel, for example because the code is not built. If all findings have VERDICT_MOOT, the
 * comments and entries for the rule cannot be used in this configuration. But another
 * configuration may need these comments and entries, so the user must keep them.
 */
static bool is_judged(const void *data, const char *rule)
{
	const struct judged_rules *judged = data;

	if (finding_kind_of(rule))
		return judged->inferred;
	for (guint i = 0; i < judged->report->findings->len; i++) {
		const struct finding *finding = judged->report->findings->pdata[i];

		if (finding->rule && finding->verdict != VERDICT_MOOT &&
		    strcmp(finding->rule_id, rule) == 0)
			return true;
	}
	return false;
}

static void warn_of_comment(const struct check_notes *notes, unsigned int index,
			    const struct judged_rules *judged, bool whole)
{
	const struct acceptance *comment = &notes->comments[index];
	const char *command = judged->report->command;

	if (!comment->rule)
		command_warn(command,
			     "%s:%u: not understood: expected \"initlint: accept RULE-ID: reason\"",
			     comment->file, comment->comment_line);
	else if (!comment->reason)
		command_warn(command,
			     "%s:%u: accepts %s without a reason, which does not count: expected "
			     "\"initlint: accept %s: reason\"",
			     comment->file, comment->comment_line, comment->rule, comment->rule);
	else if (whole && !notes->used[index] && is_judged(judged, comment->rule))
		command_warn(command,
			     "%s:%u: accepts %s, but there is no such finding here: remove it",
			     comment->file, comment->comment_line, comment->rule);
}

static void warn_of_entries(const struct check_notes *notes, const struct judged_rules *judged)
{
	g_autoptr(GPtrArray) stale = baseline_stale(notes->baseline, is_judged, judged);
	g_autoptr(GString) names = g_string_new(NULL);
	guint n = MIN(stale->len, MAX_STALE);

	if (!stale->len)
		return;
	for (guint i = 0; i < n; i++)
		g_string_append_printf(names, "%s%s", i ? "; " : "", (char *)stale->pdata[i]);
	if (n < stale->len)
		g_string_append_printf(names, "; and %u more", stale->len - n);
	command_warn(judged->report->command,
		     "%s: %u entr%s match%s no finding any more and can be removed: %s",
		     baseline_path(notes->baseline), stale->len, stale->len == 1 ? "y" : "ies",
		     stale->len == 1 ? "es" : "", names->str);
}

void check_notes_warn(const struct check_notes *notes, const struct check_report *report,
		      bool inferred)
{
	const struct judged_rules judged = { report, inferred };
	bool whole = !report->incomplete && !report->n_not_judged &&
		     !(report->partial && report->partial[0]);

	for (unsigned int i = 0; i < notes->n_comments; i++)
		warn_of_comment(notes, i, &judged, whole);
	if (notes->baseline && whole)
		warn_of_entries(notes, &judged);
}
