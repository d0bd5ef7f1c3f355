/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scope: the functions and variables that one unit defines in one file. The file is the source of
 * the unit or an included file. store_scope.c collects a scope in memory. store_scope_write.c
 * writes the scope to the database. The struct unit_buffer of the unit owns the strings of the
 * scope.
 */
#ifndef INITLINT_DB_STORE_STORE_SCOPE_INTERNAL_H
#define INITLINT_DB_STORE_STORE_SCOPE_INTERNAL_H

#include "db/store/store_internal.h"

/* A fact from the body of a function or from the initialiser of a variable, such as a call. */
struct detail {
	uint32_t owner; /* index of the definition in scope_buffer.functions or .globals */
	/*
	 * The number from fact_number(). If fact_number() returns false: the number of the fact
	 * among the facts of this kind and owner, from 0.
	 */
	uint32_t seq;
	struct fact fact;
};

/* A function or variable. */
struct definition {
	struct fact fact;
	uint64_t sum;	/* hash of the definition and its details */
	bool is_repeat; /* an earlier definition has an equal @sum; see scope_buffer_digest() */
	/*
	 * By kind of fact: how many facts from the function's body or the variable's initialiser
	 * have no number of their own so far (fact_number() returns false). struct detail stores
	 * such a fact.
	 */
	uint32_t n_details[N_FACTS];
};

struct scope_buffer {
	GArray *functions; /* struct definition */
	GArray *globals;   /* struct definition */
	GArray *details;   /* struct detail */
	/* name -> 1 + index in @functions of the last definition with this name */
	GHashTable *function_index;
	/* name -> 1 + index in @globals of the last definition with this name */
	GHashTable *global_index;
};

/*
 * Adds @fact. The strings of @fact must live as long as @scope. The function or variable that owns
 * @fact must have been added before: otherwise, returns false.
 */
bool scope_buffer_add(struct scope_buffer *scope, const struct fact *fact);
/*
 * Returns the digest: a hash of all definitions and details. The digest identifies the scope. Sets
 * definition.is_repeat of each definition.
 */
int64_t scope_buffer_digest(struct scope_buffer *scope);

#endif
