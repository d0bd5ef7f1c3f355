// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds switched variables. A variable is switched if one function sets the variable to a number,
 * and another function sets the variable back to 0. An exit function does not count, because
 * built-in code is never unloaded.
 */
#include "rules/engine/flow/switched_internal.h"

#include <string.h>

#include "rules/engine/program/references.h"

struct finder {
	const struct program *program;
	const struct facts *facts;
	int32_t (*variable)(void *data, int32_t symbol, int32_t field);
	void *data;
	uint8_t *named;	 /* named[f]: 1 if code or a table refers to function f */
	GHashTable *all; /* 1 + number of the resource -> struct writers */
};

/* The functions that assign to a variable. */
struct writers {
	int32_t on;   /* a function that sets the variable to a number other than 0; -1: none */
	int32_t off;  /* a function that sets the variable to 0; -1: none */
	bool many_on; /* several functions set the variable to a number other than 0 */
	bool is_no_switch; /* a function sets the variable to a known value that is no number */
};

/*
 * Marks the function to which @reference refers. A static initialiser counts only if it stores the
 * address in a field. So module_exit(f) does not mark f: module_exit() defines a pointer variable,
 * and the initialiser of the variable is the address of f.
 */
static void note_reference(void *data, const struct reference *reference)
{
	struct finder *f = data;

	if (reference->from >= 0 || reference->field >= 0)
		f->named[reference->to] = 1;
}

static bool is_exit_code(const struct finder *f, int32_t function)
{
	const char *attributes = f->facts->functions[function].attributes;

	return !f->named[function] || (attributes && strstr(attributes, "section=.exit.text"));
}

static struct writers *writers_of(struct finder *f, int32_t resource)
{
	struct writers *writers = g_hash_table_lookup(f->all, GINT_TO_POINTER(resource + 1));

	if (!writers) {
		writers = g_new(struct writers, 1);
		*writers = (struct writers){ .on = -1, .off = -1 };
		g_hash_table_insert(f->all, GINT_TO_POINTER(resource + 1), writers);
	}
	return writers;
}

static void note_write(struct finder *f, int32_t function, const struct facts_access *a)
{
	int32_t global = f->program->global_of_symbol[a->symbol];
	struct writers *writers;

	if (a->mode != ACCESS_WRITE || global < 0 ||
	    (f->facts->globals[global].is_pointer && a->field < 0))
		return;
	writers = writers_of(f, f->variable(f->data, a->symbol, a->field));
	if (a->value.kind != VALUE_NUMBER)
		writers->is_no_switch |= a->value.kind != VALUE_UNKNOWN;
	else if (a->value.number == 0 && !is_exit_code(f, function))
		writers->off = function;
	else if (a->value.number == 0)
		return;
	else if (writers->on < 0 || writers->on == function)
		writers->on = function;
	else
		writers->many_on = true;
}

GHashTable *switched_find(const struct program *program,
			  int32_t (*variable)(void *data, int32_t symbol, int32_t field),
			  void *data)
{
	struct finder f = {
		.program = program,
		.facts = program->facts,
		.variable = variable,
		.data = data,
		.named = g_new0(uint8_t, program->facts->n_functions + 1),
		.all = g_hash_table_new_full(NULL, NULL, NULL, g_free),
	};
	GHashTable *switched = g_hash_table_new(NULL, NULL);
	GHashTableIter iter;
	gpointer key, value;

	references_each(program, note_reference, &f);
	for (uint32_t i = 0; i < f.facts->n_functions; i++) {
		const struct facts_range *r = &f.facts->functions[i].accesses;

		for (uint32_t a = r->first; a < r->first + r->n; a++)
			note_write(&f, (int32_t)i, &f.facts->accesses[a]);
	}
	g_hash_table_iter_init(&iter, f.all);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		const struct writers *w = value;

		if (w->on >= 0 && w->off >= 0 && (w->on != w->off || w->many_on) &&
		    !w->is_no_switch)
			g_hash_table_add(switched, key);
	}
	g_hash_table_unref(f.all);
	g_free(f.named);
	return switched;
}
