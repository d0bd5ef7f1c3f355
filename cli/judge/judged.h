/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The initcalls and findings of one database, for comparison with another database. The
 * result keeps no reference to the database, so the database may be deleted.
 */
#ifndef INITLINT_CLI_JUDGE_JUDGED_H
#define INITLINT_CLI_JUDGE_JUDGED_H

#include <glib.h>

#include "cli/judge/baseline.h"
#include "cli/report/check_option.h"
#include "rules/engine/finding/compare.h"

/*
 * What databases are judged by. Loaded once for all databases of a command; owns its members, which
 * must outlive what judged_new() returns.
 */
struct judging {
	GPtrArray *rules;	   /* struct rule * */
	GPtrArray *models;	   /* struct model * */
	enum confidence least;	   /* lowest confidence of inferred findings */
	bool declared;		   /* only declared rules, no inferred findings */
	struct baseline *baseline; /* NULL: none */
};

/* Loads what @options name. The caller calls judging_clear() in either case. */
bool judging_load(struct judging *judging, const struct check_options *options, GError **error);
void judging_clear(struct judging *judging);

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
