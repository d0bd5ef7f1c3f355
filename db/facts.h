/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of a kernel, as plain records, and the sink that takes them. The
 * analyzer produces facts and never sees the database; db/store.h is one sink, the
 * recording sink of the tests is another.
 *
 * Ownership: a record and its strings belong to the caller and live until the
 * callback returns; a sink copies what it keeps.
 *
 * Paths: relative to the kernel tree ("kernel/ksysfs.c"); "$O/..." for files of the
 * build directory ("$O/include/generated/autoconf.h"); absolute for anything else.
 * Objects are relative to the build directory, as make names them
 * ("drivers/base/dd.o"). Lines count from 1, 0 means unknown.
 */
#ifndef INITLINT_DB_FACTS_H
#define INITLINT_DB_FACTS_H

#include <stdbool.h>
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

/*
 * A function definition. @file may be the unit's source or something it includes; a
 * definition in an included file is reported by every unit that sees it and is one
 * function to the sink.
 */
struct function_fact {
	const char *name;
	const char *file;
	unsigned int line;
	unsigned int end_line;
	bool is_static;
	bool is_inline;
};

/* A direct call inside the function (file, caller). */
struct call_fact {
	const char *caller;
	const char *file; /* of the caller's definition */
	const char *callee;
	const char *callee_file; /* where a static callee is defined; NULL: external linkage */
	unsigned int line;	 /* in @file; of the outermost macro expansion */
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

/* $(shell ...) that was met and not run. */
struct shell_fact {
	const char *makefile;
	unsigned int line;
	const char *command;
	bool matters; /* it could have changed an object list */
};

/* Every callback returns false with @error set to stop the producer. */
struct facts_sink {
	void *data;
	bool (*object)(void *data, const struct object_fact *object, GError **error);
	bool (*shell)(void *data, const struct shell_fact *shell, GError **error);
	/* The facts between unit_begin and unit_end belong to that unit. */
	bool (*unit_begin)(void *data, const struct unit_fact *unit, GError **error);
	bool (*include)(void *data, const char *path, GError **error);
	bool (*function)(void *data, const struct function_fact *function, GError **error);
	bool (*call)(void *data, const struct call_fact *call, GError **error);
	bool (*initcall)(void *data, const struct initcall_fact *initcall, GError **error);
	bool (*unit_end)(void *data, const struct unit_result *result, GError **error);
};

#endif
