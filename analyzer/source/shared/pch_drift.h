/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds units that must not use the shared precompiled header of their class. A unit may define a
 * macro before it includes a header, and this macro may change the declarations in the header. The
 * shared header was built without the macro, so it does not have the changed declarations.
 *
 * This code looks for macros in the flags of the unit, and for #undef in the source of the unit.
 * visit_unit() looks for #define, in libclang's preprocessing record.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_DRIFT_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_DRIFT_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/*
 * Returns the set of macros (char *) on which the text of the file @path depends. The set has all
 * identifiers in #if, #ifdef, #ifndef and #elif, and all identifiers in code. Two kinds of #ifndef
 * do not count: an include guard, and an #ifndef that gives its macro a default definition
 * ("#ifndef X", "#define X y", "#endif"). The set is empty if the file cannot be read. Free with
 * g_hash_table_unref().
 */
GHashTable *pch_sensitive_in(const char *path);
/* Adds to @pch->sensitive the macros on which the text of the files in @pch->files depends. */
void pch_find_sensitive(struct pch *pch, const struct paths *paths);

/*
 * True if the local flags in @flags define or undefine a sensitive macro. Flags for which
 * flag_is_name() is true do not count. Also true if @source undefines a sensitive macro before the
 * last #include of @source. This #undef does not count if @source has defined the macro before.
 *
 * @source is the real path of the unit's source. A macro is sensitive if pch_is_sensitive() returns
 * true for the macro. visit_unit() cannot make these checks, because libclang's preprocessing
 * record has neither flags nor #undef.
 */
bool pch_unit_drifts(const struct pch *pch, const struct unit_flags *flags, const char *source);

#endif
