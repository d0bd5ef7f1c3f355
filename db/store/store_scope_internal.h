/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The definitions of one unit in one file. store_scope.c collects the definitions.
 * store_scope_write.c stores them. Strings belong to struct unit_buffer.
 */
#ifndef INITLINT_DB_STORE_STORE_SCOPE_INTERNAL_H
#define INITLINT_DB_STORE_STORE_SCOPE_INTERNAL_H

#include "db/store/store_internal.h"

/* A fact of a function's body or a variable's initialiser. */
struct detail {
	uint32_t owner; /* index of its definition */
	uint32_t seq;	/* number among the facts of the same kind and definition */
	struct fact fact;
};

/* A function or variable. */
struct definition {
	struct fact fact;
	uint64_t sum;		     /* of the definition and its details */
	bool is_repeat;		     /* equal to an earlier one; set by scope_buffer_digest() */
	uint32_t n_details[N_FACTS]; /* by kind: next number for a fact without fact_number() */
};

struct scope_buffer {
	GArray *functions; /* struct definition */
	GArray *globals;
	GArray *details;	    /* struct detail */
	GHashTable *function_index; /* name -> index + 1 of the last definition */
	GHashTable *global_index;
};

/*
 * Adds @fact. Its strings must live as long as @scope. Returns false if its function or variable
 * has not been added.
 */
bool scope_buffer_add(struct scope_buffer *scope, const struct fact *fact);
/* Returns the digest of the content. Sets is_repeat of all definitions. */
int64_t scope_buffer_digest(struct scope_buffer *scope);

#endif
