// SPDX-License-Identifier: GPL-2.0-only
#include <check.h>
#include <string.h>

#include "tests/support/verdict_kernel.h"

static const struct place user_place = { NULL, "user.o", "drivers/Makefile", 3, "CONFIG_USER", 0 };
static const struct place maker_place = { NULL, "maker.o", "drivers/Makefile", 8, NULL, 1 };
const struct object kernel_user_o = { "user.o", OBJECT_BUILTIN, 0, "user", &user_place };
const struct object kernel_maker_o = { "maker.o", OBJECT_BUILTIN, 1, "maker", &maker_place };
const struct object kernel_user_ko = { "user.o", OBJECT_MODULE, -1, "user_mod", &user_place };

static const struct object *object_of_source(void *data, const char *source)
{
	const struct kernel *kernel = data;

	if (strcmp(source, "user.c") == 0)
		return kernel->user;
	return strcmp(source, "maker.c") == 0 ? kernel->maker : NULL;
}

static const char *config_value(void *data, const char *symbol)
{
	const struct kernel *kernel = data;

	for (unsigned int i = 0; kernel->config && kernel->config[i][0]; i++)
		if (strcmp(kernel->config[i][0], symbol) == 0)
			return kernel->config[i][1];
	return NULL;
}

void kernel_add(struct kernel *kernel, const char *function, const char *file,
		enum initcall_level level, const struct object *object)
{
	kernel->initcalls[kernel->n] = (struct initcall){
		.position = kernel->n,
		.level = level,
		.function = function,
		.file = file,
		.line = 10 + kernel->n,
		.object = object,
	};
	kernel->n++;
}

void kernel_init(struct kernel *kernel)
{
	*kernel = (struct kernel){ .user = &kernel_user_o, .maker = &kernel_maker_o };
	kernel->input = (struct rule_input){
		.initcalls = kernel->initcalls,
		.problems = &kernel->problem,
		.arch = "arm64",
		.version = "6.12.117",
		.object_of_source = object_of_source,
		.config = config_value,
		.data = kernel,
	};
}

struct rule *kernel_rule(void)
{
	struct rule *rule = g_new0(struct rule, 1);

	rule->id = g_strdup("user-after-maker");
	rule->severity = SEVERITY_ERROR;
	rule->consumer.functions = g_strsplit("user_init", ",", -1);
	rule->consumer.files = g_strsplit("user.c", ",", -1);
	rule->provider.functions = g_strsplit("maker_init,maker_start", ",", -1);
	rule->provider.files = g_strsplit("maker.c", ",", -1);
	rule->resource = g_strdup("a thing");
	return rule;
}

GPtrArray *kernel_judge(struct kernel *kernel, const struct rule *rule)
{
	GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);

	kernel->input.n_initcalls = kernel->n;
	rule_judge(rule, &kernel->input, findings);
	return findings;
}

void kernel_check(struct kernel *kernel, const struct rule *rule, enum verdict verdict,
		  const char *message, const char *reason)
{
	GPtrArray *findings = kernel_judge(kernel, rule);
	const struct finding *finding = findings->pdata[0];

	ck_assert_int_eq(findings->len, 1);
	ck_assert_str_eq(verdict_name(finding->verdict), verdict_name(verdict));
	ck_assert_str_eq(finding->message, message);
	ck_assert_str_eq(finding->reasons->pdata[0], reason);
	g_ptr_array_unref(findings);
}
