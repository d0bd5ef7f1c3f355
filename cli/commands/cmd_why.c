// SPDX-License-Identifier: GPL-2.0-only
/* The command "initlint why": explains how two initcalls or functions depend on each other. */
#include "cli/base/command.h"

#include <stdio.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/judge/analysis.h"
#include "cli/report/check_report.h"
#include "cli/judge/db_match.h"
#include "db/error.h"
#include "rules/engine/files/machine.h"
#include "rules/engine/files/suggest.h"
#include "rules/engine/finding/order.h"

static const char summary[] = "Explains how two initcalls depend on each other.";
static const char description[] =
	"A and B are initcalls or any functions. A function stands for the initcalls whose code\n"
	"reaches it. Prints both positions and what decides the order. Prints each dependency\n"
	"that was found in the code, in either direction, with both call chains.\n"
	"\n"
	"Exit status: 0 no dependency is broken, 1 a dependency is broken, 2 usage or an unknown\n"
	"function, 3 the analysis is incomplete or failed.";

/* A name may stand for many initcalls. Use only the first MAX_INITCALLS: people read no more. */
#define MAX_INITCALLS 8

/* Returns the name of an initcall that is nearly @name; NULL: there is none. */
static const char *suggest(const struct rule_input *input, const char *name)
{
	g_autofree const char **names = g_new0(const char *, input->n_initcalls + 1);

	for (unsigned int i = 0; i < input->n_initcalls; i++)
		names[i] = input->initcalls[i].function;
	return suggest_nearest(name, names);
}

/*
 * Returns an array of the initcalls whose function is @name. If there is no such initcall, returns
 * an array of the initcalls that reach a function @name by calls. If no initcall reaches a function
 * @name, returns NULL with INITLINT_ERROR_USAGE. Free the array with g_ptr_array_unref().
 */
static GPtrArray *find(const struct rule_input *input, char *name, GError **error)
{
	GPtrArray *initcalls = g_ptr_array_new();
	g_autoptr(GArray) places = NULL;
	const char *near;

	for (unsigned int i = 0; i < input->n_initcalls; i++)
		if (strcmp(input->initcalls[i].function, name) == 0)
			g_ptr_array_add(initcalls, (gpointer)&input->initcalls[i]);
	if (!initcalls->len) {
		places = input->reaching(input->reach_data, (char *[]){ name, NULL }, NULL);
		for (guint i = 0; i < places->len; i++) {
			gpointer initcall =
				(gpointer)g_array_index(places, struct rule_place, i).initcall;

			if (!g_ptr_array_find(initcalls, initcall, NULL))
				g_ptr_array_add(initcalls, initcall);
		}
	}
	if (initcalls->len)
		return initcalls;
	g_ptr_array_unref(initcalls);
	near = suggest(input, name);
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "%s: no initcall has this name, and none is known to reach a function of this "
		    "name; %s%s%s",
		    name, near ? "did you mean " : "`initlint order` lists the initcalls",
		    near ? near : "", near ? "?" : "");
	return NULL;
}

static void print_position(const struct initcall *initcall)
{
	printf("%s:%u: %s is %s, level %s, position %u\n", initcall->file, initcall->line,
	       initcall->function,
	       initcall->macro	  ? initcall->macro
	       : initcall->within ? "run by an initcall of its framework"
				  : "an initcall",
	       initcall_level_name(initcall->level), initcall->position);
}

/*
 * @experiments: all @n experiments in the database. Returns EXIT_FINDINGS if a finding about @a and
 * @b is broken, else EXIT_CLEAN.
 */
static int explain_pair(struct inference *inference, const struct initcall *a,
			const struct initcall *b, const struct experiment *experiments,
			unsigned int n)
{
	g_autoptr(GPtrArray) findings = inference_between(inference, a, b);
	g_autofree char *order = order_explain(a, b);
	int status = EXIT_CLEAN;

	findings_add_experiments(findings, experiments, n);
	print_position(a);
	print_position(b);
	printf("order: %s\n", order);
	for (unsigned int i = 0; i < findings->len; i++) {
		const struct finding *finding = findings->pdata[i];

		check_print_finding(finding);
		if (finding->verdict == VERDICT_BROKEN)
			status = EXIT_FINDINGS;
	}
	if (!findings->len)
		printf("no dependency found: looked at %u functions that %s reaches and %u that %s "
		       "reaches, probes of their drivers included\n",
		       inference_extent(inference, a), a->function, inference_extent(inference, b),
		       b->function);
	return status;
}

/* One initcall reaches both functions. If @a and @b are equal, the user has named the initcall twice. */
static void explain_same(const struct initcall *initcall, const char *a, const char *b)
{
	print_position(initcall);
	if (strcmp(a, b) == 0)
		printf("expected two initcalls, got %s twice\n", a);
	else
		printf("%s runs both %s and %s; the code of %s decides their order\n",
		       initcall->function, a, b, initcall->function);
}

/* Returns the exit status. @of_a: struct initcall *, the initcalls that reach @a. @of_b: as @of_a. */
static int explain_all(struct inference *inference, const GPtrArray *of_a, const char *a,
		       const GPtrArray *of_b, const char *b, const struct experiment *experiments,
		       unsigned int n)
{
	int status = EXIT_CLEAN;

	for (unsigned int i = 0; i < MIN(of_a->len, MAX_INITCALLS); i++) {
		for (unsigned int j = 0; j < MIN(of_b->len, MAX_INITCALLS); j++) {
			int found = EXIT_CLEAN;

			if (of_a->pdata[i] == of_b->pdata[j])
				explain_same(of_a->pdata[i], a, b);
			else
				found = explain_pair(inference, of_a->pdata[i], of_b->pdata[j],
						     experiments, n);
			status = MAX(status, found);
		}
	}
	if (of_a->len > MAX_INITCALLS || of_b->len > MAX_INITCALLS)
		command_warn("why",
			     "%u initcalls reach %s and %u reach %s; only the first %u of each are "
			     "compared",
			     of_a->len, a, of_b->len, b, MAX_INITCALLS);
	return status;
}

/*
 * @machine: the devices of the user's machine. explain() finds the suppliers of these devices, and
 * stores the suppliers in @machine. NULL: assume that the machine has a device for each built-in
 * driver. Returns the exit status, or -1 on error.
 */
static int explain(struct query *query, char *a, char *b, struct machine *machine, GError **error)
{
	const struct inference_options options = { .least = CONFIDENCE_LOW,
						   .any_machine = !machine,
						   .machine = machine };
	struct analysis analysis = { 0 };
	g_autoptr(GPtrArray) models = analysis_models(NULL, error);
	g_autoptr(GPtrArray) of_a = NULL;
	g_autoptr(GPtrArray) of_b = NULL;
	const struct experiment *experiments = NULL;
	unsigned int n = 0;
	int status = -1;

	if (models && machine)
		machine_find_suppliers(machine, models);
	if (models && analysis_open(&analysis, query, models, &options, "why", error)) {
		of_a = find(&analysis.input, a, error);
		of_b = of_a ? find(&analysis.input, b, error) : NULL;
	}
	if (of_b)
		experiments = query_experiments(query, &n, error);
	if (experiments)
		status = explain_all(analysis.inference, of_a, a, of_b, b, experiments, n);
	analysis_clear(&analysis);
	return status;
}

int cmd_why(int argc, char **argv)
{
	g_auto(GStrv) paths = NULL;
	const GOptionEntry entries[] = {
		{ "machine", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths,
		  "Device tree blob, or list of modaliases: the devices of the machine; may be "
		  "repeated. Without it, the machine has a device for each built-in driver",
		  "FILE" },
		{ 0 },
	};
	g_autoptr(machine) machine = NULL;
	struct common_options common = { 0 };
	GError *error = NULL;
	g_autoptr(query) query = NULL;
	int status = command_parse(&argc, &argv, "A B", summary, description, entries, &common);

	if (status < 0 && argc != 3)
		status = command_fail("why", g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
							 "command line: expected two names, got %d",
							 argc - 1));
	if (status < 0 && paths) {
		machine = machine_load(paths, &error);
		status = machine ? -1 : command_fail("why", error);
	}
	if (status < 0) {
		query = query_open(common.db, &error);
		if (query && !db_matches(query, &common, "why"))
			status = EXIT_BAD_USAGE;
		else if (query)
			status = explain(query, argv[1], argv[2], machine, &error);
		if (error)
			status = command_fail("why", error);
	}
	common_options_clear(&common);
	return status;
}
