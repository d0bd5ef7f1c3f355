// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "rules/engine/proof/proof.h"
#include "tests/support/check_main.h"

/* The beginning and the end of a boot that goes well. */
#define BEGIN                                                  \
	"[    0.000000] Booting Linux on physical CPU 0x0\r\n" \
	"[    0.010000] calling  a_init+0x0/0x20 @ 1\r\n"      \
	"[    0.011000] initcall a_init+0x0/0x20 returned 0 after 12 usecs\r\n"
#define END "initlint: listing\ninitlint: done\n"

static struct observation *observe(const char *log)
{
	return observation_new(log, "", NULL);
}

START_TEST(reads_a_log)
{
	g_autoptr(observation) o = observation_new(
		BEGIN "[    0.020000][    T1] calling  b_init+0x0/0x20 @ 1\n"
		      "probe of 9000000.uart:0 returned -517 after 4000 usecs\n"
		      "probe of 9000000.uart:0 with driver pl011 returned 0 after 0 usecs\n"
		      "[    0.030000] b: 12 ports at 0xffff0010\n"
		      "[    0.030000] b: 3 ports at 0xffff0020\n"
		      "initcall b_init+0x0/0x20 returned -22 after 8 usecs\n"
		      "calling  b_init+0x0/0x20 @ 1\n"
		      "initcall b_init+0x0/0x20 returned 0 after 8 usecs\n" END,
		"/sys/class/rtc/rtc0 -> ../x\n/dev/tty1\n/dev/tty2\n", NULL);

	ck_assert(o->complete);
	ck_assert_ptr_null(o->running);
	ck_assert_str_eq(g_hash_table_lookup(o->returns, "a_init#1"), "0");
	ck_assert_str_eq(g_hash_table_lookup(o->returns, "b_init#1"), "-22");
	ck_assert_str_eq(g_hash_table_lookup(o->returns, "b_init#2"), "0");
	ck_assert_str_eq(g_hash_table_lookup(o->probes, "9000000.uart:0"), "0");
	ck_assert_uint_eq(observation_count(o->messages, "b: # ports at #"), 2);
	ck_assert_uint_eq(observation_count(o->paths, "/dev/tty#"), 2);
	ck_assert_uint_eq(o->faults->len, 0);
}
END_TEST

START_TEST(reads_a_crash)
{
	g_autoptr(observation) o = observe(
		BEGIN "calling  b_init+0x0/0x20 @ 1\n"
		      "Unable to handle kernel NULL pointer dereference at 0000000000000030\n"
		      "Kernel panic - not syncing: Attempted to kill init!\n");

	ck_assert(!o->complete);
	ck_assert_str_eq(o->running, "b_init");
	ck_assert_uint_eq(o->faults->len, 2);
}
END_TEST

static char *order_text(enum proof_pair pair, bool consumer_first, unsigned int consumer,
			unsigned int provider)
{
	unsigned int order[6];
	GString *text = g_string_new(NULL);

	proof_order(order, 6, pair, consumer_first, consumer, provider);
	for (int i = 0; i < 6; i++)
		g_string_append_printf(text, "%u", order[i]);
	return g_string_free(text, FALSE);
}

static const struct {
	enum proof_pair pair;
	bool consumer_first;
	unsigned int consumer;
	unsigned int provider;
	const char *order;
} orders[] = {
	{ PAIR_AT_PROVIDER, false, 4, 1, "014235" }, { PAIR_AT_PROVIDER, true, 4, 1, "041235" },
	{ PAIR_AT_CONSUMER, false, 4, 1, "023145" }, { PAIR_AT_CONSUMER, true, 4, 1, "023415" },
	{ PAIR_AT_PROVIDER, false, 0, 5, "123450" }, { PAIR_AT_PROVIDER, true, 0, 5, "123405" },
	{ PAIR_AT_CONSUMER, false, 0, 5, "501234" }, { PAIR_AT_CONSUMER, true, 0, 5, "051234" },
	{ PAIR_AT_PROVIDER, false, 3, 2, "012345" }, { PAIR_AT_CONSUMER, true, 3, 2, "013245" },
};

START_TEST(orders_both_ways)
{
	g_autofree char *text = order_text(orders[_i].pair, orders[_i].consumer_first,
					   orders[_i].consumer, orders[_i].provider);

	ck_assert_str_eq(text, orders[_i].order);
}
END_TEST

/* Compares two boots. Returns the reasons, joined with "; ". */
static char *compare(const char *good_log, const char *good_paths, const char *bad_log,
		     const char *bad_paths)
{
	const char *const from[] = { "a_init", "b_init", NULL };
	g_autoptr(observation) good = observation_new(good_log, good_paths, from);
	g_autoptr(observation) bad = observation_new(bad_log, bad_paths, from);
	g_autoptr(observation) base = observe(BEGIN "random: crng init done 1\n" END);
	g_autoptr(observation) again = observe(BEGIN END);
	struct observation *const bases[] = { base, again };
	g_autoptr(noise) noise = noise_new(bases, 2);
	struct proof_difference difference;
	GString *text = g_string_new(NULL);

	proof_compare(good, bad, noise, &difference);
	if (difference.masked)
		g_string_append(text, "masked");
	ck_assert_int_eq(difference.worse, difference.reasons->len > 0);
	for (guint i = 0; i < difference.reasons->len; i++)
		g_string_append_printf(text, "%s%s", i ? "; " : "",
				       (char *)difference.reasons->pdata[i]);
	proof_difference_clear(&difference);
	return g_string_free(text, FALSE);
}

static const struct {
	const char *good_log;
	const char *good_paths;
	const char *bad_log;
	const char *bad_paths;
	const char *reasons;
} comparisons[] = {
	/* nothing differs but numbers, times and noise */
	{ BEGIN "a: at 0x100\n" END, "/dev/rtc0\n",
	  BEGIN "a: at 0x200\nrandom: crng init done 2\n" END, "/dev/rtc1\n", "" },
	/* more paths and fewer messages are no harm */
	{ BEGIN "a: ready\n" END, "/dev/a\n", BEGIN END, "/dev/a\n/dev/b\n", "" },
	{ BEGIN END, "/dev/a\n/dev/b\n", BEGIN END, "/dev/a\n", "missing path: /dev/b" },
	{ BEGIN END, "", BEGIN "a: no memory for 12 ports\n" END, "",
	  "message: a: no memory for 12 ports" },
	{ BEGIN END, "",
	  "calling  a_init+0x0/0x20 @ 1\ninitcall a_init+0x0/0x20 returned -19 after 1 usecs\n" END,
	  "", "initcall a_init returns -19 instead of 0" },
	{ BEGIN "probe of x returned 0 after 1 usecs\n" END, "",
	  BEGIN "probe of x returned -517 after 1 usecs\nprobe of x returned 0 after 1 usecs\n" END,
	  "", "" },
	{ BEGIN "probe of x returned 0 after 1 usecs\n" END, "",
	  BEGIN "probe of x returned -517 after 1 usecs\n" END, "",
	  "the probe of x returns -517 instead of 0" },
	{ BEGIN END, "",
	  BEGIN "calling  b_init+0x0/0x20 @ 1\nUnable to handle kernel NULL pointer\npc : b\n", "",
	  "the boot ends in initcall b_init; Unable to handle kernel NULL pointer" },
	/* the lines after a fault are a stack */
	{ BEGIN END, "", BEGIN "WARNING: CPU: 0 PID: 1 at a.c:3 a+0x1\nCall trace:\n" END, "",
	  "WARNING: CPU: 0 PID: 1 at a.c:3 a+0x1" },
	/* the order of the two cannot change what comes before them */
	{ BEGIN END, "", "tsc: calibration failed\n" BEGIN END, "", "" },
	{ BEGIN "a: -12\n" END, "", BEGIN "a: 34\n" END, "", "" },
	/* a fault that both boots have */
	{ BEGIN "WARNING: CPU: 0 PID: 1 at a.c:3 a+0x1\n" END, "",
	  BEGIN "WARNING: CPU: 0 PID: 1 at a.c:3 a+0x1\n" END, "", "" },
	{ BEGIN "Kernel panic - not syncing\n", "", BEGIN END, "", "masked" },
};

START_TEST(compares)
{
	g_autofree char *text = compare(comparisons[_i].good_log, comparisons[_i].good_paths,
					comparisons[_i].bad_log, comparisons[_i].bad_paths);

	ck_assert_str_eq(text, comparisons[_i].reasons);
}
END_TEST

/* What happens in one of two comparisons only is chance. */
START_TEST(keeps_what_repeats)
{
	struct proof_difference first = { .worse = true }, second = { .worse = true };

	first.reasons = g_ptr_array_new_with_free_func(g_free);
	second.reasons = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(first.reasons, g_strdup("message: a 12"));
	g_ptr_array_add(first.reasons, g_strdup("message: b"));
	g_ptr_array_add(second.reasons, g_strdup("message: a 34"));
	proof_difference_keep(&first, &second);
	ck_assert_uint_eq(first.reasons->len, 1);
	ck_assert_str_eq(first.reasons->pdata[0], "message: a 12");
	ck_assert(first.worse && !first.masked);
	g_ptr_array_set_size(second.reasons, 0);
	proof_difference_keep(&first, &second);
	ck_assert(!first.worse);
	proof_difference_clear(&first);
	proof_difference_clear(&second);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("proof");
	TCase *tcase = tcase_create("proof");

	tcase_add_test(tcase, reads_a_log);
	tcase_add_test(tcase, reads_a_crash);
	tcase_add_loop_test(tcase, orders_both_ways, 0, G_N_ELEMENTS(orders));
	tcase_add_test(tcase, keeps_what_repeats);
	tcase_add_loop_test(tcase, compares, 0, G_N_ELEMENTS(comparisons));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
