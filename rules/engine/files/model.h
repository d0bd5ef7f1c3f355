/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel's functions mean to the boot order, as data: which calls set something
 * up, which need it, which run a callback at once. Models are YAML files in rules/models/;
 * docs/models.md describes every key. A function is meant wherever it is called, wrappers
 * included: the analysis follows parameters through them.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_MODEL_H
#define INITLINT_RULES_ENGINE_FILES_MODEL_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/rule.h"

enum model_kind {
	MODEL_PROVIDES,	    /* the call sets up the resource that the argument names */
	MODEL_REQUIRES,	    /* the call needs it */
	MODEL_CALLS,	    /* the call runs the function that the argument (or its field) is;
			    * without argument: all that are in the field of anything */
	MODEL_PROBES,	    /* the same, once a device is there: for each of devices the earliest */
	MODEL_INITIALISES,  /* the call makes the variable that the argument points to usable */
	MODEL_OPTIONAL,	    /* the argument may be NULL: something is lost, nothing crashes */
	MODEL_STOPS,	    /* what the function does is of no interest to the order */
	MODEL_BOOT,	    /* the function runs before all initcalls */
	MODEL_RETRIES,	    /* the initcall is the first to try deferred probes again */
	MODEL_INITCALLS,    /* the initcall runs all functions that are in a field of objects */
	MODEL_OUTSIDE_BOOT, /* what the fields, or the argument's field, hold runs in no boot */
	N_MODEL_KINDS,
};

/* What tells one resource of a kind from another. */
enum model_key {
	KEY_OBJECT, /* the variable that the argument, or its field, points to */
	KEY_STRING, /* the string that it points to */
	KEY_NUMBER, /* the number that it is */
	KEY_NONE,   /* there is just one; an argument only decides whether it matches */
};

struct model_entry {
	enum model_kind kind;
	GStrv functions; /* NULL: any place that stores the value in field; of stops: none */
	int argument;	 /* from 0; -1: none */
	char *field;	 /* "record.member" of what the argument points to; NULL: the argument */
	char *resource;	 /* of provides and requires: "bus", "crypto" */
	enum model_key key;
	char *matching; /* pattern: only where the value's name or text is such; NULL: any */
	bool parts;	/* the string may be made of others, as in "hmac(sha256)" */
	bool after_all; /* requires: all providers, not just the first, must have run */
	enum severity severity; /* requires: what it is to come too early */
	GStrv devices;		/* probes: functions that create the devices */
	char *name_field;	/* probes: of the driver, the name that a device has too; or NULL */
	char *made_as;		/* probes: the kind of resource that devices of a name are */
	GStrv tables;		/* probes: fields of the driver; devices count if one is set */
	GStrv names;		/* initcalls: fields that lead from the object to its name */
	char *list;		/* initcalls: symbol whose string has the names in their order */
	char *rank;		/* initcalls: field with a number: below 0 first, above 0 last */
	GStrv attributes;	/* stops: patterns of what functions have; NULL: none */
	GStrv fields;		/* outside-boot: patterns of "record.member"; NULL: none */
	char *parameter;	/* stops: type of a parameter; NULL: none */
	int depth;		/* stops: how many functions with it may hand it on */
	bool retried;		/* calls: the function runs again if it returns -EPROBE_DEFER */
	unsigned int line;	/* where the model's file says it */
	unsigned int column;
};

struct model {
	char *path;
	char *id;
	char *title;
	char *why;
	char *since; /* first and last kernel version; NULL: open */
	char *until;
	GStrv sources;	    /* kernel files that state it; NULL: not stated */
	GStrv links;	    /* NULL: none */
	GPtrArray *entries; /* struct model_entry * */
};

/* The key that the list has in a file: "provides". */
const char *model_kind_name(enum model_kind kind);

void model_entry_free(struct model_entry *entry);
void model_free(struct model *model);
typedef struct model model; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(model, model_free)

/*
 * Reads one model file. Fails (INITLINT_ERROR_INPUT, "file:line:column: ") as rule_load()
 * does, and on keys that make no sense together.
 */
struct model *model_load(const char *path, GError **error);
/* As rules_load(): struct model *, sorted by id. Fails also on what is said twice. */
GPtrArray *models_load(const char *const *paths, GError **error);

#endif
