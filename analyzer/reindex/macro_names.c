// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/reindex/macro_names.h"

#include <string.h>

#include "analyzer/base/c_scan.h"

struct search {
	GArray *found; /* struct macro_name */
	const char *name;
};

static void clear(void *data)
{
	struct macro_name *macro = data;

	g_free(macro->name);
	g_free(macro->target);
}

static void add_target(void *data, const char *word)
{
	struct search *search = data;
	struct macro_name macro;

	if (!strstr(word, search->name) || strcmp(word, search->name) == 0)
		return;
	macro = (struct macro_name){ g_strdup(search->name), g_strdup(word) };
	g_array_append_val(search->found, macro);
}

static void scan_define(void *data, const char *keyword, const char *rest)
{
	struct search *search = data;
	g_autofree char *name = NULL;
	size_t n = 0;

	if (strcmp(keyword, "define") != 0)
		return;
	while (g_ascii_isalnum(rest[n]) || rest[n] == '_')
		n++;
	/* Skip short names: by chance, a short name is part of many longer words. */
	if (n < 4)
		return;
	name = g_strndup(rest, n);
	search->name = name;
	scan_identifiers(rest + n, add_target, search);
}

GArray *macro_names(const char *text, gsize len)
{
	static const struct scan_ops ops = { .directive = scan_define };
	struct search search = { .found = g_array_new(FALSE, FALSE, sizeof(struct macro_name)) };

	g_array_set_clear_func(search.found, clear);
	scan_text(text, len, &ops, &search);
	return search.found;
}
