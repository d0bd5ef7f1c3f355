/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Groups units into classes with the same common flags, so that the units of a class can use
 * the same shared header. Makes the arguments of libclang for each unit.
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_CLASS_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_CLASS_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/base/paths.h"
#include "analyzer/source/shared/pch.h"
#include "analyzer/source/shared/unit.h"

/* A compiler flag and its operand: "-include" and "x.h", or "-I" and "dir". */
struct flag {
	const char *name;    /* "-I", "-D", ...; the whole argument if there is no operand */
	const char *operand; /* "" if there is none */
	bool apart;	     /* name and operand are two arguments */
};

struct pch_class {
	char *id;	  /* hash of flags, shim and versions, without tree and build paths */
	GArray *flags;	  /* struct flag: flags that all units have */
	GPtrArray *units; /* const struct extract_unit * */
	struct pch *pch;  /* NULL: no shared header */
};

struct unit_flags {
	GArray *flags;		 /* struct flag: all flags, in order */
	GArray *local;		 /* struct flag: flags that are not common to the class */
	struct pch_class *class; /* NULL: the unit cannot use a shared header */
};

/* The flags and the classes of all units. */
struct unit_plan {
	GPtrArray *classes;	  /* struct pch_class *, the class with most units first */
	struct unit_flags *units; /* in the order of the units given to unit_plan_new() */
	unsigned int n_units;
	GStringChunk *chunk; /* owns the strings of struct flag */
};

/* Drops classes with fewer than @min_units units. @units must outlive the result. */
struct unit_plan *unit_plan_new(const struct extract_unit *units, unsigned int n_units,
				unsigned int min_units, const struct paths *paths);
void unit_plan_free(struct unit_plan *plan);
typedef struct unit_plan unit_plan; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(unit_plan, unit_plan_free)

/* True for -DKBUILD_MODNAME=... and the like, whose values differ from unit to unit. */
bool flag_is_name(const struct flag *flag);

/*
 * Returns the arguments for libclang, an array of char *. Free with g_ptr_array_unref().
 * @prefix: a header to include first (a shim), or NULL.
 * @pch: the shared header to use, or NULL. The shared header already contains the files of
 * -include, so the -include flags are left out.
 */
GPtrArray *unit_arguments(const GArray *flags, const char *prefix, const struct pch *pch);

#endif
