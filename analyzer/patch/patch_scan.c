// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/patch_scan_internal.h"

#include <string.h>

#include "analyzer/patch/patch_lines_internal.h"
#include "db/error.h"

struct scan {
	struct text_lines text;
	const char *origin;
	GPtrArray *sections;
	struct diff_section *section; /* last section so far; NULL: no section yet */
};

void diff_section_free(struct diff_section *section)
{
	g_string_free(section->diff, TRUE);
	g_free(section);
}

static bool fail(const struct scan *scan, unsigned int line, GError **error, const char *format,
		 ...) G_GNUC_PRINTF(4, 5);

static bool fail(const struct scan *scan, unsigned int line, GError **error, const char *format,
		 ...)
{
	g_autofree char *text = NULL;
	g_autofree char *valid = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	valid = g_utf8_make_valid(text, -1);
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s, line %u: %s", scan->origin,
		    line, valid);
	return false;
}

/*
 * The beginnings of the lines that can follow "diff --git" in a diff. If another line follows, the
 * "diff --git" line is part of a message.
 */
static const char *const git_headers[] = {
	"index ",
	"--- ",
	"+++ ",
	"old mode ",
	"new mode ",
	"new file mode ",
	"rename from ",
	"rename to ",
	"deleted file mode ",
	"copy from ",
	"copy to ",
	"similarity index ",
	"Binary files ",
	"GIT binary patch",
	"dissimilarity index ",
};

static bool is_git_header(const struct text_line *line)
{
	for (gsize i = 0; i < G_N_ELEMENTS(git_headers); i++)
		if (text_line_begins(line, git_headers[i]))
			return true;
	return false;
}

static bool is_git_begin(const struct text_lines *text, const struct text_line *line)
{
	struct text_lines ahead = *text;
	struct text_line next;

	return text_line_begins(line, "diff --git ") && text_next(&ahead, &next) &&
	       is_git_header(&next);
}

/*
 * True if a diff with a header of diff -u, and without a header of git, begins at @line. @text: the
 * lines after @line.
 */
static bool is_bare_begin(const struct text_lines *text, const struct text_line *line)
{
	struct text_lines ahead = *text;
	struct text_line next;
	struct diff_range range;

	if (!text_line_begins(line, "--- ") || !text_next(&ahead, &next) ||
	    !text_line_begins(&next, "+++ ") || !text_next(&ahead, &next))
		return false;
	return diff_range_parse(next.text, next.len, &range);
}

gsize diff_begins(const char *text, gsize len)
{
	struct text_lines lines = { .at = text, .end = text + len };
	struct text_line line;

	while (text_next(&lines, &line))
		if (is_git_begin(&lines, &line) || is_bare_begin(&lines, &line))
			return line.text - text;
	return len;
}

static void append_line(struct scan *scan, const struct text_line *line)
{
	g_string_append_len(scan->section->diff, line->text, line->len);
	g_string_append_c(scan->section->diff, '\n');
}

static void begin_section(struct scan *scan, const struct text_line *line)
{
	scan->section = g_new0(struct diff_section, 1);
	scan->section->line = line->number;
	scan->section->diff = g_string_new(NULL);
	g_ptr_array_add(scan->sections, scan->section);
}

/*
 * *@n_old is the number of context lines and removed lines of the hunk that are not read yet.
 * *@n_new is the number of context lines and added lines that are not read yet. Subtracts @line
 * from these numbers. Returns false, and changes neither number, if @line cannot belong to the
 * hunk.
 */
static bool count_down(const struct text_line *line, unsigned int *n_old, unsigned int *n_new)
{
	/* An empty line is an empty context line whose blank an editor has removed. */
	char sign = line->len ? line->text[0] : ' ';

	if ((sign == '-' || sign == ' ') && !*n_old)
		return false;
	if ((sign == '+' || sign == ' ') && !*n_new)
		return false;
	if (!strchr(" +-", sign))
		return false;
	*n_old -= sign != '+';
	*n_new -= sign != '-';
	return true;
}

static void append_hunk_line(struct scan *scan, const struct text_line *line)
{
	/*
	 * Restore the blank of an empty context line: libgit2 ignores an empty line at the end of
	 * its input.
	 */
	if (!line->len)
		g_string_append_c(scan->section->diff, ' ');
	append_line(scan, line);
}

/*
 * If the next line is "\ No newline at end of file", reads this line and returns true. The text
 * after "\ " may be in any language.
 */
static bool read_no_newline(struct scan *scan)
{
	struct text_lines ahead = scan->text;
	struct text_line line;

	if (!text_next(&ahead, &line) || !text_line_begins(&line, "\\ "))
		return false;
	append_line(scan, &line);
	scan->text = ahead;
	return true;
}

/*
 * Fails if the hunk has more lines than its header says. git and libgit2 would ignore the surplus
 * lines silently. A line that begins with "--" does not count as surplus: a mail signature or the
 * next diff begins there. @header: the line number of the hunk's header.
 */
static bool check_surplus(struct scan *scan, unsigned int header, GError **error)
{
	struct text_lines ahead = scan->text;
	struct text_line line;

	if (!text_next(&ahead, &line) || !line.len || !strchr("+-", line.text[0]) ||
	    text_line_begins(&line, "--"))
		return true;
	return fail(scan, line.number, error,
		    "the hunk has more lines than its header (line %u) tells; the patch was "
		    "edited by hand or damaged",
		    header);
}

static bool read_hunk(struct scan *scan, const struct text_line *header,
		      const struct diff_range *range, GError **error)
{
	unsigned int n_old = range->n_old;
	unsigned int n_new = range->n_new;
	struct text_line line = *header;

	if (!n_old && !n_new)
		return fail(scan, header->number, error, "an empty hunk");
	append_line(scan, header);
	while (n_old || n_new) {
		if (!text_next(&scan->text, &line))
			return fail(scan, scan->text.number, error,
				    "the text ends inside a hunk, %u line%s too early for its "
				    "header (line %u); it was cut short",
				    MAX(n_old, n_new), MAX(n_old, n_new) == 1 ? "" : "s",
				    header->number);
		if (!count_down(&line, &n_old, &n_new))
			return fail(scan, line.number, error,
				    "the hunk ends here, but by its header (line %u) there are "
				    "%u more line%s to come; it was cut short, or a mailer has "
				    "wrapped its lines",
				    header->number, MAX(n_old, n_new),
				    MAX(n_old, n_new) == 1 ? "" : "s");
		append_hunk_line(scan, &line);
		read_no_newline(scan);
	}
	return check_surplus(scan, header->number, error);
}

/* Reads all hunks of one file. Sets *@n to the number of hunks. */
static bool read_hunks(struct scan *scan, unsigned int *n, GError **error)
{
	struct text_lines ahead = scan->text;
	struct text_line line;
	struct diff_range range;

	*n = 0;
	while (text_next(&ahead, &line) && text_line_begins(&line, "@@ ")) {
		if (!diff_range_parse(line.text, line.len, &range))
			return fail(scan, line.number, error,
				    "not the header of a hunk: expected \"@@ -LINE,LINES "
				    "+LINE,LINES @@\"");
		scan->text = ahead;
		if (!read_hunk(scan, &line, &range, error))
			return false;
		ahead = scan->text;
		(*n)++;
	}
	return true;
}

/* The kinds of lines in a git header. These kinds decide whether hunks must follow the header. */
struct git_header {
	bool similarity;   /* a line "similarity ..." or "dissimilarity ..." */
	bool names;	   /* a line "--- NAME" or "+++ NAME" */
	bool index;	   /* a line "index OLD..NEW" */
	bool hashes;	   /* a line "index OLD..NEW" for which is_empty_file() is false */
	bool change;	   /* a line such as "new mode": a change that needs no hunks */
	bool rename;	   /* a line "rename from ..." or "rename to ..." */
	bool copy;	   /* a line "copy from ..." or "copy to ..." */
	bool binary;	   /* a line "GIT binary patch" or "Binary files ..." */
	unsigned int seen; /* bits: the elements of git_headers that the header has */
};

/* Fails if the header has two lines of one kind, or a rename and a copy. git writes no such header. */
static bool check_repeated(const struct scan *scan, struct git_header *header,
			   const struct text_line *line, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(git_headers); i++) {
		if (!text_line_begins(line, git_headers[i]))
			continue;
		if (header->seen & 1u << i)
			return fail(scan, line->number, error,
				    "a second line \"%s\" for one file; the patch is damaged",
				    git_headers[i]);
		header->seen |= 1u << i;
	}
	header->rename |= text_line_begins(line, "rename ");
	header->copy |= text_line_begins(line, "copy ");
	return !(header->rename && header->copy) ||
	       fail(scan, line->number, error,
		    "one file is both renamed and copied; the patch is damaged");
}

/*
 * True if @line is "index OLD..NEW" of an empty file that is added or deleted. No hunks follow
 * then.
 */
static bool is_empty_file(const struct text_line *line)
{
	/* Hashes of the empty file: SHA-1, SHA-256. */
	static const char *const empty[] = { "e69de29", "473a0f4" };
	g_autofree char *hashes = g_strndup(line->text, line->len);
	const char *from = hashes + strlen("index ");
	const char *to = strstr(from, "..");
	bool is_empty = false;

	for (gsize i = 0; to && i < G_N_ELEMENTS(empty); i++) {
		if (g_str_has_prefix(from, empty[i]) && strspn(to + 2, "0") >= 7)
			is_empty = true;
		if (g_str_has_prefix(to + 2, empty[i]) && strspn(from, "0") >= 7)
			is_empty = true;
	}
	return is_empty;
}

static void note_header(struct git_header *header, const struct text_line *line)
{
	header->similarity |=
		text_line_begins(line, "similarity ") || text_line_begins(line, "dissimilarity ");
	header->index |= text_line_begins(line, "index ");
	if (text_line_begins(line, "--- ") || text_line_begins(line, "+++ "))
		header->names = true;
	else if (text_line_begins(line, "index "))
		header->hashes = !is_empty_file(line);
	else if (text_line_begins(line, "GIT binary") || text_line_begins(line, "Binary"))
		header->binary = true;
	else if (!text_line_begins(line, "similarity") && !text_line_begins(line, "dissimilarity"))
		header->change = true;
}

/*
 * libgit2 needs a line "index OLD..NEW" before binary data. libgit2 also needs this line if no hunk
 * follows the header. Mercurial does not write this line.
 */
static void append_index(struct scan *scan)
{
	g_string_append(scan->section->diff, "index 0000000..0000000\n");
}

/*
 * Appends empty binary data in place of the original binary data. initlint never applies binary
 * data, but libgit2 must be able to parse the data. The original may be a line "Binary files a/x
 * and b/y differ". libgit2 refuses this line if the paths have quotes: libgit2 compares the paths
 * in this line with the paths in the header, but removes the quotes only in the header.
 */
static void append_binary(struct scan *scan, const struct git_header *header)
{
	if (!header->index)
		append_index(scan);
	g_string_append(scan->section->diff, "GIT binary patch\nliteral 0\nHcmV?d00001\n\n"
					     "literal 0\nHcmV?d00001\n\n");
	scan->section->binary = true;
}

static bool is_absolute(const struct text_line *line)
{
	static const char *const names[] = { "diff --git ", "--- ",	  "+++ ",    "rename from ",
					     "rename to ",  "copy from ", "copy to " };

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		struct text_line path = *line;

		if (!text_line_begins(line, names[i]))
			continue;
		path.text += strlen(names[i]);
		path.len -= strlen(names[i]);
		return (text_line_begins(&path, "/") && !text_line_begins(&path, "/dev/null")) ||
		       text_line_begins(&path, "\"/") || memmem(path.text, path.len, "//", 2);
	}
	return false;
}

/*
 * Fails if a path in @line is absolute or has an empty component ("//"). libgit2 removes the first
 * component of a path and replaces "//" by "/". So libgit2 would silently turn "/etc/x" and
 * "a//etc/x" into relative paths.
 */
static bool check_absolute(const struct scan *scan, const struct text_line *line, GError **error)
{
	if (!is_absolute(line))
		return true;
	return fail(scan, line->number, error,
		    "an absolute path, or one with an empty component: \"%.*s\"; refused",
		    (int)MIN(line->len, 200), line->text);
}

static bool read_git_header(struct scan *scan, struct git_header *header, GError **error)
{
	struct text_lines ahead = scan->text;
	struct text_line line;

	while (!header->binary && text_next(&ahead, &line) && is_git_header(&line)) {
		if (!check_absolute(scan, &line, error) ||
		    !check_repeated(scan, header, &line, error))
			return false;
		note_header(header, &line);
		/* libgit2 needs a similarity line here. Mercurial does not write this line. */
		if (!header->similarity && (text_line_begins(&line, "rename from ") ||
					    text_line_begins(&line, "copy from ")))
			g_string_append(scan->section->diff, "similarity index 100%\n");
		if (!header->binary)
			append_line(scan, &line);
		scan->text = ahead;
		if (text_line_begins(&line, "+++ "))
			break;
	}
	if (header->binary)
		append_binary(scan, header);
	return true;
}

static bool read_git_section(struct scan *scan, const struct text_line *line, GError **error)
{
	struct git_header header = { 0 };
	unsigned int n_hunks;

	begin_section(scan, line);
	append_line(scan, line);
	if (!check_absolute(scan, line, error) || !read_git_header(scan, &header, error) ||
	    !read_hunks(scan, &n_hunks, error))
		return false;
	if (n_hunks || header.binary)
		return true;
	if (header.change && !header.hashes && !header.names) {
		if (!header.index)
			append_index(scan);
		/* If no hunk follows the header, libgit2 needs another line after the header. */
		g_string_append(scan->section->diff, "-- \n");
		return true;
	}
	return fail(scan, scan->text.number, error,
		    "no change follows the header of a file (line %u); it was cut short, or made "
		    "with git's --irreversible-delete",
		    line->number);
}

static bool read_bare_section(struct scan *scan, const struct text_line *line, GError **error)
{
	g_autofree char *message = NULL;
	struct text_lines ahead;
	struct text_line names[2] = { *line };
	struct text_line next;
	struct diff_range range = { 0 };
	unsigned int n_hunks;

	text_next(&scan->text, &names[1]);
	begin_section(scan, line);
	for (int i = 0; i < 2; i++)
		if (!check_absolute(scan, &names[i], error))
			return false;
	ahead = scan->text;
	if (text_next(&ahead, &next))
		diff_range_parse(next.text, next.len, &range);
	message = bare_header(names, range.n_old == 0, range.n_new == 0, scan->section->diff);
	if (message)
		return fail(scan, line->number, error, "%s", message);
	return read_hunks(scan, &n_hunks, error);
}

static bool read_section(struct scan *scan, const struct text_line *line, GError **error)
{
	struct diff_range range;

	if (is_git_begin(&scan->text, line))
		return read_git_section(scan, line, error);
	if (is_bare_begin(&scan->text, line))
		return read_bare_section(scan, line, error);
	if (scan->section && diff_range_parse(line->text, line->len, &range))
		return fail(scan, line->number, error,
			    "a hunk that no file's header precedes; the patch is damaged");
	return true; /* skip @line: message text, a signature, or binary data */
}

/*
 * Fails if the section that begins at @first has a NUL byte. libgit2 counts the bytes behind the NUL
 * as a part of the line, but does not keep them.
 */
static bool check_nul(const struct scan *scan, const struct text_line *first, GError **error)
{
	struct text_lines section = { .at = first->text, .end = scan->text.at };
	struct text_line line;

	section.number = first->number - 1;
	while (text_next(&section, &line))
		if (memchr(line.text, '\0', line.len))
			return fail(scan, line.number, error,
				    "a NUL byte: expected text; the patch is damaged, or changes "
				    "a binary file without git's binary format");
	return true;
}

GPtrArray *diff_scan(const char *text, gsize len, const char *origin, GError **error)
{
	g_autoptr(GPtrArray) sections =
		g_ptr_array_new_with_free_func((GDestroyNotify)diff_section_free);
	struct scan scan = {
		.text = { .at = text, .end = text + len },
		.origin = origin,
		.sections = sections,
	};
	struct text_line line;

	while (text_next(&scan.text, &line)) {
		guint n_before = sections->len;

		if (!read_section(&scan, &line, error) ||
		    (sections->len > n_before && !check_nul(&scan, &line, error)))
			return NULL;
	}
	return g_steal_pointer(&sections);
}
