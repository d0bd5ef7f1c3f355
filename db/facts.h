/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts about a kernel: plain records, and the sink that takes them. The analyzer produces
 * facts and never sees the database. db/store/store.h is one sink, the recording sink of the
 * tests is another.
 *
 * A new kind of fact needs a record and an entry of enum fact_kind here, its members in
 * db/fact_layout.c, a table in db/schema.sql, and the visitor that sees it.
 *
 * Ownership: a fact and its strings belong to the caller and live until the sink's callback
 * returns. A sink copies what it keeps.
 *
 * Paths: relative to the kernel tree ("kernel/ksysfs.c"); "$O/..." for files of the
 * build directory ("$O/include/generated/autoconf.h"); absolute for anything else.
 * Objects are relative to the build directory, as make names them
 * ("drivers/base/dd.o"). Lines count from 1, 0 means unknown.
 */
#ifndef INITLINT_DB_FACTS_H
#define INITLINT_DB_FACTS_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

/* In the order in which the levels run; LEVEL_CON is run apart, from console_init(). */
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
	LEVEL_MODULE, /* module_init() of a module: runs when it is loaded */
	N_LEVELS,
	LEVEL_NONE = -1,
};

/* "early", "0", ..., "rootfs", ..., "7s", "con", "module". */
const char *initcall_level_name(enum initcall_level level);
/* "core_initcall" for 1, "late_initcall_sync" for 7s, ...: how a source file asks for the level. */
const char *initcall_level_macro(enum initcall_level level);
/* LEVEL_NONE if @name is no level. */
enum initcall_level initcall_level_parse(const char *name);

/*
 * One line of a Makefile on the way from vmlinux to an object: parent adds the
 * directory or composite that this line's item is in.
 */
struct place_fact {
	const struct place_fact *parent; /* NULL at the top */
	const char *item;		 /* "drivers/base/" or "drivers/base/dd.o" */
	const char *makefile;		 /* NULL where no single line could be told */
	unsigned int line;
	const char *condition; /* "CONFIG_PCI", "CONFIG_A && !CONFIG_B"; NULL: unconditional */
	unsigned int rank;     /* place among the items of the same parent, from 0 */
};

enum object_kind {
	OBJECT_BUILTIN,	   /* in a built-in.a of vmlinux */
	OBJECT_LIB,	   /* member of a lib.a that is linked whole, after the rest */
	OBJECT_LIB_DEMAND, /* member of a lib.a of which the linker takes what is needed */
	OBJECT_MODULE,	   /* part of a loadable module */
};

struct object_fact {
	const char *path;
	enum object_kind kind;
	int position;	     /* place in vmlinux from 0; -1 for modules */
	const char *modname; /* KBUILD_MODNAME: "arm_ffa" */
	const struct place_fact *place;
};

enum unit_mode {
	UNIT_PCH,     /* read under the shared precompiled header */
	UNIT_SHIM,    /* read with the shim header in front */
	UNIT_MINIMAL, /* read with the minimal shim in front */
	UNIT_FAILED,  /* not read: crash, hang, missing source */
	UNIT_RUST,    /* not of C: only its initcalls are read */
};

/* One compilation of one source file; a file built twice is two units. */
struct unit_fact {
	const char *object; /* the object in vmlinux (or a module) that it ends up in */
	const char *target; /* the .o that the compiler writes; object itself in most cases */
	const char *source;
	const char *flags_hash; /* of the flags that matter to the front end, tree path left out */
};

struct unit_result {
	enum unit_mode mode;
	unsigned int n_errors;	/* of the front end; > 0: the facts are partial */
	const char *diagnostic; /* the first error, "file:line:col: text"; NULL if none */
	unsigned int cpu_us;	/* what reading it cost */
};

/* Where a value comes from, as far as the text of one function tells. */
enum value_kind {
	VALUE_UNKNOWN,
	VALUE_NUMBER,	/* an integer constant; a null pointer is 0 */
	VALUE_STRING,	/* a string literal: text */
	VALUE_FUNCTION, /* a function's address: name, file */
	VALUE_OBJECT,	/* the address of a variable or of a part of one: name, file, field */
	VALUE_GLOBAL,	/* the content of a variable or of a part of one: name, file, field */
	VALUE_PARAM, /* a parameter, or the address of a part of what it points to: number, field */
	VALUE_LOADED, /* the content of a part of what a pointer points to: number is the
			 * parameter that the pointer comes from, -1 if it is none; field */
	VALUE_RESULT, /* what a call of a function returned: name, file */
	N_VALUES,
};

/*
 * @field names the innermost member that was selected, "record.member" (the record's tag,
 * else its typedef, else that of the record around it); for an array of anything but
 * records "[3]" or "[]"; NULL: the whole. Variables are static (file: where they are
 * defined) or external (file: NULL); one inside a function is "function.variable".
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
 * A function definition. @file may be the unit's source or something it includes; a
 * definition in an included file is reported by every unit that sees it and is one
 * function to the sink. The facts of its body follow it, with its name and file.
 */
struct function_fact {
	const char *name;
	const char *file;
	unsigned int line;
	unsigned int end_line;
	bool is_static;
	bool is_inline;
	bool is_weak;
	const char *alias; /* what it is another name of; NULL: a body of its own */
	const char *type;  /* as the compiler spells it: "void *(size_t, gfp_t)"; NULL: not told */
	/*
	 * Those that tell what kind of function it is, with a blank between two: "malloc",
	 * "cold", "section=.sched.text", in this order. NULL: none.
	 */
	const char *attributes;
};

/* The definition of a variable that outlives its block. */
struct global_fact {
	const char *name;
	const char *file;
	unsigned int line;
	bool is_static;
	bool is_weak;
	bool is_percpu;
	bool has_initialiser; /* with something else than zero */
	bool is_pointer;
	const char *record; /* tag of the struct or union that it is, or is an array of; or NULL */
};

struct call_fact {
	const char *function;
	const char *file;
	unsigned int line; /* in @file; of the outermost macro expansion */
	unsigned int seq;  /* number of the call within the function, from 0 */
	/* VALUE_FUNCTION: a direct call. GLOBAL, PARAM, LOADED (the field): through a pointer. */
	struct value target;
};

/* What is known of an argument of call @seq; unknown ones are not reported. */
struct argument_fact {
	const char *function;
	const char *file;
	unsigned int seq;
	unsigned int index;
	struct value value;
};

enum access_mode {
	ACCESS_READ,
	ACCESS_USE,	/* read, and the pointer is followed, called, or handed to a call */
	ACCESS_WRITE,	/* assigned: value */
	ACCESS_UPDATE,	/* changed from what it was: ++, |=, ... */
	ACCESS_ADDRESS, /* its address is taken, other than as the target of the above */
	N_ACCESSES,
};

/* A variable or a part of one; @file and @field as in struct value. */
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
	struct value value; /* of a write */
};

/*
 * base.field = value. @base is VALUE_OBJECT, VALUE_PARAM or unknown. Without @field the whole
 * variable is assigned, or the whole of what the parameter points to.
 */
struct store_fact {
	const char *function;
	const char *file;
	unsigned int line;
	struct value base;
	const char *field;
	struct value value;
};

/* .field = value in the static initialiser of @variable, which @file defines. */
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
	struct value value; /* known */
};

/* What happens where the condition of a guard does not hold. */
enum guard_exit {
	GUARD_SKIP,   /* just the region is left out */
	GUARD_RETURN, /* the function returns, without an error */
	GUARD_RECORD, /* the same, and remembers something for later in a variable or list */
	GUARD_ERROR,  /* a negative error number, or a pointer that stands for one */
	GUARD_DEFER,  /* -EPROBE_DEFER */
	GUARD_FATAL,  /* BUG(), panic() and what else does not return */
	N_GUARDS,
};

/* What a test says of a value and a number. */
enum relation {
	RELATION_NONE, /* nothing that could be told exactly */
	RELATION_EQ,
	RELATION_NE,
	RELATION_LT,
	RELATION_LE,
	RELATION_GT,
	RELATION_GE,
	RELATION_BITS,	  /* one of the number's bits is set */
	RELATION_NO_BITS, /* none is */
	N_RELATIONS,
};

/* Holds for a value that is in @relation to @number. */
struct test {
	enum relation relation;
	int64_t number; /* 0 with RELATION_NONE */
};

/*
 * The lines @from to @to of a function are reached only if @atom is not zero (@when), or
 * is zero (!@when). Where the text tests IS_ERR(x) the region is reached if x is no
 * error: as "x is not zero". @atom is VALUE_GLOBAL, VALUE_RESULT, VALUE_LOADED or VALUE_PARAM.
 * @when is a summary: "x == 3" is "x is not zero". Of a parameter, @test is the exact test.
 *
 * Guards of a function with the same @alternatives, other than 0, belong together: the lines
 * are reached if one of them holds, or if an undecidable test beside them holds.
 */
struct guard_fact {
	const char *function;
	const char *file;
	unsigned int line; /* of the test */
	unsigned int from;
	unsigned int to;
	struct value atom;
	bool when;
	enum guard_exit exit;
	struct test test;
	unsigned int alternatives;
};

struct initcall_fact {
	enum initcall_level level;
	const char *function;
	const char *file; /* where the outermost macro is expanded */
	unsigned int line;
	const char *
		macro; /* the outermost macro: "module_init", "builtin_platform_driver"; NULL: none */
	unsigned int seq; /* order within the unit, from 0 */
};

/*
 * "initlint: accept RULE: reason" in a comment on or above the initcalls at @file:@line: who
 * wrote it knows of what that rule finds of them.
 */
struct accept_fact {
	const char *file;
	unsigned int line;
	const char *rule;   /* NULL: not given, or not understood */
	const char *reason; /* NULL: not given */
	unsigned int comment_line;
};

/* $(shell ...) that was met and not run. */
struct shell_fact {
	const char *makefile;
	unsigned int line;
	const char *command;
	bool matters; /* it could have changed an object list */
};

/* A file that the unit is made of: its source, or a file that it includes. */
struct include_fact {
	const char *path;
};

/*
 * The facts between FACT_UNIT_BEGIN and FACT_UNIT_END belong to that unit. The facts of a body
 * follow FACT_FUNCTION of their function, initialisers follow FACT_GLOBAL of their variable, and
 * an argument may precede its call.
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
	const char *file; /* that defines it */
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

/* @take returns false with @error set to stop the producer. */
struct facts_sink {
	void *data;
	bool (*take)(void *data, const struct fact *fact, GError **error);
};

bool facts_take(const struct facts_sink *sink, const struct fact *fact, GError **error);
/* The same for FACT_UNIT_BEGIN and FACT_UNIT_END. */
bool facts_begin_unit(const struct facts_sink *sink, const struct unit_fact *unit, GError **error);
bool facts_end_unit(const struct facts_sink *sink, const struct unit_result *result,
		    GError **error);

/* Lines of a file, from the first to the last of them, that now stand @by lines further down. */
struct line_move {
	unsigned int first;
	unsigned int last;
	int by;
};

#endif
