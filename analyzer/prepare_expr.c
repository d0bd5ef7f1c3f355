// SPDX-License-Identifier: GPL-2.0-only
/* Kconfig's expressions: || over && over ! over comparisons, tristate. */
#include "analyzer/prepare_symbols.h"

#include <string.h>

#define WORD "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

struct cursor {
	const char *at;
	const struct kconfig *config;
};

static enum tristate parse_or(struct cursor *cursor);

/* "PCI" and "64BIT" are symbols; "y", "if", "116" and "0x10" are not. */
static bool is_symbol(const char *word)
{
	return !g_str_has_prefix(word, "0x") && strpbrk(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

/* Length of "$(...)" at @text, nested ones included. */
static size_t macro_length(const char *text)
{
	int depth = 0;

	for (const char *p = text + 1; *p; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return (size_t)(p - text) + 1;
	}
	return strlen(text);
}

static size_t string_length(const char *text)
{
	const char *end = strchr(text + 1, *text);

	return end ? (size_t)(end - text) + 1 : strlen(text);
}

/* Length of the operand at @text: word, string or macro; 0 if there is none. */
static size_t operand_length(const char *text)
{
	if (*text == '"' || *text == '\'')
		return string_length(text);
	if (text[0] == '$' && text[1] == '(')
		return macro_length(text);
	return strspn(text, WORD);
}

static void skip_space(struct cursor *cursor)
{
	cursor->at += strspn(cursor->at, " \t");
}

static bool take(struct cursor *cursor, const char *operator)
{
	skip_space(cursor);
	if (!g_str_has_prefix(cursor->at, operator))
		return false;
	cursor->at += strlen(operator);
	return true;
}

static const char *value_of(const struct kconfig *config, const char *name)
{
	g_autofree char *symbol = g_strconcat("CONFIG_", name, NULL);
	const char *value = kconfig_get(config, symbol);

	return value ? value : "n";
}

/* What an operand stands for: a symbol's value, or itself. NULL: only make's shell could tell. */
static char *take_operand(struct cursor *cursor)
{
	g_autofree char *word = NULL;
	size_t length;

	skip_space(cursor);
	length = operand_length(cursor->at);
	word = g_strndup(cursor->at, length);
	cursor->at += length;
	if (strstr(word, "$("))
		return NULL;
	if (*word == '"' || *word == '\'')
		return g_strndup(word + 1, length > 1 ? length - 2 : 0);
	return g_strdup(is_symbol(word) ? value_of(cursor->config, word) : word);
}

static enum tristate to_tristate(const char *value)
{
	if (!value || strcmp(value, "y") == 0)
		return TRI_Y;
	return strcmp(value, "m") == 0 ? TRI_M : TRI_N;
}

/* Numbers as numbers, the rest as text. */
static int compare_values(const char *a, const char *b)
{
	char *a_end, *b_end;
	gint64 a_number = g_ascii_strtoll(a, &a_end, 0);
	gint64 b_number = g_ascii_strtoll(b, &b_end, 0);

	if (*a && *b && !*a_end && !*b_end)
		return a_number < b_number ? -1 : a_number > b_number;
	return strcmp(a, b);
}

static enum tristate compare(const char *a, const char *b, const char *operator)
{
	int order;

	if (!a || !b)
		return TRI_Y;
	order = compare_values(a, b);
	switch (*operator) {
	case '=':
		return order == 0 ? TRI_Y : TRI_N;
	case '!':
		return order != 0 ? TRI_Y : TRI_N;
	case '<':
		return order < 0 || (operator[1] && order == 0) ? TRI_Y : TRI_N;
	default:
		return order > 0 || (operator[1] && order == 0) ? TRI_Y : TRI_N;
	}
}

static enum tristate parse_term(struct cursor *cursor)
{
	static const char *const operators[] = { "!=", "<=", ">=", "=", "<", ">" };
	g_autofree char *operand = NULL;

	if (take(cursor, "!"))
		return TRI_Y - parse_term(cursor);
	if (take(cursor, "(")) {
		enum tristate value = parse_or(cursor);

		take(cursor, ")");
		return value;
	}
	operand = take_operand(cursor);
	for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
		if (take(cursor, operators[i])) {
			g_autofree char *right = take_operand(cursor);

			return compare(operand, right, operators[i]);
		}
	}
	return to_tristate(operand);
}

static enum tristate parse_and(struct cursor *cursor)
{
	enum tristate value = parse_term(cursor);

	while (take(cursor, "&&")) {
		enum tristate right = parse_term(cursor);

		value = MIN(value, right);
	}
	return value;
}

static enum tristate parse_or(struct cursor *cursor)
{
	enum tristate value = parse_and(cursor);

	while (take(cursor, "||")) {
		enum tristate right = parse_and(cursor);

		value = MAX(value, right);
	}
	return value;
}

enum tristate kexpr_value(const char *expression, const struct kconfig *config)
{
	struct cursor cursor = { expression, config };

	return parse_or(&cursor);
}

char *kexpr_annotate(const char *expression, const struct kconfig *config)
{
	GString *text = g_string_new(NULL);

	for (const char *p = expression; *p;) {
		size_t length = operand_length(p);
		g_autofree char *word = g_strndup(p, MAX(length, 1));

		g_string_append(text, word);
		if (length > 0 && *p != '$' && *p != '"' && *p != '\'' && is_symbol(word))
			g_string_append_printf(text, " (=%s)", value_of(config, word));
		p += MAX(length, 1);
	}
	return g_string_free(text, FALSE);
}

void kexpr_symbols(const char *expression, void (*each)(const char *name, void *data), void *data)
{
	for (const char *p = expression; *p;) {
		size_t length = operand_length(p);

		if (length > 0 && *p != '$' && *p != '"' && *p != '\'') {
			g_autofree char *word = g_strndup(p, length);

			if (is_symbol(word))
				each(word, data);
		}
		p += MAX(length, 1);
	}
}
