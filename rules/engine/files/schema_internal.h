/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads keys that exist in rule files and also in model files. rule_load.c and model_load.c read
 * one file with the functions schema_take_...() and schema_check_versions(). rule.c and model.c
 * read many files with schema_load_all().
 *
 * Each schema_take_...() reads @value, the value of the key @name, and stores the result in
 * *@target. @name also appears in messages. If @value is not allowed, the function returns false
 * with @error set. Each schema_take_...() except schema_take_word() has the type yaml_take, and may
 * be the member @take of a struct yaml_key.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_SCHEMA_INTERNAL_H
#define INITLINT_RULES_ENGINE_FILES_SCHEMA_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/yaml_file.h"

/*
 * Reads an id of lower-case letters, digits and '-'. The id must not begin with '-', and must be
 * the name of the file without ".yaml". @target is char **.
 */
bool schema_take_id(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		    GError **error);
/* Reads the name of a severity; @target is enum severity *. */
bool schema_take_severity(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);
/* Reads a kernel version; @target is char **. */
bool schema_take_version(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			 GError **error);
/*
 * Reads one or more paths. Each path must be relative to the kernel tree, like the paths in the
 * database. @target is GStrv *.
 */
bool schema_take_tree_files(struct yaml_file *file, yaml_node_t *value, const char *name,
			    void *target, GError **error);
/* Reads one or more names of C functions; @target is GStrv *. */
bool schema_take_functions(struct yaml_file *file, yaml_node_t *value, const char *name,
			   void *target, GError **error);
/* Reads one or more names of C functions, or patterns with '*'; @target is GStrv *. */
bool schema_take_patterns(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);
/*
 * Reads one of the words in @words (NULL-terminated). Sets *@target to the index of this word in
 * @words, from 0.
 */
bool schema_take_word(struct yaml_file *file, yaml_node_t *value, const char *name,
		      const char *const *words, unsigned int *target, GError **error);
/*
 * Returns false with @error set if the version @until is before the version @since. Returns true if
 * @since or @until is NULL.
 */
bool schema_check_versions(struct yaml_file *file, const char *since, const char *until,
			   GError **error);

/* struct rule and struct model begin with these members. */
struct schema_document {
	char *path;
	char *id;
};

struct schema_kind {
	const char *noun; /* "rule" or "model", for messages */
	/*
	 * Reads the file @path. Returns a struct that begins with the members of struct
	 * schema_document. Returns NULL on error.
	 */
	void *(*load)(const char *path, GError **error);
	GDestroyNotify free; /* frees a result of load() */
};

/*
 * Reads @paths (NULL-terminated). A path is a file, or a directory. In a directory, all *.yaml
 * files are read. Returns an array with the results of @kind->load for all files, sorted by @id.
 * Free with g_ptr_array_unref(). Returns NULL if @kind->load fails for a file, if a path cannot be
 * read, if a directory has no *.yaml files, or if two results have the same @id.
 */
GPtrArray *schema_load_all(const char *const *paths, const struct schema_kind *kind,
			   GError **error);

/* True if @text can be the name of a function or a member in C. */
bool schema_is_name(const char *text);

#endif
