/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writing a database. All writing goes to "PATH.new"; store_commit() makes it durable
 * and renames it over PATH, so a reader sees the old database or the new one, whole.
 * One writer at a time: PATH.new is locked while it is written, a second writer is
 * refused. What a killed writer left behind is taken over by the next.
 *
 * After an error the store can only be freed.
 */
#ifndef INITLINT_DB_STORE_STORE_H
#define INITLINT_DB_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "db/facts.h"

struct store;

/* Fails with INITLINT_ERROR_INPUT if there is a file at @path that initlint did not make. */
bool store_is_ours(const char *path, GError **error);
/*
 * Starts an empty database, to be at @path. Fails with INITLINT_ERROR_INPUT if there is a
 * directory or the database of a newer initlint; any other file will be replaced.
 */
struct store *store_create(const char *path, GError **error);
/*
 * Starts from the contents of the database at @path (copied), to replace some of its
 * units. Fails with INITLINT_ERROR_INPUT if it is none, damaged, or of another schema.
 */
struct store *store_update(const char *path, GError **error);
/*
 * The same for a database that need not outlive the system, and whose old contents were written
 * a moment ago: they are not searched for damage, and store_commit() does not wait for the disk.
 */
struct store *store_update_temporary(const char *path, GError **error);
bool store_commit(struct store *store, GError **error);
/* Frees; without a commit before, removes what was written and leaves PATH as it was. */
void store_free(struct store *store);
typedef struct store store; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(store, store_free)

/*
 * The sink writes into @store and lives as long. object() calls must follow
 * store_begin_objects(). A unit replaces the one of the same target and source. The
 * shared header's own unit (target "") must come before the units read under it: they
 * do not report its functions again, and keep alive those of the files they include.
 */
const struct facts_sink *store_sink(struct store *store);
/* Forgets all objects, places and shell facts; the walk is then stored anew. Units are kept. */
bool store_begin_objects(struct store *store, GError **error);

bool store_set_meta(struct store *store, const char *key, const char *value, GError **error);
/* A set symbol of the .config; store_begin_objects() forgets them all. */
bool store_set_config(struct store *store, const char *symbol, const char *value, GError **error);
/* Removes a unit that is no longer built, and all its facts. */
bool store_remove_unit(struct store *store, const char *target, const char *source, GError **error);
/*
 * The object that a unit of this or an earlier index ends up in, and its place among
 * the units of that object.
 */
bool store_place_unit(struct store *store, const char *target, const char *source,
		      const char *object, unsigned int rank, GError **error);
/*
 * Content of a file as it was when its facts were read. @hash is a SHA-256 in hex; ""
 * if there is no such file; NULL if not known for sure: what includes it is then stale.
 */
bool store_set_file(struct store *store, const char *path, const char *hash, int64_t size,
		    int64_t mtime_ns, GError **error);
/*
 * The header at @path has changed in a way that does not concern all units that include it: in what
 * they have seen of it lines move. To be called before the shared header's own unit is
 * stored anew; units kept under that follow it.
 */
bool store_change_header(struct store *store, const char *path, const struct line_move *moves,
			 unsigned int n, GError **error);
/* Paths (char *) of headers whose text is not stored. Free with g_ptr_array_unref(). */
GPtrArray *store_textless_files(struct store *store, GError **error);
/* What query_header_text() is to give; does nothing unless the file's content has @hash. */
bool store_set_text(struct store *store, const char *path, const char *hash, GBytes *text,
		    GError **error);
/* Forgets the macros of a header. */
bool store_clear_macros(struct store *store, const char *path, GError **error);
/* A macro of that header: @target is a longer name that it stands for. */
bool store_add_macro(struct store *store, const char *path, const char *name, const char *target,
		     GError **error);
/* Paths (char *) of the files whose content is not known. Free with g_ptr_array_unref(). */
GPtrArray *store_unknown_files(struct store *store, GError **error);

#endif
