// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include <string.h>

#include "db/error.h"

const char *severity_name(enum severity severity)
{
	static const char *const names[] = {
		[SEVERITY_NOTE] = "note",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_ERROR] = "error",
	};

	return names[severity];
}

static void side_clear(struct rule_side *side)
{
	g_strfreev(side->functions);
	g_strfreev(side->files);
	condition_free(side->config);
}

void rule_free(struct rule *rule)
{
	if (!rule)
		return;
	g_free(rule->path);
	g_free(rule->id);
	g_free(rule->title);
	side_clear(&rule->consumer);
	side_clear(&rule->provider);
	g_free(rule->resource);
	g_strfreev(rule->architectures);
	condition_free(rule->config);
	g_free(rule->since);
	g_free(rule->until);
	g_free(rule->why);
	g_free(rule->source.file);
	g_free(rule->source.lines);
	g_free(rule->source.version);
	g_free(rule->source.text);
	g_strfreev(rule->links);
	g_free(rule);
}

static bool load_file(const char *path, GPtrArray *rules, GError **error)
{
	struct rule *rule = rule_load(path, error);

	if (!rule)
		return false;
	for (unsigned int i = 0; i < rules->len; i++) {
		const struct rule *other = rules->pdata[i];

		if (strcmp(other->id, rule->id) != 0)
			continue;
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: rule '%s' is also in %s; each id may be used once", path, rule->id,
			    other->path);
		rule_free(rule);
		return false;
	}
	g_ptr_array_add(rules, rule);
	return true;
}

static bool load_directory(const char *path, GPtrArray *rules, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	unsigned int before = rules->len;
	const char *name;

	if (!dir) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: cannot read this directory of rules", path);
		return false;
	}
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *file = g_build_filename(path, name, NULL);

		if (g_str_has_suffix(name, ".yaml") && !load_file(file, rules, error))
			return false;
	}
	if (rules->len == before) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: no rule (*.yaml) in this directory", path);
		return false;
	}
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct rule *const *left = a;
	const struct rule *const *right = b;

	return strcmp((*left)->id, (*right)->id);
}

GPtrArray *rules_load(const char *const *paths, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func((GDestroyNotify)rule_free);

	for (; *paths; paths++) {
		bool ok = g_file_test(*paths, G_FILE_TEST_IS_DIR)
				  ? load_directory(*paths, rules, error)
				  : load_file(*paths, rules, error);

		if (!ok)
			return NULL;
	}
	g_ptr_array_sort(rules, by_id);
	return g_steal_pointer(&rules);
}
