// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes BUILD/.config, and BUILD/.initlint/config if a .config is given.
 *
 * olddefconfig changes a .config that was made with other tools than those of this machine, because
 * symbols depend on the compiler, the linker and pahole. For example, on a machine without pahole,
 * olddefconfig drops DEBUG_INFO_BTF, and so the kernel loses two initcalls. So initlint keeps the
 * given .config as BUILD/.initlint/config, the kept file, and computes the initcall order from the
 * kept file.
 *
 * Only Kconfig knows the consequences of --enable and --disable, such as selected symbols. So
 * olddefconfig runs twice. The first run reads the given .config. The second run reads the result
 * of the first run with the edits by --enable and --disable. initlint compares the results of the
 * two runs and makes the same changes in the kept file.
 */
#include "analyzer/prepare/prepare_internal.h"

#include <errno.h>
#include <string.h>
#include <glib/gstdio.h>

#include "analyzer/base/arch.h"
#include "analyzer/kconfig/kconfig_explain.h"
#include "db/error.h"
#include "db/read_file.h"

#define KEPT_CONFIG ".initlint/config"
/*
 * The file in which prepare_seal_config() stores the result of hash_build(). If hash_build() now
 * returns a different hash, KEPT_CONFIG is invalid.
 */
#define KEPT_HASH ".initlint/config.of"

/*
 * Returns a hash of BUILD/.config and autoconf.h; NULL if one of the two files is missing. The hash
 * covers autoconf.h because make rewrites autoconf.h when the configuration changes. Free with
 * g_free().
 */
static char *hash_build(const char *build)
{
	static const char *const files[] = { ".config", "include/generated/autoconf.h" };
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(build, files[i], NULL);
		g_autofree char *content = NULL;
		size_t length;

		if (!read_file(path, &content, &length, NULL))
			return NULL;
		g_checksum_update(checksum, (const guchar *)content, (gssize)length);
	}
	return g_strdup(g_checksum_get_string(checksum));
}

char *prepare_effective_config(const char *build)
{
	g_autofree char *kept = g_build_filename(build, KEPT_CONFIG, NULL);
	g_autofree char *seal = g_build_filename(build, KEPT_HASH, NULL);
	char *config = g_build_filename(build, ".config", NULL);
	g_autofree char *hash = hash_build(build);
	g_autofree char *sealed = NULL;

	if (hash && read_file(seal, &sealed, NULL, NULL) && strcmp(hash, sealed) == 0 &&
	    g_file_test(kept, G_FILE_TEST_IS_REGULAR)) {
		g_free(config);
		return g_steal_pointer(&kept);
	}
	return config;
}

static bool write_file(const char *path, const char *content, GError **error)
{
	GError *cause = NULL;

	if (g_file_set_contents(path, content, -1, &cause))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: cannot be written: %s", path,
		    cause->message);
	g_error_free(cause);
	return false;
}

bool prepare_seal_config(const struct prepare *prepare, GError **error)
{
	g_autofree char *kept = g_build_filename(prepare->build, KEPT_CONFIG, NULL);
	g_autofree char *seal = g_build_filename(prepare->build, KEPT_HASH, NULL);
	g_autofree char *hash = hash_build(prepare->build);

	if (!hash || !g_file_test(kept, G_FILE_TEST_IS_REGULAR))
		return true;
	return write_file(seal, hash, error);
}

static bool arch_fits(const struct prepare *prepare, const struct kconfig *config, GError **error)
{
	const char *arch = prepare->options->arch;

	if (!arch || strcmp(arch_source(arch), arch_source(kconfig_arch(config))) == 0)
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: this .config is for %s, but %s was requested", kconfig_path(config),
		    kconfig_arch(config), arch);
	return false;
}

/*
 * Loads the start .config. The start .config is the .config in the options. If the options name no
 * .config, the start .config is the effective configuration of BUILD.
 *
 * Returns NULL without an error if there is no start .config: the options name a defconfig, or
 * neither the options nor BUILD have a .config. Returns NULL with an error if the start .config
 * cannot be loaded, or if the options name another architecture than the start .config.
 */
static struct kconfig *load_given(const struct prepare *prepare, GError **error)
{
	g_autoptr(kconfig) given = NULL;
	g_autofree char *path = NULL;

	if (prepare->options->defconfig)
		return NULL;
	path = prepare->options->config ? g_strdup(prepare->options->config)
					: prepare_effective_config(prepare->build);
	if (!prepare->options->config && !g_file_test(path, G_FILE_TEST_EXISTS))
		return NULL;
	given = kconfig_load(path, error);
	if (!given || !arch_fits(prepare, given, error))
		return NULL;
	return g_steal_pointer(&given);
}

/*
 * Returns the comment at the beginning of the .config @text. This comment names the architecture
 * and the kernel version. Free with g_free().
 */
static char *leading_comment(const char *text)
{
	const char *end = text;

	while (*end == '#' && !g_str_has_prefix(end, "# CONFIG_")) {
		const char *eol = strchr(end, '\n');

		if (!eol)
			break;
		end = eol + 1;
	}
	return g_strndup(text, (size_t)(end - text));
}

static struct kconfig *load_result(const struct prepare *prepare, GError **error)
{
	g_autofree char *path = g_build_filename(prepare->build, ".config", NULL);

	return kconfig_load(path, error);
}

static bool run_olddefconfig(const struct prepare *prepare, GError **error)
{
	const char *const targets[] = { "olddefconfig", NULL };

	return prepare_make(prepare, "olddefconfig", targets, error);
}

/*
 * Returns @text plus lines for --enable and --disable. These lines come last, because Kconfig uses
 * the last line of each symbol. Free with g_free().
 */
static char *append_edits(const char *text, const struct prepare_options *options)
{
	GString *edited = g_string_new(text);

	for (const char *const *name = options->enable; name && *name; name++)
		g_string_append_printf(edited, "CONFIG_%s=y\n", *name);
	for (const char *const *name = options->disable; name && *name; name++)
		g_string_append_printf(edited, "# CONFIG_%s is not set\n", *name);
	return g_string_free(edited, FALSE);
}

static bool apply_edits(const struct prepare *prepare, GError **error)
{
	g_autofree char *path = g_build_filename(prepare->build, ".config", NULL);
	g_autofree char *text = NULL;
	g_autofree char *edited = NULL;

	if (!read_file(path, &text, NULL, NULL)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: cannot be read",
			    path);
		return false;
	}
	edited = append_edits(text, prepare->options);
	return write_file(path, edited, error) && run_olddefconfig(prepare, error);
}

static const char *value_of(const struct kconfig *config, const char *name)
{
	g_autofree char *symbol = g_strconcat("CONFIG_", name, NULL);
	const char *value = kconfig_get(config, symbol);

	return value ? value : "n";
}

/*
 * Fails if a symbol of --enable or --disable does not have the requested value in @effective. Adds
 * a message with the reason to report->not_kept for each such symbol. The error contains all these
 * messages. check_edits() finds the reason in @result, the result of olddefconfig with the edits.
 */
static bool check_edits(const struct prepare *prepare, const struct kconfig *effective,
			const struct kconfig *result, struct prepare_report *report, GError **error)
{
	g_autoptr(kconfig_tree) tree = NULL;
	unsigned int n_before = report->not_kept->len;
	g_autoptr(GString) all = g_string_new(NULL);

	for (int enable = 1; enable >= 0; enable--) {
		const char *const *name =
			enable ? prepare->options->enable : prepare->options->disable;

		for (; name && *name; name++) {
			const char *value = value_of(effective, *name);
			g_autofree char *why = NULL;

			if (strcmp(value, enable ? "y" : "n") == 0)
				continue;
			if (!tree)
				tree = kconfig_tree_load_folder(prepare->tree,
								kconfig_arch(result));
			why = kconfig_why_not(tree, result, *name, enable);
			g_ptr_array_add(report->not_kept,
					g_strdup_printf("--%s %s: not kept, it is =%s: %s",
							enable ? "enable" : "disable", *name, value,
							why));
		}
	}
	for (unsigned int i = n_before; i < report->not_kept->len; i++)
		g_string_append_printf(all, "%s%s", all->len ? "\n" : "",
				       (char *)g_ptr_array_index(report->not_kept, i));
	if (all->len > 0)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s", all->str);
	return all->len == 0;
}

/*
 * Writes the kept file: @given with the changes that lead from @base to @result. @base comes from
 * the first run of olddefconfig, without the edits. @result comes from the second run, with the
 * edits. @head: comment lines for the beginning of the kept file. Returns the configuration in
 * the kept file, or NULL on error. Free with kconfig_free().
 */
static struct kconfig *write_kept_config(const struct prepare *prepare, const struct kconfig *given,
					 const char *head, const struct kconfig *base,
					 const struct kconfig *result, GError **error)
{
	g_autofree char *path = g_build_filename(prepare->build, KEPT_CONFIG, NULL);
	g_autofree char *merged = prepare_merge_configs(head, given, base, result);

	return write_file(path, merged, error) ? kconfig_load(path, error) : NULL;
}

/*
 * Makes BUILD/.config from the text @given, by olddefconfig. If @given is NULL, makes BUILD/.config
 * from a defconfig.
 */
static bool write_start_config(const struct prepare *prepare, const char *given, GError **error)
{
	g_autofree char *config = g_build_filename(prepare->build, ".config", NULL);
	const char *const targets[] = { prepare->options->defconfig ? prepare->options->defconfig
								    : "defconfig",
					NULL };

	if (!given)
		return prepare_make(prepare, targets[0], targets, error);
	return write_file(config, given, error) && run_olddefconfig(prepare, error);
}

static void drop_kept(const struct prepare *prepare, bool config_too)
{
	g_autofree char *kept = g_build_filename(prepare->build, KEPT_CONFIG, NULL);
	g_autofree char *seal = g_build_filename(prepare->build, KEPT_HASH, NULL);

	g_unlink(seal);
	if (config_too)
		g_unlink(kept);
}

/* The files in BUILD that prepare_configure() changes. */
static const char *const configured_files[] = { ".config", KEPT_CONFIG, KEPT_HASH };

/* The contents of configured_files[] before prepare_configure() changes the files. */
struct saved {
	char *contents[G_N_ELEMENTS(configured_files)]; /* NULL: there was no such file */
	gsize lengths[G_N_ELEMENTS(configured_files)];
};

static void save_files(const struct prepare *prepare, struct saved *saved)
{
	for (size_t i = 0; i < G_N_ELEMENTS(configured_files); i++) {
		g_autofree char *path = g_build_filename(prepare->build, configured_files[i], NULL);

		read_file(path, &saved->contents[i], &saved->lengths[i], NULL);
	}
}

/*
 * Restores the saved files. Ignores errors: the error that has stopped prepare_configure() matters
 * more to the user.
 */
static void restore_files(const struct prepare *prepare, const struct saved *saved)
{
	for (size_t i = 0; i < G_N_ELEMENTS(configured_files); i++) {
		g_autofree char *path = g_build_filename(prepare->build, configured_files[i], NULL);

		if (saved->contents[i])
			g_file_set_contents(path, saved->contents[i], (gssize)saved->lengths[i],
					    NULL);
		else
			g_unlink(path);
	}
}

/*
 * As prepare_configure(), but does not restore the files after an error. @given: the .config to
 * start from. @text: the text of @given. To start from a defconfig, @given and @text are NULL.
 */
static struct kconfig *configure(struct prepare *prepare, const struct kconfig *given,
				 const char *text, struct prepare_report *report, GError **error)
{
	const struct prepare_options *options = prepare->options;
	bool has_edits =
		(options->enable && *options->enable) || (options->disable && *options->disable);
	g_autoptr(kconfig) base = NULL, result = NULL, effective = NULL;
	g_autofree char *head = NULL;

	drop_kept(prepare, !given);
	if (!write_start_config(prepare, text, error) || !(base = load_result(prepare, error)))
		return NULL;
	if (has_edits && !apply_edits(prepare, error))
		return NULL;
	result = load_result(prepare, error);
	if (!result)
		return NULL;
	head = text ? leading_comment(text) : NULL;
	effective = given ? write_kept_config(prepare, given, head, base, result, error)
			  : load_result(prepare, error);
	if (!effective || !check_edits(prepare, effective, result, report, error) ||
	    (given && !prepare_report_changes(prepare, effective, result, report, error)))
		return NULL;
	return g_steal_pointer(&effective);
}

struct kconfig *prepare_configure(struct prepare *prepare, struct prepare_report *report,
				  GError **error)
{
	g_autoptr(kconfig) given = NULL;
	g_autofree char *text = NULL;
	struct saved saved = { 0 };
	struct kconfig *effective;
	GError *cause = NULL;

	given = load_given(prepare, &cause);
	if (cause) {
		g_propagate_error(error, cause);
		return NULL;
	}
	if (given && !read_file(kconfig_path(given), &text, NULL, error)) {
		g_prefix_error(error, "%s: ", kconfig_path(given));
		return NULL;
	}
	save_files(prepare, &saved);
	effective = configure(prepare, given, text, report, error);
	if (!effective)
		restore_files(prepare, &saved);
	for (size_t i = 0; i < G_N_ELEMENTS(saved.contents); i++)
		g_free(saved.contents[i]);
	return effective;
}
