/* SPDX-License-Identifier: GPL-2.0-only */
/* The data that rules need about a kernel. The data comes from a database, or from a test. */
#ifndef INITLINT_RULES_ENGINE_FINDING_INPUT_H
#define INITLINT_RULES_ENGINE_FINDING_INPUT_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query.h"
#include "rules/engine/files/condition.h"

/* An initcall or a probe. @place tells when the boot runs the initcall or probe. */
struct rule_place {
	/* The initcall, or the initcall that registers the probe. */
	const struct initcall *initcall;
	/*
	 * For an initcall: the same as @initcall. For a probe: the initcall during which the boot
	 * runs the probe. This is @initcall or a later initcall.
	 */
	const struct initcall *place;
	/* Not NULL: the probe returns -EPROBE_DEFER until this initcall has run. */
	const struct initcall *deferred_by;
	bool is_probe;
	/*
	 * Index of the initcall or probe in @list of struct contexts (context.h). @reaching of
	 * struct rule_input sets @context, and @way of struct rule_input uses @context. If @way is
	 * not called, @context may be 0.
	 */
	int32_t context;
};

struct rule_input {
	const struct initcall *initcalls; /* in execution order */
	unsigned int n_initcalls;
	const struct unit_problem *problems; /* units read with errors, and units not read */
	unsigned int n_problems;
	const char *arch;    /* directory under arch/; NULL: unknown */
	const char *version; /* "6.12.117"; NULL: unknown */
	/*
	 * Returns the object that contains the code of @source. The object is built in or part of a
	 * module. Returns NULL if @source is not built.
	 */
	const struct object *(*object_of_source)(void *data, const char *source);
	config_lookup config;
	void *data; /* first argument of @object_of_source and @config */
	/*
	 * Finds all initcalls and probes whose code reaches one of @functions. Returns an array of
	 * struct rule_place, in the order in which the boot runs the initcalls and probes. @files
	 * are the files that define @functions (NULL: any file). Free with g_array_unref().
	 * @reaching and @way are NULL if the call graph was not built.
	 */
	GArray *(*reaching)(void *data, GStrv functions, GStrv files);
	/*
	 * Returns a call chain from the code of @place to one of @functions, as an array of struct
	 * finding_step *. @files are the files that define @functions (NULL: any file). The array
	 * is empty if the code of @place reaches none of @functions. Free with g_ptr_array_unref().
	 */
	GPtrArray *(*way)(void *data, const struct rule_place *place, GStrv functions, GStrv files);
	void *reach_data; /* first argument of @reaching and @way */
};

/*
 * Fills @input from @query, but leaves @reaching, @way and @reach_data NULL. All data in @input
 * belongs to @query. Returns false on error.
 */
bool rule_input_from_query(struct query *query, struct rule_input *input, GError **error);

#endif
