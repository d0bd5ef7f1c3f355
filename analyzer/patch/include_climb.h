/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds #include directives that climb out of a directory by "..", without preprocessing. If the
 * directory is a symbolic link, ".." leads to the parent of the link's target, so another file may
 * be read than the path says. A header that is read in this way also includes headers beside it,
 * by their names in quotes.
 */
#ifndef INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H
#define INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H

#include <glib.h>

/* The directories from which the includes of a file climb. The values are bits. */
enum include_climb {
	CLIMB_HERE = 1,	    /* from the directory of the file itself */
	CLIMB_ANYWHERE = 2, /* from a directory of the search path */
	CLIMB_COMPUTED = 4, /* unknown: the operand of an include is a macro */
};

/*
 * Scans @n files in at most @jobs threads, and sets climbs[i] to the bits of paths[i]. A file that
 * cannot be read counts as a file without includes. @names: a set of file names without directory
 * (char *). If an include has such a name in quotes, or in a path with "..", the key of @names is
 * added to @quoted.
 */
void include_climbs(const char *const *paths, unsigned int n, unsigned int jobs, GHashTable *names,
		    unsigned int *climbs, GHashTable *quoted);

#endif
