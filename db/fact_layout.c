// SPDX-License-Identifier: GPL-2.0-only
/*
 * The members of each kind of fact, and the SQL for its table. The type of a member decides in
 * which columns of the table the member is stored:
 *   MEMBER_VARIABLE  symbol, field
 *   MEMBER_VALUE     kind, symbol, field, number, text; with COLUMN_NO_TEXT: all but text
 *   MEMBER_TEST      relation, operand
 *   other types      one column
 */
#include "db/fact_layout.h"

const char *const value_kind_names[N_VALUES] = {
	[VALUE_UNKNOWN] = "unknown",   [VALUE_NUMBER] = "number", [VALUE_STRING] = "string",
	[VALUE_FUNCTION] = "function", [VALUE_OBJECT] = "object", [VALUE_GLOBAL] = "global",
	[VALUE_PARAM] = "param",       [VALUE_LOADED] = "loaded", [VALUE_MEMBER] = "member",
	[VALUE_RESULT] = "result",
};

const char *const access_mode_names[N_ACCESSES] = {
	[ACCESS_READ] = "read",	    [ACCESS_USE] = "use",	  [ACCESS_WRITE] = "write",
	[ACCESS_UPDATE] = "update", [ACCESS_ADDRESS] = "address",
};

const char *const guard_exit_names[N_GUARDS] = {
	[GUARD_SKIP] = "skip",	   [GUARD_LOOP] = "loop",   [GUARD_RETURN] = "return",
	[GUARD_RECORD] = "record", [GUARD_ERROR] = "error", [GUARD_DEFER] = "defer",
	[GUARD_FATAL] = "fatal",
};

const char *const relation_names[N_RELATIONS] = {
	[RELATION_NONE] = "-", [RELATION_EQ] = "==",  [RELATION_NE] = "!=",
	[RELATION_LT] = "<",   [RELATION_LE] = "<=",  [RELATION_GT] = ">",
	[RELATION_GE] = ">=",  [RELATION_BITS] = "&", [RELATION_NO_BITS] = "!&",
};

#define MEMBER(kind, holds, member, ...)           \
	{ .type = MEMBER_##kind,                   \
	  .column = COLUMN_##holds,                \
	  .offset = offsetof(struct fact, member), \
	  ##__VA_ARGS__ }
#define FLAG(member, text) MEMBER(FLAG, PLAIN, member, .print.word = (text))
/* A member with an enum type. @table has the names that are printed for the values. */
#define NAMED(member, table) \
	MEMBER(ENUM, PLAIN, member, .limit = G_N_ELEMENTS(table), .names = (table))
/* A line number. It is printed after the file, as "file:line". */
#define LINE(member) MEMBER(NUMBER, PLAIN, member, .print.before = ':')
/* The number of the last line of a range. The range is printed as "line-line". */
#define LAST_LINE(member)  MEMBER(NUMBER, PLAIN, member, .print.before = '-')
#define OWNER(kind, owner) MEMBER(NAME, NONE, kind.owner), MEMBER(NAME, NONE, kind.file)

static const struct fact_member include_members[] = {
	MEMBER(NAME, NONE, include.path),
};

static const struct fact_member function_members[] = {
	OWNER(function, name),
	LINE(function.line),
	LAST_LINE(function.end_line),
	MEMBER(FLAG, NONE, function.is_static, .print.word = "static"),
	FLAG(function.is_inline, "inline"),
	FLAG(function.is_weak, "weak"),
	MEMBER(TEXT, FUNCTION, function.alias, .print.word = "alias="),
	MEMBER(TEXT, PLAIN, function.type),
	MEMBER(TEXT, PLAIN, function.attributes),
};

static const struct fact_member global_members[] = {
	OWNER(global, name),
	LINE(global.line),
	MEMBER(FLAG, NONE, global.is_static, .print.word = "static"),
	FLAG(global.is_weak, "weak"),
	FLAG(global.is_percpu, "percpu"),
	FLAG(global.has_initialiser, "initialised"),
	FLAG(global.is_pointer, "pointer"),
	MEMBER(TEXT, PLAIN, global.record),
};

static const struct fact_member call_members[] = {
	OWNER(call, function),	       LINE(call.line),
	MEMBER(NUMBER, SEQ, call.seq), MEMBER(VALUE, NO_TEXT, call.target),
	FLAG(call.in_loop, "loop"),
};

static const struct fact_member argument_members[] = {
	OWNER(argument, function),
	MEMBER(NUMBER, SEQ, argument.seq),
	MEMBER(NUMBER, PLAIN, argument.index),
	MEMBER(VALUE, PLAIN, argument.value),
};

static const struct fact_member access_members[] = {
	OWNER(access, function),
	LINE(access.line),
	NAMED(access.mode, access_mode_names),
	MEMBER(VARIABLE, PLAIN, access.variable),
	MEMBER(VALUE, PLAIN, access.value),
};

static const struct fact_member store_members[] = {
	OWNER(store, function),
	LINE(store.line),
	MEMBER(VALUE, NO_TEXT, store.base),
	MEMBER(TEXT, FIELD, store.field),
	MEMBER(VALUE, PLAIN, store.value),
};

static const struct fact_member initialiser_members[] = {
	OWNER(initialiser, variable),
	LINE(initialiser.line),
	MEMBER(TEXT, FIELD, initialiser.field),
	MEMBER(VALUE, PLAIN, initialiser.value),
};

static const struct fact_member return_members[] = {
	OWNER(returns, function),
	LINE(returns.line),
	MEMBER(VALUE, PLAIN, returns.value),
};

static const struct fact_member guard_members[] = {
	OWNER(guard, function),
	LINE(guard.line),
	MEMBER(NUMBER, PLAIN, guard.from),
	LAST_LINE(guard.to),
	MEMBER(FLAG, PLAIN, guard.when, .print = { .word = "if", .else_word = "unless" }),
	MEMBER(VALUE, NO_TEXT, guard.atom),
	NAMED(guard.exit, guard_exit_names),
	MEMBER(TEST, PLAIN, guard.test),
	MEMBER(VARIABLE, PLAIN, guard.object),
	MEMBER(NUMBER, PLAIN, guard.alternatives),
};

static const struct fact_member initcall_members[] = {
	MEMBER(ENUM, PLAIN, initcall.level, .limit = N_LEVELS, .names = initcall_level_names),
	MEMBER(NAME, FUNCTION, initcall.function),
	MEMBER(NAME, FILE, initcall.file),
	LINE(initcall.line),
	MEMBER(TEXT, PLAIN, initcall.macro),
	MEMBER(NUMBER, SEQ, initcall.seq),
};

static const struct fact_member accept_members[] = {
	MEMBER(NAME, FILE, accept.file),
	LINE(accept.line),
	MEMBER(TEXT, PLAIN, accept.rule),
	MEMBER(TEXT, PLAIN, accept.reason),
	MEMBER(NUMBER, PLAIN, accept.comment_line),
};

#define MEMBERS(array) .members = (array), .n_members = G_N_ELEMENTS(array)
#define REMOVE(table) \
	"DELETE FROM " table " WHERE function IN (SELECT id FROM function WHERE scope = ?)"
/*
 * An assignment for the SQL statement UPDATE: changes the line number in @column. The table
 * "moved_line" says by how much. Use the assignment once for each column, because a second UPDATE
 * would change the line number again.
 */
#define MOVED(column)                                                            \
	column " = " column " + ifnull((SELECT by FROM moved_line WHERE " column \
	       " BETWEEN first AND last), 0)"
#define MOVE(table, lines)                                                               \
	"UPDATE " table " SET " lines                                                    \
	" WHERE function IN (SELECT function.id FROM function JOIN scope ON scope.id = " \
	"function.scope WHERE scope.file = ?1)"
#define OF_FILE " WHERE scope IN (SELECT id FROM scope WHERE file = ?1)"

static const struct fact_layout layouts[N_FACTS] = {
	[FACT_INCLUDE] = { .name = "include", .owner = OWNER_NONE, MEMBERS(include_members) },
	[FACT_FUNCTION] = {
		.name = "function", .owner = OWNER_SCOPE, MEMBERS(function_members),
		.insert = "INSERT INTO function (scope, symbol, line, end_line, is_inline, is_weak, "
			  "alias, type, attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		.remove = "DELETE FROM function WHERE scope = ?",
		.move = "UPDATE function SET " MOVED("line") ", " MOVED("end_line") OF_FILE,
	},
	[FACT_GLOBAL] = {
		.name = "global", .owner = OWNER_SCOPE, MEMBERS(global_members),
		.insert = "INSERT INTO global (scope, symbol, line, is_weak, is_percpu, "
			  "has_initialiser, is_pointer, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		.remove = "DELETE FROM global WHERE scope = ?",
		.move = "UPDATE global SET " MOVED("line") OF_FILE,
	},
	[FACT_CALL] = {
		.name = "call", .owner = OWNER_FUNCTION, MEMBERS(call_members),
		.insert = "INSERT INTO call (function, seq, line, kind, symbol, field, number, "
			  "in_loop) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		.remove = REMOVE("call"),
		.move = MOVE("call", MOVED("line")),
	},
	[FACT_ARGUMENT] = {
		.name = "argument", .owner = OWNER_FUNCTION, MEMBERS(argument_members),
		.insert = "INSERT INTO argument (function, seq, idx, kind, symbol, field, number, "
			  "text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		.remove = REMOVE("argument"),
	},
	[FACT_ACCESS] = {
		.name = "access", .owner = OWNER_FUNCTION, MEMBERS(access_members),
		.insert = "INSERT INTO access (function, seq, line, mode, symbol, field, value_kind, "
			  "value_symbol, value_field, value_number, value_text) "
			  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		.remove = REMOVE("access"),
		.move = MOVE("access", MOVED("line")),
	},
	[FACT_STORE] = {
		.name = "store", .owner = OWNER_FUNCTION, MEMBERS(store_members),
		.insert = "INSERT INTO store (function, seq, line, base_kind, base_symbol, "
			  "base_field, base_number, field, value_kind, value_symbol, value_field, "
			  "value_number, value_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		.remove = REMOVE("store"),
		.move = MOVE("store", MOVED("line")),
	},
	[FACT_INITIALISER] = {
		.name = "initialiser", .owner = OWNER_VARIABLE, MEMBERS(initialiser_members),
		.insert = "INSERT INTO initialiser (global, seq, line, field, value_kind, "
			  "value_symbol, value_field, value_number, value_text) "
			  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		.remove = "DELETE FROM initialiser WHERE global IN (SELECT id FROM global "
			  "WHERE scope = ?)",
		.move = "UPDATE initialiser SET " MOVED("line") " WHERE global IN (SELECT global.id "
			"FROM global JOIN scope ON scope.id = global.scope WHERE scope.file = ?1)",
	},
	[FACT_RETURN] = {
		.name = "return", .owner = OWNER_FUNCTION, MEMBERS(return_members),
		.insert = "INSERT INTO returns (function, seq, line, kind, symbol, field, number, "
			  "text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		.remove = REMOVE("returns"),
		.move = MOVE("returns", MOVED("line")),
	},
	[FACT_GUARD] = {
		.name = "guard", .owner = OWNER_FUNCTION, MEMBERS(guard_members),
		.insert = "INSERT INTO guard (function, seq, line, first_line, last_line, nonzero, "
			  "kind, symbol, field, number, exit, relation, operand, object, "
			  "object_field, alternatives) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		.remove = REMOVE("guard"),
		.move = MOVE("guard", MOVED("line") ", " MOVED("first_line") ", " MOVED("last_line")),
	},
	[FACT_INITCALL] = {
		.name = "initcall", .owner = OWNER_UNIT, MEMBERS(initcall_members),
		.insert = "INSERT INTO initcall (unit, seq, level, function, file, line, macro) "
			  "VALUES (?, ?, ?, ?, ?, ?, ?)",
	},
	[FACT_ACCEPT] = {
		.name = "accept", .owner = OWNER_UNIT, MEMBERS(accept_members),
		.insert = "INSERT INTO accept (unit, seq, file, line, rule, reason, comment_line) "
			  "VALUES (?, ?, ?, ?, ?, ?, ?)",
	},
};

const struct fact_layout *fact_layout(enum fact_kind kind)
{
	return kind < N_FACTS && layouts[kind].name ? &layouts[kind] : NULL;
}
