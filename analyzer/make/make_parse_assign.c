// SPDX-License-Identifier: GPL-2.0-only
/* Recognises assignments. The rules are those of GNU make's variable.c. */
#include "analyzer/make/make_internal.h"

const char *make_find_outside(struct word text, const char *wanted)
{
	const char *p = text.text, *end = p + text.len;

	while (p < end) {
		if (*p == '$')
			p = make_skip_ref(p, end);
		else if (strchr(wanted, *p) && (p == text.text || p[-1] != '\\'))
			return p;
		else
			p++;
	}
	return NULL;
}

/*
 * Replaces each "\<newline>", together with the blanks around the "\<newline>", with one blank.
 * Changes @text in place. Returns the new length.
 */
static size_t join_lines(char *text, size_t len)
{
	size_t out = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] != '\\' || i + 1 == len || text[i + 1] != '\n') {
			text[out++] = text[i];
			continue;
		}
		i++;
		while (i + 1 < len && is_blank(text[i + 1]))
			i++;
		while (out && is_blank(text[out - 1]))
			out--;
		text[out++] = ' ';
	}
	return out;
}

/*
 * Removes the comment in @text, and the backslash in each "\#". Changes @text in place. Returns the
 * new length.
 */
static size_t cut_comment(char *text, size_t len)
{
	size_t out = 0;

	if (!memchr(text, '#', len))
		return len;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '$') {
			size_t n = (size_t)(make_skip_ref(text + i, text + len) - (text + i));

			memmove(text + out, text + i, n);
			out += n;
			i += n - 1;
			continue;
		}
		if (text[i] == '#') {
			size_t slashes = 0;

			while (slashes < out && text[out - 1 - slashes] == '\\')
				slashes++;
			out -= slashes - slashes / 2;
			if (slashes % 2 == 0)
				return out;
		}
		text[out++] = text[i];
	}
	return out;
}

struct word make_join_lines(struct arena *arena, struct word raw)
{
	char *text;

	if (!memmem(raw.text, raw.len, "\\\n", 2))
		return raw;
	text = arena_strndup(arena, raw.text, raw.len);
	return (struct word){ text, join_lines(text, raw.len) };
}

struct word make_clean_line(struct arena *arena, struct word raw)
{
	char *text;

	while (raw.len && is_blank(*raw.text))
		raw.text++, raw.len--;
	if (!memchr(raw.text, '#', raw.len) && !memchr(raw.text, '\n', raw.len))
		return raw;
	text = arena_strndup(arena, raw.text, raw.len);
	raw.len = join_lines(text, raw.len);
	return (struct word){ text, cut_comment(text, raw.len) };
}

/*
 * Reads the operator at @p into *@op. Returns the text after the operator; NULL if there is no
 * operator.
 */
static const char *read_op(const char *p, const char *end, enum make_op *op)
{
	static const struct {
		const char *text;
		enum make_op op;
	} ops[] = {
		{ "=", OP_RECURSIVE }, { ":=", OP_SIMPLE },	 { "::=", OP_SIMPLE },
		{ ":::=", OP_SIMPLE }, { "?=", OP_CONDITIONAL }, { "+=", OP_APPEND },
		{ "!=", OP_SHELL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(ops); i++) {
		struct word rest = { p, (size_t)(end - p) };

		if (word_starts(rest, ops[i].text)) {
			*op = ops[i].op;
			return p + strlen(ops[i].text);
		}
	}
	return NULL;
}

/*
 * Splits @line, which should be "NAME op value". Sets *@name_end to the end of NAME, *@value to the
 * text after the operator, and *@op to the operator. Returns false if the operator or the name is
 * missing.
 */
static bool split_assign(struct word line, const char **name_end, const char **value,
			 enum make_op *op)
{
	const char *p = line.text, *end = p + line.len;

	while (p < end) {
		*value = read_op(p, end, op);
		if (*value) {
			*name_end = p;
			return p > line.text;
		}
		if (*p == ':')
			return false;
		if (is_blank(*p)) {
			*name_end = p;
			while (p < end && is_blank(*p))
				p++;
			*value = p < end ? read_op(p, end, op) : NULL;
			return *value != NULL;
		}
		p = *p == '$' ? make_skip_ref(p, end) : p + 1;
	}
	return false;
}

static void set_name(struct make *make, struct arena *arena, struct make_assign *assign,
		     struct word name, struct make_place place)
{
	name = strip(name.text, name.len);
	assign->name = make_compile(make, arena, name.text, name.len, place);
	if (!memchr(name.text, '$', name.len))
		assign->symbol = make_symbol(make, name.text, name.len);
}

static bool take_modifier(struct word word, struct make_assign *assign)
{
	if (word_is(word, "override"))
		assign->is_override = true;
	else if (word_is(word, "export"))
		assign->is_export = true;
	else if (word_is(word, "unexport"))
		assign->is_unexport = true;
	else if (word_is(word, "private"))
		assign->is_private = true;
	else if (word_is(word, "define"))
		assign->is_define = true;
	else if (word_is(word, "undefine"))
		assign->is_undefine = true;
	else
		return false;
	return true;
}

bool make_parse_assign(struct make *make, struct arena *arena, struct word line,
		       struct make_place place, struct make_assign *assign)
{
	const char *end = line.text + line.len, *p = line.text, *name_end, *value;
	struct word word, rest = strip(line.text, line.len);

	memset(assign, 0, sizeof(*assign));
	rest = (struct word){ rest.text, (size_t)(end - rest.text) };
	while (!split_assign(rest, &name_end, &value, &assign->op)) {
		if (!next_word(&p, end, &word) || !take_modifier(word, assign))
			return false;
		while (p < end && is_blank(*p))
			p++;
		rest = (struct word){ p, (size_t)(end - p) };
		if (!rest.len)
			return false;
		if (assign->is_define || assign->is_undefine) {
			if (!split_assign(rest, &name_end, &value, &assign->op)) {
				name_end = value = end;
				assign->op = OP_RECURSIVE;
			}
			break;
		}
	}
	set_name(make, arena, assign, (struct word){ rest.text, (size_t)(name_end - rest.text) },
		 place);
	while (value < end && is_blank(*value))
		value++;
	assign->raw = (struct word){ value, (size_t)(end - value) };
	if (!assign->is_define)
		assign->value = make_compile(make, arena, value, assign->raw.len, place);
	return true;
}
