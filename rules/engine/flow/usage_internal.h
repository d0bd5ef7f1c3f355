/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of usage.h: usage.c finds the uses of variables and of the resources of models.
 * usage_only.c finds accesses to the members of an object that is the only one of its kind.
 * usage_list.c finds the lists among these members.
 */
#ifndef INITLINT_RULES_ENGINE_FLOW_USAGE_INTERNAL_H
#define INITLINT_RULES_ENGINE_FLOW_USAGE_INTERNAL_H

#include "rules/engine/flow/usage.h"

/*
 * Returns an array, by field: the symbol of the variable that is the only object with this member
 * during the boot, as @models (struct model *) say; -1: no such variable. Free with g_free().
 */
int32_t *usage_only_objects(const struct program *program, const GPtrArray *models);
/*
 * Calls @visit for each store of @function to a member of such a variable through a pointer, for each
 * call that gets the content of such a member (ACCESS_USE), and for each test of such a member
 * (ACCESS_READ). The @access that @visit gets is valid until @visit returns. @only is from usage_only_objects().
 */
void usage_each_only(const struct facts *facts, const int32_t *only, int32_t function,
		     void (*visit)(void *data, int32_t function, const struct facts_access *access),
		     void *data);

/* A call that initialises a list, or puts something into it. The list is in the only object of its kind. */
struct usage_list {
	int32_t function; /* the function with the call */
	bool sets;	  /* the call initialises the list */
	uint32_t line;
	int32_t symbol; /* the variable that is the only object */
	int32_t field;	/* its member that is the list */
};

/*
 * Returns the calls as a GArray of struct usage_list, sorted by @function. @models: struct model *.
 * @only is from usage_only_objects(). Free with g_array_unref().
 */
GArray *usage_lists(const struct program *program, const GPtrArray *models, const int32_t *only);

#endif
