/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads the trace of a boot from the text of /sys/kernel/tracing/trace. The kernel writes the trace
 * if these boot parameters turn on the function tracer and the events of initcalls:
 *   ftrace=function ftrace_filter=FUNCTION,... trace_event=initcall:*
 * The trace tells which functions of the filter have run, and during which initcall each has run.
 */
#ifndef INITLINT_RULES_ENGINE_PROOF_TRACE_H
#define INITLINT_RULES_ENGINE_PROOF_TRACE_H

#include <stdbool.h>
#include <glib.h>

struct trace;

/*
 * Reads the trace in @text. If @text has no event of an initcall, or no event of a function,
 * returns NULL and sets @error to INITLINT_ERROR_INPUT. @path is the name of the file, for the
 * error message. Free with trace_free().
 */
struct trace *trace_new(const char *text, const char *path, GError **error);
void trace_free(struct trace *trace);
typedef struct trace trace; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(trace, trace_free)

/* Returns the number of events that the kernel has dropped because its buffer was full. */
unsigned int trace_n_lost(const struct trace *trace);

/* What a trace says of a call chain. */
enum trace_outcome {
	TRACE_SEEN,	  /* the chain has run to its end, as far as the trace can show it */
	TRACE_STOPPED,	  /* the chain has begun, but a later function has not run */
	TRACE_NOT_BEGUN,  /* not even the initcall has run */
	TRACE_NOT_TRACED, /* the end is missing, but the trace may be unable to show it */
};

/* A function of a call chain. */
struct trace_step {
	const char *function;
	/*
	 * true: the function has not run if the trace does not have it. false: the trace may lack
	 * the function because the function was not traced, or because the compiler has inlined it.
	 */
	bool visible;
};

/*
 * Follows a call chain in the trace. @chain has the @n functions of the call chain. The first is
 * @initcall or a function that @initcall calls.
 *
 * If @anywhere is false, a function counts only if it has run during @initcall, in the same task.
 * If @anywhere is true, a function counts wherever it has run. Set @anywhere to true for a chain
 * through a probe, because the probe may run later than the initcall that registers the driver.
 *
 * Sets *@last to the last function of @chain that has run. If only @initcall has run, sets *@last
 * to @initcall. With TRACE_NOT_BEGUN, sets *@last to NULL. With TRACE_STOPPED, sets *@next to the
 * first function after *@last that has not run, although its member @visible is true.
 */
enum trace_outcome trace_follow(const struct trace *trace, const char *initcall,
				const struct trace_step *chain, unsigned int n, bool anywhere,
				const char **last, const char **next);

#endif
