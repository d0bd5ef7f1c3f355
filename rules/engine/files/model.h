/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model tells what calls to some kernel functions mean for the boot order. Examples: the call
 * sets up a resource, the call needs a resource, the call runs a callback at once. A resource is
 * something that one part of the boot sets up and another part needs, such as a bus. A model also
 * applies if a wrapper passes its own parameter on to such a function.
 *
 * Models are YAML files in rules/models/. docs/models.md describes every key.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_MODEL_H
#define INITLINT_RULES_ENGINE_FILES_MODEL_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/rule.h"

/*
 * In the comments below, "the call" is a call to one of the functions of a model entry. "The
 * argument" is the argument of the call that the entry selects. "The field" is the member @field of
 * the object to which the argument points. "The value" is the field if @field is set, else the
 * argument.
 */
enum model_kind {
	MODEL_PROVIDES, /* the call sets up the resource that the value names */
	MODEL_REQUIRES, /* the call needs the resource that the value names */
	/*
	 * With an argument: the call runs the function in the value. Without an argument: the call
	 * runs all functions that any object has in @field.
	 */
	MODEL_CALLS,
	MODEL_PROBES,	   /* the function in the value runs when a device exists, not before */
	MODEL_INITIALISES, /* the call initialises the variable to which the value points */
	MODEL_OPTIONAL,	   /* the value may be NULL: a feature is lost, nothing crashes */
	MODEL_STOPS,	   /* the code of the function does not matter for the order */
	MODEL_BOOT,	   /* the function runs before all initcalls */
	MODEL_RETRIES,	   /* the function is the first initcall that retries deferred probes */
	/*
	 * The function is an initcall of a framework. This initcall runs the functions that static
	 * objects have in @field.
	 */
	MODEL_INITCALLS,
	/* The boot does not run functions in one of @fields, or in the field of the argument. */
	MODEL_OUTSIDE_BOOT,
	N_MODEL_KINDS,
};

/* What distinguishes two resources of the same kind. */
enum model_key {
	KEY_OBJECT, /* the variable to which the value points */
	KEY_STRING, /* the string to which the value points */
	KEY_NUMBER, /* the number that the value is */
	KEY_NONE,   /* nothing: there is only one resource; the value is used only with @matching */
};

/*
 * One entry of a list in a model file. If the comment of a member begins with kinds such as
 * "requires:", only entries of these kinds use the member.
 */
struct model_entry {
	enum model_kind kind;
	/*
	 * The functions that the entry is about. NULL is possible in three kinds. requires: the
	 * entry is about each store to @field. stops: @attributes or @parameter select the
	 * functions. outside-boot: @fields select the functions.
	 */
	GStrv functions;
	int argument;	/* number of the argument, from 0; -1: none */
	char *field;	/* "record.member"; NULL: none */
	char *resource; /* provides, requires: the kind of resource, "bus" or "crypto" */
	enum model_key key;
	/*
	 * provides, requires: a pattern. The entry applies only if the text of the value matches.
	 * If the value has no text, its name must match. NULL: the entry applies to any value.
	 */
	char *matching;
	bool parts;	/* requires: the string may be composed of other strings: "hmac(sha256)" */
	bool after_all; /* requires: all providers must run before the call, not only the first */
	enum severity severity; /* requires: severity of a call that runs before its provider */
	GStrv devices;		/* probes: functions that create the devices */
	char *name_field;	/* probes: field with the driver's name; NULL: none */
	/*
	 * probes, with @name_field: a device may be created with the driver's name. Such a device
	 * is a resource of this kind. NULL: none.
	 */
	char *made_as;
	/*
	 * probes, with @name_field: fields of the driver, such as device_driver.of_match_table. If
	 * built-in code creates a device with the driver's name, @devices count only if one of
	 * these fields is set.
	 */
	GStrv tables;
	GStrv names; /* initcalls: fields that lead from the object to its name; NULL: none */
	char *list;  /* initcalls: Kconfig symbol that lists the names in order; NULL: none */
	/*
	 * initcalls: field with a number. A function of an object with a number below 0 runs before
	 * the functions in @list. With a number above 0 it runs after the functions in @list.
	 */
	char *rank;
	GStrv attributes; /* stops: patterns for a function's attributes; NULL: none */
	GStrv fields;	  /* outside-boot: patterns for "record.member"; NULL: none */
	char *parameter;  /* stops: the functions with a parameter of this type; NULL: none */
	/*
	 * stops, with @parameter: functions with such a parameter may call each other in a chain.
	 * The analysis looks only into the first @depth functions of the chain.
	 */
	int depth;
	bool retried;	   /* calls: the function runs again if it returns -EPROBE_DEFER */
	unsigned int line; /* place of the entry in the model's file */
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
 * Returns the name of @kind, such as "provides". A model file has the entries of each kind in a
 * list with this name.
 */
const char *model_kind_name(enum model_kind kind);

void model_entry_free(struct model_entry *entry);
void model_free(struct model *model);
typedef struct model model; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(model, model_free)

/*
 * Reads one model file. Returns NULL with INITLINT_ERROR_INPUT ("file:line:column: ...") for the
 * reasons for which rule_load() fails, and if an entry has keys that exclude each other. Free with
 * model_free().
 */
struct model *model_load(const char *path, GError **error);
/*
 * Reads models from @paths. rules_load() explains @paths. Returns an array of struct model *,
 * sorted by id. Returns NULL for the reasons for which rules_load() fails, and if two entries have
 * the same kind, function, argument, field and resource. Free with g_ptr_array_unref().
 */
GPtrArray *models_load(const char *const *paths, GError **error);

#endif
