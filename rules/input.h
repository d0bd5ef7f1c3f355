/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What rules need to know of a kernel. Filled from a database, or by hand in tests.
 */
#ifndef INITLINT_RULES_INPUT_H
#define INITLINT_RULES_INPUT_H

#include <stdbool.h>
#include <glib.h>

#include "db/query.h"
#include "rules/condition.h"

struct rule_input {
	const struct initcall *initcalls; /* in execution order */
	unsigned int n_initcalls;
	const struct unit_problem *problems; /* units that are not whole */
	unsigned int n_problems;
	const char *arch;    /* directory under arch/; NULL: not known */
	const char *version; /* "6.12.117"; NULL: not known */
	/* The object that a source file is built into, a module's too; NULL: not built. */
	const struct object *(*object_of_source)(void *data, const char *source);
	config_lookup config;
	void *data; /* for the two */
	/*
	 * The initcalls whose code reaches one of @functions (defined in one of @files; NULL:
	 * anywhere), in order: const struct initcall *, free with g_ptr_array_unref(). NULL: the
	 * whole program was not analysed.
	 */
	GPtrArray *(*reaching)(void *data, GStrv functions, GStrv files);
	/* The way from the initcall to one of them: struct finding_step *. */
	GPtrArray *(*way)(void *data, const struct initcall *initcall, GStrv functions,
			  GStrv files);
	void *reach_data; /* for these two */
};

/* Everything belongs to @query and lives as long. */
bool rule_input_from_query(struct query *query, struct rule_input *input, GError **error);

#endif
