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
	uint32_t owner; /* index of the definition in scope_buffer.functions or .globals */
	uint32_t seq;	/* number of the fact among the facts of its kind and definition */
	struct fact fact;
};

/* A function or variable. */
struct definition {
	struct fact fact;
	uint64_t sum;	/* hash of the definition and its details */
	bool is_repeat; /* @sum equals that of an earlier definition; see scope_buffer_digest() */
	uint32_t n_details[N_FACTS]; /* by kind: details for which fact_number() returned false */
};

struct scope_buffer {
	GArray *functions;	    /* struct definition */
	GArray *globals;	    /* struct definition */
	GArray *details;	    /* struct detail */
	GHashTable *function_index; /* name -> index + 1 of its last definition in @functions */
	GHashTable *global_index;   /* name -> index + 1 of its last definition in @globals */
};

/*
 * Adds @fact. The strings of @fact must live as long as @scope. Returns false if the function or
 * variable of @fact was not added before.
 */
bool scope_buffer_add(struct scope_buffer *scope, const struct fact *fact);
/* Returns a digest of all definitions and details. Sets is_repeat of all definitions. */
int64_t scope_buffer_digest(struct scope_buffer *scope);

#endif
