/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of patch.h. patch.c parses a patch into struct patch. patch_hunk.c applies hunks
 * to a struct patched_file: the lines of one file.
 */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_PATCH_INTERNAL_H

#include "analyzer/patch/patch.h"

/* A line with its newline. The last line of a file may lack the newline. */
struct hunk_line {
	char sign; /* ' ', '-' or '+' */
	const char *text;
	gsize len;
};

struct hunk {
	unsigned int old_start; /* line number in the header, from 1 */
	unsigned int new_start;
	unsigned int context_before; /* number of context lines at the beginning */
	unsigned int context_after;  /* number of context lines at the end */
	unsigned int n_old;	     /* number of context lines and removed lines */
	GArray *lines;		     /* struct hunk_line */
	char *memory;		     /* holds the text of lines; NULL: another hunk owns the text */
};

/* Private data of the struct patch_file with the same index. */
struct patch_part {
	char *old_path;
	char *new_path;
	GPtrArray *hunks; /* struct hunk * */
};

struct patch {
	char *origin;
	GArray *files;	  /* struct patch_file */
	GPtrArray *parts; /* struct patch_part * */
	bool no_context;  /* made with -U0: no hunk is bound to the file's beginning or end */
	/* Path -> GArray of unsigned int, for patch_changed_lines(). NULL before patch_apply(). */
	GHashTable *changed;
};

void hunk_free(struct hunk *hunk);
typedef struct hunk hunk;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(hunk, hunk_free)
/* Sets context_before, context_after and n_old from the lines of @hunk. */
void hunk_measure(struct hunk *hunk);

struct patched_line {
	const char *text;
	gsize len;
	unsigned int number; /* line number in the original file; 0: added line */
	bool touched;	     /* belongs to a hunk that was applied; no other hunk may match it */
};

/* The lines of a file. Patches that are applied must outlive the struct. */
struct patched_file {
	GArray *lines;	 /* struct patched_line */
	GBytes *content; /* the original file */
};

/* Starts with @content, of which it keeps a reference. */
struct patched_file *patched_file_new(GBytes *content);
void patched_file_free(struct patched_file *patched);
typedef struct patched_file patched_file;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(patched_file, patched_file_free)
/* Returns the current content. Free with g_bytes_unref(). */
GBytes *patched_file_content(const struct patched_file *patched);
/* Returns the current numbers (unsigned int, from 1) of added lines. Free with g_array_unref(). */
GArray *patched_file_added(const struct patched_file *patched);
/* Lets hunks match all lines again: a second diff of the patch changes the same file. */
void patched_file_clear_touched(struct patched_file *patched);

/* Options and context of hunks_apply(). */
struct hunk_options {
	const struct patch *patch;
	const char *path;      /* path in the tree, for messages */
	unsigned int max_fuzz; /* as in patch_apply() */
	bool deletes;	       /* the diff deletes the file; only changes the error message */
	GPtrArray *warnings;   /* char *, or NULL */
};

/* Applies @hunks to @patched in order. Returns false with an error if a hunk does not apply. */
bool hunks_apply(struct patched_file *patched, const GPtrArray *hunks,
		 const struct hunk_options *options, GError **error);
/* True if @patched already contains all @hunks. Reverts the hunks in @patched to find out. */
bool hunks_are_in(struct patched_file *patched, const GPtrArray *hunks, const struct patch *patch);

#endif
