/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The members of each kind of fact, as data. Code that treats every member of a fact by its
 * type reads this table: the wire between processes, the store, and "initlint facts".
 */
#ifndef INITLINT_DB_FACT_LAYOUT_H
#define INITLINT_DB_FACT_LAYOUT_H

#include <stddef.h>

#include "db/facts.h"

enum member_type {
	MEMBER_NAME,	 /* const char *, never NULL */
	MEMBER_TEXT,	 /* const char *, may be NULL */
	MEMBER_NUMBER,	 /* unsigned int */
	MEMBER_FLAG,	 /* bool */
	MEMBER_ENUM,	 /* an enum with the values 0 to limit - 1 */
	MEMBER_VARIABLE, /* struct variable */
	MEMBER_VALUE,	 /* struct value */
	MEMBER_TEST,	 /* struct test */
};

/* What a row of the database holds of a member, beside its owner and its number (seq). */
enum member_column {
	COLUMN_NONE,	 /* nothing: the member tells the owner, or the owner's linkage */
	COLUMN_SEQ,	 /* it is the number of the row */
	COLUMN_PLAIN,	 /* columns of its type, see fact_layout.c */
	COLUMN_NO_TEXT,	 /* of a value that is never a string: no column for the text */
	COLUMN_FIELD,	 /* a field (see struct value), as its id */
	COLUMN_FILE,	 /* a path, as the id of the file */
	COLUMN_FUNCTION, /* the name of a function of the unit, as the id of its symbol */
};

/* How "initlint facts" prints a member. */
struct member_print {
	char before;	       /* a character in place of the tab before it; 0: the tab */
	const char *word;      /* of a flag that is set; in front of a text */
	const char *else_word; /* of a flag that is not set; NULL: "-" */
};

struct fact_member {
	enum member_type type;
	enum member_column column;
	size_t offset;		  /* in struct fact */
	unsigned int limit;	  /* of MEMBER_ENUM */
	const char *const *names; /* of MEMBER_ENUM, as many as limit */
	struct member_print print;
};

/* Whose fact it is; fact.owner names it, except for the first two. */
enum fact_owner {
	OWNER_NONE,  /* not stored as a row of a table that lists its members */
	OWNER_UNIT,  /* the unit at hand; no member names it */
	OWNER_SCOPE, /* the file that defines the function or variable */
	OWNER_FUNCTION,
	OWNER_VARIABLE,
};

struct fact_layout {
	const char *name; /* "call" */
	enum fact_owner owner;
	const struct fact_member *members;
	unsigned int n_members;
	/*
	 * SQL with the parameters owner, number (of OWNER_SCOPE: symbol), and the columns of the
	 * members in their order. NULL: the store has code of its own for the kind.
	 */
	const char *insert;
	const char *remove; /* SQL that deletes the rows of the scope with id ?; NULL: not needed */
	/* SQL that moves lines of the file with id ?1 as the table moved_line says; or NULL. */
	const char *move;
};

/* NULL for the kinds that are no fact of a unit: objects, shells, the begin and end of a unit. */
const struct fact_layout *fact_layout(enum fact_kind kind);

/* The member of @fact that @member describes. */
static inline const void *fact_member(const struct fact *fact, const struct fact_member *member)
{
	return (const char *)fact + member->offset;
}

/* Names of the values of enums, as many as the enums have. */
extern const char *const initcall_level_names[N_LEVELS];
extern const char *const value_kind_names[N_VALUES];
extern const char *const access_mode_names[N_ACCESSES];
extern const char *const guard_exit_names[N_GUARDS];
extern const char *const relation_names[N_RELATIONS];

#endif
