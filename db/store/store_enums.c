// SPDX-License-Identifier: GPL-2.0-only
/* The names of what the facts count, for those who read with sqlite3. */
#include "db/store/store_internal.h"

static const char *const value_kinds[N_VALUES] = {
	[VALUE_UNKNOWN] = "unknown",   [VALUE_NUMBER] = "number", [VALUE_STRING] = "string",
	[VALUE_FUNCTION] = "function", [VALUE_OBJECT] = "object", [VALUE_GLOBAL] = "global",
	[VALUE_PARAM] = "param",       [VALUE_LOADED] = "loaded", [VALUE_RESULT] = "result",
};

static const char *const access_modes[N_ACCESSES] = {
	[ACCESS_READ] = "read",	    [ACCESS_USE] = "use",	  [ACCESS_WRITE] = "write",
	[ACCESS_UPDATE] = "update", [ACCESS_ADDRESS] = "address",
};

static const char *const guard_exits[N_GUARDS] = {
	[GUARD_SKIP] = "skip",	 [GUARD_RETURN] = "return", [GUARD_RECORD] = "record",
	[GUARD_ERROR] = "error", [GUARD_DEFER] = "defer",   [GUARD_FATAL] = "fatal",
};

static const char *const relations[N_RELATIONS] = {
	[RELATION_NONE] = "none",
	[RELATION_EQ] = "==",
	[RELATION_NE] = "!=",
	[RELATION_LT] = "<",
	[RELATION_LE] = "<=",
	[RELATION_GT] = ">",
	[RELATION_GE] = ">=",
	[RELATION_BITS] = "has bits of",
	[RELATION_NO_BITS] = "has no bits of",
};

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
	return add_names(store, STMT_VALUE_KIND, value_kinds, N_VALUES, error) &&
	       add_names(store, STMT_ACCESS_MODE, access_modes, N_ACCESSES, error) &&
	       add_names(store, STMT_GUARD_EXIT, guard_exits, N_GUARDS, error) &&
	       add_names(store, STMT_RELATION, relations, N_RELATIONS, error);
}
