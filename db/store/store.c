// SPDX-License-Identifier: GPL-2.0-only
/* Locks, creates, copies and commits the database file. */
#include "db/store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/error.h"
#include "db/header.h"

extern const char initlint_schema[];

/*
 * No other process reads the file before store_commit() renames the file. So a crash before the
 * rename does no harm, and no journal is needed.
 */
static const char settings[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
			       "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;"
			       "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;";

static bool fail_errno(const char *path, const char *action, GError **error)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: cannot %s: %s", path, action,
		    g_strerror(errno));
	return false;
}

#define COPY_SIZE (1 << 20)

/* True if @path still names the open file @fd. False: another writer has renamed the file. */
static bool is_still_at(const char *path, int fd)
{
	struct stat opened;
	struct stat current;

	return fstat(fd, &opened) == 0 && stat(path, &current) == 0 &&
	       opened.st_ino == current.st_ino && opened.st_dev == current.st_dev;
}

static bool take_lock(struct store *store, GError **error)
{
	do {
		if (store->lock >= 0)
			close(store->lock);
		store->lock = open(store->new_path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
		if (store->lock < 0)
			return fail_errno(store->new_path, "create", error);
		if (flock(store->lock, LOCK_EX | LOCK_NB) == 0)
			continue;
		if (errno == EWOULDBLOCK)
			g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
				    "%s: another initlint is writing this database (it holds %s); "
				    "wait for it to end",
				    store->path, store->new_path);
		else
			fail_errno(store->new_path, "lock", error);
		close(store->lock);
		store->lock = -1;
		return false;
	} while (!is_still_at(store->new_path, store->lock));
	if (ftruncate(store->lock, 0) != 0)
		return fail_errno(store->new_path, "empty", error);
	return true;
}

static struct store *store_new(const char *path, bool fresh)
{
	struct store *store = g_new0(struct store, 1);

	store->path = g_strdup(path);
	store->new_path = g_strconcat(path, ".new", NULL);
	store->lock = -1;
	store->fresh = fresh;
	store->sink = (struct facts_sink){ .data = store, .take = store_take };
	store_intern_init(store);
	return store;
}

static bool open_new(struct store *store, GError **error)
{
	int code = sqlite3_open_v2(store->new_path, &store->db,
				   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (code != SQLITE_OK)
		return sql_fail(store->db, code, store->new_path, error);
	sqlite3_extended_result_codes(store->db, 1);
	return sql_exec(store->db, settings, store->new_path, error);
}

static const char *schema_indexes(void)
{
	return strstr(initlint_schema, "\n-- Indexes\n");
}

static bool create_tables(struct store *store, GError **error)
{
	g_autofree char *tables =
		g_strndup(initlint_schema, (gsize)(schema_indexes() - initlint_schema));

	return sql_exec(store->db, "BEGIN", store->new_path, error) &&
	       sql_exec(store->db, tables, store->new_path, error) && store_enums(store, error);
}

bool store_is_ours(const char *path, GError **error)
{
	GError *problem = NULL;
	enum header_kind kind = header_check(path, &problem);

	if (kind == HEADER_FOREIGN) {
		g_propagate_prefixed_error(error, problem, "not replaced: ");
		return false;
	}
	g_clear_error(&problem);
	return true;
}

struct store *store_create(const char *path, GError **error)
{
	g_autoptr(GError) problem = NULL;
	g_autoptr(store) store = NULL;
	enum header_kind kind = header_check(path, &problem);

	if (kind == HEADER_NEWER || g_file_test(path, G_FILE_TEST_IS_DIR)) {
		g_propagate_prefixed_error(error, g_steal_pointer(&problem), "not replaced: ");
		return NULL;
	}
	store = store_new(path, true);
	if (!take_lock(store, error) || !open_new(store, error) || !create_tables(store, error))
		return NULL;
	if (kind == HEADER_GOOD && !store_keep_experiments(store, error))
		return NULL;
	return g_steal_pointer(&store);
}

/* Copies the rest of @from to @to with read() and write(). Returns false and sets errno on failure. */
static bool copy_bytes(int from, int to)
{
	g_autofree char *buffer = g_malloc(COPY_SIZE);
	ssize_t n;

	while ((n = read(from, buffer, COPY_SIZE)) > 0)
		for (ssize_t done = 0; done < n;) {
			ssize_t written = write(to, buffer + done, (size_t)(n - done));

			if (written < 0)
				return false;
			done += written;
		}
	return n == 0;
}

/*
 * Copies the database with copy_file_range(). On file systems that can share blocks between files,
 * copy_file_range() shares the blocks. On other file systems, copy_file_range() copies inside the
 * kernel. It cannot copy from each file system to each other one.
 */
static bool copy_database(struct store *store, GError **error)
{
	int old = open(store->path, O_RDONLY | O_CLOEXEC);
	bool done;
	ssize_t n;

	if (old < 0)
		return fail_errno(store->path, "open", error);
	while ((n = copy_file_range(old, NULL, store->lock, NULL, 1 << 30, 0)) > 0)
		;
	done = n == 0;
	if (!done && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP))
		done = copy_bytes(old, store->lock);
	if (!done)
		fail_errno(store->new_path, "copy the database to it", error);
	close(old);
	return done;
}

/* Returns false with an error if the database is damaged: an update must not copy the damage. */
static bool check_damage(struct store *store, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt =
		sql_prepare(store->db, "PRAGMA quick_check(1)", store->path, error);
	int row = stmt ? sql_step(stmt, store->path, error) : -1;

	if (row < 0)
		return false;
	if (row == 0 || strcmp(sql_text(stmt, 0), "ok") != 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: is damaged (%s); run initlint index again", store->path,
			    row ? sql_text(stmt, 0) : "no result of the check");
		return false;
	}
	return true;
}

static struct store *start_update(const char *path, bool temporary, GError **error)
{
	g_autoptr(store) store = store_new(path, false);

	store->temporary = temporary;
	if (!take_lock(store, error) || header_check(path, error) != HEADER_GOOD ||
	    !copy_database(store, error) || !open_new(store, error) ||
	    !(temporary || check_damage(store, error)) ||
	    !sql_exec(store->db, "BEGIN", store->new_path, error) ||
	    !store_load_pch_scopes(store, error))
		return NULL;
	return g_steal_pointer(&store);
}

struct store *store_update(const char *path, GError **error)
{
	return start_update(path, false, error);
}

struct store *store_update_temporary(const char *path, GError **error)
{
	return start_update(path, true, error);
}

const struct facts_sink *store_sink(struct store *store)
{
	return &store->sink;
}

bool store_set_meta(struct store *store, const char *key, const char *value, GError **error)
{
	return store_run(store, STMT_META, error, "tt", key, value);
}

bool store_set_file(struct store *store, const char *path, const char *hash, int64_t size,
		    int64_t changed_ns, GError **error)
{
	int64_t file = store_file(store, path, error);

	return file && store_run(store, STMT_FILE_SET, error, "itii", file, hash, size, changed_ns);
}

GPtrArray *store_unknown_files(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *stmt = store_stmt(store, STMT_FILE_UNKNOWN, error);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, store->new_path, error)) > 0)
		g_ptr_array_add(paths, g_strdup(sql_text(stmt, 0)));
	sqlite3_reset(stmt);
	return row == 0 ? g_steal_pointer(&paths) : NULL;
}

static bool close_db(struct store *store)
{
	for (int i = 0; i < N_STMTS; i++)
		g_clear_pointer(&store->stmts[i], sqlite3_finalize);
	for (int i = 0; i < N_FACTS; i++)
		g_clear_pointer(&store->rows[i], sqlite3_finalize);
	return sqlite3_close(g_steal_pointer(&store->db)) == SQLITE_OK;
}

static bool sync_directory(const char *path, GError **error)
{
	g_autofree char *directory = g_path_get_dirname(path);
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (!ok)
		fail_errno(directory, "sync the new database in it to the disk", error);
	if (fd >= 0)
		close(fd);
	return ok;
}

bool store_commit(struct store *store, GError **error)
{
	if (store->fresh && !sql_exec(store->db, schema_indexes(), store->new_path, error))
		return false;
	if (!sql_exec(store->db, "COMMIT", store->new_path, error) ||
	    (store->replaced && !store_collect_scopes(store, error)))
		return false;
	close_db(store);
	if (!store->temporary && fsync(store->lock) != 0)
		return fail_errno(store->new_path, "write it to disk", error);
	if (rename(store->new_path, store->path) != 0)
		return fail_errno(store->path, "replace", error);
	store->committed = true;
	return store->temporary || sync_directory(store->path, error);
}

void store_free(struct store *store)
{
	if (!store)
		return;
	if (store->db)
		close_db(store);
	if (store->lock >= 0) {
		if (!store->committed)
			unlink(store->new_path);
		close(store->lock);
	}
	unit_buffer_free(store->unit);
	store_intern_clear(store);
	g_free(store->new_path);
	g_free(store->path);
	g_free(store);
}
