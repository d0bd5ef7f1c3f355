/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Builds the shared header of a class. Runs libclang, which may crash. So call pch_build() in a
 * separate process. The working directory of this process must be the build directory.
 */
#ifndef INITLINT_ANALYZER_SOURCE_READ_PCH_BUILD_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_READ_PCH_BUILD_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/* Returns the path of the shared header's files, without the suffix. Free with g_free(). */
char *pch_base(const struct pch_class *class, const struct paths *paths);

/*
 * Chooses the headers, and writes the files .h, .pch, .facts and .meta. If headers have errors,
 * builds again without these headers. @sample: the flags of any unit of the class. Fails with
 * INITLINT_ERROR_FAILED if no header is left, if libclang fails, or if a file cannot be written.
 */
bool pch_build(const struct pch_class *class, const struct unit_flags *sample, struct paths *paths,
	       GError **error);

#endif
