/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Describes the members of each kind of fact as data (struct fact_layout). Three parts of initlint
 * read these descriptions and handle each member by its type: the wire (facts as bytes between
 * processes), the store (the database), and the command "initlint facts".
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
	MEMBER_ENUM,	 /* an enum with the values 0 to fact_member.limit - 1 */
	MEMBER_VARIABLE, /* struct variable */
	MEMBER_VALUE,	 /* struct value */
	MEMBER_TEST,	 /* struct test */
};

/*
 * How a row of the database stores a member. Each row also has the id of the fact's owner. The row
 * of a function or variable also has the id of the symbol of this function or variable. The row of
 * any other fact also has a number in the column "seq". For a call, an argument or an initcall, the
 * number is the member @seq of the fact. For any other kind of fact, the number is the index of the
 * fact among the facts with the same kind and the same owner, from 0.
 */
enum member_column {
	COLUMN_NONE,	 /* no column: the member is the name, file or linkage of the owner */
	COLUMN_SEQ,	 /* the member is the number in the column "seq" */
	COLUMN_PLAIN,	 /* stored in the columns of the member's type; see fact_layout.c */
	COLUMN_NO_TEXT,	 /* a value that is never VALUE_STRING: has no column for the text */
	COLUMN_FIELD,	 /* a field (see struct value), stored as its id */
	COLUMN_FILE,	 /* a path, stored as the id of the file */
	COLUMN_FUNCTION, /* name of a function of the unit, stored as the id of its symbol */
};

/* How "initlint facts" prints a member. */
struct member_print {
	char before;	  /* character printed before the member; 0: a tab */
	const char *word; /* MEMBER_FLAG: printed for true; MEMBER_TEXT: printed before the text */
	const char *else_word; /* MEMBER_FLAG: printed for false; NULL: "-" */
};

struct fact_member {
	enum member_type type;
	enum member_column column;
	size_t offset;		  /* in struct fact */
	unsigned int limit;	  /* MEMBER_ENUM: the number of values */
	const char *const *names; /* MEMBER_ENUM: the names of the values */
	struct member_print print;
};

/*
 * What owns a fact. The member @owner of struct fact is valid only if the fact has OWNER_SCOPE,
 * OWNER_FUNCTION or OWNER_VARIABLE. A scope is one version of the definitions in a file
 * (docs/schema.md).
 */
enum fact_owner {
	OWNER_NONE,  /* no owner: the store handles the fact with special code */
	OWNER_UNIT,  /* the unit that FACT_UNIT_BEGIN has begun; no member of the fact names it */
	OWNER_SCOPE, /* the scope that contains the function or variable */
	OWNER_FUNCTION,
	OWNER_VARIABLE,
};

struct fact_layout {
	const char *name; /* such as "call" */
	enum fact_owner owner;
	const struct fact_member *members;
	unsigned int n_members;
	/*
	 * SQL that inserts a row. The first parameter is the id of the owner. The second parameter
	 * is the number for the column "seq" or, with OWNER_SCOPE, the id of the symbol. The
	 * columns of the members are the further parameters, in the order of @members. NULL: the
	 * store handles this kind with special code.
	 */
	const char *insert;
	/*
	 * SQL that deletes the rows of all facts of this kind in a scope (see enum fact_owner). The
	 * parameter is the id of the scope. NULL: no scope has facts of this kind.
	 */
	const char *remove;
	/*
	 * SQL that changes the line numbers of all facts from one file. The parameter ?1 is the id
	 * of the file. The temporary table "moved_line" says by how much each line moves. NULL:
	 * there is nothing to change.
	 */
	const char *move;
};

/*
 * Returns the layout of @kind; NULL for FACT_OBJECT, FACT_SHELL, FACT_UNIT_BEGIN and FACT_UNIT_END.
 */
const struct fact_layout *fact_layout(enum fact_kind kind);

/* Returns a pointer to the member of @fact that @member describes. */
static inline const void *fact_member(const struct fact *fact, const struct fact_member *member)
{
	return (const char *)fact + member->offset;
}

/* The names of the values of each enum, in the order of the enum. */
extern const char *const initcall_level_names[N_LEVELS];
extern const char *const value_kind_names[N_VALUES];
extern const char *const access_mode_names[N_ACCESSES];
extern const char *const guard_exit_names[N_GUARDS];
extern const char *const relation_names[N_RELATIONS];

#endif
