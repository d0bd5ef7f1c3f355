/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An observation is what can be seen of one boot: what the kernel prints, what each initcall and
 * each probe returns, and which paths exist after the boot. proof.h compares two observations.
 *
 * Pattern: a text with "#" in place of each number and its sign. Two boots of one kernel print
 * different numbers, such as times and sizes, but the same patterns.
 */
#ifndef INITLINT_RULES_ENGINE_PROOF_OBSERVATION_H
#define INITLINT_RULES_ENGINE_PROOF_OBSERVATION_H

#include <stdbool.h>
#include <glib.h>

struct observation {
	/*
	 * "FUNCTION#N" -> what the initcall FUNCTION has returned, as text; N counts the initcalls
	 * with this function name, from 1
	 */
	GHashTable *returns;
	GHashTable *probes;   /* name of a device -> what its last probe has returned, as text */
	GHashTable *messages; /* pattern of a line of the log -> number of lines */
	GHashTable *paths;    /* pattern of a path -> number of paths */
	GHashTable *examples; /* pattern -> a line of the log or a path with this pattern */
	/* char *: lines that report a fault, such as an oops or a warning, in log order */
	GPtrArray *faults;
	char *running; /* the last initcall that began and did not return in the log; NULL: none */
	bool complete; /* the boot has reached the init program */
};

/*
 * Reads @log, the console of a boot with the kernel parameter initcall_debug, and @paths, one path
 * a line ("" if there are none). Copies what it needs from @log and @paths.
 *
 * @from: names of initcalls, ending with NULL. Ignores all messages before the first of these
 * initcalls begins, because the order of the initcalls in @from cannot change earlier messages. If
 * @from is NULL, reads all messages. Free the result with observation_free().
 */
struct observation *observation_new(const char *log, const char *paths, const char *const *from);
void observation_free(struct observation *observation);
typedef struct observation observation; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(observation, observation_free)

/* Returns the pattern of @text. Free with g_free(). */
char *observation_pattern(const char *text);

/* Returns the number that @counts (pattern -> number) has for @pattern; 0: none. */
unsigned int observation_count(GHashTable *counts, const char *pattern);

#endif
