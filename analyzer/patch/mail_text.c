// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/mail_text_internal.h"

#include <string.h>

#include "analyzer/patch/patch_lines_internal.h"

void mail_strip_cr(GString *text)
{
	gsize to = 0;

	for (gsize i = 0; i < text->len; i++)
		if (text->str[i] != '\r' || text->str[i + 1] != '\n')
			text->str[to++] = text->str[i];
	g_string_truncate(text, to);
}

bool mail_is_crlf(const GString *text)
{
	struct text_lines lines = { .at = text->str, .end = text->str + text->len };
	struct text_line line;

	while (text_next(&lines, &line)) {
		bool has_newline = line.text + line.len < lines.end;

		if (has_newline && (!line.len || line.text[line.len - 1] != '\r'))
			return false;
	}
	return text->len > 0 && memchr(text->str, '\n', text->len);
}

void mail_unquote_from(GString *text)
{
	struct text_lines lines = { .at = text->str, .end = text->str + text->len };
	struct text_line line;
	char *to = text->str;

	/* The text only gets shorter, so this loop rewrites the text in place. */
	while (text_next(&lines, &line)) {
		const char *end = lines.at;
		gsize quotes = 0;

		while (quotes < line.len && line.text[quotes] == '>')
			quotes++;
		if (quotes && line.len - quotes >= 5 && !memcmp(line.text + quotes, "From ", 5))
			line.text++;
		memmove(to, line.text, end - line.text);
		to += end - line.text;
	}
	g_string_truncate(text, to - text->str);
}

/*
 * True if @text may be stuffed: the sender's mail program may have put a blank before each line
 * that began with a blank, '>' or "From ". In a stuffed text, a blank at the beginning of a line is
 * always followed by a second blank, by '>' or by "From ". A context line of a hunk, such as
 * " <TAB>return", shows that @text is not stuffed. If @text is not stuffed, the blanks at the
 * beginnings of lines belong to the patch, and mail_unflow() must keep these blanks.
 */
static bool is_stuffed(const GString *text)
{
	struct text_lines lines = { .at = text->str, .end = text->str + text->len };
	struct text_line line;

	while (text_next(&lines, &line)) {
		if (!text_line_begins(&line, " ") || text_line_begins(&line, " From "))
			continue;
		if (line.len < 2 || !strchr(" >", line.text[1]))
			return false;
	}
	return true;
}

/*
 * The rest of the current hunk: the lines that are not read yet. Outside of a hunk, @n_old and
 * @n_new are 0.
 */
struct hunk_rest {
	unsigned int n_old; /* number of unread context lines and removed lines */
	unsigned int n_new; /* number of unread context lines and added lines */
};

static void count_line(struct hunk_rest *rest, const char *text, gsize len)
{
	struct diff_range range;

	if (!rest->n_old && !rest->n_new) {
		if (diff_range_parse(text, len, &range))
			*rest = (struct hunk_rest){ .n_old = range.n_old, .n_new = range.n_new };
		return;
	}
	if (rest->n_old && (!len || text[0] == ' ' || text[0] == '-'))
		rest->n_old--;
	if (rest->n_new && (!len || text[0] == ' ' || text[0] == '+'))
		rest->n_new--;
}

/*
 * True if a mail program has broken one line of a hunk into two lines: the last line of @done, and
 * the line @text. The first of these two lines ends with a blank. @before says how many lines of
 * the hunk were unread when the last line of @done was about to be read. If both members of
 * @before are 0, the last line of @done is not in a hunk.
 */
static bool is_continuation(const struct hunk_rest *before, const GString *done, const char *text,
			    gsize len)
{
	if (!before->n_old && !before->n_new)
		return false;
	/* "diff " begins the diff of the next file, often without an empty line before. */
	if (len >= 5 && memcmp(text, "diff ", 5) == 0)
		return false;
	return done->len >= 2 && done->str[done->len - 2] == ' ' && len &&
	       !strchr(" +-\\@", text[0]);
}

void mail_unflow(GString *text, bool delsp)
{
	g_autoptr(GString) done = g_string_sized_new(text->len);
	struct text_lines lines = { .at = text->str, .end = text->str + text->len };
	struct text_line line;
	struct hunk_rest rest = { 0 };
	/* copy of @rest from before the last line of @done was counted */
	struct hunk_rest before = { 0 };
	bool stuffed = is_stuffed(text);

	while (text_next(&lines, &line)) {
		if (stuffed && text_line_begins(&line, " ")) {
			line.text++;
			line.len--;
		}
		if (is_continuation(&before, done, line.text, line.len)) {
			g_string_truncate(done, done->len - (delsp ? 2 : 1));
		} else {
			before = rest;
			count_line(&rest, line.text, line.len);
		}
		g_string_append_len(done, line.text, line.len);
		g_string_append_c(done, '\n');
	}
	g_string_truncate(text, 0);
	g_string_append_len(text, done->str, done->len);
}

/*
 * If @word is like "v2" or "PATCHv2", sets *@version to the number in @word and returns true.
 * Otherwise returns false and leaves *@version unchanged.
 */
static bool parse_version(const char *word, unsigned int *version)
{
	guint64 value;

	if (g_ascii_strncasecmp(word, "PATCH", 5) == 0)
		word += 5;
	if ((*word != 'v' && *word != 'V') ||
	    !g_ascii_string_to_unsigned(word + 1, 10, 1, 9999, &value, NULL))
		return false;
	*version = value;
	return true;
}

static void parse_number(const char *word, struct mail_subject *subject)
{
	g_auto(GStrv) parts = g_strsplit(word, "/", 2);
	guint64 number;
	guint64 total;

	if (g_strv_length(parts) != 2 ||
	    !g_ascii_string_to_unsigned(parts[0], 10, 0, G_MAXINT32, &number, NULL) ||
	    !g_ascii_string_to_unsigned(parts[1], 10, 1, G_MAXINT32, &total, NULL) ||
	    number > total)
		return;
	subject->has_number = true;
	subject->number = number;
	subject->total = total;
}

/* Parses the part of a subject between "[" and "]" into @subject. @text: this part. */
static void parse_prefix(const char *text, gsize len, struct mail_subject *subject)
{
	g_autofree char *copy = g_strndup(text, len);
	g_auto(GStrv) words = g_strsplit_set(copy, " \t,", -1);

	for (char **word = words; *word; word++)
		if (!parse_version(*word, &subject->version))
			parse_number(*word, subject);
}

/*
 * If @text begins with a prefix of replies or forwards, such as "Re:", returns the length of the
 * prefix. Otherwise returns 0.
 */
static gsize reply_prefix(const char *text)
{
	static const char *const prefixes[] = { "re:", "aw:", "sv:", "fwd:", "fw:" };

	for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_ascii_strncasecmp(text, prefixes[i], strlen(prefixes[i])) == 0)
			return strlen(prefixes[i]);
	return 0;
}

void mail_subject_parse(const char *text, struct mail_subject *subject)
{
	*subject = (struct mail_subject){ 0 };
	for (;;) {
		const char *close = *text == '[' ? strchr(text, ']') : NULL;
		gsize reply = reply_prefix(text);

		if (close)
			parse_prefix(text + 1, close - text - 1, subject);
		else if (reply && g_ascii_tolower(*text) != 'f')
			subject->is_reply = true;
		else if (!reply && !g_ascii_isspace(*text))
			break;
		text = close ? close + 1 : text + (reply ? reply : 1);
	}
	subject->title = g_strdup(text);
	g_strchomp(subject->title);
}
