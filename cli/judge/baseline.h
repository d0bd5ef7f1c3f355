/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A baseline: a JSON file of findings that a project accepts. Reports hide these findings. The
 * file has one entry for each of these findings. People may edit the file. docs/baseline.md
 * describes its format.
 */
#ifndef INITLINT_CLI_JUDGE_BASELINE_H
#define INITLINT_CLI_JUDGE_BASELINE_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/finding/finding.h"

struct baseline;

/*
 * Reads the baseline at @path. White space and the order of the entries do not matter. Returns
 * NULL with INITLINT_ERROR_USAGE if the file cannot be read or does not have the format that
 * baseline_write() writes. If the wrong line is known, the message begins with "FILE:LINE: ". Free
 * with baseline_free().
 */
struct baseline *baseline_load(const char *path, GError **error);
void baseline_free(struct baseline *baseline);
/* Returns the path that baseline_load() got. @baseline owns the string. */
const char *baseline_path(const struct baseline *baseline);
typedef struct baseline baseline; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(baseline, baseline_free)

/*
 * Looks up the entry with the fingerprint of @finding. Returns the reason that the entry gives for
 * accepting @finding, or "" if the entry gives no reason. @baseline owns the string. Returns NULL
 * if there is no entry, or if the verdict of @finding is worse than the verdict of the entry. Sets
 * *@was to the verdict of the entry, or to N_VERDICTS if there is no entry. Afterwards,
 * baseline_stale() leaves out the entry. Several threads may call this function at once.
 */
const char *baseline_accepts(struct baseline *baseline, const struct finding *finding,
			     enum verdict *was);

/*
 * Returns the entries that baseline_accepts() has never looked up and whose rule was judged.
 * @judged says whether a rule was judged: its arguments are @data and the rule id of the entry.
 * Returns an array of char *; each string names an entry and its line in the file. Free with
 * g_ptr_array_unref().
 */
GPtrArray *baseline_stale(const struct baseline *baseline,
			  bool (*judged)(const void *data, const char *rule), const void *data);

/*
 * Writes a baseline with one entry for each of @findings (struct finding *) to @path. Replaces an
 * existing file atomically. If @old has an entry for a finding, the new entry gets the reason of
 * the old entry. @old may be NULL. Returns false with INITLINT_ERROR_FAILED if the file cannot be
 * written.
 */
bool baseline_write(const char *path, const GPtrArray *findings, const struct baseline *old,
		    GError **error);

#endif
