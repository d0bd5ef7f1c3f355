// SPDX-License-Identifier: GPL-2.0-only
#include "cli/judge/db_match.h"

#include <string.h>

#include "analyzer/base/arch.h"
#include "analyzer/kconfig/kconfig.h"
#include "analyzer/prepare/prepare.h"
#include "analyzer/reindex/stale.h"
#include "analyzer/base/tree.h"
#include "db/error.h"

/*
 * Returns true if @arch is the architecture of the database of @query, or if @arch or the
 * architecture of the database is unknown. Otherwise, prints an error message and returns false.
 * @command: the name of the command, for the message. @place: where @arch comes from, for the
 * message.
 */
static bool same_arch(struct query *query, const char *arch, const char *place,
		      const struct common_options *common, const char *command)
{
	const char *was = query_meta(query, "srcarch");

	if (!arch || !was || arch_is_same(arch, was))
		return true;
	command_fail(command,
		     g_error_new(INITLINT_ERROR, INITLINT_ERROR_INPUT,
				 "%s: made for %s, but %s says %s; name another database with "
				 "--db, or run initlint index",
				 common->db, was, place, arch));
	return false;
}

static void warn_if_changed(struct query *query, const char *key, const char *label,
			    const char *now, const struct common_options *common,
			    const char *command)
{
	const char *was = query_meta(query, key);

	if (now && was && strcmp(now, was) != 0)
		command_warn(command,
			     "%s: made from another %s (%.12s; now %.12s); run initlint "
			     "index to bring it up to date",
			     common->db, label, *was ? was : "none", *now ? now : "none");
}

/*
 * True if the architecture of the database is equal to the architecture on the command line and to
 * the architecture in @config. An unknown architecture counts as equal. @config: the .config of the
 * build directory. NULL: the user named no build directory, or the build directory has no .config.
 */
static bool is_of_arch(struct query *query, const struct kconfig *config,
		       const struct common_options *common, const char *command)
{
	return same_arch(query, common->arch, "the command line", common, command) &&
	       (!config ||
		same_arch(query, kconfig_arch(config), kconfig_path(config), common, command));
}

static struct kconfig *load_config(const struct common_options *common)
{
	g_autofree char *path =
		common->build_given ? prepare_effective_config(common->build) : NULL;

	return path ? kconfig_load(path, NULL) : NULL;
}

bool db_is_of_arch(struct query *query, const struct common_options *common, const char *command)
{
	g_autoptr(kconfig) config = load_config(common);

	return is_of_arch(query, config, common, command);
}

/* Warns if files of the tree are not what the index read. A new Makefile or file is not noticed. */
static void warn_if_files_changed(struct query *query, const struct common_options *common,
				  const char *command)
{
	unsigned int n = 0, n_changed = 0;
	const struct file_state *files = query_files(query, &n, NULL);
	g_autofree bool *changed = g_new0(bool, n + 1);
	g_autoptr(GArray) differing = g_array_new(FALSE, FALSE, sizeof(struct stale_file));
	const char *first = NULL;

	if (files)
		stale_check_files(files, n, common->tree, common->build, g_get_num_processors(),
				  changed, differing);
	for (unsigned int i = 0; i < n; i++) {
		/* Without a hash, the index does not know the content. This is no change. */
		if (!changed[i] || !files[i].hash)
			continue;
		first = first ? first : files[i].path;
		n_changed++;
	}
	if (n_changed)
		command_warn(command,
			     "%s: %u source file%s changed since the index (%s%s); run initlint "
			     "index to bring it up to date",
			     common->db, n_changed, n_changed == 1 ? "" : "s", first,
			     n_changed == 1 ? "" : ", ...");
}

bool db_matches(struct query *query, const struct common_options *common, const char *command)
{
	g_autoptr(kconfig) config = load_config(common);
	g_autofree char *version = NULL;
	g_autofree char *commit = NULL;

	if (!is_of_arch(query, config, common, command))
		return false;
	if (config)
		warn_if_changed(query, "config_hash", "configuration", kconfig_hash(config), common,
				command);
	if (strcmp(common->tree, ".") != 0) {
		version = tree_version(common->tree);
		commit = tree_commit(common->tree);
		warn_if_changed(query, "version", "kernel version", version, common, command);
		warn_if_changed(query, "commit", "commit", commit, common, command);
		warn_if_files_changed(query, common, command);
	}
	return true;
}

G_GNUC_PRINTF(2, 3)
static void add_reason(GStrvBuilder *reasons, const char *format, ...)
{
	g_autofree char *reason = NULL;
	va_list args;

	va_start(args, format);
	reason = g_strdup_vprintf(format, args);
	va_end(args);
	g_strv_builder_add(reasons, reason);
}

char **db_partial_reasons(struct query *query, bool *objects_missing, GError **error)
{
	const char *walk_errors = query_meta(query, "walk_errors");
	bool walk_failed = walk_errors && strcmp(walk_errors, "0") != 0;
	g_autoptr(GStrvBuilder) reasons = g_strv_builder_new();
	struct coverage coverage;

	if (!query_coverage(query, &coverage, error))
		return NULL;
	if (coverage.n_whole < coverage.n_units)
		add_reason(reasons, "%u of %u files were not parsed whole, %u of them not at all",
			   coverage.n_partial + coverage.n_failed, coverage.n_units,
			   coverage.n_failed);
	if (walk_failed)
		add_reason(reasons,
			   "objects may be missing: Makefiles were not understood (problems: %s)",
			   walk_errors);
	if (coverage.n_shells_that_matter)
		add_reason(reasons,
			   "objects may be missing or too many: $(shell)s were not run (%u)",
			   coverage.n_shells_that_matter);
	if (coverage.n_rust)
		add_reason(reasons, "only the initcalls of %u objects written in Rust are read",
			   coverage.n_rust);
	if (coverage.n_rust_unknown)
		add_reason(reasons,
			   "%u objects written in Rust have an initcall whose name is not known",
			   coverage.n_rust_unknown);
	if (objects_missing)
		*objects_missing = walk_failed || coverage.n_shells_that_matter;
	return g_strv_builder_end(reasons);
}

bool db_warn_partial(struct query *query, const char *command, bool *objects_missing,
		     GError **error)
{
	g_auto(GStrv) reasons = db_partial_reasons(query, objects_missing, error);

	for (char **reason = reasons; reason && *reason; reason++)
		command_warn(command,
			     "the analysis is partial: %s; initlint index --verbose lists them",
			     *reason);
	return reasons != NULL;
}

char *db_configuration(struct query *query)
{
	const char *hash = query_meta(query, "config_hash");

	return hash ? g_strdup_printf("%.12s", hash) : NULL;
}
