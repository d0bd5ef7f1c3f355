// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "db/error.h"
#include "rules/engine/proof/trace.h"
#include "tests/support/check_main.h"

static const char text[] =
	"# tracer: function\n"
	"#\n"
	"# entries-in-buffer/entries-written: 8/8   #P:1\n"
	"#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n"
	"       swapper/0-1       [000] .....     0.080657: initcall_start: func=a_init+0x0/0x30\n"
	"       swapper/0-1       [000] .....     0.080658: a_helper.isra.0 <-a_init\n"
	"     kworker/0:1-9       [000] .....     0.080659: a_probe <-call_probe\n"
	"   a task [x]-77         [000] .....     0.080659: a_later <-call_probe\n"
	"       swapper/0-1       [000] .....     0.080660: initcall_finish: func=a_init+0x0/0x30 "
	"ret=0\n"
	"       swapper/0-1       [000] .....     0.080661: initcall_start: func=b_init+0x0/0x30\n"
	"       swapper/0-1       [000] .....     0.080662: b_helper <-b_init\n"
	"       swapper/0-1       [000] .....     0.080663: initcall_finish: func=b_init+0x0/0x30 "
	"ret=0\n"
	"       swapper/0-1       [000] .....     0.080664: between <-kernel_init\n";

static const struct {
	const char *initcall;
	const char *chain; /* "?" before a function: not visible */
	bool anywhere;
	enum trace_outcome outcome;
	const char *last;
	const char *next;
} chains[] = {
	{ "a_init", "a_init a_helper", false, TRACE_SEEN, "a_helper", NULL },
	{ "a_init", "a_init", false, TRACE_SEEN, "a_init", NULL },
	/* it has run, but during another initcall */
	{ "a_init", "a_init b_helper", false, TRACE_STOPPED, "a_init", "b_helper" },
	{ "a_init", "a_init between", false, TRACE_STOPPED, "a_init", "between" },
	{ "a_init", "a_init a_probe", false, TRACE_STOPPED, "a_init", "a_probe" },
	{ "a_init", "a_init a_probe a_later", true, TRACE_SEEN, "a_later", NULL },
	{ "a_init", "a_init a_probe gone", true, TRACE_STOPPED, "a_probe", "gone" },
	/* an inlined function does not stop a chain */
	{ "a_init", "a_init ?inlined a_helper", false, TRACE_SEEN, "a_helper", NULL },
	{ "a_init", "a_init ?inlined gone", false, TRACE_STOPPED, "a_init", "gone" },
	{ "a_init", "a_init a_helper ?inlined", false, TRACE_NOT_TRACED, "a_helper", NULL },
	{ "c_init", "c_init a_helper", false, TRACE_NOT_BEGUN, NULL, NULL },
};

START_TEST(follows)
{
	g_autoptr(trace) trace = trace_new(text, "trace", NULL);
	g_auto(GStrv) names = g_strsplit(chains[_i].chain, " ", -1);
	struct trace_step steps[8];
	unsigned int n = g_strv_length(names);
	const char *last, *next;

	for (unsigned int i = 0; i < n; i++)
		steps[i] = (struct trace_step){ names[i] + (*names[i] == '?'), *names[i] != '?' };
	ck_assert_int_eq(trace_follow(trace, chains[_i].initcall, steps, n, chains[_i].anywhere,
				      &last, &next),
			 chains[_i].outcome);
	ck_assert_pstr_eq(last, chains[_i].last);
	ck_assert_pstr_eq(next, chains[_i].next);
	ck_assert_uint_eq(trace_n_lost(trace), 0);
}
END_TEST

/* If events were dropped, a missing function may have run. */
START_TEST(drops_events)
{
	g_autofree char *dropped = g_strconcat("# entries-in-buffer/entries-written: 8/10   #P:1\n",
					       strstr(text, "       swapper"), NULL);
	g_autoptr(trace) trace = trace_new(dropped, "trace", NULL);
	const struct trace_step steps[] = { { "a_init", true }, { "gone", true } };
	const char *last, *next;

	ck_assert_uint_eq(trace_n_lost(trace), 2);
	ck_assert_int_eq(trace_follow(trace, "a_init", steps, 2, false, &last, &next),
			 TRACE_NOT_TRACED);
}
END_TEST

static const struct {
	const char *text;
	const char *message;
} bad[] = {
	{ "", "no event of an initcall" },
	{ "x-1 [000] ..... 0.1: f <-g\n", "no event of an initcall" },
	{ "x-1 [000] ..... 0.1: initcall_start: func=a+0x0/0x1\n", "no function" },
	{ "\n\n[\n: [0 : \n", "no event" },
};

START_TEST(refuses)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(trace_new(bad[_i].text, "my.trace", &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(g_str_has_prefix(error->message, "my.trace: "), "%s", error->message);
	ck_assert_msg(strstr(error->message, bad[_i].message) != NULL, "%s", error->message);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace");
	TCase *tcase = tcase_create("trace");

	tcase_add_loop_test(tcase, follows, 0, G_N_ELEMENTS(chains));
	tcase_add_test(tcase, drops_events);
	tcase_add_loop_test(tcase, refuses, 0, G_N_ELEMENTS(bad));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
