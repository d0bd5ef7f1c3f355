/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A unit that defines a macro before it includes a header may change what the header
 * says; a shared header was read without that macro. Part of such units is found out
 * here, visit.h finds the others from the preprocessing record.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_DRIFT_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_DRIFT_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/*
 * The macros (char *) that the text at @path depends on: those that it tests with #if, and
 * identifiers in its code. Include guards do not count, nor do defaults ("#ifndef X,
 * #define X y, #endif") of macros that only other macros use: those are replaced when
 * they are used. Free with g_hash_table_unref().
 */
GHashTable *pch_sensitive_in(const char *path);
/* Fills pch->sensitive with those of all its files. */
void pch_find_sensitive(struct pch *pch, const struct paths *paths);

/*
 * Whether the unit's own flags set a sensitive macro, or its source undefines one before
 * its last #include: the front end keeps no record of either.
 */
bool pch_unit_drifts(const struct pch *pch, const struct unit_flags *flags, const char *source);

#endif
