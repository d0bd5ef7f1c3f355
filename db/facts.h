/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts about a kernel, as plain structs, and the sink that receives the facts. The analyzer
 * produces facts and does not know the database. db/store/store.h provides one sink. The unit tests
 * have another sink, which records the facts.
 *
 * A new kind of fact needs a struct and an entry of enum fact_kind in this file, its members in
 * db/fact_layout.c, a table in db/schema.sql, a new SCHEMA_VERSION in db/header.h, and code in
 * analyzer/source/visit that produces the fact (docs/hacking/your-first-fact.md).
 *
 * Ownership: a fact and its strings belong to the caller. The caller may free the fact when the
 * sink's callback has returned. So a sink that keeps a fact must copy the fact and the strings.
 *
 * Paths: a path in the kernel tree is relative to the tree ("kernel/ksysfs.c"). A path in the build
 * directory begins with "$O/" ("$O/include/generated/autoconf.h"). Any other path is absolute. The
 * path of an object is relative to the build directory, as in make ("drivers/base/dd.o").
 *
 * Line numbers count from 1. 0 means unknown.
 */
#ifndef INITLINT_DB_FACTS_H
#define INITLINT_DB_FACTS_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

/* In execution order, up to LEVEL_7S. console_init() runs the initcalls of LEVEL_CON. */
enum initcall_level {
	LEVEL_EARLY,
	LEVEL_0,
	LEVEL_0S,
	LEVEL_1,
	LEVEL_1S,
	LEVEL_2,
	LEVEL_2S,
	LEVEL_3,
	LEVEL_3S,
	LEVEL_4,
	LEVEL_4S,
	LEVEL_5,
	LEVEL_5S,
	LEVEL_ROOTFS,
	LEVEL_6,
	LEVEL_6S,
	LEVEL_7,
	LEVEL_7S,
	LEVEL_CON,
	LEVEL_MODULE, /* module_init() of a module: runs when the module is loaded */
	N_LEVELS,
	LEVEL_NONE = -1,
};

/* Returns "early", "0", ..., "rootfs", ..., "7s", "con" or "module". */
const char *initcall_level_name(enum initcall_level level);
/* Returns the macro that registers an initcall at @level: "core_initcall" for LEVEL_1. */
const char *initcall_level_macro(enum initcall_level level);
/* Returns LEVEL_NONE if @name is not the name of a level. */
enum initcall_level initcall_level_parse(const char *name);

/*
 * A line of a Makefile that adds @item to a list such as obj-y. A chain of these lines leads from
 * vmlinux to an object file. @parent is the line that adds the directory or object file that
 * contains @item.
 */
struct place_fact {
	const struct place_fact *parent; /* NULL: the line is in the top Makefile or Kbuild */
	const char *item;		 /* "drivers/base/" or "drivers/base/dd.o" */
	const char *makefile;		 /* NULL: it is not known which line adds @item */
	unsigned int line;
	/*
	 * The condition under which the line adds @item: "CONFIG_PCI", or "CONFIG_A && !CONFIG_B".
	 * "!CONFIG_B" is true if CONFIG_B is not set. NULL: the line always adds @item.
	 */
	const char *condition;
	unsigned int rank; /* index among all lines with the same @parent, from 0 */
};

enum object_kind {
	OBJECT_BUILTIN,	   /* in a built-in.a of vmlinux */
	OBJECT_LIB,	   /* member of a lib.a that is linked whole, after all built-in.a */
	OBJECT_LIB_DEMAND, /* member of a lib.a; the linker takes only the members it needs */
	OBJECT_MODULE,	   /* part of a loadable module */
};

struct object_fact {
	const char *path;
	enum object_kind kind;
	int position;	     /* index in the link order of vmlinux, from 0; -1 for modules */
	const char *modname; /* KBUILD_MODNAME: "arm_ffa" */
	const struct place_fact *place;
};

enum unit_mode {
	UNIT_PCH,     /* read with the shared precompiled header */
	UNIT_SHIM,    /* the shim, a header that redefines kernel macros, is included first */
	UNIT_MINIMAL, /* like UNIT_SHIM, but the shim is smaller and redefines fewer macros */
	UNIT_FAILED,  /* not read: crash, timeout or missing source */
	UNIT_RUST,    /* Rust source: only its initcalls are read */
};

/* One compilation of one source file. A source file that is compiled twice is two units. */
struct unit_fact {
	const char *object; /* the object, in vmlinux or in a module, that contains the unit */
	const char *target; /* the .o that the compiler writes; mostly equal to @object */
	const char *source;
	const char *flags_hash; /* hash of the parser's flags; does not depend on the tree's path */
};

struct unit_result {
	enum unit_mode mode;
	unsigned int n_errors;	/* errors that libclang found; > 0: some facts may be missing */
	const char *diagnostic; /* the first error, "file:line:col: text"; NULL if none */
	unsigned int cpu_us;	/* CPU time spent on reading the unit */
};

/*
 * Where a value comes from, as far as the code of one function shows. In parentheses: the members
 * of struct value that the kind uses.
 */
enum value_kind {
	VALUE_UNKNOWN,
	VALUE_NUMBER,	/* an integer constant (@number); a null pointer is 0 */
	VALUE_STRING,	/* a string literal (@text) */
	VALUE_FUNCTION, /* the address of a function (@name, @file) */
	VALUE_OBJECT,	/* the address of a variable or of its part (@name, @file, @field) */
	VALUE_GLOBAL,	/* the content of a variable or of its part (@name, @file, @field) */
	/*
	 * The parameter with the index @number. If @field is not NULL: the address of @field in the
	 * object that the parameter points to.
	 */
	VALUE_PARAM,
	/*
	 * The content of @field in an object that a pointer points to. @number is the index of the
	 * parameter from which the pointer comes; -1: the pointer comes from no parameter.
	 */
	VALUE_LOADED,
	VALUE_MEMBER, /* the address of @field in an object that no parameter points to */
	VALUE_RESULT, /* the return value of a call (@name and @file of the called function) */
	N_VALUES,
};

/*
 * A value. enum value_kind says which members each kind of value uses.
 *
 * @field is a member of a record, as "record.member". A record is a struct or union. For "a.b.c",
 * @field is "R.c": the record R is the type of "a.b". The name of a record is its tag, else its
 * typedef, else the name of the enclosing record. If @field is NULL, the value is about the whole
 * object. For an array element that is no record, @field has one of these forms:
 *   "[3]"                  the index is a constant
 *   "[#1]"                 the index is parameter 1
 *   "[#1 record.member]"   the index is this member of the object to which parameter 1 points
 *   "[]"                   any other index
 *
 * @file is the file that defines a static function or variable; NULL: external linkage. The @name
 * of a variable inside a function is "function.variable".
 */
struct value {
	enum value_kind kind;
	const char *name;
	const char *file;
	const char *field;
	const char *text;
	int64_t number;
};

/*
 * A function definition. @file is the unit's source or a file that the unit includes. If several
 * units include @file, each unit reports the definition. The sink treats equal definitions as one
 * function. The facts of the function's body come next. The first two members of each of these
 * facts are the @name and the @file of the function.
 */
struct function_fact {
	const char *name;
	const char *file;
	unsigned int line;
	unsigned int end_line;
	bool is_static;
	bool is_inline;
	bool is_weak;
	const char *alias; /* this function is an alias of @alias; NULL: it has its own body */
	const char *type;  /* as the compiler spells it: "void *(size_t, gfp_t)"; NULL: unknown */
	/*
	 * The attributes of the function, separated by spaces: "cold section=.init.text". Contains
	 * only malloc, cold and section, in this order. NULL: the function has none of the three.
	 */
	const char *attributes;
};

/* The definition of a variable with static storage duration. */
struct global_fact {
	const char *name;
	const char *file;
	unsigned int line;
	bool is_static;
	bool is_weak;
	bool is_percpu;
	bool has_initialiser; /* an initialiser other than zero */
	bool is_pointer;
	/*
	 * The name of the struct or union type of the variable. For an array, the name of the type
	 * of the elements. NULL: the type is not a struct or union.
	 */
	const char *record;
};

struct call_fact {
	const char *function;
	const char *file;
	/*
	 * The line of the call in @file. If a macro contains the call, @line is the line that uses
	 * the macro. If several nested macros contain the call, the outermost macro counts.
	 */
	unsigned int line;
	unsigned int seq; /* number of the call within the function, from 0 */
	/*
	 * VALUE_FUNCTION: the call is direct. Other kinds, such as VALUE_GLOBAL, VALUE_PARAM and
	 * VALUE_LOADED: the call is through a pointer.
	 */
	struct value target;
	bool in_loop; /* a for, while or do statement of the function contains the call */
};

/*
 * An argument of the call whose call_fact.seq is @seq. @index counts the arguments from 0.
 * Arguments of unknown value are not reported.
 */
struct argument_fact {
	const char *function;
	const char *file;
	unsigned int seq;
	unsigned int index;
	struct value value;
};

enum access_mode {
	ACCESS_READ,
	ACCESS_USE,	/* a pointer is read, and is dereferenced, called or passed to a call */
	ACCESS_WRITE,	/* assigned */
	ACCESS_UPDATE,	/* changed from its old value: ++, |=, ... */
	ACCESS_ADDRESS, /* the address is taken, as in "p = &x"; "(&x)->a" is no ACCESS_ADDRESS */
	N_ACCESSES,
};

/* A variable or a part of a variable. @name, @file and @field: as in struct value. */
struct variable {
	const char *name;
	const char *file;
	const char *field;
};

struct access_fact {
	const char *function;
	const char *file;
	unsigned int line;
	enum access_mode mode;
	struct variable variable;
	struct value value; /* ACCESS_WRITE: the assigned value */
};

/*
 * An assignment of @value to the member @field of an object. @base says which object: VALUE_OBJECT:
 * this object; VALUE_PARAM: the object that this parameter points to; VALUE_RESULT: the object that
 * this function returns, and the whole object is assigned; VALUE_UNKNOWN: not known. If @field is
 * NULL, the whole object is assigned.
 *
 * If @value is VALUE_UNKNOWN, @line is 0. Then the function may store a value other than 0 in
 * @field, at one or more places. Such a store may be an assignment, an update like ++ and |=, or a
 * write by other code to which the function passes the address of @field.
 */
struct store_fact {
	const char *function;
	const char *file;
	unsigned int line;
	struct value base;
	const char *field;
	struct value value;
};

/*
 * ".@field = @value" in the static initialiser of @variable. @file defines @variable. If @value is
 * VALUE_UNKNOWN, @line is 0. Then the initialiser stores one or more values other than 0 in @field.
 */
struct initialiser_fact {
	const char *variable;
	const char *file;
	unsigned int line;
	const char *field; /* NULL: the whole variable */
	struct value value;
};

struct return_fact {
	const char *function;
	const char *file;
	unsigned int line;
	struct value value; /* never VALUE_UNKNOWN */
};

/* What the function does if the condition of a guard is false. */
enum guard_exit {
	GUARD_SKIP,   /* skips only the guarded lines */
	GUARD_LOOP,   /* does not run the body of a loop; the guarded lines are this body */
	GUARD_RETURN, /* returns without an error */
	GUARD_RECORD, /* saves an argument in a global variable or list, and returns no error */
	GUARD_ERROR,  /* returns a negative error number or an error pointer */
	GUARD_DEFER,  /* returns -EPROBE_DEFER */
	GUARD_FATAL,  /* calls BUG(), panic() or another function that does not return */
	N_GUARDS,
};

/* The relation that a test checks between a value and a number. */
enum relation {
	RELATION_NONE, /* the exact test is not known */
	RELATION_EQ,
	RELATION_NE,
	RELATION_LT,
	RELATION_LE,
	RELATION_GT,
	RELATION_GE,
	RELATION_BITS,	  /* "value & number" is nonzero */
	RELATION_NO_BITS, /* "value & number" is 0 */
	N_RELATIONS,
};

/* The test "value @relation @number". */
struct test {
	enum relation relation;
	int64_t number; /* 0 with RELATION_NONE */
};

/*
 * A guard: a condition for the lines @from to @to of @function. A guard is true if @when is true
 * and @atom is nonzero, or if @when is false and @atom is 0. @atom is VALUE_GLOBAL, VALUE_RESULT,
 * VALUE_LOADED or VALUE_PARAM.
 *
 * @when and @atom simplify the test in the code: "x == 3" becomes "x is nonzero". "!IS_ERR(x)" also
 * becomes "x is nonzero". @test is the test in the code, or RELATION_NONE. A VALUE_RESULT has
 * RELATION_NONE.
 *
 * @alternatives is 0: the lines are reached only if the guard is true.
 *
 * @alternatives is not 0: the guard is one part of an "or". The parts of one "or" are the guards of
 * @function that have the same number in @alternatives. The lines are reached only if at least one
 * part is true. But if the analyzer cannot tell which value a part tests, this part has no guard.
 * Then the lines may be reached although all guards of the "or" are false, and the guards of the
 * "or" have RELATION_NONE.
 */
struct guard_fact {
	const char *function;
	const char *file;
	unsigned int line; /* line of the test */
	unsigned int from;
	unsigned int to;
	struct value atom;
	bool when;
	enum guard_exit exit;
	struct test test;
	/*
	 * If object.name is not NULL, the test in the code is "@atom == &object", test.relation is
	 * RELATION_EQ, and test.number has no meaning. If object.name is NULL, @test tells how the
	 * code compares @atom with test.number.
	 */
	struct variable object;
	unsigned int alternatives;
};

struct initcall_fact {
	enum initcall_level level;
	const char *function;
	/*
	 * The line @line of @file registers the initcall with @macro: "builtin_platform_driver". If
	 * @macro expands to another macro that registers the initcall, only @macro counts. @macro
	 * is NULL if the line uses no macro.
	 */
	const char *file;
	unsigned int line;
	const char *macro;
	unsigned int seq; /* number of the initcall within the unit, from 0 */
};

/*
 * A comment "initlint: accept RULE: reason" about the initcalls in line @line of @file. The comment
 * is on this line or above this line. The comment accepts the findings of RULE for these initcalls.
 */
struct accept_fact {
	const char *file;
	unsigned int line;
	const char *rule;   /* NULL: the comment names no rule, or cannot be parsed */
	const char *reason; /* NULL: the comment has no reason */
	unsigned int comment_line;
};

/* A $(shell ...) that the evaluation of a Makefile reaches. The command is not run. */
struct shell_fact {
	const char *makefile;
	unsigned int line;
	const char *command;
	bool matters; /* the output of the command could change a list of objects */
};

/*
 * A file that belongs to the unit: the source of the unit, or a file that the source includes,
 * directly or indirectly.
 */
struct include_fact {
	const char *path;
};

/*
 * The facts between FACT_UNIT_BEGIN and FACT_UNIT_END belong to the unit in FACT_UNIT_BEGIN. The
 * facts of a function's body come after the FACT_FUNCTION of the function. The initialisers of a
 * variable come after the FACT_GLOBAL of the variable. A FACT_ARGUMENT may come before the
 * FACT_CALL of the same call.
 *
 * The store writes facts kind by kind, in the order of this enum. The store removes facts kind by
 * kind, in the reverse order. So each kind of fact that belongs to a function or variable must come
 * after FACT_FUNCTION and FACT_GLOBAL in this enum.
 */
enum fact_kind {
	FACT_OBJECT,
	FACT_SHELL,
	FACT_UNIT_BEGIN,
	FACT_INCLUDE,
	FACT_FUNCTION,
	FACT_GLOBAL,
	FACT_CALL,
	FACT_ARGUMENT,
	FACT_ACCESS,
	FACT_STORE,
	FACT_RETURN,
	FACT_GUARD,
	FACT_INITIALISER,
	FACT_INITCALL,
	FACT_ACCEPT,
	FACT_UNIT_END,
	N_FACTS,
};

/* The first members of each fact that belongs to a function or variable. */
struct owner {
	const char *name;
	const char *file; /* the file that defines the function or variable */
};

struct fact {
	enum fact_kind kind;
	union {
		struct owner owner;
		struct object_fact object;
		struct shell_fact shell;
		struct unit_fact unit; /* FACT_UNIT_BEGIN */
		struct include_fact include;
		struct function_fact function;
		struct global_fact global;
		struct call_fact call;
		struct argument_fact argument;
		struct access_fact access;
		struct store_fact store;
		struct initialiser_fact initialiser;
		struct return_fact returns;
		struct guard_fact guard;
		struct initcall_fact initcall;
		struct accept_fact accept;
		struct unit_result result; /* FACT_UNIT_END */
	};
};

/*
 * The producer of facts calls take() for each fact. The first argument of take() is @data. To stop
 * the producer, take() sets @error and returns false. Otherwise, take() returns true.
 */
struct facts_sink {
	void *data;
	bool (*take)(void *data, const struct fact *fact, GError **error);
};

/* Passes @fact to the take() of @sink. Returns the result of take(). */
bool facts_take(const struct facts_sink *sink, const struct fact *fact, GError **error);
/*
 * facts_begin_unit() passes a FACT_UNIT_BEGIN with @unit to the take() of @sink. facts_end_unit()
 * passes a FACT_UNIT_END with @result to the take() of @sink. Both functions return the result of
 * take().
 */
bool facts_begin_unit(const struct facts_sink *sink, const struct unit_fact *unit, GError **error);
bool facts_end_unit(const struct facts_sink *sink, const struct unit_result *result,
		    GError **error);

/* The lines @first to @last of a file have moved down by @by lines. @by < 0: the lines moved up. */
struct line_move {
	unsigned int first;
	unsigned int last;
	int by;
};

#endif
