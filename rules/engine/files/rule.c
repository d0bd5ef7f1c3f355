// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/files/rule.h"

#include "rules/engine/files/schema_internal.h"

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
	g_strfreev(side->within);
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

static void *load(const char *path, GError **error)
{
	return rule_load(path, error);
}

GPtrArray *rules_load(const char *const *paths, GError **error)
{
	static const struct schema_kind kind = { "rule", load, (GDestroyNotify)rule_free };

	G_STATIC_ASSERT(G_STRUCT_OFFSET(struct rule, id) ==
			G_STRUCT_OFFSET(struct schema_document, id));
	return schema_load_all(paths, &kind, error);
}
