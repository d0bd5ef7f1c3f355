/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds #include directives with ".." in their path, without preprocessing. Such a path climbs out
 * of a directory. If this directory is a symbolic link, ".." leads to the parent of the link's
 * target. The compiler then reads a header near the link's target, and not the header that the path
 * seems to name. If the header near the link's target includes "name.h" in quotes, the compiler
 * looks for name.h near the link's target too.
 */
#ifndef INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H
#define INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H

#include <glib.h>

/* The directories from which "#include" paths with ".." in a file start. The values are bits. */
enum include_climb {
	CLIMB_HERE = 1,	    /* from the directory of the file itself */
	CLIMB_ANYWHERE = 2, /* from a directory of the search path */
	CLIMB_COMPUTED = 4, /* unknown: the operand of an include is a macro */
};

/*
 * Scans the @n files @paths in at most @jobs threads. Sets climbs[i] to the bits (enum
 * include_climb) of paths[i]. A file that cannot be read counts as a file without includes.
 *
 * @names: a set of file names without directory (char *). Looks up the file name of each include in
 * quotes, and of each include with "..", in @names. If @names has the name, adds the key of @names
 * to the set @quoted. @names owns this string.
 */
void include_climbs(const char *const *paths, unsigned int n, unsigned int jobs, GHashTable *names,
		    unsigned int *climbs, GHashTable *quoted);

#endif
