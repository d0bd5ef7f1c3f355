/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For the tests of extraction: a small tree in a temporary directory, units in it, and
 * a sink that writes each fact as a line.
 */
#ifndef INITLINT_TESTS_EXTRACT_FIXTURE_H
#define INITLINT_TESTS_EXTRACT_FIXTURE_H

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <glib/gstdio.h>

#include "analyzer/source/read/extract.h"
#include "tests/support/scratch.h"

#define MAX_UNITS 16

struct fixture {
	char *root, *tree, *build;
	struct kbuild_object objects[MAX_UNITS];
	struct kbuild_source sources[MAX_UNITS];
	struct extract_unit units[MAX_UNITS];
	unsigned int n_units;
	struct extract_options options;
	struct extract_stats stats;
	char *unit;	  /* target of the unit at hand */
	GPtrArray *lines; /* "TARGET kind ..." in order */
	GError *error;
	bool ok;
};

static inline void fixture_write(struct fixture *f, const char *path, const char *text)
{
	g_autofree char *full = g_build_filename(f->root, path, NULL);
	g_autofree char *directory = g_path_get_dirname(full);

	ck_assert_int_eq(g_mkdir_with_parents(directory, 0755), 0);
	ck_assert(g_file_set_contents(full, text, -1, NULL));
}

/* The kernel's own macros, shortened: with and without PREL32, and a module's. */
static const char init_h[] =
	"#ifndef _LINUX_INIT_H\n#define _LINUX_INIT_H\n"
	"#include <linux/types.h>\n"
	"typedef int (*initcall_t)(void);\n"
	"#define __PASTE_(a, b) a##b\n#define __PASTE(a, b) __PASTE_(a, b)\n"
	"#define __initcall_id(fn) __PASTE(__KBUILD_MODNAME, __PASTE(__, __PASTE(__COUNTER__, "
	"__PASTE(_, __PASTE(__LINE__, __PASTE(_, fn))))))\n"
	"#define __initcall_name(iid, id) __PASTE(__initcall__, __PASTE(iid, id))\n"
	"#ifdef CONFIG_HAVE_ARCH_PREL32_RELOCATIONS\n"
	"#define ____define_initcall(fn, name, sec) asm(\".long \" #fn);\n"
	"#else\n"
	"#define ____define_initcall(fn, name, sec) static initcall_t name "
	"__attribute__((__used__, __section__(sec))) = fn;\n"
	"#endif\n"
	"#define __define_initcall(fn, id) ____define_initcall(fn, "
	"__initcall_name(__initcall_id(fn), id), \".initcall\" #id)\n"
	"#define early_initcall(fn) __define_initcall(fn, early)\n"
	"#define core_initcall(fn) __define_initcall(fn, 1)\n"
	"#define rootfs_initcall(fn) __define_initcall(fn, rootfs)\n"
	"#define device_initcall(fn) __define_initcall(fn, 6)\n"
	"#define device_initcall_sync(fn) __define_initcall(fn, 6s)\n"
	"#define console_initcall(fn) __define_initcall(fn, con)\n"
	"#ifdef MODULE\n"
	"#define module_init(fn) int init_module(void) __attribute__((alias(#fn)));\n"
	"#else\n"
	"#define module_init(fn) device_initcall(fn);\n"
	"#endif\n"
	"#define builtin_driver(d, r) static int d##_init(void) { return r(&d); } "
	"device_initcall(d##_init);\n"
	"static inline int twice(int x) { return helper(x) + helper(x); }\n"
	"#endif\n";

static inline void fixture_setup(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->root = scratch_new();
	f->tree = g_build_filename(f->root, "tree", NULL);
	f->build = g_build_filename(f->root, "build", NULL);
	f->lines = g_ptr_array_new_with_free_func(g_free);
	f->options = (struct extract_options){
		.tree = f->tree,
		.build = f->build,
		.jobs = 2,
		.no_pch = true,
	};
	fixture_write(f, "build/include/generated/autoconf.h",
		      "#define CONFIG_HAVE_ARCH_PREL32_RELOCATIONS 1\n");
	fixture_write(f, "tree/include/linux/kconfig.h",
		      "#ifndef _K\n#define _K\n#include <generated/autoconf.h>\n#endif\n");
	fixture_write(
		f, "tree/include/linux/types.h",
		"#ifndef _T\n#define _T\ntypedef unsigned int u32;\nint helper(int x);\n#endif\n");
	fixture_write(f, "tree/include/linux/init.h", init_h);
}

static inline void fixture_teardown(struct fixture *f)
{
	g_clear_pointer(&f->root, scratch_free);
	extract_stats_clear(&f->stats);
	g_clear_error(&f->error);
	g_ptr_array_unref(f->lines);
	for (unsigned int i = 0; i < f->n_units; i++) {
		g_strfreev((char **)f->sources[i].args);
		g_free((char *)f->sources[i].target);
		g_free((char *)f->sources[i].source);
	}
	g_free(f->unit);
	g_free(f->tree);
	g_free(f->build);
}

/* Adds "NAME.c"; @text NULL: there is no such file. @flag: one more argument, or NULL. */
static inline void fixture_unit(struct fixture *f, const char *name, const char *text,
				const char *flag)
{
	unsigned int i = f->n_units++;
	g_autofree char *path = g_strdup_printf("tree/%s.c", name);
	GPtrArray *args = g_ptr_array_new();

	if (text)
		fixture_write(f, path, text);
	g_ptr_array_add(args, g_strdup("-nostdinc"));
	g_ptr_array_add(args, g_strdup_printf("-I%s/include", f->tree));
	g_ptr_array_add(args, g_strdup("-I./include"));
	g_ptr_array_add(args, g_strdup("-include"));
	g_ptr_array_add(args, g_strdup_printf("%s/include/linux/kconfig.h", f->tree));
	g_ptr_array_add(args, g_strdup("-std=gnu11"));
	if (flag)
		g_ptr_array_add(args, g_strdup(flag));
	g_ptr_array_add(args, g_strdup_printf("-DKBUILD_MODNAME=\"%s\"", name));
	g_ptr_array_add(args, g_strdup_printf("-D__KBUILD_MODNAME=kmod_%s", name));
	g_ptr_array_add(args, NULL);
	f->sources[i] = (struct kbuild_source){
		.target = g_strdup_printf("%s.o", name),
		.source = g_strdup_printf("%s.c", name),
		.args = (const char *const *)g_ptr_array_free(args, FALSE),
		.flags_hash = "hash",
	};
	f->objects[i].fact.path = f->sources[i].target;
	f->units[i] = (struct extract_unit){ &f->objects[i], &f->sources[i], true };
}

static inline void fixture_line(struct fixture *f, const char *format, ...)
{
	g_autofree char *rest = NULL;
	va_list ap;

	va_start(ap, format);
	rest = g_strdup_vprintf(format, ap);
	va_end(ap);
	g_ptr_array_add(f->lines, g_strdup_printf("%s %s", f->unit, rest));
}

static inline bool record_begin(void *data, const struct unit_fact *unit, GError **error)
{
	struct fixture *f = data;

	(void)error;
	g_free(f->unit);
	f->unit = g_strdup(*unit->target ? unit->target : unit->source);
	return true;
}

static inline bool record_include(void *data, const char *path, GError **error)
{
	(void)error;
	fixture_line(data, "include %s", path);
	return true;
}

static inline bool record_function(void *data, const struct function_fact *fact, GError **error)
{
	(void)error;
	fixture_line(data, "function %s %s:%u-%u%s%s%s%s%s", fact->name, fact->file, fact->line,
		     fact->end_line, fact->is_static ? " static" : "",
		     fact->is_inline ? " inline" : "", fact->is_weak ? " weak" : "",
		     fact->alias ? " alias " : "", fact->alias ? fact->alias : "");
	return true;
}

static inline bool record_global(void *data, const struct global_fact *fact, GError **error)
{
	(void)error;
	fixture_line(data, "global %s %s:%u%s%s%s%s%s %s", fact->name, fact->file, fact->line,
		     fact->is_static ? " static" : "", fact->is_weak ? " weak" : "",
		     fact->is_percpu ? " percpu" : "", fact->has_initialiser ? " set" : "",
		     fact->is_pointer ? " pointer" : "", fact->record ? fact->record : "-");
	return true;
}

/* Kind and content: "object:name@file.field", "param:0.dev.bus", "string:x", "-". */
static inline char *fixture_value(const struct value *value)
{
	static const char *const kinds[N_VALUES] = {
		[VALUE_NUMBER] = "number", [VALUE_STRING] = "string", [VALUE_FUNCTION] = "function",
		[VALUE_OBJECT] = "object", [VALUE_GLOBAL] = "global", [VALUE_PARAM] = "param",
		[VALUE_LOADED] = "loaded", [VALUE_RESULT] = "result",
	};
	GString *text;

	if (value->kind == VALUE_UNKNOWN)
		return g_strdup("-");
	text = g_string_new(kinds[value->kind]);
	g_string_append_c(text, ':');
	if (value->name)
		g_string_append(text, value->name);
	else if (value->text)
		g_string_append(text, value->text);
	else
		g_string_append_printf(text, "%d", (int)value->number);
	if (value->file)
		g_string_append_printf(text, "@%s", value->file);
	if (value->field)
		g_string_append_printf(text, ".%s", value->field);
	return g_string_free(text, FALSE);
}

static inline bool record_call(void *data, const struct call_fact *fact, GError **error)
{
	g_autofree char *target = fixture_value(&fact->target);

	(void)error;
	fixture_line(data, "call %s %s:%u %s", fact->caller, fact->file, fact->line, target);
	return true;
}

static inline bool record_argument(void *data, const struct argument_fact *fact, GError **error)
{
	g_autofree char *value = fixture_value(&fact->value);

	(void)error;
	fixture_line(data, "argument %s %u %u %s", fact->caller, fact->seq, fact->index, value);
	return true;
}

static inline bool record_access(void *data, const struct access_fact *fact, GError **error)
{
	static const char *const modes[N_ACCESSES] = { "read", "use", "write", "update",
						       "address" };
	g_autofree char *value = fixture_value(&fact->value);

	(void)error;
	fixture_line(data, "access %s %u %s %s%s%s%s%s %s", fact->function, fact->line,
		     modes[fact->mode], fact->name, fact->variable_file ? "@" : "",
		     fact->variable_file ? fact->variable_file : "", fact->field ? "." : "",
		     fact->field ? fact->field : "", value);
	return true;
}

static inline bool record_store(void *data, const struct store_fact *fact, GError **error)
{
	g_autofree char *base = fixture_value(&fact->base);
	g_autofree char *value = fixture_value(&fact->value);

	(void)error;
	fixture_line(data, "store %s %u %s %s %s", fact->function ? fact->function : "-",
		     fact->line, base, fact->field, value);
	return true;
}

static inline bool record_returns(void *data, const struct return_fact *fact, GError **error)
{
	g_autofree char *value = fixture_value(&fact->value);

	(void)error;
	fixture_line(data, "return %s %u %s", fact->function, fact->line, value);
	return true;
}

static inline bool record_guard(void *data, const struct guard_fact *fact, GError **error)
{
	static const char *const exits[N_GUARDS] = { "skip",  "return", "record",
						     "error", "defer",	"fatal" };
	static const char *const relations[N_RELATIONS] = { "",	 "==", "!=", "<", "<=",
							    ">", ">=", "&",  "!&" };
	g_autofree char *atom = fixture_value(&fact->atom);
	g_autofree char *exact = fact->relation == RELATION_NONE
					 ? g_strdup("")
					 : g_strdup_printf(" %s%" G_GINT64_FORMAT,
							   relations[fact->relation], fact->number);

	(void)error;
	/* "or": one of several of which one must hold. */
	fixture_line(data, "guard %s %u %u-%u %s %s %s%s%s", fact->function, fact->line, fact->from,
		     fact->to, fact->when ? "if" : "unless", atom, exits[fact->exit], exact,
		     fact->alternatives ? " or" : "");
	return true;
}

static inline bool record_initcall(void *data, const struct initcall_fact *fact, GError **error)
{
	(void)error;
	fixture_line(data, "initcall %s %s %s:%u %s %u", initcall_level_name(fact->level),
		     fact->function, fact->file, fact->line, fact->macro ? fact->macro : "-",
		     fact->seq);
	return true;
}

static inline bool record_accept(void *data, const struct accept_fact *fact, GError **error)
{
	(void)error;
	fixture_line(data, "accept %s:%u %u %s: %s", fact->file, fact->line, fact->comment_line,
		     fact->rule ? fact->rule : "-", fact->reason ? fact->reason : "-");
	return true;
}

static inline bool record_end(void *data, const struct unit_result *result, GError **error)
{
	(void)error;
	fixture_line(data, "result %d %u %s", result->mode, result->n_errors,
		     result->diagnostic ? result->diagnostic : "-");
	return true;
}

static inline void fixture_run(struct fixture *f)
{
	const struct facts_sink sink = {
		.data = f,
		.unit_begin = record_begin,
		.include = record_include,
		.function = record_function,
		.global = record_global,
		.call = record_call,
		.argument = record_argument,
		.access = record_access,
		.store = record_store,
		.returns = record_returns,
		.guard = record_guard,
		.initcall = record_initcall,
		.accept = record_accept,
		.unit_end = record_end,
	};

	g_ptr_array_set_size(f->lines, 0);
	extract_stats_clear(&f->stats);
	g_clear_error(&f->error);
	f->ok = extract_units(&f->options, f->units, f->n_units, &sink, &f->stats, &f->error);
}

static inline bool fixture_has(const struct fixture *f, const char *line)
{
	for (unsigned int i = 0; i < f->lines->len; i++)
		if (strcmp(g_ptr_array_index(f->lines, i), line) == 0)
			return true;
	return false;
}

/* Fails with all lines shown, which is what one needs to see. */
static inline void fixture_expect(const struct fixture *f, const char *line)
{
	if (fixture_has(f, line))
		return;
	for (unsigned int i = 0; i < f->lines->len; i++)
		fprintf(stderr, "  %s\n", (char *)g_ptr_array_index(f->lines, i));
	ck_abort_msg("not among the facts: %s", line);
}

static inline unsigned int fixture_count(const struct fixture *f, const char *part)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < f->lines->len; i++)
		n += strstr(g_ptr_array_index(f->lines, i), part) != NULL;
	return n;
}

#endif
