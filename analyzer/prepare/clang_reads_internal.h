/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which of the answers that the kernel's own compiler gave to Kconfig can stand. A .config
 * says what that compiler can do, and so what is compiled into the kernel. clang reads the
 * sources, and may lack something that another compiler has (named address spaces in gcc's
 * way). A few sources are read with the answers as they were given; if that fails, the
 * answers that make it fail are found by halves.
 */
#ifndef INITLINT_ANALYZER_PREPARE_CLANG_READS_INTERNAL_H
#define INITLINT_ANALYZER_PREPARE_CLANG_READS_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kbuild/kbuild.h"

struct clang_reads {
	const char *tree, *build;    /* absolute paths */
	const struct kbuild *kbuild; /* of which some built-in sources of C are read */
	const GPtrArray *symbols;    /* const char *, "CONFIG_X": the answers in question */
	/*
	 * A header that says which of them are refused is read instead of the one at
	 * @header, a path in @build. Its text is that of @text, for g_free().
	 */
	const char *header;
	char *(*text)(void *data, GHashTable *refused);
	void *data;
};

/*
 * Those of the symbols that clang cannot read the sources with: set of the same strings, for
 * g_hash_table_unref().
 */
GHashTable *clang_refuses(const struct clang_reads *reads);

#endif
