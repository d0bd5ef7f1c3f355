// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/proof/trace.h"

#include <stdlib.h>
#include <string.h>

#include "db/error.h"

struct trace {
	/* set of "INITCALL FUNCTION": FUNCTION has run during INITCALL, in the same task */
	GHashTable *during;
	GHashTable *functions; /* set: the functions that have run */
	GHashTable *initcalls; /* set: the initcalls that have run */
	unsigned int n_lost;
};

/*
 * Returns the beginning of @text, up to the first blank, "+" or ".". The compiler may copy the
 * function foo() to a function with a name such as "foo.isra.0". The copy counts as foo(). Free
 * with g_free().
 */
static char *word_of(const char *text)
{
	return g_strndup(text, strcspn(text, "+. \t"));
}

/*
 * A line is "TASK-PID [CPU] FLAGS TIME: EVENT". TASK may contain blanks. Returns EVENT, and sets
 * *@task to TASK-PID. If @line has another form, returns NULL and does not change *@task. Free
 * *@task with g_free().
 */
static const char *split_line(const char *line, char **task)
{
	const char *cpu = strstr(line, " ["), *event;

	while (cpu && !g_ascii_isdigit(cpu[2]))
		cpu = strstr(cpu + 1, " [");
	if (*line == '#' || !cpu)
		return NULL;
	event = strstr(cpu, ": ");
	if (!event)
		return NULL;
	*task = g_strstrip(g_strndup(line, (gsize)(cpu - line)));
	return event + 2;
}

/* @running: task -> the initcall that the task runs. */
static void read_event(struct trace *trace, GHashTable *running, const char *task,
		       const char *event)
{
	char *name;

	if (g_str_has_prefix(event, "initcall_start: func=")) {
		name = word_of(event + strlen("initcall_start: func="));
		g_hash_table_replace(running, g_strdup(task), name);
		g_hash_table_add(trace->initcalls, g_strdup(name));
	} else if (g_str_has_prefix(event, "initcall_finish: ")) {
		g_hash_table_remove(running, task);
	} else if (strstr(event, " <-")) {
		const char *initcall = g_hash_table_lookup(running, task);

		name = word_of(event);
		if (initcall)
			g_hash_table_add(trace->during, g_strconcat(initcall, " ", name, NULL));
		g_hash_table_add(trace->functions, name);
	}
}

/* Reads "# entries-in-buffer/entries-written: 1535/2000   #P:1". */
static void read_header(struct trace *trace, const char *line)
{
	static const char start[] = "# entries-in-buffer/entries-written: ";
	unsigned long kept, written;
	char *end;

	if (!g_str_has_prefix(line, start))
		return;
	kept = strtoul(line + strlen(start), &end, 10);
	written = *end == '/' ? strtoul(end + 1, NULL, 10) : kept;
	trace->n_lost = written > kept ? (unsigned int)(written - kept) : 0;
}

static GHashTable *text_set(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

struct trace *trace_new(const char *text, const char *path, GError **error)
{
	g_autoptr(trace) trace = g_new0(struct trace, 1);
	g_autoptr(GHashTable) running =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	trace->during = text_set();
	trace->functions = text_set();
	trace->initcalls = text_set();
	for (char **line = lines; *line; line++) {
		g_autofree char *task = NULL;
		const char *event = split_line(*line, &task);

		if (event)
			read_event(trace, running, task, event);
		else
			read_header(trace, *line);
	}
	if (g_hash_table_size(trace->initcalls) && g_hash_table_size(trace->functions))
		return g_steal_pointer(&trace);
	g_set_error(
		error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		"%s: %s in this file; expected the file /sys/kernel/tracing/trace of a boot with "
		"the parameters that \"initlint trace-filter\" prints",
		path,
		g_hash_table_size(trace->initcalls) ? "no function" : "no event of an initcall");
	return NULL;
}

void trace_free(struct trace *trace)
{
	if (!trace)
		return;
	g_hash_table_unref(trace->during);
	g_hash_table_unref(trace->functions);
	g_hash_table_unref(trace->initcalls);
	g_free(trace);
}

unsigned int trace_n_lost(const struct trace *trace)
{
	return trace->n_lost;
}

static bool ran_during(const struct trace *trace, const char *initcall, const char *function)
{
	g_autofree char *key = g_strconcat(initcall, " ", function, NULL);

	return g_hash_table_contains(trace->during, key) ||
	       (strcmp(initcall, function) == 0 &&
		g_hash_table_contains(trace->initcalls, initcall));
}

static bool ran(const struct trace *trace, const char *function)
{
	return g_hash_table_contains(trace->functions, function) ||
	       g_hash_table_contains(trace->initcalls, function);
}

enum trace_outcome trace_follow(const struct trace *trace, const char *initcall,
				const struct trace_step *chain, unsigned int n, bool anywhere,
				const char **last, const char **next)
{
	bool all = true; /* no function is missing after *@last */

	*last = *next = NULL;
	if (!g_hash_table_contains(trace->initcalls, initcall))
		return TRACE_NOT_BEGUN;
	*last = initcall;
	for (unsigned int i = 0; i < n; i++) {
		const char *function = chain[i].function;

		if (anywhere ? ran(trace, function) : ran_during(trace, initcall, function)) {
			*last = function;
			*next = NULL;
			all = true;
		} else {
			all = false;
			*next = *next ? *next : chain[i].visible ? function : NULL;
		}
	}
	/* If the kernel has dropped events, *@next may have run without an event in the trace. */
	if (*next && !trace->n_lost)
		return TRACE_STOPPED;
	return all ? TRACE_SEEN : TRACE_NOT_TRACED;
}
