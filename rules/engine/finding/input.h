/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What rules need to know of a kernel. Filled from a database, or by hand in tests.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_INPUT_H
#define INITLINT_RULES_ENGINE_FINDING_INPUT_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query.h"
#include "rules/engine/files/condition.h"

/* Where code runs: in an initcall, or in a probe. */
struct rule_place {
	const struct initcall *initcall; /* whose it is; of a probe: that registers it */
	const struct initcall *place;	 /* in whose run it takes place */
	/* What the probe waits for with -EPROBE_DEFER, where that makes it run later; or NULL. */
	const struct initcall *deferred_by;
	bool is_probe;
	int32_t context; /* for way() */
};

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
	 * From where one of @functions (defined in one of @files; NULL: anywhere) is reached, in
	 * order: struct rule_place, free with g_array_unref(). NULL: the whole program was not
	 * analysed.
	 */
	GArray *(*reaching)(void *data, GStrv functions, GStrv files);
	/* The way from there to one of them: struct finding_step *. */
	GPtrArray *(*way)(void *data, const struct rule_place *place, GStrv functions, GStrv files);
	void *reach_data; /* for these two */
};

/* Everything belongs to @query and lives as long. */
bool rule_input_from_query(struct query *query, struct rule_input *input, GError **error);

#endif
