// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/pch_text.h"

#include <errno.h>
#include <string.h>

#include "db/error.h"

/*
 * The initcall macros choose their form in linux/init.h by what autoconf.h says, so
 * this comes before all others, and kconfig.h, which is read only once, at once.
 */
static const char minimal_text[] = "#if __has_include(<linux/kconfig.h>)\n"
				   "#include <linux/kconfig.h>\n"
				   "#endif\n"
				   "#undef CONFIG_HAVE_ARCH_PREL32_RELOCATIONS\n";

/*
 * These change how functions do what they do, not what they do, and cost a quarter of
 * the time. A compile-time assertion declares a function named by a counter.
 */
static const char full_text[] = "#undef CONFIG_FORTIFY_SOURCE\n"
				"#undef CONFIG_DYNAMIC_DEBUG\n"
				"#undef CONFIG_PRINTK_INDEX\n"
				"#if __has_include(<linux/compiler_types.h>)\n"
				"#include <linux/compiler_types.h>\n"
				"#undef __compiletime_assert\n"
				"#define __compiletime_assert(...) do { } while (0)\n"
				"#endif\n";

char *pch_shim_text(enum shim shim)
{
	return g_strconcat(minimal_text, shim == SHIM_FULL ? full_text : "", NULL);
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

		if (g_file_get_contents(path, &old, NULL, NULL) && strcmp(old, text) == 0)
			continue;
		if (!g_file_set_contents(path, text, -1, &local)) {
			g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
				    "%s: cannot be written: %s", path, local->message);
			return false;
		}
	}
	return true;
}

/* Each unit has its own names; headers only want that there are some. */
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

/* -include looks in the working directory first; a directive in the file's own. */
static void append_forced(GString *text, const char *name, const struct paths *paths)
{
	g_autofree char *here = g_canonicalize_filename(name, paths_build(paths));
	bool is_here = g_file_test(here, G_FILE_TEST_IS_REGULAR);

	g_string_append_printf(text, "#include \"%s\"\n", is_here ? here : name);
}

char *pch_header_text(const struct pch_class *class, const struct unit_flags *sample,
		      const GPtrArray *headers, const struct paths *paths, unsigned int *first_line)
{
	GString *text = g_string_new("/* Made by initlint; see its docs/how-it-works.md. */\n");
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
