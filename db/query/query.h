/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads a database that "initlint index" has written. All returned strings and records belong to
 * the struct query and live as long as the struct query, unless a comment says otherwise. A
 * function that returns an array sets *@n to the length of the array. On error the function returns
 * NULL.
 *
 * Unit: a translation unit, which is one compilation of one source.
 *
 * Shared header: a precompiled header of initlint. It contains the kernel headers that most sources
 * include. initlint reads most sources with the shared header. The database stores the shared
 * header as a unit of its own.
 */
#ifndef INITLINT_DB_QUERY_QUERY_H
#define INITLINT_DB_QUERY_QUERY_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "db/experiment.h"
#include "db/facts.h"

struct query;

/*
 * Opens the database at @path read-only. Returns NULL on error. The error is INITLINT_ERROR_INPUT
 * if the file is missing, is damaged, is no database, or has an older or newer schema than this
 * version of initlint. The message says what the user can do. Free with query_free().
 */
struct query *query_open(const char *path, GError **error);
void query_free(struct query *query);
typedef struct query query; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(query, query_free)

/*
 * Returns the value of @key. Returns NULL if the database does not have @key. docs/schema.md lists
 * the keys.
 */
const char *query_meta(struct query *query, const char *key);

/*
 * Returns the value of the configuration symbol @symbol ("CONFIG_FOO"): "y", "m", "42", or a string
 * without quotes. Returns NULL if @symbol is not set.
 */
const char *query_config(struct query *query, const char *symbol);

/*
 * A Makefile line that adds @item. @parent is the line that adds the directory or composite object
 * that contains @item. So the links @parent lead from the line of an object to the top Makefile.
 * struct place_fact (db/facts.h) explains the members.
 */
struct place {
	const struct place *parent; /* NULL: the line is in the top Makefile or Kbuild */
	const char *item;
	const char *makefile; /* NULL if unknown */
	unsigned int line;
	const char *condition; /* NULL: unconditional */
	unsigned int rank;
};

struct object {
	const char *path;
	enum object_kind kind;
	int position; /* index in the link order, from 0; -1: part of a module */
	const char *modname;
	const struct place *place;
};

struct initcall {
	/* Index in the result of query_initcalls() or query_module_inits(). */
	unsigned int position;
	enum initcall_level level;
	const char *function;
	const char *file;
	unsigned int line;
	const char *macro; /* NULL if none */
	unsigned int seq;  /* order within the unit, from 0 */
	/* The number of this initcall among the initcalls with this @function and @file, from 0. */
	unsigned int nth;
	const struct object *object;
	/*
	 * NULL: @function is registered as an initcall. Not NULL: @function is not registered, but
	 * the initcall @within calls @function. @within then belongs to a framework, such as the
	 * security modules. The functions in this file only return initcalls whose @within is NULL.
	 * The functions in rules/engine/context/frameworks.h add initcalls whose @within is not
	 * NULL.
	 */
	const struct initcall *within;
	/* number of @function among the functions that @within calls, from 1; 0: @within is NULL */
	unsigned int turn;
};

/*
 * Returns all initcalls of vmlinux, sorted by level, then by position of the object, then by unit,
 * then by @seq. Some architectures lay out the initcalls of a unit backwards. There the highest
 * @seq of a unit comes first. The result is in execution order, with one exception: console
 * initcalls run first, but come last in the result.
 */
const struct initcall *query_initcalls(struct query *query, unsigned int *n, GError **error);
/*
 * Returns the functions that modules register with module_init(). The array is empty unless
 * "initlint index" ran with --modules.
 */
const struct initcall *query_module_inits(struct query *query, unsigned int *n, GError **error);
/*
 * A comment "initlint: accept RULE: reason" in a source or header. initlint does not report the
 * findings of @rule for the initcalls at @file:@line.
 */
struct acceptance {
	const char *file;
	unsigned int line;
	const char *rule;   /* NULL: the comment names no rule */
	const char *reason; /* NULL: the comment gives no reason */
	unsigned int comment_line;
};
/*
 * Returns the "initlint: accept" comments in the sources and headers of vmlinux, sorted by @file
 * and @comment_line.
 */
const struct acceptance *query_acceptances(struct query *query, unsigned int *n, GError **error);
/* Returns all experiments, sorted by fingerprint, then by kind. */
const struct experiment *query_experiments(struct query *query, unsigned int *n, GError **error);
/* Returns all objects: built-in objects in link order, then the objects of modules. */
const struct object *query_objects(struct query *query, unsigned int *n, GError **error);
/*
 * Returns the object that contains the compiled code of @source ("drivers/base/dd.c"). Returns NULL
 * if @source is not built, or on error.
 */
const struct object *query_object_of_source(struct query *query, const char *source);

/* How much of the sources could be read. */
struct coverage {
	unsigned int n_units;		   /* C units */
	unsigned int n_whole;		   /* C units read without errors */
	unsigned int n_partial;		   /* C units read with errors */
	unsigned int n_failed;		   /* C units not read */
	unsigned int n_fallback;	   /* C units read without the shared header */
	unsigned int n_shells_that_matter; /* $(shell) calls that may add objects; none is run */
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
	const char *target; /* the object file that the compiler writes */
	const char *source;
	const char *flags_hash; /* hash of the compiler flags */
	enum unit_mode mode;
	const char *diagnostic; /* the first error; NULL: no error */
};

/* A file as the last run of "initlint index" has read it. */
struct file_state {
	const char *path;
	const char *hash; /* SHA-256 in hex; "": the file did not exist; NULL: not known */
	int64_t size;
	int64_t changed_ns;
};

/* Returns all units except the unit of the shared header. */
const struct unit_state *query_units(struct query *query, unsigned int *n, GError **error);
/* Returns all files in the database. */
const struct file_state *query_files(struct query *query, unsigned int *n, GError **error);

/*
 * In the functions below, a unit is a number: the index of the unit in the array of query_units().
 * A file is also a number: the index of the file in the array of query_files(). Call query_units()
 * and query_files() first.
 */

/*
 * Two units may see different definitions in the same header, because they define different macros.
 * Each version of the definitions in a file is a scope (docs/schema.md). This enum tells which
 * scope a unit has for a file that the unit includes.
 */
enum unit_scope {
	SCOPE_NONE,   /* no scope: the database has no definitions for this unit and this file */
	SCOPE_SHARED, /* the scope that the unit of the shared header has for this file */
	SCOPE_OWN,    /* a scope that differs from the scope of the shared header's unit */
};

/*
 * query_visit_unit_files() calls @visit for each pair of a unit and a file that this unit includes.
 * The source of a unit counts as included. The first argument of @visit is @data.
 * query_visit_unit_files() returns false on error.
 */
struct unit_file_visit {
	void (*visit)(void *data, unsigned int unit, unsigned int file, enum unit_scope scope);
	void *data;
};
bool query_visit_unit_files(struct query *query, const struct unit_file_visit *visit,
			    GError **error);
/*
 * Sets in[f] to true for each file f that the shared header includes. Does not change the other
 * elements of @in. Returns false on error.
 */
bool query_pch_files(struct query *query, bool *in, GError **error);
/*
 * Sets in[f] to true for each file f that is the source of a unit, or that contains an initcall or
 * an "initlint:" comment. Does not change the other elements of @in. Returns false on error.
 */
bool query_files_with_initcalls(struct query *query, bool *in, GError **error);
/*
 * Returns the text that store_set_text() has stored for the file @f. Returns NULL without an error
 * if the database has no text for @f, or only has the text of an earlier version of @f. Returns
 * NULL with @error set if the database cannot be read. The caller owns the result.
 */
GBytes *query_header_text(struct query *query, unsigned int f, GError **error);
/*
 * Sets hit[u] to true for each unit u that includes a file f for which changed[f] is true. The
 * source of a unit counts as included. Does not change the other elements of @hit. Returns false on
 * error.
 */
bool query_units_with(struct query *query, const bool *changed, bool *hit, GError **error);
/*
 * A unit u is selected if units[u] is true. Sets hit[f] to true for each file f that a selected
 * unit includes. The source of a unit counts as included. Does not change the other elements of
 * @hit. Returns false on error.
 */
bool query_files_of(struct query *query, const bool *units, bool *hit, GError **error);

#endif
