/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The members of a baseline. baseline_load.c reads the file. baseline.c looks up findings
 * and writes the file.
 */
#ifndef INITLINT_CLI_JUDGE_BASELINE_INTERNAL_H
#define INITLINT_CLI_JUDGE_BASELINE_INTERNAL_H

#include "cli/judge/baseline.h"

/* The JSON member that identifies a baseline file, and the version that is its value. */
#define BASELINE_KEY	 "initlint-baseline"
#define BASELINE_VERSION 1

struct baseline_entry {
	char *fingerprint;
	char *rule;
	char *name;   /* "consumer and provider", for messages */
	char *reason; /* NULL: none */
	enum verdict verdict;
	unsigned int line; /* in the file */
	gint needed;	   /* atomic; baseline_accepts() has seen a finding of this entry */
};

struct baseline {
	char *path;
	GPtrArray *entries;	    /* struct baseline_entry *, in the order of the file */
	GHashTable *by_fingerprint; /* fingerprint -> entry; both belong to entries */
};

void baseline_entry_free(gpointer data);

#endif
