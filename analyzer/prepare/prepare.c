// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/prepare/prepare.h"

#include <errno.h>
#include <string.h>
#include <glib/gstdio.h>

#include "analyzer/base/arch.h"
#include "analyzer/prepare/prepare_internal.h"
#include "db/error.h"

static bool set_input_error(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool set_input_error(GError **error, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error_literal(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, text);
	return false;
}

static bool exists(const char *tree, const char *name)
{
	g_autofree char *path = g_build_filename(tree, name, NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * Returns the names of the architectures in @tree, for a message: "arm arm64 x86". Free with
 * g_free().
 */
static char *list_arches(const char *tree)
{
	g_autofree char *path = g_build_filename(tree, "arch", NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *makefile = g_build_filename(name, "Makefile", NULL);

		if (exists(path, makefile))
			g_ptr_array_add(names, g_strdup(name));
	}
	g_ptr_array_sort(names, compare_names);
	g_ptr_array_add(names, NULL);
	return g_strjoinv(" ", (char **)names->pdata);
}

static bool check_tree(const struct prepare *prepare, GError **error)
{
	static const char *const needed[] = { "Makefile", "Kconfig", "arch", "scripts" };
	const char *tree = prepare->tree;

	for (size_t i = 0; i < G_N_ELEMENTS(needed); i++)
		if (!exists(tree, needed[i]))
			return set_input_error(error,
					       "%s: no kernel source tree: it has no %s; -k names "
					       "the tree",
					       tree, needed[i]);
	for (int i = 0; i < 2; i++) {
		const char *path = i ? prepare->build : tree;

		if (strpbrk(path, " \t:"))
			return set_input_error(error,
					       "%s: the kernel's make cannot work with blanks or "
					       "colons in a path",
					       path);
	}
	if (strcmp(tree, prepare->build) == 0)
		return set_input_error(error,
				       "%s: give a build directory of its own with -o BUILD; the "
				       "tree itself is never written to",
				       tree);
	return true;
}

static bool check_arch(const struct prepare *prepare, const char *arch, GError **error)
{
	g_autofree char *makefile = NULL;
	g_autofree char *arches = NULL;
	const char *other;

	makefile = g_build_filename("arch", arch_source(arch), "Makefile", NULL);
	if (exists(prepare->tree, makefile))
		return true;
	arches = list_arches(prepare->tree);
	other = arch_other_name(arch);
	if (other)
		return set_input_error(error,
				       "architecture %s is not in this tree; did you mean %s? it "
				       "has: %s",
				       arch, other, arches);
	return set_input_error(error, "architecture %s is not in this tree; it has: %s", arch,
			       arches);
}

/*
 * Fails if the source tree contains a build. The kernel's make then refuses to use another build
 * directory.
 */
static bool check_clean(const struct prepare *prepare, const char *arch, GError **error)
{
	g_autofree char *generated =
		arch ? g_build_filename("arch", arch_source(arch), "include/generated", NULL)
		     : NULL;

	if (!exists(prepare->tree, ".config") && !exists(prepare->tree, "include/config") &&
	    !(generated && exists(prepare->tree, generated)))
		return true;
	return set_input_error(error,
			       "%s: the tree contains a build, so the kernel's make cannot use "
			       "another build directory: run \"make mrproper\" in the tree, or use "
			       "another checkout; to analyse the build in the tree, use \"initlint "
			       "index -k %s\"",
			       prepare->tree, prepare->tree);
}

/*
 * Sets *@arch to the value of ARCH for make. This value is options->arch. If options->arch is NULL,
 * the value is the architecture of the .config from which prepare_tree() starts. If prepare_tree()
 * starts without a .config, the value is NULL. Free *@arch with g_free(). Returns false with an
 * error only if the .config cannot be loaded.
 */
static bool find_arch(struct prepare *prepare, char **arch, GError **error)
{
	const struct prepare_options *options = prepare->options;
	g_autoptr(kconfig) config = NULL;
	g_autofree char *path = NULL;

	*arch = g_strdup(options->arch);
	if (*arch || options->defconfig)
		return true;
	path = options->config ? g_strdup(options->config)
			       : prepare_effective_config(prepare->build);
	if (!options->config && !g_file_test(path, G_FILE_TEST_EXISTS))
		return true;
	config = kconfig_load(path, error);
	if (!config)
		return false;
	*arch = g_strdup(kconfig_arch(config));
	return true;
}

static bool make_build_directory(const struct prepare *prepare, GError **error)
{
	g_autofree char *own_files = g_build_filename(prepare->build, ".initlint", NULL);

	if (g_mkdir_with_parents(own_files, 0777) == 0)
		return true;
	return set_input_error(error, "%s: cannot be made: %s", own_files, g_strerror(errno));
}

static bool generate(struct prepare *prepare, const struct kconfig *effective,
		     struct prepare_report *report, GError **error)
{
	const char *const targets[] = { "prepare", NULL };
	struct kbuild_options options = {
		.tree = prepare->tree,
		.build = prepare->build,
		.arch = prepare->arch,
		.config = effective,
		.flags = true,
	};
	g_autoptr(kbuild) kbuild = NULL;
	g_autoptr(GPtrArray) overrides = NULL;

	if (!prepare_make(prepare, "prepare", targets, error) ||
	    !(overrides = prepare_overrides(prepare, effective, error)))
		return false;
	kbuild = kbuild_walk(&options, error);
	return kbuild && prepare_generate(prepare, kbuild, overrides, report, error) &&
	       prepare_write_header(prepare, kbuild, effective, report, error) &&
	       prepare_seal_config(prepare, error);
}

static bool run(struct prepare *prepare, struct prepare_report *report, GError **error)
{
	g_autofree char *arch = NULL;
	g_autoptr(kconfig) effective = NULL;

	if (!check_tree(prepare, error) || !find_arch(prepare, &arch, error))
		return false;
	if ((arch && !check_arch(prepare, arch, error)) || !check_clean(prepare, arch, error))
		return false;
	prepare->arch = arch;
	if (arch)
		g_ptr_array_add(prepare->make_args, g_strdup_printf("ARCH=%s", arch));
	if (!make_build_directory(prepare, error) || !prepare_find_tools(prepare, error))
		return false;
	effective = prepare_configure(prepare, report, error);
	return effective && generate(prepare, effective, report, error);
}

bool prepare_tree(const struct prepare_options *options, struct prepare_report *report,
		  GError **error)
{
	struct prepare prepare = {
		.options = options,
		.tree = g_canonicalize_filename(options->tree, NULL),
		.build = g_canonicalize_filename(options->build, NULL),
		.make_args = g_ptr_array_new_with_free_func(g_free),
	};
	bool ok;

	report->changed = g_ptr_array_new_with_free_func(g_free);
	report->objects = g_ptr_array_new_with_free_func(g_free);
	report->not_kept = g_ptr_array_new_with_free_func(g_free);
	report->not_made = g_ptr_array_new_with_free_func(g_free);
	report->refused = g_ptr_array_new_with_free_func(g_free);
	ok = run(&prepare, report, error);
	g_ptr_array_unref(prepare.make_args);
	g_free(prepare.tree);
	g_free(prepare.build);
	return ok;
}

void prepare_report_clear(struct prepare_report *report)
{
	g_clear_pointer(&report->changed, g_ptr_array_unref);
	g_clear_pointer(&report->objects, g_ptr_array_unref);
	g_clear_pointer(&report->not_kept, g_ptr_array_unref);
	g_clear_pointer(&report->not_made, g_ptr_array_unref);
	g_clear_pointer(&report->refused, g_ptr_array_unref);
}
