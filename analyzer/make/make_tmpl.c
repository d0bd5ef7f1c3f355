// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compiles texts with references into templates (struct make_tmpl). A reference is split into its
 * parts as in GNU make's expand.c and function.c. The arguments of a function are split before
 * expansion. A reference $(name:from=to) that contains no other reference is split here too. A
 * reference such as $($(x):from=to) is split only after the expansion of the text in the brackets.
 */
#include "analyzer/make/make_internal.h"

struct compiler {
	struct make *make;
	struct arena *arena;
	struct make_place place;
	GArray *pieces;
};

static void add_text(struct compiler *c, const char *text, size_t len)
{
	struct make_piece piece = { .kind = PIECE_TEXT, .text = { text, len } };

	if (len)
		g_array_append_val(c->pieces, piece);
}

static void add_broken(struct compiler *c, const char *message)
{
	struct make_piece piece = { .kind = PIECE_BROKEN, .text = { message, strlen(message) } };

	g_array_append_val(c->pieces, piece);
}

/*
 * An opening bracket stands before @p. Returns a pointer to the matching closing bracket; NULL if
 * the closing bracket is missing.
 */
static const char *find_close(const char *p, const char *end, char open, char close)
{
	unsigned int count = 0;

	for (; p < end; p++) {
		if (*p == open)
			count++;
		else if (*p == close && count-- == 0)
			return p;
	}
	return NULL;
}

static char closing(char open)
{
	return open == '(' ? ')' : '}';
}

const char *make_skip_ref(const char *p, const char *end)
{
	const char *close;

	if (++p == end)
		return p;
	if (*p != '(' && *p != '{')
		return p + 1;
	close = find_close(p + 1, end, *p, closing(*p));
	return close ? close + 1 : end;
}

static struct make_tmpl *compile(struct compiler *c, const char *text, size_t len)
{
	return make_compile(c->make, c->arena, text, len, c->place);
}

static void add_call(struct compiler *c, const struct make_function *function, const char *p,
		     const char *end, char open)
{
	struct make_piece piece = { .kind = PIECE_CALL, .function = function };
	struct make_tmpl *args[MAKE_MAX_ARGS];
	unsigned int max = function->max ? function->max : MAKE_MAX_ARGS, count = 0;
	const char *start = p;

	for (; p <= end; p++) {
		if (p < end && *p == open)
			count++;
		else if (p < end && *p == closing(open) && count)
			count--;
		if (p == end || (*p == ',' && !count && piece.n_args + 1 < max)) {
			struct word arg = { start, (size_t)(p - start) };

			if (piece.n_args < function->stripped)
				arg = strip(arg.text, arg.len);
			args[piece.n_args++] = compile(c, arg.text, arg.len);
			start = p + 1;
		}
	}
	piece.args = arena_alloc(c->arena, piece.n_args * sizeof(args[0]));
	memcpy(piece.args, args, piece.n_args * sizeof(args[0]));
	g_array_append_val(c->pieces, piece);
}

static void add_name(struct compiler *c, const char *name, const char *end)
{
	struct make_piece piece = { .kind = PIECE_VAR };
	const char *colon = memchr(name, ':', (size_t)(end - name));
	const char *equals = colon ? memchr(colon, '=', (size_t)(end - colon)) : NULL;

	if (equals) {
		piece.kind = PIECE_SUBST;
		piece.text = (struct word){ colon + 1, (size_t)(equals - colon - 1) };
		piece.to = (struct word){ equals + 1, (size_t)(end - equals - 1) };
		end = colon;
	}
	piece.symbol = make_symbol(c->make, name, (size_t)(end - name));
	g_array_append_val(c->pieces, piece);
}

/*
 * Compiles the reference whose opening bracket is at @p. Returns a pointer to the text after the
 * reference. If the closing bracket is missing, adds a PIECE_BROKEN and returns @end.
 */
static const char *add_reference(struct compiler *c, const char *p, const char *end)
{
	char open = *p, close = closing(open);
	const struct make_function *function;
	const char *start = p + 1, *stop = start;

	while (stop < end && (g_ascii_islower(*stop) || *stop == '-'))
		stop++;
	function = stop < end && is_blank(*stop)
			   ? make_find_function(c->make,
						(struct word){ start, (size_t)(stop - start) })
			   : NULL;
	if (function) {
		const char *arg = stop;

		stop = find_close(start, end, open, close);
		if (!stop) {
			add_broken(c, "unterminated call to a function: missing ')'");
			return end;
		}
		while (arg < stop && is_blank(*arg))
			arg++;
		add_call(c, function, arg, stop, open);
		return stop + 1;
	}
	stop = memchr(start, close, (size_t)(end - start));
	if (!stop) {
		add_broken(c, "unterminated variable reference");
		return end;
	}
	if (!memchr(start, '$', (size_t)(stop - start))) {
		add_name(c, start, stop);
		return stop + 1;
	}
	stop = find_close(start, end, open, close);
	if (!stop) {
		add_broken(c, "unterminated variable reference");
		return end;
	}
	struct make_piece piece = { .kind = PIECE_COMPUTED,
				    .inner = compile(c, start, (size_t)(stop - start)) };

	g_array_append_val(c->pieces, piece);
	return stop + 1;
}

struct make_tmpl *make_compile(struct make *make, struct arena *arena, const char *text, size_t len,
			       struct make_place place)
{
	struct compiler c = { make, arena, place, NULL };
	struct make_tmpl *tmpl = arena_new0(arena, struct make_tmpl);
	const char *end = text + len, *p = text;

	tmpl->raw = (struct word){ text, len };
	tmpl->place = place;
	c.pieces = g_array_new(FALSE, FALSE, sizeof(struct make_piece));
	make_spend(make, len / 64);
	if (++make->compile_depth > MAKE_MAX_DEPTH) {
		add_broken(&c, "references are nested too deep");
		p = end;
	}
	while (p < end) {
		const char *dollar = memchr(p, '$', (size_t)(end - p));

		add_text(&c, p, (size_t)((dollar ? dollar : end) - p));
		if (!dollar || dollar + 1 == end)
			break;
		p = dollar + 1;
		if (*p == '$') {
			add_text(&c, p++, 1);
		} else if (*p == '(' || *p == '{') {
			p = add_reference(&c, p, end);
		} else {
			if (!is_blank(*p))
				add_name(&c, p, p + 1);
			p++;
		}
	}
	make->compile_depth--;
	tmpl->n = c.pieces->len;
	tmpl->pieces = arena_alloc(arena, tmpl->n * sizeof(struct make_piece));
	if (tmpl->n)
		memcpy(tmpl->pieces, c.pieces->data, tmpl->n * sizeof(struct make_piece));
	g_array_unref(c.pieces);
	return tmpl;
}
