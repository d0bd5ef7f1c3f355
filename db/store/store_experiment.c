// SPDX-License-Identifier: GPL-2.0-only
/* Stores experiments (db/experiment.h). */
#include "db/store/store_internal.h"

bool store_set_experiment(struct store *store, const struct experiment *experiment, GError **error)
{
	return store_run(store, STMT_EXPERIMENT_SET, error, "ttttt", experiment->fingerprint,
			 experiment->kind, experiment->outcome, experiment->detail,
			 experiment->kernel);
}

bool store_keep_experiments(struct store *store, GError **error)
{
	static const char sql[] =
		"SELECT fingerprint, kind, outcome, detail, kernel FROM experiment";
	g_autoptr(sqlite3_stmt) stmt = NULL;
	sqlite3 *old = NULL;
	int code = sqlite3_open_v2(store->path, &old, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
				   NULL);
	int row = code == SQLITE_OK ? 1 : -1;

	/*
	 * Ignore errors in the old database. The user repairs a damaged database with a full index,
	 * so a full index must not fail because of the damage.
	 */
	stmt = row > 0 ? sql_prepare(old, sql, store->path, NULL) : NULL;
	while (stmt && row > 0 && (row = sql_step(stmt, store->path, NULL)) > 0) {
		const struct experiment experiment = {
			.fingerprint = sql_text(stmt, 0),
			.kind = sql_text(stmt, 1),
			.outcome = sql_text(stmt, 2),
			.detail = sql_text(stmt, 3),
			.kernel = sql_text(stmt, 4),
		};

		if (!store_set_experiment(store, &experiment, error))
			break;
	}
	g_clear_pointer(&stmt, sqlite3_finalize);
	sqlite3_close(old);
	/* row > 0: the loop has stopped at a row that could not be stored. */
	return row <= 0;
}
