/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An order that was observed (symbol table, boot log) held against the computed one.
 *
 * Both sequences are aligned by their longest common subsequence, keyed by function
 * and, where both tell, module. What lies outside of it was moved (it is in both),
 * is missing (observed only) or extra (computed only). Console initcalls are a
 * sequence of their own.
 */
#ifndef INITLINT_RULES_ENGINE_VERIFY_VERIFY_H
#define INITLINT_RULES_ENGINE_VERIFY_VERIFY_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

/* Strings belong to the caller. */
struct verify_entry {
	enum initcall_level level; /* LEVEL_NONE: not told */
	const char *function;
	const char *modname; /* NULL: not told */
	unsigned int line;   /* 0: not told */
};

enum verify_kind {
	VERIFY_MISSING, /* observed, not computed */
	VERIFY_EXTRA,	/* computed, not observed */
	VERIFY_MOVED,	/* in both, at another place in the order */
	VERIFY_LEVEL,	/* in order, but with another level */
	VERIFY_MODULE,	/* in order, but of another module */
	VERIFY_LINE,	/* in order, but on another line */
	N_VERIFY_KINDS,
};

/* "missing", "extra", "moved", "level", "module", "line" */
const char *verify_kind_name(enum verify_kind kind);

struct verify_difference {
	enum verify_kind kind;
	int observed; /* index into the observed entries, -1: none */
	int computed; /* index into the computed entries, -1: none */
};

struct verify_counts {
	unsigned int n_observed;
	unsigned int n_computed;
	unsigned int n_in_order;
};

struct verify_result {
	struct verify_counts calls;   /* all but console initcalls */
	struct verify_counts console; /* console initcalls */
	unsigned int n_of_kind[N_VERIFY_KINDS];
	unsigned int n_outside; /* computed ones that an incomplete observation cannot show */
	GArray *differences;	/* struct verify_difference, by place in the observed order */
};

/*
 * @complete false: the observation begins late or ends early; computed entries before
 * its first or behind its last agreeing one are counted as outside, not as extra.
 */
void verify_compare(const struct verify_entry *observed, unsigned int n_observed,
		    const struct verify_entry *computed, unsigned int n_computed, bool complete,
		    struct verify_result *result);
void verify_result_clear(struct verify_result *result);

#endif
