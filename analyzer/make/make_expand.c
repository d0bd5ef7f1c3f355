// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/make/make_internal.h"

struct buf *make_buf(struct make *make)
{
	struct buf *buf;

	if (!make->bufs->len)
		return g_new0(struct buf, 1);
	buf = g_ptr_array_steal_index_fast(make->bufs, make->bufs->len - 1);
	buf->len = 0;
	buf->taint = 0;
	return buf;
}

void make_buf_done(struct make *make, struct buf *buf)
{
	g_ptr_array_add(make->bufs, buf);
}

void make_append(struct make *make, struct buf *out, const struct buf *from)
{
	if (from->len)
		buf_add(out, from->data, from->len);
	make_add_taint(make, out, from->taint);
}

void make_expand_var(struct make *make, struct make_symbol *symbol, struct make_var *var,
		     bool recursion_allowed, struct buf *out)
{
	make_add_taint(make, out, var->taint);
	if (var->undefined)
		return;
	if (!var->recursive) {
		if (var->len)
			buf_add(out, var->value, var->len);
		return;
	}
	if (!var->template) {
		struct arena *arena =
			var == symbol->config || var == symbol->base ? make->perm : make->scratch;

		var->template = make_compile(make, arena, var->value, var->len, var->place);
	}
	if (var->expanding && !recursion_allowed) {
		make_fail(make, "Recursive variable '%s' references itself (eventually)",
			  symbol->name);
		return;
	}
	if (recursion_allowed) {
		make_expand(make, var->template, out);
		return;
	}
	var->expanding = true;
	make_expand(make, var->template, out);
	var->expanding = false;
}

void make_expand_symbol(struct make *make, struct make_symbol *symbol, struct buf *out)
{
	const struct make_frame *frame = make->frame;
	struct make_var *var;

	if (symbol->argument >= 0 && frame) {
		if ((unsigned int)symbol->argument < frame->n)
			make_append(make, out, &frame->argv[symbol->argument]);
		return;
	}
	if (symbol->generation == make->generation)
		var = symbol->current;
	else if (symbol->config && make->config_shown)
		var = symbol->config;
	else
		var = symbol->base;
	if (var)
		make_expand_var(make, symbol, var, false, out);
}

static void expand_subst(struct make *make, struct make_symbol *symbol, struct word from,
			 struct word to, struct buf *out)
{
	struct buf *value = make_buf(make);
	g_autofree char *from_pattern = NULL, *to_pattern = NULL;

	make_expand_symbol(make, symbol, value);
	make_add_taint(make, out, value->taint);
	if (!memchr(from.text, '%', from.len)) {
		/* $(v:.c=.o) means $(v:%.c=%.o). */
		from_pattern = g_strdup_printf("%%%.*s", (int)from.len, from.text);
		to_pattern = g_strdup_printf("%%%.*s", (int)to.len, to.text);
		from = (struct word){ from_pattern, from.len + 1 };
		to = (struct word){ to_pattern, to.len + 1 };
	}
	make_patsubst((struct word){ value->data, value->len }, from, to, out);
	make_buf_done(make, value);
}

/*
 * Expands a reference $(...) that contains other references. @inner is the text inside the
 * brackets. The expansion of @inner is "name" or "name:from=to".
 */
static void expand_computed(struct make *make, const struct make_tmpl *inner, struct buf *out)
{
	struct buf *name = make_buf(make);
	const char *colon, *equals = NULL;
	struct make_symbol *symbol;
	size_t len;

	make_expand(make, inner, name);
	make_add_taint(make, out, name->taint);
	buf_cstr(name);
	len = name->len;
	colon = memchr(name->data, ':', len);
	if (colon)
		equals = memchr(colon, '=', name->len - (size_t)(colon - name->data));
	if (equals)
		len = (size_t)(colon - name->data);
	symbol = make_symbol_find(make, name->data, len);
	if (symbol && !equals)
		make_expand_symbol(make, symbol, out);
	else if (symbol)
		expand_subst(make, symbol, (struct word){ colon + 1, (size_t)(equals - colon - 1) },
			     (struct word){ equals + 1,
					    name->len - (size_t)(equals + 1 - name->data) },
			     out);
	make_buf_done(make, name);
}

static void expand_piece(struct make *make, const struct make_tmpl *tmpl,
			 const struct make_piece *piece, struct buf *out)
{
	switch (piece->kind) {
	case PIECE_TEXT:
		buf_add(out, piece->text.text, piece->text.len);
		break;
	case PIECE_VAR:
		make_expand_symbol(make, piece->symbol, out);
		break;
	case PIECE_SUBST:
		expand_subst(make, piece->symbol, piece->text, piece->to, out);
		break;
	case PIECE_COMPUTED:
		expand_computed(make, piece->inner, out);
		break;
	case PIECE_CALL:
		make->shell_place = tmpl->place;
		make_call_function(make, piece->function, piece->args, piece->n_args, out);
		break;
	case PIECE_BROKEN:
		make_fail(make, "%s", piece->text.text);
		break;
	}
}

void make_expand(struct make *make, const struct make_tmpl *tmpl, struct buf *out)
{
	if (make->error)
		return;
	if (make->depth > MAKE_MAX_DEPTH) {
		make_fail(make, "expansion is nested too deep; does a function call itself?");
		return;
	}
	make->depth++;
	for (unsigned int i = 0; i < tmpl->n && !make->error; i++) {
		size_t before = out->len;

		expand_piece(make, tmpl, &tmpl->pieces[i], out);
		make_spend(make, 1 + (out->len - before) / 64);
		make_check_size(make, out->len);
	}
	make->depth--;
}

struct arena *make_arena(struct make *make)
{
	return make->scratch;
}

const char *make_keep(struct make *make, const char *text, size_t len)
{
	return arena_strndup(make->scratch, len ? text : "", len);
}

struct word make_value(struct make *make, const char *name, unsigned int *taint)
{
	struct make_symbol *symbol = make_symbol_find(make, name, strlen(name));
	struct word value = { "", 0 };
	struct buf *buf;

	if (!symbol)
		return value;
	buf = make_buf(make);
	make_expand_symbol(make, symbol, buf);
	value.len = buf->len;
	value.text = make_keep(make, buf->data, buf->len);
	if (taint)
		*taint = taints_union(make->taints, *taint, buf->taint);
	make_buf_done(make, buf);
	return value;
}

char *make_value_dup(struct make *make, const char *name)
{
	struct word value = make_value(make, name, NULL);

	value = strip(value.text, value.len);
	return g_strndup(value.text, value.len);
}
