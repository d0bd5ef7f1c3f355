// SPDX-License-Identifier: GPL-2.0-only
/* Stores experiments (db/experiment.h). */
#include "db/store/store_internal.h"

#include "db/error.h"

bool store_set_experiment(struct store *store, const struct experiment *experiment, GError **error)
{
	return store_run(store, STMT_EXPERIMENT_SET, error, "ttttt", experiment->fingerprint,
			 experiment->kind, experiment->outcome, experiment->detail,
			 experiment->kernel);
}

static bool copy_experiments(struct store *store, sqlite3 *old, GError **error)
{
	static const char sql[] =
		"SELECT fingerprint, kind, outcome, detail, kernel FROM experiment";
	g_autoptr(sqlite3_stmt) stmt = sql_prepare(old, sql, store->path, error);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, store->path, error)) > 0) {
		const struct experiment experiment = {
			.fingerprint = sql_text(stmt, 0),
			.kind = sql_text(stmt, 1),
			.outcome = sql_text(stmt, 2),
			.detail = sql_text(stmt, 3),
			.kernel = sql_text(stmt, 4),
		};

		if (!store_set_experiment(store, &experiment, error))
			return false;
	}
	return row == 0;
}

bool store_keep_experiments(struct store *store, GError **error)
{
	GError *failure = NULL;
	sqlite3 *old = NULL;
	int code = sqlite3_open_v2(store->path, &old, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
				   NULL);

	if (code == SQLITE_OK)
		copy_experiments(store, old, &failure);
	else
		sql_fail(old, code, store->path, &failure);
	sqlite3_close(old);
	if (!failure)
		return true;
	/*
	 * Ignore damage of the old database. The user repairs a damaged database with a full index,
	 * so a full index must not fail because of the damage.
	 */
	if (g_error_matches(failure, INITLINT_ERROR, INITLINT_ERROR_INPUT)) {
		g_error_free(failure);
		return true;
	}
	g_propagate_error(error, failure);
	return false;
}
