// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads a list of initcalls that "initlint order --format=tsv" has printed. The columns are
 * position, level, module, line and function, separated by tabs. Further columns are ignored.
 */
#include "analyzer/image/image_internal.h"

#include <string.h>

#include "db/error.h"

enum column { POSITION, LEVEL, MODULE, LINE, FUNCTION, N_COLUMNS };

static bool is_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789")];
}

/*
 * Splits @line in place into @columns. Returns false if @line is not a line of a list of initcalls.
 */
static bool split(char *line, char *columns[N_COLUMNS])
{
	for (int i = 0; i < N_COLUMNS; i++) {
		columns[i] = line ? strsep(&line, "\t") : NULL;
		if (!columns[i])
			return false;
	}
	return is_number(columns[POSITION]) && initcall_level_parse(columns[LEVEL]) != LEVEL_NONE &&
	       is_number(columns[LINE]) && *columns[FUNCTION];
}

bool image_is_list_line(const char *line)
{
	g_autofree char *copy = g_strdup(line);
	char *columns[N_COLUMNS];

	return split(copy, columns);
}

static bool read_line(struct image_builder *builder, char *line, struct image_text *text,
		      const char *path, GError **error)
{
	char *columns[N_COLUMNS];

	if (!*line || *line == '#' || g_str_has_prefix(line, "position\t"))
		return true;
	if (!split(line, columns)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s:%u: expected position, level, module, line and function, "
			    "separated by tabs",
			    path, text->line);
		return false;
	}
	image_add(builder, initcall_level_parse(columns[LEVEL]), g_strdup(columns[FUNCTION]),
		  *columns[MODULE] ? g_strdup(columns[MODULE]) : NULL,
		  (unsigned int)g_ascii_strtoull(columns[LINE], NULL, 10), text->line);
	return true;
}

bool image_read_list(struct image_text *text, const char *path, struct image_builder *builder,
		     GError **error)
{
	bool ok = true;
	char *line;

	while (ok && (line = image_text_line(text))) {
		ok = read_line(builder, line, text, path, error);
		g_free(line);
	}
	return ok;
}
