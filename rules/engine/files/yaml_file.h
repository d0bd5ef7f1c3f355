/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads a YAML file and checks the file against a schema. A schema is a table of keys (struct
 * yaml_key) for each mapping in the file. If the content does not fit the schema, the functions
 * fail with INITLINT_ERROR_INPUT, and the message begins with "file:line:column: ". Functions that
 * return bool return false on error.
 *
 * Each yaml_take_...() reads @value, the value of the key @name, and stores the result in *@target.
 * @name also appears in messages.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_YAML_FILE_H
#define INITLINT_RULES_ENGINE_FILES_YAML_FILE_H

#include <stdbool.h>
#include <glib.h>
#include <yaml.h>

struct yaml_file;

/*
 * Reads the file @path. The file must hold exactly one YAML document. Returns NULL on error. Free
 * with yaml_file_free().
 */
struct yaml_file *yaml_file_load(const char *path, GError **error);
void yaml_file_free(struct yaml_file *file);
typedef struct yaml_file yaml_file; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(yaml_file, yaml_file_free)

/* The strings and nodes that the next three functions return belong to @file. */
const char *yaml_file_path(const struct yaml_file *file);
yaml_node_t *yaml_file_root(struct yaml_file *file);
/* Returns item @i of the list @sequence, from 0. Returns NULL if @sequence has at most @i items. */
yaml_node_t *yaml_file_item(struct yaml_file *file, yaml_node_t *sequence, size_t i);

/*
 * Reads @value, the value of the key @name, and stores the result in *@target. Returns false on
 * error. yaml_take_mapping() fills a struct, and calls the yaml_take of a key with a @target that
 * points to a member of this struct. @offset of struct yaml_key is the offset of this member.
 * yaml_take_list() calls a yaml_take for each item of a list. @value is then the item.
 */
typedef bool (*yaml_take)(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);

struct yaml_key {
	const char *name;
	bool required;
	size_t offset; /* offset of the member in the struct that the mapping fills */
	yaml_take take;
};

/*
 * Reads the mapping @node into the struct at @target. @name describes the mapping in messages. The
 * last element of @keys has a NULL @name. Fails if @node is not a mapping, if a key is unknown or
 * repeated, or if a required key is missing. After an error, some members of the struct may be set,
 * and the caller frees these members.
 */
bool yaml_take_mapping(struct yaml_file *file, yaml_node_t *node, const char *name,
		       const struct yaml_key *keys, void *target, GError **error);

/* Reads a string, which must not be empty. Removes blanks at both ends. @target is char **. */
bool yaml_take_string(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error);
/*
 * Reads a string, or a list of strings. The list must have at least one string, and must not have a
 * string twice. @target is GStrv *.
 */
bool yaml_take_strings(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		       GError **error);
/* Reads "true" or "false"; @target is bool *. */
bool yaml_take_bool(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		    GError **error);
/* Reads a whole number from 0 to 1000; @target is int *. */
bool yaml_take_number(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error);
/*
 * Reads a list of at least one item. Calls @take for each item, always with @target. So @take must
 * add to *@target, not overwrite *@target.
 */
bool yaml_take_list(struct yaml_file *file, yaml_node_t *value, const char *name, yaml_take take,
		    void *target, GError **error);

/*
 * Sets @error to a message: the file, line and column of @node, then the text from @format. Returns
 * false.
 */
bool yaml_fail(struct yaml_file *file, yaml_node_t *node, GError **error, const char *format, ...)
	G_GNUC_PRINTF(4, 5);
/* Returns the kind of @node for messages: "string", "list" or "mapping". */
const char *yaml_kind(const yaml_node_t *node);

#endif
