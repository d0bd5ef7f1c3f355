// SPDX-License-Identifier: GPL-2.0-only
/* Prints findings in GitLab's code quality format, which is a subset of Code Climate's format. */
#include "cli/report/check_format.h"
#include "cli/base/json.h"

/*
 * True if the code quality report contains report->findings[@index]. GitLab compares the code
 * quality reports of two branches, so the report also contains problems that have not changed.
 */
static bool is_issue(const struct check_report *report, unsigned int index)
{
	const struct report_note *note = check_note(report, index);

	return finding_is_problem(report->findings->pdata[index]) &&
	       !check_is_resolved(report, index) && !(note && note->accepted);
}

static const char *severity_of(const struct finding *finding)
{
	if (finding->verdict != VERDICT_BROKEN)
		return finding->verdict == VERDICT_FRAGILE ? "minor" : "info";
	switch (finding->severity) {
	case SEVERITY_ERROR:
		return "critical";
	case SEVERITY_WARNING:
		return "major";
	case SEVERITY_NOTE:
		break;
	}
	return "minor";
}

/*
 * Returns the fingerprint for the next issue whose finding has @fingerprint. GitLab keeps only one
 * of several issues with the same fingerprint. So the first issue gets @fingerprint, and each later
 * issue gets @fingerprint and a number. Free with g_free().
 * @seen: a table. The key is the fingerprint of a finding. The value is the number of issues so far
 * whose finding has this fingerprint. unique() adds 1 for the next issue.
 */
static char *unique(GHashTable *seen, const char *fingerprint)
{
	unsigned int n = GPOINTER_TO_UINT(g_hash_table_lookup(seen, fingerprint)) + 1;

	g_hash_table_insert(seen, (void *)fingerprint, GUINT_TO_POINTER(n));
	return n == 1 ? g_strdup(fingerprint) : g_strdup_printf("%s-%u", fingerprint, n);
}

static void add_issue(JsonBuilder *builder, const struct check_report *report, unsigned int index,
		      const char *fingerprint)
{
	const struct finding *finding = report->findings->pdata[index];
	struct check_place place = check_place(report, index);
	g_autofree char *change = check_describe_change(report, index);
	g_autofree char *text =
		g_strdup_printf("%s: %s%s%s%s", verdict_name(finding->verdict), finding->message,
				change ? " (" : "", change ? change : "", change ? ")" : "");

	json_builder_begin_object(builder);
	json_add_string(builder, "type", "issue");
	json_add_string(builder, "description", text);
	json_add_string(builder, "check_name", finding->rule_id);
	json_add_string(builder, "fingerprint", fingerprint);
	json_add_string(builder, "severity", severity_of(finding));
	json_add_strings(builder, "categories", (const char *const[]){ "Bug Risk", NULL });
	json_begin_object(builder, "location");
	json_add_string(builder, "path", place.file);
	json_begin_object(builder, "lines");
	json_add_int(builder, "begin", place.line);
	json_builder_end_object(builder);
	json_builder_end_object(builder);
	json_builder_end_object(builder);
}

void check_print_codequality(const struct check_report *report)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_array(builder);
	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];
		g_autofree char *fingerprint = NULL;

		if (!is_issue(report, i))
			continue;
		fingerprint = unique(seen, finding->fingerprint);
		add_issue(builder, report, i, fingerprint);
	}
	json_builder_end_array(builder);
	json_print(builder);
}
