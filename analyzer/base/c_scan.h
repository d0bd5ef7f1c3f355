/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads C text line by line, without preprocessing the text. Callers learn which headers the text
 * includes, and which macros the text tests, defines and uses. scan_text() joins each line that
 * ends with a backslash with the next line. scan_text() also removes comments and the contents of
 * string and character literals, but keeps the name of a header in an include directive.
 */
#ifndef INITLINT_ANALYZER_BASE_C_SCAN_H
#define INITLINT_ANALYZER_BASE_C_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

/*
 * Callbacks of scan_text(). The strings that a callback receives are valid until the callback
 * returns.
 */
struct scan_ops {
	/*
	 * Called for each line of the form "#keyword rest". @rest has no blanks at its ends. The
	 * callback may be NULL.
	 */
	void (*directive)(void *data, const char *keyword, const char *rest);
	/* Called for each line that is neither empty nor a directive. The callback may be NULL. */
	void (*code)(void *data, const char *line);
};

/*
 * Calls the callbacks in @ops for the lines of @text, in order, with @data as the first argument.
 * @text has @len bytes and needs no terminator.
 */
void scan_text(const char *text, size_t len, const struct scan_ops *ops, void *data);

/*
 * Calls @each for every identifier in @text. @name is valid until @each returns. Skips identifiers
 * of 256 characters or more.
 */
void scan_identifiers(const char *text, void (*each)(void *data, const char *name), void *data);

/*
 * Returns the name of the header in @rest, the operand of an #include. The name in <a.h> is a.h.
 * Sets *@quoted to true if the name is in quotes, and to false if the name is in angle brackets.
 * Returns NULL, and leaves *@quoted unchanged, if @rest has no name in quotes or angle brackets.
 * For example, @rest may be a macro. Free with g_free().
 */
char *scan_include_name(const char *rest, bool *quoted);

#endif
