// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chooses the headers of a shared precompiled header by counting the includes of all units. A
 * header is chosen if enough units in several areas (directories such as drivers/net) include the
 * header. A header that only one subsystem includes would slow down all other units, and its names
 * would often clash with names in those units. The units that can use the same shared header form a
 * class (pch_class.h).
 *
 * Two kinds of headers are never chosen:
 * - Headers without an include guard, because each #include must read these headers again.
 * - Headers that define tracepoints and include trace/define_trace.h. define_trace.h includes the
 *   tracepoint header a second time, with other definitions of some macros. This fails if the
 *   tracepoint header is in a shared header.
 */
#include "analyzer/source/shared/pch_choose.h"

#include <string.h>

#include "analyzer/base/c_scan.h"
#include "db/read_file.h"

/*
 * A header is chosen if all of these conditions hold:
 * - At least 1/MIN_UNITS_SHARE of the units of the class include the header. This number of units
 *   is called the minimum.
 * - The units that include the header are in at least MIN_DIRECTORIES directories. If the units of
 *   the class are in fewer than 4 * MIN_DIRECTORIES directories, a quarter of these directories is
 *   enough.
 * - Units in several areas include the header. An area is a directory of at most two components
 *   ("drivers/net"). The main area of a header is the area with the largest number of units that
 *   include the header. Outside of the main area, the number of units that include the header must
 *   be at least MIN_OUTSIDE percent of the minimum. This condition does not apply if the number of
 *   all units that include the header is at least MANY times the minimum.
 *
 * A class gets at most MAX_HEADERS headers. REREAD_HEADER is the header that includes tracepoint
 * headers a second time.
 */
#define MAX_HEADERS	400
#define MIN_UNITS_SHARE 160
#define MIN_DIRECTORIES 8
#define MIN_OUTSIDE	60
#define MANY		8
#define REREAD_HEADER	"trace/define_trace.h"

/* Counts the units that include the header @name. */
struct count {
	char *name;
	unsigned int units;
	GHashTable *directories;  /* set of the directories of the counted units */
	GHashTable *areas;	  /* area -> number of counted units in the area */
	unsigned int max_in_area; /* the largest number in @areas */
	const void *last_unit;	  /* the unit that was counted last; avoids counting a unit twice */
};

struct counter {
	GHashTable *counts;		 /* name -> struct count */
	const struct extract_unit *unit; /* the unit whose source is scanned */
	const char *directory;		 /* directory of the unit's source; interned */
	const char *area;		 /* area of the unit's source; interned */
};

/* What the preprocessor directives of one header tell about the header. */
struct header_choice {
	GPtrArray *includes; /* char *: names of the headers that the header includes */
	bool guarded;	     /* the header has an include guard or #pragma once */
	unsigned int n_directives;
	char *guard; /* if the first directive is #ifndef: its operand; else NULL */
};

struct chooser {
	const struct pch_class *class;
	const struct paths *paths;
	GHashTable *texts; /* real path -> struct header_choice */
	GHashTable *found; /* name -> real path; "" if there is no such header */
};

static void count_free(gpointer data)
{
	struct count *count = data;

	g_free(count->name);
	g_hash_table_unref(count->directories);
	g_hash_table_unref(count->areas);
	g_free(count);
}

static void count_include(void *data, const char *keyword, const char *rest)
{
	struct counter *counter = data;
	struct count *count;
	unsigned int n;
	bool quoted;
	char *name;

	if (strcmp(keyword, "include") != 0)
		return;
	name = scan_include_name(rest, &quoted);
	if (!name || quoted) {
		g_free(name);
		return;
	}
	count = g_hash_table_lookup(counter->counts, name);
	if (count) {
		g_free(name);
	} else {
		count = g_new0(struct count, 1);
		count->name = name;
		count->directories = g_hash_table_new(g_str_hash, g_str_equal);
		count->areas = g_hash_table_new(g_str_hash, g_str_equal);
		g_hash_table_insert(counter->counts, name, count);
	}
	if (count->last_unit == counter->unit)
		return;
	count->last_unit = counter->unit;
	count->units++;
	g_hash_table_add(count->directories, (gpointer)counter->directory);
	n = GPOINTER_TO_UINT(g_hash_table_lookup(count->areas, counter->area)) + 1;
	g_hash_table_insert(count->areas, (gpointer)counter->area, GUINT_TO_POINTER(n));
	count->max_in_area = MAX(count->max_in_area, n);
}

static void header_text_free(gpointer data)
{
	struct header_choice *text = data;

	g_ptr_array_unref(text->includes);
	g_free(text->guard);
	g_free(text);
}

static void read_directive(void *data, const char *keyword, const char *rest)
{
	struct header_choice *text = data;
	bool quoted;
	char *name;

	text->n_directives++;
	if (text->n_directives == 1 && strcmp(keyword, "ifndef") == 0)
		text->guard = g_strdup(rest);
	else if (text->n_directives == 1 && g_str_has_prefix(rest, "!defined"))
		text->guarded = true;
	else if (text->n_directives == 2 && text->guard && strcmp(keyword, "define") == 0)
		text->guarded = g_str_has_prefix(rest, text->guard);
	if (strcmp(keyword, "pragma") == 0 && strcmp(rest, "once") == 0)
		text->guarded = true;
	if (strcmp(keyword, "include") != 0)
		return;
	name = scan_include_name(rest, &quoted);
	if (name)
		g_ptr_array_add(text->includes, name);
}

static char *search_header(const struct chooser *chooser, const char *name)
{
	for (unsigned int i = 0; i < chooser->class->flags->len; i++) {
		const struct flag *flag = &g_array_index(chooser->class->flags, struct flag, i);
		g_autofree char *path = NULL;

		if (strcmp(flag->name, "-I") != 0 && strcmp(flag->name, "-isystem") != 0)
			continue;
		path = g_build_filename(flag->operand, name, NULL);
		if (!g_path_is_absolute(path)) {
			char *full = g_build_filename(paths_build(chooser->paths), path, NULL);

			g_free(path);
			path = full;
		}
		if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
			return g_steal_pointer(&path);
	}
	return NULL;
}

/*
 * Returns the path of the file that "#include <name>" finds with the flags of the class. Returns
 * NULL if there is no such file. The result belongs to @chooser.
 */
static const char *find_header(struct chooser *chooser, const char *name)
{
	char *path = g_hash_table_lookup(chooser->found, name);

	if (!path) {
		path = search_header(chooser, name);
		if (!path)
			path = g_strdup("");
		g_hash_table_insert(chooser->found, g_strdup(name), path);
	}
	return *path ? path : NULL;
}

static struct header_choice *header_text(struct chooser *chooser, const char *path)
{
	static const struct scan_ops ops = { .directive = read_directive };
	struct header_choice *text = g_hash_table_lookup(chooser->texts, path);
	g_autofree char *content = NULL;
	gsize len = 0;

	if (text)
		return text;
	text = g_new0(struct header_choice, 1);
	text->includes = g_ptr_array_new_with_free_func(g_free);
	if (read_file(path, &content, &len, NULL))
		scan_text(content, len, &ops, text);
	g_hash_table_insert(chooser->texts, g_strdup(path), text);
	return text;
}

/*
 * True if the header @name includes REREAD_HEADER, directly or through other headers. @seen: set of
 * the paths that were already visited.
 */
static bool reaches_reread(struct chooser *chooser, const char *name, GHashTable *seen)
{
	struct header_choice *text;
	const char *path;

	if (strcmp(name, REREAD_HEADER) == 0)
		return true;
	path = find_header(chooser, name);
	if (!path || !g_hash_table_add(seen, (gpointer)path))
		return false;
	text = header_text(chooser, path);
	for (unsigned int i = 0; i < text->includes->len; i++)
		if (reaches_reread(chooser, g_ptr_array_index(text->includes, i), seen))
			return true;
	return false;
}

static bool is_sharable(struct chooser *chooser, const char *name)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	const char *path = find_header(chooser, name);

	return path && header_text(chooser, path)->guarded && !reaches_reread(chooser, name, seen);
}

/* "drivers/net/phy" -> "drivers/net". Free with g_free(). */
static char *area_of(const char *directory)
{
	const char *slash = strchr(directory, '/');

	slash = slash ? strchr(slash + 1, '/') : NULL;
	return slash ? g_strndup(directory, (gsize)(slash - directory)) : g_strdup(directory);
}

static GHashTable *count_includes(const struct pch_class *class, const struct paths *paths,
				  GStringChunk *chunk, unsigned int *n_directories)
{
	static const struct scan_ops ops = { .directive = count_include };
	g_autoptr(GHashTable) directories = g_hash_table_new(g_str_hash, g_str_equal);
	struct counter counter = {
		.counts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, count_free),
	};

	for (unsigned int i = 0; i < class->units->len; i++) {
		const struct extract_unit *unit = g_ptr_array_index(class->units, i);
		g_autofree char *content = NULL, *path = NULL, *directory = NULL, *area = NULL;
		gsize len;

		path = paths_real(paths, unit->source->source);
		if (!read_file(path, &content, &len, NULL))
			continue;
		directory = g_path_get_dirname(unit->source->source);
		counter.unit = unit;
		counter.directory = g_string_chunk_insert_const(chunk, directory);
		g_hash_table_add(directories, (gpointer)counter.directory);
		area = area_of(directory);
		counter.area = g_string_chunk_insert_const(chunk, area);
		scan_text(content, len, &ops, &counter);
	}
	*n_directories = g_hash_table_size(directories);
	return counter.counts;
}

static int by_units(gconstpointer a, gconstpointer b)
{
	const struct count *const *ca = a, *const *cb = b;

	if ((*ca)->units != (*cb)->units)
		return (*ca)->units > (*cb)->units ? -1 : 1;
	return strcmp((*ca)->name, (*cb)->name);
}

static bool is_wanted(const struct count *count, unsigned int min_units,
		      unsigned int min_directories)
{
	unsigned int min_outside = min_units * MIN_OUTSIDE / 100;

	return count->units >= min_units &&
	       g_hash_table_size(count->directories) >= min_directories &&
	       (count->units - count->max_in_area >= min_outside ||
		count->units >= MANY * min_units);
}

GPtrArray *pch_choose_headers(const struct pch_class *class, const struct paths *paths)
{
	GPtrArray *headers = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GStringChunk) chunk = g_string_chunk_new(4096);
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	g_autoptr(GHashTable) counts = NULL;
	struct chooser chooser = { .class = class, .paths = paths };
	unsigned int n_directories, min_units, min_directories;
	GHashTableIter iter;
	gpointer value;

	counts = count_includes(class, paths, chunk, &n_directories);
	min_units = MAX(1, class->units->len / MIN_UNITS_SHARE);
	min_directories = MIN(MIN_DIRECTORIES, MAX(1, n_directories / 4));
	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct count *count = value;

		if (is_wanted(count, min_units, min_directories))
			g_ptr_array_add(sorted, count);
	}
	g_ptr_array_sort(sorted, by_units);
	chooser.found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	chooser.texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, header_text_free);
	for (unsigned int i = 0; i < sorted->len && headers->len < MAX_HEADERS; i++) {
		const struct count *count = g_ptr_array_index(sorted, i);

		if (is_sharable(&chooser, count->name))
			g_ptr_array_add(headers, g_strdup(count->name));
	}
	g_hash_table_unref(chooser.texts);
	g_hash_table_unref(chooser.found);
	return headers;
}
