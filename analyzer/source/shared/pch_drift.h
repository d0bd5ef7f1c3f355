/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds units that must not use the shared header. A unit that defines a macro before it
 * includes a header may change what the header declares, but the shared header was read
 * without the macro. This file looks at flags and at #undef. visit.h looks at #define, in the
 * preprocessing record.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_DRIFT_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_DRIFT_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/shared/pch_class.h"

/*
 * Returns the set of macros (char *) that the text at @path depends on: identifiers in #if
 * and #ifdef, and identifiers in code. Include guards do not count. The macro X of a default
 * ("#ifndef X", "#define X y", "#endif") does not count if only other macros use X. Free with
 * g_hash_table_unref().
 */
GHashTable *pch_sensitive_in(const char *path);
/* Fills pch->sensitive with the macros that the files of @pch depend on. */
void pch_find_sensitive(struct pch *pch, const struct paths *paths);

/*
 * True if the unit's own flags define or undefine a sensitive macro, or if the source
 * undefines one before its last #include. libclang's preprocessing record has neither.
 */
bool pch_unit_drifts(const struct pch *pch, const struct unit_flags *flags, const char *source);

#endif
