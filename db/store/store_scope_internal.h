/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is gathered of one file of a unit: store_scope.c fills it, store_scope_write.c
 * stores it. Strings are those of the unit's chunk; private to these two and
 * store_facts.c, which makes the records.
 */
#ifndef INITLINT_DB_STORE_STORE_SCOPE_INTERNAL_H
#define INITLINT_DB_STORE_STORE_SCOPE_INTERNAL_H

#include "db/store/store_internal.h"

enum detail_kind {
	DETAIL_CALL,
	DETAIL_ARGUMENT,
	DETAIL_ACCESS,
	DETAIL_STORE,
	DETAIL_RETURN,
	DETAIL_GUARD,
	DETAIL_INITIALISER,
	N_DETAILS,
};

/* Any fact of a function's body or a variable's initialiser. What it has not is 0. */
struct detail {
	enum detail_kind kind;
	uint32_t owner; /* index of its definition; set by scope_buffer_detail() */
	uint32_t seq;	/* of a call and its arguments; else set by scope_buffer_detail() */
	uint32_t line;
	uint32_t index; /* of an argument; mode of an access; exit of a guard */
	uint32_t from;	/* of a guard, as to, when and relation */
	uint32_t to;
	bool when;
	uint8_t relation; /* to value */
	uint32_t alternatives;
	struct value subject; /* target of a call, variable accessed, base of a store, atom */
	const char *field;    /* of a store */
	struct value value;
};

/* A function or variable. */
struct definition {
	const char *name;
	uint64_t sum; /* of itself and its details */
	uint32_t line;
	uint32_t end_line;
	bool is_static;
	bool is_inline;
	bool is_weak;
	bool is_percpu;
	bool has_initialiser;
	bool is_pointer;
	bool is_repeat;	   /* of an earlier one; set by scope_buffer_digest() */
	const char *other; /* alias of a function, record of a variable; or NULL */
	const char *type;  /* of a function, as its attributes; or NULL */
	const char *attributes;
	uint32_t n_details[N_DETAILS]; /* so far */
};

struct scope_buffer {
	GArray *functions; /* struct definition */
	GArray *globals;
	GArray *details;	    /* struct detail */
	GHashTable *function_index; /* name -> index + 1 of its latest definition */
	GHashTable *global_index;
};

void scope_buffer_function(struct scope_buffer *scope, const struct definition *function);
void scope_buffer_global(struct scope_buffer *scope, const struct definition *global);
/* @name: the function's or, for DETAIL_INITIALISER, the variable's. False if it is unknown. */
bool scope_buffer_detail(struct scope_buffer *scope, const char *name, const struct detail *detail);
/* Of all its content; finds repeats. */
int64_t scope_buffer_digest(struct scope_buffer *scope);

#endif
