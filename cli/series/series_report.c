// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes one report of a whole series. The report has the changes from the base to the last state,
 * and names the patch that made each change. The base is the kernel before the first patch. The
 * last state is the kernel after the last patch.
 */
#include "cli/series/series.h"

#include <stdlib.h>
#include <string.h>

#include "cli/judge/db_match.h"
#include "cli/judge/report_list.h"

struct series_notes {
	struct report_list list;
	char *configuration;
};

bool series_is_partial(const struct series *series)
{
	for (guint i = 0; i < series->patches->len; i++) {
		const struct series_patch *patch = series->patches->pdata[i];

		if (patch->unread->len || patch->n_undecidable ||
		    (patch->after && patch->after->is_partial))
			return true;
	}
	return false;
}

const struct series_patch *series_end_of(const struct series *series,
					 const struct finding_change *change, unsigned int from)
{
	const char *fingerprint = change->after->fingerprint;

	for (guint i = from; i < series->patches->len; i++) {
		const struct series_patch *patch = series->patches->pdata[i];

		for (guint c = 0; c < patch->changes->len; c++) {
			const struct finding_change *later =
				&g_array_index(patch->changes, struct finding_change, c);
			bool better =
				later->kind == CHANGE_RESOLVED || later->kind == CHANGE_BETTER;

			if (better && later->before &&
			    strcmp(later->before->fingerprint, fingerprint) == 0)
				return patch;
		}
	}
	return NULL;
}

/*
 * @change: a change from the base to the last state. If @change resolves its finding, returns the
 * last patch that resolves this finding. Otherwise, returns the last patch that changes this
 * finding without resolving this finding. Returns NULL if there is no such patch.
 */
static const struct series_patch *find_cause(const struct series *series,
					     const struct finding_change *change)
{
	bool resolved = change->kind == CHANGE_RESOLVED;
	const struct finding *finding = resolved ? change->before : change->after;

	for (guint i = series->patches->len; i-- > 0;) {
		const struct series_patch *patch = series->patches->pdata[i];

		for (guint c = 0; c < patch->changes->len; c++) {
			const struct finding_change *made =
				&g_array_index(patch->changes, struct finding_change, c);
			const struct finding *changed =
				made->kind == CHANGE_RESOLVED ? made->before : made->after;

			if ((made->kind == CHANGE_RESOLVED) == resolved &&
			    strcmp(changed->fingerprint, finding->fingerprint) == 0)
				return patch;
		}
	}
	return NULL;
}

/* The changed line that is nearest to a finding. */
struct nearest {
	const char *file; /* NULL: no line found yet */
	unsigned int line;
	unsigned int distance; /* number of lines from @line to the nearest line of the finding */
};

/*
 * Looks at the lines that @patch changes in @file, and takes the line that is nearest to @line.
 * Stores the taken line in *@best if *@best has no line yet, or if the distance from the taken line
 * to @line is less than best->distance. Does nothing if @file is NULL.
 */
static void look_near(struct nearest *best, const struct series_patch *patch, const char *file,
		      unsigned int line)
{
	unsigned int n = 0;
	const unsigned int *lines = file ? patch_changed_lines(patch->patch, file, &n) : NULL;

	for (unsigned int i = 0; i < n; i++) {
		unsigned int distance = (unsigned int)abs((int)lines[i] - (int)line);

		if (!best->file || distance < best->distance)
			*best = (struct nearest){ file, lines[i], distance };
	}
}

static void look_near_chain(struct nearest *best, const struct series_patch *patch,
			    const GPtrArray *chain)
{
	for (guint i = 0; chain && i < chain->len; i++) {
		const struct finding_step *step = chain->pdata[i];

		look_near(best, patch, step->file, step->line);
	}
}

/*
 * Returns the changed line of @patch that is nearest to a line of @finding. The lines of @finding
 * are the lines of its consumer, its provider, its call chains and its Makefiles. If @patch changes
 * none of the files of these lines, returns the first changed line of the first file in which
 * @patch has a changed line. If @patch has no changed line, the member @file of the result is NULL.
 */
static struct nearest changed_line(const struct series_patch *patch, const struct finding *finding)
{
	struct nearest best = { 0 };
	unsigned int n;
	const struct patch_file *files = patch_files(patch->patch, &n);

	look_near(&best, patch, finding->consumer.file, finding->consumer.line);
	look_near(&best, patch, finding->provider.file, finding->provider.line);
	look_near_chain(&best, patch, finding->chain);
	look_near_chain(&best, patch, finding->provider_chain);
	look_near(&best, patch, finding->consumer_link.makefile, finding->consumer_link.line);
	look_near(&best, patch, finding->provider_link.makefile, finding->provider_link.line);
	for (unsigned int i = 0; i < n && !best.file; i++)
		look_near(&best, patch, files[i].new_path, 1);
	return best;
}

static void add(struct series_notes *notes, const struct finding *finding,
		const struct finding_change *change, const struct series_patch *patch,
		const struct series_patch *end, const struct judged *judged)
{
	struct report_note note = {
		.change = change->kind,
		.was = change->was,
	};

	if (patch) {
		struct nearest near = { 0 };

		if (note.change != CHANGE_RESOLVED)
			near = changed_line(patch, finding);
		note.patch = patch->number;
		note.subject = patch->subject;
		note.file = near.file;
		note.line = near.line;
	}
	if (end)
		note.until = end->number;
	report_list_add(&notes->list, finding, note, judged);
}

/*
 * Adds each change in series->net to @notes. series->net has the changes from the base to the last
 * state.
 */
static void add_net(struct series_notes *notes, const struct series *series)
{
	for (guint i = 0; i < series->net->len; i++) {
		const struct finding_change *change =
			&g_array_index(series->net, struct finding_change, i);
		const struct series_patch *patch = find_cause(series, change);
		const struct finding *finding = change->after ? change->after : change->before;
		const struct judged *judged = series->base.judged;

		if (change->after && patch)
			judged = patch->after;
		add(notes, finding, change, patch, NULL, judged);
	}
}

/*
 * Adds each finding that one patch adds or makes worse, and that a later patch resolves or
 * improves. Leaves out each finding whose fingerprint is already in @notes.
 */
static void add_passing(struct series_notes *notes, const struct series *series)
{
	for (guint p = 0; p < series->patches->len; p++) {
		const struct series_patch *patch = series->patches->pdata[p];

		for (guint i = 0; i < patch->changes->len; i++) {
			const struct finding_change *change =
				&g_array_index(patch->changes, struct finding_change, i);
			const struct series_patch *end = NULL;

			if (change->kind == CHANGE_NEW || change->kind == CHANGE_WORSE)
				end = series_end_of(series, change, patch->number);
			if (end && !report_list_has(&notes->list, change->after))
				add(notes, change->after, change, patch, end, patch->after);
		}
	}
}

struct series_notes *series_notes_new(const struct series *series, bool all,
				      struct check_report *report)
{
	struct series_notes *notes = g_new0(struct series_notes, 1);
	const struct series_patch *last = series->patches->pdata[series->patches->len - 1];

	report_list_init(&notes->list);
	if (series->net) {
		add_net(notes, series);
		add_passing(notes, series);
		if (all)
			report_list_add_rest(&notes->list, last->after);
		report->partial = (const char *const *)last->after->partial;
	}
	report->incomplete = series_is_partial(series);
	report->findings = notes->list.findings;
	report->notes = (const struct report_note *)notes->list.notes->data;
	report->arch = query_meta(series->query, "arch");
	report->version = query_meta(series->query, "version");
	notes->configuration = db_configuration(series->query);
	report->configuration = notes->configuration;
	return notes;
}

void series_notes_free(struct series_notes *notes)
{
	if (!notes)
		return;
	report_list_clear(&notes->list);
	g_free(notes->configuration);
	g_free(notes);
}
