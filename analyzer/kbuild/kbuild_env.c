// SPDX-License-Identifier: GPL-2.0-only
/*
 * The variables that a sub-make inherits. environment_take() collects the exported variables that
 * the parent make has changed. The base value of a variable is the value at the start of each
 * evaluation. Before the sub-makes are evaluated, environment_swap() sets the base values of the
 * collected variables. A second environment_swap() restores the old base values.
 */
#include "analyzer/kbuild/kbuild_internal.h"

struct change {
	struct make_symbol *symbol;
	/*
	 * The new base value. After the first environment_swap(), the old base value. NULL: no
	 * base value.
	 */
	struct make_var *base;
};

struct environment {
	struct make *make;
	struct arena *arena;
	GArray *changes; /* struct change */
};

static bool same_value(const struct make_var *var, const struct buf *value)
{
	struct word a = strip(var->value, var->len), b = strip(value->data, value->len);

	return var->origin == ORIGIN_ENVIRONMENT && var->taint == value->taint &&
	       (a.len == 0 ? b.len == 0 : word_eq(a, b));
}

static void take_symbol(struct make_symbol *symbol, void *data)
{
	struct environment *env = data;
	struct change change = { symbol, NULL };
	struct make_var *base = symbol->base, *var = make_lookup(env->make, symbol);
	struct buf value = { 0 };

	if (base && base->origin == ORIGIN_COMMAND_LINE)
		return;
	if (!var || !make_is_exported(env->make, symbol)) {
		if (base && base->origin == ORIGIN_ENVIRONMENT)
			g_array_append_val(env->changes, change);
		return;
	}
	make_expand_symbol(env->make, symbol, &value);
	/*
	 * same_value() ignores blanks at both ends of the values. A line such as "X += $(empty)"
	 * adds only a blank to X. So X does not count as changed.
	 */
	if (!base || !same_value(base, &value)) {
		change.base = arena_new0(env->arena, struct make_var);
		change.base->value = arena_strndup(env->arena, buf_cstr(&value), value.len);
		change.base->len = value.len;
		change.base->taint = value.taint;
		change.base->origin = ORIGIN_ENVIRONMENT;
		change.base->recursive = true; /* make expands values from the environment */
		g_array_append_val(env->changes, change);
	}
	buf_clear(&value);
}

struct environment *environment_take(struct make *make, struct arena *arena)
{
	struct environment *env = g_new0(struct environment, 1);

	env->make = make;
	env->arena = arena;
	env->changes = g_array_new(FALSE, FALSE, sizeof(struct change));
	make_foreach_set(make, take_symbol, env);
	return env;
}

void environment_swap(struct environment *env)
{
	for (unsigned int i = 0; i < env->changes->len; i++) {
		struct change *change = &g_array_index(env->changes, struct change, i);
		struct make_var *base = change->symbol->base;

		change->symbol->base = change->base;
		change->base = base;
	}
}

void environment_free(struct environment *env)
{
	g_array_unref(env->changes);
	g_free(env);
}
