// SPDX-License-Identifier: GPL-2.0-only
/* Splits a header's text into its top-level items. */
#include "analyzer/reindex/header_items.h"

#include <string.h>

#include "analyzer/reindex/header_kind_internal.h"

/* An #if whose #endif has not come yet. */
struct open_condition {
	char *text; /* the #if directive, then its #elif and #else directives so far */
	int depth;  /* bracket depth at the #if */
	bool inner; /* the #if is inside an item */
};

struct splitter {
	struct header_items *out;
	const char *at;
	const char *end;
	unsigned int line;
	GArray *conditions; /* struct open_condition */
	/* The members below describe the part of the current item before @at: */
	GArray *tokens; /* struct token */
	GString *text;
	GString *layout;
	unsigned int first;
	unsigned int last;
	int depth;
	bool opaque;
	bool is_function; /* the item is a function, and its body has begun */
};

static void condition_clear(gpointer data)
{
	g_free(((struct open_condition *)data)->text);
}

static bool is_word_char(char c)
{
	return g_ascii_isalnum(c) || c == '_' || c == '$' || (guchar)c >= 0x80;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\r';
}

/* Returns the length of the line splice (backslash, newline) at @at; 0: no splice. */
static gsize splice_length(const char *at, const char *end)
{
	if (at + 1 < end && at[0] == '\\' && at[1] == '\n')
		return 2;
	return at + 2 < end && at[0] == '\\' && at[1] == '\r' && at[2] == '\n' ? 3 : 0;
}

static const char *literal_end(const char *at, const char *end)
{
	char quote = *at++;

	while (at < end && *at != quote && *at != '\n')
		at += *at == '\\' && at + 1 < end ? 2 : 1;
	return at < end && *at == quote ? at + 1 : MIN(at, end);
}

static void append_newlines(GString *out, const char *from, const char *to)
{
	for (; from < to; from++)
		if (*from == '\n')
			g_string_append_c(out, '\n');
}

static unsigned int count_newlines(const char *from, const char *to)
{
	unsigned int n = 0;

	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

static const char *line_comment_end(const char *at, const char *end)
{
	while (at < end && *at != '\n')
		at += MAX(splice_length(at, end), 1);
	return MIN(at, end);
}

/*
 * Appends to @out the replacement of the comment from @from to @to: a blank, then the newlines of
 * the comment. Because of these newlines, later lines keep their line numbers. @in_directive: the
 * comment is in a directive. A newline in a comment does not end the directive. So if @in_directive
 * is true, writes a backslash before each newline.
 */
static void append_comment(GString *out, const char *from, const char *to, bool in_directive)
{
	g_string_append_c(out, ' ');
	if (!in_directive) {
		append_newlines(out, from, to);
		return;
	}
	for (; from < to; from++)
		if (*from == '\n')
			g_string_append(out, "\\\n");
}

char *header_strip(const char *text, gsize len, gsize *stripped)
{
	const char *end = text + len, *next;
	GString *out = g_string_sized_new(len);
	bool in_directive = false, at_line_start = true;

	for (const char *at = text; at < end; at = next) {
		next = at + 1;
		if (*at == '\n') {
			at_line_start = true;
			in_directive = false;
		} else if (!is_blank(*at) && at_line_start) {
			at_line_start = false;
			in_directive = *at == '#';
		}
		if (splice_length(at, end)) {
			next = at + splice_length(at, end);
			g_string_append_len(out, at, next - at);
		} else if (at + 1 < end && *at == '/' && at[1] == '*') {
			next = memmem(at + 2, (gsize)(end - at - 2), "*/", 2);
			next = next ? next + 2 : end;
			append_comment(out, at, next, in_directive);
			at_line_start |= !in_directive && memchr(at, '\n', (gsize)(next - at));
		} else if (at + 1 < end && *at == '/' && at[1] == '/') {
			next = line_comment_end(at, end);
			append_comment(out, at, next, true);
		} else if (*at == '"' || *at == '\'') {
			next = literal_end(at, end);
			g_string_append_len(out, at, next - at);
		} else if (!is_blank(*at)) {
			g_string_append_c(out, *at);
		} else if (out->len && !is_blank(out->str[out->len - 1])) {
			g_string_append_c(out, ' ');
		}
	}
	*stripped = out->len;
	return g_string_free(out, FALSE);
}

static char *conditions_text(const struct splitter *s)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < s->conditions->len; i++) {
		const struct open_condition *c =
			&g_array_index(s->conditions, struct open_condition, i);

		if (!c->inner)
			g_string_append_printf(text, "%s\n", c->text);
	}
	return g_string_free(text, FALSE);
}

static bool is_inside(const struct splitter *s)
{
	const GArray *open = s->conditions;

	return open->len && g_array_index(open, struct open_condition, open->len - 1).inner;
}

static struct header_item *new_item(struct splitter *s, const char *text, const char *layout)
{
	GStringChunk *strings = s->out->strings;
	g_autofree char *conditions = conditions_text(s);
	struct header_item item = {
		.text = g_string_chunk_insert(strings, text),
		.layout = g_string_chunk_insert_const(strings, layout),
		.conditions = g_string_chunk_insert_const(strings, conditions),
		.names = g_ptr_array_new(),
		.first = s->first,
		.last = s->last,
	};

	g_array_append_val(s->out->items, item);
	return &g_array_index(s->out->items, struct header_item, s->out->items->len - 1);
}

static void end_item(struct splitter *s)
{
	struct header_item *item;

	if (!s->tokens->len)
		return;
	item = new_item(s, s->text->str, s->layout->str);
	if (s->opaque)
		item->has_lines = true;
	else
		header_classify(item, s->tokens, s->out->strings);
	/* If an #if or a bracket is still open at the end of an item, the items may be wrong. */
	s->out->broken |= is_inside(s) || s->depth != 0;
	g_array_set_size(s->tokens, 0);
	g_string_truncate(s->text, 0);
	g_string_truncate(s->layout, 0);
	s->opaque = s->is_function = false;
}

/*
 * Returns the directive at @s->at as one line, and moves @s->at to the end of the directive. Free
 * with g_free().
 */
static char *read_directive(struct splitter *s)
{
	GString *line = g_string_new(NULL);
	const char *next;

	for (; s->at < s->end && *s->at != '\n'; s->at = next) {
		gsize n = splice_length(s->at, s->end);

		next = s->at + MAX(n, 1);
		if (n || is_blank(*s->at)) {
			s->line += n > 0;
			if (line->len && line->str[line->len - 1] != ' ')
				g_string_append_c(line, ' ');
			continue;
		}
		if (*s->at == '"' || *s->at == '\'')
			next = literal_end(s->at, s->end);
		s->line += count_newlines(s->at, next);
		g_string_append_len(line, s->at, next - s->at);
	}
	return g_strchomp(g_string_free(line, FALSE));
}

/* True if @line begins with the word @keyword. */
static bool has_keyword(const char *line, const char *keyword)
{
	gsize len = strlen(keyword);

	return g_str_has_prefix(line, keyword) && !is_word_char(line[len]);
}

/*
 * Updates @s->conditions for #if, #elif, #else and #endif. Returns false for other directives. Sets
 * @s->out->broken if an #elif, #else or #endif has no #if. @keyword: where the name of the
 * directive begins in @line.
 */
static bool track_condition(struct splitter *s, const char *keyword, const char *line)
{
	struct open_condition new = { NULL, s->depth, s->tokens->len > 0 };
	struct open_condition *top = s->conditions->len
					     ? &g_array_index(s->conditions, struct open_condition,
							      s->conditions->len - 1)
					     : NULL;
	char *text;

	if (has_keyword(keyword, "if") || has_keyword(keyword, "ifdef") ||
	    has_keyword(keyword, "ifndef")) {
		new.text = g_strdup(line);
		g_array_append_val(s->conditions, new);
		return true;
	}
	if (!has_keyword(keyword, "else") && !has_keyword(keyword, "endif") &&
	    !g_str_has_prefix(keyword, "elif"))
		return false;
	if (!top || top->depth != s->depth || top->inner != (s->tokens->len > 0)) {
		s->out->broken = true;
		return true;
	}
	if (has_keyword(keyword, "endif")) {
		g_array_set_size(s->conditions, s->conditions->len - 1);
		return true;
	}
	text = g_strconcat(top->text, " ", line, NULL);
	g_free(top->text);
	top->text = text;
	return true;
}

static void add_directive_item(struct splitter *s, const char *keyword, const char *line)
{
	struct header_item *item = new_item(s, line, "");
	const char *name = keyword;
	gsize len = 0;

	if (!has_keyword(keyword, "define") && !has_keyword(keyword, "undef"))
		return;
	while (g_ascii_isalpha(*name))
		name++;
	while (*name == ' ')
		name++;
	while (is_word_char(name[len]))
		len++;
	if (!len)
		return;
	item->kind = ITEM_MACRO;
	g_ptr_array_add(item->names, g_string_chunk_insert_len(s->out->strings, name, (gssize)len));
}

static void process_directive(struct splitter *s)
{
	unsigned int first = s->line;
	g_autofree char *line = read_directive(s);
	const char *keyword = line + 1 + (line[1] == ' ');

	if (s->tokens->len) {
		/* A directive inside an item is part of the text of the item. */
		g_string_append_printf(s->text, "\n%s\n", line);
		g_string_append_printf(s->layout, "\n%s\n%u", line, s->line - s->first);
		s->last = s->line;
		if (!track_condition(s, keyword, line) || s->depth == 0)
			s->opaque = true;
		return;
	}
	if (!track_condition(s, keyword, line)) {
		s->first = first;
		s->last = s->line;
		add_directive_item(s, keyword, line);
	}
}

static void add_token(struct splitter *s, const char *at, gsize len, bool space)
{
	struct token token = { TOKEN_PUNCTUATOR, 0, (guint)len, s->depth };

	if (!s->tokens->len)
		s->first = s->last = s->line;
	else if (space)
		g_string_append_c(s->text, ' ');
	if (s->tokens->len && s->line != s->last)
		g_string_append_printf(s->layout, "\n%u ", s->line - s->first);
	else if (s->tokens->len && space)
		g_string_append_c(s->layout, ' ');
	if (*at == '"' || *at == '\'')
		token.kind = TOKEN_LITERAL;
	else if (g_ascii_isdigit(*at))
		token.kind = TOKEN_NUMBER;
	else if (is_word_char(*at))
		token.kind = TOKEN_WORD;
	token.at = (guint)s->text->len;
	g_string_append_len(s->text, at, (gssize)len);
	g_string_append_len(s->layout, at, (gssize)len);
	s->last = s->line;
	g_array_append_val(s->tokens, token);
}

static void process_token(struct splitter *s, bool space)
{
	const char *next = s->at + 1;
	char c = *s->at;

	if (c == '"' || c == '\'')
		next = literal_end(s->at, s->end);
	else if (is_word_char(c))
		while (next < s->end && is_word_char(*next))
			next++;
	if (strchr(")]}", c))
		s->depth--;
	if (c == '{' && s->depth == 0)
		s->is_function = header_is_function_head(s->text->str, s->tokens);
	add_token(s, s->at, (gsize)(next - s->at), space);
	if (strchr("([{", c))
		s->depth++;
	s->line += count_newlines(s->at, next);
	s->at = next;
	if (s->depth < 0) {
		s->out->broken = true;
		s->depth = 0;
	}
	if (s->depth == 0 && (c == ';' || (c == '}' && s->is_function)))
		end_item(s);
}

static void split_items(struct splitter *s)
{
	bool at_line_start = true, space = false;

	while (s->at < s->end) {
		gsize n = splice_length(s->at, s->end);

		if (n || *s->at == '\n' || is_blank(*s->at)) {
			at_line_start |= !n && *s->at == '\n';
			s->line += n || *s->at == '\n';
			s->at += MAX(n, 1);
			space = true;
		} else if (!*s->at) {
			s->out->broken = true;
			s->at++;
		} else if (*s->at == '#' && at_line_start) {
			process_directive(s);
			space = true;
		} else {
			process_token(s, space);
			at_line_start = space = false;
		}
	}
	if (s->tokens->len)
		s->opaque = true;
	end_item(s);
	s->out->broken |= s->conditions->len > 0;
}

static void item_clear(gpointer data)
{
	g_ptr_array_unref(((struct header_item *)data)->names);
}

struct header_items *header_items_new(const char *stripped, gsize len)
{
	struct header_items *out = g_new0(struct header_items, 1);
	struct splitter s = { .out = out, .at = stripped, .end = stripped + len, .line = 1 };

	out->items = g_array_new(FALSE, FALSE, sizeof(struct header_item));
	g_array_set_clear_func(out->items, item_clear);
	out->strings = g_string_chunk_new(1 << 14);
	s.conditions = g_array_new(FALSE, FALSE, sizeof(struct open_condition));
	g_array_set_clear_func(s.conditions, condition_clear);
	s.tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	s.text = g_string_new(NULL);
	s.layout = g_string_new(NULL);
	split_items(&s);
	g_string_free(s.layout, TRUE);
	g_string_free(s.text, TRUE);
	g_array_unref(s.tokens);
	g_array_unref(s.conditions);
	return out;
}

void header_items_free(struct header_items *items)
{
	if (!items)
		return;
	g_array_unref(items->items);
	g_string_chunk_free(items->strings);
	g_free(items);
}
