// SPDX-License-Identifier: GPL-2.0-only
/* Tests which initcall runs first, and which Makefile lines decide the order. */
#include <stdlib.h>

#include "rules/engine/finding/order.h"
#include "tests/support/check_main.h"

/*
 * The tree of Makefile lines in these tests:
 *
 * Kbuild:7 security/ -> security/Makefile:3 security/keys.o
 * Kbuild:9 drivers/ -> drivers/Makefile:4 drivers/base/ -> drivers/base/Makefile:5 dd.o
 *                   -> drivers/Makefile:2 drivers/amba/ -> drivers/amba/Makefile:2 bus.o
 */
static const struct place security = { NULL, "security/", "Kbuild", 7, NULL, 0 };
static const struct place drivers = { NULL, "drivers/", "Kbuild", 9, NULL, 1 };
static const struct place amba = { &drivers, "drivers/amba/", "drivers/Makefile", 2, NULL, 0 };
static const struct place base = { &drivers, "drivers/base/", "drivers/Makefile", 4, NULL, 1 };
static const struct place keys_o = {
	&security, "security/keys.o", "security/Makefile", 3, NULL, 0
};
static const struct place bus_o = {
	&amba, "drivers/amba/bus.o", "drivers/amba/Makefile", 2, NULL, 0
};
static const struct place dd_o = {
	&base, "drivers/base/dd.o", "drivers/base/Makefile", 5, NULL, 0
};
static const struct place head_o = { &base, "drivers/base/head.o", "drivers/base/Makefile", 9, NULL,
				     3 };
static const struct place lost = { NULL, "lost.o", NULL, 0, NULL, 5 };

static const struct object head = { "drivers/base/head.o", OBJECT_BUILTIN, 0, "head", &head_o };
static const struct object keys = { "security/keys.o", OBJECT_BUILTIN, 1, "keys", &keys_o };
static const struct object bus = { "drivers/amba/bus.o", OBJECT_BUILTIN, 2, "bus", &bus_o };
static const struct object dd = { "drivers/base/dd.o", OBJECT_BUILTIN, 3, "dd", &dd_o };
static const struct object lib = { "lib/vsprintf.o", OBJECT_LIB, 4, "vsprintf", NULL };
static const struct object stray = { "lost.o", OBJECT_BUILTIN, 5, "lost", &lost };
static const struct object nowhere = { "lost.o", OBJECT_BUILTIN, 5, "lost", NULL };

static struct initcall make(unsigned int position, enum initcall_level level,
			    const struct object *object, unsigned int line)
{
	return (struct initcall){
		.position = position,
		.level = level,
		.function = "f",
		.file = "file.c",
		.line = line,
		.object = object,
	};
}

/* Compares in both directions. The explanation must be the same, and a_first the opposite. */
static void check_order(const struct initcall *first, const struct initcall *second,
			enum order_reason reason, const char *explanation)
{
	struct order forth = order_compare(first, second);
	struct order back = order_compare(second, first);
	g_autofree char *forth_text = order_explain(first, second);
	g_autofree char *back_text = order_explain(second, first);

	ck_assert_int_eq(forth.reason, reason);
	ck_assert_int_eq(back.reason, reason);
	ck_assert(forth.a_first);
	ck_assert(!back.a_first);
	ck_assert_ptr_eq(forth.a_place, back.b_place);
	ck_assert_ptr_eq(forth.b_place, back.a_place);
	ck_assert_str_eq(forth_text, explanation);
	ck_assert_str_eq(back_text, explanation);
}

/* Two initcalls, and why the first runs first. */
static const struct {
	struct {
		unsigned int position;
		enum initcall_level level;
		const struct object *object;
		unsigned int line;
		unsigned int seq;
	} first, second;
	enum order_reason reason;
	const char *explanation;
} pairs[] = {
	{ { 0, LEVEL_ROOTFS, &dd, 1, 0 },
	  { 1, LEVEL_6S, &keys, 1, 0 },
	  ORDER_BY_LEVEL,
	  "level rootfs runs before 6s" },
	{ { 9, LEVEL_CON, &dd, 1, 0 },
	  { 0, LEVEL_EARLY, &keys, 1, 0 },
	  ORDER_BY_CONSOLE,
	  "console initcalls run before all others" },
	{ { 8, LEVEL_CON, &bus, 1, 0 },
	  { 9, LEVEL_CON, &dd, 1, 0 },
	  ORDER_BY_LINK,
	  "both at level con; drivers/amba/ is linked before drivers/base/ "
	  "(drivers/Makefile:2 and drivers/Makefile:4)" },
	{ { 0, LEVEL_7, &keys, 1, 0 },
	  { 1, LEVEL_7, &dd, 1, 0 },
	  ORDER_BY_LINK,
	  "both at level 7; security/ is linked before drivers/ (Kbuild:7 and Kbuild:9)" },
	{ { 0, LEVEL_7, &keys, 1, 0 },
	  { 1, LEVEL_7, &stray, 1, 0 },
	  ORDER_BY_LINK,
	  "both at level 7; security/ is linked before lost.o (Kbuild:7 and no single line)" },
	{ { 0, LEVEL_7, &keys, 1, 0 },
	  { 1, LEVEL_7, &nowhere, 1, 0 },
	  ORDER_BY_LINK,
	  "both at level 7; security/keys.o is linked before lost.o" },
	{ { 0, LEVEL_7, &dd, 1, 0 },
	  { 1, LEVEL_7, &lib, 1, 0 },
	  ORDER_BY_LINK,
	  "both at level 7; lib/vsprintf.o is in a lib.a, linked after drivers/base/dd.o" },
	/* The Makefiles alone would have it the other way round. */
	{ { 0, LEVEL_7, &head, 1, 0 },
	  { 1, LEVEL_7, &dd, 1, 0 },
	  ORDER_BY_LINK,
	  "both at level 7; drivers/base/head.o is linked before drivers/base/dd.o, "
	  "although drivers/base/head.o (drivers/base/Makefile:9) comes after "
	  "drivers/base/dd.o (drivers/base/Makefile:5): it is a head object" },
	{ { 0, LEVEL_7, &dd, 10, 0 },
	  { 1, LEVEL_7, &dd, 20, 0 },
	  ORDER_WITHIN_UNIT,
	  "both at level 7 in drivers/base/dd.o; file.c:10 comes before file.c:20" },
	{ { 0, LEVEL_4, &dd, 20, 1 },
	  { 1, LEVEL_4, &dd, 10, 0 },
	  ORDER_WITHIN_UNIT,
	  "both at level 4 in drivers/base/dd.o; file.c:20 is after file.c:10, but the "
	  "compiler of this configuration lays a file's initcalls out backwards" },
};

START_TEST(test_pair)
{
	struct initcall first = make(pairs[_i].first.position, pairs[_i].first.level,
				     pairs[_i].first.object, pairs[_i].first.line);
	struct initcall second = make(pairs[_i].second.position, pairs[_i].second.level,
				      pairs[_i].second.object, pairs[_i].second.line);

	first.seq = pairs[_i].first.seq;
	second.seq = pairs[_i].second.seq;
	check_order(&first, &second, pairs[_i].reason, pairs[_i].explanation);
}
END_TEST

/* The link order of @first and @second is decided at these places. */
static void check_parting(const struct object *first, const struct object *second,
			  const struct place *first_place, const struct place *second_place)
{
	struct initcall a = make(0, LEVEL_7, first, 1);
	struct initcall b = make(1, LEVEL_7, second, 1);
	struct order order = order_compare(&a, &b);

	ck_assert_ptr_eq(order.a_place, first_place);
	ck_assert_ptr_eq(order.b_place, second_place);
}

START_TEST(test_parting)
{
	check_parting(&keys, &dd, &security, &drivers);
	check_parting(&bus, &dd, &amba, &base);
}
END_TEST

/* The same Makefile line may have two records with equal contents. */
START_TEST(test_parting_of_copies)
{
	const struct place drivers_copy = drivers;
	struct place base_copy = base;
	struct place dd_copy = dd_o;
	struct object dd_object = dd;
	struct initcall a = make(0, LEVEL_7, &bus, 1);
	struct initcall b = make(1, LEVEL_7, &dd_object, 1);

	base_copy.parent = &drivers_copy;
	dd_copy.parent = &base_copy;
	dd_object.place = &dd_copy;
	check_order(&a, &b, ORDER_BY_LINK,
		    "both at level 7; drivers/amba/ is linked before drivers/base/ "
		    "(drivers/Makefile:2 and drivers/Makefile:4)");
}
END_TEST

START_TEST(test_same)
{
	struct initcall a = make(0, LEVEL_7, &dd, 10);
	struct order order = order_compare(&a, &a);
	g_autofree char *text = order_explain(&a, &a);

	ck_assert_int_eq(order.reason, ORDER_SAME);
	ck_assert(!order.a_first);
	ck_assert_str_eq(text, "both are the same initcall");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("order");
	TCase *tcase = tcase_create("order");

	tcase_add_loop_test(tcase, test_pair, 0, G_N_ELEMENTS(pairs));
	tcase_add_test(tcase, test_parting);
	tcase_add_test(tcase, test_parting_of_copies);
	tcase_add_test(tcase, test_same);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
