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
	TRACE_SEEN,	  /* the chain has run to its last function that can be traced */
	TRACE_STOPPED,	  /* the chain has begun, but a later function has not run */
	TRACE_NOT_BEGUN,  /* not even the initcall has run */
	TRACE_NOT_TRACED, /* a function is not in the trace, but may not have been traced */
};

/*
 * Follows a call chain in the trace. @chain: the names of functions, ending with NULL; the first is
 * called by the initcall @initcall, or is @initcall.
 * @anywhere: true if the functions count even if they run during another initcall or in another
 * task. This is right for a chain through a probe, which may run later than the initcall that
 * registers the driver.
 * @is_traced: true if the kernel has a function @name that can be traced. The compiler inlines some
 * functions, and a trace cannot show these. NULL: it is not known.
 * *@last: set to the last function of @chain that has run; NULL: none. *@next: with TRACE_STOPPED
 * and TRACE_NOT_TRACED, set to the function that is missing. Both point into @chain.
 */
enum trace_outcome trace_follow(const struct trace *trace, const char *initcall,
				const char *const *chain, bool anywhere,
				bool (*is_traced)(const void *data, const char *name),
				const void *data, const char **last, const char **next);

#endif
