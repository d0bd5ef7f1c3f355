/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A baseline in memory. baseline_load.c reads the file. baseline.c looks up findings and writes
 * the file.
 */
#ifndef INITLINT_CLI_JUDGE_BASELINE_INTERNAL_H
#define INITLINT_CLI_JUDGE_BASELINE_INTERNAL_H

#include "cli/judge/baseline.h"

/* The JSON member that identifies a baseline file, and its value: the version of the format. */
#define BASELINE_KEY	 "initlint-baseline"
#define BASELINE_VERSION 1

struct baseline_entry {
	char *fingerprint;
	char *rule;
	char *name;   /* "CONSUMER and PROVIDER", for messages */
	char *reason; /* NULL: none */
	enum verdict verdict;
	unsigned int line; /* line of the fingerprint in the file */
	gint needed;	   /* 1: baseline_accepts() has looked up this entry; atomic */
};

struct baseline {
	char *path;
	GPtrArray *entries; /* struct baseline_entry *, in the order of the file */
	/* fingerprint -> entry; entries owns the keys and values */
	GHashTable *by_fingerprint;
};

/* Frees a struct baseline_entry. */
void baseline_entry_free(gpointer data);

#endif
