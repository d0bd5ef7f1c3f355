/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Shared by the sources of patch.h: a parsed patch (patch.c makes it), and an image, the
 * lines of a file while hunks are applied to it (patch_hunk.c).
 */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_PATCH_INTERNAL_H

#include "analyzer/patch/patch.h"

/* A line with its newline; without one where the file ends without one. */
struct hunk_line {
	char sign; /* ' ', '-', '+' */
	const char *text;
	gsize len;
};

struct hunk {
	unsigned int old_start; /* as the header tells them */
	unsigned int new_start;
	unsigned int leading; /* lines of context at its beginning and at its end */
	unsigned int trailing;
	unsigned int n_old; /* lines that must be there: context and removed */
	GArray *lines;	    /* struct hunk_line */
	char *memory;	    /* what they point into; NULL: another hunk's */
};

/* Behind a struct patch_file of the same index. */
struct patch_part {
	char *old_path;
	char *new_path;
	GPtrArray *hunks; /* struct hunk * */
};

struct patch {
	char *origin;
	GArray *files;	  /* struct patch_file */
	GPtrArray *parts; /* struct patch_part * */
	bool no_context;  /* made with -U0: hunks are not tied to the file's ends */
	/* Path to GArray of unsigned int; NULL before it has been applied. */
	GHashTable *changed;
};

void hunk_free(struct hunk *hunk);
typedef struct hunk hunk;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(hunk, hunk_free)
/* Sets what follows from @hunk's lines. */
void hunk_measure(struct hunk *hunk);

struct image_line {
	const char *text;
	gsize len;
	unsigned int number; /* in the file as it was; 0: added */
	bool touched;	     /* by a hunk of the diff being applied: no other may match it */
};

/* The patches and contents that its lines come from must outlive it. */
struct image {
	GArray *lines; /* struct image_line */
	GBytes *content;
};

/* Takes a reference on @content. */
struct image *image_new(GBytes *content);
void image_free(struct image *image);
typedef struct image image;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(image, image_free)
GBytes *image_content(const struct image *image);
/* unsigned int: numbers of the lines that were added. */
GArray *image_added(const struct image *image);
/* Another diff of the same patch comes to the same file. */
void image_settle(struct image *image);

/* How hunks are applied, and for whom. */
struct hunk_place {
	const struct patch *patch;
	const char *path; /* in the tree, for messages */
	unsigned int max_fuzz;
	bool deletes;	     /* the diff deletes the file: other words */
	GPtrArray *warnings; /* or NULL */
};

bool hunks_apply(struct image *image, const GPtrArray *hunks, const struct hunk_place *place,
		 GError **error);
/* Whether all @hunks can be taken back out of @image, which they change. */
bool hunks_are_in(struct image *image, const GPtrArray *hunks, const struct patch *patch);

#endif
