/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Units grouped by the flags that a shared header depends on, and the command line of
 * each unit for the front end.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_CLASS_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_CLASS_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/base/paths.h"
#include "analyzer/source/shared/pch.h"
#include "analyzer/source/shared/unit.h"

/* A flag and its operand: "-include" "x.h", "-I" "dir"; either may be "". */
struct flag {
	const char *name;    /* interned; "-I", "-D", ... or the whole argument */
	const char *operand; /* interned */
	bool apart;	     /* two arguments */
};

struct pch_class {
	char *id;	  /* hash of flags, shim and versions; tree and build paths left out */
	GArray *flags;	  /* struct flag: what all units have in common */
	GPtrArray *units; /* const struct extract_unit * */
	struct pch *pch;  /* NULL: none */
};

struct unit_flags {
	GArray *flags;		 /* struct flag: all, in order */
	GArray *local;		 /* struct flag: those that are the unit's own */
	struct pch_class *class; /* whose shared header may suit it; NULL: none */
};

/* Units for which the flags and the class were worked out, in the order given. */
struct unit_plan {
	GPtrArray *classes; /* struct pch_class *, most units first */
	struct unit_flags *units;
	unsigned int n_units;
	GStringChunk *chunk;
};

/* Classes of fewer than @min_units units get none. */
struct unit_plan *unit_plan_new(const struct extract_unit *units, unsigned int n_units,
				unsigned int min_units, const struct paths *paths);
void unit_plan_free(struct unit_plan *plan);
typedef struct unit_plan unit_plan; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(unit_plan, unit_plan_free)

/* "KBUILD_MODNAME=..." and the like: known to differ from unit to unit. */
bool flag_is_name(const struct flag *flag);

/*
 * Arguments for libclang: flags, then how to begin. @prefix: a header to read before all
 * others (a shim), or NULL. @pch: read under this shared header, or NULL; then the files
 * of -include are left out, being in it.
 */
GPtrArray *unit_arguments(const GArray *flags, const char *prefix, const struct pch *pch);

#endif
