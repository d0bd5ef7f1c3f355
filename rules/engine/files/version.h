/* SPDX-License-Identifier: GPL-2.0-only */
/* Kernel versions: "6.12", "6.12.117", "7.1.0-rc2". */
#ifndef INITLINT_RULES_ENGINE_FILES_VERSION_H
#define INITLINT_RULES_ENGINE_FILES_VERSION_H

#include <stdbool.h>

/* Numbers with dots between, and perhaps "-something" behind. */
bool version_is_valid(const char *version);
/*
 * < 0, 0 or > 0 as @a is before, in or after @b, as far as @b tells: 6.12.117 is in 6.12.
 * What stands behind a '-' does not count: 7.1-rc2 is in 7.1.
 */
int version_compare(const char *a, const char *b);

#endif
