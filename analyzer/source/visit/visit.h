/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads the facts off one parsed translation unit.
 */
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
	/* The shared header that the unit was parsed under, or NULL. Its include graph completes
	 * the unit's; a unit that changes what its headers would have said is found out. */
	const struct pch *pch;
	/* Facts (GBytes) of functions in included files that need not be reported again. */
	GHashTable *known;
};

struct visit_result {
	struct wire facts;
	/* Facts (GBytes) of functions in included files that are new to options.known. */
	GPtrArray *fresh;
	bool drifted;  /* the shared header is not what the unit would have read */
	char *problem; /* something was left out: "file:line: what"; NULL if nothing was */
};

void visit_unit(CXTranslationUnit tu, const struct visit_options *options,
		struct visit_result *result);
void visit_result_clear(struct visit_result *result);

#endif
