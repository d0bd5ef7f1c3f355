/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Includes that lead up from a directory by "..", found without preprocessing. From below a
 * link such a way leads elsewhere than its name says; and what is read by such a way reads
 * further files beside it, by their names in quotes.
 */
#ifndef INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H
#define INITLINT_ANALYZER_PATCH_INCLUDE_CLIMB_H

#include <glib.h>

/* What a file's includes may do; bits. */
enum include_climb {
	CLIMB_HERE = 1,	    /* lead up from the directory that the file is in */
	CLIMB_ANYWHERE = 2, /* or from one of the search path */
	CLIMB_COMPUTED = 4, /* have an operand that a macro makes: lead anywhere from here */
};

/*
 * Looks into @n files, by at most @jobs threads; one that cannot be read has no includes.
 * @climbs: of each, bits. @names: a set of file names without directory (char *); those that
 * an include has in quotes, or behind "..", are added to @quoted, as pointers of @names.
 */
void include_climbs(const char *const *paths, unsigned int n, unsigned int jobs, GHashTable *names,
		    unsigned int *climbs, GHashTable *quoted);

#endif
