// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>
#include <glib/gstdio.h>

#include "db/fact_layout.h"
#include "tests/support/extract_fixture.h"
#include "tests/support/temp_dir.h"

void fixture_write(struct fixture *f, const char *path, const char *text)
{
	g_autofree char *full = g_build_filename(f->root, path, NULL);
	g_autofree char *directory = g_path_get_dirname(full);

	ck_assert_int_eq(g_mkdir_with_parents(directory, 0755), 0);
	ck_assert(g_file_set_contents(full, text, -1, NULL));
}

/* include/linux/init.h of the kernel, shortened: with and without PREL32, and for a module. */
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

void fixture_setup(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->root = temp_dir_new();
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

void fixture_teardown(struct fixture *f)
{
	g_clear_pointer(&f->root, temp_dir_free);
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

void fixture_unit(struct fixture *f, const char *name, const char *text, const char *flag)
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

static void add_line(struct fixture *f, const char *format, ...)
{
	g_autofree char *rest = NULL;
	va_list ap;

	va_start(ap, format);
	rest = g_strdup_vprintf(format, ap);
	va_end(ap);
	g_ptr_array_add(f->lines, g_strdup_printf("%s %s", f->unit, rest));
}

/* The kind and content of @value; "object:name@file.field", "param:0.dev.bus", "string:x", "-". */
static char *value_text(const struct value *value)
{
	GString *text;

	if (value->kind == VALUE_UNKNOWN)
		return g_strdup("-");
	text = g_string_new(value_kind_names[value->kind]);
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

static void record_begin(struct fixture *f, const struct unit_fact *unit)
{
	g_free(f->unit);
	f->unit = g_strdup(*unit->target ? unit->target : unit->source);
}

static void record_function(struct fixture *f, const struct function_fact *fact)
{
	add_line(f, "function %s %s:%u-%u%s%s%s%s%s", fact->name, fact->file, fact->line,
		 fact->end_line, fact->is_static ? " static" : "", fact->is_inline ? " inline" : "",
		 fact->is_weak ? " weak" : "", fact->alias ? " alias " : "",
		 fact->alias ? fact->alias : "");
}

static void record_global(struct fixture *f, const struct global_fact *fact)
{
	add_line(f, "global %s %s:%u%s%s%s%s%s %s", fact->name, fact->file, fact->line,
		 fact->is_static ? " static" : "", fact->is_weak ? " weak" : "",
		 fact->is_percpu ? " percpu" : "", fact->has_initialiser ? " set" : "",
		 fact->is_pointer ? " pointer" : "", fact->record ? fact->record : "-");
}

static void record_call(struct fixture *f, const struct call_fact *fact)
{
	g_autofree char *target = value_text(&fact->target);

	add_line(f, "call %s %s:%u %s", fact->function, fact->file, fact->line, target);
}

static void record_argument(struct fixture *f, const struct argument_fact *fact)
{
	g_autofree char *value = value_text(&fact->value);

	add_line(f, "argument %s %u %u %s", fact->function, fact->seq, fact->index, value);
}

static void record_access(struct fixture *f, const struct access_fact *fact)
{
	const struct variable *variable = &fact->variable;
	g_autofree char *value = value_text(&fact->value);

	add_line(f, "access %s %u %s %s%s%s%s%s %s", fact->function, fact->line,
		 access_mode_names[fact->mode], variable->name, variable->file ? "@" : "",
		 variable->file ? variable->file : "", variable->field ? "." : "",
		 variable->field ? variable->field : "", value);
}

static void record_store(struct fixture *f, const struct store_fact *fact)
{
	g_autofree char *base = value_text(&fact->base);
	g_autofree char *value = value_text(&fact->value);

	add_line(f, "store %s %u %s %s %s", fact->function, fact->line, base, fact->field, value);
}

static void record_initialiser(struct fixture *f, const struct initialiser_fact *fact)
{
	g_autofree char *value = value_text(&fact->value);

	add_line(f, "initialiser %s %u %s %s", fact->variable, fact->line, fact->field, value);
}

static void record_returns(struct fixture *f, const struct return_fact *fact)
{
	g_autofree char *value = value_text(&fact->value);

	add_line(f, "return %s %u %s", fact->function, fact->line, value);
}

static void record_guard(struct fixture *f, const struct guard_fact *fact)
{
	g_autofree char *atom = value_text(&fact->atom);
	g_autofree char *exact = NULL;

	if (fact->object.name)
		exact = g_strdup_printf(" ==&%s", fact->object.name);
	else if (fact->test.relation != RELATION_NONE)
		exact = g_strdup_printf(" %s%" G_GINT64_FORMAT, relation_names[fact->test.relation],
					fact->test.number);
	/* "or": the guard is one of several alternatives, of which one must hold. */
	add_line(f, "guard %s %u %u-%u %s %s %s%s%s", fact->function, fact->line, fact->from,
		 fact->to, fact->when ? "if" : "unless", atom, guard_exit_names[fact->exit],
		 exact ? exact : "", fact->alternatives ? " or" : "");
}

static void record_initcall(struct fixture *f, const struct initcall_fact *fact)
{
	add_line(f, "initcall %s %s %s:%u %s %u", initcall_level_name(fact->level), fact->function,
		 fact->file, fact->line, fact->macro ? fact->macro : "-", fact->seq);
}

static void record_accept(struct fixture *f, const struct accept_fact *fact)
{
	add_line(f, "accept %s:%u %u %s: %s", fact->file, fact->line, fact->comment_line,
		 fact->rule ? fact->rule : "-", fact->reason ? fact->reason : "-");
}

static void record_end(struct fixture *f, const struct unit_result *result)
{
	add_line(f, "result %d %u %s", result->mode, result->n_errors,
		 result->diagnostic ? result->diagnostic : "-");
}

/* Writes the facts that do not belong to a function. */
static void record_of_unit(struct fixture *f, const struct fact *fact)
{
	switch (fact->kind) {
	case FACT_UNIT_BEGIN:
		record_begin(f, &fact->unit);
		break;
	case FACT_INCLUDE:
		add_line(f, "include %s", fact->include.path);
		break;
	case FACT_FUNCTION:
		record_function(f, &fact->function);
		break;
	case FACT_GLOBAL:
		record_global(f, &fact->global);
		break;
	case FACT_INITIALISER:
		record_initialiser(f, &fact->initialiser);
		break;
	case FACT_INITCALL:
		record_initcall(f, &fact->initcall);
		break;
	case FACT_ACCEPT:
		record_accept(f, &fact->accept);
		break;
	case FACT_UNIT_END:
		record_end(f, &fact->result);
		break;
	default:
		ck_abort_msg("a fact of kind %d was not expected", fact->kind);
	}
}

static bool record(void *data, const struct fact *fact, G_GNUC_UNUSED GError **error)
{
	struct fixture *f = data;

	switch (fact->kind) {
	case FACT_CALL:
		record_call(f, &fact->call);
		break;
	case FACT_ARGUMENT:
		record_argument(f, &fact->argument);
		break;
	case FACT_ACCESS:
		record_access(f, &fact->access);
		break;
	case FACT_STORE:
		record_store(f, &fact->store);
		break;
	case FACT_RETURN:
		record_returns(f, &fact->returns);
		break;
	case FACT_GUARD:
		record_guard(f, &fact->guard);
		break;
	default:
		record_of_unit(f, fact);
	}
	return true;
}

void fixture_run(struct fixture *f)
{
	const struct facts_sink sink = { .data = f, .take = record };

	g_ptr_array_set_size(f->lines, 0);
	extract_stats_clear(&f->stats);
	g_clear_error(&f->error);
	f->ok = extract_units(&f->options, f->units, f->n_units, &sink, &f->stats, &f->error);
}

bool fixture_has(const struct fixture *f, const char *line)
{
	for (unsigned int i = 0; i < f->lines->len; i++)
		if (strcmp(g_ptr_array_index(f->lines, i), line) == 0)
			return true;
	return false;
}

void fixture_expect(const struct fixture *f, const char *line)
{
	if (fixture_has(f, line))
		return;
	for (unsigned int i = 0; i < f->lines->len; i++)
		fprintf(stderr, "  %s\n", (char *)g_ptr_array_index(f->lines, i));
	ck_abort_msg("not among the facts: %s", line);
}

unsigned int fixture_count(const struct fixture *f, const char *part)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < f->lines->len; i++)
		n += strstr(g_ptr_array_index(f->lines, i), part) != NULL;
	return n;
}
