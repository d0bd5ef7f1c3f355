/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds #include directives with ".." in their path, without preprocessing. A path with ".." is a
 * problem if a directory is a symbolic link. Example: a/link is a symbolic link to b/dir, and
 * a/link/x.c includes "../y.h". Then the compiler reads b/y.h, and not a/y.h. If b/y.h includes
 * "z.h", the compiler looks for b/z.h, and not for a/z.h.
 */
#ifndef INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H
#define INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H

#include <glib.h>

/* Kinds of #include directives whose path has "..", or may have "..". The values are bits. */
enum include_climb {
	/* An #include "../x.h" in a file of the directory D, if D/../x.h exists. */
	CLIMB_HERE = 1,
	/* Any other #include with "..": the compiler looks in the directories of its -I options. */
	CLIMB_ANYWHERE = 2,
	/* An #include with a macro as operand: its path is unknown. */
	CLIMB_COMPUTED = 4,
};

/*
 * Scans the @n files @paths in at most @jobs threads. Sets climbs[i] to the bits (enum
 * include_climb) of the file paths[i], or to 0 if this file cannot be read.
 *
 * @names: a set of file names (char *) without directories, such as "x.h". For each #include in
 * quotes, and for each #include with "..", include_climbs() takes the last component of the path.
 * If the component is in @names, include_climbs() adds the string of @names to the set @quoted.
 * @names still owns the string.
 */
void include_climbs(const char *const *paths, unsigned int n, unsigned int jobs, GHashTable *names,
		    unsigned int *climbs, GHashTable *quoted);

#endif
