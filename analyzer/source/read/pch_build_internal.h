/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Builds the shared precompiled header of a class (pch_class.h). pch_build() runs libclang, which
 * may crash. So call pch_build() in a separate process, whose working directory is the build
 * directory.
 */
#ifndef INITLINT_ANALYZER_SOURCE_READ_PCH_BUILD_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_READ_PCH_BUILD_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/*
 * Returns the path BUILD/.initlint/pch-<class>. The files of the shared header of @class have this
 * path with a suffix: .h, .pch, .facts or .meta. Free with g_free().
 */
char *pch_base(const struct pch_class *class, const struct paths *paths);

/*
 * Builds the shared header of @class: chooses the headers to include, and writes the .h, .pch,
 * .facts and .meta files (see pch_base()). If some of the chosen headers have errors, builds the
 * shared header again without these headers. @sample: the flags of any unit of the class. Fails
 * with INITLINT_ERROR_FAILED if no chosen header is left, if libclang fails, or if a file cannot be
 * written.
 */
bool pch_build(const struct pch_class *class, const struct unit_flags *sample, struct paths *paths,
	       GError **error);

#endif
