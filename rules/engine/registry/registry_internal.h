/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of the search for registries; registry.c lists them. */
#ifndef INITLINT_RULES_ENGINE_REGISTRY_REGISTRY_INTERNAL_H
#define INITLINT_RULES_ENGINE_REGISTRY_REGISTRY_INTERNAL_H

#include "rules/engine/registry/registry.h"

struct registry_builder {
	const struct program *program;
	const struct facts *facts;
	/*
	 * Key: variable_key() of a container. Value: struct registry *, for each container into
	 * which a call inserts something.
	 */
	GHashTable *by_container;
	/*
	 * Key: struct registry *. Value: 1 + the member (a field) that links an object into the
	 * container, such as elevator_type.list.
	 */
	GHashTable *links;
	uint8_t *has_text; /* by field: 1 if a static initialiser assigns a string to the member */
	/*
	 * By function: bit p is set if the function compares its parameter p with another string,
	 * directly or through other functions. Parameters from 32 on have no bit.
	 */
	uint32_t *compares;
	/* By symbol: 1 if an entry "compares" names the symbol. */
	uint8_t *compares_by_name;
};

/* Returns the registry of a container. If there is none yet, adds a registry without functions. */
struct registry *registry_of(struct registry_builder *b, int32_t symbol, int32_t field);
/* Appends a function to @functions (struct registry_function), unless @functions has it. */
void registry_add_function(GArray *functions, const struct registry_function *added);
/*
 * True if a call to @target compares strings. @callee is the function that @target means; -1: the
 * kernel does not define it.
 */
bool registry_compares(const struct registry_builder *b, const struct facts_value *target,
		       int32_t callee);

/* Fills registry->inserts and registry->elements of all containers, and b->links. */
void registry_find_inserts(struct registry_builder *b, const GPtrArray *models);
/* Fills registry->lookups of the containers, and b->compares and b->compares_by_name. */
void registry_find_lookups(struct registry_builder *b, const GPtrArray *models);
/* Fills registry->walks of all containers. */
void registry_find_walks(struct registry_builder *b);
/* Adds the registries that are arrays, with all their functions. */
void registry_find_arrays(struct registry_builder *b);

#endif
