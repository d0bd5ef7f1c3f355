// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/boot_state.h"

#include <string.h>

#include "rules/engine/program/variable_key.h"

#define NEVER UINT32_MAX

/*
 * When a variable, or a member of a variable, changes. Only changes by code that names the variable
 * count here. Changes through pointers are in boot_state.stores.
 */
struct changes {
	uint32_t any; /* the first moment of a change; NEVER: nothing changes the value */
	/* The first moment of a change that may make the value nonzero; NEVER: no such change. */
	uint32_t nonzero;
};

struct boot_state {
	const struct program *program;
	const struct facts *facts;
	const struct escape *escape;
	const uint8_t *tunables; /* as of boot_state_new() */
	uint32_t n_words;	 /* number of elements of each bitmap in @stores */
	/*
	 * By field: a bitmap with one bit for each moment. The bit of a moment is 1 if code that
	 * runs at this moment may store a value other than 0 in the field through a pointer. NULL:
	 * all bits are 0.
	 */
	uint64_t **stores;
	/*
	 * By field: the first moment at which code may make the field nonzero in an object that the
	 * code names. NEVER: no code that runs does so.
	 */
	uint32_t *named_since;
	/*
	 * By field: true if a function stores a value other than 0 in the field, even if the
	 * function does not run. Also true if a static initialiser sets the field to a value other
	 * than 0.
	 */
	uint8_t *is_stored;
	/*
	 * By field: the first moment at which an object escapes (escape.h) whose static initialiser
	 * sets the field to a value other than 0. NEVER: no object of this kind escapes.
	 */
	uint32_t *preset_since;
	uint8_t *has_run; /* by function: boot_state_run() was called for the function */
	/*
	 * By symbol: the first moment at which the variable is handed out: code passes, stores or
	 * returns the address of the variable, or another variable whose initialiser contains the
	 * address escapes. NEVER: the variable is not handed out.
	 */
	uint32_t *handed_since;
	/*
	 * Like @handed_since, except that a call does not count if it passes the address to a
	 * parameter that points to const.
	 */
	uint32_t *writable_since;
	/*
	 * By symbol: true if the initialiser of another variable contains the variable's address.
	 */
	uint8_t *is_exposed;
	/*
	 * variable_key() -> struct changes. The table has an entry for each variable or member
	 * that a function changes by name, even if the function does not run.
	 */
	GHashTable *changes;
};

static const struct facts_value unknown = { .kind = VALUE_UNKNOWN, .symbol = -1, .field = -1 };
static const struct facts_value zero = { .kind = VALUE_NUMBER, .symbol = -1, .field = -1 };

/*
 * True if @access may change the variable or member, or takes an address through which other code
 * may change it.
 */
static bool is_change(const struct boot_state *state, const struct facts_access *access)
{
	int32_t global = state->program->global_of_symbol[access->symbol];

	switch (access->mode) {
	case ACCESS_WRITE:
	case ACCESS_UPDATE:
		return true;
	case ACCESS_ADDRESS:
		/*
		 * The address of a whole struct does not count. If code stores to a member through
		 * this address, the store is in state->stores.
		 */
		return access->field >= 0 || global < 0 || !state->facts->globals[global].record;
	default:
		return false;
	}
}

static struct changes *changes_of(const struct boot_state *state, int32_t symbol, int32_t field)
{
	return g_hash_table_lookup(state->changes, variable_key(symbol, field));
}

static void add_changes(struct boot_state *state, int32_t symbol, int32_t field)
{
	struct changes *changes;

	if (changes_of(state, symbol, field))
		return;
	changes = g_new(struct changes, 1);
	*changes = (struct changes){ NEVER, NEVER };
	g_hash_table_insert(state->changes, variable_key(symbol, field), changes);
}

static void note_changes(struct boot_state *state, int32_t function)
{
	const struct facts_range *r = &state->facts->functions[function].accesses;

	for (uint32_t i = r->first; i < r->first + r->n; i++) {
		const struct facts_access *access = &state->facts->accesses[i];

		if (is_change(state, access))
			add_changes(state, access->symbol, access->field);
	}
	r = &state->facts->functions[function].stores;
	for (uint32_t i = r->first; i < r->first + r->n; i++) {
		const struct facts_store *store = &state->facts->stores[i];

		if (store->field < 0)
			continue;
		if (store->base.kind == VALUE_OBJECT)
			add_changes(state, store->base.symbol, store->field);
		if (!facts_is_zero(&store->value))
			state->is_stored[store->field] = 1;
	}
}

/*
 * If @value is the address of a variable, notes that code hands out the address at @moment.
 * @is_const: the code that gets the address must not change the variable.
 */
static void hand_out(struct boot_state *state, const struct facts_value *value, bool is_const,
		     uint32_t moment)
{
	uint32_t *since = state->handed_since, *writable = state->writable_since;

	if (value->kind != VALUE_OBJECT)
		return;
	since[value->symbol] = MIN(since[value->symbol], moment);
	if (!is_const)
		writable[value->symbol] = MIN(writable[value->symbol], moment);
}

static void note_initialisers(struct boot_state *state)
{
	for (uint32_t i = 0; i < state->facts->n_globals; i++) {
		const struct facts_global *global = &state->facts->globals[i];
		uint32_t since = escape_object_since(state->escape, global->symbol);

		for (uint32_t s = global->stores.first; s < global->stores.first + global->stores.n;
		     s++) {
			const struct facts_store *store = &state->facts->stores[s];

			if (store->value.kind == VALUE_OBJECT &&
			    store->value.symbol != global->symbol &&
			    !state->tunables[store->value.symbol]) {
				state->is_exposed[store->value.symbol] = 1;
				hand_out(state, &store->value, false, since);
			}
			if (store->field < 0 || facts_is_zero(&store->value))
				continue;
			state->is_stored[store->field] = 1;
			state->preset_since[store->field] =
				MIN(state->preset_since[store->field], since);
		}
	}
}

struct boot_state *boot_state_new(const struct program *program, const struct escape *escape,
				  const uint8_t *tunables, uint32_t n_moments)
{
	struct boot_state *state = g_new0(struct boot_state, 1);
	const struct facts *facts = program->facts;

	state->program = program;
	state->facts = facts;
	state->escape = escape;
	state->tunables = tunables;
	state->n_words = n_moments / 64 + 1;
	state->stores = g_new0(uint64_t *, facts->n_fields + 1);
	state->is_stored = g_new0(uint8_t, facts->n_fields + 1);
	state->preset_since = g_new(uint32_t, facts->n_fields + 1);
	state->named_since = g_new(uint32_t, facts->n_fields + 1);
	for (uint32_t i = 0; i < facts->n_fields; i++)
		state->preset_since[i] = state->named_since[i] = NEVER;
	state->has_run = g_new0(uint8_t, facts->n_functions + 1);
	state->handed_since = g_new(uint32_t, facts->n_symbols + 1);
	state->writable_since = g_new(uint32_t, facts->n_symbols + 1);
	for (uint32_t i = 0; i < facts->n_symbols; i++)
		state->handed_since[i] = state->writable_since[i] = NEVER;
	state->is_exposed = g_new0(uint8_t, facts->n_symbols + 1);
	state->changes = g_hash_table_new_full(variable_key_hash, NULL, NULL, g_free);
	for (uint32_t i = 0; i < facts->n_functions; i++)
		note_changes(state, (int32_t)i);
	return state;
}

void boot_state_free(struct boot_state *state)
{
	if (!state)
		return;
	for (uint32_t i = 0; i < state->facts->n_fields; i++)
		g_free(state->stores[i]);
	g_free(state->stores);
	g_free(state->is_stored);
	g_free(state->preset_since);
	g_free(state->named_since);
	g_free(state->has_run);
	g_free(state->handed_since);
	g_free(state->writable_since);
	g_free(state->is_exposed);
	g_hash_table_unref(state->changes);
	g_free(state);
}

static void change(struct boot_state *state, int32_t symbol, int32_t field, bool nonzero,
		   uint32_t moment)
{
	struct changes *changes = changes_of(state, symbol, field);

	changes->any = MIN(changes->any, moment);
	if (!nonzero)
		return;
	changes->nonzero = MIN(changes->nonzero, moment);
	if (field >= 0)
		state->named_since[field] = MIN(state->named_since[field], moment);
}

static void run_stores(struct boot_state *state, int32_t function, uint32_t moment)
{
	const struct facts_range *r = &state->facts->functions[function].stores;

	for (uint32_t i = r->first; i < r->first + r->n; i++) {
		const struct facts_store *store = &state->facts->stores[i];

		if (store->field < 0)
			continue;
		if (store->base.kind == VALUE_OBJECT) {
			change(state, store->base.symbol, store->field,
			       !facts_is_zero(&store->value), moment);
			continue;
		}
		if (facts_is_zero(&store->value))
			continue;
		if (!state->stores[store->field])
			state->stores[store->field] = g_new0(uint64_t, state->n_words);
		state->stores[store->field][moment / 64] |= UINT64_C(1) << moment % 64;
	}
}

static void run_accesses(struct boot_state *state, int32_t function, uint32_t moment)
{
	const struct facts_range *r = &state->facts->functions[function].accesses;

	for (uint32_t i = r->first; i < r->first + r->n; i++) {
		const struct facts_access *access = &state->facts->accesses[i];

		if (is_change(state, access))
			change(state, access->symbol, access->field,
			       access->mode != ACCESS_WRITE || !facts_is_zero(&access->value),
			       moment);
	}
}

/*
 * True if the parameter @index of a function is a pointer to const. @type is the type of the
 * function, such as "int (const struct list_head *, int)". If @type is NULL, the type is not
 * known, and the result is false.
 */
static bool is_const_parameter(const char *type, uint32_t index)
{
	const char *p = type ? strchr(type, '(') : NULL;
	int depth = 0;

	for (p = p ? p + 1 : NULL; p && *p && index; p++) {
		depth += *p == '(';
		depth -= *p == ')';
		index -= *p == ',' && depth == 0;
	}
	return p && g_str_has_prefix(g_str_has_prefix(p, " ") ? p + 1 : p, "const ");
}

static void run_call(struct boot_state *state, int32_t function, const struct facts_call *call,
		     uint32_t moment)
{
	const struct facts *facts = state->facts;
	const char *type = NULL;
	int32_t callee = -1;

	if (call->target.kind == VALUE_FUNCTION)
		callee = program_function(state->program, call->target.symbol, function);
	if (callee >= 0)
		type = facts->functions[callee].type;
	for (uint32_t a = call->arguments.first; a < call->arguments.first + call->arguments.n; a++)
		hand_out(state, &facts->arguments[a].value,
			 is_const_parameter(type, facts->arguments[a].index), moment);
}

static void run_addresses(struct boot_state *state, int32_t function, uint32_t moment)
{
	const struct facts *facts = state->facts;
	const struct facts_function *f = &facts->functions[function];

	for (uint32_t i = f->stores.first; i < f->stores.first + f->stores.n; i++)
		hand_out(state, &facts->stores[i].value, false, moment);
	for (uint32_t i = f->returns.first; i < f->returns.first + f->returns.n; i++)
		hand_out(state, &facts->returns[i].value, false, moment);
	for (uint32_t i = f->accesses.first; i < f->accesses.first + f->accesses.n; i++)
		hand_out(state, &facts->accesses[i].value, false, moment);
	for (uint32_t c = f->calls.first; c < f->calls.first + f->calls.n; c++)
		run_call(state, function, &facts->calls[c], moment);
}

void boot_state_run(struct boot_state *state, int32_t function, uint32_t moment)
{
	run_stores(state, function, moment);
	/*
	 * run_accesses() and run_addresses() note the first moment of an event. @moment never
	 * decreases, so only the first run of @function matters.
	 */
	if (!state->has_run[function]) {
		run_accesses(state, function, moment);
		run_addresses(state, function, moment);
	}
	state->has_run[function] = 1;
}

void boot_state_complete(struct boot_state *state)
{
	note_initialisers(state);
}

/*
 * True if code may store a value other than 0 in @field through a pointer, at a moment from @from
 * to @to. @from and @to are included.
 */
static bool is_stored_between(const struct boot_state *state, int32_t field, uint32_t from,
			      uint32_t to)
{
	const uint64_t *bits = state->stores[field];

	for (uint32_t word = from / 64; bits && word <= to / 64 && word < state->n_words; word++) {
		uint64_t mask = UINT64_MAX;

		if (word == from / 64)
			mask &= UINT64_MAX << from % 64;
		if (word == to / 64)
			mask &= UINT64_MAX >> (63 - to % 64);
		if (bits[word] & mask)
			return true;
	}
	return false;
}

/*
 * Returns the value that @field of @global has before the boot runs any code. If @field is -1,
 * returns the value of the whole variable. If the value is not known, the kind of the result is
 * VALUE_UNKNOWN.
 */
static struct facts_value initial_value(const struct boot_state *state,
					const struct facts_global *global, int32_t field)
{
	struct facts_value value = zero;
	bool found = false;

	for (uint32_t s = global->stores.first; s < global->stores.first + global->stores.n; s++) {
		const struct facts_store *store = &state->facts->stores[s];

		if (store->field != field)
			continue;
		/*
		 * The initialiser sets @field more than once: in several elements of an array, or
		 * in several members that have one struct type.
		 */
		if (found)
			return unknown;
		value = store->value;
		found = true;
	}
	if (!found && field < 0 && global->has_initialiser)
		return unknown;
	return value;
}

/*
 * True if the member @field of the variable @symbol may have changed at @moment or earlier. If
 * @field is -1, the result is about the whole variable. If @nonzero is true, only changes that may
 * make the value nonzero count.
 */
static bool may_have_changed(const struct boot_state *state, int32_t symbol, int32_t field,
			     uint32_t moment, bool nonzero)
{
	uint32_t from;
	const struct changes *member = changes_of(state, symbol, field);
	const struct changes *whole = changes_of(state, symbol, -1);

	if (member && (nonzero ? member->nonzero : member->any) <= moment)
		return true;
	if (field < 0)
		return false;
	if (whole && (nonzero ? whole->nonzero : whole->any) <= moment)
		return true;
	/*
	 * A store through a pointer changes the object only if code has a pointer to the object.
	 * An object that escapes at moment 0 belongs to a table that the linker builds (escape.h).
	 * Code may find a pointer to the object through this table at any moment.
	 */
	from = escape_object_since(state->escape, symbol) ? state->writable_since[symbol] : 0;
	return from <= moment && is_stored_between(state, field, from, moment);
}

struct facts_value boot_state_member(const struct boot_state *state, int32_t symbol, int32_t field,
				     uint32_t moment)
{
	int32_t global = symbol >= 0 ? state->program->global_of_symbol[symbol] : -1;
	struct facts_value value;

	if (field < 0 || facts_is_element(state->facts, field))
		return unknown;
	if (symbol < 0)
		return state->is_stored[field] && state->preset_since[field] > moment &&
				       state->named_since[field] > moment &&
				       !is_stored_between(state, field, 0, moment)
			       ? zero
			       : unknown;
	if (global < 0)
		return unknown;
	value = initial_value(state, &state->facts->globals[global], field);
	return may_have_changed(state, symbol, field, moment, facts_is_zero(&value)) ? unknown
										     : value;
}

struct facts_value boot_state_variable(const struct boot_state *state, int32_t symbol,
				       int32_t field, uint32_t moment)
{
	int32_t global = symbol >= 0 ? state->program->global_of_symbol[symbol] : -1;
	struct facts_value value;

	if (global < 0 || facts_is_element(state->facts, field) || state->is_exposed[symbol] ||
	    state->facts->globals[global].is_percpu)
		return unknown;
	/*
	 * Assembly code or the linker may set a variable that no C code changes. So the value of
	 * such a variable is not known.
	 */
	if (!state->tunables[symbol] && !changes_of(state, symbol, field) &&
	    !(field >= 0 && (state->is_stored[field] || changes_of(state, symbol, -1))))
		return unknown;
	value = initial_value(state, &state->facts->globals[global], field);
	if (may_have_changed(state, symbol, field, moment, facts_is_zero(&value)))
		return unknown;
	return value;
}

bool boot_state_is_handed_out(const struct boot_state *state, int32_t symbol, uint32_t moment)
{
	return state->handed_since[symbol] <= moment;
}
