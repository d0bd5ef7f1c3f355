/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A declared rule: one initcall (the consumer) must run after another (the provider).
 * Rules are data, one YAML file each; docs/rules.md describes every key.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_RULE_H
#define INITLINT_RULES_ENGINE_FILES_RULE_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/condition.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

const char *severity_name(enum severity severity);

/*
 * One side of a rule: any initcall with one of these names in one of these files. With
 * anywhere, any function of that name (and, if files are named, in one of them), wherever
 * the code of an initcall reaches it.
 */
struct rule_side {
	GStrv functions;
	GStrv files; /* NULL: any; only with anywhere */
	bool anywhere;
	GStrv within;		  /* only of these initcalls, or their probes; NULL: any */
	struct condition *config; /* what the initcall is built under; NULL: not stated */
};

struct rule_source {
	char *file;    /* kernel file, or the patch or mail it comes from */
	char *lines;   /* "270", "250-270"; NULL: not stated */
	char *version; /* of the kernel that file and lines are of; NULL: not stated */
	char *text;    /* what it says, quoted */
};

struct rule {
	char *path; /* of the rule file */
	char *id;
	char *title;
	enum severity severity;
	struct rule_side consumer;
	struct rule_side provider;
	char *resource;		  /* what the provider sets up; NULL: not stated */
	GStrv architectures;	  /* directories under arch/; NULL: all */
	struct condition *config; /* NULL: any configuration */
	char *since;		  /* first and last kernel version; NULL: open */
	char *until;
	char *why;
	struct rule_source source;
	GStrv links; /* NULL: none */
};

void rule_free(struct rule *rule);
typedef struct rule rule; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(rule, rule_free)

/*
 * Reads one rule file. Fails (INITLINT_ERROR_INPUT, "file:line:column: ") on anything
 * that is no rule: bad YAML, an unknown, missing or repeated key, a value of the wrong
 * type, an empty list, an id that is not the file's name.
 */
struct rule *rule_load(const char *path, GError **error);

/*
 * Reads rules from @paths (NULL-terminated): files, or directories of which every
 * *.yaml is taken. Returns struct rule *, sorted by id. Fails as rule_load() does, on a
 * path that cannot be read, on a directory without rules and on two rules of one id.
 */
GPtrArray *rules_load(const char *const *paths, GError **error);

#endif
