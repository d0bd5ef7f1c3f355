// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/patch_lines_internal.h"

#include <string.h>

#define MAX_RANGE 100000000 /* greatest number in "@@ ... @@"; no source file has so many lines */

bool text_next(struct text_lines *lines, struct text_line *line)
{
	const char *newline;

	if (lines->at == lines->end)
		return false;
	newline = memchr(lines->at, '\n', lines->end - lines->at);
	line->text = lines->at;
	line->len = (newline ? newline : lines->end) - lines->at;
	line->number = ++lines->number;
	lines->at = newline ? newline + 1 : lines->end;
	return true;
}

bool text_line_begins(const struct text_line *line, const char *prefix)
{
	gsize len = strlen(prefix);

	return line->len >= len && memcmp(line->text, prefix, len) == 0;
}

static bool read_number(const char **at, const char *end, unsigned int *number)
{
	guint64 value = 0;

	if (*at == end || !g_ascii_isdigit(**at))
		return false;
	for (; *at < end && g_ascii_isdigit(**at); (*at)++) {
		value = value * 10 + g_ascii_digit_value(**at);
		if (value > MAX_RANGE)
			return false;
	}
	*number = value;
	return true;
}

static bool read_side(const char **at, const char *end, char sign, unsigned int *start,
		      unsigned int *n)
{
	if (*at == end || **at != sign)
		return false;
	(*at)++;
	*n = 1;
	if (!read_number(at, end, start))
		return false;
	if (*at < end && **at == ',') {
		(*at)++;
		return read_number(at, end, n);
	}
	return true;
}

bool diff_range_parse(const char *line, gsize len, struct diff_range *range)
{
	const char *end = line + len;
	const char *at = line + strlen("@@ ");

	if (len < strlen("@@ -1 +1 @@") || memcmp(line, "@@ ", 3) != 0)
		return false;
	if (!read_side(&at, end, '-', &range->old_start, &range->n_old))
		return false;
	if (at == end || *at != ' ')
		return false;
	at++;
	if (!read_side(&at, end, '+', &range->new_start, &range->n_new))
		return false;
	return end - at >= 3 && memcmp(at, " @@", 3) == 0;
}

/*
 * Returns the file name in @line; free with g_free(). @line looks like
 * "--- a/x.c\t2024-01-01 12:00:00" or "+++ ...". Sets *@exists to false if @line says that this
 * file does not exist, else to true. @no_lines: true if the first hunk has no lines of this file.
 */
static char *parse_name(const struct text_line *line, bool no_lines, bool *exists)
{
	g_autofree char *name = g_strndup(line->text + 4, line->len - 4);
	char *stamp = strchr(name, '\t');

	if (stamp)
		*stamp++ = '\0';
	g_strchomp(name);
	/*
	 * diff -u writes time 0 for a missing file. In the local time zone, this is 1970 or 1969.
	 */
	*exists = strcmp(name, "/dev/null") != 0 && !(no_lines && stamp &&
						      (g_str_has_prefix(stamp, "1970-01-01 ") ||
						       g_str_has_prefix(stamp, "1969-12-31 ")));
	return g_steal_pointer(&name);
}

/* Returns @name without its first directory: "x.c" for "a/x.c". Returns NULL for "x.c". */
static const char *strip_first(const char *name)
{
	const char *slash = strchr(name, '/');

	return slash && slash[1] ? slash + 1 : NULL;
}

/*
 * Returns the shorter of the two names if it is a prefix of the longer name: "x.c" for "x.c.orig"
 * and "x.c". Otherwise returns NULL.
 */
static const char *common_name(const char *old_name, const char *new_name)
{
	if (g_str_has_prefix(old_name, new_name))
		return new_name;
	return g_str_has_prefix(new_name, old_name) ? old_name : NULL;
}

char *bare_header(const struct text_line names[2], bool no_old, bool no_new, GString *diff)
{
	bool has_old;
	bool has_new;
	g_autofree char *old_name = parse_name(&names[0], no_old, &has_old);
	g_autofree char *new_name = parse_name(&names[1], no_new, &has_new);
	const char *old_path = has_old ? strip_first(old_name) : NULL;
	const char *new_path = has_new ? strip_first(new_name) : NULL;
	const char *path = old_path ? old_path : new_path;

	if (!has_old && !has_new)
		return g_strdup("the diff names no file");
	if (old_name[0] == '"' || new_name[0] == '"')
		return g_strdup("a quoted name in a diff that git has not made; use git diff");
	if ((has_old && !old_path) || (has_new && !new_path))
		return g_strdup_printf("%s: expected a name with a directory to take off, as in "
				       "a/%s",
				       has_old && !old_path ? old_name : new_name,
				       has_old && !old_path ? old_name : new_name);
	if (has_old && has_new)
		path = common_name(old_path, new_path);
	if (!path)
		return g_strdup_printf("one file under two names, %s and %s; use git diff for "
				       "renames",
				       old_path, new_path);
	g_string_append_printf(diff, "diff --git a/%s b/%s\n", path, path);
	if (!has_old)
		g_string_append(diff, "new file mode 100644\n");
	if (!has_new)
		g_string_append(diff, "deleted file mode 100644\n");
	g_string_append_printf(diff, "--- %s%s\n", has_old ? "a/" : "/dev/null",
			       has_old ? path : "");
	g_string_append_printf(diff, "+++ %s%s\n", has_new ? "b/" : "/dev/null",
			       has_new ? path : "");
	return NULL;
}
