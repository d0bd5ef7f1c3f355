/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Code that rule files and model files share: functions that read and check values, and a function
 * that reads files and directories.
 *
 * Each schema_take_...() reads the value of the key @name into @target. Returns false on error. If
 * @target is a void *, the function has the type yaml_take, so that a table of keys can name the
 * function.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_SCHEMA_INTERNAL_H
#define INITLINT_RULES_ENGINE_FILES_SCHEMA_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/yaml_file.h"

/*
 * Reads an id: lower-case letters, digits and '-'. The id must be the file's name without .yaml.
 * @target is char **.
 */
bool schema_take_id(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		    GError **error);
/* Reads the name of a severity; @target is enum severity *. */
bool schema_take_severity(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);
/* Reads a kernel version; @target is char **. */
bool schema_take_version(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			 GError **error);
/* Reads one or more paths relative to the kernel tree, as in the database; @target is GStrv *. */
bool schema_take_tree_files(struct yaml_file *file, yaml_node_t *value, const char *name,
			    void *target, GError **error);
/* Reads one or more names of C functions; @target is GStrv *. */
bool schema_take_functions(struct yaml_file *file, yaml_node_t *value, const char *name,
			   void *target, GError **error);
/* Reads one or more names of C functions, or patterns with '*'; @target is GStrv *. */
bool schema_take_patterns(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);
/* Reads one of @words (NULL-terminated). Sets *@target to the index of this word in @words. */
bool schema_take_word(struct yaml_file *file, yaml_node_t *value, const char *name,
		      const char *const *words, unsigned int *target, GError **error);
/*
 * Returns false with @error set if version @until is before version @since. Returns true if one of
 * the two is NULL.
 */
bool schema_check_versions(struct yaml_file *file, const char *since, const char *until,
			   GError **error);

/* The first members of struct rule and struct model. */
struct schema_document {
	char *path;
	char *id;
};

struct schema_kind {
	const char *noun; /* for messages: "rule" */
	/* Returns a struct that begins as struct schema_document; NULL on error. */
	void *(*load)(const char *path, GError **error);
	GDestroyNotify free;
};

/*
 * Reads @paths (NULL-terminated). A path is a file, or a directory whose *.yaml files are read.
 * Returns the results of @kind->load for all files, sorted by id. Returns NULL if @kind->load fails
 * for a file, if a path cannot be read, if a directory has no *.yaml files, and if two documents
 * have the same id. Free with g_ptr_array_unref().
 */
GPtrArray *schema_load_all(const char *const *paths, const struct schema_kind *kind,
			   GError **error);

#endif
