/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes the headers that libclang reads before the source of a unit: the shims and the source of
 * the shared precompiled header. The full shim redefines macros of the kernel, so that libclang
 * sees every initcall, and the variables that macros such as READ_ONCE() access. The minimal shim
 * redefines as little as possible: it is for sources that libclang cannot read with the full shim.
 * The shared header contains the full shim.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_TEXT_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_TEXT_H

#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

enum shim { SHIM_FULL, SHIM_MINIMAL, N_SHIMS };

/* Returns the text of @shim. Free with g_free(). */
char *pch_shim_text(enum shim shim);
/* Returns the path to which pch_write_shims() writes @shim. Free with g_free(). */
char *pch_shim_path(const struct paths *paths, enum shim shim);
/*
 * Creates the directory BUILD/.initlint. Writes each shim to a file in this directory, unless the
 * file already has the text of the shim.
 */
bool pch_write_shims(const struct paths *paths, GError **error);

/*
 * Returns the source of the shared header of @class. The source includes each of @headers
 * ("linux/slab.h") on a line of its own. Sets *@first_line to the line number of the first of these
 * includes. @sample: the flags of any unit of the class. The caller must store the result as a file
 * in BUILD/.initlint. Free the result with g_free().
 */
char *pch_header_text(const struct pch_class *class, const struct unit_flags *sample,
		      const GPtrArray *headers, const struct paths *paths,
		      unsigned int *first_line);

#endif
