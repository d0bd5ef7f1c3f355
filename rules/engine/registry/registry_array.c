// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds arrays of pointers that are registries. The key is the index of the element: a parameter, a
 * member of the object that a parameter points to, or a constant.
 */
#include "rules/engine/registry/registry_internal.h"

#include <stdlib.h>
#include <string.h>

#include "rules/engine/program/variable_key.h"

/* True if a static initialiser sets elements of the array @symbol, or if its definition is unknown. */
static bool is_preset(const struct registry_builder *b, int32_t symbol)
{
	int32_t global = b->program->global_of_symbol[symbol];

	return global < 0 || b->facts->globals[global].has_initialiser;
}

/* True if parameter @param of @function is a pointer. */
static bool is_pointer(const struct facts_function *function, int64_t param)
{
	const char *p = function->type ? strchr(function->type, '(') : NULL;
	int depth = 0;

	for (p = p ? p + 1 : ""; *p && param >= 0; p++) {
		depth += (*p == '(') - (*p == ')');
		if (depth < 0)
			break;
		if (*p == ',' && depth == 0)
			param--;
		else if (*p == '*' && param == 0)
			return true;
	}
	return false;
}

/* True if @access stores an object of the caller, or a variable, in the element. */
static bool is_insert(const struct registry_builder *b, int32_t function,
		      const struct facts_access *access)
{
	if (access->mode != ACCESS_WRITE)
		return false;
	return access->value.kind == VALUE_OBJECT ||
	       (access->value.kind == VALUE_PARAM &&
		is_pointer(&b->facts->functions[function], access->value.number));
}

static bool is_lookup(const struct facts_access *access)
{
	return access->mode == ACCESS_READ || access->mode == ACCESS_USE;
}

/* @function uses a parameter as the index of @access. */
static void add_function(const struct registry_builder *b, struct registry *registry,
			 int32_t function, const struct facts_access *access)
{
	const struct registry_function added = { function, access->index_param,
						 access->index_field };

	if (is_insert(b, function, access))
		registry_add_function(registry->inserts, &added);
	else if (access->index_field < 0)
		registry_add_function(registry->lookups, &added);
}

static void add_constant(const struct registry_builder *b, struct registry *registry,
			 int32_t function, const struct facts_access *access)
{
	struct registry_access added = { .function = function,
					 .line = access->line,
					 .inserts = is_insert(b, function, access) };
	const char *index = b->facts->fields[access->field] + 1;
	char *end;

	added.key = strtoll(index, &end, 10);
	if (end != index)
		g_array_append_val(registry->accesses, added);
}

static void add_access(struct registry_builder *b, int32_t function,
		       const struct facts_access *access)
{
	struct registry *registry;

	if (!facts_is_element(b->facts, access->field) || is_preset(b, access->symbol) ||
	    (!is_insert(b, function, access) && !is_lookup(access)))
		return;
	registry = registry_of(b, access->symbol, -1);
	registry->is_array = true;
	if (access->index_param >= 0)
		add_function(b, registry, function, access);
	else
		add_constant(b, registry, function, access);
}

void registry_find_arrays(struct registry_builder *b)
{
	for (uint32_t f = 0; f < b->facts->n_functions; f++) {
		const struct facts_range *r = &b->facts->functions[f].accesses;

		for (uint32_t a = r->first; a < r->first + r->n; a++)
			add_access(b, (int32_t)f, &b->facts->accesses[a]);
	}
}
