// SPDX-License-Identifier: GPL-2.0-only
/* Tests the comparison of two sequences of initcalls. */
#include <stdlib.h>
#include <string.h>

#include "rules/engine/finding/order_change.h"
#include "tests/support/check_main.h"

/* Parses a sequence such as "a.c:f:6 b.c:g:7". The parts are file, function and level. */
static GPtrArray *sequence(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)ordered_initcall_free);

	for (guint i = 0; *text && words[i]; i++) {
		g_auto(GStrv) parts = g_strsplit(words[i], ":", 3);
		struct ordered_initcall *initcall = g_new0(struct ordered_initcall, 1);

		*initcall = (struct ordered_initcall){
			.file = g_strdup(parts[0]),
			.function = g_strdup(parts[1]),
			.level = (enum initcall_level)strtol(parts[2], NULL, 10),
			.position = i,
		};
		g_ptr_array_add(list, initcall);
	}
	return list;
}

static const char *const kinds[] = {
	[ORDER_CAME] = "came",	 [ORDER_WENT] = "went",		  [ORDER_LEVEL] = "level",
	[ORDER_MOVED] = "moved", [ORDER_RELOCATED] = "relocated",
};

/* @expected: "came f 2, moved g 0 3", with the position before, if any, and after, if any. */
static void assert_changes(const char *before, const char *after, const char *expected)
{
	g_autoptr(GPtrArray) old = sequence(before);
	g_autoptr(GPtrArray) new = sequence(after);
	g_autoptr(GArray) changes = order_changes(old, new);
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < changes->len; i++) {
		const struct order_change *change = &g_array_index(changes, struct order_change, i);
		const struct ordered_initcall *any = change->after ? change->after : change->before;

		g_string_append_printf(text, "%s%s %s", i ? ", " : "", kinds[change->kind],
				       any->function);
		if (change->before)
			g_string_append_printf(text, " %u", change->before->position);
		if (change->after)
			g_string_append_printf(text, " %u", change->after->position);
	}
	ck_assert_str_eq(text->str, expected);
}

START_TEST(same)
{
	assert_changes("", "", "");
	assert_changes("a.c:f:6", "a.c:f:6", "");
}
END_TEST

/* An added or removed initcall shifts later initcalls. The shift is not a change. */
START_TEST(came_and_went)
{
	assert_changes("a:f:6 a:g:6 a:h:6", "a:g:6 a:h:6", "went f 0");
	assert_changes("a:g:6 a:h:6", "a:f:6 a:g:6 a:h:6", "came f 0");
	assert_changes("", "a:f:6", "came f 0");
	assert_changes("a:f:6", "", "went f 0");
	assert_changes("a:f:6", "a:g:6", "went f 0, came g 0");
}
END_TEST

START_TEST(level)
{
	assert_changes("a:f:4 a:g:6", "a:g:6 a:f:7", "level f 0 1");
	/* Only the level changes, not the position. */
	assert_changes("a:f:4 a:g:6", "a:f:5 a:g:6", "level f 0 0");
}
END_TEST

/* Reports only the one initcall that moved, not all initcalls that it passed. */
START_TEST(moved)
{
	assert_changes("a:f:6 a:g:6 a:h:6 a:i:6", "a:g:6 a:h:6 a:i:6 a:f:6", "moved f 0 3");
	assert_changes("a:f:6 a:g:6 a:h:6 a:i:6", "a:i:6 a:f:6 a:g:6 a:h:6", "moved i 3 0");
	assert_changes("a:f:6 a:g:6 a:h:6 a:i:6", "a:h:6 a:f:6 a:g:6 a:i:6", "moved h 2 0");
}
END_TEST

START_TEST(relocated)
{
	assert_changes("a:f:6 b:g:6", "c:f:6 b:g:6", "relocated f 0 0");
	/* If the level or the place changes too, that change is reported and not the new file. */
	assert_changes("a:f:6 b:g:6", "b:g:6 c:f:7", "level f 0 1");
	assert_changes("a:f:6 b:g:6 b:h:6", "b:g:6 b:h:6 c:f:6", "moved f 0 2");
}
END_TEST

/* Static functions with the same name. The file identifies a function if it is still the same. */
START_TEST(one_name)
{
	assert_changes("a:init:6 b:init:6", "b:init:6", "went init 0");
	assert_changes("a:init:6 b:init:6", "c:init:6 b:init:6", "relocated init 0 0");
	assert_changes("a:init:6 b:init:6", "b:init:6 a:init:6", "moved init 1 0");
	/* One function is an initcall twice in one file. */
	assert_changes("a:init:6 a:init:7", "a:init:6 a:init:7", "");
	assert_changes("a:init:6 a:init:7", "a:init:6", "went init 1");
	assert_changes("a:init:6", "a:init:6 a:init:7", "came init 1");
}
END_TEST

/* One of a thousand initcalls moves. This is large enough to find errors in the binary search. */
START_TEST(many)
{
	g_autoptr(GString) before = g_string_new(NULL);
	g_autoptr(GString) after = g_string_new(NULL);

	for (int i = 0; i < 1000; i++) {
		g_string_append_printf(before, "%sa:f%d:6", i ? " " : "", i);
		if (i != 500)
			g_string_append_printf(after, "%sa:f%d:6", i ? " " : "", i);
	}
	g_string_append(after, " a:f500:6");
	assert_changes(before->str, after->str, "moved f500 500 999");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("order_change");
	TCase *tcase = tcase_create("order_change");

	tcase_add_test(tcase, same);
	tcase_add_test(tcase, came_and_went);
	tcase_add_test(tcase, level);
	tcase_add_test(tcase, moved);
	tcase_add_test(tcase, relocated);
	tcase_add_test(tcase, one_name);
	tcase_add_test(tcase, many);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
