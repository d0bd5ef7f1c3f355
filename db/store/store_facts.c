// SPDX-License-Identifier: GPL-2.0-only
/* Facts of functions and variables on their way into the scope of their file. */
#include "db/store/store_scope_internal.h"

#include "db/error.h"

static struct value keep_value(struct unit_buffer *unit, const struct value *value)
{
	return (struct value){
		.kind = value->kind,
		.name = unit_buffer_keep(unit, value->name),
		.file = unit_buffer_keep(unit, value->file),
		.field = unit_buffer_keep(unit, value->field),
		.text = unit_buffer_keep(unit, value->text),
		.number = value->number,
	};
}

bool store_function(void *data, const struct function_fact *fact, G_GNUC_UNUSED GError **error)
{
	struct unit_buffer *unit = ((struct store *)data)->unit;
	struct definition function = {
		.name = unit_buffer_keep(unit, fact->name),
		.line = fact->line,
		.end_line = fact->end_line,
		.is_static = fact->is_static,
		.is_inline = fact->is_inline,
		.is_weak = fact->is_weak,
		.other = unit_buffer_keep(unit, fact->alias),
		.type = unit_buffer_keep(unit, fact->type),
		.attributes = unit_buffer_keep(unit, fact->attributes),
	};

	scope_buffer_function(unit_buffer_scope(unit, fact->file), &function);
	return true;
}

bool store_global(void *data, const struct global_fact *fact, G_GNUC_UNUSED GError **error)
{
	struct unit_buffer *unit = ((struct store *)data)->unit;
	struct definition global = {
		.name = unit_buffer_keep(unit, fact->name),
		.line = fact->line,
		.is_static = fact->is_static,
		.is_weak = fact->is_weak,
		.is_percpu = fact->is_percpu,
		.has_initialiser = fact->has_initialiser,
		.is_pointer = fact->is_pointer,
		.other = unit_buffer_keep(unit, fact->record),
	};

	scope_buffer_global(unit_buffer_scope(unit, fact->file), &global);
	return true;
}

/* Adds @detail to the definition of @name in @file. */
static bool add(struct unit_buffer *unit, const char *file, const char *name,
		const struct detail *detail, GError **error)
{
	static const char *const what[N_DETAILS] = {
		[DETAIL_CALL] = "call in",     [DETAIL_ARGUMENT] = "argument of a call in",
		[DETAIL_ACCESS] = "access in", [DETAIL_STORE] = "store in",
		[DETAIL_RETURN] = "return of", [DETAIL_GUARD] = "guard in",
	};

	if (name && scope_buffer_detail(unit_buffer_scope(unit, file), name, detail))
		return true;
	if (!name)
		name = "?";
	if (detail->kind == DETAIL_INITIALISER)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s:%u: value of %s, a variable that was not reported", file,
			    detail->line, name);
	else
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s:%u: %s %s(), a function that was not reported", file, detail->line,
			    what[detail->kind], name);
	return false;
}

bool store_call(void *data, const struct call_fact *fact, GError **error)
{
	struct unit_buffer *unit = ((struct store *)data)->unit;
	struct detail detail = {
		.kind = DETAIL_CALL,
		.seq = fact->seq,
		.line = fact->line,
		.subject = keep_value(unit, &fact->target),
	};

	return add(unit, fact->file, fact->caller, &detail, error);
}

bool store_argument(void *data, const struct argument_fact *fact, GError **error)
{
	struct unit_buffer *unit = ((struct store *)data)->unit;
	struct detail detail = {
		.kind = DETAIL_ARGUMENT,
		.seq = fact->seq,
		.index = fact->index,
		.value = keep_value(unit, &fact->value),
	};

	return add(unit, fact->file, fact->caller, &detail, error);
}

bool store_access(void *data, const struct access_fact *fact, GError **error)
{
	struct unit_buffer *unit = ((struct store *)data)->unit;
	struct detail detail = {
		.kind = DETAIL_ACCESS,
		.line = fact->line,
		.index = fact->mode,
		.subject = { .name = unit_buffer_keep(unit, fact->name),
			     .file = unit_buffer_keep(unit, fact->variable_file),
			     .field = unit_buffer_keep(unit, fact->field) },
		.value = keep_value(unit, &fact->value),
	};

	return add(unit, fact->file, fact->function, &detail, error);
}

bool store_store(void *data, const struct store_fact *fact, GError **error)
{
	struct unit_buffer *unit = ((struct store *)data)->unit;
	struct detail detail = {
		.kind = fact->function ? DETAIL_STORE : DETAIL_INITIALISER,
		.line = fact->line,
		.field = unit_buffer_keep(unit, fact->field),
		.value = keep_value(unit, &fact->value),
	};

	if (!fact->function)
		return add(unit, fact->file, fact->base.name, &detail, error);
	detail.subject = keep_value(unit, &fact->base);
	return add(unit, fact->file, fact->function, &detail, error);
}

bool store_returns(void *data, const struct return_fact *fact, GError **error)
{
	struct unit_buffer *unit = ((struct store *)data)->unit;
	struct detail detail = {
		.kind = DETAIL_RETURN,
		.line = fact->line,
		.value = keep_value(unit, &fact->value),
	};

	return add(unit, fact->file, fact->function, &detail, error);
}

bool store_guard(void *data, const struct guard_fact *fact, GError **error)
{
	struct unit_buffer *unit = ((struct store *)data)->unit;
	struct detail detail = {
		.kind = DETAIL_GUARD,
		.line = fact->line,
		.index = fact->exit,
		.from = fact->from,
		.to = fact->to,
		.when = fact->when,
		.relation = fact->relation,
		.alternatives = fact->alternatives,
		.subject = keep_value(unit, &fact->atom),
		.value = { .kind = VALUE_NUMBER, .number = fact->number },
	};

	return add(unit, fact->file, fact->function, &detail, error);
}
