/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads a database. All returned strings and records belong to the query and live as long as
 * the query. Functions that return an array set *@n to its length, and return NULL on error.
 */
#ifndef INITLINT_DB_QUERY_QUERY_H
#define INITLINT_DB_QUERY_QUERY_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "db/facts.h"

struct query;

/*
 * Opens the database at @path read-only. Fails with INITLINT_ERROR_INPUT if the file is
 * missing, is damaged, is no database, or has an older or newer schema. The message says
 * what the user can do.
 */
struct query *query_open(const char *path, GError **error);
void query_free(struct query *query);
typedef struct query query; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(query, query_free)

/* Returns the value of @key, or NULL if it is not set. docs/schema.md lists the keys. */
const char *query_meta(struct query *query, const char *key);

/*
 * Returns the value of "CONFIG_FOO": "y", "m", "42", or a string without quotes. Returns NULL
 * if the symbol is not set.
 */
const char *query_config(struct query *query, const char *symbol);

/* A line of a Makefile that leads to an object. struct place_fact explains the members. */
struct place {
	const struct place *parent;
	const char *item;
	const char *makefile; /* NULL if unknown */
	unsigned int line;
	const char *condition; /* NULL: unconditional */
	unsigned int rank;
};

struct object {
	const char *path;
	enum object_kind kind;
	int position; /* -1 for modules */
	const char *modname;
	const struct place *place;
};

struct initcall {
	unsigned int position; /* in execution order, from 0; console initcalls come last */
	enum initcall_level level;
	const char *function;
	const char *file;
	unsigned int line;
	const char *macro; /* NULL if none */
	unsigned int seq;  /* order within the unit */
	/* Index among the initcalls with the same @function and @file, from 0. */
	unsigned int nth;
	const struct object *object;
	/*
	 * The initcall of a framework, during which @function runs. NULL: @function is registered
	 * as an initcall. Always NULL here; rules/engine/context/frameworks.h sets this member.
	 */
	const struct initcall *within;
	unsigned int turn; /* order among the functions that @within runs, from 1; else 0 */
};

/*
 * Returns all initcalls of vmlinux in execution order: by level, object position, unit and
 * seq. Console initcalls come last.
 */
const struct initcall *query_initcalls(struct query *query, unsigned int *n, GError **error);
/*
 * Returns the initcalls of modules, which module_init() registers. The array is empty unless
 * "initlint index" ran with --modules.
 */
const struct initcall *query_module_inits(struct query *query, unsigned int *n, GError **error);
/* A comment that accepts the findings of @rule for the initcalls at @file:@line. */
struct acceptance {
	const char *file;
	unsigned int line;
	const char *rule;   /* NULL: the comment names no rule */
	const char *reason; /* NULL: the comment gives no reason */
	unsigned int comment_line;
};
/* Returns the acceptances in sources of vmlinux, sorted by file and comment_line. */
const struct acceptance *query_acceptances(struct query *query, unsigned int *n, GError **error);
/* Returns all objects: built-in objects in link order, then the objects of modules. */
const struct object *query_objects(struct query *query, unsigned int *n, GError **error);
/*
 * Returns the object that contains the compiled @source ("drivers/base/dd.c"). Returns NULL if
 * @source is not built, and on error.
 */
const struct object *query_object_of_source(struct query *query, const char *source);

/* How much of the sources could be read. */
struct coverage {
	unsigned int n_units;		   /* C units */
	unsigned int n_whole;		   /* C units read without errors */
	unsigned int n_partial;		   /* C units read with errors */
	unsigned int n_failed;		   /* C units not read */
	unsigned int n_fallback;	   /* C units read without the shared header */
	unsigned int n_shells_that_matter; /* $(shell)s that were not run but may add objects */
	unsigned int n_rust;		   /* Rust units; only their initcalls are read */
	unsigned int n_rust_unknown;	   /* Rust units with an initcall of unknown name */
};

bool query_coverage(struct query *query, struct coverage *coverage, GError **error);

/* A unit that was read with errors, or that could not be read. */
struct unit_problem {
	const char *source;
	const char *target;
	enum unit_mode mode;
	const char *diagnostic;
};
const struct unit_problem *query_problems(struct query *query, unsigned int *n, GError **error);

/* A unit as the last run of "initlint index" has stored it. */
struct unit_state {
	const char *target;
	const char *source;
	const char *flags_hash;
	enum unit_mode mode;
	const char *diagnostic; /* NULL if none */
};

/* A file as the last run of "initlint index" has read it. */
struct file_state {
	const char *path;
	const char *hash; /* SHA-256 in hex; "": the file did not exist; NULL: not known */
	int64_t size;
	int64_t mtime_ns;
};

/* Returns all units except the shared header's unit. */
const struct unit_state *query_units(struct query *query, unsigned int *n, GError **error);
const struct file_state *query_files(struct query *query, unsigned int *n, GError **error);

/*
 * The functions below identify a unit by its position in the array of query_units(), and a file by
 * its position in the array of query_files(). Call query_units() and query_files() first.
 */

/*
 * The scope that a unit has for a file. A scope is one version of the definitions in a file
 * (docs/schema.md).
 */
enum unit_scope {
	SCOPE_NONE,   /* no scope: the database has no definitions of the unit in this file */
	SCOPE_SHARED, /* the scope that the unit of the shared header has for this file */
	SCOPE_OWN,    /* a scope that the unit of the shared header does not have */
};

/* query_visit_unit_files() calls visit() with @data for each file that each unit consists of. */
struct unit_file_visit {
	void (*visit)(void *data, unsigned int unit, unsigned int file, enum unit_scope scope);
	void *data;
};
bool query_visit_unit_files(struct query *query, const struct unit_file_visit *visit,
			    GError **error);
/* Sets in[f] to true for each file f of the shared header's unit. Keeps all other elements. */
bool query_pch_files(struct query *query, bool *in, GError **error);
/*
 * Sets in[f] to true for each file f that is the source of a unit, or that contains initcalls or
 * "initlint:" comments. Keeps all other elements.
 */
bool query_files_with_initcalls(struct query *query, bool *in, GError **error);
/*
 * Returns the text that store_set_text() has stored for the file @f. Returns NULL without an error
 * if the database has no text for @f, or only the text of an earlier version of @f. The caller owns
 * the result.
 */
GBytes *query_header_text(struct query *query, unsigned int f, GError **error);
/*
 * Sets hit[u] to true for each unit u that includes a file f for which changed[f] is true. The
 * source of a unit counts as included.
 */
bool query_units_with(struct query *query, const bool *changed, bool *hit, GError **error);
/*
 * Takes each unit u for which units[u] is true. Sets hit[f] to true for each file f that the unit u
 * includes. The source of a unit counts as included.
 */
bool query_files_of(struct query *query, const bool *units, bool *hit, GError **error);

#endif
