// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the functions that look an element of a container up by a string. Such a function reads the
 * container, passes one of its parameters to a function that compares strings, and returns a
 * pointer.
 */
#include "rules/engine/registry/registry_internal.h"

#include <string.h>

#include "rules/engine/program/variable_key.h"

/* Parameters from MAX_PARAMS on are not followed; see struct registry_builder. */
#define MAX_PARAMS 32

bool registry_compares(const struct registry_builder *b, const struct facts_value *target,
		       int32_t callee)
{
	if (target->kind != VALUE_FUNCTION)
		return false;
	return b->compares_by_name[target->symbol] || (callee >= 0 && b->compares[callee]);
}

static void mark_symbols(struct registry_builder *b, const GPtrArray *models)
{
	g_autoptr(GPtrArray) entries = models_entries(models, MODEL_COMPARES);

	for (guint e = 0; e < entries->len; e++) {
		const struct model_entry *entry = entries->pdata[e];

		for (char **name = entry->functions; *name; name++) {
			int32_t symbol = program_symbol(b->program, *name, NULL);

			if (symbol >= 0)
				b->compares_by_name[symbol] = 1;
		}
	}
}

static bool returns_pointer(const struct facts_function *function)
{
	const char *end = function->type ? strchr(function->type, '(') : NULL;

	while (end && end > function->type && end[-1] == ' ')
		end--;
	return end && end > function->type && end[-1] == '*';
}

/*
 * Sets the bits in b->compares[f] for the parameters of @f that the code of @f compares. A callee
 * that returns a pointer does not count: it looks the parameter up in a container of its own.
 * Returns true if a bit is new.
 */
static bool mark_compared(struct registry_builder *b, int32_t f)
{
	const struct facts *facts = b->facts;
	const struct facts_range *calls = &facts->functions[f].calls;
	uint32_t before = b->compares[f];

	for (uint32_t c = calls->first; c < calls->first + calls->n; c++) {
		const struct facts_value *target = &facts->calls[c].target;
		const struct facts_range *r = &facts->calls[c].arguments;
		int32_t callee = -1;
		bool by_name;

		if (target->kind != VALUE_FUNCTION)
			continue;
		by_name = b->compares_by_name[target->symbol];
		if (!by_name)
			callee = program_function(b->program, target->symbol, f);
		if (!by_name && (callee < 0 || !b->compares[callee] ||
				 returns_pointer(&facts->functions[callee])))
			continue;
		for (uint32_t a = r->first; a < r->first + r->n; a++) {
			const struct facts_argument *argument = &facts->arguments[a];

			if (argument->value.kind != VALUE_PARAM || argument->value.field >= 0 ||
			    argument->value.number >= MAX_PARAMS || argument->index >= MAX_PARAMS)
				continue;
			if (by_name ? argument->index < 2
				    : b->compares[callee] & (1u << argument->index))
				b->compares[f] |= 1u << argument->value.number;
		}
	}
	return b->compares[f] != before;
}

static void add_lookup(struct registry_builder *b, int32_t function, int32_t symbol, int32_t field)
{
	struct registry *registry =
		g_hash_table_lookup(b->by_container, variable_key(symbol, field));
	uint32_t compared = b->compares[function];
	struct registry_function lookup = { .function = function, .field = -1 };

	/* Two compared parameters are two parts of a key, or two keys. */
	if (!registry || !compared || (compared & (compared - 1)) ||
	    !returns_pointer(&b->facts->functions[function]))
		return;
	lookup.param = g_bit_nth_lsf(compared, -1);
	registry_add_function(registry->lookups, &lookup);
}

/*
 * @function reads the variable @symbol, or a part of it. The part may be the container, or a member
 * of the container.
 */
static void add_reader(struct registry_builder *b, int32_t function, int32_t symbol, int32_t field)
{
	add_lookup(b, function, symbol, -1);
	if (field >= 0)
		add_lookup(b, function, symbol, field);
}

/* Adds @function to the look-ups of the containers that its code reads. */
static void add_accesses(struct registry_builder *b, int32_t function)
{
	const struct facts_range *r = &b->facts->functions[function].accesses;

	for (uint32_t a = r->first; a < r->first + r->n; a++) {
		const struct facts_access *access = &b->facts->accesses[a];

		if (access->mode == ACCESS_READ || access->mode == ACCESS_USE)
			add_reader(b, function, access->symbol, access->field);
	}
}

/* Adds the callers of the functions that @entry (of kind MODEL_FINDS) names. */
static void add_finders(struct registry_builder *b, const struct model_entry *entry)
{
	const struct program *p = b->program;

	for (char **name = entry->functions; *name; name++) {
		const GArray *named = program_named(p, *name);

		for (guint i = 0; named && i < named->len; i++) {
			int32_t f = g_array_index(named, int32_t, i);

			for (uint32_t c = p->first_caller[f]; c < p->first_caller[f + 1]; c++) {
				const struct facts_range *r =
					&b->facts->calls[p->callers[c]].arguments;

				for (uint32_t a = r->first; a < r->first + r->n; a++) {
					const struct facts_argument *x = &b->facts->arguments[a];

					if (x->index == (uint32_t)entry->container &&
					    x->value.kind == VALUE_OBJECT)
						add_reader(b, p->function_of_call[p->callers[c]],
							   x->value.symbol, x->value.field);
				}
			}
		}
	}
}

static void find_walks(struct registry_builder *b, int32_t function)
{
	const struct facts_range *r = &b->facts->functions[function].guards;

	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &b->facts->guards[g];
		const struct registry_access walk = { .function = function, .line = guard->line };
		struct registry *registry;

		if (guard->exit != GUARD_LOOP || guard->atom.kind != VALUE_GLOBAL)
			continue;
		registry =
			g_hash_table_lookup(b->by_container, variable_key(guard->atom.symbol, -1));
		if (registry)
			g_array_append_val(registry->walks, walk);
	}
}

void registry_find_walks(struct registry_builder *b)
{
	for (uint32_t f = 0; f < b->facts->n_functions; f++)
		find_walks(b, (int32_t)f);
}

void registry_find_lookups(struct registry_builder *b, const GPtrArray *models)
{
	g_autoptr(GPtrArray) finders = models_entries(models, MODEL_FINDS);
	uint32_t n = b->facts->n_functions;
	bool changed = true;

	b->compares = g_new0(uint32_t, n + 1);
	b->compares_by_name = g_new0(uint8_t, b->facts->n_symbols + 1);
	mark_symbols(b, models);
	while (changed) {
		changed = false;
		for (uint32_t f = 0; f < n; f++)
			changed |= mark_compared(b, (int32_t)f);
	}
	for (uint32_t f = 0; f < n; f++)
		if (b->compares[f])
			add_accesses(b, (int32_t)f);
	for (guint e = 0; e < finders->len; e++)
		add_finders(b, finders->pdata[e]);
}
