// SPDX-License-Identifier: GPL-2.0-only
/*
 * Applies hunks to the lines of a file. An index is the index of a line in patched->lines, from 0.
 * The old lines of a hunk are the context lines and the removed lines.
 */
#include "analyzer/patch/patch_internal.h"

#include <string.h>

#include "db/error.h"

#define NOWHERE G_MAXUINT
/* The greatest fuzz that error messages propose. patch(1) allows this fuzz by default. */
#define HINT_FUZZ 2
#define MAX_QUOTE 80

struct patched_file *patched_file_new(GBytes *content)
{
	struct patched_file *patched = g_new0(struct patched_file, 1);
	gsize len;
	const char *at = g_bytes_get_data(content, &len);
	const char *end = at + len;
	unsigned int number = 0;

	patched->content = g_bytes_ref(content);
	patched->lines = g_array_new(FALSE, FALSE, sizeof(struct patched_line));
	while (at < end) {
		const char *newline = memchr(at, '\n', end - at);
		const char *next = newline ? newline + 1 : end;
		struct patched_line line = { .text = at, .len = next - at, .number = ++number };

		g_array_append_val(patched->lines, line);
		at = next;
	}
	return patched;
}

void patched_file_free(struct patched_file *patched)
{
	g_array_unref(patched->lines);
	g_bytes_unref(patched->content);
	g_free(patched);
}

static const struct patched_line *line_at(const struct patched_file *patched, unsigned int index)
{
	return &g_array_index(patched->lines, struct patched_line, index);
}

GBytes *patched_file_content(const struct patched_file *patched)
{
	GByteArray *bytes = g_byte_array_new();

	for (guint i = 0; i < patched->lines->len; i++)
		g_byte_array_append(bytes, (const guint8 *)line_at(patched, i)->text,
				    line_at(patched, i)->len);
	return g_byte_array_free_to_bytes(bytes);
}

GArray *patched_file_added(const struct patched_file *patched)
{
	GArray *added = g_array_new(FALSE, FALSE, sizeof(unsigned int));

	for (unsigned int i = 0; i < patched->lines->len; i++) {
		unsigned int number = i + 1;

		if (!line_at(patched, i)->number)
			g_array_append_val(added, number);
	}
	return added;
}

void patched_file_clear_touched(struct patched_file *patched)
{
	for (guint i = 0; i < patched->lines->len; i++)
		g_array_index(patched->lines, struct patched_line, i).touched = false;
}

/* An attempt to apply a hunk with all or a part of the hunk's context. */
struct attempt {
	const struct hunk_line *lines;
	unsigned int n_lines;
	unsigned int n_old;
	/* index at which @lines begin, if the line numbers of the hunk fit the file */
	unsigned int expected;
	bool at_begin; /* the hunk matches only at the beginning of the file */
	bool at_end;   /* the hunk matches only at the end of the file */
};

static const struct hunk_line *hunk_lines(const struct hunk *hunk)
{
	return (const struct hunk_line *)hunk->lines->data;
}

/*
 * Compares each old line of @attempt with one line of the file. The first old line is compared with
 * the line at @index, and so on. Returns the number of lines that match before the first
 * difference. A line of the file that an earlier hunk has touched never matches.
 */
static unsigned int n_matching(const struct patched_file *patched, const struct attempt *attempt,
			       unsigned int index)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < attempt->n_lines; i++) {
		const struct hunk_line *wanted = &attempt->lines[i];
		const struct patched_line *line;

		if (wanted->sign == '+')
			continue;
		if (index + n >= patched->lines->len)
			break;
		line = line_at(patched, index + n);
		if (line->touched || line->len != wanted->len ||
		    memcmp(line->text, wanted->text, wanted->len) != 0)
			break;
		n++;
	}
	return n;
}

static bool fits(const struct patched_file *patched, const struct attempt *attempt,
		 unsigned int index)
{
	return n_matching(patched, attempt, index) == attempt->n_old;
}

/*
 * Returns the index at which the hunk matches; NOWHERE if the hunk matches nowhere. If the hunk
 * matches at several indices, returns the index that is nearest to attempt->expected. If two
 * indices are equally near, returns the higher index, as git does.
 */
static unsigned int find_position(const struct patched_file *patched, const struct attempt *attempt)
{
	unsigned int n = patched->lines->len;
	unsigned int last;
	unsigned int start;

	if (attempt->n_old > n)
		return NOWHERE;
	last = n - attempt->n_old;
	if (attempt->at_begin && attempt->at_end && last != 0)
		return NOWHERE;
	if (attempt->at_begin || attempt->at_end) {
		start = attempt->at_begin ? 0 : last;
		return fits(patched, attempt, start) ? start : NOWHERE;
	}
	if (!attempt->n_old) /* no lines to compare: trust the hunk's header */
		return attempt->expected <= n ? attempt->expected : NOWHERE;
	start = MIN(attempt->expected, last);
	for (unsigned int d = 0; d <= MAX(start, last - start); d++) {
		if (d <= last - start && fits(patched, attempt, start + d))
			return start + d;
		if (d && d <= start && fits(patched, attempt, start - d))
			return start - d;
	}
	return NOWHERE;
}

static void replace_lines(struct patched_file *patched, const struct attempt *attempt,
			  unsigned int index)
{
	g_autoptr(GArray) result = g_array_new(FALSE, FALSE, sizeof(struct patched_line));
	unsigned int at = index;

	for (unsigned int i = 0; i < attempt->n_lines; i++) {
		const struct hunk_line *wanted = &attempt->lines[i];
		struct patched_line line = { .text = wanted->text, .len = wanted->len };

		if (wanted->sign != '+')
			line = *line_at(patched, at++);
		line.touched = true;
		if (wanted->sign != '-')
			g_array_append_val(result, line);
	}
	if (attempt->n_old)
		g_array_remove_range(patched->lines, index, attempt->n_old);
	if (result->len)
		g_array_insert_vals(patched->lines, index, result->data, result->len);
}

/*
 * Returns an attempt for @hunk. @no_context: true for a diff without any context (-U0).
 *
 * @fuzz says how much context is ignored, as in patch(1). @hunk has context lines before its
 * changes and after its changes. If the longer of these two contexts has N lines, the attempt uses
 * at most N - @fuzz lines of each context.
 *
 * @drift: the previous hunk matched @drift lines below its line number. So @hunk is expected @drift
 * lines below its line number too. A negative @drift means above instead of below. @drift
 * is used only if @no_context is true.
 */
static struct attempt make_attempt(const struct hunk *hunk, bool no_context, unsigned int fuzz,
				   int drift)
{
	int context = MAX(hunk->context_before, hunk->context_after);
	int before = (int)fuzz + (int)hunk->context_before - context;
	int after = (int)fuzz + (int)hunk->context_after - context;
	struct attempt attempt = {
		.lines = hunk_lines(hunk),
		.n_lines = hunk->lines->len,
		.n_old = hunk->n_old,
		.expected = hunk->new_start ? hunk->new_start - 1 : 0,
		.at_begin = !hunk->old_start || (hunk->old_start == 1 && !no_context),
		.at_end = !hunk->context_after && !no_context,
	};

	/*
	 * Without context, the header of a hunk that only removes lines has "+LINE,0". LINE is the
	 * number of the line before the hunk, from 1. So the expected index is LINE, not LINE - 1.
	 * With context, a header has "+LINE,0" only if the hunk empties the file: "+0,0".
	 */
	if (no_context && hunk->n_old == hunk->lines->len && !hunk->context_before)
		attempt.expected = hunk->new_start;
	if (no_context)
		attempt.expected = MAX(0, (int)attempt.expected + drift);
	if (!fuzz)
		return attempt;
	attempt.at_begin = before < 0 && hunk->old_start <= 1;
	attempt.at_end = after < 0;
	before = MAX(before, 0);
	after = MAX(after, 0);
	attempt.lines += before;
	attempt.n_lines -= before + after;
	attempt.n_old -= before + after;
	attempt.expected += before;
	return attempt;
}

/*
 * Returns the least fuzz from @from to @to with which @hunk matches, and sets *@attempt to the
 * attempt with this fuzz. Returns NOWHERE if there is no such fuzz; *@attempt may be changed then.
 */
static unsigned int find_fuzz(const struct patched_file *patched, const struct hunk *hunk,
			      unsigned int from, unsigned int to, struct attempt *attempt)
{
	for (unsigned int fuzz = from; fuzz <= to; fuzz++) {
		if (fuzz > MAX(hunk->context_before, hunk->context_after))
			return NOWHERE;
		*attempt = make_attempt(hunk, false, fuzz, 0);
		if (!attempt->n_old)
			return NOWHERE;
		if (find_position(patched, attempt) != NOWHERE)
			return fuzz;
	}
	return NOWHERE;
}

/*
 * Returns at most MAX_QUOTE bytes of the first line of @text, escaped for a message. Free with
 * g_free().
 */
static char *quote(const char *text, gsize len)
{
	g_autofree char *head = g_strndup(text, MIN(len, MAX_QUOTE));
	g_autofree char *valid = NULL;

	g_strdelimit(head, "\n", '\0');
	valid = g_utf8_make_valid(head, -1);
	return g_strescape(valid, "\"");
}

/*
 * Compares the same lines as n_matching(). Returns the number of equal lines, including equal lines
 * after a difference, and lines that an earlier hunk has touched.
 */
static unsigned int n_similar(const struct patched_file *patched, const struct attempt *attempt,
			      unsigned int index)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < attempt->n_lines && index < patched->lines->len; i++) {
		const struct hunk_line *wanted = &attempt->lines[i];
		const struct patched_line *line = line_at(patched, index);

		if (wanted->sign == '+')
			continue;
		n += line->len == wanted->len && memcmp(line->text, wanted->text, line->len) == 0;
		index++;
	}
	return n;
}

/*
 * The hunk of @attempt does not match. Returns the index at which the lines of the file are most
 * similar to the hunk: n_similar() is greatest for this index. If the hunk can match only at the
 * beginning of the file, returns 0. The error message describes the file at this index.
 */
static unsigned int closest(const struct patched_file *patched, const struct attempt *attempt)
{
	unsigned int n = patched->lines->len;
	unsigned int best = MIN(attempt->expected, n);
	unsigned int most;

	if (attempt->at_begin)
		return 0;
	most = n_similar(patched, attempt, best);
	for (unsigned int i = 0; i < n; i++) {
		unsigned int matching = n_similar(patched, attempt, i);

		if (matching > most) {
			most = matching;
			best = i;
		}
	}
	return best;
}

static const struct hunk_line *nth_old(const struct attempt *attempt, unsigned int n)
{
	for (unsigned int i = 0; i < attempt->n_lines; i++)
		if (attempt->lines[i].sign != '+' && !n--)
			return &attempt->lines[i];
	return NULL;
}

/*
 * Returns the number that the line at @index had in the original file. If a hunk has added this
 * line, or if the file ends before @index, returns the number of the nearest original line above.
 * Returns 1 if there is no original line above.
 */
static unsigned int number_at(const struct patched_file *patched, unsigned int index)
{
	while (index > 0 && (index >= patched->lines->len || !line_at(patched, index)->number))
		index--;
	return index < patched->lines->len && line_at(patched, index)->number
		       ? line_at(patched, index)->number
		       : 1;
}

/*
 * Returns a message such as "expected ..., found ...". closest() finds the part of the file that is
 * most similar to the hunk. The message describes the first line of this part that differs from the
 * hunk. Sets *@number to the line number of this line in the original file (see number_at()). Free
 * the message with g_free().
 */
static char *difference(const struct patched_file *patched, const struct attempt *attempt,
			unsigned int *number)
{
	unsigned int index = closest(patched, attempt);
	unsigned int n = n_matching(patched, attempt, index);
	const struct hunk_line *wanted = nth_old(attempt, n);
	g_autofree char *expected = wanted ? quote(wanted->text, wanted->len) : NULL;
	g_autofree char *found = NULL;
	const struct patched_line *line;

	index += n;
	*number = number_at(patched, index);
	line = index < patched->lines->len ? line_at(patched, index) : NULL;
	if (!wanted && !attempt->n_old && !attempt->at_begin)
		return g_strdup_printf("the file has no line %u to add after", attempt->expected);
	if (!wanted)
		return g_strdup_printf("expected the file's %s here",
				       attempt->at_begin && index == n ? "end"
								       : "beginning or end");
	if (!line)
		return g_strdup_printf("expected \"%s\", found the end of the file", expected);
	found = quote(line->text, line->len);
	if (line->touched && strcmp(expected, found) == 0)
		return g_strdup_printf("expected \"%s\", which belongs to an earlier hunk",
				       expected);
	if (strcmp(expected, found) == 0)
		return g_strdup_printf("expected \"%s\" %s newline at its end", expected,
				       wanted->text[wanted->len - 1] == '\n' ? "with a"
									     : "without");
	return g_strdup_printf("expected \"%s\", found \"%s\"", expected, found);
}

static bool refuse(const struct patched_file *patched, const struct hunk *hunk, unsigned int index,
		   const struct attempt *exact, const struct hunk_options *options, GError **error)
{
	struct attempt attempt;
	unsigned int number;
	unsigned int fuzz = find_fuzz(patched, hunk, options->max_fuzz + 1, HINT_FUZZ, &attempt);
	g_autofree char *reason = difference(patched, exact, &number);
	g_autofree char *hint =
		fuzz == NOWHERE ? g_strdup("rebase the patch on this tree")
				: g_strdup_printf("it would with fuzz %u (--fuzz=%u)", fuzz, fuzz);

	if (options->deletes)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: %s:%u: differs from the file that the patch deletes: %s; %s",
			    options->patch->origin, options->path, number, reason, hint);
	else
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: %s:%u: hunk %u does not apply: %s; %s", options->patch->origin,
			    options->path, number, index, reason, hint);
	return false;
}

static void warn(const struct hunk_options *options, unsigned int index, unsigned int fuzz,
		 int offset)
{
	g_autofree char *fuzzy = fuzz ? g_strdup_printf(" with fuzz %u", fuzz) : NULL;
	g_autofree char *moved =
		offset ? g_strdup_printf(" %d line%s further %s", ABS(offset),
					 ABS(offset) == 1 ? "" : "s", offset > 0 ? "down" : "up")
		       : NULL;

	if (!options->warnings || (!fuzz && !offset))
		return;
	g_ptr_array_add(options->warnings,
			g_strdup_printf("%s: hunk %u of %s applies%s%s%s", options->patch->origin,
					index, options->path, fuzzy ? fuzzy : "",
					fuzzy && moved ? "," : "", moved ? moved : ""));
}

bool hunks_apply(struct patched_file *patched, const GPtrArray *hunks,
		 const struct hunk_options *options, GError **error)
{
	int drift = 0;

	for (guint i = 0; i < hunks->len; i++) {
		const struct hunk *hunk = g_ptr_array_index(hunks, i);
		struct attempt exact = make_attempt(hunk, options->patch->no_context, 0, drift);
		struct attempt attempt = exact;
		unsigned int fuzz = 0;
		unsigned int at = find_position(patched, &attempt);

		if (at == NOWHERE) {
			fuzz = find_fuzz(patched, hunk, 1, options->max_fuzz, &attempt);
			if (fuzz == NOWHERE)
				return refuse(patched, hunk, i + 1, &exact, options, error);
			at = find_position(patched, &attempt);
		}
		warn(options, i + 1, fuzz, (int)(at - attempt.expected));
		drift += (int)(at - attempt.expected);
		replace_lines(patched, &attempt, at);
	}
	return true;
}

static struct hunk *reversed(const struct hunk *hunk)
{
	struct hunk *back = g_new0(struct hunk, 1);

	back->old_start = hunk->new_start;
	back->new_start = hunk->old_start;
	back->lines = g_array_copy(hunk->lines);
	for (guint i = 0; i < back->lines->len; i++) {
		struct hunk_line *line = &g_array_index(back->lines, struct hunk_line, i);

		line->sign = line->sign == '+' ? '-' : line->sign == '-' ? '+' : ' ';
	}
	hunk_measure(back);
	return back;
}

bool hunks_are_in(struct patched_file *patched, const GPtrArray *hunks, const struct patch *patch)
{
	for (guint i = 0; i < hunks->len; i++) {
		g_autoptr(hunk) back = reversed(g_ptr_array_index(hunks, i));
		struct attempt attempt = make_attempt(back, patch->no_context, 0, 0);
		unsigned int at = find_position(patched, &attempt);

		/*
		 * Without context, the added lines may match unrelated lines by chance. So only a
		 * match at the expected index counts.
		 */
		if (at == NOWHERE || (patch->no_context && at != attempt.expected))
			return false;
		replace_lines(patched, &attempt, at);
	}
	return true;
}
