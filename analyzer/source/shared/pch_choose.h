/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Chooses the headers that a shared precompiled header contains. The choice depends on how many
 * sources include a header.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_CHOOSE_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_CHOOSE_H

#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/*
 * Returns the names of the chosen headers (char *), as in "#include <name>". The order is by the
 * number of units that include a header, the largest number first. Free with g_ptr_array_unref().
 */
GPtrArray *pch_choose_headers(const struct pch_class *class, const struct paths *paths);

#endif
