/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds macros that call a function with a longer name: alloc_workqueue() calls
 * alloc_workqueue_noprof(), mutex_init() calls __mutex_init(). A new kernel version may rename a
 * function and keep the old name as a macro that calls the function. The macro then tells the new
 * name of the function.
 */
#ifndef INITLINT_ANALYZER_REINDEX_MACRO_NAMES_H
#define INITLINT_ANALYZER_REINDEX_MACRO_NAMES_H

#include <glib.h>

struct macro_name {
	char *name;
	char *target; /* a word of the macro's body that contains @name and is longer than @name */
};

/*
 * Searches @text, the text of a header with @len bytes. Looks at each #define of a macro whose name
 * has at least 4 characters. Returns an array of struct macro_name. The array has one element for
 * each target in the body of each of these macros. Free with g_array_unref().
 */
GArray *macro_names(const char *text, gsize len);

#endif
