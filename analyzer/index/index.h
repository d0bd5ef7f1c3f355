/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Updates the database of a prepared build directory. Walks the Makefiles, and reads the
 * translation units that have changed since the last index. Replaces the database only at the end.
 * If anything fails, the old database stays.
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
	/* Path of a .config; NULL: the one that the build directory was prepared with. */
	const char *config;
	bool build_given;	/* the user named @build; used for messages only */
	unsigned int jobs;	/* number of worker processes; 0: one for each processor */
	unsigned int timeout_s; /* for one translation unit; 0: 60 */
	bool full;		/* read all units again */
	bool modules;		/* also read the sources of loadable modules */
	/* The database may be lost in a system crash. See store_update_temporary(). */
	bool temporary;
	/* Do not warn if the configuration or the kernel version differs from the last index. */
	bool changes_expected;
	const volatile int *cancel; /* set to non-zero by a signal handler; may be NULL */
};

/* Each callback may be NULL. The thread that calls index_run() calls the callbacks. */
struct index_callbacks {
	void *data;
	/* @what: the current unit or task. @total is 0 if it is unknown. */
	void (*progress)(void *data, unsigned int done, unsigned int total, const char *what);
	/* @message has no newline. */
	void (*warn)(void *data, const char *message);
};

/* The result of an index. All pointers belong to the index. */
struct index_summary {
	const struct kbuild *kbuild; /* has notes and $(shell)s to show to the user */
	const char *compiler;	     /* the compiler that answered Kconfig; NULL: clang */
	/* const char *, "CONFIG_X": clang cannot read the sources with these answers. */
	const GPtrArray *refused;
	unsigned int n_read;	   /* number of translation units that were read */
	unsigned int n_unaffected; /* units that include a changed header and were not read */
	unsigned int n_not_c;	   /* compilations in other languages */
	bool up_to_date;	   /* nothing was read or written */
	const struct extract_stats *stats;
};

struct index;

/* Copies @options and @callbacks. Free the result with index_free(). */
struct index *index_new(const struct index_options *options,
			const struct index_callbacks *callbacks);
void index_free(struct index *index);

/*
 * Runs the index. Call it once. It forks worker processes, so the program must have only one
 * thread. Fails with INITLINT_ERROR_INPUT if the tree, the build directory or the file at
 * options.db is not valid. Fails with INITLINT_ERROR_FAILED if it was cancelled, and on all other
 * errors.
 */
bool index_run(struct index *index, GError **error);
/* Call this function only after index_run() has succeeded. */
const struct index_summary *index_summary(struct index *index);

#endif
