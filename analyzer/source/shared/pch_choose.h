/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Chooses the headers of a shared precompiled header from what the sources include.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_CHOOSE_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_CHOOSE_H

#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/*
 * Returns names as in "#include <name>" (char *), sorted by the number of units that include
 * them, the largest number first. Free with g_ptr_array_unref().
 */
GPtrArray *pch_choose_headers(const struct pch_class *class, const struct paths *paths);

#endif
