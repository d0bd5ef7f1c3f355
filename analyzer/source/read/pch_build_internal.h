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
 * Returns the path of the files of the shared header, without the suffix of a file. Free with
 * g_free().
 */
char *pch_base(const struct pch_class *class, const struct paths *paths);

/*
 * Chooses the headers of the shared header, and writes its files .h, .pch, .facts and .meta. If
 * chosen headers have errors, builds the shared header again without them. @sample: the flags of
 * any unit of the class. Fails with INITLINT_ERROR_FAILED if no chosen header is left, if libclang
 * fails, or if a file cannot be written.
 */
bool pch_build(const struct pch_class *class, const struct unit_flags *sample, struct paths *paths,
	       GError **error);

#endif
