/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which headers are worth sharing: found in the sources, not listed.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_CHOOSE_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_CHOOSE_H

#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/* Names as in "#include <name>", those of most units first. Free with g_ptr_array_unref(). */
GPtrArray *pch_choose_headers(const struct pch_class *class, const struct paths *paths);

#endif
