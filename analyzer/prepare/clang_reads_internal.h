/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the refused symbols of a .config. A capability symbol (CC_HAS_*) says what the compiler of
 * the kernel can do, and so decides what is compiled into the kernel. clang may lack such a
 * capability, for example gcc's named address spaces. If clang cannot parse the sources with the
 * given value of a capability symbol, the symbol is refused.
 *
 * clang first parses a few sources with the given values of all symbols. If clang reports errors,
 * bisection finds the symbols that cause the errors.
 */
#ifndef INITLINT_ANALYZER_PREPARE_CLANG_READS_INTERNAL_H
#define INITLINT_ANALYZER_PREPARE_CLANG_READS_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kbuild/kbuild.h"

struct clang_reads {
	const char *tree, *build;    /* absolute paths */
	const struct kbuild *kbuild; /* some of its built-in C sources are parsed */
	const GPtrArray *symbols;    /* const char *: the capability symbols, "CONFIG_X" */
	/*
	 * Path of a header, relative to @build. clang does not read the content of this file, but
	 * the result of text().
	 */
	const char *header;
	/*
	 * Returns the text of the header. Symbols in the set @refused do not have their given
	 * values in this text, all other symbols do. Free with g_free().
	 */
	char *(*text)(void *data, GHashTable *refused);
	void *data; /* argument of text() */
};

/*
 * Returns the set of refused symbols. Free the set with g_hash_table_unref(); reads->symbols owns
 * the strings in the set.
 */
GHashTable *clang_refuses(const struct clang_reads *reads);

#endif
