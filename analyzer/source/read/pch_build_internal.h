/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Builds a class's shared header. Runs libclang: to be called in a process of its own,
 * with the build directory as its working directory.
 */
#ifndef INITLINT_ANALYZER_SOURCE_READ_PCH_BUILD_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_READ_PCH_BUILD_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/* The files' path without suffix. Free with g_free(). */
char *pch_base(const struct pch_class *class, const struct paths *paths);

/*
 * Chooses the headers and writes .h, .pch, .facts and .meta. Headers with errors are
 * left out, the rest built again. Fails (INITLINT_ERROR_FAILED) if none is left.
 */
bool pch_build(const struct pch_class *class, const struct unit_flags *sample, struct paths *paths,
	       GError **error);

#endif
