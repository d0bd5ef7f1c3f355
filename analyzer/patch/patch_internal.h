/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of patch.h. patch.c parses a patch into struct patch. patch_apply.c applies a patch
 * to a tree. patch_hunk.c applies hunks to a struct patched_file, which holds the lines of one
 * file.
 */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_PATCH_INTERNAL_H

#include "analyzer/patch/patch.h"

/*
 * A line of a hunk. @text and @len include the newline. The last line of a file may lack the
 * newline.
 */
struct hunk_line {
	char sign; /* ' ', '-' or '+' */
	const char *text;
	gsize len;
};

struct hunk {
	unsigned int old_start;	     /* START in "@@ -START,N ...": from 1; 0 in "-0,0" */
	unsigned int new_start;	     /* START in "@@ ... +START,N @@": from 1; 0 in "+0,0" */
	unsigned int context_before; /* number of context lines at the beginning */
	unsigned int context_after;  /* number of context lines at the end */
	unsigned int n_old;	     /* number of context lines and removed lines */
	GArray *lines;		     /* struct hunk_line */
	char *memory; /* owns the text of @lines; NULL: another hunk owns this text */
};

/* Private data of one struct patch_file. In struct patch, parts[i] belongs to files[i]. */
struct patch_part {
	char *old_path;
	char *new_path;
	GPtrArray *hunks; /* struct hunk * */
};

struct patch {
	char *origin;
	GArray *files;	  /* struct patch_file */
	GPtrArray *parts; /* struct patch_part * */
	/* true: made with diff -U0. Hunks without context may match anywhere in a file. */
	bool no_context;
	/*
	 * Path -> GArray of unsigned int: the line numbers for patch_changed_lines(). NULL unless
	 * patch_apply() has succeeded.
	 */
	GHashTable *changed;
};

void hunk_free(struct hunk *hunk);
typedef struct hunk hunk;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(hunk, hunk_free)
/* Sets hunk->context_before, hunk->context_after and hunk->n_old from hunk->lines. */
void hunk_measure(struct hunk *hunk);

struct patched_line {
	const char *text;
	gsize len;
	unsigned int number; /* line number in the original file; 0: added line */
	bool touched;	     /* part of an applied hunk: later hunks must not match this line */
};

/*
 * The lines of one file. hunks_apply() changes these lines. An added line points to text that the
 * patch owns, so the patch must outlive the struct patched_file.
 */
struct patched_file {
	GArray *lines;	 /* struct patched_line */
	GBytes *content; /* the original file */
};

/*
 * Returns a struct patched_file with the lines of @content. Keeps a reference to @content. Free
 * with patched_file_free().
 */
struct patched_file *patched_file_new(GBytes *content);
void patched_file_free(struct patched_file *patched);
typedef struct patched_file patched_file;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(patched_file, patched_file_free)
/* Returns the content of @patched with all changes so far. Free with g_bytes_unref(). */
GBytes *patched_file_content(const struct patched_file *patched);
/*
 * Returns the line numbers (unsigned int) of all added lines. The numbers count from 1 in the
 * content with all changes so far. Free with g_array_unref().
 */
GArray *patched_file_added(const struct patched_file *patched);
/*
 * Sets @touched of each line in @patched to false. If a patch has two diffs of one file, call
 * patched_file_clear_touched() between the two diffs. Then hunks of the second diff may match lines
 * that the first diff has touched.
 */
void patched_file_clear_touched(struct patched_file *patched);

/* Arguments of hunks_apply(). */
struct hunk_options {
	const struct patch *patch;
	const char *path;      /* path in the tree, for messages */
	unsigned int max_fuzz; /* as in patch_apply() */
	bool deletes;	       /* the diff deletes the file; used only for the error message */
	GPtrArray *warnings;   /* char *: hunks_apply() adds warnings; NULL: no warnings */
};

/*
 * Applies @hunks to @patched in order. Returns false with an error if a hunk does not apply; the
 * hunks before this hunk stay applied.
 */
bool hunks_apply(struct patched_file *patched, const GPtrArray *hunks,
		 const struct hunk_options *options, GError **error);
/*
 * True if @patched already contains the changes of all @hunks. To find out, hunks_are_in() reverts
 * the hunks in @patched one after the other. If hunks_are_in() returns true, all hunks are reverted
 * in @patched afterwards. If hunks_are_in() returns false, some hunks may be reverted. @patch: the
 * patch that contains @hunks.
 */
bool hunks_are_in(struct patched_file *patched, const GPtrArray *hunks, const struct patch *patch);

#endif
