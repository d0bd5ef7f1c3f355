/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the refused symbols of a .config. A capability symbol (CC_HAS_*) says what the kernel's own
 * compiler can do, and so decides what is compiled into the kernel. clang may lack a capability of
 * the kernel's compiler, for example gcc's named address spaces. Below, the "given value" of a
 * symbol is the symbol's value in the .config. A capability symbol is "refused" if clang cannot
 * parse the sources with the symbol's given value.
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
	const struct kbuild *kbuild; /* clang parses some built-in C sources of @kbuild */
	const GPtrArray *symbols;    /* const char *: the capability symbols, "CONFIG_X" */
	/*
	 * Path of a header, relative to @build. When a source includes this header, clang reads the
	 * result of text() in place of the header's content.
	 */
	const char *header;
	/*
	 * Returns the text of the header. The text makes sure that the symbols in the set @refused
	 * do not have their given values, and that all other symbols have their given values. Free
	 * with g_free().
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
