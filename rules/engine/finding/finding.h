/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What initlint has to say about one consumer and one provider. A declared rule makes
 * findings; so does anything else that finds a dependency.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_FINDING_H
#define INITLINT_RULES_ENGINE_FINDING_FINDING_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query.h"
#include "rules/engine/finding/input.h"
#include "rules/engine/files/rule.h"

/* Hex digits of a fingerprint: 128 bits. */
#define FINGERPRINT_LENGTH 32

/* The worse, the earlier. */
enum verdict {
	VERDICT_BROKEN,	   /* the consumer runs before the provider */
	VERDICT_FRAGILE,   /* after it, but only by link order inside one level */
	VERDICT_UNORDERED, /* one side is asynchronous */
	VERDICT_DEFERRED,  /* the consumer waits for it through probe deferral */
	VERDICT_GUARDED,   /* the consumer tests for absence and copes */
	VERDICT_ORDERED,   /* guaranteed by level */
	VERDICT_MOOT,	   /* a side is a module or not built, or the rule does not apply */
	N_VERDICTS,
};

/* How the dependency was found. */
enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

const char *verdict_name(enum verdict verdict);
/* N_VERDICTS if @name is none. */
enum verdict verdict_parse(const char *name);
const char *confidence_name(enum confidence confidence);

/* One side. Strings are owned; NULL, 0, LEVEL_NONE and -1 where there is no such initcall. */
struct finding_side {
	char *function;
	char *file;
	unsigned int line;
	enum initcall_level level;
	int position;
	unsigned int nth; /* which of several initcalls of that name in that file, from 0 */
	char *macro;
	char *within; /* the initcall that runs it, of a framework's; NULL: it is an initcall */
	char *object;
};

/* A step from the initcall to the use. */
struct finding_step {
	char *function;
	char *file;
	unsigned int line;
};

/* A line of a Makefile that has a say in the order. */
struct finding_link {
	char *makefile; /* NULL: there is no such line */
	unsigned int line;
	char *item; /* what the line adds: "drivers/", "drivers/base/dd.o" */
};

struct finding {
	const struct rule *rule; /* NULL: not from a declared rule */
	char *rule_id;
	enum verdict verdict;
	enum confidence confidence;
	enum severity severity;
	char *fingerprint;
	char *message; /* one line, without place and rule */
	struct finding_side consumer;
	struct finding_side provider; /* without a function: there is none */
	char *resource;		      /* NULL: not stated */
	char *identity;	  /* what the fingerprint has of the resource; NULL: all of it */
	GPtrArray *chain; /* struct finding_step *: from the consumer to the use; may be empty */
	GPtrArray *provider_chain; /* the same, to where it is set up; NULL: none */
	GPtrArray *reasons;	   /* char *: why the verdict is what it is */
	/* Where the ways to the two objects part, if it is link order that decides. */
	struct finding_link consumer_link;
	struct finding_link provider_link;
	char *outdated;	 /* what in the rule no longer fits the kernel; NULL: nothing */
	bool not_judged; /* moot because a file that matters was not read whole */
};

/* The rule is not copied and must live as long; it may be NULL, @rule_id not. */
struct finding *finding_new(const char *rule_id, const struct rule *rule);
void finding_free(struct finding *finding);
typedef struct finding finding; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(finding, finding_free)

void finding_set_side(struct finding_side *side, const struct initcall *initcall);
/*
 * Adds the reasons for the order of the two: why probes run where they do, and what comes
 * first; and the lines of Makefiles that decide it, if it is link order.
 */
void finding_add_order(struct finding *finding, const struct rule_place *consumer,
		       const struct rule_place *provider);
/*
 * Sets the fingerprint from rule id, both functions and files, and the resource: nothing
 * that changes where other code comes, goes or moves.
 */
void finding_seal(struct finding *finding);
/*
 * Makes the fingerprints of @findings differ. What a consumer needs of a provider in more
 * places than one, in itself and in its probes, is one finding: the worst is kept. What
 * only looks the same without what the fingerprints leave out is numbered.
 */
void findings_tell_apart(GPtrArray *findings);
/* The order in which findings are shown: the worst first, then by consumer's position, rule. */
int finding_compare(const struct finding *a, const struct finding *b);
void findings_sort(GPtrArray *findings);

#endif
