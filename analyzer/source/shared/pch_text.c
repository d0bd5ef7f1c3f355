// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/shared/pch_text.h"

#include <errno.h>
#include <string.h>

#include "db/error.h"
#include "db/read_file.h"

/*
 * With CONFIG_HAVE_ARCH_PREL32_RELOCATIONS, linux/init.h defines initcalls in assembly, which
 * initlint cannot read. So the shim includes kconfig.h and then undefines this CONFIG symbol. A
 * later #include of kconfig.h does not define the symbol again, because kconfig.h has an include
 * guard.
 *
 * With the .config values of some CONFIG symbols, clang cannot read the sources. "initlint prepare"
 * writes refused.h, which gives other values to these symbols.
 */
static const char minimal_text[] = "#if __has_include(<linux/kconfig.h>)\n"
				   "#include <linux/kconfig.h>\n"
				   "#endif\n"
				   "#if __has_include(\"refused.h\")\n"
				   "#include \"refused.h\"\n"
				   "#endif\n"
				   "#undef CONFIG_HAVE_ARCH_PREL32_RELOCATIONS\n";

/*
 * "initlint prepare" writes answers.h. answers.h sets the CONFIG symbols that describe the compiler
 * to the values for clang. Only the minimal shim includes answers.h, for sources that clang can
 * read in no other way.
 */
static const char answers_text[] = "#if __has_include(\"answers.h\")\n"
				   "#include \"answers.h\"\n"
				   "#endif\n";

/*
 * The three CONFIG symbols enable code that does not change the effect of a function, but takes a
 * quarter of the reading time. Each use of __compiletime_assert() declares a function with a
 * counter in its name. Because of these names, the facts of one header would differ between units.
 * So the shim makes this macro empty.
 */
static const char full_text[] = "#undef CONFIG_FORTIFY_SOURCE\n"
				"#undef CONFIG_DYNAMIC_DEBUG\n"
				"#undef CONFIG_PRINTK_INDEX\n"
				"#if __has_include(<linux/compiler_types.h>)\n"
				"#include <linux/compiler_types.h>\n"
				"#undef __compiletime_assert\n"
				"#define __compiletime_assert(...) do { } while (0)\n"
				"#endif\n";

/*
 * The macros of the kernel that access a variable through inline assembly or a temporary pointer.
 * The shim redefines these macros in plain C, so that the access is visible in the syntax tree. The
 * shim includes the header of each macro first, because a later #include would replace the
 * definition of the shim.
 */
struct plain_macro {
	/* header that defines @macro; NULL: @header of the nearest row above that has a header */
	const char *header;
	const char *macro;
	const char *text; /* parameters and replacement text of @macro in the shim */
};

static const struct plain_macro plain_macros[] = {
	{ "asm/rwonce.h", "READ_ONCE", "(x) (x)" },
	{ NULL, "WRITE_ONCE", "(x, v) do { (x) = (v); } while (0)" },
	{ "asm/barrier.h", "smp_load_acquire", "(p) (*(p))" },
	{ NULL, "smp_store_release", "(p, v) do { *(p) = (v); } while (0)" },
	{ NULL, "smp_store_mb", "(x, v) do { (x) = (v); } while (0)" },
	{ "asm/percpu.h", "per_cpu_ptr", "(p, cpu) ((void)(cpu), (p))" },
	{ NULL, "raw_cpu_ptr", "(p) (p)" },
	{ NULL, "this_cpu_ptr", "(p) (p)" },
	{ NULL, "raw_cpu_read", "(x) (x)" },
	{ NULL, "raw_cpu_write", "(x, v) do { (x) = (v); } while (0)" },
	{ NULL, "raw_cpu_add", "(x, v) do { (x) += (v); } while (0)" },
	{ NULL, "raw_cpu_and", "(x, v) do { (x) &= (v); } while (0)" },
	{ NULL, "raw_cpu_or", "(x, v) do { (x) |= (v); } while (0)" },
	{ NULL, "raw_cpu_add_return", "(x, v) ((x) += (v))" },
	{ NULL, "this_cpu_read", "(x) (x)" },
	{ NULL, "this_cpu_write", "(x, v) do { (x) = (v); } while (0)" },
	{ NULL, "this_cpu_add", "(x, v) do { (x) += (v); } while (0)" },
	{ NULL, "this_cpu_and", "(x, v) do { (x) &= (v); } while (0)" },
	{ NULL, "this_cpu_or", "(x, v) do { (x) |= (v); } while (0)" },
	{ NULL, "this_cpu_add_return", "(x, v) ((x) += (v))" },
	{ "linux/jump_label.h", "static_branch_likely", "(x) ((x)->key.enabled.counter != 0)" },
	{ NULL, "static_branch_unlikely", "(x) ((x)->key.enabled.counter != 0)" },
	{ NULL, "static_branch_enable", "(x) do { (x)->key.enabled.counter = 1; } while (0)" },
	{ NULL, "static_branch_disable", "(x) do { (x)->key.enabled.counter = 0; } while (0)" },
	{ "linux/rcupdate.h", "__rcu_access_pointer", "(p, ...) (p)" },
	{ NULL, "__rcu_dereference_check", "(p, ...) (p)" },
	{ NULL, "__rcu_dereference_protected", "(p, ...) (p)" },
	{ NULL, "__rcu_dereference_raw", "(p, ...) (p)" },
	{ NULL, "rcu_dereference_raw_check", "(p) (p)" },
	{ NULL, "rcu_assign_pointer", "(p, v) do { (p) = (typeof(p))(v); } while (0)" },
	{ NULL, "RCU_INIT_POINTER", "(p, v) do { (p) = (typeof(p))(v); } while (0)" },
};

static void append_plain(GString *text)
{
	for (unsigned int i = 0; i < G_N_ELEMENTS(plain_macros); i++) {
		const struct plain_macro *plain = &plain_macros[i];

		if (plain->header)
			g_string_append_printf(text, "%s#if __has_include(<%s>)\n#include <%s>\n",
					       i ? "#endif\n" : "", plain->header, plain->header);
		g_string_append_printf(text, "#undef %s\n#define %s%s\n", plain->macro,
				       plain->macro, plain->text);
	}
	g_string_append(text, "#endif\n");
}

char *pch_shim_text(enum shim shim)
{
	GString *text = g_string_new(minimal_text);

	if (shim == SHIM_FULL) {
		g_string_append(text, full_text);
		append_plain(text);
	} else {
		g_string_append(text, answers_text);
	}
	return g_string_free(text, FALSE);
}

char *pch_shim_path(const struct paths *paths, enum shim shim)
{
	return g_build_filename(paths_build(paths), ".initlint",
				shim == SHIM_FULL ? "shim.h" : "minimal.h", NULL);
}

bool pch_write_shims(const struct paths *paths, GError **error)
{
	g_autofree char *directory = g_build_filename(paths_build(paths), ".initlint", NULL);

	if (g_mkdir_with_parents(directory, 0777) != 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s: cannot be created: %s", directory, g_strerror(errno));
		return false;
	}
	for (enum shim shim = 0; shim < N_SHIMS; shim++) {
		g_autofree char *path = pch_shim_path(paths, shim);
		g_autofree char *text = pch_shim_text(shim);
		g_autofree char *old = NULL;
		g_autoptr(GError) local = NULL;

		if (read_file(path, &old, NULL, NULL) && strcmp(old, text) == 0)
			continue;
		if (!g_file_set_contents(path, text, -1, &local)) {
			g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
				    "%s: cannot be written: %s", path, local->message);
			return false;
		}
	}
	return true;
}

/*
 * Looks at each -D flag in @sample whose value is a name that differs from unit to unit, such as
 * -DKBUILD_MODNAME. Appends a #define of the macro if @define is true, else an #undef. The value in
 * the #define does not matter: a header only needs some definition of the macro.
 */
static void append_names(GString *text, const struct unit_flags *sample, bool define)
{
	for (unsigned int i = 0; i < sample->flags->len; i++) {
		const struct flag *flag = &g_array_index(sample->flags, struct flag, i);
		g_autofree char *name = NULL;
		const char *equals;

		if (!flag_is_name(flag))
			continue;
		equals = strchrnul(flag->operand, '=');
		name = g_strndup(flag->operand, (gsize)(equals - flag->operand));
		if (define)
			g_string_append_printf(text, "#define %s %s\n", name,
					       equals[0] && equals[1] == '"' ? "\"pch\"" : "pch");
		else
			g_string_append_printf(text, "#undef %s\n", name);
	}
}

/*
 * @name: the file of an -include flag. Appends an #include of this file. -include searches the
 * working directory first, but #include searches the directory of the including file. So the
 * #include has the full path if the file is in the working directory.
 */
static void append_forced(GString *text, const char *name, const struct paths *paths)
{
	g_autofree char *here = g_canonicalize_filename(name, paths_build(paths));
	bool is_here = g_file_test(here, G_FILE_TEST_IS_REGULAR);

	g_string_append_printf(text, "#include \"%s\"\n", is_here ? here : name);
}

char *pch_header_text(const struct pch_class *class, const struct unit_flags *sample,
		      const GPtrArray *headers, const struct paths *paths, unsigned int *first_line)
{
	GString *text =
		g_string_new("/* Made by initlint; see its docs/hacking/how-it-works.md. */\n");
	g_autofree char *shim = pch_shim_text(SHIM_FULL);

	append_names(text, sample, true);
	g_string_append(text, shim);
	for (unsigned int i = 0; i < class->flags->len; i++) {
		const struct flag *flag = &g_array_index(class->flags, struct flag, i);

		if (strcmp(flag->name, "-include") == 0)
			append_forced(text, flag->operand, paths);
	}
	*first_line = 1;
	for (const char *p = text->str; *p; p++)
		*first_line += *p == '\n';
	for (unsigned int i = 0; i < headers->len; i++)
		g_string_append_printf(text, "#include <%s>\n",
				       (const char *)g_ptr_array_index(headers, i));
	append_names(text, sample, false);
	return g_string_free(text, FALSE);
}
