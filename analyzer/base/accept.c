// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/accept.h"

#include <stdbool.h>
#include <string.h>

#define MARK "initlint:"

enum state {
	IN_CODE,
	IN_STRING, /* in a string or character literal; lexer->quote ends the literal */
	IN_LINE_COMMENT,
	IN_BLOCK_COMMENT,
};

/* Scans a C source. @state says whether @at is in code, in a literal or in a comment. */
struct lexer {
	const char *at;
	const char *end;
	enum state state;
	char quote;
	unsigned int line; /* number of the line that contains @at, from 1 */
};

struct line {
	bool has_code;
	bool has_comment;
};

struct comment {
	const char *text; /* with the comment's delimiters; not NUL-terminated */
	size_t size;
	unsigned int first, last; /* numbers of the comment's first and last line */
	bool is_line_comment;
};

struct scan {
	GArray *lines;	       /* struct line, indexed by line number; index 0 is unused */
	GArray *comments;      /* struct comment */
	unsigned int from, to; /* first and last line of the initcall; 0: not found yet */
};

static bool has_next(const struct lexer *lexer, char c)
{
	return lexer->at + 1 < lexer->end && lexer->at[1] == c;
}

/*
 * Returns the length of the line splice (backslash, newline) at @lexer->at. Returns 0 if there is
 * no splice.
 */
static size_t splice_length(const struct lexer *lexer)
{
	if (*lexer->at != '\\')
		return 0;
	if (has_next(lexer, '\n'))
		return 2;
	return lexer->end - lexer->at > 2 && lexer->at[1] == '\r' && lexer->at[2] == '\n' ? 3 : 0;
}

static size_t step_in_code(struct lexer *lexer)
{
	if (*lexer->at == '/' && has_next(lexer, '*')) {
		lexer->state = IN_BLOCK_COMMENT;
		return 2;
	}
	if (*lexer->at == '/' && has_next(lexer, '/')) {
		lexer->state = IN_LINE_COMMENT;
		return 2;
	}
	if (*lexer->at == '"' || *lexer->at == '\'') {
		lexer->state = IN_STRING;
		lexer->quote = *lexer->at;
	}
	return 1;
}

/*
 * Moves @lexer past one character, comment delimiter, escape sequence or line splice. Updates
 * @lexer->state and @lexer->line.
 */
static void step(struct lexer *lexer)
{
	size_t n = splice_length(lexer);

	if (n) {
		lexer->line++;
		lexer->at += n;
		return;
	}
	n = 1;
	switch (lexer->state) {
	case IN_CODE:
		n = step_in_code(lexer);
		break;
	case IN_STRING:
		/* A newline ends the literal too: an #error may contain a single apostrophe. */
		if (*lexer->at == lexer->quote || *lexer->at == '\n')
			lexer->state = IN_CODE;
		else if (*lexer->at == '\\' && lexer->at + 1 < lexer->end)
			n = 2;
		break;
	case IN_LINE_COMMENT:
		if (*lexer->at == '\n')
			lexer->state = IN_CODE;
		break;
	case IN_BLOCK_COMMENT:
		if (*lexer->at == '*' && has_next(lexer, '/')) {
			lexer->state = IN_CODE;
			n = 2;
		}
		break;
	}
	lexer->line += lexer->at[n - 1] == '\n';
	lexer->at += n;
}

static bool is_comment(enum state state)
{
	return state == IN_LINE_COMMENT || state == IN_BLOCK_COMMENT;
}

/*
 * Returns the number of the initcall's last line. @lexer.at must be the initcall's first character.
 */
static unsigned int last_line(struct lexer lexer)
{
	unsigned int line = lexer.line;
	int depth = 0;

	while (lexer.at < lexer.end) {
		bool code = lexer.state == IN_CODE;
		char c = *lexer.at;

		if (code && depth == 0 && (c == ';' || c == '{' || c == '}' || c == '#'))
			return lexer.line;
		if (code && c == '(')
			depth++;
		line = lexer.line;
		if (code && c == ')' && --depth <= 0)
			return line;
		step(&lexer);
	}
	return line;
}

static struct line *line_at(struct scan *scan, unsigned int line)
{
	if (scan->lines->len <= line)
		g_array_set_size(scan->lines, line + 1);
	return &g_array_index(scan->lines, struct line, line);
}

static void end_comment(struct scan *scan, const struct lexer *lexer, struct comment *comment,
			unsigned int last)
{
	comment->last = last;
	comment->size = (size_t)(lexer->at - comment->text);
	g_array_append_val(scan->comments, *comment);
}

/*
 * Fills @scan from @text. The initcall begins at byte @offset of @text. Stops after the initcall's
 * last line. If a comment begins on the last line and ends on a later line, stops after the
 * comment.
 */
static void fill_scan(struct scan *scan, const char *text, size_t size, size_t offset)
{
	struct lexer lexer = { .at = text, .end = text + size, .line = 1 };
	struct comment comment = { 0 };
	unsigned int last = 0;

	while (lexer.at < lexer.end &&
	       (!scan->to || lexer.line <= scan->to || is_comment(lexer.state))) {
		enum state before = lexer.state;
		bool blank = g_ascii_isspace(*lexer.at);

		if (lexer.at >= text + offset && !scan->from) {
			scan->from = lexer.line;
			scan->to = last_line(lexer);
		}
		last = lexer.line;
		if (before == IN_CODE)
			comment = (struct comment){ .text = lexer.at, .first = lexer.line };
		step(&lexer);
		if (is_comment(before) || is_comment(lexer.state))
			line_at(scan, last)->has_comment = true;
		else if (!blank)
			line_at(scan, last)->has_code = true;
		if (is_comment(before) && lexer.state == IN_CODE) {
			comment.is_line_comment = before == IN_LINE_COMMENT;
			end_comment(scan, &lexer, &comment, last);
		}
	}
	comment.is_line_comment = lexer.state == IN_LINE_COMMENT;
	if (is_comment(lexer.state))
		end_comment(scan, &lexer, &comment, last);
}

/* True if each line from @first to @last has a comment and no code. */
static bool only_comments(struct scan *scan, unsigned int first, unsigned int last)
{
	for (unsigned int i = first; i <= last; i++)
		if (line_at(scan, i)->has_code || !line_at(scan, i)->has_comment)
			return false;
	return true;
}

/* True if @comment is on a line of the initcall, or directly above the initcall. */
static bool is_attached(struct scan *scan, const struct comment *comment)
{
	if (comment->first <= scan->to && comment->last >= scan->from)
		return true;
	return comment->last < scan->from && only_comments(scan, comment->first, scan->from - 1);
}

static void mark_free(gpointer data)
{
	struct accept_mark *mark = data;

	g_free(mark->rule);
	g_free(mark->reason);
	g_free(mark);
}

/*
 * Parses @text, the part of a line after "initlint:". @text should be "accept RULE-ID: reason".
 * @line is the number of this line. Returns a new struct accept_mark, which the caller owns. If
 * @text has another form, mark->rule, mark->reason or both are NULL.
 */
static struct accept_mark *parse_mark(const char *text, unsigned int line)
{
	struct accept_mark *mark = g_new0(struct accept_mark, 1);
	size_t n;

	mark->line = line;
	text += strspn(text, " \t");
	n = strlen("accept");
	if (strncmp(text, "accept", n) != 0 || !strchr(" \t", text[n]) || !text[n])
		return mark;
	text += n + strspn(text + n, " \t");
	n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
	if (n)
		mark->rule = g_strndup(text, n);
	text += n + strspn(text + n, " \t");
	if (!mark->rule || *text != ':')
		return mark;
	text += 1 + strspn(text + 1, " \t");
	/* mark->reason is "" if the reason begins on the next line of the comment. */
	mark->reason = g_strdup(text);
	return mark;
}

static void append_reason(struct accept_mark *mark, const char *text)
{
	char *longer;

	if (!mark->reason)
		return;
	longer = g_strconcat(mark->reason, *mark->reason ? " " : "", text, NULL);
	g_free(mark->reason);
	mark->reason = longer;
}

/*
 * @at points to one line of a comment. The line has @size bytes. Returns the text of the line,
 * without comment delimiters, without leading asterisks, and without blanks at both ends. Free with
 * g_free().
 */
static char *comment_text(const char *at, size_t size)
{
	g_autofree char *line = g_strndup(at, size);
	g_autofree char *valid = g_utf8_make_valid(line, -1);
	char *bare;

	g_strstrip(valid);
	if (g_str_has_prefix(valid, "//"))
		bare = valid + 2 + strspn(valid + 2, "/!<");
	else if (g_str_has_prefix(valid, "/*"))
		bare = valid + 2;
	else
		bare = valid;
	if (g_str_has_suffix(bare, "*/"))
		bare[strlen(bare) - 2] = 0;
	bare += strspn(bare, "*");
	return g_strstrip(g_strdup(bare));
}

/*
 * Appends a struct accept_mark to @marks for each "initlint:" in @comment. @marks owns the structs.
 * @open is the last mark of the previous comment if the reason of this mark may continue in
 * @comment. Otherwise @open is NULL. Returns the mark whose reason may continue in the comment
 * after @comment. Returns NULL if there is no mark whose reason may continue.
 */
static struct accept_mark *read_comment(const struct comment *comment, struct accept_mark *open,
					GPtrArray *marks)
{
	const char *at = comment->text, *end = comment->text + comment->size;
	unsigned int line = comment->first;

	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t size = (size_t)((newline ? newline : end) - at);
		g_autofree char *text = comment_text(at, size);

		if (g_str_has_prefix(text, MARK)) {
			open = parse_mark(text + strlen(MARK), line);
			g_ptr_array_add(marks, open);
		} else if (!*text && (line > comment->first || comment->is_line_comment)) {
			open = NULL;
		} else if (open) {
			append_reason(open, text);
		}
		at += size + 1;
		line++;
	}
	return open;
}

static GPtrArray *read_marks(struct scan *scan)
{
	g_autoptr(GPtrArray) marks = g_ptr_array_new_with_free_func(mark_free);
	const struct comment *last = NULL;
	struct accept_mark *open = NULL;

	for (guint i = 0; i < scan->comments->len; i++) {
		const struct comment *comment = &g_array_index(scan->comments, struct comment, i);

		if (!is_attached(scan, comment))
			continue;
		/*
		 * A reason continues in the next comment only if both comments are line comments
		 * ("//"), stand on consecutive lines, and have no code on their lines.
		 */
		if (!last || !last->is_line_comment || !comment->is_line_comment ||
		    comment->first != last->last + 1 ||
		    !only_comments(scan, last->first, comment->last))
			open = NULL;
		open = read_comment(comment, open, marks);
		last = comment;
	}
	for (guint i = 0; i < marks->len; i++) {
		struct accept_mark *mark = marks->pdata[i];

		if (mark->reason && !*mark->reason)
			g_clear_pointer(&mark->reason, g_free);
	}
	return marks->len ? g_steal_pointer(&marks) : NULL;
}

GPtrArray *accept_marks(const char *text, size_t size, size_t offset)
{
	struct scan scan = { 0 };
	GPtrArray *marks;

	/* Most files do not contain the text "initlint:". Skip the scan for these files. */
	if (offset >= size || !memmem(text, size, MARK, strlen(MARK)))
		return NULL;
	scan.lines = g_array_new(FALSE, TRUE, sizeof(struct line));
	scan.comments = g_array_new(FALSE, FALSE, sizeof(struct comment));
	fill_scan(&scan, text, size, offset);
	marks = read_marks(&scan);
	g_array_unref(scan.comments);
	g_array_unref(scan.lines);
	return marks;
}
