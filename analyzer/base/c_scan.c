// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/c_scan.h"

#include <string.h>

struct scanner {
	const char *at;
	const char *end;
	GString *line; /* the part of the logical line that is read so far */
};

static bool skip_continuation(struct scanner *s)
{
	size_t n = 1;

	if (*s->at != '\\' || s->at + 1 >= s->end)
		return false;
	if (s->at[1] == '\r' && s->at + 2 < s->end)
		n = 2;
	if (s->at[n] != '\n')
		return false;
	s->at += n + 1;
	return true;
}

static void skip_block_comment(struct scanner *s)
{
	const char *close = memmem(s->at, (size_t)(s->end - s->at), "*/", 2);

	s->at = close ? close + 2 : s->end;
	g_string_append_c(s->line, ' ');
}

/*
 * Reads a literal from the character after its opening quote. Appends the literal to @s->line. If
 * @keep is false, appends only the two quotes.
 */
static void read_literal(struct scanner *s, char quote, bool keep)
{
	g_string_append_c(s->line, quote);
	while (s->at < s->end && *s->at != '\n') {
		char c = *s->at++;

		if (c == quote)
			break;
		if (keep)
			g_string_append_c(s->line, c);
		if (c == '\\' && s->at < s->end)
			s->at++;
	}
	g_string_append_c(s->line, quote);
}

static bool is_include_line(const GString *line)
{
	const char *p = line->str;

	p += strspn(p, " \t");
	if (*p != '#')
		return false;
	p++;
	p += strspn(p, " \t");
	return g_str_has_prefix(p, "include");
}

/* Reads the next logical line into @s->line. Returns false at the end of the text. */
static bool next_line(struct scanner *s)
{
	g_string_truncate(s->line, 0);
	if (s->at >= s->end)
		return false;
	while (s->at < s->end) {
		char c;

		if (skip_continuation(s))
			continue;
		c = *s->at++;
		if (c == '\n')
			break;
		if (c == '/' && s->at < s->end && *s->at == '*') {
			s->at++;
			skip_block_comment(s);
		} else if (c == '/' && s->at < s->end && *s->at == '/') {
			while (s->at < s->end && *s->at != '\n')
				if (!skip_continuation(s))
					s->at++;
		} else if (c == '"' || c == '\'') {
			read_literal(s, c, is_include_line(s->line));
		} else {
			g_string_append_c(s->line, c);
		}
	}
	return true;
}

static void report_line(GString *line, const struct scan_ops *ops, void *data)
{
	char *p = g_strchomp(line->str);
	char *keyword, *rest;

	p += strspn(p, " \t\f\v");
	if (*p != '#') {
		if (*p && ops->code)
			ops->code(data, p);
		return;
	}
	if (!ops->directive)
		return;
	keyword = p + 1 + strspn(p + 1, " \t");
	rest = keyword;
	while (g_ascii_isalpha(*rest) || *rest == '_')
		rest++;
	/* The operand may follow the keyword without a blank, as in '#include<x.h>'. */
	keyword = g_strndup(keyword, (gsize)(rest - keyword));
	ops->directive(data, keyword, rest + strspn(rest, " \t"));
	g_free(keyword);
}

void scan_text(const char *text, size_t len, const struct scan_ops *ops, void *data)
{
	struct scanner s = { text, text + len, g_string_sized_new(256) };

	while (next_line(&s))
		report_line(s.line, ops, data);
	g_string_free(s.line, TRUE);
}

static bool is_identifier_char(char c)
{
	return g_ascii_isalnum(c) || c == '_' || c == '$';
}

void scan_identifiers(const char *text, void (*each)(void *data, const char *name), void *data)
{
	char name[256];

	while (*text) {
		size_t n = 0;

		while (is_identifier_char(text[n]))
			n++;
		if (n == 0) {
			text++;
			continue;
		}
		if (!g_ascii_isdigit(*text) && n < sizeof(name)) {
			memcpy(name, text, n);
			name[n] = 0;
			each(data, name);
		}
		text += n;
	}
}

char *scan_include_name(const char *rest, bool *quoted)
{
	const char *close;

	if (*rest != '<' && *rest != '"')
		return NULL;
	close = strchr(rest + 1, *rest == '<' ? '>' : '"');
	if (!close)
		return NULL;
	*quoted = *rest == '"';
	return g_strndup(rest + 1, (gsize)(close - rest - 1));
}
