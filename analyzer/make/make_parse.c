// SPDX-License-Identifier: GPL-2.0-only
/* Parses the text of a Makefile into statements. */
#include "analyzer/make/make_internal.h"

struct parser {
	struct make *make;
	struct arena *arena;
	const struct make_file *file;
	const char *p, *end;
	const char *path;
	unsigned int line;  /* line number at @p */
	struct word raw;    /* the current line, including its continuation lines */
	struct word clean;  /* @raw with joined lines and without comment */
	unsigned int start; /* number of the first line of @raw */
	unsigned int depth; /* number of conditionals that are open */
	bool rule_open;	    /* a line that starts with a tab may belong to a recipe */
};

enum block_end { END_OF_FILE, END_ELSE, END_ENDIF };

static struct make_place place_of(const struct parser *parser, unsigned int line)
{
	return (struct make_place){ parser->path, line };
}

static void fail_at(struct parser *parser, unsigned int line, const char *message)
{
	parser->make->where = place_of(parser, line);
	make_fail(parser->make, "%s", message);
}

/*
 * Reads the next line and its continuation lines into @parser->raw. Returns false at the end of the
 * text or after an error.
 */
static bool read_raw(struct parser *parser)
{
	const char *p = parser->p;

	if (p >= parser->end || make_error(parser->make))
		return false;
	parser->start = parser->line;
	parser->raw.text = p;
	for (;;) {
		const char *eol = memchr(p, '\n', (size_t)(parser->end - p));
		size_t slashes = 0;

		if (!eol)
			eol = parser->end;
		parser->line++;
		parser->raw.len = (size_t)(eol - parser->raw.text);
		parser->p = eol < parser->end ? eol + 1 : eol;
		while (eol - slashes > p && eol[-1 - (ptrdiff_t)slashes] == '\\')
			slashes++;
		if (slashes % 2 == 0)
			return true;
		if (parser->p >= parser->end) {
			/*
			 * The text ends with a backslash and a newline. Keep the newline in
			 * parser->raw.
			 */
			parser->raw.len = (size_t)(parser->end - parser->raw.text);
			return true;
		}
		p = parser->p;
	}
}

static struct make_stmt *new_stmt(struct parser *parser, enum stmt_kind kind,
				  struct make_stmt *guard, bool in_else)
{
	struct make_stmt *stmt = arena_new0(parser->arena, struct make_stmt);

	stmt->kind = kind;
	stmt->place = place_of(parser, parser->start);
	stmt->file = parser->file;
	stmt->guard = guard;
	stmt->in_else = in_else;
	return stmt;
}

static struct make_tmpl *compile(struct parser *parser, struct word text)
{
	return make_compile(parser->make, parser->arena, text.text, text.len,
			    place_of(parser, parser->start));
}

/* Returns the part of @line that begins at @p, without blanks at the start of this part. */
static struct word skip_blanks(struct word line, const char *p)
{
	const char *end = line.text + line.len;

	while (p < end && is_blank(*p))
		p++;
	return (struct word){ p, (size_t)(end - p) };
}

/*
 * Sets @assign->raw to the lines before the endef that closes the define. Nested defines belong to
 * the value.
 */
static void parse_define(struct parser *parser, struct make_assign *assign)
{
	unsigned int start = parser->start, depth = 1;
	const char *body = parser->p;

	while (read_raw(parser)) {
		struct word line = make_clean_line(parser->arena, parser->raw), word;
		const char *p = line.text;

		if (*parser->raw.text == '\t' || !next_word(&p, line.text + line.len, &word))
			continue;
		if (word_is(word, "define"))
			depth++;
		if (!word_is(word, "endef") || --depth)
			continue;
		assign->raw = make_join_lines(
			parser->arena,
			(struct word){ body, parser->raw.text > body
						     ? (size_t)(parser->raw.text - 1 - body)
						     : 0 });
		return;
	}
	fail_at(parser, start, "missing 'endef': this define is not closed");
}

/*
 * An operand of ifeq begins at @p. Returns a pointer to the character @stop that ends the operand.
 * If @stop is not a quote, ignores each @stop inside parentheses. Returns NULL if no @stop ends the
 * operand.
 */
static const char *side_end(const char *p, const char *end, char stop)
{
	int depth = 0;

	for (; p < end; p++) {
		if (*p == stop && depth <= 0)
			return p;
		if (stop == '"' || stop == '\'')
			continue;
		depth += *p == '(';
		depth -= *p == ')';
	}
	return NULL;
}

/*
 * Parses @args, the operands of ifeq, into @stmt->left and @stmt->right. @args is (a,b), or two
 * operands that are each in single or double quotes. Returns false if @args has another form.
 */
static bool parse_sides(struct parser *parser, struct word args, struct make_stmt *stmt)
{
	const char *p = args.text, *end = p + args.len, *stop;
	bool paren = args.len && *p == '(';
	struct word side;

	if (!args.len || !strchr("('\"", *p))
		return false;
	stop = side_end(p + 1, end, paren ? ',' : *p);
	if (!stop)
		return false;
	side = (struct word){ p + 1, (size_t)(stop - p - 1) };
	while (paren && side.len && is_blank(side.text[side.len - 1]))
		side.len--;
	stmt->left = compile(parser, side);
	p = skip_blanks(args, stop + 1).text;
	if (!paren && (p == end || !strchr("'\"", *p)))
		return false;
	stop = paren ? side_end(p, end, ')') : side_end(p + 1, end, *p);
	if (!stop || skip_blanks(args, stop + 1).len)
		return false;
	p += !paren;
	stmt->right = compile(parser, (struct word){ p, (size_t)(stop - p) });
	return true;
}

static bool cond_kind(struct word word, enum cond_kind *kind)
{
	static const char *const names[] = { "ifeq", "ifneq", "ifdef", "ifndef" };

	for (unsigned int i = 0; i < G_N_ELEMENTS(names); i++) {
		if (word_is(word, names[i])) {
			*kind = (enum cond_kind)i;
			return true;
		}
	}
	return false;
}

static enum block_end parse_block(struct parser *parser, struct make_stmt *guard, bool in_else,
				  struct make_stmt **head, struct word *else_rest);

/*
 * Parses a conditional up to its endif. @args is the text after the keyword. The keyword is ifeq,
 * ifneq, ifdef or ifndef.
 */
static struct make_stmt *parse_cond(struct parser *parser, enum cond_kind kind, struct word args,
				    struct make_stmt *guard, bool in_else)
{
	struct make_stmt *stmt = new_stmt(parser, STMT_COND, guard, in_else);
	unsigned int start = parser->start;
	bool open = parser->rule_open, open_then;
	struct word rest, word;
	enum block_end end;
	const char *p;

	stmt->cond = kind;
	if (parser->depth >= MAKE_MAX_DEPTH) {
		fail_at(parser, start, "conditionals are nested too deep");
		return stmt;
	}
	if (kind == COND_IFEQ || kind == COND_IFNEQ) {
		if (!parse_sides(parser, args, stmt)) {
			fail_at(parser, start, "invalid syntax in conditional");
			return stmt;
		}
	} else {
		args = strip(args.text, args.len);
		stmt->left = compile(parser, args);
	}
	parser->depth++;
	end = parse_block(parser, stmt, false, &stmt->then_branch, &rest);
	open_then = parser->rule_open;
	parser->rule_open = open;
	if (end == END_ELSE) {
		p = rest.text;
		if (!next_word(&p, rest.text + rest.len, &word))
			end = parse_block(parser, stmt, true, &stmt->else_branch, NULL);
		else if (cond_kind(word, &kind)) {
			stmt->else_branch =
				parse_cond(parser, kind, skip_blanks(rest, p), stmt, true);
			end = END_ENDIF; /* parse_cond() has read the endif, or has failed */
		} else
			fail_at(parser, parser->start, "extraneous text after 'else'");
	}
	parser->depth--;
	parser->rule_open |= open_then;
	if (end == END_OF_FILE)
		fail_at(parser, start, "missing 'endif': this conditional is not closed");
	return stmt;
}

/*
 * Parses the line @parser->clean. A line with a colon is a rule or a target-specific variable. A
 * line without a colon becomes a STMT_TEXT, because the expanded line may have a colon.
 */
static struct make_stmt *parse_rule(struct parser *parser, struct make_stmt *guard, bool in_else)
{
	struct word line = parser->clean, rest;
	const char *colon = make_find_outside(line, ":"), *semi;
	struct make_stmt *stmt;

	if (!colon) {
		stmt = new_stmt(parser, STMT_TEXT, guard, in_else);
		stmt->text = compile(parser, line);
		parser->rule_open = true;
		return stmt;
	}
	stmt = new_stmt(parser, STMT_RULE, guard, in_else);
	stmt->text = compile(parser, (struct word){ line.text, (size_t)(colon - line.text) });
	stmt->double_colon = colon + 1 < line.text + line.len && colon[1] == ':';
	rest = skip_blanks(line, colon + 1 + stmt->double_colon);
	if (make_parse_assign(parser->make, parser->arena, rest, stmt->place, &stmt->assign)) {
		stmt->kind = STMT_TARGET;
		parser->rule_open = false;
		return stmt;
	}
	semi = make_find_outside(rest, ";");
	stmt->has_recipe = semi != NULL;
	if (semi)
		rest.len = (size_t)(semi - rest.text);
	stmt->rest = compile(parser, rest);
	parser->rule_open = true;
	return stmt;
}

static bool parse_directive(struct parser *parser, struct word word, struct word args,
			    struct make_stmt *guard, bool in_else, struct make_stmt **stmt)
{
	static const struct {
		const char *name;
		enum stmt_kind kind;
		bool optional;
	} directives[] = {
		{ "export", STMT_EXPORT, false },   { "unexport", STMT_UNEXPORT, false },
		{ "include", STMT_INCLUDE, false }, { "-include", STMT_INCLUDE, true },
		{ "sinclude", STMT_INCLUDE, true }, { "vpath", STMT_VPATH, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(directives); i++) {
		if (!word_is(word, directives[i].name))
			continue;
		*stmt = new_stmt(parser, directives[i].kind, guard, in_else);
		(*stmt)->text = compile(parser, args);
		(*stmt)->optional = directives[i].optional;
		parser->rule_open = false;
		return true;
	}
	return false;
}

static struct make_stmt *parse_stmt(struct parser *parser, struct word word, struct word args,
				    struct make_stmt *guard, bool in_else)
{
	struct make_assign assign;
	struct make_stmt *stmt;
	enum cond_kind kind;

	if (make_parse_assign(parser->make, parser->arena, parser->clean,
			      place_of(parser, parser->start), &assign)) {
		stmt = new_stmt(parser, STMT_ASSIGN, guard, in_else);
		if (assign.is_define)
			parse_define(parser, &assign);
		stmt->assign = assign;
		parser->rule_open = false;
		return stmt;
	}
	if (cond_kind(word, &kind))
		return parse_cond(parser, kind, args, guard, in_else);
	if (parse_directive(parser, word, args, guard, in_else, &stmt))
		return stmt;
	return parse_rule(parser, guard, in_else);
}

static enum block_end parse_block(struct parser *parser, struct make_stmt *guard, bool in_else,
				  struct make_stmt **head, struct word *else_rest)
{
	struct make_stmt **tail = head;

	while (read_raw(parser)) {
		struct word word, args;
		const char *p;

		if (parser->rule_open && parser->raw.len && *parser->raw.text == '\t') {
			*tail = new_stmt(parser, STMT_RECIPE, guard, in_else);
			(*tail)->assign.raw = parser->raw;
			tail = &(*tail)->next;
			continue;
		}
		parser->clean = make_clean_line(parser->arena, parser->raw);
		p = parser->clean.text;
		if (!next_word(&p, p + parser->clean.len, &word))
			continue;
		args = skip_blanks(parser->clean, p);
		if (word_is(word, "endif") || word_is(word, "else")) {
			bool is_else = word.len == 4;

			if (guard && is_else && else_rest) {
				*else_rest = args;
				return END_ELSE;
			}
			if (guard && !is_else)
				return END_ENDIF;
			fail_at(parser, parser->start,
				is_else ? "extraneous 'else'" : "extraneous 'endif'");
			break;
		}
		*tail = parse_stmt(parser, word, args, guard, in_else);
		tail = &(*tail)->next;
	}
	return END_OF_FILE;
}

struct make_stmt *make_parse(struct make *make, struct arena *arena, const struct make_file *file,
			     const char *text, size_t len, struct make_place place)
{
	struct parser parser = {
		.make = make,
		.arena = arena,
		.file = file,
		.p = text,
		.end = text + len,
		.path = place.file,
		.line = place.line,
	};
	struct make_stmt *stmts = NULL;

	parse_block(&parser, NULL, false, &stmts, NULL);
	return stmts;
}
