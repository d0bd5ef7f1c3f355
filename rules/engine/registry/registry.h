/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registries that the code itself shows. A registry is a container, such as a list, with two kinds
 * of functions: an insert function puts an object of its caller into the container, and a look-up
 * function returns the object that has the key that its caller passes. Example: elv_register(type)
 * inserts type into elv_list, and __elevator_find(name) returns the element of elv_list whose
 * elevator_type.elevator_name is name.
 *
 * The container is a list, tree or table of the kernel's library (the model "containers" names the
 * library's functions), a list of objects that point to each other, or an array of pointers. A key
 * is a string. In an array, the key is the index. A container without look-ups counts too, if some
 * code loops over its elements: then only the content as a whole is known.
 */
#ifndef INITLINT_RULES_ENGINE_REGISTRY_REGISTRY_H
#define INITLINT_RULES_ENGINE_REGISTRY_REGISTRY_H

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"

/*
 * An insert function: parameter @param is the object whose member @field is the key; if @field is -1,
 * @param is the key itself. A look-up function: @param is the key, and @field is -1.
 */
struct registry_function {
	int32_t function;
	int32_t param;
	int32_t field;
};

/* An access to an element of an array by a constant index. */
struct registry_access {
	int32_t function;
	uint32_t line;
	int64_t key;
	bool inserts; /* true: gives the element a value; false: reads the element */
};

/* A call that inserts the variable @object (a symbol) into the container. */
struct registry_element {
	int32_t function; /* the function that contains the call */
	uint32_t call;	  /* index into facts->calls */
	int32_t object;
};

struct registry {
	int32_t symbol;	   /* the variable that is the container, or that contains it */
	int32_t field;	   /* the member of the variable that is the container; -1: none */
	char *name;	   /* the name of the container: "elv_list (block/elevator.c)" */
	bool is_array;	   /* the keys are numbers */
	int32_t key_field; /* the member of an object that is its key; -1: no such member */
	GArray *inserts;   /* struct registry_function */
	GArray *elements;  /* struct registry_element */
	GArray *lookups;   /* struct registry_function */
	GArray *accesses;  /* struct registry_access; only if @is_array */
	/*
	 * struct registry_access: loops over the elements of a container that is no registry,
	 * because no function looks an element up by a key. Then the insertions and the loops are
	 * about the content of the container as a whole. Else empty.
	 */
	GArray *walks;
	GArray *fills; /* struct registry_access: insertions of objects that are not known */
	/* What a call to an insert function, and to a look-up function, means. */
	struct model_entry *insertion;
	struct model_entry *lookup;
};

/*
 * Returns the registries of @program: GPtrArray of struct registry *, sorted by name. A container
 * counts if an object is inserted whose key is known, if a function looks an element up by a key,
 * and if @models (struct model *) say nothing about these functions. Free with
 * g_ptr_array_unref().
 */
GPtrArray *registries_find(const struct program *program, const GPtrArray *models);

#endif
