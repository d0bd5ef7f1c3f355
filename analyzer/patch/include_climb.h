/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds #include directives with ".." in their path, without preprocessing. A path with ".." climbs
 * out of a directory. If this directory is a symbolic link, ".." leads to the parent of the link's
 * target. The compiler then reads a header near the link's target, and not the header that the path
 * seems to name. If the header near the link's target includes "name.h" in quotes, the compiler
 * looks for name.h near the link's target too.
 */
#ifndef INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H
#define INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H

#include <glib.h>

/* The directories in which #include paths with ".." start. The values are bits. */
enum include_climb {
	CLIMB_HERE = 1,	    /* in the directory of the file that has the #include */
	CLIMB_ANYWHERE = 2, /* in a directory of the search path */
	CLIMB_COMPUTED = 4, /* unknown: the operand of an #include is a macro */
};

/*
 * Scans @n files in at most @jobs threads. @paths: the paths of the files. Sets climbs[i] to the
 * bits (enum include_climb) of the file paths[i]. A file that cannot be read counts as a file
 * without includes.
 *
 * @names: a set of file names (char *) without directories. For each include in quotes, and for
 * each include with "..", looks up the file name of the include in @names. If @names has the file
 * name, adds the key of @names to the set @quoted. @names owns this string.
 */
void include_climbs(const char *const *paths, unsigned int n, unsigned int jobs, GHashTable *names,
		    unsigned int *climbs, GHashTable *quoted);

#endif
