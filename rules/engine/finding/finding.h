/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A finding is what initlint reports about one consumer and one provider. The consumer is an
 * initcall that needs a resource. The provider is the initcall that sets up the resource. Findings
 * come from declared rules and from inferred dependencies.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_FINDING_H
#define INITLINT_RULES_ENGINE_FINDING_FINDING_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query.h"
#include "rules/engine/finding/input.h"
#include "rules/engine/files/rule.h"

/* Number of hex digits of a fingerprint. A fingerprint has 128 bits. */
#define FINGERPRINT_LENGTH 32

/* The worst verdict comes first. */
enum verdict {
	VERDICT_BROKEN,	  /* the consumer runs before the provider */
	VERDICT_FRAGILE,  /* the consumer runs after the provider, but only by link order */
	VERDICT_SKIPPED,  /* the consumer copes, but leaves something out for good */
	VERDICT_DEFERRED, /* the consumer's probe returns -EPROBE_DEFER before the provider runs */
	VERDICT_GUARDED,  /* the consumer tests for the provider and works without it */
	VERDICT_ORDERED,  /* the levels guarantee the order */
	VERDICT_MOOT,	  /* consumer or provider is not built in, or the rule does not apply */
	N_VERDICTS,
};

/* How certain it is that the consumer depends on the provider. */
enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

const char *verdict_name(enum verdict verdict);
/* Returns the verdict with the name @name; N_VERDICTS if there is none. */
enum verdict verdict_parse(const char *name);
const char *confidence_name(enum confidence confidence);

/*
 * One side of a finding: the consumer or the provider. The struct owns its strings. A side may have
 * no initcall, for example because the initcall is not built in. In this case, @level is
 * LEVEL_NONE, @position is -1, @function and @file come from the rule or are NULL, and all other
 * members are NULL or 0.
 */
struct finding_side {
	char *function;
	char *file;
	unsigned int line;
	enum initcall_level level;
	int position;	  /* the same as @position of struct initcall */
	unsigned int nth; /* number among the initcalls with this @function and @file, from 0 */
	char *macro;
	/*
	 * If @function is an initcall of a framework (frameworks.h): the name of the initcall that
	 * calls @function. Else NULL.
	 */
	char *within;
	char *object; /* path of the object that contains the initcall */
};

/*
 * A step of a call chain. The chain leads from an initcall to the code that sets up or needs a
 * resource.
 */
struct finding_step {
	char *function;
	char *file;
	unsigned int line;
};

/*
 * A test in the code of a call chain. The boot runs the last step of the chain only if the test
 * passes.
 */
struct finding_condition {
	char *test; /* "device.fwnode is not 0" */
	char *file;
	unsigned int line;
};

/*
 * What one experiment tells about a finding. The members are as in struct experiment
 * (db/experiment.h).
 */
struct finding_experiment {
	char *kind;
	char *outcome;
	char *detail;
	char *kernel;
};

/* A Makefile line that decides the link order. */
struct finding_link {
	char *makefile; /* NULL: no Makefile line decides */
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
	char *message; /* one line of text, without the file, the line number and the rule id */
	struct finding_side consumer;
	struct finding_side provider; /* @provider.function is NULL: no provider */
	char *resource;		      /* what the provider sets up; NULL: not stated */
	char *identity; /* replaces @resource in the fingerprint; NULL: @resource is used */
	/*
	 * struct finding_step *, from @consumer to the code that needs the resource; may be empty
	 */
	GPtrArray *chain;
	/*
	 * struct finding_step *, from @provider to the code that sets up the resource; NULL: none
	 */
	GPtrArray *provider_chain;
	GPtrArray *reasons; /* char *: reasons for the verdict */
	/*
	 * Set if the link order decides whether the consumer or the provider runs first. One path
	 * of Makefile lines leads from vmlinux to the object of the consumer, another path to the
	 * object of the provider. @consumer_link and @provider_link are the first lines at which
	 * these paths differ.
	 */
	struct finding_link consumer_link;
	struct finding_link provider_link;
	/*
	 * The device that the machine must have for the consumer or the provider to run: "a device
	 * of ...". If both need a device: "a device of ... and a device of ...". NULL: no
	 * particular device.
	 */
	char *machine;
	/*
	 * char *: the names of the boards on which both the consumer and the provider run; NULL:
	 * the boards are not known, or there is no such board
	 */
	GPtrArray *boards;
	/*
	 * true: it is not known whether the user's machine has the device in @machine. Then the
	 * finding is no problem (finding_is_problem()), and does not change the exit status.
	 */
	bool is_conditional;
	/*
	 * struct finding_condition *: tests whose outcome is not known. The boot must pass these
	 * tests to get from @consumer to the code that needs the resource. NULL: there are no such
	 * tests.
	 */
	GPtrArray *conditions;
	/*
	 * true: @consumer must run before @provider, and the verdict is about this order. false:
	 * @consumer must run after @provider.
	 */
	bool consumer_first;
	/* true: the code of @chain runs in a probe, so it may run later than @consumer */
	bool in_probe;
	/*
	 * struct finding_experiment *: what boots tell about the finding; NULL: there are no
	 * experiments with the finding
	 */
	GPtrArray *experiments;
	char *outdated; /* the part of the rule that no longer fits the kernel; NULL: none */
	/* true: @verdict is VERDICT_MOOT, because a source file was not read completely */
	bool not_judged;
};

/*
 * Returns a finding with two empty sides. @rule_id must not be NULL. @rule may be NULL. The finding
 * does not copy @rule, so @rule must live as long as the finding. Free with finding_free().
 */
struct finding *finding_new(const char *rule_id, const struct rule *rule);
void finding_free(struct finding *finding);
typedef struct finding finding; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(finding, finding_free)

/* Adds a test to finding->conditions. Copies @test and @file. */
void finding_add_condition(struct finding *finding, const char *test, const char *file,
			   unsigned int line);
/*
 * Adds each experiment to the findings (struct finding *) that have the same fingerprint.
 * @experiments is an array of @n experiments, sorted by fingerprint. Copies the strings.
 */
void findings_add_experiments(GPtrArray *findings, const struct experiment *experiments,
			      unsigned int n);
/* Copies @initcall into @side. Frees the strings that @side owned before. */
void finding_set_side(struct finding_side *side, const struct initcall *initcall);
/*
 * Adds sentences to @finding->reasons. The sentences explain why a probe runs later than the
 * initcall that registers the probe, and why @consumer or @provider runs first. If the link order
 * decides who runs first, also sets @finding->consumer_link and @finding->provider_link.
 */
void finding_add_order(struct finding *finding, const struct rule_place *consumer,
		       const struct rule_place *provider);
/*
 * Sets @finding->fingerprint. The fingerprint depends on @rule_id, on @identity (on @resource if
 * @identity is NULL), and on @function, @file and @nth of the consumer and the provider. So the
 * fingerprint stays the same if a patch only adds, removes or moves other code.
 */
void finding_seal(struct finding *finding);
/*
 * Makes the fingerprints of @findings (struct finding *) unique. Several findings may have the same
 * fingerprint, for two reasons:
 *
 * The findings have the same @resource. For example, a consumer needs the resource in its own code
 * and in its probes. Then this function keeps only the worst of these findings in @findings.
 *
 * The findings have the same @identity, but each finding has a different @resource. @identity
 * replaces @resource in the fingerprint. Then this function keeps all these findings. The first
 * finding keeps its fingerprint. Each later finding gets a new fingerprint, which also depends on
 * the number of the finding: 1 for the second finding, 2 for the third finding, and so on.
 */
void findings_tell_apart(GPtrArray *findings);
/*
 * Compares two findings for the order of a report: by @verdict (worst first), @severity (highest
 * first), @confidence (highest first), @position of the consumer, and @rule_id. Returns < 0 if @a
 * comes first, > 0 if @b comes first, else 0.
 */
int finding_compare(const struct finding *a, const struct finding *b);
/* Sorts @findings (struct finding *) with finding_compare(). */
void findings_sort(GPtrArray *findings);

#endif
