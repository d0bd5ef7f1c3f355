/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One database, judged: what is known of its initcalls and findings, to be compared with
 * another. Nothing in it belongs to the database, which may be gone.
 */
#ifndef INITLINT_CLI_JUDGE_JUDGED_H
#define INITLINT_CLI_JUDGE_JUDGED_H

#include <glib.h>

#include "rules/engine/finding/compare.h"

/* How to judge; all must outlive what is judged by it. */
struct judging {
	const GPtrArray *rules; /* struct rule * */
	char *const *models;	/* files or directories; NULL: those beside the rules */
	enum confidence least;	/* of what is inferred */
	bool declared;		/* nothing is inferred */
	const char *baseline;	/* file with what is accepted; or NULL */
};

struct judged {
	struct findings_state state; /* sorted */
	GHashTable *accepted;	     /* fingerprint -> the reason, of findings that are */
	GPtrArray *order;	     /* struct ordered_initcall * */
	char *arch;		     /* NULL: not known */
	char *version;
	char *configuration;
	GStrv partial;	   /* why it is not whole, a sentence each */
	GPtrArray *unread; /* char *: "file: why" of what was not read whole */
	bool is_partial;   /* the walk itself did not see all objects */
};

/* Safe to call in several threads at once. */
struct judged *judged_new(const char *db, const struct judging *judging, GError **error);
void judged_free(struct judged *judged);
typedef struct judged judged; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(judged, judged_free)

#endif
