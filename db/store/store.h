/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes the database at PATH. The store writes to the file "PATH.new". store_commit() syncs
 * PATH.new to the disk and renames PATH.new to PATH. So a reader of PATH always sees a complete
 * database: either the old database or the new database.
 *
 * The store holds a lock on PATH.new, and a second writer fails with an error. A writer that was
 * killed leaves PATH.new behind. The next writer overwrites PATH.new.
 *
 * After a function has failed, the only function that the caller may call is store_free().
 *
 * Scope: one version of the definitions in a file (docs/schema.md). All units that see the same
 * definitions in a header refer to the same scope.
 *
 * Shared header: a precompiled header that many units share (analyzer/source/shared/pch.h).
 */
#ifndef INITLINT_DB_STORE_STORE_H
#define INITLINT_DB_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "db/experiment.h"
#include "db/facts.h"

struct store;

/*
 * Returns true if there is no file at @path, or if the file is a database of initlint, even a
 * damaged one. Otherwise, fails with INITLINT_ERROR_INPUT.
 */
bool store_is_ours(const char *path, GError **error);
/*
 * Starts a new database. If the database at @path has the current version of the schema, copies its
 * experiments, and nothing else, to the new database. store_commit() replaces the file at @path, if
 * there is one. Fails with INITLINT_ERROR_INPUT if @path is a directory or a database of a newer
 * initlint. Free with store_free().
 */
struct store *store_create(const char *path, GError **error);
/*
 * Starts with a copy of the database at @path, so that the caller can replace units. Fails with
 * INITLINT_ERROR_INPUT if the file is missing, is no database, is damaged, or has another version
 * of the schema. Free with store_free().
 */
struct store *store_update(const char *path, GError **error);
/*
 * Like store_update(), for a temporary database that the caller has just written. Does not check
 * the database for damage. store_commit() does not sync the new database to the disk.
 */
struct store *store_update_temporary(const char *path, GError **error);
/* Puts the new database at PATH. Returns false on error. Call store_free() next, even on error. */
bool store_commit(struct store *store, GError **error);
/* Frees the store. Without a successful store_commit(), deletes PATH.new and leaves PATH alone. */
void store_free(struct store *store);
typedef struct store store; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(store, store_free)

/*
 * Returns a sink that writes to @store and belongs to @store. Call store_begin_objects() before the
 * sink gets the first FACT_OBJECT. A new unit replaces the stored unit with the same target and
 * source.
 *
 * The unit of the shared header (target "") must come before the units that were read with the
 * shared header. Units that were read with the shared header do not report the functions in the
 * shared header again. Instead, these units refer to scopes of the shared header's unit. The store
 * keeps a scope while at least one unit refers to the scope.
 */
const struct facts_sink *store_sink(struct store *store);
/*
 * Deletes all objects, Makefile lines, $(shell)s and .config symbols, but keeps units. The caller
 * then stores all objects, lines, $(shell)s and symbols of this run.
 */
bool store_begin_objects(struct store *store, GError **error);

/* Stores @value for @key in the table "meta". docs/schema.md lists the keys. */
bool store_set_meta(struct store *store, const char *key, const char *value, GError **error);
/* Stores the value of a .config symbol. store_begin_objects() deletes the values of all symbols. */
bool store_set_config(struct store *store, const char *symbol, const char *value, GError **error);
/*
 * Removes the unit with @target and @source, and the facts of the unit. Does nothing if there is no
 * unit with @target and @source.
 */
bool store_remove_unit(struct store *store, const char *target, const char *source, GError **error);
/*
 * Stores that the object file @object contains the unit with @target and @source. @rank is the
 * position of the unit among the units of @object. This run or an earlier run of initlint may have
 * stored the unit.
 */
bool store_place_unit(struct store *store, const char *target, const char *source,
		      const char *object, unsigned int rank, GError **error);
/*
 * Stores the state that the file at @path had when the facts of the file were read. @hash: SHA-256
 * in hex; "": the file did not exist; NULL: not known for certain. If @hash is NULL, the next run
 * of "initlint index" reads all units that include the file again.
 */
bool store_set_file(struct store *store, const char *path, const char *hash, int64_t size,
		    int64_t changed_ns, GError **error);
/*
 * Call store_change_header() if the header at @path has changed but some units that include the
 * header are not read again. Changes the line numbers of all stored facts from the header. The @n
 * elements of @moves say by how much.
 *
 * If the shared header is built again, call store_change_header() before the unit of the shared
 * header is stored. Then the units that were read with the shared header will refer to the new
 * scopes of the shared header.
 */
bool store_change_header(struct store *store, const char *path, const struct line_move *moves,
			 unsigned int n, GError **error);
/*
 * Returns the paths (char *) of all headers whose text is missing or outdated. The text is outdated
 * if its hash is not the hash that store_set_file() has stored. NULL on error. Free with
 * g_ptr_array_unref().
 */
GPtrArray *store_textless_files(struct store *store, GError **error);
/*
 * Stores the text of the header at @path, for query_header_text(). Does nothing if @hash is not the
 * hash that store_set_file() has stored for @path.
 */
bool store_set_text(struct store *store, const char *path, const char *hash, GBytes *text,
		    GError **error);
/* Stores @experiment. Replaces a stored experiment with the same fingerprint and the same kind. */
bool store_set_experiment(struct store *store, const struct experiment *experiment, GError **error);
/* Deletes the macros of the header at @path. */
bool store_clear_macros(struct store *store, const char *path, GError **error);
/*
 * Adds a macro of the header at @path. The macro @name stands for the function or variable @target.
 * @target contains @name and is longer: mutex_init stands for __mutex_init.
 */
bool store_add_macro(struct store *store, const char *path, const char *name, const char *target,
		     GError **error);
/*
 * Returns the paths (char *) of the files without a stored hash: store_set_file() got NULL as
 * @hash, or was never called for the file. NULL on error. Free with g_ptr_array_unref().
 */
GPtrArray *store_unknown_files(struct store *store, GError **error);

#endif
