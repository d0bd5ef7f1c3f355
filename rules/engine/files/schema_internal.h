/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What rule files and model files have in common: values with a form of their own (each is
 * a yaml_take), and how files and directories of them are read.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_SCHEMA_INTERNAL_H
#define INITLINT_RULES_ENGINE_FILES_SCHEMA_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/yaml_file.h"

/* The file's name without .yaml, of lower-case letters, digits and '-'; @target is char **. */
bool schema_take_id(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		    GError **error);
/* @target is enum severity *. */
bool schema_take_severity(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);
/* A kernel version; @target is char **. */
bool schema_take_version(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			 GError **error);
/* One or more paths inside the kernel tree, spelt as the database does; @target is GStrv *. */
bool schema_take_tree_files(struct yaml_file *file, yaml_node_t *value, const char *name,
			    void *target, GError **error);
/* One or more names of C functions; @target is GStrv *. */
bool schema_take_functions(struct yaml_file *file, yaml_node_t *value, const char *name,
			   void *target, GError **error);
/* The same, each of which may be a pattern: '*' is any part of a name. */
bool schema_take_patterns(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error);
/* One of @words (NULL-terminated) as its index into @target, an unsigned int. */
bool schema_take_word(struct yaml_file *file, yaml_node_t *value, const char *name,
		      const char *const *words, unsigned int *target, GError **error);
/* Fails on a range of versions (NULL: open) that ends before it starts. */
bool schema_check_versions(struct yaml_file *file, const char *since, const char *until,
			   GError **error);

/* How every struct that a file is read into starts. */
struct schema_document {
	char *path;
	char *id;
};

struct schema_kind {
	const char *noun; /* "rule" */
	void *(*load)(const char *path, GError **error);
	GDestroyNotify free;
};

/*
 * Reads @paths (NULL-terminated): files, or directories of which every *.yaml is taken.
 * Returns them sorted by id. Fails as @kind's load does, on a path that cannot be read, on
 * a directory without any and on two of one id.
 */
GPtrArray *schema_load_all(const char *const *paths, const struct schema_kind *kind,
			   GError **error);

#endif
