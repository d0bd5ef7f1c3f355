// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command "initlint models": lists the models. With --check, lists the functions that a model
 * names but that a kernel does not have.
 */
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
	"Without --check, lists the models: id and title. With --check, looks up every function\n"
	"that a model names in each database DB (default: the database of the build directory),\n"
	"and lists the functions that are missing. A macro that stands for the function counts as\n"
	"the function. A function may be missing because the kernel renamed the function, or\n"
	"because the configuration does not build its code.\n"
	"\n"
	"Exit status: 0 even if functions are missing, 2 usage, 3 failed.";

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
		  "List the functions of models that a database does not have", NULL },
		{ "models", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.models,
		  "Model file or directory of model files (default: those of initlint); may be "
		  "repeated",
		  "FILE" },
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
