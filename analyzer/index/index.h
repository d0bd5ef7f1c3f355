/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Brings the database of a prepared build directory up to date: walks the Makefiles, reads the
 * translation units that changed since the last index, and replaces the database as a whole.
 * If anything fails the old database stays.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_H
#define INITLINT_ANALYZER_INDEX_INDEX_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/source/read/extract.h"

/* Strings belong to the caller and live as long as the index. */
struct index_options {
	const char *tree;
	const char *build;
	const char *db;
	const char *arch; /* make's ARCH; NULL: from the .config */
	const char
		*config;   /* a .config; NULL: the one that the build directory was prepared with */
	bool build_given;  /* the user named @build: for messages only */
	unsigned int jobs; /* worker processes; 0: one for each processor */
	unsigned int timeout_s; /* for one translation unit; 0: 60 */
	bool full;		/* read everything again */
	bool modules;		/* read the sources of loadable modules too */
	/*
	 * The database need not outlive the system: do not wait for the disk, nor search the old
	 * database for damage first.
	 */
	bool temporary;
	/* No warning if the configuration or the version is another than at the last index. */
	bool changes_expected;
	const volatile int *cancel; /* set to non-zero by a signal handler; may be NULL */
};

/* Each may be NULL. They are called from the thread that runs the index. */
struct index_callbacks {
	void *data;
	/* @total 0: unknown. */
	void (*progress)(void *data, unsigned int done, unsigned int total, const char *what);
	/* A sentence without a newline. */
	void (*warn)(void *data, const char *message);
};

/* What an index did; belongs to the index. */
struct index_summary {
	const struct kbuild *kbuild; /* its notes and $(shell)s are to be shown */
	const char *compiler;	     /* that configured the build directory; NULL: clang */
	const GPtrArray *refused;    /* const char *, "CONFIG_X": answers that clang cannot read */
	unsigned int n_read;	     /* translation units */
	unsigned int n_unaffected;   /* kept although they include a header that changed */
	unsigned int n_not_c;	     /* compilations in other languages */
	bool up_to_date;	     /* nothing was read or written */
	const struct extract_stats *stats;
};

struct index;

/* Free with index_free(). @options and @callbacks are copied. */
struct index *index_new(const struct index_options *options,
			const struct index_callbacks *callbacks);
void index_free(struct index *index);

/*
 * Runs the index; to be called once. Forks worker processes: no other thread may run. Fails with
 * INITLINT_ERROR_INPUT if the tree, the build directory or the file at options.db is not what it
 * must be, with INITLINT_ERROR_FAILED if it was cancelled or something failed on the way.
 */
bool index_run(struct index *index, GError **error);
/* After index_run() has succeeded. */
const struct index_summary *index_summary(struct index *index);

#endif
