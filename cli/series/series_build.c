// SPDX-License-Identifier: GPL-2.0-only
/*
 * The build directory of the states after a patch that changes the .config. The sources test the
 * macros in autoconf.h, so these states need another autoconf.h. It is in a scratch directory that
 * otherwise consists of links into the user's build directory.
 */
#include "cli/series/series.h"

#include <stdlib.h>
#include <string.h>

#include "db/error.h"

#define AUTOCONF "include/generated/autoconf.h"
/*
 * The precompiled headers of the changed state are written to the directory of this file, so it must be
 * no link to the user's directory.
 */
#define OWN_FILE ".initlint/config"

static bool builds_in_tree(const struct series *series)
{
	g_autofree char *tree = realpath(series->common->tree, NULL);
	g_autofree char *build = realpath(series->common->build, NULL);

	return tree && build && strcmp(tree, build) == 0;
}

static bool open_build(struct series *series, GError **error)
{
	g_autofree char *build = g_canonicalize_filename(series->common->build, NULL);
	g_autofree char *directory = g_strconcat(series->tree, "-build", NULL);

	series->build = scratch_new(build, directory);
	return scratch_open(series->build, OWN_FILE, error);
}

bool series_build_change(struct series *series, const struct kconfig_change *change, GError **error)
{
	struct scratch *scratch = series->scratch;
	GError *failure = NULL;
	g_autoptr(GBytes) old = NULL;
	g_autoptr(GBytes) new = NULL;
	g_autofree char *text = NULL;
	char *changed;

	if (builds_in_tree(series)) {
		if (!scratch_open(scratch, OWN_FILE, error))
			return false;
	} else {
		if (!series->build && !open_build(series, error))
			return false;
		scratch = series->build;
	}
	old = scratch_read(scratch, AUTOCONF, &failure);
	if (!old && !failure)
		failure = g_error_new(INITLINT_ERROR, INITLINT_ERROR_INPUT,
				      "%s/" AUTOCONF ": does not exist; run initlint prepare",
				      series->common->build);
	if (failure) {
		g_propagate_error(error, failure);
		return false;
	}
	text = g_strndup(g_bytes_get_data(old, NULL), g_bytes_get_size(old));
	changed = kconfig_change_apply_header(change, text);
	new = g_bytes_new_take(changed, strlen(changed));
	return scratch_write(scratch, AUTOCONF, new, error);
}

char *series_build_directory(struct series *series, const char *tree, GError **error)
{
	if (builds_in_tree(series))
		return g_strdup(tree);
	if (series->build)
		return g_strdup(scratch_tree(series->build, error));
	return g_canonicalize_filename(series->common->build, NULL);
}
