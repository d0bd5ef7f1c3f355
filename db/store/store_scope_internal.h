/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The definitions of one file, as one unit sees them: store_scope.c gathers them,
 * store_scope_write.c stores them. Strings are those of the unit's chunk.
 */
#ifndef INITLINT_DB_STORE_STORE_SCOPE_INTERNAL_H
#define INITLINT_DB_STORE_STORE_SCOPE_INTERNAL_H

#include "db/store/store_internal.h"

/* A fact of a function's body or a variable's initialiser. */
struct detail {
	uint32_t owner; /* index of its definition */
	uint32_t seq;	/* its number among the facts of its kind of that definition */
	struct fact fact;
};

/* A function or variable. */
struct definition {
	struct fact fact;
	uint64_t sum;		     /* of itself and its details */
	bool is_repeat;		     /* of an earlier one; set by scope_buffer_digest() */
	uint32_t n_details[N_FACTS]; /* so far, by kind */
};

struct scope_buffer {
	GArray *functions; /* struct definition */
	GArray *globals;
	GArray *details;	    /* struct detail */
	GHashTable *function_index; /* name -> index + 1 of its latest definition */
	GHashTable *global_index;
};

/*
 * Adds a fact whose strings live as long as the unit. False if it belongs to a function or
 * variable that was not added before.
 */
bool scope_buffer_add(struct scope_buffer *scope, const struct fact *fact);
/* Of all its content; finds repeats. */
int64_t scope_buffer_digest(struct scope_buffer *scope);

#endif
