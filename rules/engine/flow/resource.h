/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A resource is something that one part of the boot sets up and another part uses: a variable, or
 * something that models describe, such as a bus. Each resource has a number, from 0.
 */
#ifndef INITLINT_RULES_ENGINE_FLOW_RESOURCE_H
#define INITLINT_RULES_ENGINE_FLOW_RESOURCE_H

#include <stdint.h>
#include <glib.h>

#include "db/query/query_facts.h"

struct resource {
	const char *kind; /* the kind of resource in a model, such as "bus"; NULL: a variable */
	/*
	 * If @kind is NULL: the variable. Else: the variable whose address identifies the resource,
	 * such as the struct bus_type of a bus; -1: no variable identifies the resource.
	 */
	int32_t symbol;
	int32_t field; /* if @kind is NULL: the field of the variable; -1: the whole variable */
	/* the string that identifies the resource, or the number as text; NULL: none */
	const char *key;
	const char *registry; /* the resource is an entry of this registry; NULL: it is not */
};

struct resources;

/* @facts must live as long as the result. Free with resources_free(). */
struct resources *resources_new(const struct facts *facts);
void resources_free(struct resources *resources);
typedef struct resources resources; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(resources, resources_free)

/*
 * Each of the next four functions returns the number of a resource. If the resource has no number
 * yet, the function adds the resource. @kind and @key are copied. @key may be NULL.
 */
int32_t resources_variable(struct resources *resources, int32_t symbol, int32_t field);
int32_t resources_object(struct resources *resources, const char *kind, int32_t symbol);
int32_t resources_key(struct resources *resources, const char *kind, const char *key);
/*
 * Like resources_key(), for the entry @key of the registry @registry. If @key is "", the resource
 * stands for any entry. Copies all strings.
 */
int32_t resources_entry(struct resources *resources, const char *kind, const char *registry,
			const char *key);

/* Returns resource @number. The result is valid until the next resource is added. */
const struct resource *resources_get(const struct resources *resources, int32_t number);
/* Returns the number of resources. */
uint32_t resources_count(const struct resources *resources);
/*
 * Returns a description of resource @number for users: "bus virtio_bus", "crypto \"sha256\"". Free
 * with g_free().
 */
char *resources_describe(const struct resources *resources, int32_t number);
/*
 * Returns a text that stands for resource @number in the fingerprint of a finding. If the @key of
 * the resource is a number, returns a text without @key, because the number changes when an
 * enumeration in the kernel grows. Free this text with g_free(). For all other resources, returns
 * NULL: the fingerprint can use the text from resources_describe().
 */
char *resources_identity(const struct resources *resources, int32_t number);

#endif
