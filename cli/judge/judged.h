/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The initcalls and findings of one database. To judge a database means to compute the findings of
 * the rules for the initcalls in the database. To compare two databases, a command makes a struct
 * judged for each database. After judged_new(), a struct judged does not need its database any
 * more, so the database may be deleted.
 */
#ifndef INITLINT_CLI_JUDGE_JUDGED_H
#define INITLINT_CLI_JUDGE_JUDGED_H

#include <glib.h>

#include "cli/base/command.h"
#include "cli/judge/baseline.h"
#include "cli/report/check_option.h"
#include "rules/engine/finding/compare.h"
#include "rules/engine/infer/infer.h"

/*
 * The rules, models and baseline with which databases are judged. A command loads one struct
 * judging, and uses it for all databases. struct judging owns its members. Exception:
 * inferred.machine belongs to the struct check_options that judging_load() gets. struct judging
 * must outlive the results of judged_new().
 */
struct judging {
	GPtrArray *rules;		   /* struct rule * */
	GPtrArray *models;		   /* struct model * */
	struct inference_options inferred; /* which dependencies are inferred */
	bool declared;			   /* true: judge only declared rules, infer no findings */
	struct baseline *baseline;	   /* NULL: no baseline */
	GPtrArray *boards; /* struct machine *: same as inferred.boards; NULL: none */
};

/*
 * Loads into @judging the rules, the models and the baseline that @options names. @options must
 * outlive @judging. Does not load the boards of "--machine dts". Returns false on error. Call
 * judging_clear() after success and after an error.
 */
bool judging_load(struct judging *judging, const struct check_options *options, GError **error);
/*
 * For "--machine dts": compiles the device trees of all boards, and stores the boards in @judging.
 * Call judging_load() before. @common names the kernel tree and the build directory. The build
 * directory keeps the compiled device trees. @query: a database, which tells the architecture.
 * Leaves out a board whose device tree cannot be compiled, and warns. @command: the name of the
 * command, for the warning. Returns false on error.
 */
bool judging_load_boards(struct judging *judging, const struct common_options *common,
			 struct query *query, const char *command, GError **error);
void judging_clear(struct judging *judging);

struct judged {
	struct findings_state state; /* findings_sort() has sorted state.findings */
	GHashTable *accepted;	     /* fingerprint of an accepted finding -> reason */
	GPtrArray *order;	     /* struct ordered_initcall *, in execution order */
	char *arch;		     /* NULL: unknown */
	char *version;
	/* hash of the .config; NULL: unknown */
	char *configuration;
	GStrv partial;	   /* reasons why the analysis is partial, one sentence each */
	GPtrArray *unread; /* char *: "FILE: REASON" for each file that was not read whole */
	/*
	 * true: the Makefiles were not fully evaluated, so objects of the kernel may be missing
	 * from the database
	 */
	bool is_partial;
};

/*
 * Judges the database at @db. Returns NULL on error. Free with judged_free(). Several threads may
 * call this function at once.
 */
struct judged *judged_new(const char *db, const struct judging *judging, GError **error);
void judged_free(struct judged *judged);
typedef struct judged judged; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(judged, judged_free)

#endif
