/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A YAML file held to a schema: every mapping is read by a table of its keys, and what
 * does not fit is an INITLINT_ERROR_INPUT with "file:line:column: ".
 */
#ifndef INITLINT_RULES_ENGINE_FILES_YAML_FILE_H
#define INITLINT_RULES_ENGINE_FILES_YAML_FILE_H

#include <stdbool.h>
#include <glib.h>
#include <yaml.h>

struct yaml_file;

/* Reads @path, which must hold one document with something in it. */
struct yaml_file *yaml_file_load(const char *path, GError **error);
void yaml_file_free(struct yaml_file *file);
typedef struct yaml_file yaml_file; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(yaml_file, yaml_file_free)

const char *yaml_file_path(const struct yaml_file *file);
yaml_node_t *yaml_file_root(struct yaml_file *file);
/* Item @i of a sequence; NULL behind the last. */
yaml_node_t *yaml_file_item(struct yaml_file *file, yaml_node_t *sequence, size_t i);

/*
 * Reads the value of one key into @target, the field that the key's offset names.
 * @name is the key, for messages.
 */
typedef bool (*yaml_take)(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);

struct yaml_key {
	const char *name;
	bool required;
	size_t offset; /* of the field, in the struct that the mapping fills */
	yaml_take take;
};

/*
 * Reads mapping @node (@name is what it is, for messages) into the struct at @target.
 * @keys ends with a NULL name. Fails on what is no mapping and on unknown, repeated and
 * missing keys. On failure the struct is filled in part.
 */
bool yaml_take_mapping(struct yaml_file *file, yaml_node_t *node, const char *name,
		       const struct yaml_key *keys, void *target, GError **error);

/* A string that is not empty; @target is char **. */
bool yaml_take_string(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error);
/* A string, or a list of at least one, none twice; @target is GStrv *. */
bool yaml_take_strings(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		       GError **error);
/* "true" or "false"; @target is bool *. */
bool yaml_take_bool(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		    GError **error);
/* A whole number from 0 to 1000; @target is int *. */
bool yaml_take_number(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error);
/* A list of at least one, each of which @take reads into the same @target. */
bool yaml_take_list(struct yaml_file *file, yaml_node_t *value, const char *name, yaml_take take,
		    void *target, GError **error);

/* Sets @error with @node's place in front; returns false. */
bool yaml_fail(struct yaml_file *file, yaml_node_t *node, GError **error, const char *format, ...)
	G_GNUC_PRINTF(4, 5);
/* "string", "list" or "mapping". */
const char *yaml_kind(const yaml_node_t *node);

#endif
