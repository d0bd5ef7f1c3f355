/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The data about a kernel that rules need. It comes from a database, or from a test.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_INPUT_H
#define INITLINT_RULES_ENGINE_FINDING_INPUT_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query.h"
#include "rules/engine/files/condition.h"

/* A place in the order where code runs: an initcall, or a probe. */
struct rule_place {
	const struct initcall
		*initcall;	      /* the initcall, or the initcall that registers the probe */
	const struct initcall *place; /* the initcall during which the code runs */
	/* The initcall that a probe waits for with -EPROBE_DEFER; NULL: the probe does not wait. */
	const struct initcall *deferred_by;
	bool is_probe;
	int32_t context; /* number of the context, for way() */
};

struct rule_input {
	const struct initcall *initcalls; /* in execution order */
	unsigned int n_initcalls;
	const struct unit_problem *problems; /* units that were not read completely */
	unsigned int n_problems;
	const char *arch;    /* directory under arch/; NULL: unknown */
	const char *version; /* "6.12.117"; NULL: unknown */
	/* Returns the object of a source file, built-in or in a module; NULL: not built. */
	const struct object *(*object_of_source)(void *data, const char *source);
	config_lookup config;
	void *data; /* first argument of object_of_source() and config() */
	/*
	 * Returns the places that reach one of @functions, in running order: struct rule_place.
	 * @files are the files that define the functions (NULL: any file). Free with
	 * g_array_unref(). The member is NULL if the whole program was not analysed.
	 */
	GArray *(*reaching)(void *data, GStrv functions, GStrv files);
	/*
	 * Returns the call chain from @place to one of @functions: struct finding_step *. Free
	 * with g_ptr_array_unref().
	 */
	GPtrArray *(*way)(void *data, const struct rule_place *place, GStrv functions, GStrv files);
	void *reach_data; /* first argument of reaching() and way() */
};

/* Fills @input. All data in @input belongs to @query. Returns false on error. */
bool rule_input_from_query(struct query *query, struct rule_input *input, GError **error);

#endif
