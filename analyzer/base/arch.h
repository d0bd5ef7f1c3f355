/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of an architecture that are needed before the tree's Makefiles are evaluated. */
#ifndef INITLINT_ANALYZER_BASE_ARCH_H
#define INITLINT_ANALYZER_BASE_ARCH_H

#include <stdbool.h>

/*
 * Returns SRCARCH, the name of the folder below arch/: "x86" for "x86_64". Returns @arch itself
 * if it needs no translation. The top Makefile of the kernel has the same table.
 */
const char *arch_source(const char *arch);
/* Tells whether two values of ARCH are of one architecture, as x86_64 and i386 are. */
bool arch_is_same(const char *a, const char *b);
/* Returns clang's --target for @srcarch, e.g. "aarch64-linux-gnu". Returns NULL if unknown. */
const char *arch_target(const char *srcarch);

#endif
