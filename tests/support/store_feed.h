/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Feeds facts to a store as the analyzer would: single facts, and the facts of a small kernel.
 * A fact that the store refuses fails the test, unless the function says otherwise.
 */
#ifndef INITLINT_TESTS_STORE_FEED_H
#define INITLINT_TESTS_STORE_FEED_H

#include <check.h>
#include <stdlib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "db/error.h"
#include "db/query/query.h"
#include "db/store/store.h"

/* Fails the test if @call returns false; @call may set the GError ck_error. */
#define ck_ok(call)                                                                         \
	do {                                                                                \
		GError *ck_error = NULL;                                                    \
		bool ck_result = (call);                                                    \
		ck_assert_msg(ck_result, #call ": %s", ck_error ? ck_error->message : "?"); \
	} while (0)

/* Fixture of a test case: makes a temporary directory, and removes it. */
void feed_setup(void);
void feed_done(void);

/* Returns the path of a file @name in the temporary directory; free with g_free(). */
char *feed_path(const char *name);

/* Hands @fact to the store's sink. Returns false and sets @error if the store refuses it. */
bool feed_try(struct store *store, const struct fact *fact, GError **error);

/* Hands @fact to the store's sink. */
void feed_fact(struct store *store, const struct fact *fact);

/* Feeds a fact of kind @tag, whose content @record goes to member @member of struct fact. */
#define FEED(store, tag, member, record) \
	feed_fact(store, &(const struct fact){ .kind = (tag), .member = record })
#define FEED_TRY(store, tag, member, record, error) \
	feed_try(store, &(const struct fact){ .kind = (tag), .member = record }, error)

/* Begins the unit of object @target, compiled from @source; @flags is the hash of its flags. */
void feed_unit(struct store *store, const char *target, const char *source, const char *flags);

/* Ends the unit, as read with the shared headers and without an error. */
void feed_end(struct store *store);

/* Ends the unit with these values of struct unit_result; @diagnostic may be NULL. */
void feed_end_as(struct store *store, enum unit_mode mode, unsigned int n_errors,
		 const char *diagnostic);

/* A file that the unit includes. */
void feed_include(struct store *store, const char *path);

/* A function of six lines that begins at line @line of @file. */
void feed_function(struct store *store, const char *file, const char *name, unsigned int line,
		   bool is_static);

/*
 * A call at line @line of @file, in function @caller. @callee_file: the file of a static
 * @callee, else NULL.
 */
void feed_call(struct store *store, const char *file, const char *caller, const char *callee,
	       const char *callee_file, unsigned int line);

/* An initcall; @macro may be NULL; @seq is its place among the initcalls of the unit. */
void feed_initcall(struct store *store, enum initcall_level level, const char *function,
		   const char *file, unsigned int line, const char *macro, unsigned int seq);

/* A comment on the line before @line that accepts a finding; @rule and @reason may be NULL. */
void feed_accept(struct store *store, const char *file, unsigned int line, const char *rule,
		 const char *reason);

/* An object of the link; @position is -1 for a module; @place may be NULL. */
void feed_object(struct store *store, const char *path, enum object_kind kind, int position,
		 const struct place_fact *place);

/*
 * The small kernel. Its link order is core.o, bus.o, lib.o; driver.o is a module. core.c and
 * bus.c include bus.h, which defines bus_name(). core.c has initcalls of three levels, one of
 * them a console's.
 */

/* The objects of the small kernel, its configuration, and a $(shell) of its Makefiles. */
void feed_walk(struct store *store);

/* The facts of bus.h, in the unit at hand. */
void feed_header(struct store *store);

/* The unit of bus.c. */
void feed_bus(struct store *store);

/* The unit of core.c. @flags is the hash of its flags; @init is the name of its initcall. */
void feed_core(struct store *store, const char *flags, const char *init);

/*
 * A fact of each kind that a function body or a variable has: of @function, around line 22 of
 * core.c, and of the variable core_bus. @number is the value in each of them.
 */
void feed_details(struct store *store, const char *function, int64_t number);

/* Makes a database at @path with the whole small kernel in it. */
void feed_database(const char *path);

/* Begins an update of the database at @path, or a new database if there is none. */
struct store *feed_begin(const char *path);

/* Commits what was fed to @store, and frees @store. */
void feed_commit(struct store *store);

/* Checks that @error has this code and has @part in its message, and frees @error. */
void feed_assert_error(GError *error, enum initlint_error code, const char *part);

/*
 * Returns the first column of the first row of @sql as a number. @number is the value of the
 * parameter of @sql, if it has one. There must be a row. Also checks that no foreign key of
 * the database at @path dangles.
 */
int64_t feed_count_for(const char *path, const char *sql, int64_t number);

/* The same for an @sql without a parameter. */
int64_t feed_count(const char *path, const char *sql);

/*
 * Returns the first column of the first row of @sql as text; free with g_free(). @parameter
 * is the value of the parameter of @sql. Returns NULL if there is no row.
 */
char *feed_text(const char *path, const char *sql, const char *parameter);

#endif
