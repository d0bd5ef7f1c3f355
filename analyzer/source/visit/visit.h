/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads facts (db/facts.h) from one translation unit that libclang has parsed. */
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
	 * The shared precompiled header with which the unit was parsed. NULL: the unit was parsed
	 * without a precompiled header. Many units use one precompiled header. libclang does not
	 * read the files again that the precompiled header was built from. So visit_unit() takes
	 * the #includes of these files from @pch. See also visit_result.drifted.
	 */
	const struct pch *pch;
	/*
	 * A set of GBytes: facts that earlier units have reported. Each GBytes has the facts of one
	 * function or variable that an included file defines, as bytes of a struct wire.
	 * visit_unit() does not report the facts in @known again. NULL: visit_unit() reports all
	 * facts.
	 */
	GHashTable *known;
};

struct visit_result {
	struct wire facts;
	/*
	 * The facts from included files that this unit has reported: GBytes, as in
	 * visit_options.known. The caller can add these GBytes to visit_options.known before the
	 * next unit. Empty if visit_options.known is NULL.
	 */
	GPtrArray *fresh;
	/*
	 * True: the unit defines a macro that the precompiled header was built without, and this
	 * macro changes the text of a file that the precompiled header was built from. The
	 * precompiled header has the wrong text for this unit. So @facts is not valid, and the
	 * caller must parse the unit again without the precompiled header.
	 */
	bool drifted;
	/* The first problem of the visit: "file:line: text" or "file: text"; NULL: no problem. */
	char *problem;
};

/* Reads @tu and fills @result. Free the members of @result with visit_result_clear(). */
void visit_unit(CXTranslationUnit tu, const struct visit_options *options,
		struct visit_result *result);
void visit_result_clear(struct visit_result *result);

#endif
