/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A baseline's inside: baseline.c asks and writes, baseline_load.c reads.
 */
#ifndef INITLINT_CLI_JUDGE_BASELINE_INTERNAL_H
#define INITLINT_CLI_JUDGE_BASELINE_INTERNAL_H

#include "cli/judge/baseline.h"

/* The member that tells such a file from others, and its value. */
#define BASELINE_KEY	 "initlint-baseline"
#define BASELINE_VERSION 1

struct baseline_entry {
	char *fingerprint;
	char *rule;
	char *name;   /* both functions, for people */
	char *reason; /* NULL: none */
	enum verdict verdict;
	unsigned int line; /* in the file */
	bool needed;	   /* there is such a finding */
};

struct baseline {
	GPtrArray *entries;	    /* struct baseline_entry *, as in the file */
	GHashTable *by_fingerprint; /* of entries, which own it */
};

void baseline_entry_free(gpointer entry);

#endif
