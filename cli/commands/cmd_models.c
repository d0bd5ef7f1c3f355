// SPDX-License-Identifier: GPL-2.0-only
/* initlint models: the models, against the functions that kernels have. */
#include "cli/base/command.h"

#include <stdio.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/judge/analysis.h"
#include "cli/judge/db_match.h"
#include "db/error.h"
#include "rules/engine/program/model_names.h"

static const char summary[] = "Lists models, and the names in them that kernels do not have.";
static const char description[] =
	"Without --check, lists the models: id and title. With it, looks up each function that "
	"they\n"
	"name in each database (DB, default: that of the build directory). A name counts as there "
	"if\n"
	"a function has it, or a macro that stands for functions of longer names. It may be "
	"missing\n"
	"because this configuration has no such code, or because the kernel renamed the function.\n"
	"\n"
	"Exit status: 0 in either case, 2 usage, 3 failed.";

struct options {
	struct common_options common;
	gboolean check;
	char **models;
};

static void list(const GPtrArray *models)
{
	for (guint i = 0; i < models->len; i++) {
		const struct model *model = models->pdata[i];

		printf("%-20s %s\n", model->id, model->title);
	}
}

static void print_unknown(const char *db, struct query *query, const GArray *unknown)
{
	const char *arch = query_meta(query, "arch"), *version = query_meta(query, "version");

	printf("%s: %s %s: %u names are not in this kernel\n", db, arch ? arch : "?",
	       version ? version : "?", unknown->len);
	for (guint i = 0; i < unknown->len; i++) {
		const struct unknown_name *one = &g_array_index(unknown, struct unknown_name, i);

		printf("  %s:%u: %s (%s)\n", one->model->path, one->entry->line, one->name,
		       model_kind_name(one->entry->kind));
	}
}

static bool check(const char *db, const GPtrArray *models, GError **error)
{
	g_autoptr(query) query = query_open(db, error);
	g_autoptr(facts) facts = query ? facts_load(query, error) : NULL;
	g_autoptr(program) program = facts ? program_new(facts) : NULL;
	g_autoptr(GArray) unknown = NULL;

	if (!program)
		return false;
	unknown = models_unknown(program, models);
	print_unknown(db, query, unknown);
	return true;
}

static int run(const struct options *options, char *const *databases, GError **error)
{
	g_autoptr(GPtrArray) models = analysis_models(options->models, error);
	char *const own[] = { options->common.db, NULL };

	if (!models)
		return -1;
	if (!options->check) {
		list(models);
		return EXIT_CLEAN;
	}
	for (char *const *db = *databases ? databases : own; *db; db++)
		if (!check(*db, models, error))
			return -1;
	return EXIT_CLEAN;
}

int cmd_models(int argc, char **argv)
{
	struct options options = { 0 };
	const GOptionEntry entries[] = {
		{ "check", 0, 0, G_OPTION_ARG_NONE, &options.check,
		  "Look their functions up in databases", NULL },
		{ "models", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.models,
		  "Model file or directory (default: those of initlint); may be repeated", "FILE" },
		{ 0 },
	};
	GError *error = NULL;
	int status = command_parse(&argc, &argv, "[DB...]", summary, description, entries,
				   &options.common);

	if (status >= 0)
		return status;
	status = run(&options, argv + 1, &error);
	if (status < 0)
		status = command_fail("models", error);
	common_options_clear(&options.common);
	g_strfreev(options.models);
	return status;
}
