/* SPDX-License-Identifier: GPL-2.0-only */
/* What is known of an architecture before the tree's Makefiles are evaluated. */
#ifndef INITLINT_ANALYZER_BASE_ARCH_H
#define INITLINT_ANALYZER_BASE_ARCH_H

#include <stdbool.h>

/*
 * SRCARCH of an ARCH, the folder under arch/: "x86" for "x86_64". Kbuild's own table is in
 * the top Makefile.
 */
const char *arch_source(const char *arch);
/* Whether two values of ARCH are of one architecture, as x86_64 and i386 are. */
bool arch_is_same(const char *a, const char *b);
/* The --target of clang for @srcarch, as "aarch64-linux-gnu"; NULL: unknown. */
const char *arch_target(const char *srcarch);

#endif
