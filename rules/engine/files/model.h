/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model describes some kernel functions. It says how a call to such a function affects the boot
 * order. Examples: the call sets up a resource, needs a resource, or runs a callback. A resource is
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
 * The comments of enum model_kind and enum model_key describe one entry of a model (struct
 * model_entry). They use these words:
 *
 * The function: a kernel function that the entry names in @functions.
 * The call: a call to this function.
 * The argument: argument number @argument of the call.
 * The value: the argument itself, if the entry has no @field. If the entry has a @field, the
 * argument points to an object, and the value is the content of the member @field of this object.
 */
enum model_kind {
	MODEL_PROVIDES, /* the call sets up the resource that the value names */
	MODEL_REQUIRES, /* the call needs the resource that the value names */
	/*
	 * If @argument is set: the call runs the function in the value. If @argument is -1: the
	 * call runs each function that the kernel stores in @field of some object.
	 */
	MODEL_CALLS,
	MODEL_PROBES,	   /* the function in the value runs when a device exists, not before */
	MODEL_INITIALISES, /* the call initialises the variable to which the value points */
	MODEL_OPTIONAL,	   /* the value may be NULL: then a feature is lost, but nothing crashes */
	/*
	 * The code of the function does not matter for the order. But if the entry selects
	 * functions by their @parameter, the code of some of these functions does matter. The
	 * comment of @depth says which functions.
	 */
	MODEL_STOPS,
	MODEL_BOOT,    /* the function runs before all initcalls */
	MODEL_RETRIES, /* the function is the first initcall that retries deferred probes */
	/*
	 * The function is an initcall that calls other functions: each function that a static
	 * object has in the member @field. For example, security_initcall_late() calls one function
	 * of each security module (see rules/engine/context/frameworks.h).
	 */
	MODEL_INITCALLS,
	/*
	 * The boot does not run the function in the value. If the entry has @fields, the boot does
	 * not run any function that the kernel stores in a member that @fields matches.
	 */
	MODEL_OUTSIDE_BOOT,
	/*
	 * The node of a device in the device tree has properties that match @properties. These
	 * properties refer to other devices, the suppliers. The device waits until all suppliers
	 * have drivers.
	 */
	MODEL_SUPPLIERS,
	/*
	 * A member that @fields matches points to a variable. Only user space changes the variable
	 * through this pointer, and only after the boot.
	 */
	MODEL_USER_SPACE,
	/*
	 * The tables of some drivers have entries of the type struct @record. Such an entry names a
	 * device by numbers. @modalias tells how the kernel writes the modalias of the device.
	 */
	MODEL_DEVICE_IDS,
	/* The call puts the object in the argument into the container in argument @container. */
	MODEL_INSERTS,
	/* The call searches the container in argument @container. */
	MODEL_FINDS,
	/* The call compares two strings. One of them may be the argument. */
	MODEL_COMPARES,
	/*
	 * During the boot, the variable @variable is the only object that has the members that
	 * @fields matches.
	 */
	MODEL_ONLY,
	MODEL_BOUND,   /* a member that @fields matches has the driver of a device; 0: no driver */
	MODEL_SHOWS,   /* the call makes @shows, which users see */
	MODEL_SYMBOLS, /* the call returns the function whose name is the string in the argument */
	N_MODEL_KINDS,
};

/* What distinguishes two resources of one kind, such as two buses. */
enum model_key {
	KEY_OBJECT, /* the variable to which the value points */
	KEY_STRING, /* the string to which the value points */
	KEY_NUMBER, /* the value, which is a number */
	KEY_NONE,   /* nothing: there is one resource of this kind; only @matching uses the value */
};

/*
 * One entry of a list in a model file. If the comment of a member begins with "Only MODEL_...:",
 * only entries of these kinds use the member.
 */
struct model_entry {
	enum model_kind kind;
	/*
	 * The functions that the entry is about. NULL is possible for six kinds. A "requires" entry
	 * without functions is about each store to @field. In a "stops" entry without functions,
	 * @attributes or @parameter selects the functions. In an "outside-boot" entry without
	 * functions, @fields selects the functions. Entries of the kinds "suppliers", "user-space"
	 * and "device-ids" never have functions.
	 */
	GStrv functions;
	int argument; /* number of the argument, from 0; -1: the entry names no argument */
	char *field;  /* "record.member"; NULL: the entry names no field */
	/*
	 * Only MODEL_PROVIDES and MODEL_REQUIRES: the kind of the resource that the call sets up or
	 * needs, such as "bus".
	 */
	char *resource;
	enum model_key key;
	/*
	 * Only MODEL_PROVIDES and MODEL_REQUIRES: a pattern for the value, such as "hmac*". The
	 * entry applies only if the pattern matches. If the value is a string, the pattern must
	 * match the string. If the value is a variable whose static initialiser contains strings,
	 * the pattern must match the first string. If the value is a variable without strings, or a
	 * function, the pattern must match the name of the variable or function. NULL: the entry
	 * applies to any value.
	 */
	char *matching;
	/*
	 * Only MODEL_REQUIRES: true if the string may name several resources. For example,
	 * "hmac(sha256)" names "hmac(sha256)", "hmac" and "sha256".
	 */
	bool parts;
	/*
	 * Only MODEL_REQUIRES: several initcalls may set up the resource. True: all these initcalls
	 * must run before the call. False: only the first of these initcalls must run before the
	 * call.
	 */
	bool after_all;
	/*
	 * Only MODEL_REQUIRES: the severity of a finding in which the call runs before the resource
	 * is set up.
	 */
	enum severity severity;
	/*
	 * Only MODEL_REQUIRES: a noun for the device that the code looks for, such as "a PCI device
	 * that the code looks for". The finding is only about machines that have the device. NULL:
	 * the code looks for no device.
	 */
	char *device;
	/*
	 * Only MODEL_PROBES: functions that create devices. The probe runs only after one of these
	 * functions has created a device. If the entry has a @name_field, initlint ignores @devices
	 * for some drivers. The comment of @tables says for which drivers.
	 */
	GStrv devices;
	/*
	 * Only MODEL_PROBES: the field that contains the driver's name. NULL: the entry names no
	 * such field.
	 */
	char *name_field;
	/*
	 * Only MODEL_PROBES with @name_field: a device with the driver's name is a resource. The
	 * code that creates the device sets up this resource. @made_as is the kind of resource,
	 * such as "platform-device". NULL: no @name_field.
	 */
	char *made_as;
	/*
	 * Only MODEL_PROBES with @name_field: fields of the driver, such as
	 * device_driver.of_match_table. Each field points to a match table. A match table lists
	 * devices that the driver supports and that firmware describes. The functions in @devices
	 * create the devices that firmware describes. A driver that sets none of these fields has
	 * no match table, so the driver does not support these devices. If initlint also finds code
	 * that creates a device with the driver's name, initlint ignores @devices for this driver.
	 * NULL: no driver has a match table.
	 */
	GStrv tables;
	/*
	 * Only MODEL_INITCALLS: fields that lead from an object to the name of the object. NULL:
	 * the entry names no such fields.
	 */
	GStrv names;
	/*
	 * Only MODEL_INITCALLS: a Kconfig symbol. Its value lists the names of the objects, in the
	 * order in which the functions of the objects run. NULL: the entry names no such symbol.
	 */
	char *list;
	/*
	 * Only MODEL_INITCALLS: the field that contains the rank of an object. The rank is a
	 * number. Objects with a rank below 0 come before the objects with rank 0, and objects with
	 * a rank above 0 come after the objects with rank 0. The functions of the objects run in
	 * this order. NULL: all objects have rank 0.
	 */
	char *rank;
	/*
	 * Only MODEL_STOPS: patterns for function_fact.attributes, such as "*section=.sched.text*".
	 * The entry selects all functions for which a pattern matches the whole list of attributes.
	 * NULL: the entry does not select functions by attributes.
	 */
	GStrv attributes;
	/*
	 * Only MODEL_OUTSIDE_BOOT and MODEL_USER_SPACE: patterns for members, spelt
	 * "record.member". NULL: the entry has no such patterns.
	 */
	GStrv fields;
	/*
	 * Only MODEL_STOPS: a type. The entry selects all functions that have a parameter of this
	 * type. NULL: the entry does not select functions by a parameter.
	 */
	char *parameter;
	/*
	 * Only MODEL_STOPS with @parameter: a number from 1. The selected functions may call each
	 * other in a chain. The code of the first @depth functions of the chain matters for the
	 * order. The code of the later functions of the chain does not matter. 0: there is no
	 * @parameter.
	 */
	int depth;
	char *record; /* Only MODEL_DEVICE_IDS: the tag of a struct, such as "pci_device_id" */
	/*
	 * Only MODEL_DEVICE_IDS: a text with fields of @record in braces (device_id.h), such as
	 * "virtio:d{device 8}v{vendor 8}"
	 */
	char *modalias;
	/* MODEL_INSERTS and MODEL_FINDS: number of the container's argument, from 0; else -1. */
	int container;
	/*
	 * MODEL_PROVIDES and MODEL_REQUIRES: the registry into which the function inserts the object
	 * in the argument, or in which the function looks up the value. Only entries that initlint
	 * itself makes have a registry (rules/engine/registry/registry.h). NULL: no registry.
	 */
	char *registry;
	char *shows;	/* Only MODEL_SHOWS: a noun, such as "files in sysfs" */
	char *variable; /* Only MODEL_ONLY: the name of an external variable */
	/* Only MODEL_SUPPLIERS: patterns for names of properties, such as "*-supply" */
	GStrv properties;
	/*
	 * Only MODEL_SUPPLIERS: a property of the supplier's node, such as "#clock-cells". The
	 * value of this property is the number of cells that follow each reference to the supplier.
	 * NULL: no cells follow.
	 */
	char *cells;
	/*
	 * Only MODEL_CALLS: true if the kernel calls the function in the value again after
	 * -EPROBE_DEFER.
	 */
	bool retried;
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
	GStrv sources;	    /* kernel files that show that the model is right; NULL: none */
	GStrv links;	    /* URLs; NULL: none */
	GPtrArray *entries; /* struct model_entry * */
};

/*
 * Returns the name of @kind, such as "provides". In a model file, the list of the entries of @kind
 * has this name as its key.
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
 * *.yaml files are read. Returns an array of struct model *, sorted by id. Free with
 * g_ptr_array_unref(). Returns NULL if model_load() fails for a file, if a path cannot be read, if
 * a directory has no *.yaml files, or if two models have the same id. Also returns NULL if two
 * entries have the same kind, argument, field and resource, and a function is in both entries.
 */
GPtrArray *models_load(const char *const *paths, GError **error);
/*
 * Returns the entries of @kind in @models (struct model *): const struct model_entry *, in the order
 * of the models. The entries belong to the models. Free with g_ptr_array_unref().
 */
GPtrArray *models_entries(const GPtrArray *models, enum model_kind kind);

#endif
