// SPDX-License-Identifier: GPL-2.0-only
/* Facts as bytes: what goes in comes out, and nothing else does. */
#include <stdlib.h>
#include <string.h>

#include "analyzer/source/wire/wire.h"
#include "db/error.h"
#include "tests/support/check_main.h"

static const struct function_fact function = {
	.name = "f",
	.file = "a.c",
	.line = 3,
	.end_line = 9,
	.is_static = true,
	.is_weak = true,
	.alias = "h",
	.type = "void (int)",
	.attributes = "cold section=.init.text",
};
static const struct global_fact global = {
	.name = "v",
	.file = "a.c",
	.line = 2,
	.is_percpu = true,
	.has_initialiser = true,
	.record = "s",
};
static const struct value object = {
	.kind = VALUE_OBJECT,
	.name = "v",
	.file = "a.c",
	.field = "s.m",
};
static const struct value number = { .kind = VALUE_NUMBER, .number = -517 };
static const struct call_fact call = {
	.caller = "f",
	.file = "a.c",
	.line = 5,
	.seq = 1,
	.target = { .kind = VALUE_FUNCTION, .name = "g" },
};
static const struct argument_fact argument = {
	.caller = "f",
	.file = "a.c",
	.seq = 1,
	.index = 2,
	.value = { .kind = VALUE_STRING, .text = "text" },
};
static const struct access_fact access_fact = {
	.function = "f",
	.file = "a.c",
	.line = 6,
	.mode = ACCESS_WRITE,
	.name = "v",
	.value = { .kind = VALUE_RESULT, .name = "g", .file = "b.c" },
};
static const struct store_fact store = {
	.file = "a.c",
	.line = 2,
	.base = { .kind = VALUE_OBJECT, .name = "v" },
	.field = "s.m",
	.value = { .kind = VALUE_LOADED, .number = -1, .field = "s.n" },
};
static const struct return_fact returned = {
	.function = "other",
	.file = "a.c",
	.line = 7,
	.value = { .kind = VALUE_NUMBER, .number = -517 },
};
static const struct guard_fact guard = {
	.function = "f",
	.file = "a.c",
	.line = 4,
	.from = 5,
	.to = 300,
	.atom = { .kind = VALUE_GLOBAL, .name = "v", .file = "a.c", .field = "s.m" },
	.when = true,
	.exit = GUARD_DEFER,
	.relation = RELATION_GE,
	.number = -300,
	.alternatives = 7,
};
static const struct accept_fact accept_fact = { "a.c", 300, "needs-bus", NULL, 299 };
static const struct initcall_fact initcall = { LEVEL_6S, "f", "a.c", 300, "late", 2 };

struct seen {
	unsigned int includes, functions, calls, initcalls, others;
	bool stop;
};

static bool see_include(void *data, const char *path, GError **error)
{
	struct seen *seen = data;

	seen->includes++;
	ck_assert_str_eq(path, "$O/x.h");
	if (seen->stop)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "stop");
	return !seen->stop;
}

static bool see_function(void *data, const struct function_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->functions++;
	ck_assert_str_eq(fact->name, "f");
	ck_assert_str_eq(fact->file, "a.c");
	ck_assert_uint_eq(fact->line, 3);
	ck_assert_uint_eq(fact->end_line, 9);
	ck_assert(fact->is_static);
	ck_assert(!fact->is_inline);
	ck_assert(fact->is_weak);
	ck_assert_str_eq(fact->alias, "h");
	ck_assert_str_eq(fact->type, "void (int)");
	ck_assert_str_eq(fact->attributes, "cold section=.init.text");
	return true;
}

static void same_value(const struct value *a, const struct value *b)
{
	ck_assert_int_eq(a->kind, b->kind);
	ck_assert_pstr_eq(a->name, b->name);
	ck_assert_pstr_eq(a->file, b->file);
	ck_assert_pstr_eq(a->field, b->field);
	ck_assert_pstr_eq(a->text, b->text);
	ck_assert(a->number == b->number);
}

static bool see_global(void *data, const struct global_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->others++;
	ck_assert_str_eq(fact->name, "v");
	ck_assert_uint_eq(fact->line, 2);
	ck_assert(fact->is_percpu && fact->has_initialiser);
	ck_assert(!fact->is_static && !fact->is_weak && !fact->is_pointer);
	ck_assert_str_eq(fact->record, "s");
	return true;
}

static bool see_call(void *data, const struct call_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->calls++;
	ck_assert_str_eq(fact->caller, "f");
	ck_assert_str_eq(fact->file, "a.c");
	ck_assert_uint_eq(fact->line, 5);
	ck_assert_uint_eq(fact->seq, 1);
	same_value(&fact->target, &call.target);
	return true;
}

static bool see_argument(void *data, const struct argument_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->others++;
	ck_assert_str_eq(fact->caller, "f");
	ck_assert_uint_eq(fact->seq, 1);
	ck_assert_uint_eq(fact->index, 2);
	same_value(&fact->value, &argument.value);
	return true;
}

static bool see_access(void *data, const struct access_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->others++;
	ck_assert_str_eq(fact->function, "f");
	ck_assert_int_eq(fact->mode, ACCESS_WRITE);
	ck_assert_str_eq(fact->name, "v");
	ck_assert_ptr_null(fact->variable_file);
	same_value(&fact->value, &access_fact.value);
	return true;
}

static bool see_store(void *data, const struct store_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->others++;
	ck_assert_ptr_null(fact->function);
	ck_assert_str_eq(fact->field, "s.m");
	same_value(&fact->base, &store.base);
	same_value(&fact->value, &store.value);
	return true;
}

static bool see_return(void *data, const struct return_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->others++;
	ck_assert_str_eq(fact->function, "other");
	same_value(&fact->value, &number);
	return true;
}

static bool see_guard(void *data, const struct guard_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->others++;
	ck_assert_uint_eq(fact->from, 5);
	ck_assert_uint_eq(fact->to, 300);
	ck_assert(fact->when);
	ck_assert_int_eq(fact->exit, GUARD_DEFER);
	ck_assert_int_eq(fact->relation, RELATION_GE);
	ck_assert_int_eq(fact->number, -300);
	ck_assert_uint_eq(fact->alternatives, 7);
	ck_assert_str_eq(fact->atom.field, object.field);
	return true;
}

static bool see_initcall(void *data, const struct initcall_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->initcalls++;
	ck_assert_int_eq(fact->level, LEVEL_6S);
	ck_assert_str_eq(fact->function, "f");
	ck_assert_str_eq(fact->macro, "late");
	ck_assert_uint_eq(fact->line, 300);
	ck_assert_uint_eq(fact->seq, 2);
	return true;
}

static bool see_accept(void *data, const struct accept_fact *fact, GError **error)
{
	(void)error;
	((struct seen *)data)->others++;
	ck_assert_str_eq(fact->file, "a.c");
	ck_assert_uint_eq(fact->line, 300);
	ck_assert_str_eq(fact->rule, "needs-bus");
	ck_assert_ptr_null(fact->reason);
	ck_assert_uint_eq(fact->comment_line, 299);
	return true;
}

static struct facts_sink sink_for(struct seen *seen)
{
	return (struct facts_sink){
		.data = seen,
		.include = see_include,
		.function = see_function,
		.global = see_global,
		.call = see_call,
		.argument = see_argument,
		.access = see_access,
		.store = see_store,
		.returns = see_return,
		.guard = see_guard,
		.initcall = see_initcall,
		.accept = see_accept,
	};
}

static GByteArray *message(void)
{
	const struct wire_result result = {
		.unit = { UNIT_SHIM, 4, "a.c:1:2: oh", 123456 },
		.rss_kb = 1ull << 40,
	};
	struct wire wire;
	GByteArray *bytes;

	wire_init(&wire);
	wire_include(&wire, "$O/x.h");
	wire_function(&wire, &function);
	wire_global(&wire, &global);
	wire_call(&wire, &call);
	wire_argument(&wire, &argument);
	wire_access(&wire, &access_fact);
	wire_store(&wire, &store);
	wire_return(&wire, &returned);
	wire_guard(&wire, &guard);
	wire_initcall(&wire, &initcall);
	wire_accept(&wire, &accept_fact);
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
	ck_assert_uint_eq(view.n, 11);
	ck_assert(wire_replay(&view, &sink, NULL));
	ck_assert_uint_eq(seen.includes, 1);
	ck_assert_uint_eq(seen.functions, 1);
	ck_assert_uint_eq(seen.calls, 1);
	ck_assert_uint_eq(seen.initcalls, 1);
	ck_assert_uint_eq(seen.others, 7);
	g_byte_array_unref(bytes);
}
END_TEST

/* Cut anywhere, or with something after its end, it is refused. */
START_TEST(cut_short)
{
	GByteArray *bytes = message();
	struct wire_result result;
	struct wire_view view;
	GError *error = NULL;

	for (guint len = 0; len < bytes->len; len++) {
		/* A copy of just that size, so that a sanitizer sees a read beyond it. */
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

/* Whatever the bytes say, nothing outside of them is read; and a string has its end. */
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
	ck_assert_uint_eq(seen.functions, 0);
	g_error_free(error);
	g_byte_array_unref(bytes);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("wire");
	TCase *tc = tcase_create("wire");

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
