/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The findings that a project knows of and does not want to be told again: a JSON file,
 * one entry a finding, which people may edit. docs/baseline.md describes it.
 */
#ifndef INITLINT_CLI_JUDGE_BASELINE_H
#define INITLINT_CLI_JUDGE_BASELINE_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/finding/finding.h"

struct baseline;

/*
 * Fails with INITLINT_ERROR_USAGE and "FILE:LINE: what was expected" on a file that is not
 * just as baseline_write() would write it, but for its layout and order.
 */
struct baseline *baseline_load(const char *path, GError **error);
void baseline_free(struct baseline *baseline);
typedef struct baseline baseline; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(baseline, baseline_free)

/*
 * The reason for accepting @finding, "" if none is given; it belongs to @baseline. NULL: it
 * is not in there, or has become worse. @was: the verdict it is accepted with; N_VERDICTS if
 * it is not in there. Its entry is then known to be needed.
 */
const char *baseline_accepts(struct baseline *baseline, const struct finding *finding,
			     enum verdict *was);

/*
 * Entries that are not needed, of rules that @judged says can be told of: char *, each with
 * its line. Free with g_ptr_array_unref().
 */
GPtrArray *baseline_stale(const struct baseline *baseline,
			  bool (*judged)(const void *data, const char *rule), const void *data);

/*
 * Replaces the file at @path, at once, by one with @findings (struct finding *). Reasons are
 * taken from @old, which may be NULL.
 */
bool baseline_write(const char *path, const GPtrArray *findings, const struct baseline *old,
		    GError **error);

#endif
