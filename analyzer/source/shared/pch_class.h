/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Groups units into classes. All units of a class have the same common flags, so they can use the
 * same shared precompiled header. Also makes the arguments of libclang for each unit.
 *
 * Each flag of a unit is a common flag or a local flag. Two kinds of flags are local:
 * - -D, -U and search paths that only few units have,
 * - flags such as -DKBUILD_MODNAME (see flag_is_name()).
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
	const char *operand; /* "": the flag has no operand */
	bool apart;	     /* true: two arguments, "-I" "dir"; false: one argument, "-Idir" */
};

struct pch_class {
	/*
	 * hash of the common flags, the text of the shim (pch_text.h) and the versions of initlint
	 * and libclang; the paths of the tree and of the build directory do not change the hash
	 */
	char *id;
	GArray *flags;	  /* struct flag: the common flags, which all units of the class have */
	GPtrArray *units; /* const struct extract_unit * */
	struct pch *pch;  /* NULL: no shared header */
};

struct unit_flags {
	GArray *flags;		 /* struct flag: all flags, in order */
	GArray *local;		 /* struct flag: the local flags */
	struct pch_class *class; /* NULL: the unit cannot use a shared header */
};

/* The flags and the classes of all units. */
struct unit_plan {
	GPtrArray *classes; /* struct pch_class *, the largest class first */
	/* @units[i] has the flags and class of unit i of the array passed to unit_plan_new() */
	struct unit_flags *units;
	unsigned int n_units;
	GStringChunk *chunk; /* owns the strings of struct flag */
};

/*
 * Groups the @n_units elements of @units into classes. A class with fewer than @min_units units is
 * not in unit_plan.classes, and unit_flags.class of its units is NULL. @units must outlive the
 * result. Free with unit_plan_free().
 */
struct unit_plan *unit_plan_new(const struct extract_unit *units, unsigned int n_units,
				unsigned int min_units, const struct paths *paths);
void unit_plan_free(struct unit_plan *plan);
typedef struct unit_plan unit_plan; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(unit_plan, unit_plan_free)

/*
 * True for flags such as -DKBUILD_MODNAME=..., whose values are names that differ from unit to
 * unit.
 */
bool flag_is_name(const struct flag *flag);

/*
 * Returns the arguments for libclang, an array of char *. Free with g_ptr_array_unref().
 * @flags: struct flag.
 * @prefix: a header that libclang must include before the source and before the files of -include
 * flags; or NULL.
 * @pch: the shared header to use, or NULL. The shared header already contains the files of -include
 * flags, so the -include flags in @flags are then left out.
 */
GPtrArray *unit_arguments(const GArray *flags, const char *prefix, const struct pch *pch);

#endif
