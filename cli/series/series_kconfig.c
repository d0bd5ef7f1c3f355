// SPDX-License-Identifier: GPL-2.0-only
/*
 * Computes the .config of the state after a patch that changes Kconfig files. A symbol is
 * undecidable if initlint cannot compute the new value of the symbol, for example because a Kconfig
 * macro runs a tool. A follower is a symbol that is undecidable only because another symbol is
 * undecidable.
 */
#include "cli/series/series.h"

#include <glib/gstdio.h>

#include "analyzer/prepare/prepare.h"
#include "db/error.h"
#include "db/read_file.h"

/*
 * One macro can make many symbols undecidable. So the warnings of a patch name at most
 * MAX_UNDECIDABLE undecidable symbols, and at most MAX_FOLLOWERS followers.
 */
#define MAX_UNDECIDABLE 10
#define MAX_FOLLOWERS	3

static bool is_kconfig(const char *path)
{
	g_autofree char *name = path ? g_path_get_basename(path) : NULL;

	return name && g_str_has_prefix(name, "Kconfig");
}

static bool touches_kconfig(const struct series_patch *patch)
{
	unsigned int n;
	const struct patch_file *files = patch_files(patch->patch, &n);

	for (unsigned int i = 0; i < n; i++)
		if (is_kconfig(files[i].old_path) || is_kconfig(files[i].new_path))
			return true;
	return false;
}

/*
 * Returns the content of the file at @path, for kconfig_tree_load(). @data: the struct scratch.
 * Returns NULL if the file cannot be read. kconfig_tree_unread() counts the files for which
 * read_bytes() returned NULL.
 */
static GBytes *read_bytes(void *data, const char *path)
{
	return g_path_is_absolute(path) ? NULL : scratch_read(data, path, NULL);
}

/* Loads the .config of the current state. Returns NULL on error. */
static struct kconfig *load_config(const struct series *series, GError **error)
{
	g_autofree char *path = series->config ? g_strdup(series->config)
					       : prepare_effective_config(series->common->build);

	return kconfig_load(path, error);
}

static struct kconfig_tree *load_tree(const struct series *series, const struct kconfig *config)
{
	struct kconfig_reader reader = { series->scratch, read_bytes };

	return kconfig_tree_load(&reader, kconfig_arch(config));
}

bool series_kconfig_before(struct series *series, const struct series_patch *patch, GError **error)
{
	g_autoptr(kconfig) config = NULL;

	if (series->kconfig || !touches_kconfig(patch))
		return true;
	config = load_config(series, error);
	if (config)
		series->kconfig = load_tree(series, config);
	return config != NULL;
}

static void warn_undecidable(struct series_patch *patch, const struct kconfig_answer *answer)
{
	g_autofree char *place =
		answer->file ? g_strdup_printf("; %s:%u", answer->file, answer->line) : NULL;

	g_ptr_array_add(patch->warnings,
			g_strdup_printf("the .config's value is undecidable: %s%s: %s%s; kept as "
					"%s; initlint prepare on the patched tree decides it",
					answer->symbol, answer->is_new ? ", new" : "", answer->why,
					place ? place : "", answer->was));
}

static void warn_followers(struct series_patch *patch, const GPtrArray *followers)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < MIN(followers->len, MAX_FOLLOWERS); i++)
		g_string_append_printf(text, "%s%s", i ? ", " : "", (char *)followers->pdata[i]);
	if (followers->len > MAX_FOLLOWERS)
		g_string_append_printf(text, " and %u more", followers->len - MAX_FOLLOWERS);
	if (followers->len)
		g_ptr_array_add(patch->warnings,
				g_strdup_printf("undecidable through their dependencies: %s",
						text->str));
}

static void add_warnings(struct series_patch *patch, unsigned int n_unread)
{
	const struct kconfig_change *change = patch->kconfig;
	unsigned int n = 0;

	for (guint i = 0; i < change->answers->len; i++) {
		const struct kconfig_answer *answer = change->answers->pdata[i];

		if (!answer->now && n++ < MAX_UNDECIDABLE)
			warn_undecidable(patch, answer);
	}
	if (n > MAX_UNDECIDABLE)
		g_ptr_array_add(patch->warnings,
				g_strdup_printf("%u more values of the .config are undecidable",
						n - MAX_UNDECIDABLE));
	warn_followers(patch, change->followers);
	if (n_unread)
		g_ptr_array_add(
			patch->warnings,
			g_strdup_printf("source lines whose file cannot be read, or that form a "
					"loop: %u more than before; real Kconfig would fail",
					n_unread));
	patch->n_undecidable = n + n_unread;
}

static bool changes_config(const struct kconfig_change *change)
{
	return change->answers->len > change->n_undecidable;
}

static bool write_config(struct series *series, const struct series_patch *patch,
			 const struct kconfig *config, GError **error)
{
	g_autofree char *name = g_strdup_printf("patch-%u.config", patch->number);
	g_autofree char *path = g_build_filename(work_dir_path(series->directory), name, NULL);
	g_autofree char *text = NULL;
	g_autofree char *changed = NULL;
	GError *failure = NULL;

	if (read_file(kconfig_path(config), &text, NULL, &failure)) {
		changed = kconfig_change_apply(patch->kconfig, text);
		g_file_set_contents(path, changed, -1, &failure);
	}
	if (failure) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s", failure->message);
		g_error_free(failure);
		return false;
	}
	if (series->config)
		g_unlink(series->config);
	g_free(series->config);
	series->config = g_steal_pointer(&path);
	return true;
}

bool series_kconfig_after(struct series *series, struct series_patch *patch, GError **error)
{
	struct kconfig_tree *before = series->kconfig;
	g_autoptr(kconfig) config = NULL;
	unsigned int was_unread, n_unread;

	if (!touches_kconfig(patch))
		return true;
	config = load_config(series, error);
	if (!config)
		return false;
	series->kconfig = load_tree(series, config);
	patch->kconfig = kconfig_change_new(before, series->kconfig, config);
	was_unread = kconfig_tree_unread(before);
	n_unread = kconfig_tree_unread(series->kconfig);
	kconfig_tree_free(before);
	add_warnings(patch, n_unread > was_unread ? n_unread - was_unread : 0);
	return !changes_config(patch->kconfig) ||
	       (write_config(series, patch, config, error) &&
		series_build_change(series, patch->kconfig, error));
}
