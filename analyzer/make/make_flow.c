// SPDX-License-Identifier: GPL-2.0-only
/*
 * Implements two groups of make's functions: functions that expand their arguments themselves, such
 * as $(if), and functions for variables and messages. make_call_function() calls the functions of
 * these two groups and all other functions of make.
 */
#include "analyzer/make/make_internal.h"

static void expand_arg(struct make *make, struct make_tmpl *const *args, unsigned int n,
		       unsigned int i, struct buf *out)
{
	if (i < n)
		make_expand(make, args[i], out);
}

/*
 * Adds the unexecuted commands in @taint to @make->guard_taint. Until the caller restores
 * @make->guard_taint, every assignment, $(error) and $(warning) counts as dependent on these
 * commands. Returns the previous value of @make->guard_taint.
 */
static unsigned int enter_guard(struct make *make, unsigned int taint)
{
	unsigned int outer = make->guard_taint;

	make->guard_taint = taints_union(make->taints, outer, taint);
	return outer;
}

/*
 * Expands @arg into the empty buffer @value. Returns true if @value is then not empty. As in make,
 * a value that consists of blanks counts as true.
 */
static bool is_true(struct make *make, const struct make_tmpl *arg, struct buf *value)
{
	make_expand(make, arg, value);
	return value->len > 0;
}

static void fn_if(struct make *make, struct make_tmpl *const *args, unsigned int n, struct buf *out)
{
	struct buf *cond = make_buf(make);
	bool yes = is_true(make, args[0], cond);
	unsigned int outer = enter_guard(make, cond->taint);

	make_add_taint(make, out, cond->taint);
	make_buf_done(make, cond);
	expand_arg(make, args, n, yes ? 1 : 2, out);
	make->guard_taint = outer;
}

static void and_or(struct make *make, struct make_tmpl *const *args, unsigned int n, bool stop_at,
		   struct buf *out)
{
	struct buf *value = make_buf(make);
	unsigned int outer = make->guard_taint;

	for (unsigned int i = 0; i < n; i++) {
		bool yes;

		enter_guard(make, value->taint);
		value->len = 0;
		yes = is_true(make, args[i], value);
		if (yes == stop_at || (i + 1 == n && yes)) {
			if (yes)
				buf_add(out, value->data, value->len);
			break;
		}
	}
	make->guard_taint = outer;
	make_add_taint(make, out, value->taint);
	make_buf_done(make, value);
}

static void fn_or(struct make *make, struct make_tmpl *const *args, unsigned int n, struct buf *out)
{
	and_or(make, args, n, true, out);
}

static void fn_and(struct make *make, struct make_tmpl *const *args, unsigned int n,
		   struct buf *out)
{
	and_or(make, args, n, false, out);
}

static void fn_foreach(struct make *make, struct make_tmpl *const *args, unsigned int n,
		       struct buf *out)
{
	struct buf *name = make_buf(make), *list = make_buf(make);
	struct make_symbol *symbol;
	const char *p, *end;
	struct word word;
	bool first = true;
	unsigned int mark = make_mark(make), outer;

	(void)n;
	make_expand(make, args[0], name);
	make_expand(make, args[1], list);
	outer = enter_guard(make, list->taint);
	word = strip(name->data, name->len);
	symbol = make_symbol(make, word.text, word.len);
	p = list->data;
	end = p + list->len;
	while (!make->error && next_word(&p, end, &word)) {
		if (!first)
			buf_addc(out, ' ');
		first = false;
		make_push(make, symbol, word.text, word.len);
		symbol->current->taint = list->taint;
		make_expand(make, args[2], out);
		make_pop(make, mark);
	}
	make->guard_taint = outer;
	make_add_taint(make, out, list->taint);
	make_buf_done(make, name);
	make_buf_done(make, list);
}

static void call_symbol(struct make *make, struct make_symbol *symbol,
			const struct make_frame *frame, struct buf *out)
{
	const struct make_frame *outer = make->frame;
	struct make_var *var = make_lookup(make, symbol);

	if (!var)
		return;
	make->frame = frame;
	make_expand_var(make, symbol, var, true, out);
	make->frame = outer;
}

/*
 * Handles a $(call) whose first argument is the name of a function of make, such as
 * $(call sort,...). The arguments in @frame are already expanded.
 */
static void call_builtin(struct make *make, const struct make_function *function,
			 const struct make_frame *frame, struct buf *out)
{
	struct make_tmpl *args[MAKE_MAX_ARGS], *body;
	struct make_piece piece = { .kind = PIECE_TEXT };
	unsigned int n = 0;

	for (unsigned int i = 1; i < frame->n; i++) {
		body = arena_new0(make->scratch, struct make_tmpl);
		body->place = make->where;
		body->n = 1;
		piece.text.text = make_keep(make, frame->argv[i].data, frame->argv[i].len);
		piece.text.len = frame->argv[i].len;
		body->pieces = arena_new0(make->scratch, struct make_piece);
		*body->pieces = piece;
		args[n++] = body;
		make_add_taint(make, out, frame->argv[i].taint);
	}
	make_call_function(make, function, args, n, out);
}

static void fn_call(struct make *make, struct make_tmpl *const *args, unsigned int n,
		    struct buf *out)
{
	struct buf argv[MAKE_MAX_ARGS] = { 0 };
	struct make_frame frame = { argv, n };
	const struct make_function *function;
	struct make_symbol *symbol;
	struct word name;

	for (unsigned int i = 0; i < n; i++) {
		struct buf *value = make_buf(make);

		argv[i] = *value;
		*value = (struct buf){ 0 };
		make_buf_done(make, value);
		make_expand(make, args[i], &argv[i]);
		buf_cstr(&argv[i]);
	}
	make_add_taint(make, out, argv[0].taint);
	name = strip(argv[0].data, argv[0].len);
	function = make_find_function(make, name);
	symbol = function ? NULL : make_symbol_find(make, name.text, name.len);
	if (function)
		call_builtin(make, function, &frame, out);
	else if (symbol)
		call_symbol(make, symbol, &frame, out);
	for (unsigned int i = 0; i < n; i++) {
		struct buf *value = make_buf(make);

		buf_clear(value);
		*value = argv[i];
		make_buf_done(make, value);
	}
}

static void fn_eval(struct make *make, struct make_tmpl *const *args, unsigned int n,
		    struct buf *out)
{
	struct buf *text = make_buf(make);
	unsigned int outer;

	(void)n, (void)out;
	make_expand(make, args[0], text);
	outer = enter_guard(make, text->taint);
	make_eval_text(make, make_keep(make, text->data, text->len), text->len, make->where);
	make->guard_taint = outer;
	make_buf_done(make, text);
}

static void fn_shell(struct make *make, struct make_tmpl *const *args, unsigned int n,
		     struct buf *out)
{
	(void)n;
	make_add_taint(make, out,
		       taints_shell(make->taints,
				    make->shell_place.file ? make->shell_place : make->where,
				    args[0]->raw));
}

static struct make_symbol *named_symbol(struct make *make, struct buf *arg)
{
	struct word name = strip(arg->data, arg->len);

	return make_symbol_find(make, name.text, name.len);
}

static void fn_value(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	struct make_symbol *symbol = named_symbol(make, argv[0]);
	struct make_var *var = symbol ? make_lookup(make, symbol) : NULL;

	(void)n;
	if (var && var->len)
		buf_add(out, var->value, var->len);
	if (var)
		make_add_taint(make, out, var->taint);
}

static void fn_origin(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	static const char *const names[] = { "default",	     "environment", "file",
					     "command line", "override",    "automatic" };
	struct make_symbol *symbol = named_symbol(make, argv[0]);
	struct make_var *var = symbol ? make_lookup(make, symbol) : NULL;
	const char *name = var ? names[var->origin] : "undefined";

	(void)n;
	buf_add(out, name, strlen(name));
}

static void fn_flavor(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	struct make_symbol *symbol = named_symbol(make, argv[0]);
	struct make_var *var = symbol ? make_lookup(make, symbol) : NULL;
	const char *name = !var ? "undefined" : var->recursive ? "recursive" : "simple";

	(void)n;
	buf_add(out, name, strlen(name));
}

/*
 * Reports an $(error) or $(warning) that make might not reach. @text is the text of the $(error) or
 * $(warning). @effect says what happens if make reaches the $(error) or $(warning).
 */
static void report_undecided(struct make *make, const char *effect, const char *text)
{
	g_autofree char *line = g_strdelimit(g_strdup(text), "\n\t", ' ');
	g_autofree char *message = g_strdup_printf("%s; a $(shell) that is not run decides: %s",
						   effect, g_strstrip(line));

	if (make->hooks.undecided)
		make->hooks.undecided(make->hooks.data, make->where, message);
}

static void fn_error(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)n, (void)out;
	if (make->guard_taint)
		report_undecided(make, "make may stop here", argv[0]->data);
	else
		make_fail(make, "%s", argv[0]->data);
}

static void fn_warning(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)n, (void)out;
	if (make->guard_taint)
		report_undecided(make, "make may warn here", argv[0]->data);
	else if (make->hooks.message)
		make->hooks.message(make->hooks.data, make->where, argv[0]->data);
}

static void fn_info(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	/* $(info) only shows the progress of a build. Users of initlint do not need its text. */
	(void)make, (void)argv, (void)n, (void)out;
}

/* $(intcmp a,b,less,equal,greater) */
static void fn_intcmp(struct make *make, struct make_tmpl *const *args, unsigned int n,
		      struct buf *out)
{
	struct buf *a = make_buf(make), *b = make_buf(make);
	unsigned int outer;
	gint64 x, y;
	int order;

	make_expand(make, args[0], a);
	make_expand(make, args[1], b);
	x = g_ascii_strtoll(buf_cstr(a), NULL, 10);
	y = g_ascii_strtoll(buf_cstr(b), NULL, 10);
	make_add_taint(make, out, a->taint);
	make_add_taint(make, out, b->taint);
	outer = enter_guard(make, taints_union(make->taints, a->taint, b->taint));
	order = (x > y) - (x < y);
	if (n == 2 && !order) {
		make_append(make, out, a);
	} else if (order < 0) {
		expand_arg(make, args, n, 2, out);
	} else {
		/* Without a "greater" argument, make uses the "equal" argument. */
		expand_arg(make, args, n, order > 0 && n > 4 ? 4 : 3, out);
	}
	make->guard_taint = outer;
	make_buf_done(make, a);
	make_buf_done(make, b);
}

const struct make_function make_flow_functions[] = {
	{ "if", 2, 3, 1, NULL, fn_if },
	{ "or", 1, 0, 255, NULL, fn_or },
	{ "and", 1, 0, 255, NULL, fn_and },
	{ "foreach", 3, 3, 0, NULL, fn_foreach },
	{ "call", 1, 0, 0, NULL, fn_call },
	{ "eval", 1, 1, 0, NULL, fn_eval },
	{ "shell", 1, 1, 0, NULL, fn_shell },
	{ "intcmp", 2, 5, 0, NULL, fn_intcmp },
	{ "value", 1, 1, 0, fn_value, NULL },
	{ "origin", 1, 1, 0, fn_origin, NULL },
	{ "flavor", 1, 1, 0, fn_flavor, NULL },
	{ "error", 1, 1, 0, fn_error, NULL },
	{ "warning", 1, 1, 0, fn_warning, NULL },
	{ "info", 1, 1, 0, fn_info, NULL },
	{ NULL, 0, 0, 0, NULL, NULL },
};

const struct make_function *make_find_function(const struct make *make, struct word name)
{
	char text[16];

	if (!name.len || name.len >= sizeof(text))
		return NULL;
	memcpy(text, name.text, name.len);
	text[name.len] = '\0';
	return g_hash_table_lookup(make->functions, text);
}

void make_call_function(struct make *make, const struct make_function *function,
			struct make_tmpl *const *args, unsigned int n, struct buf *out)
{
	struct buf *argv[MAKE_MAX_ARGS];
	unsigned int given = n;

	if (n < function->min) {
		make_fail(make, "insufficient number of arguments (%u) to function '%s'", n,
			  function->name);
		return;
	}
	if (function->lazy) {
		function->lazy(make, args, n, out);
		return;
	}
	for (unsigned int i = 0; i < given; i++) {
		argv[i] = make_buf(make);
		make_expand(make, args[i], argv[i]);
		buf_cstr(argv[i]);
		make_add_taint(make, out, argv[i]->taint);
	}
	if (!make->error)
		function->text(make, argv, n, out);
	for (unsigned int i = 0; i < given; i++)
		make_buf_done(make, argv[i]);
}
