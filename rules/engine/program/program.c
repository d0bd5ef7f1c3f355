// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/program/program_internal.h"

#include <string.h>

/*
 * A macro may stand for a function with a longer name. The longer name may be a macro, too. After
 * the first macro, the search for the function follows at most MAX_MACROS further macros.
 */
#define MAX_MACROS 3
const char *program_name(const struct program *program, int32_t function)
{
	const struct facts *facts = program->facts;

	return facts->symbols[facts->functions[function].symbol].name;
}

int32_t program_symbol(const struct program *program, const char *name, const char *file)
{
	const struct facts *facts = program->facts;

	for (uint32_t i = 0; i < facts->n_symbols; i++)
		if (strcmp(facts->symbols[i].name, name) == 0 &&
		    g_strcmp0(facts->symbols[i].file, file) == 0)
			return (int32_t)i;
	return -1;
}

static GArray *functions_named(const struct program *program, const char *name)
{
	GArray *list = g_hash_table_lookup(program->by_name, name);

	if (!list) {
		list = g_array_new(FALSE, FALSE, sizeof(int32_t));
		g_hash_table_insert(program->by_name, (gpointer)name, list);
	}
	return list;
}

/*
 * facts->macros is sorted by name. Returns the index of the first macro with a name >= @name.
 * Returns n_macros if there is no such macro.
 */
static uint32_t first_macro(const struct facts *facts, const char *name)
{
	uint32_t low = 0, high = facts->n_macros;

	while (low < high) {
		uint32_t middle = (low + high) / 2;

		if (strcmp(facts->macros[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * Appends to @found the functions for which the macro @name stands. If the macro stands for a
 * second macro, follows at most @depth further macros.
 */
static void add_targets(const struct program *program, const char *name, unsigned int depth,
			GArray *found)
{
	const struct facts *facts = program->facts;

	for (uint32_t m = first_macro(facts, name);
	     m < facts->n_macros && strcmp(facts->macros[m].name, name) == 0; m++) {
		const char *target = facts->macros[m].target;
		const GArray *list = g_hash_table_lookup(program->by_name, target);

		if (list)
			g_array_append_vals(found, list->data, list->len);
		else if (depth)
			add_targets(program, target, depth - 1, found);
	}
}

/* Adds the macros to program->by_name, so that program_named() needs only this table. */
static void name_macros(struct program *program)
{
	const struct facts *facts = program->facts;
	g_autoptr(GHashTable) targets = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTableIter iter;
	gpointer name, list;

	for (uint32_t m = 0; m < facts->n_macros; m++) {
		GArray *found;

		if (g_hash_table_contains(program->by_name, facts->macros[m].name) ||
		    g_hash_table_contains(targets, facts->macros[m].name))
			continue;
		found = g_array_new(FALSE, FALSE, sizeof(int32_t));
		add_targets(program, facts->macros[m].name, MAX_MACROS, found);
		g_hash_table_insert(targets, (gpointer)facts->macros[m].name, found);
	}
	g_hash_table_iter_init(&iter, targets);
	while (g_hash_table_iter_next(&iter, &name, &list)) {
		if (((GArray *)list)->len)
			g_hash_table_insert(program->by_name, name, list);
		else
			g_array_unref(list);
	}
}

static void link_names(struct program *program)
{
	const struct facts *facts = program->facts;

	program->by_name =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
	for (uint32_t i = 0; i < facts->n_functions; i++) {
		const struct facts_symbol *symbol = &facts->symbols[facts->functions[i].symbol];
		GArray *list = functions_named(program, symbol->name);

		if (symbol->file)
			g_array_append_val(list, i);
		else
			g_array_prepend_val(list, i);
	}
	name_macros(program);
}

const GArray *program_named(const struct program *program, const char *name)
{
	return g_hash_table_lookup(program->by_name, name);
}

/*
 * True if @f is code of the kernel itself: foo.o contains the code of foo.c. The hypervisor and the
 * EFI stub are not the kernel itself. Their object files have other names than their source files,
 * and the symbols in these object files are renamed.
 */
static bool is_kernel_itself(const struct facts_function *f)
{
	const char *dot = strrchr(f->file, '.');
	size_t stem = dot ? (size_t)(dot - f->file) : strlen(f->file);

	return f->object && strncmp(f->object->path, f->file, stem) == 0 &&
	       f->object->path[stem] == '.';
}

/*
 * Returns the rank of the definition @f. Among the definitions of a symbol, the definition with the
 * highest rank is used. @home is the object file of the caller. A weak definition in @home ranks no
 * higher than other weak definitions, because a strong definition in another object file overrides
 * the weak definition.
 */
static int rank(const struct facts_function *f, const struct object *home)
{
	bool is_home = f->object && f->object == home && !f->is_weak;

	return (is_home ? 4 : 0) + (is_kernel_itself(f) ? 2 : 0) + (f->is_weak ? 0 : 1);
}

static int32_t best_definition(const struct program *program, int32_t symbol,
			       const struct object *home)
{
	const struct facts_function *functions = program->facts->functions;
	int32_t best = program->first_function[symbol];

	if (best < 0)
		return -1;
	for (int32_t i = program->next_function[best]; i >= 0; i = program->next_function[i])
		if (rank(&functions[i], home) > rank(&functions[best], home))
			best = i;
	return best;
}

int32_t program_function(const struct program *program, int32_t symbol, int32_t from)
{
	const struct facts_function *functions = program->facts->functions;
	const struct object *home = from >= 0 ? functions[from].object : NULL;
	int32_t function = -1;

	/*
	 * An alias of an alias is rare. The limit of 4 is only there to end the loop if aliases
	 * form a circle.
	 */
	for (int step = 0; symbol >= 0 && step < 4; step++) {
		function = best_definition(program, symbol, home);
		if (function < 0 || functions[function].alias < 0)
			return function;
		symbol = functions[function].alias;
	}
	return function;
}

static void link_symbols(struct program *program)
{
	const struct facts *facts = program->facts;

	program->first_function = g_new(int32_t, facts->n_symbols + 1);
	program->global_of_symbol = g_new(int32_t, facts->n_symbols + 1);
	program->next_function = g_new(int32_t, facts->n_functions + 1);
	for (uint32_t i = 0; i < facts->n_symbols; i++)
		program->first_function[i] = program->global_of_symbol[i] = -1;
	/*
	 * The loop runs backwards, so that each list begins with the first function in the facts.
	 */
	for (uint32_t i = facts->n_functions; i-- > 0;) {
		int32_t symbol = facts->functions[i].symbol;

		program->next_function[i] = program->first_function[symbol];
		program->first_function[symbol] = (int32_t)i;
	}
	for (uint32_t i = facts->n_globals; i-- > 0;) {
		int32_t *global = &program->global_of_symbol[facts->globals[i].symbol];

		if (*global < 0 || !facts->globals[i].is_weak)
			*global = (int32_t)i;
	}
}

static void map_calls(struct program *program)
{
	const struct facts *facts = program->facts;

	program->function_of_call = g_new(int32_t, facts->n_calls + 1);
	for (uint32_t i = 0; i < facts->n_functions; i++) {
		const struct facts_range *calls = &facts->functions[i].calls;

		for (uint32_t c = calls->first; c < calls->first + calls->n; c++)
			program->function_of_call[c] = (int32_t)i;
	}
}

static void build_callers(struct program *program)
{
	uint32_t n = program->facts->n_functions;
	uint32_t n_edges = program->first_edge[n];
	g_autofree uint32_t *fill = g_new0(uint32_t, n + 1);

	program->first_caller = g_new0(uint32_t, n + 1);
	for (uint32_t e = 0; e < n_edges; e++)
		if (program->edges[e].kind == EDGE_DIRECT)
			program->first_caller[program->edges[e].to + 1]++;
	for (uint32_t i = 0; i < n; i++)
		program->first_caller[i + 1] += program->first_caller[i];
	memcpy(fill, program->first_caller, (n + 1) * sizeof(*fill));
	program->callers = g_new(uint32_t, program->first_caller[n] + 1);
	for (uint32_t e = 0; e < n_edges; e++)
		if (program->edges[e].kind == EDGE_DIRECT)
			program->callers[fill[program->edges[e].to]++] = program->edges[e].call;
}

struct program *program_new(const struct facts *facts)
{
	struct program *program = g_new0(struct program, 1);

	program->facts = facts;
	link_symbols(program);
	link_names(program);
	map_calls(program);
	program_link_calls(program);
	build_callers(program);
	return program;
}

void program_free(struct program *program)
{
	if (!program)
		return;
	g_free(program->function_of_call);
	g_free(program->first_function);
	g_free(program->next_function);
	g_free(program->global_of_symbol);
	g_free(program->first_edge);
	g_free(program->edges);
	g_free(program->first_caller);
	g_free(program->callers);
	g_hash_table_unref(program->field_targets);
	g_hash_table_unref(program->by_name);
	g_free(program);
}
