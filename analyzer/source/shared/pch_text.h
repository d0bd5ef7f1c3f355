/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text that initlint puts in front of a unit's own: the shim headers, and the shared
 * header that begins with the shim.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_TEXT_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_TEXT_H

#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

enum shim { SHIM_FULL, SHIM_MINIMAL, N_SHIMS };

/* Free with g_free(). */
char *pch_shim_text(enum shim shim);
/* Where pch_write_shims() puts it. Free with g_free(). */
char *pch_shim_path(const struct paths *paths, enum shim shim);
/* Creates BUILD/.initlint and the shims in it, if they are not there as they should be. */
bool pch_write_shims(const struct paths *paths, GError **error);

/*
 * The shared header, in BUILD/.initlint, for @class with @headers ("linux/slab.h"). Each header is a line of
 * its own; @first_line: the line of the first of them. Free with g_free().
 */
char *pch_header_text(const struct pch_class *class, const struct unit_flags *sample,
		      const GPtrArray *headers, const struct paths *paths,
		      unsigned int *first_line);

#endif
