/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Updates the database of a prepared build directory. Walks the Makefiles, and reads the
 * translation units that have changed since the last index run. Replaces the database only at the
 * end. If anything fails, the old database stays.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_H
#define INITLINT_ANALYZER_INDEX_INDEX_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/source/read/extract.h"

/* The strings belong to the caller and must live as long as the struct index. */
struct index_options {
	const char *tree;
	/* The tree to which links in @tree lead: the tree of which @tree is a copy; NULL: none. */
	const char *origin;
	const char *build;
	const char *build_origin; /* as @origin, for the links in @build; NULL: none */
	const char *db;
	const char *arch; /* value of make's ARCH; NULL: the architecture of the .config */
	/* Path of a .config; NULL: the .config that the build directory was prepared with. */
	const char *config;
	bool build_given;	/* true: messages name @build; false: messages say "BUILD" */
	unsigned int jobs;	/* number of worker processes; 0: one for each processor */
	unsigned int timeout_s; /* seconds for each attempt to read a translation unit; 0: 60 */
	bool full;		/* read all units again */
	bool modules;		/* also read the sources of loadable modules */
	/*
	 * Do not wait until the data is on the disk. This is faster, but if the system crashes, the
	 * database may be destroyed. See store_update_temporary().
	 */
	bool temporary;
	/* Do not warn if the last index run had another configuration or another kernel version. */
	bool changes_expected;
	const volatile int *cancel; /* set to non-zero by a signal handler; may be NULL */
};

/*
 * Each callback may be NULL. index_run() calls the callbacks in the thread that called index_run().
 */
struct index_callbacks {
	void *data;
	/*
	 * @done of @total units have been read. @total is 0 if the number of units is unknown.
	 * @what: the source of the current unit, or the name of the current task.
	 */
	void (*progress)(void *data, unsigned int done, unsigned int total, const char *what);
	/* @message has no newline. */
	void (*warn)(void *data, const char *message);
};

/* The result of index_run(). All pointers belong to the struct index. */
struct index_summary {
	/* result of the walk of the Makefiles; the caller shows its notes and $(shell) calls */
	const struct kbuild *kbuild;
	/* version text of the compiler that the .config was made with; NULL: clang */
	const char *compiler;
	/*
	 * const char *, "CONFIG_X": capability symbols (CC_HAS_*) of the .config. clang cannot read
	 * the sources with the values that these symbols have in the .config. So index_run() gives
	 * these symbols other values.
	 */
	const GPtrArray *refused;
	unsigned int n_read; /* number of translation units that were read */
	/* number of units that include a changed header but were not read */
	unsigned int n_unaffected;
	/* number of units in assembly and in other languages that initlint does not read */
	unsigned int n_not_c;
	bool up_to_date; /* nothing was read or written */
	const struct extract_stats *stats;
};

struct index;

/*
 * Copies the structs @options and @callbacks, but not the strings in @options. Free the result with
 * index_free().
 */
struct index *index_new(const struct index_options *options,
			const struct index_callbacks *callbacks);
void index_free(struct index *index);

/*
 * Updates the database. Call index_run() only once for each struct index. index_run() forks worker
 * processes, so the program must have only one thread. Returns false and sets @error on failure:
 * INITLINT_ERROR_INPUT if the tree, the build directory or the file at index_options.db is not
 * valid; INITLINT_ERROR_FAILED if the run was cancelled, and on all other errors.
 */
bool index_run(struct index *index, GError **error);
/* Returns the result of index_run(). Call index_summary() only after index_run() has succeeded. */
const struct index_summary *index_summary(struct index *index);

#endif
