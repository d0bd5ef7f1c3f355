/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds macros that call a function with a longer name: alloc_workqueue() calls
 * alloc_workqueue_noprof(), mutex_init() calls __mutex_init(). A newer kernel may replace a
 * function by such a macro. The macro then gives the function's new name.
 */
#ifndef INITLINT_ANALYZER_REINDEX_MACRO_NAMES_H
#define INITLINT_ANALYZER_REINDEX_MACRO_NAMES_H

#include <glib.h>

struct macro_name {
	char *name;
	char *target; /* a word of the macro's body that contains name */
};

/* Returns the struct macro_name of a header's text. Free with g_array_unref(). */
GArray *macro_names(const char *text, gsize len);

#endif
