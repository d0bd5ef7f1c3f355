/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the capability symbols of a .config with which clang cannot read the sources. A .config
 * says what the kernel's own compiler can do, and so decides what is compiled into the kernel.
 * clang may lack such a capability, for example gcc's named address spaces.
 *
 * A few sources are parsed with the symbols as given. If this fails, the symbols that cause the
 * failure are found by bisection.
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
	 * text() returns the text of a header for a given set of refused symbols; free with
	 * g_free(). clang reads this text instead of the file header, a path in build.
	 */
	const char *header;
	char *(*text)(void *data, GHashTable *refused);
	void *data; /* argument of text() */
};

/*
 * Returns the set of refused symbols: clang cannot read the sources with their values. The strings
 * are those of reads->symbols. Free with g_hash_table_unref().
 */
GHashTable *clang_refuses(const struct clang_reads *reads);

#endif
