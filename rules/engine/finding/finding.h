/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A finding: what initlint reports about one consumer and one provider. Findings come from declared
 * rules and from inferred dependencies.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_FINDING_H
#define INITLINT_RULES_ENGINE_FINDING_FINDING_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query.h"
#include "rules/engine/finding/input.h"
#include "rules/engine/files/rule.h"

/* Number of hex digits of a fingerprint, which has 128 bits. */
#define FINGERPRINT_LENGTH 32

/* The worst verdict comes first. */
enum verdict {
	VERDICT_BROKEN,	   /* the consumer runs before the provider */
	VERDICT_FRAGILE,   /* the consumer runs after the provider, but only by link order */
	VERDICT_UNORDERED, /* one side is asynchronous */
	VERDICT_DEFERRED,  /* the consumer waits for the provider through probe deferral */
	VERDICT_GUARDED,   /* the consumer tests for the provider and works without it */
	VERDICT_ORDERED,   /* the levels guarantee the order */
	VERDICT_MOOT,	   /* a side is a module or not built, or the rule does not apply */
	N_VERDICTS,
};

/* How certain it is that the dependency exists. */
enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

const char *verdict_name(enum verdict verdict);
/* Returns N_VERDICTS if @name is not the name of a verdict. */
enum verdict verdict_parse(const char *name);
const char *confidence_name(enum confidence confidence);

/*
 * One side of a finding. The struct owns its strings. If there is no such initcall, members are
 * NULL, 0, LEVEL_NONE and -1.
 */
struct finding_side {
	char *function;
	char *file;
	unsigned int line;
	enum initcall_level level;
	int position;
	unsigned int nth; /* number among the initcalls with this function and file, from 0 */
	char *macro;
	char *within; /* for an initcall of a framework: the initcall that runs it; else NULL */
	char *object;
};

/* A step of a call chain from an initcall to a use. */
struct finding_step {
	char *function;
	char *file;
	unsigned int line;
};

/* A line of a Makefile that decides the link order. */
struct finding_link {
	char *makefile; /* NULL: there is no such line */
	unsigned int line;
	char *item; /* the directory or object that the line adds: "drivers/base/dd.o" */
};

struct finding {
	const struct rule *rule; /* NULL: the dependency is inferred */
	char *rule_id;
	enum verdict verdict;
	enum confidence confidence;
	enum severity severity;
	char *fingerprint;
	char *message; /* one line, without the place and the rule id */
	struct finding_side consumer;
	struct finding_side provider; /* function is NULL: there is no provider */
	char *resource;		      /* NULL: not stated */
	char *identity; /* the part of the resource in the fingerprint; NULL: the whole resource */
	GPtrArray *chain; /* struct finding_step *: from the consumer to the use; may be empty */
	GPtrArray *provider_chain; /* struct finding_step *: to the set-up; NULL: none */
	GPtrArray *reasons;	   /* char *: reasons for the verdict */
	/* If the link order decides: the two lines where the paths to the objects diverge. */
	struct finding_link consumer_link;
	struct finding_link provider_link;
	char *outdated;	 /* the part of the rule that no longer fits the kernel; NULL: none */
	bool not_judged; /* moot, because a source file was not read completely */
};

/*
 * @rule may be NULL. It is not copied and must live as long as the result. @rule_id must not be
 * NULL. Free with finding_free().
 */
struct finding *finding_new(const char *rule_id, const struct rule *rule);
void finding_free(struct finding *finding);
typedef struct finding finding; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(finding, finding_free)

/* Copies @initcall into @side and frees what @side had. */
void finding_set_side(struct finding_side *side, const struct initcall *initcall);
/*
 * Adds the reasons for the order of @consumer and @provider: why probes run at their places, and
 * which side runs first. If the link order decides, also sets consumer_link and provider_link.
 */
void finding_add_order(struct finding *finding, const struct rule_place *consumer,
		       const struct rule_place *provider);
/*
 * Sets the fingerprint from the rule id, the functions and files of both sides, and the resource.
 * None of these changes when other code is added, removed or moved.
 */
void finding_seal(struct finding *finding);
/*
 * Makes the fingerprints of @findings (struct finding *) unique. A consumer may need the same
 * resource in its own code and in its probes. Of such findings only the worst is kept. Resources
 * may differ only in a part that the fingerprint leaves out. Such findings get numbers.
 */
void findings_tell_apart(GPtrArray *findings);
/*
 * Compares two findings for the order of a report: by verdict, severity and confidence, the worst
 * first, then by the consumer's position and the rule id. Returns < 0, 0 or > 0.
 */
int finding_compare(const struct finding *a, const struct finding *b);
void findings_sort(GPtrArray *findings);

#endif
