// SPDX-License-Identifier: GPL-2.0-only
/* Tests the comparison of the findings for two states of a kernel. */
#include <string.h>

#include "rules/engine/finding/compare.h"
#include "tests/support/check_main.h"

struct state {
	GPtrArray *findings;
	struct findings_state state;
};

static struct state before, after;

static void state_init(struct state *state)
{
	state->findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
	state->state.findings = state->findings;
	state->state.verdicts = verdicts_new();
}

static void state_release(struct state *state)
{
	g_ptr_array_unref(state->findings);
	g_hash_table_unref(state->state.verdicts);
}

static void setup(void)
{
	state_init(&before);
	state_init(&after);
}

static void teardown(void)
{
	state_release(&before);
	state_release(&after);
}

/* Adds to @state a finding: @consumer in @file needs @resource, which @provider sets up. */
static void tell(struct state *state, const char *file, const char *consumer, const char *provider,
		 const char *resource, enum verdict verdict)
{
	struct finding *finding = finding_new("needs-variable", NULL);

	finding->verdict = verdict;
	finding->consumer.file = g_strdup(file);
	finding->consumer.function = g_strdup(consumer);
	finding->provider.file = g_strdup("p.c");
	finding->provider.function = g_strdup(provider);
	finding->resource = g_strdup(resource);
	finding_seal(finding);
	g_ptr_array_add(state->findings, finding);
	verdicts_add(state->state.verdicts, finding);
}

/* Adds such a finding for @consumer to both states. N_VERDICTS: that state has no finding. */
static void goes(const char *consumer, enum verdict was, enum verdict now)
{
	if (was != N_VERDICTS)
		tell(&before, "a.c", consumer, "p", "x", was);
	if (now != N_VERDICTS)
		tell(&after, "a.c", consumer, "p", "x", now);
}

static const char *verdict_or_none(enum verdict verdict)
{
	return verdict == N_VERDICTS ? "none" : verdict_name(verdict);
}

/* @expected: one line for each change, "new c none broken": kind, consumer, old and new verdict. */
static void assert_changes(const char *expected)
{
	g_autoptr(GArray) changes = findings_compare(&before.state, &after.state);
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < changes->len; i++) {
		const struct finding_change *change =
			&g_array_index(changes, struct finding_change, i);
		const struct finding *any = change->after ? change->after : change->before;

		g_string_append_printf(text, "%s %s %s %s\n", change_kind_name(change->kind),
				       any->consumer.function, verdict_or_none(change->was),
				       verdict_or_none(change->now));
		ck_assert_int_eq(change->kind == CHANGE_RESOLVED, !change->after);
		if (change->after)
			ck_assert_int_eq(change->after->verdict, change->now);
		if (change->before)
			ck_assert_int_eq(change->before->verdict, change->was);
	}
	ck_assert_str_eq(text->str, expected);
}

START_TEST(as_before)
{
	assert_changes("");
	goes("c", VERDICT_BROKEN, VERDICT_BROKEN);
	assert_changes("");
}
END_TEST

START_TEST(came_and_went)
{
	goes("old", VERDICT_BROKEN, N_VERDICTS);
	goes("new", N_VERDICTS, VERDICT_FRAGILE);
	assert_changes("new new none fragile\nresolved old broken none\n");
}
END_TEST

START_TEST(verdicts)
{
	goes("a", VERDICT_FRAGILE, VERDICT_BROKEN);
	goes("b", VERDICT_BROKEN, VERDICT_SKIPPED);
	goes("c", VERDICT_ORDERED, VERDICT_FRAGILE);
	goes("d", VERDICT_BROKEN, VERDICT_DEFERRED);
	assert_changes("worse a fragile broken\nworse c ordered fragile\n"
		       "resolved b broken skipped\nresolved d broken deferred\n");
}
END_TEST

/* A finding that is not a problem in either state is not reported, even if its verdict changes. */
START_TEST(no_problem)
{
	goes("a", VERDICT_ORDERED, VERDICT_GUARDED);
	goes("b", N_VERDICTS, VERDICT_MOOT);
	goes("c", VERDICT_DEFERRED, N_VERDICTS);
	assert_changes("");
}
END_TEST

/* A verdict in the table counts, even if the state has no such finding. */
START_TEST(known_otherwise)
{
	struct finding *ordered;

	tell(&before, "a.c", "c", "p", "x", VERDICT_ORDERED);
	ordered = g_ptr_array_steal_index(before.findings, 0);
	tell(&after, "a.c", "c", "p", "x", VERDICT_BROKEN);
	assert_changes("worse c ordered broken\n");
	finding_free(ordered);
}
END_TEST

START_TEST(moved)
{
	tell(&before, "a.c", "c", "p", "x", VERDICT_BROKEN);
	tell(&after, "b.c", "c", "p", "x", VERDICT_BROKEN);
	tell(&before, "a.c", "d", "p", "x", VERDICT_FRAGILE);
	tell(&after, "b.c", "d", "p", "x", VERDICT_BROKEN);
	/* The variable itself has moved to another file. */
	tell(&before, "a.c", "e", "p", "y (a.c)", VERDICT_FRAGILE);
	tell(&after, "b.c", "e", "p", "y (b.c)", VERDICT_FRAGILE);
	assert_changes("moved c broken broken\nworse d fragile broken\nmoved e fragile fragile\n");
}
END_TEST

/* Two findings of one name go and one comes: the first has moved, the second is resolved. */
START_TEST(moved_or_gone)
{
	tell(&before, "a.c", "c", "p", "x", VERDICT_BROKEN);
	tell(&before, "b.c", "c", "p", "x", VERDICT_BROKEN);
	tell(&after, "d.c", "c", "p", "x", VERDICT_BROKEN);
	assert_changes("moved c broken broken\nresolved c broken none\n");
}
END_TEST

/* Findings with different names do not pair. A dependency that still exists has not moved. */
START_TEST(not_moved)
{
	goes("c", VERDICT_BROKEN, VERDICT_ORDERED);
	tell(&after, "b.c", "c", "p", "x", VERDICT_BROKEN);
	tell(&after, "b.c", "c", "p", "other", VERDICT_BROKEN);
	tell(&after, "b.c", "c", "q", "x", VERDICT_BROKEN);
	assert_changes("new c none broken\nnew c none broken\nnew c none broken\n"
		       "resolved c broken ordered\n");
}
END_TEST

START_TEST(worst_counts)
{
	g_autoptr(GHashTable) table = verdicts_new();
	struct finding *finding = finding_new("r", NULL);

	finding->fingerprint = g_strdup("f");
	ck_assert_int_eq(verdicts_get(table, "f"), N_VERDICTS);
	finding->verdict = VERDICT_FRAGILE;
	verdicts_add(table, finding);
	finding->verdict = VERDICT_BROKEN;
	verdicts_add(table, finding);
	finding->verdict = VERDICT_ORDERED;
	verdicts_add(table, finding);
	ck_assert_int_eq(verdicts_get(table, "f"), VERDICT_BROKEN);
	finding_free(finding);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("compare");
	TCase *tcase = tcase_create("compare");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, as_before);
	tcase_add_test(tcase, came_and_went);
	tcase_add_test(tcase, verdicts);
	tcase_add_test(tcase, no_problem);
	tcase_add_test(tcase, known_otherwise);
	tcase_add_test(tcase, moved);
	tcase_add_test(tcase, moved_or_gone);
	tcase_add_test(tcase, not_moved);
	tcase_add_test(tcase, worst_counts);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
