/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The initcalls and findings of one database, for comparison with another database. The
 * result keeps no reference to the database, so the database may be deleted.
 */
#ifndef INITLINT_CLI_JUDGE_JUDGED_H
#define INITLINT_CLI_JUDGE_JUDGED_H

#include <glib.h>

#include "rules/engine/finding/compare.h"

/* Options of judged_new(). All pointers must outlive the result. */
struct judging {
	const GPtrArray *rules; /* struct rule * */
	char *const *models;	/* files or directories; NULL: the default models */
	enum confidence least;	/* lowest confidence of inferred findings */
	bool declared;		/* only declared rules, no inferred findings */
	const char *baseline;	/* path of a baseline, or NULL */
};

struct judged {
	struct findings_state state; /* findings are sorted */
	GHashTable *accepted;	     /* fingerprint -> reason, of accepted findings */
	GPtrArray *order;	     /* struct ordered_initcall * */
	char *arch;		     /* NULL: not known */
	char *version;
	char *configuration;
	GStrv partial;	   /* why the analysis is partial; one sentence each */
	GPtrArray *unread; /* char *: "file: why" for each file that was not read whole */
	bool is_partial;   /* objects may be missing */
};

/*
 * Judges the database at @db. Returns NULL on error. Several threads may call this function
 * at once.
 */
struct judged *judged_new(const char *db, const struct judging *judging, GError **error);
void judged_free(struct judged *judged);
typedef struct judged judged; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(judged, judged_free)

#endif
