/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the capability symbols of a .config that clang cannot read the sources with. A capability
 * symbol (CC_HAS_*) says what the kernel's own compiler can do, and so decides what is compiled
 * into the kernel. clang may lack a capability, for example gcc's named address spaces.
 *
 * A few sources are parsed with the symbols as given. If clang fails, bisection finds the symbols
 * that cause the failure.
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
	 * text() returns the text of a header for a set of refused symbols; free with g_free().
	 * clang reads this text in place of the file whose path in build is the member header.
	 */
	const char *header;
	char *(*text)(void *data, GHashTable *refused);
	void *data; /* argument of text() */
};

/*
 * Returns the set of refused symbols: those that clang cannot read the sources with. The strings
 * are those of reads->symbols. Free with g_hash_table_unref().
 */
GHashTable *clang_refuses(const struct clang_reads *reads);

#endif
