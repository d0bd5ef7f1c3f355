/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A declared rule: one initcall (the consumer) must run after another initcall (the provider). Each
 * rule is a YAML file. docs/rules.md describes every key.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_RULE_H
#define INITLINT_RULES_ENGINE_FILES_RULE_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/condition.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

const char *severity_name(enum severity severity);

/*
 * One side of a rule, the consumer or the provider. If @anywhere is false, the side is each
 * initcall whose name is in @functions and whose file is in @files. If @anywhere is true, the side
 * is each initcall or probe whose code reaches a function in @functions. @files may be NULL only if
 * @anywhere is true.
 */
struct rule_side {
	GStrv functions;
	GStrv files; /* files that define @functions; NULL: any file */
	bool anywhere;
	/*
	 * If @anywhere is true: only these initcalls, and the probes that these initcalls register,
	 * belong to the side. NULL: all initcalls and probes that reach a function in @functions.
	 */
	GStrv within;
	struct condition *config; /* condition under which @functions are built; NULL: not stated */
};

struct rule_source {
	char *file;    /* the kernel file, patch or mail that states the dependency */
	char *lines;   /* lines of @file, "270" or "250-270"; NULL: not stated */
	char *version; /* the kernel version to which @file and @lines refer; NULL: not stated */
	char *text;    /* quotation from @file */
};

struct rule {
	char *path; /* the rule file */
	char *id;
	char *title;
	enum severity severity;
	struct rule_side consumer;
	struct rule_side provider;
	char *resource;		  /* what the provider sets up; NULL: not stated */
	GStrv architectures;	  /* directories under arch/; NULL: all architectures */
	struct condition *config; /* NULL: any configuration */
	char *since;		  /* first kernel version; NULL: any */
	char *until;		  /* last kernel version; NULL: any */
	char *why;
	struct rule_source source;
	GStrv links; /* URLs; NULL: none */
};

void rule_free(struct rule *rule);
typedef struct rule rule; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(rule, rule_free)

/*
 * Reads one rule file. Returns NULL on error, with INITLINT_ERROR_INPUT and a message
 * "file:line:column: ...". Errors are: the file is not valid YAML, a key is unknown, missing or
 * repeated, a value has the wrong type, a list is empty, or the id is not the name of the file
 * without ".yaml". Free with rule_free().
 */
struct rule *rule_load(const char *path, GError **error);

/*
 * Reads rules from @paths (NULL-terminated). A path is a file, or a directory. In a directory, all
 * *.yaml files are read. Returns an array of struct rule *, sorted by id. Returns NULL if
 * rule_load() fails for a file, if a path cannot be read, if a directory has no *.yaml files, or if
 * two rules have the same id. Free with g_ptr_array_unref().
 */
GPtrArray *rules_load(const char *const *paths, GError **error);

#endif
