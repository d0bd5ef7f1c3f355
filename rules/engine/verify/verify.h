/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares an observed order of initcalls (from a symbol table or a boot log) with the computed
 * order.
 *
 * The comparison aligns the two orders by their longest common subsequence. Two entries agree if
 * they have the same function and, if both modules are known, the same module. An entry outside of
 * the common subsequence is moved (it is in both orders), missing (it is only in the observed
 * order) or extra (it is only in the computed order). There is one exception: an entry whose module
 * differs is not moved if it is between the same neighbours in both orders. Console initcalls are
 * compared separately.
 */
#ifndef INITLINT_RULES_ENGINE_VERIFY_VERIFY_H
#define INITLINT_RULES_ENGINE_VERIFY_VERIFY_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

/* An initcall in the observed or the computed order. Strings belong to the caller. */
struct verify_entry {
	enum initcall_level level; /* LEVEL_NONE: unknown */
	const char *function;
	const char *modname; /* NULL: unknown */
	unsigned int line;   /* 0: unknown */
};

enum verify_kind {
	VERIFY_MISSING, /* the entry is only in the observed order */
	VERIFY_EXTRA,	/* the entry is only in the computed order */
	VERIFY_MOVED,	/* the entry is moved, as described at the top of this file */
	VERIFY_LEVEL,	/* the entry is in both orders and not moved; the levels differ */
	VERIFY_MODULE,	/* the entry is in both orders, moved or not; the modules differ */
	VERIFY_LINE,	/* the entry is in both orders, moved or not; the source lines differ */
	N_VERIFY_KINDS,
};

/* Returns "missing", "extra", "moved", "level", "module" or "line". */
const char *verify_kind_name(enum verify_kind kind);

struct verify_difference {
	enum verify_kind kind;
	int observed; /* index into the observed entries, -1: none */
	int computed; /* index into the computed entries, -1: none */
};

struct verify_counts {
	unsigned int n_observed;
	unsigned int n_computed;
	unsigned int n_in_order; /* entries that are in both orders and not moved */
};

struct verify_result {
	struct verify_counts calls;   /* all initcalls except console initcalls */
	struct verify_counts console; /* console initcalls */
	unsigned int n_of_kind[N_VERIFY_KINDS];
	/* computed entries that have possibly run before or after the observation */
	unsigned int n_outside;
	/* struct verify_difference, in the observed order; console initcalls are last */
	GArray *differences;
};

/*
 * Compares @observed with @computed, and fills @result. Free the contents of @result with
 * verify_result_clear().
 *
 * @complete is false if the observation may have begun late or ended early. Then some computed
 * entries have possibly run before or after the observation: the entries before the first entry
 * that is in both orders, and the entries after the last entry that is in both orders. These
 * computed entries are not extra. @result->n_outside is the number of these entries.
 */
void verify_compare(const struct verify_entry *observed, unsigned int n_observed,
		    const struct verify_entry *computed, unsigned int n_computed, bool complete,
		    struct verify_result *result);
void verify_result_clear(struct verify_result *result);

#endif
