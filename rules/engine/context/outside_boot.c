// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/outside_boot_internal.h"

#include <string.h>

#include "rules/engine/files/model.h"
#include "rules/engine/program/model_names.h"
#include "rules/engine/program/references.h"

/*
 * Properties of a function. An operation is a function in a field that models name, such as
 * dev_pm_ops.suspend. The analysis assumes that no boot calls an operation. A reference to a
 * function is a call to the function, or code or a static initialiser that takes the function's
 * address. NAMED_OUTSIDE and NAMED_IN_BOOT are valid only during one pass of spread_outside().
 */
enum {
	/* the function is a probe or is in .init.text, so the boot runs the function */
	BOOTS = 1,
	OPERATION = 2, /* the function is an operation or the callback of a notifier */
	LEADS_OUT = 4, /* the function calls operations, directly or through callees */
	/* LEADS_OUT is set, too, and a function with BOOTS or FROM_BOOT calls the function */
	FROM_BOOT = 8,
	/* no boot runs the function: outside_boot_find() returns 1 for the function */
	OUTSIDE = 16,
	/*
	 * A reference to the function is in a function that has OUTSIDE or LEADS_OUT, but not
	 * FROM_BOOT.
	 */
	NAMED_OUTSIDE = 32,
	/*
	 * A reference to the function is in a static initialiser, or in a function that has neither
	 * OUTSIDE nor LEADS_OUT.
	 */
	NAMED_IN_BOOT = 64,
};

struct finder {
	const struct program *program;
	const struct facts *facts;
	uint8_t *is_operation; /* by field: true if functions in the field are operations */
	uint8_t *is_read;      /* by symbol: true if some code reads the variable */
	/*
	 * Key: index of a global that is a registered notifier. Value: 1 + the index of the field
	 * that contains the notifier's callback.
	 */
	GHashTable *notifiers;
	uint8_t *flags;	    /* by function: bits such as BOOTS and OPERATION */
	GArray *references; /* struct reference: see add_reference() */
};

static void note_registration(struct finder *f, const struct facts_call *call, int argument,
			      int32_t field)
{
	const struct facts_range *r = &call->arguments;

	for (uint32_t a = r->first; a < r->first + r->n; a++) {
		const struct facts_argument *arg = &f->facts->arguments[a];
		int32_t global = -1;

		if ((int)arg->index == argument && arg->value.kind == VALUE_OBJECT)
			global = f->program->global_of_symbol[arg->value.symbol];
		if (global >= 0)
			g_hash_table_insert(f->notifiers, GINT_TO_POINTER(global),
					    GINT_TO_POINTER(field + 1));
	}
}

/*
 * Code passes notifiers to the registration functions in @entry. Adds these notifiers to
 * f->notifiers.
 */
static void note_notifiers(struct finder *f, const struct model_entry *entry)
{
	int32_t field = facts_field(f->facts, entry->field);

	for (char **name = entry->functions; field >= 0 && *name; name++) {
		g_autoptr(GArray) found = model_name_functions(f->program, *name);

		for (guint i = 0; i < found->len; i++) {
			int32_t function = g_array_index(found, int32_t, i);

			for (uint32_t c = f->program->first_caller[function];
			     c < f->program->first_caller[function + 1]; c++)
				note_registration(f, &f->facts->calls[f->program->callers[c]],
						  entry->argument, field);
		}
	}
}

static void mark_probes(struct finder *f, const struct model_entry *entry)
{
	int32_t field = entry->field ? facts_field(f->facts, entry->field) : -1;
	const GArray *targets = NULL;

	if (field >= 0)
		targets =
			g_hash_table_lookup(f->program->field_targets, GINT_TO_POINTER(field + 1));
	for (guint i = 0; targets && i < targets->len; i++)
		f->flags[g_array_index(targets, int32_t, i)] |= BOOTS;
}

static void read_models(struct finder *f, const GPtrArray *models)
{
	for (guint m = 0; m < models->len; m++) {
		const struct model *model = models->pdata[m];

		for (guint e = 0; e < model->entries->len; e++) {
			const struct model_entry *entry = model->entries->pdata[e];

			if (entry->kind == MODEL_PROBES)
				mark_probes(f, entry);
			else if (entry->kind == MODEL_OUTSIDE_BOOT && entry->functions)
				note_notifiers(f, entry);
			else if (entry->kind == MODEL_OUTSIDE_BOOT)
				model_mark_fields(f->facts, entry->fields, f->is_operation);
		}
	}
}

static void mark_read(struct finder *f, const struct facts_value *value)
{
	if (value->kind == VALUE_GLOBAL && value->symbol >= 0)
		f->is_read[value->symbol] = 1;
}

static void scan_function(struct finder *f, int32_t index)
{
	const struct facts_function *function = &f->facts->functions[index];
	const struct facts_range *r = &function->accesses;

	if (function->attributes && strstr(function->attributes, "section=.init.text"))
		f->flags[index] |= BOOTS;
	for (uint32_t a = r->first; a < r->first + r->n; a++)
		f->is_read[f->facts->accesses[a].symbol] = 1;
	r = &function->calls;
	for (uint32_t c = r->first; c < r->first + r->n; c++) {
		const struct facts_value *target = &f->facts->calls[c].target;

		mark_read(f, target);
		if (target->kind == VALUE_LOADED && target->field >= 0 &&
		    f->is_operation[target->field] && !(f->flags[index] & BOOTS))
			f->flags[index] |= LEADS_OUT;
	}
}

/*
 * True if @reference is in the initialiser of a pointer variable that no code reads. Variables of
 * this kind come from EXPORT_SYMBOL() and module_exit(). @reference->global must not be -1.
 */
static bool is_address_only(const struct finder *f, const struct reference *reference)
{
	const struct facts_global *global = &f->facts->globals[reference->global];

	return reference->field < 0 && global->is_pointer && global->stores.n == 1 &&
	       !f->is_read[global->symbol];
}

/*
 * If @reference stores a function as an operation or as the callback of a notifier, sets OPERATION
 * for the function. Otherwise adds @reference to f->references. Ignores references of a function to
 * itself, and references that come from EXPORT_SYMBOL() or module_exit().
 */
static void add_reference(void *data, const struct reference *reference)
{
	struct finder *f = data;

	if (reference->to == reference->from ||
	    (reference->global >= 0 && is_address_only(f, reference)))
		return;
	if (reference->field >= 0 &&
	    (f->is_operation[reference->field] ||
	     (reference->global >= 0 &&
	      GPOINTER_TO_INT(g_hash_table_lookup(
		      f->notifiers, GINT_TO_POINTER(reference->global))) == reference->field + 1)))
		f->flags[reference->to] |= OPERATION;
	else
		g_array_append_vals(f->references, reference, 1);
}

/*
 * Sets LEADS_OUT for each function without BOOTS that calls a function with LEADS_OUT. Returns true
 * if a flag changed.
 */
static bool spread_to_callers(struct finder *f)
{
	bool changed = false;

	for (guint i = 0; i < f->references->len; i++) {
		const struct reference *r = &g_array_index(f->references, struct reference, i);

		if (!r->is_call || !(f->flags[r->to] & LEADS_OUT) ||
		    (f->flags[r->from] & (LEADS_OUT | BOOTS)))
			continue;
		f->flags[r->from] |= LEADS_OUT;
		changed = true;
	}
	return changed;
}

/*
 * If a function with BOOTS or FROM_BOOT calls a function with LEADS_OUT, sets FROM_BOOT for the
 * called function. Returns true if a flag changed.
 */
static bool spread_from_boot(struct finder *f)
{
	bool changed = false;

	for (guint i = 0; i < f->references->len; i++) {
		const struct reference *r = &g_array_index(f->references, struct reference, i);

		if (!r->is_call || !(f->flags[r->from] & (BOOTS | FROM_BOOT)) ||
		    (f->flags[r->to] & (LEADS_OUT | FROM_BOOT)) != LEADS_OUT)
			continue;
		f->flags[r->to] |= FROM_BOOT;
		changed = true;
	}
	return changed;
}

static void classify_reference(struct finder *f, const struct reference *reference)
{
	uint8_t from = reference->from >= 0 ? f->flags[reference->from] : 0;

	if (!(from & (OUTSIDE | LEADS_OUT)))
		f->flags[reference->to] |= NAMED_IN_BOOT;
	else if (!(from & FROM_BOOT))
		f->flags[reference->to] |= NAMED_OUTSIDE;
}

/*
 * Sets OUTSIDE for each function that meets the conditions in the comment on outside_boot_find().
 * Returns true if OUTSIDE changed for a function. Then another pass may find more functions,
 * because the conditions depend on OUTSIDE of other functions.
 */
static bool spread_outside(struct finder *f)
{
	bool changed = false;

	for (guint i = 0; i < f->references->len; i++)
		classify_reference(f, &g_array_index(f->references, struct reference, i));
	for (uint32_t i = 0; i < f->facts->n_functions; i++) {
		uint8_t flags = f->flags[i];

		f->flags[i] &= (uint8_t)~(NAMED_OUTSIDE | NAMED_IN_BOOT);
		if ((flags & (BOOTS | OUTSIDE | NAMED_IN_BOOT)) ||
		    !(flags & (OPERATION | NAMED_OUTSIDE)))
			continue;
		f->flags[i] |= OUTSIDE;
		changed = true;
	}
	return changed;
}

uint8_t *outside_boot_find(const struct program *program, const GPtrArray *models)
{
	struct finder f = {
		.program = program,
		.facts = program->facts,
		.is_operation = g_new0(uint8_t, program->facts->n_fields + 1),
		.is_read = g_new0(uint8_t, program->facts->n_symbols + 1),
		.notifiers = g_hash_table_new(NULL, NULL),
		.flags = g_new0(uint8_t, program->facts->n_functions + 1),
		.references = g_array_new(FALSE, FALSE, sizeof(struct reference)),
	};

	read_models(&f, models);
	for (uint32_t i = 0; i < f.facts->n_functions; i++)
		scan_function(&f, (int32_t)i);
	references_each(program, add_reference, &f);
	while (spread_to_callers(&f))
		;
	while (spread_from_boot(&f))
		;
	while (spread_outside(&f))
		;
	for (uint32_t i = 0; i < f.facts->n_functions; i++)
		f.flags[i] = (f.flags[i] & OUTSIDE) != 0;
	g_array_unref(f.references);
	g_hash_table_unref(f.notifiers);
	g_free(f.is_read);
	g_free(f.is_operation);
	return f.flags;
}
