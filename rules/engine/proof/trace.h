/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads a trace of a boot, as the kernel's file "trace" prints it. The kernel writes such a trace if
 * it is booted with the function tracer and the events of initcalls:
 *   ftrace=function ftrace_filter=FUNCTION,... trace_event=initcall:*
 * The trace tells which of the functions have run, and during which initcall.
 */
#ifndef INITLINT_RULES_ENGINE_PROOF_TRACE_H
#define INITLINT_RULES_ENGINE_PROOF_TRACE_H

#include <stdbool.h>
#include <glib.h>

struct trace;

/*
 * Reads the trace in @text. Fails with INITLINT_ERROR_INPUT if @text has no event of an initcall or
 * no function. @path: the name of the trace, for messages. Free with trace_free().
 */
struct trace *trace_new(const char *text, const char *path, GError **error);
void trace_free(struct trace *trace);
typedef struct trace trace; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(trace, trace_free)

/* Returns the number of events that the kernel has dropped because its buffer was full. */
unsigned int trace_n_lost(const struct trace *trace);

/* What a trace says of a call chain. */
enum trace_outcome {
	TRACE_SEEN,	 /* the chain has run to its end, as far as the trace can show it */
	TRACE_STOPPED,	 /* the chain has begun, but a later function has not run */
	TRACE_NOT_BEGUN, /* not even the initcall has run */
	TRACE_NOT_TRACED, /* the end of the chain is missing, but the trace may be unable to show it */
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
 * Follows a call chain in the trace. @chain: @n functions, from the initcall @initcall or from a
 * function that @initcall calls.
 * @anywhere: true if the functions count even if they run during another initcall or in another
 * task. This is right for a chain through a probe, which may run later than the initcall that
 * registers the driver.
 * *@last: set to the last function of @chain that has run; NULL: none. *@next: with TRACE_STOPPED,
 * set to the function that has not run.
 */
enum trace_outcome trace_follow(const struct trace *trace, const char *initcall,
				const struct trace_step *chain, unsigned int n, bool anywhere,
				const char **last, const char **next);

#endif
