// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kbuild/rust_initcall.h"

#include <string.h>

#include "db/read_file.h"

struct reader {
	const char *at, *end;
	unsigned int line;
	const struct unit_fact *unit;
	const struct facts_sink *sink;
	unsigned int n_initcalls;
	char *diagnostic; /* the first diagnostic; NULL: none */
};

static void advance(struct reader *r, size_t n)
{
	for (; n && r->at < r->end; n--)
		r->line += *r->at++ == '\n';
}

static bool starts(const struct reader *r, const char *text)
{
	size_t n = strlen(text);

	return (size_t)(r->end - r->at) >= n && memcmp(r->at, text, n) == 0;
}

/* Block comments in Rust can be nested. */
static void skip_comment(struct reader *r)
{
	unsigned int depth = 0;

	do {
		if (starts(r, "/*"))
			depth++, advance(r, 2);
		else if (starts(r, "*/"))
			depth--, advance(r, 2);
		else
			advance(r, 1);
	} while (depth && r->at < r->end);
}

/* Skips a string: "...", r"..." or r#"..."#. Appends the content to @text, unless @text is NULL. */
static void take_string(struct reader *r, GString *text)
{
	bool is_raw = *r->at == 'r';
	g_autofree char *close = NULL;
	size_t hashes = 0;

	if (is_raw) {
		hashes = strspn(r->at + 1, "#");
		advance(r, 1 + hashes);
	}
	advance(r, 1);
	close = g_malloc(hashes + 2);
	memset(close, '#', hashes + 1);
	close[0] = '"';
	close[hashes + 1] = '\0';
	while (r->at < r->end && !starts(r, close)) {
		if (!is_raw && *r->at == '\\')
			advance(r, 1);
		if (text && r->at < r->end)
			g_string_append_c(text, *r->at);
		advance(r, 1);
	}
	advance(r, strlen(close));
}

/* Skips a literal such as 'x' or '\n'. For a lifetime such as 'a, skips only the quote. */
static void skip_quote(struct reader *r)
{
	if (r->end - r->at > 2 && r->at[1] == '\\') {
		advance(r, 3);
		while (r->at < r->end && *r->at != '\'' && *r->at != '\n')
			advance(r, 1);
	} else if (r->end - r->at > 2 && r->at[2] == '\'') {
		advance(r, 2);
	}
	advance(r, 1);
}

static bool is_string(const struct reader *r)
{
	if (*r->at == '"')
		return true;
	return *r->at == 'r' && r->at + 1 < r->end && (r->at[1] == '"' || r->at[1] == '#') &&
	       r->at[1 + strspn(r->at + 1, "#")] == '"';
}

/* Skips a comment, literal or blank. If code comes next, skips nothing and returns false. */
static bool skip_other(struct reader *r)
{
	if (starts(r, "//"))
		while (r->at < r->end && *r->at != '\n')
			advance(r, 1);
	else if (starts(r, "/*"))
		skip_comment(r);
	else if (is_string(r))
		take_string(r, NULL);
	else if (*r->at == '\'')
		skip_quote(r);
	else if (g_ascii_isspace(*r->at))
		advance(r, 1);
	else
		return false;
	return true;
}

static char *take_word(struct reader *r)
{
	const char *from = r->at;

	while (r->at < r->end && (g_ascii_isalnum(*r->at) || *r->at == '_'))
		r->at++;
	return g_strndup(from, (size_t)(r->at - from));
}

static void take_bracket(struct reader *r, unsigned int *depth)
{
	char c = *r->at;

	if (c == '{' || c == '(' || c == '[')
		++*depth;
	else if (*depth && (c == '}' || c == ')' || c == ']'))
		--*depth;
	advance(r, 1);
}

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/*
 * Reads the value after the key "name": a colon, then "text" or b"text". Returns the text; NULL if
 * the value is empty or is not a plain string. Free with g_free().
 */
static char *take_name(struct reader *r)
{
	g_autoptr(GString) text = g_string_new(NULL);

	while (r->at < r->end && skip_other(r))
		;
	if (r->at >= r->end || *r->at != ':')
		return NULL;
	advance(r, 1);
	while (r->at < r->end && g_ascii_isspace(*r->at))
		advance(r, 1);
	if (r->at < r->end && *r->at == 'b')
		advance(r, 1);
	if (r->at >= r->end || !is_string(r))
		return NULL;
	take_string(r, text);
	return text->len ? g_strdup(text->str) : NULL;
}

/*
 * Reads the body of a macro from the opening bracket to the closing bracket. Returns the value of
 * the key "name". A key "name" inside inner brackets does not count. Returns NULL if the key is
 * missing, or if the value is empty or is not a plain string. Free with g_free().
 */
static char *take_body(struct reader *r)
{
	unsigned int depth = 0;
	char *name = NULL;

	do {
		if (skip_other(r))
			continue;
		if (is_word(*r->at)) {
			g_autofree char *word = take_word(r);

			if (depth == 1 && !name && strcmp(word, "name") == 0)
				name = take_name(r);
			continue;
		}
		take_bracket(r, &depth);
	} while (depth && r->at < r->end);
	return name;
}

static bool is_module_macro(const char *word)
{
	return strcmp(word, "module") == 0 || g_str_has_prefix(word, "module_");
}

static bool take_macro(struct reader *r, const char *macro, GError **error)
{
	unsigned int line = r->line;
	g_autofree char *name = NULL, *function = NULL;
	struct fact fact = {
		.kind = FACT_INITCALL,
		.initcall = {
			.level = LEVEL_6,
			.file = r->unit->source,
			.line = line,
			.macro = macro,
			.seq = r->n_initcalls,
		},
	};

	while (r->at < r->end && *r->at != '{' && *r->at != '(' && *r->at != '[')
		advance(r, 1);
	name = take_body(r);
	if (!name) {
		if (!r->diagnostic)
			r->diagnostic = g_strdup_printf("%s:%u: %s! gives no plain name, so its "
							"initcall is not known",
							r->unit->source, line, macro);
		return true;
	}
	r->n_initcalls++;
	function = g_strdup_printf("__%s_init", g_strdelimit(name, "-", '_'));
	fact.initcall.function = function;
	return facts_take(r->sink, &fact, error);
}

static bool read_items(struct reader *r, GError **error)
{
	unsigned int depth = 0;
	bool ok = true;

	while (ok && r->at < r->end) {
		if (skip_other(r))
			continue;
		if (is_word(*r->at)) {
			g_autofree char *word = take_word(r);

			/* Inside brackets, the word belongs to a function or to another macro. */
			if (!depth && r->at < r->end && *r->at == '!' && is_module_macro(word))
				ok = take_macro(r, word, error);
			continue;
		}
		take_bracket(r, &depth);
	}
	return ok;
}

bool rust_read(const char *path, const struct unit_fact *unit, const struct facts_sink *sink,
	       GError **error)
{
	g_autofree char *text = NULL;
	struct reader reader = { .line = 1, .unit = unit, .sink = sink };
	struct unit_result result = { .mode = UNIT_RUST };
	size_t size = 0;
	bool ok;

	/* Ignore a failure: the sources of the Rust compiler's own crates are not in the tree. */
	read_file(path, &text, &size, NULL);
	reader.at = text;
	reader.end = text + size;
	ok = facts_begin_unit(sink, unit, error) && read_items(&reader, error);
	result.n_errors = reader.diagnostic != NULL;
	result.diagnostic = reader.diagnostic;
	ok = ok && facts_end_unit(sink, &result, error);
	g_free(reader.diagnostic);
	return ok;
}
