/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Code that rule files and model files share: functions that read values of a special form, and a
 * function that reads files and directories. The functions schema_take_...() with a @target of
 * type void * have the type yaml_take.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_SCHEMA_INTERNAL_H
#define INITLINT_RULES_ENGINE_FILES_SCHEMA_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/yaml_file.h"

/*
 * An id: the file's name without .yaml. It has lower-case letters, digits and '-'. @target is
 * char **.
 */
bool schema_take_id(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		    GError **error);
/* @target is enum severity *. */
bool schema_take_severity(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);
/* A kernel version; @target is char **. */
bool schema_take_version(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			 GError **error);
/* One or more paths relative to the kernel tree, as in the database; @target is GStrv *. */
bool schema_take_tree_files(struct yaml_file *file, yaml_node_t *value, const char *name,
			    void *target, GError **error);
/* One or more names of C functions; @target is GStrv *. */
bool schema_take_functions(struct yaml_file *file, yaml_node_t *value, const char *name,
			   void *target, GError **error);
/* One or more names of C functions, or patterns with '*'; @target is GStrv *. */
bool schema_take_patterns(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);
/* One of @words (NULL-terminated). Sets @target to the index of the word. */
bool schema_take_word(struct yaml_file *file, yaml_node_t *value, const char *name,
		      const char *const *words, unsigned int *target, GError **error);
/* Fails if version @until is before version @since. Either may be NULL. */
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
 * Returns the documents, sorted by id. Fails as @kind->load does, on a path that cannot be read,
 * on a directory without *.yaml files, and on two documents with the same id. Free with
 * g_ptr_array_unref().
 */
GPtrArray *schema_load_all(const char *const *paths, const struct schema_kind *kind,
			   GError **error);

#endif
