/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads a YAML file by a schema: a table of keys for each mapping. Content that does not fit the
 * schema is an INITLINT_ERROR_INPUT with "file:line:column: ".
 */
#ifndef INITLINT_RULES_ENGINE_FILES_YAML_FILE_H
#define INITLINT_RULES_ENGINE_FILES_YAML_FILE_H

#include <stdbool.h>
#include <glib.h>
#include <yaml.h>

struct yaml_file;

/* Reads @path, which must hold exactly one document. NULL on error. Free with yaml_file_free(). */
struct yaml_file *yaml_file_load(const char *path, GError **error);
void yaml_file_free(struct yaml_file *file);
typedef struct yaml_file yaml_file; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(yaml_file, yaml_file_free)

/* The strings and nodes that these functions return belong to @file. */
const char *yaml_file_path(const struct yaml_file *file);
yaml_node_t *yaml_file_root(struct yaml_file *file);
/* Item @i of @sequence; NULL if @sequence has no such item. */
yaml_node_t *yaml_file_item(struct yaml_file *file, yaml_node_t *sequence, size_t i);

/*
 * Reads the value of a key into @target, the member at the key's offset. @name is the key, for
 * messages. Returns false on error.
 */
typedef bool (*yaml_take)(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);

struct yaml_key {
	const char *name;
	bool required;
	size_t offset; /* of the member in the struct that the mapping fills */
	yaml_take take;
};

/*
 * Reads the mapping @node into the struct at @target. @name describes the mapping in messages.
 * @keys ends with a NULL name. Fails if @node is not a mapping, and on unknown, repeated and
 * missing keys. After an error some members of the struct may be set.
 */
bool yaml_take_mapping(struct yaml_file *file, yaml_node_t *node, const char *name,
		       const struct yaml_key *keys, void *target, GError **error);

/* A string that is not empty; @target is char **. Blanks at both ends are removed. */
bool yaml_take_string(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error);
/* A string, or a list of at least one string without repetitions; @target is GStrv *. */
bool yaml_take_strings(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		       GError **error);
/* "true" or "false"; @target is bool *. */
bool yaml_take_bool(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		    GError **error);
/* A whole number from 0 to 1000; @target is int *. */
bool yaml_take_number(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error);
/* A list of at least one item. @take reads each item into the same @target. */
bool yaml_take_list(struct yaml_file *file, yaml_node_t *value, const char *name, yaml_take take,
		    void *target, GError **error);

/* Sets @error to the text, with the file, line and column of @node in front. Returns false. */
bool yaml_fail(struct yaml_file *file, yaml_node_t *node, GError **error, const char *format, ...)
	G_GNUC_PRINTF(4, 5);
/* The kind of @node for messages: "string", "list" or "mapping". */
const char *yaml_kind(const yaml_node_t *node);

#endif
