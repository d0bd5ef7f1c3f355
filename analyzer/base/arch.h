/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of architectures. initlint needs these names before it evaluates the kernel's Makefiles.
 */
#ifndef INITLINT_ANALYZER_BASE_ARCH_H
#define INITLINT_ANALYZER_BASE_ARCH_H

#include <stdbool.h>

/*
 * Returns SRCARCH for @arch, a value of ARCH. SRCARCH is the name of the folder below arch/, for
 * example "x86" for "x86_64". Returns the pointer @arch if SRCARCH and ARCH are equal. The kernel's
 * top Makefile derives SRCARCH from ARCH in the same way.
 */
const char *arch_source(const char *arch);
/*
 * @a and @b are values of ARCH. Returns true if @a and @b have the same SRCARCH. For example,
 * x86_64 and i386 have the SRCARCH x86.
 */
bool arch_is_same(const char *a, const char *b);
/*
 * Returns the value of clang's option --target for @srcarch, for example "aarch64-linux-gnu".
 * Returns NULL if initlint knows no target for @srcarch.
 */
const char *arch_target(const char *srcarch);
/*
 * Returns the kernel's name of the architecture that uname(1), compilers or Debian call @arch: "arm64"
 * for "aarch64". NULL: no other name is known.
 */
const char *arch_other_name(const char *arch);

#endif
