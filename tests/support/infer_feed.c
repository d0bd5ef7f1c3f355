// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "tests/support/check_main.h"
#include "tests/support/infer_feed.h"

/* The kernel of the running test. */
static struct {
	char *path;
	struct store *store;
	const char *file; /* NULL: no file is open */
	const char *function;
	unsigned int line;
	unsigned int seq;
	unsigned int n_initcalls; /* in @file */
	struct query *query;
	struct facts *facts;
	struct program *program;
	GPtrArray *models;
	struct rule_input input;
	struct inference *inference;
	GPtrArray *found; /* struct finding * */
} k;

void k_setup(void)
{
	static const char *const objects[] = { "drivers/a.o", "drivers/b.o", "drivers/c.o" };

	feed_setup();
	memset(&k, 0, sizeof(k));
	k.path = feed_path("test.db");
	k.store = store_create(k.path, NULL);
	ck_assert_ptr_nonnull(k.store);
	ck_ok(store_begin_objects(k.store, &ck_error));
	for (int i = 0; i < 3; i++)
		feed_object(k.store, objects[i], OBJECT_BUILTIN, i, NULL);
}

void k_teardown(void)
{
	g_clear_pointer(&k.found, g_ptr_array_unref);
	g_clear_pointer(&k.inference, inference_free);
	g_clear_pointer(&k.models, g_ptr_array_unref);
	g_clear_pointer(&k.program, program_free);
	g_clear_pointer(&k.facts, facts_free);
	g_clear_pointer(&k.query, query_free);
	g_clear_pointer(&k.store, store_free);
	g_clear_pointer(&k.path, g_free);
	feed_done();
}

static void end_file(void)
{
	if (k.file)
		feed_end(k.store);
	k.file = NULL;
}

void k_file(const char *file)
{
	g_autofree char *object = g_strdup(file);

	end_file();
	object[strlen(object) - 1] = 'o';
	feed_unit(k.store, object, file, "f1");
	k.file = file;
	k.line = k.n_initcalls = 0;
}

void k_skip_lines(int n)
{
	k.line += n;
}

void k_define(struct function_fact function)
{
	function.file = k.file;
	function.line = ++k.line;
	function.end_line = k.line + 100;
	FEED(k.store, FACT_FUNCTION, function, function);
	k.function = function.name;
	k.seq = 0;
}

void k_function(const char *name)
{
	k_define((struct function_fact){ .name = name });
}

void k_static(const char *name)
{
	k_define((struct function_fact){ .name = name, .is_static = true });
}

struct value v_number(int64_t number)
{
	return (struct value){ .kind = VALUE_NUMBER, .number = number };
}

struct value v_string(const char *text)
{
	return (struct value){ .kind = VALUE_STRING, .text = text };
}

struct value v_function(const char *name)
{
	return (struct value){ .kind = VALUE_FUNCTION, .name = name };
}

struct value v_object(const char *name)
{
	return (struct value){ .kind = VALUE_OBJECT, .name = name };
}

struct value v_global(const char *name)
{
	return (struct value){ .kind = VALUE_GLOBAL, .name = name };
}

struct value v_result(const char *name)
{
	return (struct value){ .kind = VALUE_RESULT, .name = name };
}

struct value v_param(int64_t number)
{
	return (struct value){ .kind = VALUE_PARAM, .number = number };
}

struct value v_loaded(int64_t number, const char *field)
{
	return (struct value){ .kind = VALUE_LOADED, .number = number, .field = field };
}

void k_call_value(struct value target)
{
	struct call_fact call = {
		.function = k.function,
		.file = k.file,
		.line = ++k.line,
		.seq = k.seq++,
		.target = target,
	};

	FEED(k.store, FACT_CALL, call, call);
}

void k_call(const char *name)
{
	k_call_value(v_function(name));
}

void k_argument(unsigned int index, struct value value)
{
	struct argument_fact argument = { k.function, k.file, k.seq - 1, index, value };

	FEED(k.store, FACT_ARGUMENT, argument, argument);
}

void k_call_with(const char *name, struct value value)
{
	k_call(name);
	k_argument(0, value);
}

void k_access_part(enum access_mode mode, const char *name, const char *field, struct value value)
{
	struct access_fact access = {
		.function = k.function,
		.file = k.file,
		.line = ++k.line,
		.mode = mode,
		.variable = { .name = name, .field = field },
		.value = value,
	};

	FEED(k.store, FACT_ACCESS, access, access);
}

void k_access(enum access_mode mode, const char *name)
{
	k_access_part(mode, name, NULL, (struct value){ 0 });
}

void k_store(struct value base, const char *field, struct value value)
{
	struct store_fact fact = { k.function, k.file, ++k.line, base, field, value };

	FEED(k.store, FACT_STORE, store, fact);
}

void k_return(struct value value)
{
	struct return_fact returns = { k.function, k.file, ++k.line, value };

	FEED(k.store, FACT_RETURN, returns, returns);
}

void k_guard_relation(enum relation relation, int64_t number, unsigned int n)
{
	struct guard_fact guard = {
		.function = k.function,
		.file = k.file,
		.line = k.line,
		.from = k.line + 1,
		.to = k.line + n,
		.atom = { .kind = VALUE_PARAM },
		.when = true,
		.test = { relation, number },
	};

	FEED(k.store, FACT_GUARD, guard, guard);
}

void k_guard(struct value atom, bool when, enum guard_exit exit, unsigned int n)
{
	struct guard_fact guard = {
		.function = k.function,
		.file = k.file,
		.line = k.line,
		.from = k.line + 1,
		.to = k.line + n,
		.atom = atom,
		.when = when,
		.exit = exit,
	};

	FEED(k.store, FACT_GUARD, guard, guard);
}

void k_global_fact(struct global_fact global)
{
	global.file = k.file;
	global.line = ++k.line;
	FEED(k.store, FACT_GLOBAL, global, global);
}

void k_global(const char *name)
{
	k_global_fact((struct global_fact){ .name = name });
}

void k_initial(const char *name, const char *field, struct value value)
{
	struct initialiser_fact fact = { name, k.file, ++k.line, field, value };

	FEED(k.store, FACT_INITIALISER, initialiser, fact);
}

void k_object(const char *name, const char *field, struct value value)
{
	k_global_fact((struct global_fact){ .name = name, .has_initialiser = true });
	k_initial(name, field, value);
}

void k_initcall(enum initcall_level level, const char *function)
{
	feed_initcall(k.store, level, function, k.file, ++k.line, NULL, k.n_initcalls++);
}

void k_init(enum initcall_level level, const char *name)
{
	k_function(name);
	k_initcall(level, name);
}

void k_load(void)
{
	GError *error = NULL;

	end_file();
	ck_ok(store_commit(k.store, &ck_error));
	g_clear_pointer(&k.store, store_free);
	k.query = query_open(k.path, &error);
	ck_assert_msg(k.query, "%s", error ? error->message : "");
	k.facts = facts_load(k.query, &error);
	ck_assert_msg(k.facts, "%s", error ? error->message : "");
	k.program = program_new(k.facts);
}

struct query *k_query(void)
{
	return k.query;
}

struct facts *k_facts(void)
{
	return k.facts;
}

struct program *k_program(void)
{
	return k.program;
}

int32_t k_find_in(const char *name, const char *file)
{
	for (uint32_t i = 0; i < k.facts->n_functions; i++)
		if (strcmp(program_name(k.program, (int32_t)i), name) == 0 &&
		    (!file || strcmp(k.facts->functions[i].file, file) == 0))
			return (int32_t)i;
	return -1;
}

int32_t k_find(const char *name)
{
	int32_t function = k_find_in(name, NULL);

	ck_assert_msg(function >= 0, "no function %s", name);
	return function;
}

GPtrArray *k_models(const char *lists)
{
	g_autofree char *path = feed_path("m.yaml");
	g_autofree char *text = g_strdup_printf("id: m\ntitle: t\nwhy: w\n%s\n", lists);
	GPtrArray *models = g_ptr_array_new_with_free_func((GDestroyNotify)model_free);
	GError *error = NULL;
	struct model *model;

	ck_assert(g_file_set_contents(path, text, -1, NULL));
	model = model_load(path, &error);
	ck_assert_msg(model, "%s", error ? error->message : "");
	g_ptr_array_add(models, model);
	return models;
}

void k_infer(const char *lists, enum confidence least, bool all)
{
	k.models = k_models(lists);
	k_load();
	ck_ok(rule_input_from_query(k.query, &k.input, &ck_error));
	k.inference =
		inference_new(k.facts, &k.input, k.models,
			      &(struct inference_options){ .least = least, .any_machine = true });
	k.found = inference_findings(k.inference, all);
}

struct inference *k_inference(void)
{
	return k.inference;
}

struct rule_input *k_input(void)
{
	return &k.input;
}

GPtrArray *k_found(void)
{
	return k.found;
}

const struct finding *k_only(void)
{
	ck_assert_uint_eq(k.found->len, 1);
	return g_ptr_array_index(k.found, 0);
}

Suite *k_suite(const char *name, void (*setup)(void), void (*teardown)(void),
	       const TTest *const *tests, size_t n)
{
	Suite *suite = suite_create(name);
	TCase *tcase = tcase_create(name);

	tcase_add_checked_fixture(tcase, setup, teardown);
	for (size_t i = 0; i < n; i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	return suite;
}

int k_main(const char *name, void (*setup)(void), void (*teardown)(void), const TTest *const *tests,
	   size_t n)
{
	return check_main(k_suite(name, setup, teardown, tests, n));
}
