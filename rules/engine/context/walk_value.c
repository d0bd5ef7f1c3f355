// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decides whether a test in the code is true on the walk's path. For this, finds the tested value:
 * an argument that a caller on the path passes, or what a variable or member contains at walk->now
 * (boot_state.h).
 */
#include "rules/engine/context/walk_internal.h"

/* To find one value, the search goes back over at most this number of calls on the path. */
#define MAX_STEPS 8

enum known_kind {
	KNOWN_NOTHING,
	KNOWN_NUMBER,
	KNOWN_POINTER, /* a pointer that is not NULL */
};

struct known {
	enum known_kind kind;
	int64_t number; /* KNOWN_NUMBER: the number */
	/* KNOWN_POINTER: the pointer points to this variable, or to a part of it; -1: not known */
	int32_t symbol;
};

static const struct known nothing = { .kind = KNOWN_NOTHING, .symbol = -1 };
static const struct known zero = { .kind = KNOWN_NUMBER, .symbol = -1 };

static struct known known_value(const struct walk *walk, int32_t function,
				const struct facts_value *value, int steps);

/*
 * Returns the value of the parameter @param of @function: the argument of the last call on the
 * path to @function. @steps is the number of calls that the search has already gone back.
 */
static struct known known_parameter(const struct walk *walk, int32_t function, int64_t param,
				    int steps)
{
	const struct facts *facts = walk->contexts->program->facts;
	uint8_t kind = walk->kind[function];
	const struct facts_range *r;

	/*
	 * With EDGE_CALLBACK or EDGE_PROBE, the call may be one that passes @function to other
	 * code, and the other code calls @function. The arguments of such a call are not the
	 * arguments of @function.
	 */
	if (walk->call[function] == NO_CALL ||
	    (kind != EDGE_DIRECT && kind != EDGE_SINGLE && kind != EDGE_MANY))
		return nothing;
	r = &facts->calls[walk->call[function]].arguments;
	for (uint32_t a = r->first; a < r->first + r->n; a++)
		if (facts->arguments[a].index == param)
			return known_value(walk, walk->from[function], &facts->arguments[a].value,
					   steps + 1);
	return nothing;
}

/*
 * @value is the content of the variable @symbol, or of a member of this variable. Returns @value in
 * the form of a "struct known": a number, a pointer that is not NULL, or nothing. If @symbol is -1,
 * it is not known which variable has the content @value.
 */
static struct known known_content(const struct facts_value *value, int32_t symbol)
{
	switch (value->kind) {
	case VALUE_NUMBER:
		return (struct known){ KNOWN_NUMBER, value->number, -1 };
	case VALUE_OBJECT:
		/*
		 * A list head that points to itself is an empty list. In the facts, list_empty()
		 * tests whether the head is 0. So the head counts as 0.
		 */
		if (value->symbol == symbol)
			return zero;
		return (struct known){ KNOWN_POINTER, 0, value->symbol };
	case VALUE_FUNCTION:
	case VALUE_STRING:
		return (struct known){ KNOWN_POINTER, 0, -1 };
	default:
		return nothing;
	}
}

/*
 * Returns the content of the member @field of the object to which the parameter @param of @function
 * points. If @param is -1, the object is not known.
 */
static struct known known_member(const struct walk *walk, int32_t function, int64_t param,
				 int32_t field, int steps)
{
	struct known base = nothing;
	struct facts_value value;

	if (param >= 0)
		base = known_parameter(walk, function, param, steps);
	value = boot_state_member(walk->contexts->state, base.symbol, field, walk->now);
	return known_content(&value, base.symbol);
}

static struct known known_variable(const struct walk *walk, const struct facts_value *variable)
{
	struct facts_value value = boot_state_variable(walk->contexts->state, variable->symbol,
						       variable->field, walk->now);

	return known_content(&value, variable->symbol);
}

static struct known known_value(const struct walk *walk, int32_t function,
				const struct facts_value *value, int steps)
{
	struct known base;

	if (steps > MAX_STEPS)
		return nothing;
	switch (value->kind) {
	case VALUE_NUMBER:
		return (struct known){ KNOWN_NUMBER, value->number, -1 };
	case VALUE_STRING:
	case VALUE_FUNCTION:
		return (struct known){ KNOWN_POINTER, 0, -1 };
	case VALUE_OBJECT:
		return (struct known){ KNOWN_POINTER, 0, value->symbol };
	case VALUE_PARAM:
		base = known_parameter(walk, function, value->number, steps);
		/*
		 * If value->field is not -1, the value is the address of a member of the object to
		 * which the parameter points. If the object is not known, the address of the member
		 * is not known, either.
		 */
		return value->field >= 0 && base.symbol < 0 ? nothing : base;
	case VALUE_LOADED:
		if (!walk->contexts->state)
			return nothing;
		return known_member(walk, function, value->number, value->field, steps);
	case VALUE_GLOBAL:
		return walk->contexts->state && walk->decides_globals ? known_variable(walk, value)
								      : nothing;
	default:
		return nothing;
	}
}

static bool holds(const struct facts_guard *guard, int64_t number)
{
	switch (guard->relation) {
	case RELATION_EQ:
		return number == guard->number;
	case RELATION_NE:
		return number != guard->number;
	case RELATION_LT:
		return number < guard->number;
	case RELATION_LE:
		return number <= guard->number;
	case RELATION_GT:
		return number > guard->number;
	case RELATION_GE:
		return number >= guard->number;
	case RELATION_BITS:
		return number & guard->number;
	default:
		return !(number & guard->number);
	}
}

/*
 * Returns the outcome of a test that compares @known with the address of the variable @object. The
 * test passes if the two are equal.
 */
static enum outcome identity_outcome(const struct walk *walk, int32_t object,
				     const struct known *known)
{
	if (known->kind == KNOWN_NUMBER)
		return OUTCOME_FAILS;
	if (known->kind == KNOWN_POINTER && known->symbol >= 0)
		return known->symbol == object ? OUTCOME_PASSES : OUTCOME_FAILS;
	if (walk->contexts->state &&
	    !boot_state_is_handed_out(walk->contexts->state, object, walk->now))
		return OUTCOME_FAILS;
	return OUTCOME_OPEN;
}

enum outcome walk_outcome(const struct walk *walk, int32_t function,
			  const struct facts_guard *guard)
{
	struct known known;

	if (guard->relation == RELATION_NONE || walk->visited[function] != walk->stamp)
		return OUTCOME_OPEN;
	known = known_value(walk, function, &guard->atom, 0);
	if (guard->object >= 0)
		return identity_outcome(walk, guard->object, &known);
	if (known.kind == KNOWN_NUMBER)
		return holds(guard, known.number) ? OUTCOME_PASSES : OUTCOME_FAILS;
	if (known.kind != KNOWN_POINTER || guard->number != 0)
		return OUTCOME_OPEN;
	if (guard->relation == RELATION_NE)
		return OUTCOME_PASSES;
	return guard->relation == RELATION_EQ ? OUTCOME_FAILS : OUTCOME_OPEN;
}
