// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/include_climb.h"

#include <string.h>

#include "analyzer/base/parallel.h"
#include "db/read_file.h"

struct climbs {
	const char *const *paths;
	GHashTable *names;
	unsigned int *bits;
	GMutex lock; /* protects @quoted */
	GHashTable *quoted;
};

static void note_name(struct climbs *climbs, const char *operand)
{
	g_autofree char *name = g_path_get_basename(operand);
	gpointer known;

	if (!g_hash_table_lookup_extended(climbs->names, name, &known, NULL))
		return;
	g_mutex_lock(&climbs->lock);
	g_hash_table_add(climbs->quoted, known);
	g_mutex_unlock(&climbs->lock);
}

/*
 * Returns the bits (enum include_climb) for one #include in the file @path. @at: the text after the
 * word "include". Also adds the name of the included file to climbs->quoted, as include_climbs()
 * describes.
 */
static unsigned int read_operand(struct climbs *climbs, const char *at, const char *path)
{
	g_autofree char *operand = NULL;
	g_autofree char *from_here = NULL;
	g_autofree char *directory = NULL;
	const char *end;

	at += strspn(at, " \t");
	end = strpbrk(at + (*at != '\0'), "\">\n");
	if ((*at != '"' && *at != '<') || !end || *end == '\n')
		return CLIMB_COMPUTED;
	operand = g_strndup(at + 1, (gsize)(end - at) - 1);
	if (*at == '"' || strstr(operand, ".."))
		note_name(climbs, operand);
	if (!strstr(operand, ".."))
		return 0;
	directory = g_path_get_dirname(path);
	from_here = g_build_filename(directory, operand, NULL);
	return *at == '"' && g_file_test(from_here, G_FILE_TEST_EXISTS) ? CLIMB_HERE
									: CLIMB_ANYWHERE;
}

/*
 * Returns the bits (enum include_climb) for all includes in the file @path. Returns 0 if the file
 * cannot be read. An #include in a comment counts too. This is harmless: unneeded bits only cost
 * time.
 */
static unsigned int scan_file(struct climbs *climbs, const char *path)
{
	static const char word[] = "include", next[] = "_next";
	g_autofree char *text = NULL;
	unsigned int result = 0;

	if (!read_file(path, &text, NULL, NULL))
		return 0;
	for (const char *at = strstr(text, word); at; at = strstr(at, word)) {
		const char *before = at;

		while (before > text && (before[-1] == ' ' || before[-1] == '\t'))
			before--;
		at += strlen(word);
		if (before == text || before[-1] != '#')
			continue;
		if (g_str_has_prefix(at, next))
			at += strlen(next);
		result |= read_operand(climbs, at, path);
	}
	return result;
}

static void scan_share(const struct share *share, void *data)
{
	struct climbs *climbs = data;

	foreach_in_share(i, share)
		climbs->bits[i] = scan_file(climbs, climbs->paths[i]);
}

void include_climbs(const char *const *paths, unsigned int n, unsigned int jobs, GHashTable *names,
		    unsigned int *climbs, GHashTable *quoted)
{
	struct climbs all = { .paths = paths, .names = names, .bits = climbs, .quoted = quoted };

	g_mutex_init(&all.lock);
	parallel_run("includes", n, jobs, scan_share, &all);
	g_mutex_clear(&all.lock);
}
