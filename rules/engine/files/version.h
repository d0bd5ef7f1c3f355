/* SPDX-License-Identifier: GPL-2.0-only */
/* Kernel versions: "6.12", "6.12.117", "7.1.0-rc2". */
#ifndef INITLINT_RULES_ENGINE_FILES_VERSION_H
#define INITLINT_RULES_ENGINE_FILES_VERSION_H

#include <stdbool.h>

/*
 * True if @version consists of numbers separated by dots, with an optional suffix such as "-rc2".
 */
bool version_is_valid(const char *version);
/*
 * Returns < 0 if version @a is before version @b, > 0 if @a is after @b, else 0. Compares only as
 * many numbers as @b has, so 6.12.117 and 6.12 give 0. A number that is missing in @a counts as 0.
 * Suffixes after '-' are ignored, so 7.1-rc2 and 7.1 give 0.
 */
int version_compare(const char *a, const char *b);

#endif
