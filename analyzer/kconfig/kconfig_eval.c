// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kconfig/kconfig_eval.h"

#include <string.h>

#define WORD	  G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-."
#define MAX_DEPTH 200 /* limit for nested "!" and parentheses */

static const struct kconfig_span no = { 0, 0 }, yes = { 2, 2 }, any = { 0, 2 };

struct cursor {
	const char *at;
	struct kconfig_view *view;
	bool is_condition;
	unsigned int depth;
	bool is_bad;
};

static struct kconfig_span parse_or(struct cursor *cursor);

void kconfig_view_reset(struct kconfig_view *view)
{
	g_clear_pointer(&view->unknown, g_free);
	view->unknown_by_dependency = false;
}

bool kconfig_span_known(struct kconfig_span span)
{
	return span.low == span.high;
}

struct kconfig_span kconfig_span_and(struct kconfig_span a, struct kconfig_span b)
{
	return (struct kconfig_span){ MIN(a.low, b.low), MIN(a.high, b.high) };
}

struct kconfig_span kconfig_span_or(struct kconfig_span a, struct kconfig_span b)
{
	return (struct kconfig_span){ MAX(a.low, b.low), MAX(a.high, b.high) };
}

struct kconfig_span kconfig_span_either(struct kconfig_span a, struct kconfig_span b)
{
	return (struct kconfig_span){ MIN(a.low, b.low), MAX(a.high, b.high) };
}

static struct kconfig_span span_of(const char *text)
{
	int value = strcmp(text, "y") == 0 ? 2 : strcmp(text, "m") == 0 ? 1 : 0;

	return (struct kconfig_span){ value, value };
}

static bool is_valid(enum kconfig_type type, const char *value)
{
	size_t sign = *value == '-';

	switch (type) {
	case KCONFIG_BOOL:
		return strcmp(value, "y") == 0;
	case KCONFIG_TRISTATE:
		return strcmp(value, "y") == 0 || strcmp(value, "m") == 0;
	case KCONFIG_INT:
		return value[sign] && !value[sign + strspn(value + sign, G_CSET_DIGITS)];
	case KCONFIG_HEX:
		if (value[0] == '0' && (value[1] == 'x' || value[1] == 'X'))
			value += 2;
		return *value && !value[strspn(value, G_CSET_DIGITS "abcdefABCDEF")];
	default:
		return true;
	}
}

const char *kconfig_view_line(const struct kconfig_view *view, const struct kconfig_symbol *symbol,
			      const struct kconfig_symbol *was)
{
	g_autofree char *full = g_strconcat("CONFIG_", symbol->name, NULL);
	const char *value = kconfig_get(view->config, full);
	/*
	 * In a .config, only the value of a string symbol has quotes. If the symbol has become a
	 * string, or is no longer a string, Kconfig rejects the symbol's line in the .config.
	 */
	bool quotes_fit = !was || (was->type == KCONFIG_STRING) == (symbol->type == KCONFIG_STRING);

	return value && quotes_fit && is_valid(symbol->type, value) ? value : NULL;
}

static void mark_unknown(struct kconfig_view *view, const char *what, bool is_symbol)
{
	if (view->unknown)
		return;
	view->unknown = g_strdup(what);
	view->unknown_by_dependency = is_symbol;
}

/*
 * Returns the value of the symbol @name as a text; NULL if the value is unknown. If the symbol is
 * undefined, returns the pointer @name. The caller does not own the text. Sets @span to the value
 * if the symbol is a bool or tristate. Otherwise sets @span to n.
 */
static const char *symbol_text(struct kconfig_view *view, const char *name,
			       struct kconfig_span *span)
{
	const struct kconfig_value *answer =
		view->answers ? g_hash_table_lookup(view->answers, name) : NULL;
	const struct kconfig_symbol *symbol = kconfig_tree_find(view->tree, name);
	g_autofree char *full = NULL;
	const char *value;

	*span = no;
	/* Kconfig treats an undefined symbol as a constant. The text of the constant is @name. */
	if (!symbol || symbol->type == KCONFIG_NO_TYPE)
		return name;
	if (answer) {
		*span = answer->span;
		if (!answer->text)
			mark_unknown(view, name, true);
		return answer->text;
	}
	full = g_strconcat("CONFIG_", name, NULL);
	value = kconfig_get(view->config, full);
	if (symbol->type != KCONFIG_BOOL && symbol->type != KCONFIG_TRISTATE)
		return value ? value : "";
	*span = value ? span_of(value) : no;
	return value ? value : "n";
}

struct kconfig_span kconfig_eval_symbol(struct kconfig_view *view, const char *symbol)
{
	struct kconfig_span span;

	symbol_text(view, symbol, &span);
	return span;
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

static size_t macro_length(const char *text)
{
	int depth = 0;

	for (const char *p = text + 1; *p; p++) {
		depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
		if (depth == 0)
			return (size_t)(p - text) + 1;
	}
	return strlen(text);
}

/* Returns the length of the string at @text, including quotes; 0 if the string is not closed. */
static size_t string_length(const char *text)
{
	for (size_t i = 1; text[i]; i++) {
		if (text[i] == *text)
			return i + 1;
		if (text[i] == '\\' && text[i + 1])
			i++;
	}
	return 0;
}

static size_t operand_length(const char *text)
{
	if (*text == '"' || *text == '\'')
		return string_length(text);
	return g_str_has_prefix(text, "$(") ? macro_length(text) : strspn(text, WORD);
}

static bool is_constant(const char *word)
{
	return strcmp(word, "y") == 0 || strcmp(word, "m") == 0 || strcmp(word, "n") == 0;
}

static char *unquote(const char *text, size_t length)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 1; i + 1 < length; i++) {
		if (text[i] == '\\' && i + 2 < length)
			i++;
		g_string_append_c(out, text[i]);
	}
	return g_string_free(out, FALSE);
}

/*
 * Reads the operand at @cursor->at. Returns the text of the operand; NULL if the text is unknown or
 * there is no operand. Free the text with g_free(). Sets @span to the value of the operand as a
 * bool or tristate: a text other than "y" and "m" counts as n. If the operand is missing or has a
 * macro, sets @span to the span from n to y.
 */
static char *take_operand(struct cursor *cursor, struct kconfig_span *span)
{
	g_autofree char *word = NULL;
	size_t length;

	skip_space(cursor);
	*span = any;
	length = operand_length(cursor->at);
	if (length == 0) {
		cursor->is_bad = true;
		return NULL;
	}
	word = g_strndup(cursor->at, length);
	cursor->at += length;
	if (strstr(word, "$(")) {
		mark_unknown(cursor->view, word, false);
		return NULL;
	}
	if (*word == '"' || *word == '\'') {
		char *text = unquote(word, length);

		*span = span_of(text);
		return text;
	}
	if (!is_constant(word))
		return g_strdup(symbol_text(cursor->view, word, span));
	*span = span_of(word);
	/* In a condition, Kconfig replaces the constant m with "m && MODULES". */
	if (span->low == 1 && cursor->is_condition)
		*span = kconfig_span_and(*span, kconfig_eval_symbol(cursor->view, "MODULES"));
	return g_steal_pointer(&word);
}

/* Like strcmp(), but compares two tristates, or two numbers, by value. */
static int compare_texts(const char *a, const char *b)
{
	char *a_end, *b_end;
	gint64 a_number = g_ascii_strtoll(a, &a_end, 0);
	gint64 b_number = g_ascii_strtoll(b, &b_end, 0);

	if (is_constant(a) && is_constant(b))
		return span_of(a).low - span_of(b).low;
	if (*a && *b && !*a_end && !*b_end)
		return a_number < b_number ? -1 : a_number > b_number;
	return strcmp(a, b);
}

static struct kconfig_span compare(const char *a, const char *b, const char *operator)
{
	int order;
	bool holds;

	if (!a || !b)
		return any;
	order = compare_texts(a, b);
	if (*operator== '=')
		holds = order == 0;
	else if (*operator== '!')
		holds = order != 0;
	else
		holds = (*operator== '<' ? order < 0 : order> 0) || (operator[1] && order == 0);
	return holds ? yes : no;
}

static struct kconfig_span parse_operand(struct cursor *cursor)
{
	static const char *const operators[] = { "!=", "<=", ">=", "=", "<", ">" };
	struct kconfig_span span, other;
	g_autofree char *operand = take_operand(cursor, &span);

	for (size_t i = 0; i < G_N_ELEMENTS(operators); i++)
		if (take(cursor, operators[i])) {
			g_autofree char *right = take_operand(cursor, &other);

			return compare(operand, right, operators[i]);
		}
	return span;
}

static struct kconfig_span parse_term(struct cursor *cursor)
{
	struct kconfig_span span;

	if (cursor->is_bad || ++cursor->depth > MAX_DEPTH) {
		cursor->is_bad = true;
		return any;
	}
	if (take(cursor, "!")) {
		span = parse_term(cursor);
		span = (struct kconfig_span){ 2 - span.high, 2 - span.low };
	} else if (take(cursor, "(")) {
		span = parse_or(cursor);
		if (!take(cursor, ")"))
			cursor->is_bad = true;
	} else {
		span = parse_operand(cursor);
	}
	cursor->depth--;
	return span;
}

static struct kconfig_span parse_and(struct cursor *cursor)
{
	struct kconfig_span span = parse_term(cursor);

	while (take(cursor, "&&"))
		span = kconfig_span_and(span, parse_term(cursor));
	return span;
}

static struct kconfig_span parse_or(struct cursor *cursor)
{
	struct kconfig_span span = parse_and(cursor);

	while (take(cursor, "||"))
		span = kconfig_span_or(span, parse_and(cursor));
	return span;
}

static struct kconfig_span eval(struct kconfig_view *view, const char *expression,
				bool is_condition)
{
	struct cursor cursor = { expression, view, is_condition, 0, false };
	struct kconfig_span span;
	char *before = view->unknown;

	if (!expression)
		return yes;
	span = parse_or(&cursor);
	skip_space(&cursor);
	if (cursor.is_bad || *cursor.at) {
		mark_unknown(view, expression, false);
		return any;
	}
	/*
	 * If parse_or() set view->unknown, clear view->unknown: the value is known, so the unknown
	 * part of @expression does not affect the value.
	 */
	if (kconfig_span_known(span) && !before)
		kconfig_view_reset(view);
	return span;
}

struct kconfig_span kconfig_eval(struct kconfig_view *view, const char *expression)
{
	return eval(view, expression, true);
}

struct kconfig_span kconfig_eval_default(struct kconfig_view *view, const char *expression)
{
	return eval(view, expression, false);
}

char *kconfig_eval_text(struct kconfig_view *view, const char *expression)
{
	struct cursor cursor = { expression, view, false, 0, false };
	struct kconfig_span span;
	char *text = take_operand(&cursor, &span);

	skip_space(&cursor);
	if (!*cursor.at && !cursor.is_bad)
		return text;
	mark_unknown(view, expression, false);
	g_free(text);
	return NULL;
}

/*
 * Returns the word at @at. Returns NULL if a string, a macro or an operator is at @at. Sets @length
 * to the length of the word, string or macro; 1 for any other character. Free with g_free().
 */
static char *word_at(const char *at, size_t *length)
{
	size_t operand = operand_length(at);

	*length = MAX(operand, 1);
	return operand && !strchr("$\"'", *at) ? g_strndup(at, operand) : NULL;
}

static bool is_number(const char *word)
{
	char *end;

	g_ascii_strtoll(word, &end, 0);
	return !*end;
}

char *kconfig_eval_annotate(struct kconfig_view *view, const char *expression)
{
	GString *out = g_string_new(NULL);
	struct kconfig_span span;
	size_t length;

	for (const char *p = expression; *p; p += length) {
		g_autofree char *word = word_at(p, &length);
		const char *value;

		g_string_append_len(out, p, (gssize)length);
		if (!word || is_constant(word) || is_number(word))
			continue;
		value = symbol_text(view, word, &span);
		if (value == word) /* symbol_text() returns its argument for an undefined symbol */
			value = "n";
		g_string_append_printf(out, " (=%s)", value ? value : "?");
	}
	return g_string_free(out, FALSE);
}

void kconfig_eval_symbols(const char *expression, void (*each)(const char *name, void *data),
			  void *data)
{
	size_t length;

	for (const char *p = expression; *p; p += length) {
		g_autofree char *word = word_at(p, &length);

		if (word && strcmp(word, "m") == 0)
			each("MODULES", data);
		else if (word && !is_constant(word))
			each(word, data);
	}
}
