/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model tells what calls to some kernel functions mean for the boot order. Examples: the call
 * sets up a resource, the call needs a resource, the call runs a callback at once. A resource is
 * something that one part of the boot sets up and another part needs, such as a bus. A wrapper is a
 * function that passes its own parameter on to one of these kernel functions. A model also applies
 * to calls to a wrapper.
 *
 * Models are YAML files in rules/models/. docs/models.md describes every key.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_MODEL_H
#define INITLINT_RULES_ENGINE_FILES_MODEL_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/rule.h"

/*
 * In the comments below, "the function" is one of the functions that a model entry names. "The
 * call" is a call to the function. "The argument" is the argument of the call that the entry
 * selects. "The field" is the member @field of the object to which the argument points. "The value"
 * is the field if @field is set, else the argument. @field, @fields and @matching are members of
 * struct model_entry.
 */
enum model_kind {
	MODEL_PROVIDES, /* the call sets up the resource that the value names */
	MODEL_REQUIRES, /* the call needs the resource that the value names */
	/*
	 * If the entry has an argument: the call runs the function in the value. If the entry has
	 * no argument: the call runs all functions that any object has in @field.
	 */
	MODEL_CALLS,
	MODEL_PROBES,	   /* the function in the value runs when a device exists, not before */
	MODEL_INITIALISES, /* the call initialises the variable to which the value points */
	MODEL_OPTIONAL,	   /* the value may be NULL: then a feature is lost, but nothing crashes */
	MODEL_STOPS,	   /* the code of the function does not matter for the order */
	MODEL_BOOT,	   /* the function runs before all initcalls */
	MODEL_RETRIES,	   /* the function is the first initcall that retries deferred probes */
	/*
	 * The function is an initcall of a framework (kernel code that runs functions from one
	 * initcall). The initcall runs the functions that static objects have in @field.
	 */
	MODEL_INITCALLS,
	/*
	 * The boot does not run a function that is stored in one of @fields, or in the field of the
	 * argument.
	 */
	MODEL_OUTSIDE_BOOT,
	N_MODEL_KINDS,
};

/* What distinguishes two resources of the same kind. */
enum model_key {
	KEY_OBJECT, /* the variable to which the value points */
	KEY_STRING, /* the string to which the value points */
	KEY_NUMBER, /* the value, which is a number */
	KEY_NONE,   /* nothing: there is one resource of this kind; only @matching uses the value */
};

/*
 * One entry of a list in a model file. If the comment of a member begins with kinds such as
 * "requires:", only entries of these kinds use the member.
 */
struct model_entry {
	enum model_kind kind;
	/*
	 * The functions that the entry is about. NULL is possible for three kinds. A "requires"
	 * entry without functions is about each store to @field. In a "stops" entry without
	 * functions, @attributes or @parameter selects the functions. In an "outside-boot" entry
	 * without functions, @fields selects the functions.
	 */
	GStrv functions;
	int argument;	/* number of the argument, from 0; -1: none */
	char *field;	/* "record.member"; NULL: none */
	char *resource; /* provides, requires: the kind of resource, such as "bus" */
	enum model_key key;
	/*
	 * provides, requires: a pattern for the value, such as "hmac*". The entry applies only if
	 * the pattern matches. If the value is a string, the pattern must match the string. If the
	 * value is a variable whose static initialiser contains strings, the pattern must match the
	 * first string. If the value is a variable without strings, or a function, the pattern must
	 * match the name of the variable or function. NULL: the entry applies to any value.
	 */
	char *matching;
	/*
	 * requires: the string may name several resources. "hmac(sha256)" names "hmac(sha256)",
	 * "hmac" and "sha256".
	 */
	bool parts;
	bool after_all; /* requires: all providers must run before the call, not only the first */
	enum severity severity; /* requires: severity of a call that runs before its provider */
	GStrv devices;		/* probes: functions that create the devices */
	char *name_field;	/* probes: field with the driver's name; NULL: none */
	/*
	 * probes, with @name_field: a device that is created with the driver's name is a resource.
	 * @made_as is the kind of this resource. NULL: no @name_field.
	 */
	char *made_as;
	/*
	 * probes, with @name_field: fields of the driver, such as device_driver.of_match_table. If
	 * built-in code creates a device with the driver's name, the functions in @devices count
	 * only if the driver sets one of the fields in @tables. NULL: none.
	 */
	GStrv tables;
	GStrv names; /* initcalls: fields that lead from the object to its name; NULL: none */
	char *list;  /* initcalls: Kconfig symbol that lists the names in order; NULL: none */
	/*
	 * initcalls: field of the object, with a number. If the number is below 0, the function of
	 * the object runs before the functions that @list orders. If the number is above 0, the
	 * function of the object runs after the functions that @list orders. NULL: none.
	 */
	char *rank;
	GStrv attributes; /* stops: patterns for a function's attributes; NULL: none */
	GStrv fields;	  /* outside-boot: patterns for "record.member"; NULL: none */
	/*
	 * stops: a type. The entry is about the functions with a parameter of this type. NULL:
	 * none.
	 */
	char *parameter;
	/*
	 * stops, with @parameter: functions with a parameter of the type @parameter may call each
	 * other in a chain. The analysis looks only into the first @depth functions of the chain.
	 */
	int depth;
	bool retried; /* calls: the function in the value runs again if it returns -EPROBE_DEFER */
	unsigned int line; /* line and column of the entry in the model's file */
	unsigned int column;
};

struct model {
	char *path;
	char *id;
	char *title;
	char *why;
	char *since;	    /* first kernel version; NULL: any */
	char *until;	    /* last kernel version; NULL: any */
	GStrv sources;	    /* kernel files that show the behaviour; NULL: none given */
	GStrv links;	    /* NULL: none */
	GPtrArray *entries; /* struct model_entry * */
};

/*
 * Returns the name of @kind, such as "provides". In a model file, this name is the key of the list
 * with all entries of @kind.
 */
const char *model_kind_name(enum model_kind kind);

void model_entry_free(struct model_entry *entry);
void model_free(struct model *model);
typedef struct model model; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(model, model_free)

/*
 * Reads one model file. Returns NULL on error, with INITLINT_ERROR_INPUT and a message
 * "file:line:column: ...". Errors are: the file is not valid YAML, a key is unknown, missing or
 * repeated, a value has the wrong type, a list is empty, the id is not the name of the file without
 * ".yaml", two keys of an entry exclude each other, or the model has no entry. Free with
 * model_free().
 */
struct model *model_load(const char *path, GError **error);
/*
 * Reads models from @paths (NULL-terminated). A path is a file, or a directory. In a directory, all
 * *.yaml files are read. Returns an array of struct model *, sorted by id. Returns NULL if
 * model_load() fails for a file, if a path cannot be read, if a directory has no *.yaml files, if
 * two models have the same id, or if two entries have equal kinds, functions, arguments, fields and
 * resources. Free with g_ptr_array_unref().
 */
GPtrArray *models_load(const char *const *paths, GError **error);

#endif
