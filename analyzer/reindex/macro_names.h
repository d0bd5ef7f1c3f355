/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds macros that call a function with a longer name: alloc_workqueue() calls
 * alloc_workqueue_noprof(), mutex_init() calls __mutex_init(). A newer kernel may rename a function
 * and keep the old name as such a macro. The macro then tells the function's new name.
 */
#ifndef INITLINT_ANALYZER_REINDEX_MACRO_NAMES_H
#define INITLINT_ANALYZER_REINDEX_MACRO_NAMES_H

#include <glib.h>

struct macro_name {
	char *name;
	char *target; /* a word of the macro's body that is longer than name and contains name */
};

/*
 * Returns an array of struct macro_name: all such macros in @text, the text of a header. Free with
 * g_array_unref().
 */
GArray *macro_names(const char *text, gsize len);

#endif
