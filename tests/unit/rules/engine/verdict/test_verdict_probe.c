// SPDX-License-Identifier: GPL-2.0-only
/* Tests verdicts of declared rules for deferred probes. */
#include "tests/support/check_main.h"
#include "tests/support/verdict_kernel.h"

/* The consumer is the probe of user_init's driver and waits for maker_init. */
static GArray *deferred_probe(void *data, GStrv functions, GStrv files)
{
	const struct kernel *kernel = data;
	GArray *places = g_array_new(FALSE, FALSE, sizeof(struct rule_place));
	const struct rule_place place = {
		.initcall = &kernel->initcalls[0],
		.place = &kernel->initcalls[kernel->n - 1],
		.deferred_by = &kernel->initcalls[1],
		.is_probe = true,
	};

	ck_assert_str_eq(functions[0], "user_init");
	ck_assert_str_eq(files[0], "user.c");
	g_array_append_val(places, place);
	return places;
}

static GPtrArray *no_way(void *data, const struct rule_place *place, GStrv functions, GStrv files)
{
	ck_assert_ptr_nonnull(data);
	ck_assert_ptr_nonnull(place);
	ck_assert_ptr_nonnull(functions);
	ck_assert_ptr_nonnull(files);
	return g_ptr_array_new();
}

static void feed_probe(struct kernel *kernel, struct rule *rule)
{
	kernel_init(kernel);
	kernel->input.reaching = deferred_probe;
	kernel->input.way = no_way;
	kernel->input.reach_data = kernel;
	rule->consumer.anywhere = true;
	kernel_add(kernel, "user_init", "user.c", LEVEL_6, &kernel_user_o);
	kernel_add(kernel, "maker_init", "maker.c", LEVEL_6S, &kernel_maker_o);
}

START_TEST(test_deferred)
{
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;

	feed_probe(&kernel, rule);
	kernel_add(&kernel, "retry", "dd.c", LEVEL_7, &kernel_maker_o);
	kernel_check(
		&kernel, rule, VERDICT_DEFERRED,
		"user_init (6)'s probe in retry (7) waits for maker_init (6s) by probe deferral",
		"the probe of user_init's driver returns -EPROBE_DEFER until maker_init (6s) has "
		"run; retry (7) is the first to try it again after that");
}
END_TEST

/* No initcall retries deferred probes after maker_init. The probe is retried some time later. */
START_TEST(test_deferred_without_retry)
{
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;

	feed_probe(&kernel, rule);
	kernel_check(
		&kernel, rule, VERDICT_DEFERRED,
		"user_init (6)'s probe in maker_init (6s) waits for maker_init (6s) by probe "
		"deferral",
		"the probe of user_init's driver returns -EPROBE_DEFER until maker_init (6s) has "
		"run, and is tried again some time after that");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("verdict of probes");
	TCase *tcase = tcase_create("deferred");

	tcase_add_test(tcase, test_deferred);
	tcase_add_test(tcase, test_deferred_without_retry);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
