/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds units that must not use the shared precompiled header of their class. If a unit defines a
 * macro before it includes a header, the header may declare other things. The shared header does
 * not have these, because it was read without the macro.
 *
 * This code looks for macros in the unit's flags, and for #undef in the unit's source. The visitor
 * (visit.h) looks for #define, with libclang's preprocessing record.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_DRIFT_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_DRIFT_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/*
 * Returns the set of macros (char *) on which the text of the file @path depends: all identifiers
 * in #if and #ifdef, and all identifiers in code. The macro of an include guard does not count. The
 * macro X of a default ("#ifndef X", "#define X y", "#endif") does not count either, unless X is
 * also used in an #if or in code. Free with g_hash_table_unref().
 */
GHashTable *pch_sensitive_in(const char *path);
/* Fills pch->sensitive with the macros that the files of @pch depend on. */
void pch_find_sensitive(struct pch *pch, const struct paths *paths);

/*
 * True if the local flags of the unit define or undefine a sensitive macro. Also true if the file
 * @source, the unit's source, undefines a sensitive macro before its last #include. A macro is
 * sensitive if pch_is_sensitive() is true for it. libclang's preprocessing record has neither flags
 * nor #undef.
 */
bool pch_unit_drifts(const struct pch *pch, const struct unit_flags *flags, const char *source);

#endif
