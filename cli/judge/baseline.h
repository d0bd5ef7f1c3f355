/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A baseline: a JSON file of findings that a project accepts, so that reports hide them. Each
 * finding is an entry. People may edit the file. docs/baseline.md describes its format.
 */
#ifndef INITLINT_CLI_JUDGE_BASELINE_H
#define INITLINT_CLI_JUDGE_BASELINE_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/finding/finding.h"

struct baseline;

/*
 * Reads the baseline at @path. Layout and order of the file do not matter. Fails with
 * INITLINT_ERROR_USAGE and "FILE:LINE: ..." if the content differs from the format that
 * baseline_write() writes. Free with baseline_free().
 */
struct baseline *baseline_load(const char *path, GError **error);
void baseline_free(struct baseline *baseline);
/* Returns the path that the baseline was read from. */
const char *baseline_path(const struct baseline *baseline);
typedef struct baseline baseline; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(baseline, baseline_free)

/*
 * Returns the reason for accepting @finding, "" if the entry gives no reason. The string
 * belongs to @baseline. Returns NULL if @baseline has no entry for @finding, or if the
 * finding is now worse than its entry. Sets *@was to the verdict of the entry, N_VERDICTS if
 * there is no entry. The entry no longer counts as stale. Several threads may call this function
 * at once.
 */
const char *baseline_accepts(struct baseline *baseline, const struct finding *finding,
			     enum verdict *was);

/*
 * Returns the entries that no call of baseline_accepts() has matched: an array of char *,
 * each with a line number. Includes only the entries of rules that have been judged: @judged
 * returns true for them and gets @data. Free with g_ptr_array_unref().
 */
GPtrArray *baseline_stale(const struct baseline *baseline,
			  bool (*judged)(const void *data, const char *rule), const void *data);

/*
 * Writes @findings (struct finding *) to @path and replaces an existing file atomically.
 * Takes the reasons from @old, which may be NULL.
 */
bool baseline_write(const char *path, const GPtrArray *findings, const struct baseline *old,
		    GError **error);

#endif
