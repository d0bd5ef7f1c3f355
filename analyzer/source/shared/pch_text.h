/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Headers that initlint writes and puts before the text of a unit: the shims, and the source
 * of the shared header, which begins with the full shim.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_TEXT_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_TEXT_H

#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

enum shim { SHIM_FULL, SHIM_MINIMAL, N_SHIMS };

/* Returns the text of the shim. Free with g_free(). */
char *pch_shim_text(enum shim shim);
/* Returns the path to which pch_write_shims() writes the shim. Free with g_free(). */
char *pch_shim_path(const struct paths *paths, enum shim shim);
/* Creates BUILD/.initlint. Writes each shim there, unless it exists with the same text. */
bool pch_write_shims(const struct paths *paths, GError **error);

/*
 * Returns the source of the shared header of @class. It includes @headers ("linux/slab.h"),
 * one a line, beginning at line *@first_line. @sample: the flags of any unit of the class.
 * The text must be stored in BUILD/.initlint. Free with g_free().
 */
char *pch_header_text(const struct pch_class *class, const struct unit_flags *sample,
		      const GPtrArray *headers, const struct paths *paths,
		      unsigned int *first_line);

#endif
