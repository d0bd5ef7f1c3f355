// SPDX-License-Identifier: GPL-2.0-only
/* Executes assignments. The origin and the flavour of a variable, and "+=", work as in GNU make. */
#include "analyzer/make/make_internal.h"

static void append_text(struct make *make, struct make_var *var, const char *text, size_t len)
{
	size_t sum = var->len + 1 + len;
	char *space = (char *)var->value;

	if (var->cap < sum) {
		var->cap = sum * 2;
		space = arena_alloc(make->scratch, var->cap);
		memcpy(space, var->value, var->len);
	}
	space[var->len] = ' ';
	memcpy(space + var->len + 1, text, len);
	var->value = space;
	var->len = sum;
	var->template = NULL;
}

static void set_recursive(struct make_var *var, const struct make_assign *assign)
{
	var->value = assign->raw.text;
	var->len = assign->raw.len;
	var->cap = 0;
	var->template = assign->value;
	var->recursive = true;
	var->undefined = false;
}

static void set_simple(struct make *make, const struct make_assign *assign,
		       struct make_symbol *symbol, struct make_assigned *result)
{
	struct buf *value = make_buf(make);
	struct make_var *var;

	make_expand(make, assign->value, value);
	var = make_own_var(make, symbol);
	make_var_store(make, var, value->data, value->len);
	var->taint = value->taint;
	var->recursive = false;
	var->undefined = false;
	result->words = (struct word){ NULL, 0 };
	if (result->stmt && result->stmt->file && result->stmt->file->recorded)
		result->words =
			(struct word){ make_keep(make, value->data, value->len), value->len };
	make_buf_done(make, value);
}

static void append(struct make *make, const struct make_assign *assign, struct make_symbol *symbol,
		   struct make_assigned *result)
{
	struct make_var *var = make_lookup(make, symbol);
	struct buf *value;

	result->appends = true;
	if (!var) {
		set_recursive(make_own_var(make, symbol), assign);
		result->value = assign->value;
		return;
	}
	if (var->recursive) {
		var = make_own_var(make, symbol);
		append_text(make, var, assign->raw.text, assign->raw.len);
		result->value = assign->value;
		return;
	}
	value = make_buf(make);
	make_expand(make, assign->value, value);
	var = make_own_var(make, symbol);
	if (value->len) {
		append_text(make, var, value->data, value->len);
		/*
		 * @result must not point into var->value, because later assignments may change
		 * var->value. @result must not point into @value either, because @value is released
		 * below. So @result gets a copy of the appended text.
		 */
		if (result->stmt && result->stmt->file && result->stmt->file->recorded)
			result->words = (struct word){ make_keep(make, value->data, value->len),
						       value->len };
	}
	var->taint = taints_union(make->taints, var->taint, value->taint);
	make_buf_done(make, value);
}

static void undefine(struct make *make, struct make_symbol *symbol)
{
	struct make_var *var = make_own_var(make, symbol);

	*var = (struct make_var){ .undefined = true };
}

void make_assign(struct make *make, const struct make_assign *assign, struct make_symbol *symbol,
		 struct make_place place, struct make_assigned *result)
{
	struct make_var *old = make_lookup(make, symbol), *var;
	struct make_assign with_value = *assign;

	if (old && (old->origin == ORIGIN_COMMAND_LINE || old->origin == ORIGIN_OVERRIDE) &&
	    !assign->is_override)
		return;
	if (assign->is_undefine) {
		undefine(make, symbol);
		return;
	}
	if (!assign->value && (assign->op != OP_RECURSIVE && assign->op != OP_CONDITIONAL))
		with_value.value =
			make_compile(make, make->scratch, assign->raw.text, assign->raw.len, place);
	switch (assign->op) {
	case OP_CONDITIONAL:
		if (old)
			return;
		/* fall through */
	case OP_RECURSIVE:
		set_recursive(make_own_var(make, symbol), &with_value);
		make_own_var(make, symbol)->taint = 0;
		result->value = assign->value;
		break;
	case OP_SIMPLE:
		set_simple(make, &with_value, symbol, result);
		break;
	case OP_APPEND:
		append(make, &with_value, symbol, result);
		break;
	case OP_SHELL:
		var = make_own_var(make, symbol);
		make_var_store(make, var, "", 0);
		var->taint = taints_shell(make->taints, place, assign->raw);
		var->recursive = var->undefined = false;
		break;
	}
	var = make_own_var(make, symbol);
	var->origin = assign->is_override ? ORIGIN_OVERRIDE : ORIGIN_FILE;
	var->place = place;
	if (make->guard_taint)
		var->taint = taints_union(make->taints, var->taint, make->guard_taint);
}
