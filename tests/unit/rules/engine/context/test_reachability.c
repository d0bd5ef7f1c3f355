// SPDX-License-Identifier: GPL-2.0-only
/* Tests which functions reach given functions. */
#include "rules/engine/context/reachability.h"
#include "tests/support/check_main.h"

#define N 6

/* Edges: 0 -> 1 -> 2, 1 -> 3, 3 -> 1 (a circle), 4 -> 0 (a callback). 5 has no edge. */
static const struct edge calls[] = {
	{ 1, 0, EDGE_DIRECT }, { 2, 1, EDGE_DIRECT }, { 3, 2, EDGE_MANY }, { 1, 3, EDGE_SINGLE }
};
static uint32_t first_call[N + 1] = { 0, 1, 3, 3, 4, 4, 4 };
static const struct edge callback = { 0, 4, EDGE_CALLBACK };
static uint32_t first_callback[N + 1] = { 0, 0, 0, 0, 0, 1, 1 };

static const struct {
	uint8_t wanted[N + 1];
	uint8_t leads[N + 1];
} spreads[] = {
	{ { 0 }, { 0 } },
	{ { [2] = 1 }, { 1, 1, 1, 1, 1, 0 } },
	{ { [0] = 1 }, { 1, 0, 0, 0, 1, 0 } },
	{ { [3] = 1 }, { 1, 1, 0, 1, 1, 0 } },
	{ { [4] = 1 }, { 0, 0, 0, 0, 1, 0 } },
	{ { [5] = 1 }, { 0, 0, 0, 0, 0, 1 } },
	{ { [4] = 1, [5] = 1 }, { 0, 0, 0, 0, 1, 1 } },
};

START_TEST(who_leads_there)
{
	const struct facts facts = { .n_functions = N };
	const struct program program = { .facts = &facts,
					 .first_edge = first_call,
					 .edges = (struct edge *)calls };
	g_autoptr(GArray) callbacks = g_array_new(FALSE, FALSE, sizeof(struct edge));
	const struct flow flow = { .edges = callbacks, .first_edge = first_callback };
	g_autoptr(reachability) reachability = NULL;
	uint8_t leads[N + 1];

	g_array_append_val(callbacks, callback);
	reachability = reachability_new(&program, &flow);
	memcpy(leads, spreads[_i].wanted, sizeof(leads));
	reachability_spread(reachability, leads);
	for (int f = 0; f < N; f++)
		ck_assert_msg(leads[f] == spreads[_i].leads[f], "function %d: %u", f, leads[f]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reachability");
	TCase *tests = tcase_create("reachability");

	tcase_add_loop_test(tests, who_leads_there, 0, (int)G_N_ELEMENTS(spreads));
	suite_add_tcase(suite, tests);
	return check_main(suite);
}
