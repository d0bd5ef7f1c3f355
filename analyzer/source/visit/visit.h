/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads the facts of one parsed translation unit. */
#ifndef INITLINT_ANALYZER_SOURCE_VISIT_VISIT_H
#define INITLINT_ANALYZER_SOURCE_VISIT_VISIT_H

#include <stdbool.h>
#include <clang-c/Index.h>
#include <glib.h>

#include "analyzer/base/paths.h"
#include "analyzer/source/wire/wire.h"

struct pch;

struct visit_options {
	struct paths *paths;
	/*
	 * The shared header that the unit was parsed with, or NULL. Its include graph completes the
	 * include graph of the unit. See visit_result.drifted.
	 */
	const struct pch *pch;
	/* Facts (GBytes) of functions in included files that were reported before. May be NULL. */
	GHashTable *known;
};

struct visit_result {
	struct wire facts;
	/* Facts (GBytes) of functions in included files that are not in options.known. */
	GPtrArray *fresh;
	/* The unit defines a macro that changes its headers, so it cannot use the shared header. */
	bool drifted;
	/* The first thing that could not be read: "file:line: description"; NULL: none. */
	char *problem;
};

/* Fills @result. Free its members with visit_result_clear(). */
void visit_unit(CXTranslationUnit tu, const struct visit_options *options,
		struct visit_result *result);
void visit_result_clear(struct visit_result *result);

#endif
