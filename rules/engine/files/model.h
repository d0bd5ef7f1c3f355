/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model tells what some functions of the kernel mean for the boot order: which calls set up a
 * resource, which calls need a resource, which calls run a callback at once. Models are YAML files
 * in rules/models/. docs/models.md describes every key. A model applies to each call of its
 * functions. The analysis follows parameters through wrappers.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_MODEL_H
#define INITLINT_RULES_ENGINE_FILES_MODEL_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/rule.h"

enum model_kind {
	MODEL_PROVIDES,	    /* the call sets up the resource that the argument names */
	MODEL_REQUIRES,	    /* the call needs the resource that the argument names */
	MODEL_CALLS,	    /* the call runs the function in the argument or its field; without
			     * argument: the functions in the field of all objects */
	MODEL_PROBES,	    /* the call runs the function in the argument, once a device exists */
	MODEL_INITIALISES,  /* the call initialises the variable that the argument points to */
	MODEL_OPTIONAL,	    /* the argument may be NULL: a feature is lost, nothing crashes */
	MODEL_STOPS,	    /* the code of the function does not matter for the order */
	MODEL_BOOT,	    /* the function runs before all initcalls */
	MODEL_RETRIES,	    /* the initcall is the first that retries deferred probes */
	MODEL_INITCALLS,    /* the initcall runs all functions in a field of some objects */
	MODEL_OUTSIDE_BOOT, /* no boot runs the functions in the fields or in the argument */
	N_MODEL_KINDS,
};

/* How resources of one kind are distinguished: by a property of the argument, or of its field. */
enum model_key {
	KEY_OBJECT, /* by the variable that the argument points to */
	KEY_STRING, /* by the string that the argument points to */
	KEY_NUMBER, /* by the value of the argument */
	KEY_NONE,   /* there is only one resource; an argument is only compared with "matching" */
};

struct model_entry {
	enum model_kind kind;
	/*
	 * NULL in requires: the entry is about each store to @field. NULL in stops and
	 * outside-boot: the entry selects functions in another way.
	 */
	GStrv functions;
	int argument;	/* number of the argument, from 0; -1: none */
	char *field;	/* "record.member" of what the argument points to; NULL: the argument */
	char *resource; /* provides, requires: the kind of resource, "bus" or "crypto" */
	enum model_key key;
	char *matching;		/* pattern for the name or text of the value; NULL: any value */
	bool parts;		/* the string may be composed of other strings: "hmac(sha256)" */
	bool after_all;		/* requires: all providers must have run, not only the first */
	enum severity severity; /* requires: of a call that runs before its provider */
	GStrv devices;		/* probes: functions that create the devices */
	char *name_field;	/* probes: field with the driver's name; NULL: none */
	char *made_as;		/* probes: kind of resource for devices with a name */
	GStrv tables;		/* probes: driver's tables; devices count if one is set */
	GStrv names;		/* initcalls: fields that lead from the object to its name */
	char *list;		/* initcalls: Kconfig symbol whose value lists the names */
	char *rank;		/* initcalls: field with a number: below 0 first, above 0 last */
	GStrv attributes;	/* stops: patterns for the attributes; NULL: none */
	GStrv fields;		/* outside-boot: patterns of "record.member"; NULL: none */
	char *parameter;	/* stops: type of a parameter; NULL: none */
	int depth;		/* stops: how many functions of such a chain the walk enters */
	bool retried;		/* calls: the function runs again if it returns -EPROBE_DEFER */
	unsigned int line;	/* place of the entry in the model's file */
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

/* The key of such a list in a model file: "provides". */
const char *model_kind_name(enum model_kind kind);

void model_entry_free(struct model_entry *entry);
void model_free(struct model *model);
typedef struct model model; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(model, model_free)

/*
 * Reads one model file. Fails (INITLINT_ERROR_INPUT, "file:line:column: ") as rule_load()
 * does, and on keys that exclude each other. Free with model_free().
 */
struct model *model_load(const char *path, GError **error);
/*
 * Reads models from @paths as rules_load() does. Returns struct model *, sorted by id. Fails also
 * if two entries say the same about the same function. Free with g_ptr_array_unref().
 */
GPtrArray *models_load(const char *const *paths, GError **error);

#endif
