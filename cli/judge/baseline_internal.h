/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A baseline in memory. baseline_load.c reads a baseline file. baseline.c looks up findings in a
 * baseline, and writes a baseline file.
 */
#ifndef INITLINT_CLI_JUDGE_BASELINE_INTERNAL_H
#define INITLINT_CLI_JUDGE_BASELINE_INTERNAL_H

#include "cli/judge/baseline.h"

/*
 * The member BASELINE_KEY identifies a JSON file as a baseline. The value of this member is the
 * version of the format. initlint writes and reads the version BASELINE_VERSION.
 */
#define BASELINE_KEY	 "initlint-baseline"
#define BASELINE_VERSION 1

struct baseline_entry {
	char *fingerprint;
	char *rule;
	char *name;   /* "CONSUMER and PROVIDER", for messages */
	char *reason; /* why the finding is accepted; NULL: no reason is given */
	enum verdict verdict;
	unsigned int line; /* number of the line with the fingerprint, in the baseline file */
	gint needed;	   /* 1: baseline_accepts() has looked up this entry; atomic */
};

struct baseline {
	char *path;
	GPtrArray *entries; /* struct baseline_entry *, in the same order as in the file */
	/* fingerprint -> struct baseline_entry *; @entries owns the keys and the values */
	GHashTable *by_fingerprint;
};

/* Frees a struct baseline_entry. */
void baseline_entry_free(gpointer data);

#endif
