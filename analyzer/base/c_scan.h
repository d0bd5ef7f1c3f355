/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads C text line by line without preprocessing it: which headers the text includes, and which
 * macros it tests, defines and uses. Comments and the contents of literals are removed, but the
 * operand of an #include is kept. Continued lines are joined.
 */
#ifndef INITLINT_ANALYZER_BASE_C_SCAN_H
#define INITLINT_ANALYZER_BASE_C_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

/* Callbacks of scan_text(). Their strings are valid until the callback returns. */
struct scan_ops {
	/* Called for "#keyword rest". @rest has no blanks at its ends. May be NULL. */
	void (*directive)(void *data, const char *keyword, const char *rest);
	/* Called for each other line that is not empty. May be NULL. */
	void (*code)(void *data, const char *line);
};

/* Calls @ops with @data for each line of @text, in order. */
void scan_text(const char *text, size_t len, const struct scan_ops *ops, void *data);

/* Calls @each for every identifier in @text. Skips identifiers of 256 characters or more. */
void scan_identifiers(const char *text, void (*each)(void *data, const char *name), void *data);

/*
 * Returns the header's name in @rest, the operand of an #include: "a.h" for <a.h> or "a.h". Sets
 * *@quoted if the name is in quotes. Returns NULL if the operand is a macro. Free with g_free().
 */
char *scan_include_name(const char *rest, bool *quoted);

#endif
