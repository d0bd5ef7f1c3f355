/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads C text for its preprocessor lines without preprocessing it: which headers it
 * includes, which macros it tests, defines and uses. Comments and the contents of
 * literals are left out, continued lines joined.
 */
#ifndef INITLINT_ANALYZER_BASE_C_SCAN_H
#define INITLINT_ANALYZER_BASE_C_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

struct scan_ops {
	/* "#keyword rest"; @rest without white space around it. May be NULL. */
	void (*directive)(void *data, const char *keyword, const char *rest);
	/* A line that is no directive. May be NULL. */
	void (*code)(void *data, const char *line);
};

void scan_text(const char *text, size_t len, const struct scan_ops *ops, void *data);

/* Calls @each for every identifier in @text. */
void scan_identifiers(const char *text, void (*each)(void *data, const char *name), void *data);

/* The name in the operand of an #include, "<a.h>" or "\"a.h\""; NULL if computed. Free with g_free(). */
char *scan_include_name(const char *rest, bool *quoted);

#endif
