// SPDX-License-Identifier: GPL-2.0-only
/* Fills the tables that name the values of enums. Users of sqlite3 read these tables. */
#include "db/store/store_internal.h"

static bool add_names(struct store *store, enum store_stmt stmt, const char *const *names,
		      int64_t n, GError **error)
{
	for (int64_t i = 0; i < n; i++)
		if (!store_run(store, stmt, error, "it", i, names[i]))
			return false;
	return true;
}

bool store_enums(struct store *store, GError **error)
{
	for (int64_t i = 0; i < N_LEVELS; i++)
		if (!store_run(store, STMT_LEVEL, error, "itt", i, initcall_level_name((int)i),
			       initcall_level_macro((int)i)))
			return false;
	return add_names(store, STMT_VALUE_KIND, value_kind_names, N_VALUES, error) &&
	       add_names(store, STMT_ACCESS_MODE, access_mode_names, N_ACCESSES, error) &&
	       add_names(store, STMT_GUARD_EXIT, guard_exit_names, N_GUARDS, error) &&
	       add_names(store, STMT_RELATION, relation_names, N_RELATIONS, error);
}
