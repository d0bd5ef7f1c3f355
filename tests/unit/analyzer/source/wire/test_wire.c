// SPDX-License-Identifier: GPL-2.0-only
/* Encodes facts and decodes them again. Damaged bytes are refused. */
#include <stdlib.h>
#include <string.h>

#include "analyzer/source/wire/wire.h"
#include "db/fact_layout.h"
#include "db/error.h"
#include "tests/support/check_main.h"

/* One fact of each kind that has a layout. */
static const struct fact facts[] = {
	{ .kind = FACT_INCLUDE, .include = { "$O/x.h" } },
	{ .kind = FACT_FUNCTION,
	  .function = { .name = "f",
			.file = "a.c",
			.line = 3,
			.end_line = 9,
			.is_static = true,
			.is_weak = true,
			.alias = "h",
			.type = "void (int)",
			.attributes = "cold section=.init.text" } },
	{ .kind = FACT_GLOBAL,
	  .global = { .name = "v",
		      .file = "a.c",
		      .line = 2,
		      .is_percpu = true,
		      .has_initialiser = true,
		      .record = "s" } },
	{ .kind = FACT_CALL,
	  .call = { "f", "a.c", 5, 1, { .kind = VALUE_FUNCTION, .name = "g" } } },
	{ .kind = FACT_ARGUMENT,
	  .argument = { "f", "a.c", 1, 2, { .kind = VALUE_STRING, .text = "text" } } },
	{ .kind = FACT_ACCESS,
	  .access = { "f",
		      "a.c",
		      6,
		      ACCESS_WRITE,
		      { "v", NULL, "s.m" },
		      { .kind = VALUE_RESULT, .name = "g", .file = "b.c" } } },
	{ .kind = FACT_STORE,
	  .store = { "f",
		     "a.c",
		     8,
		     { .kind = VALUE_PARAM, .number = 1 },
		     "s.m",
		     { .kind = VALUE_GLOBAL, .name = "v", .file = "a.c", .field = "s.m" } } },
	{ .kind = FACT_INITIALISER,
	  .initialiser = { "v",
			   "a.c",
			   2,
			   "s.m",
			   { .kind = VALUE_LOADED, .number = -1, .field = "s.n" } } },
	{ .kind = FACT_RETURN,
	  .returns = { "other", "a.c", 7, { .kind = VALUE_NUMBER, .number = -517 } } },
	{ .kind = FACT_GUARD,
	  .guard = { .function = "f",
		     .file = "a.c",
		     .line = 4,
		     .from = 5,
		     .to = 300,
		     .atom = { .kind = VALUE_OBJECT, .name = "v", .file = "a.c", .field = "s.m" },
		     .when = true,
		     .exit = GUARD_DEFER,
		     .test = { RELATION_GE, -300 },
		     .alternatives = 7 } },
	{ .kind = FACT_INITCALL, .initcall = { LEVEL_6S, "f", "a.c", 300, "late", 2 } },
	{ .kind = FACT_ACCEPT, .accept = { "a.c", 300, "needs-bus", NULL, 299 } },
};

struct seen {
	unsigned int n;
	bool stop;
};

static void same_value(const struct value *a, const struct value *b)
{
	ck_assert_int_eq(a->kind, b->kind);
	ck_assert_pstr_eq(a->name, b->name);
	ck_assert_pstr_eq(a->file, b->file);
	ck_assert_pstr_eq(a->field, b->field);
	ck_assert_pstr_eq(a->text, b->text);
	ck_assert(a->number == b->number);
}

static void same_text(const char *a, const char *b)
{
	ck_assert_pstr_eq(a, b);
}

static void same_member(const struct fact_member *member, const void *a, const void *b)
{
	const struct variable *va = a, *vb = b;
	const struct test *ta = a, *tb = b;

	switch (member->type) {
	case MEMBER_NAME:
	case MEMBER_TEXT:
		same_text(*(const char *const *)a, *(const char *const *)b);
		break;
	case MEMBER_NUMBER:
	case MEMBER_ENUM:
		ck_assert_uint_eq(*(const unsigned int *)a, *(const unsigned int *)b);
		break;
	case MEMBER_FLAG:
		ck_assert(*(const bool *)a == *(const bool *)b);
		break;
	case MEMBER_VARIABLE:
		same_text(va->name, vb->name);
		same_text(va->file, vb->file);
		same_text(va->field, vb->field);
		break;
	case MEMBER_VALUE:
		same_value(a, b);
		break;
	case MEMBER_TEST:
		ck_assert(ta->relation == tb->relation && ta->number == tb->number);
		break;
	}
}

static bool see(void *data, const struct fact *fact, GError **error)
{
	const struct fact_layout *layout = fact_layout(fact->kind);
	struct seen *seen = data;
	const struct fact *sent = &facts[seen->n++];

	ck_assert_uint_le(seen->n, G_N_ELEMENTS(facts));
	ck_assert_int_eq(fact->kind, sent->kind);
	for (unsigned int i = 0; i < layout->n_members; i++)
		same_member(&layout->members[i], fact_member(fact, &layout->members[i]),
			    fact_member(sent, &layout->members[i]));
	if (seen->stop)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "stop");
	return !seen->stop;
}

static struct facts_sink sink_for(struct seen *seen)
{
	return (struct facts_sink){ .data = seen, .take = see };
}

/* If this test fails, add the new kind to the array facts above. */
START_TEST(all_kinds)
{
	unsigned int n = 0;

	for (unsigned int kind = 0; kind < N_FACTS; kind++)
		n += fact_layout(kind) != NULL;
	ck_assert_uint_eq(n, G_N_ELEMENTS(facts));
}
END_TEST

static GByteArray *message(void)
{
	const struct wire_result result = {
		.unit = { UNIT_SHIM, 4, "a.c:1:2: oh", 123456 },
		.rss_kb = 1ull << 40,
	};
	struct wire wire;
	GByteArray *bytes;

	wire_init(&wire);
	for (gsize i = 0; i < G_N_ELEMENTS(facts); i++)
		wire_write(&wire, &facts[i]);
	bytes = wire_pack(&result, &wire);
	wire_clear(&wire);
	return bytes;
}

START_TEST(round_trip)
{
	GByteArray *bytes = message();
	struct seen seen = { 0 };
	struct facts_sink sink = sink_for(&seen);
	struct wire_result result;
	struct wire_view view;

	ck_assert(wire_unpack(bytes->data, bytes->len, &result, &view, NULL));
	ck_assert_int_eq(result.unit.mode, UNIT_SHIM);
	ck_assert_uint_eq(result.unit.n_errors, 4);
	ck_assert_str_eq(result.unit.diagnostic, "a.c:1:2: oh");
	ck_assert_uint_eq(result.unit.cpu_us, 123456);
	ck_assert_uint_eq(result.rss_kb, 1ull << 40);
	ck_assert_uint_eq(view.n, G_N_ELEMENTS(facts));
	ck_assert(wire_replay(&view, &sink, NULL));
	ck_assert_uint_eq(seen.n, G_N_ELEMENTS(facts));
	g_byte_array_unref(bytes);
}
END_TEST

/* A message is refused if it is too short, at any length, or if it has extra bytes at the end. */
START_TEST(cut_short)
{
	GByteArray *bytes = message();
	struct wire_result result;
	struct wire_view view;
	GError *error = NULL;

	for (guint len = 0; len < bytes->len; len++) {
		/* The copy has the exact size, so that a sanitizer reports reads after its end. */
		uint8_t *copy = g_memdup2(bytes->data, len ? len : 1);

		ck_assert_msg(!wire_unpack(copy, len, &result, &view, &error), "cut at %u", len);
		ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_FAILED));
		g_clear_error(&error);
		g_free(copy);
	}
	g_byte_array_append(bytes, (const guint8 *)"x", 1);
	ck_assert(!wire_unpack(bytes->data, bytes->len, &result, &view, NULL));
	g_byte_array_unref(bytes);
}
END_TEST

/* With any damaged bytes, the reader stays inside the buffer, and all strings end with NUL. */
START_TEST(damaged)
{
	GByteArray *bytes = message();
	struct wire_result result;
	struct wire_view view;
	unsigned int n_refused = 0;

	for (guint i = 0; i < bytes->len; i++) {
		for (unsigned int bit = 0; bit < 8; bit++) {
			uint8_t *copy = g_memdup2(bytes->data, bytes->len);

			copy[i] ^= 1u << bit;
			n_refused += !wire_unpack(copy, bytes->len, &result, &view, NULL);
			g_free(copy);
		}
	}
	ck_assert_uint_gt(n_refused, bytes->len);
	g_byte_array_unref(bytes);
}
END_TEST

START_TEST(sink_stops)
{
	GByteArray *bytes = message();
	struct seen seen = { .stop = true };
	struct facts_sink sink = sink_for(&seen);
	struct wire_result result;
	struct wire_view view;
	GError *error = NULL;

	ck_assert(wire_unpack(bytes->data, bytes->len, &result, &view, NULL));
	ck_assert(!wire_replay(&view, &sink, &error));
	ck_assert_str_eq(error->message, "stop");
	ck_assert_uint_eq(seen.n, 1);
	g_error_free(error);
	g_byte_array_unref(bytes);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("wire");
	TCase *tc = tcase_create("wire");

	tcase_add_test(tc, all_kinds);
	tcase_add_test(tc, round_trip);
	tcase_add_test(tc, cut_short);
	tcase_add_test(tc, damaged);
	tcase_add_test(tc, sink_stops);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return check_main(suite());
}
