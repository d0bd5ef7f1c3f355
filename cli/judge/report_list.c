// SPDX-License-Identifier: GPL-2.0-only
#include "cli/judge/report_list.h"

void report_list_init(struct report_list *list)
{
	list->findings = g_ptr_array_new();
	list->notes = g_array_new(TRUE, FALSE, sizeof(struct report_note));
	list->fingerprints = g_hash_table_new(g_str_hash, g_str_equal);
}

void report_list_clear(struct report_list *list)
{
	g_ptr_array_unref(list->findings);
	g_array_unref(list->notes);
	g_hash_table_unref(list->fingerprints);
}

void report_list_add(struct report_list *list, const struct finding *finding,
		     struct report_note note, const struct judged *state)
{
	note.accepted = g_hash_table_lookup(state->accepted, finding->fingerprint);
	g_hash_table_add(list->fingerprints, finding->fingerprint);
	g_ptr_array_add(list->findings, (gpointer)finding);
	g_array_append_val(list->notes, note);
}

bool report_list_has(const struct report_list *list, const struct finding *finding)
{
	return g_hash_table_contains(list->fingerprints, finding->fingerprint);
}

void report_list_add_rest(struct report_list *list, const struct judged *state)
{
	for (guint i = 0; i < state->state.findings->len; i++) {
		const struct finding *finding = state->state.findings->pdata[i];
		struct report_note note = { .change = CHANGE_NONE, .was = finding->verdict };

		if (finding_is_problem(finding) && !report_list_has(list, finding))
			report_list_add(list, finding, note, state);
	}
}
