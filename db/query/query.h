/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading a database. Strings and records belong to the query and live as long as it.
 */
#ifndef INITLINT_DB_QUERY_QUERY_H
#define INITLINT_DB_QUERY_QUERY_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "db/facts.h"

struct query;

/*
 * Opens @path read-only. Fails (INITLINT_ERROR_INPUT, says which and what to do) on a
 * file that is missing, no database, damaged, or of an older or newer schema.
 */
struct query *query_open(const char *path, GError **error);
void query_free(struct query *query);
typedef struct query query; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(query, query_free)

/* NULL if not set. Keys are listed in docs/schema.md. */
const char *query_meta(struct query *query, const char *key);

/* Value of "CONFIG_FOO" ("y", "m", "42", a string without quotes); NULL if it is not set. */
const char *query_config(struct query *query, const char *symbol);

/* A place in the Makefiles, as in struct place_fact; ids are stable within the database. */
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
	unsigned int position; /* in execution order from 0; console initcalls follow the others */
	enum initcall_level level;
	const char *function;
	const char *file;
	unsigned int line;
	const char *macro; /* NULL if none */
	unsigned int seq;  /* within the unit */
	/* Which of several of that function and file, from 0; whatever their levels. */
	unsigned int nth;
	const struct object *object;
	/*
	 * The initcall that runs this function as one of several, at its own position; NULL: it is
	 * an initcall itself, as all in a database are. See rules/engine/context/frameworks.h.
	 */
	const struct initcall *within;
	unsigned int turn; /* among those, from 1; 0 of an initcall itself */
};

/*
 * All initcalls in execution order: (level, object position, unit, seq), console
 * initcalls last, module inits not included.
 */
const struct initcall *query_initcalls(struct query *query, unsigned int *n, GError **error);
/* module_init()s of modules; empty unless the index was made with --modules. */
const struct initcall *query_module_inits(struct query *query, unsigned int *n, GError **error);
/* A comment that accepts what a rule finds of the initcalls at file:line. */
struct acceptance {
	const char *file;
	unsigned int line;
	const char *rule;   /* NULL: it names none */
	const char *reason; /* NULL: it gives none */
	unsigned int comment_line;
};
/* Those of vmlinux, by file and comment_line. */
const struct acceptance *query_acceptances(struct query *query, unsigned int *n, GError **error);
/* All objects, built-in ones in link order, then modules. */
const struct object *query_objects(struct query *query, unsigned int *n, GError **error);
/* The object that @source ("drivers/base/dd.c") is compiled into; NULL if it is not built. */
const struct object *query_object_of_source(struct query *query, const char *source);

struct coverage {
	unsigned int n_units;	 /* of C */
	unsigned int n_whole;	 /* read without an error */
	unsigned int n_partial;	 /* read, with errors */
	unsigned int n_failed;	 /* not read */
	unsigned int n_fallback; /* read without the shared header */
	unsigned int n_shells_that_matter;
	unsigned int n_rust;	     /* compilations of Rust, of which only initcalls are read */
	unsigned int n_rust_unknown; /* of them, with an initcall whose name is not plain */
};

bool query_coverage(struct query *query, struct coverage *coverage, GError **error);

/* The units that are not whole, for the report. */
struct unit_problem {
	const char *source;
	const char *target;
	enum unit_mode mode;
	const char *diagnostic;
};
const struct unit_problem *query_problems(struct query *query, unsigned int *n, GError **error);

/* For re-indexing. */
struct unit_state {
	const char *target;
	const char *source;
	const char *flags_hash;
	enum unit_mode mode;
	const char *diagnostic; /* NULL if none */
};

struct file_state {
	const char *path;
	const char *hash; /* SHA-256 in hex; "" if there was no such file; NULL: not known */
	int64_t size;
	int64_t mtime_ns;
};

/* Without the shared header's own unit. */
const struct unit_state *query_units(struct query *query, unsigned int *n, GError **error);
const struct file_state *query_files(struct query *query, unsigned int *n, GError **error);
/* Whose functions of a file a unit has on record. */
enum unit_scope {
	SCOPE_NONE,   /* nobody's, or others have told them */
	SCOPE_SHARED, /* those that the shared header's own unit sees */
	SCOPE_OWN,    /* others than that sees */
};

/* Calls @visit for each file of each unit, by their numbers in query_units() and _files(). */
struct unit_file_visit {
	void (*visit)(void *data, unsigned int unit, unsigned int file, enum unit_scope scope);
	void *data;
};
bool query_visit_unit_files(struct query *query, const struct unit_file_visit *visit,
			    GError **error);
/* Sets in[f] for each file of the shared header's own unit. */
bool query_pch_files(struct query *query, bool *in, GError **error);
/* Sets in[f] for each file that is a unit's source, or has initcalls or comments on them. */
bool query_files_with_initcalls(struct query *query, bool *in, GError **error);
/* As store_set_text() was given it for what is on record of file @f; NULL if it was not. */
GBytes *query_header_text(struct query *query, unsigned int f, GError **error);
/* Sets hit[u] for each of query_units() that is made of a file with changed[f], f in query_files(). */
bool query_units_with(struct query *query, const bool *changed, bool *hit, GError **error);
/* Sets hit[f] for each file that is in a unit u with units[u]. */
bool query_files_of(struct query *query, const bool *units, bool *hit, GError **error);

#endif
