/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes a database. The store writes to the file "PATH.new". store_commit() syncs PATH.new to the
 * disk and renames it to PATH. So a reader always sees a complete database, the old or the new one.
 *
 * The store holds a lock on PATH.new, and a second writer fails with an error. The next writer
 * overwrites the PATH.new of a writer that was killed.
 *
 * After an error, the caller can only call store_free().
 */
#ifndef INITLINT_DB_STORE_STORE_H
#define INITLINT_DB_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "db/facts.h"

struct store;

/* Fails with INITLINT_ERROR_INPUT if the file at @path exists but is no database of initlint. */
bool store_is_ours(const char *path, GError **error);
/*
 * Starts an empty database. store_commit() puts it at @path and replaces any file there. Fails with
 * INITLINT_ERROR_INPUT if @path is a directory or a database of a newer initlint. Free with
 * store_free().
 */
struct store *store_create(const char *path, GError **error);
/*
 * Starts with a copy of the database at @path, so that the caller can replace units. Fails with
 * INITLINT_ERROR_INPUT if the file is missing, is no database, is damaged, or has another schema.
 * Free with store_free().
 */
struct store *store_update(const char *path, GError **error);
/*
 * Like store_update(), for a temporary database that was written a moment ago. Does not check the
 * database for damage. store_commit() does not wait for the disk.
 */
struct store *store_update_temporary(const char *path, GError **error);
bool store_commit(struct store *store, GError **error);
/* Frees the store. Without a successful store_commit(), deletes PATH.new and leaves PATH alone. */
void store_free(struct store *store);
typedef struct store store; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(store, store_free)

/*
 * Returns a sink that writes to @store and belongs to @store. Call store_begin_objects() before the
 * sink gets the first FACT_OBJECT. A unit replaces the stored unit with the same target and source.
 *
 * The unit of the shared header (target "") must come before the units that were read with the
 * shared header. Those units do not report the functions of the shared header again. Instead, they
 * refer to scopes of the shared header's unit. A scope stays stored while a unit refers to it.
 */
const struct facts_sink *store_sink(struct store *store);
/*
 * Deletes all objects, places, shell facts and .config symbols, so that the caller can store the
 * new ones. Keeps units.
 */
bool store_begin_objects(struct store *store, GError **error);

bool store_set_meta(struct store *store, const char *key, const char *value, GError **error);
/* Stores the value of a .config symbol. store_begin_objects() deletes all of these. */
bool store_set_config(struct store *store, const char *symbol, const char *value, GError **error);
/* Removes a unit and its facts. */
bool store_remove_unit(struct store *store, const char *target, const char *source, GError **error);
/*
 * Stores which object contains the unit with @target and @source. @rank is the index of the unit
 * among the units of @object. The unit may come from this index or an earlier one.
 */
bool store_place_unit(struct store *store, const char *target, const char *source,
		      const char *object, unsigned int rank, GError **error);
/*
 * Stores the state of a file at the time when its facts were read. @hash: SHA-256 in hex; "": the
 * file did not exist; NULL: not known for certain, so the next index reads all units with the file
 * again.
 */
bool store_set_file(struct store *store, const char *path, const char *hash, int64_t size,
		    int64_t mtime_ns, GError **error);
/*
 * Applies a change of the header at @path for units that are not read again. Moves the lines of all
 * stored facts from the header as @moves says. If the shared header is built again, call this
 * function before its unit is stored. Units that were read with the shared header then get its new
 * scopes.
 */
bool store_change_header(struct store *store, const char *path, const struct line_move *moves,
			 unsigned int n, GError **error);
/* Returns the paths (char *) of headers without a stored text. Free with g_ptr_array_unref(). */
GPtrArray *store_textless_files(struct store *store, GError **error);
/*
 * Stores the text that query_header_text() returns. Does nothing if the stored hash of the file is
 * not @hash.
 */
bool store_set_text(struct store *store, const char *path, const char *hash, GBytes *text,
		    GError **error);
/* Deletes the macros of the header at @path. */
bool store_clear_macros(struct store *store, const char *path, GError **error);
/* Adds a macro of the header at @path. The macro @name stands for the longer name @target. */
bool store_add_macro(struct store *store, const char *path, const char *name, const char *target,
		     GError **error);
/* Returns the paths (char *) of files without a known hash. Free with g_ptr_array_unref(). */
GPtrArray *store_unknown_files(struct store *store, GError **error);

#endif
