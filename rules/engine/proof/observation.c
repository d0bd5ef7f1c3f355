// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/proof/observation.h"

#include <stdlib.h>
#include <string.h>

/* The last line that the init program of "initlint prove" prints (tools/guest/init.c). */
static const char end_of_boot[] = "initlint: done";

/* A line of the log reports a fault if the line contains one of these texts. */
static const char *const fault_words[] = {
	"Unable to handle", "BUG:",	    "Oops",
	"kernel BUG",	    "Kernel panic", "general protection",
	"WARNING:",	    "INFO: task",   "Internal error",
	"cannot create",    "UBSAN:",	    "KASAN:",
};

/* State of the reader of one log. */
struct reader {
	struct observation *to;
	GHashTable *n_calls;	 /* function -> number of calls so far */
	GPtrArray *stack;	 /* char *: the initcalls that have not returned yet */
	const char *const *from; /* as in observation_new() */
	bool begun;		 /* an initcall of @from has begun, or @from is NULL */
};

char *observation_pattern(const char *text)
{
	GString *pattern = g_string_new(NULL);

	for (const char *at = text; *at;) {
		gsize n = strspn(at, "0123456789abcdefABCDEF");
		bool in_word = at > text && (g_ascii_isalpha(at[-1]) || at[-1] == '_');
		bool hex = g_str_has_prefix(at, "0x") || (n >= 8 && !in_word);

		if (hex) {
			g_string_append_c(pattern, '#');
			at += g_str_has_prefix(at, "0x") ? 2 + strspn(at + 2, "0123456789abcdef")
							 : n;
		} else if (g_ascii_isdigit(*at)) {
			g_string_append_c(pattern, '#');
			at += strspn(at, "0123456789");
		} else if (*at == '-' && g_ascii_isdigit(at[1]) && !in_word) {
			at++;
		} else {
			g_string_append_c(pattern, *at++);
		}
	}
	return g_string_free(pattern, FALSE);
}

static void count(struct observation *to, GHashTable *counts, const char *text)
{
	char *pattern = observation_pattern(text);
	unsigned int n = observation_count(counts, pattern);

	if (!g_hash_table_contains(to->examples, pattern))
		g_hash_table_insert(to->examples, g_strdup(pattern), g_strdup(text));
	g_hash_table_replace(counts, pattern, GUINT_TO_POINTER(n + 1));
}

unsigned int observation_count(GHashTable *counts, const char *pattern)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(counts, pattern));
}

/*
 * Returns the part of @line after the time stamp, such as "[    0.341755] ". With
 * CONFIG_PRINTK_CALLER, also skips the caller, such as "[    T1] ".
 */
static const char *skip_stamp(const char *line)
{
	for (int i = 0; i < 2 && *line == '['; i++) {
		const char *end = strchr(line, ']');
		gsize n = end ? strspn(line + 1, " 0123456789.TC") : 0;

		if (!end || line + 1 + n != end)
			break;
		line = end + 1 + (end[1] == ' ');
	}
	return line;
}

/* Returns NAME if @text is "NAME+0x0/0x20 ...", else NULL. Free with g_free(). */
static char *function_of(const char *text)
{
	gsize n = strcspn(text, "+ ");

	return n && text[n] == '+' ? g_strndup(text, n) : NULL;
}

static bool read_call(struct reader *reader, const char *line)
{
	char *function;

	if (!g_str_has_prefix(line, "calling  ") || !(function = function_of(line + 9)))
		return false;
	g_hash_table_replace(reader->n_calls, g_strdup(function),
			     GUINT_TO_POINTER(observation_count(reader->n_calls, function) + 1));
	g_ptr_array_add(reader->stack, function);
	reader->begun |= reader->from && g_strv_contains(reader->from, function);
	return true;
}

static bool read_return(struct reader *reader, const char *line)
{
	g_autofree char *function = NULL;
	const char *returned = strstr(line, " returned ");

	if (!g_str_has_prefix(line, "initcall ") || !returned ||
	    !(function = function_of(line + 9)))
		return false;
	returned += strlen(" returned ");
	g_hash_table_replace(reader->to->returns,
			     g_strdup_printf("%s#%u", function,
					     observation_count(reader->n_calls, function)),
			     g_strndup(returned, strcspn(returned, " ")));
	for (guint i = reader->stack->len; i > 0; i--)
		if (strcmp(reader->stack->pdata[i - 1], function) == 0) {
			g_ptr_array_remove_index(reader->stack, i - 1);
			break;
		}
	return true;
}

static bool read_probe(struct observation *to, const char *line)
{
	const char *returned = strstr(line, " returned "), *with = strstr(line, " with driver ");

	if (!g_str_has_prefix(line, "probe of ") || !returned)
		return false;
	line += strlen("probe of ");
	g_hash_table_replace(to->probes, g_strndup(line, (gsize)((with ? with : returned) - line)),
			     g_strndup(returned + 10, strcspn(returned + 10, " ")));
	return true;
}

static bool is_fault(const char *line)
{
	for (gsize i = 0; i < G_N_ELEMENTS(fault_words); i++)
		if (strstr(line, fault_words[i]))
			return true;
	return false;
}

static void read_line(struct reader *reader, char *text)
{
	const char *line = skip_stamp(g_strchomp(text));

	if (g_str_has_prefix(line, end_of_boot))
		reader->to->complete = true;
	if (reader->to->complete || !*line || read_call(reader, line) ||
	    read_return(reader, line) || read_probe(reader->to, line) ||
	    g_str_has_prefix(line, "entering initcall level"))
		return;
	if (!reader->begun)
		return;
	if (is_fault(line))
		g_ptr_array_add(reader->to->faults, g_strdup(line));
	count(reader->to, reader->to->messages, line);
}

static GHashTable *text_table(GDestroyNotify free_value)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_value);
}

struct observation *observation_new(const char *log, const char *paths, const char *const *from)
{
	struct observation *to = g_new0(struct observation, 1);
	struct reader reader = { .to = to, .from = from, .begun = !from };
	g_auto(GStrv) lines = g_strsplit(log, "\n", -1);
	g_auto(GStrv) found = g_strsplit(paths, "\n", -1);

	to->returns = text_table(g_free);
	to->probes = text_table(g_free);
	to->messages = text_table(NULL);
	to->paths = text_table(NULL);
	to->examples = text_table(g_free);
	to->faults = g_ptr_array_new_with_free_func(g_free);
	reader.n_calls = text_table(NULL);
	reader.stack = g_ptr_array_new_with_free_func(g_free);
	for (char **line = lines; *line; line++)
		read_line(&reader, *line);
	for (char **path = found; *path; path++)
		if (**path)
			count(to, to->paths, *path);
	if (reader.stack->len)
		to->running = g_strdup(reader.stack->pdata[reader.stack->len - 1]);
	g_hash_table_unref(reader.n_calls);
	g_ptr_array_unref(reader.stack);
	return to;
}

void observation_free(struct observation *observation)
{
	if (!observation)
		return;
	g_hash_table_unref(observation->returns);
	g_hash_table_unref(observation->probes);
	g_hash_table_unref(observation->messages);
	g_hash_table_unref(observation->paths);
	g_hash_table_unref(observation->examples);
	g_ptr_array_unref(observation->faults);
	g_free(observation->running);
	g_free(observation);
}
