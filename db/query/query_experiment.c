// SPDX-License-Identifier: GPL-2.0-only
/* Reads experiments (db/experiment.h). */
#include "db/query/query_internal.h"

static bool load(struct query *query, GError **error)
{
	static const char sql[] = "SELECT fingerprint, kind, outcome, detail, kernel "
				  "FROM experiment ORDER BY fingerprint, kind";
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, NULL, error);
	g_autoptr(GArray) experiments = g_array_new(TRUE, FALSE, sizeof(struct experiment));
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step_required(stmt, 31, query->path, error)) > 0) {
		struct experiment experiment = {
			.fingerprint = query_text(query, stmt, 0),
			.kind = query_text(query, stmt, 1),
			.outcome = query_text(query, stmt, 2),
			.detail = query_text(query, stmt, 3),
			.kernel = query_text(query, stmt, 4),
		};

		g_array_append_val(experiments, experiment);
	}
	if (row < 0)
		return false;
	query->experiments = g_steal_pointer(&experiments);
	return true;
}

const struct experiment *query_experiments(struct query *query, unsigned int *n, GError **error)
{
	*n = 0;
	if (!query->experiments && !load(query, error))
		return NULL;
	*n = query->experiments->len;
	return (const struct experiment *)query->experiments->data;
}
