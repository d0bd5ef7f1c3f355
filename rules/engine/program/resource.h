/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Resources: what one context sets up and another uses. Each has a number, from 0.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_RESOURCE_H
#define INITLINT_RULES_ENGINE_PROGRAM_RESOURCE_H

#include <stdint.h>
#include <glib.h>

#include "db/query/query_facts.h"

struct resource {
	const char *kind; /* "bus", as models name it; NULL: a variable set up at run time */
	int32_t symbol;	  /* the variable, or the object that is registered; -1: none */
	int32_t field;	  /* of the variable; -1: the whole */
	const char *key;  /* string or number that it is looked up by; NULL: none */
};

struct resources;

struct resources *resources_new(const struct facts *facts);
void resources_free(struct resources *resources);
typedef struct resources resources; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(resources, resources_free)

/* The number of a resource, the same for the same; @key and @kind are copied. */
int32_t resources_variable(struct resources *resources, int32_t symbol, int32_t field);
int32_t resources_object(struct resources *resources, const char *kind, int32_t symbol);
int32_t resources_key(struct resources *resources, const char *kind, const char *key);

const struct resource *resources_get(const struct resources *resources, int32_t number);
uint32_t resources_count(const struct resources *resources);
/* What it is, for people: "bus virtio_bus (drivers/virtio/virtio.c)", "crypto \"sha256\"". */
char *resources_describe(const struct resources *resources, int32_t number);
/*
 * What of it stays the same when other code changes, if that is not all: numbers, which
 * shift where an enumeration grows, are left out. NULL: it is all.
 */
char *resources_identity(const struct resources *resources, int32_t number);

#endif
