/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A baseline is a JSON file of findings that a project accepts. Reports hide the accepted findings.
 * The file has one entry for each accepted finding. People may edit the file. docs/baseline.md
 * describes the format of the file.
 *
 * Fingerprint: a hash that identifies a finding in different versions of a kernel.
 */
#ifndef INITLINT_CLI_JUDGE_BASELINE_H
#define INITLINT_CLI_JUDGE_BASELINE_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/finding/finding.h"

struct baseline;

/*
 * Reads the baseline at @path. White space and the order of the entries do not matter. Free the
 * result with baseline_free(). Returns NULL with INITLINT_ERROR_USAGE if the file cannot be read,
 * or if the file does not have the format that baseline_write() writes. The error message begins
 * with "FILE:LINE: " if the line of the mistake is known.
 */
struct baseline *baseline_load(const char *path, GError **error);
void baseline_free(struct baseline *baseline);
/* Returns the path that was passed to baseline_load(). @baseline owns the string. */
const char *baseline_path(const struct baseline *baseline);
typedef struct baseline baseline; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(baseline, baseline_free)

/*
 * Looks up the entry with the fingerprint of @finding. Marks the entry as used, so that
 * baseline_stale() does not return the entry. Sets *@was to the verdict of the entry, or to
 * N_VERDICTS if there is no entry. Returns NULL if there is no entry, or if the verdict of @finding
 * is worse than the verdict of the entry. Otherwise, @baseline accepts @finding: returns the reason
 * in the entry, or "" if the entry has no reason. @baseline owns the string. Several threads may
 * call baseline_accepts() at once.
 */
const char *baseline_accepts(struct baseline *baseline, const struct finding *finding,
			     enum verdict *was);

/*
 * An entry is stale if its rule was judged, but baseline_accepts() has not looked up the entry.
 * Returns an array of char * with one string for each stale entry. Each string has the form
 * "line NUMBER: CONSUMER and PROVIDER [RULE]". In the file, line NUMBER contains the fingerprint of
 * the entry. CONSUMER and PROVIDER are the functions of the accepted finding. RULE is the rule id.
 * Free the array with g_ptr_array_unref().
 * @judged: a function that returns true if the rule with the id @rule was judged.
 * @data: the first argument for @judged.
 */
GPtrArray *baseline_stale(const struct baseline *baseline,
			  bool (*judged)(const void *data, const char *rule), const void *data);

/*
 * Writes a baseline to @path. The baseline has one entry for each of @findings (struct finding *).
 * Replaces an existing file atomically. Returns false with INITLINT_ERROR_FAILED if the file cannot
 * be written.
 * @old: an older baseline, or NULL. If @old has an entry for a finding, the new entry gets the
 * reason of this older entry.
 */
bool baseline_write(const char *path, const GPtrArray *findings, const struct baseline *old,
		    GError **error);

#endif
