// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/finding/compare.h"

#include <string.h>

const char *change_kind_name(enum change_kind kind)
{
	static const char *const names[] = {
		[CHANGE_NONE] = "none",	  [CHANGE_NEW] = "new",
		[CHANGE_WORSE] = "worse", [CHANGE_BETTER] = "better",
		[CHANGE_MOVED] = "moved", [CHANGE_RESOLVED] = "resolved",
	};

	return names[kind];
}

GHashTable *verdicts_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void verdicts_add(GHashTable *verdicts, const struct finding *finding)
{
	if (finding->verdict < verdicts_get(verdicts, finding->fingerprint))
		g_hash_table_insert(verdicts, g_strdup(finding->fingerprint),
				    GINT_TO_POINTER((int)finding->verdict + 1));
}

enum verdict verdicts_get(GHashTable *verdicts, const char *fingerprint)
{
	int value = GPOINTER_TO_INT(g_hash_table_lookup(verdicts, fingerprint));

	return value ? (enum verdict)(value - 1) : N_VERDICTS;
}

bool finding_is_problem(const struct finding *finding)
{
	return finding->verdict <= VERDICT_FRAGILE && !finding->is_conditional;
}

/*
 * Returns a text that identifies @finding without file names: the rule id, the functions and the
 * resource. The text stays the same if the consumer, the provider or the resource moves to another
 * file. Free with g_free().
 */
static char *name_without_files(const struct finding *finding)
{
	const char *resource = finding->resource ? finding->resource : "";
	const char *file = strstr(resource, " (");
	const char *provider = finding->provider.function;

	return g_strdup_printf("%s\n%s\n%s\n%.*s", finding->rule_id, finding->consumer.function,
			       provider ? provider : "",
			       (int)(file ? (size_t)(file - resource) : strlen(resource)),
			       resource);
}

static struct finding_change *change_at(GArray *changes, guint i)
{
	return &g_array_index(changes, struct finding_change, i);
}

static enum change_kind kind_of(enum verdict was, enum verdict now)
{
	if (was == N_VERDICTS)
		return CHANGE_NEW;
	return now < was ? CHANGE_WORSE : CHANGE_BETTER;
}

static void add_after(GArray *changes, const struct findings_state *before,
		      const struct findings_state *after)
{
	for (guint i = 0; i < after->findings->len; i++) {
		const struct finding *finding = after->findings->pdata[i];
		enum verdict was = verdicts_get(before->verdicts, finding->fingerprint);
		struct finding_change change = { kind_of(was, finding->verdict), NULL, finding, was,
						 finding->verdict };

		if (finding_is_problem(finding) && was != finding->verdict)
			g_array_append_val(changes, change);
	}
}

static void add_resolved(GArray *changes, const struct findings_state *before,
			 const struct findings_state *after)
{
	g_autoptr(GHashTable) problems = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < after->findings->len; i++) {
		const struct finding *finding = after->findings->pdata[i];

		if (finding_is_problem(finding))
			g_hash_table_add(problems, finding->fingerprint);
	}
	for (guint i = 0; i < before->findings->len; i++) {
		const struct finding *finding = before->findings->pdata[i];
		enum verdict now = verdicts_get(after->verdicts, finding->fingerprint);
		struct finding_change change = { CHANGE_RESOLVED, finding, NULL, finding->verdict,
						 now };

		if (finding_is_problem(finding) &&
		    !g_hash_table_contains(problems, finding->fingerprint))
			g_array_append_val(changes, change);
	}
}

/*
 * If a finding moves to another file, @changes has a resolved finding and a new finding for which
 * name_without_files() returns the same name. Replaces these two changes by one change. If several
 * resolved or several new findings have this name, pairs only the first resolved finding with the
 * first new finding.
 */
static void pair_moved(GArray *changes)
{
	g_autoptr(GHashTable) gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	/*
	 * If several findings have the same name, each insertion into @gone replaces the finding
	 * that was inserted before. The loop runs backwards, so that the first finding with this
	 * name stays in @gone.
	 */
	for (guint i = changes->len; i-- > 0;) {
		const struct finding_change *change = change_at(changes, i);

		if (change->kind == CHANGE_RESOLVED && change->now == N_VERDICTS)
			g_hash_table_insert(gone, name_without_files(change->before),
					    GUINT_TO_POINTER(i + 1));
	}
	for (guint i = 0; i < changes->len; i++) {
		struct finding_change *change = change_at(changes, i);
		g_autofree char *name = NULL;
		struct finding_change *was;
		guint found;

		if (change->kind != CHANGE_NEW)
			continue;
		name = name_without_files(change->after);
		found = GPOINTER_TO_UINT(g_hash_table_lookup(gone, name));
		if (!found)
			continue;
		g_hash_table_remove(gone, name);
		was = change_at(changes, found - 1);
		change->before = was->before;
		change->was = was->was;
		change->kind =
			was->was == change->now ? CHANGE_MOVED : kind_of(was->was, change->now);
		was->kind = CHANGE_NONE;
	}
	for (guint i = changes->len; i-- > 0;)
		if (change_at(changes, i)->kind == CHANGE_NONE)
			g_array_remove_index(changes, i);
}

static void find_before(GArray *changes, const struct findings_state *before)
{
	g_autoptr(GHashTable) by_fingerprint = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < before->findings->len; i++) {
		struct finding *finding = before->findings->pdata[i];

		if (finding_is_problem(finding))
			g_hash_table_insert(by_fingerprint, finding->fingerprint, finding);
	}
	for (guint i = 0; i < changes->len; i++) {
		struct finding_change *change = change_at(changes, i);

		if (!change->before)
			change->before =
				g_hash_table_lookup(by_fingerprint, change->after->fingerprint);
	}
}

GArray *findings_compare(const struct findings_state *before, const struct findings_state *after)
{
	GArray *changes = g_array_new(FALSE, FALSE, sizeof(struct finding_change));

	add_after(changes, before, after);
	add_resolved(changes, before, after);
	pair_moved(changes);
	find_before(changes, before);
	return changes;
}
