/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Macros that stand for a function of a longer name: alloc_workqueue() that calls
 * alloc_workqueue_noprof(), mutex_init() that calls __mutex_init(). Where a kernel turns a
 * function into such a macro, this is how its new name is known.
 */
#ifndef INITLINT_ANALYZER_REINDEX_MACRO_NAMES_H
#define INITLINT_ANALYZER_REINDEX_MACRO_NAMES_H

#include <glib.h>

struct macro_name {
	char *name;
	char *target; /* a word of its body that has @name in it */
};

/* Of a header's text of @len bytes: struct macro_name. Free with g_array_unref(). */
GArray *macro_names(const char *text, gsize len);

#endif
