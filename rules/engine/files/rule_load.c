// SPDX-License-Identifier: GPL-2.0-only
/* The schema of a rule file. */
#include "rules/engine/files/rule.h"

#include <stddef.h>

#include "rules/engine/files/schema_internal.h"

/*
 * The largest depth of nested conditions. A deeper condition is hard to read. The limit also ends
 * the recursion if a condition contains itself, which is possible with a YAML alias.
 */
#define MAX_DEPTH 8

static bool take_lines(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		       GError **error)
{
	char **text = target;

	if (!yaml_take_string(file, value, name, target, error))
		return false;
	if (!g_regex_match_simple("^[1-9][0-9]*(-[1-9][0-9]*)?$", *text, 0, 0))
		return yaml_fail(file, value, error,
				 "'%s' must be a line or a range such as 250-270, not '%s'", name,
				 *text);
	return true;
}

static struct condition *read_condition(struct yaml_file *file, yaml_node_t *value,
					const char *name, unsigned int depth, GError **error);

static struct condition *read_children(struct yaml_file *file, yaml_node_t *list, const char *name,
				       enum condition_kind kind, unsigned int depth, GError **error)
{
	struct condition *condition;
	yaml_node_t *item;

	if (list->type != YAML_SEQUENCE_NODE) {
		yaml_fail(file, list, error, "'%s' must be a list, not a %s", name,
			  yaml_kind(list));
		return NULL;
	}
	if (!yaml_file_item(file, list, 0)) {
		yaml_fail(file, list, error, "'%s' is an empty list", name);
		return NULL;
	}
	condition = condition_list(kind);
	for (size_t i = 0; (item = yaml_file_item(file, list, i)); i++) {
		struct condition *child = read_condition(file, item, name, depth + 1, error);

		if (!child) {
			condition_free(condition);
			return NULL;
		}
		g_ptr_array_add(condition->children, child);
	}
	return condition;
}

/*
 * A condition may be a mapping with exactly one key, "all-of" or "any-of". The value of the key is
 * a list of conditions. @all is the list of "all-of", @any is the list of "any-of". NULL: the
 * mapping does not have the key.
 */
struct condition_lists {
	yaml_node_t *all;
	yaml_node_t *any;
};

static bool take_node(struct yaml_file *file G_GNUC_UNUSED, yaml_node_t *value,
		      const char *name G_GNUC_UNUSED, void *target, GError **error G_GNUC_UNUSED)
{
	*(yaml_node_t **)target = value;
	return true;
}

static struct condition *read_condition_mapping(struct yaml_file *file, yaml_node_t *value,
						const char *name, unsigned int depth,
						GError **error)
{
	static const struct yaml_key keys[] = {
		{ "all-of", false, offsetof(struct condition_lists, all), take_node },
		{ "any-of", false, offsetof(struct condition_lists, any), take_node },
		{ 0 },
	};
	struct condition_lists lists = { 0 };

	if (!yaml_take_mapping(file, value, name, keys, &lists, error))
		return NULL;
	if (!lists.all == !lists.any) {
		yaml_fail(file, value, error, "'%s' must have one key, all-of or any-of", name);
		return NULL;
	}
	if (lists.all)
		return read_children(file, lists.all, "all-of", CONDITION_ALL, depth, error);
	return read_children(file, lists.any, "any-of", CONDITION_ANY, depth, error);
}

static struct condition *read_condition(struct yaml_file *file, yaml_node_t *value,
					const char *name, unsigned int depth, GError **error)
{
	struct condition *condition = NULL;
	g_autofree char *text = NULL;

	if (depth > MAX_DEPTH) {
		yaml_fail(file, value, error, "'%s' is nested more than %d deep", name, MAX_DEPTH);
		return NULL;
	}
	if (value->type == YAML_SEQUENCE_NODE)
		return read_children(file, value, name, CONDITION_ALL, depth, error);
	if (value->type == YAML_MAPPING_NODE)
		return read_condition_mapping(file, value, name, depth, error);
	if (!yaml_take_string(file, value, name, &text, error))
		return NULL;
	condition = condition_parse(text);
	if (!condition)
		yaml_fail(file, value, error,
			  "'%s': expected CONFIG_FOO or CONFIG_FOO=value, not '%s'", name, text);
	return condition;
}

static bool take_condition(struct yaml_file *file, yaml_node_t *value, const char *name,
			   void *target, GError **error)
{
	struct condition *condition = read_condition(file, value, name, 0, error);

	*(struct condition **)target = condition;
	return condition != NULL;
}

static bool take_side(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error)
{
	static const struct yaml_key keys[] = {
		{ "function", true, offsetof(struct rule_side, functions), schema_take_functions },
		{ "file", false, offsetof(struct rule_side, files), schema_take_tree_files },
		{ "anywhere", false, offsetof(struct rule_side, anywhere), yaml_take_bool },
		{ "within", false, offsetof(struct rule_side, within), schema_take_functions },
		{ "config", false, offsetof(struct rule_side, config), take_condition },
		{ 0 },
	};
	const struct rule_side *side = target;

	if (!yaml_take_mapping(file, value, name, keys, target, error))
		return false;
	if (!side->files && !side->anywhere)
		return yaml_fail(file, value, error,
				 "key 'file' is missing in %s; only a side with 'anywhere: true' "
				 "may leave it out",
				 name);
	if (side->within && !side->anywhere)
		return yaml_fail(file, value, error, "'within' without 'anywhere: true' in %s",
				 name);
	return true;
}

static bool take_applies(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			 GError **error)
{
	static const struct yaml_key keys[] = {
		{ "architectures", false, offsetof(struct rule, architectures), yaml_take_strings },
		{ "config", false, offsetof(struct rule, config), take_condition },
		{ 0 },
	};

	return yaml_take_mapping(file, value, name, keys, target, error);
}

static bool take_source(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			GError **error)
{
	static const struct yaml_key keys[] = {
		{ "file", true, offsetof(struct rule_source, file), yaml_take_string },
		{ "lines", false, offsetof(struct rule_source, lines), take_lines },
		{ "version", false, offsetof(struct rule_source, version), schema_take_version },
		{ "text", true, offsetof(struct rule_source, text), yaml_take_string },
		{ 0 },
	};

	return yaml_take_mapping(file, value, name, keys, target, error);
}

/*
 * The key "applies" has offset 0, so the @target of take_applies() is the whole struct rule.
 * take_applies() sets the members @architectures and @config of struct rule.
 */
static const struct yaml_key rule_keys[] = {
	{ "id", true, offsetof(struct rule, id), schema_take_id },
	{ "title", true, offsetof(struct rule, title), yaml_take_string },
	{ "severity", true, offsetof(struct rule, severity), schema_take_severity },
	{ "consumer", true, offsetof(struct rule, consumer), take_side },
	{ "provider", true, offsetof(struct rule, provider), take_side },
	{ "resource", false, offsetof(struct rule, resource), yaml_take_string },
	{ "applies", false, 0, take_applies },
	{ "since", false, offsetof(struct rule, since), schema_take_version },
	{ "until", false, offsetof(struct rule, until), schema_take_version },
	{ "why", true, offsetof(struct rule, why), yaml_take_string },
	{ "source", true, offsetof(struct rule, source), take_source },
	{ "links", false, offsetof(struct rule, links), yaml_take_strings },
	{ 0 },
};

struct rule *rule_load(const char *path, GError **error)
{
	g_autoptr(yaml_file) file = yaml_file_load(path, error);
	g_autoptr(rule) rule = NULL;

	if (!file)
		return NULL;
	rule = g_new0(struct rule, 1);
	rule->path = g_strdup(path);
	if (!yaml_take_mapping(file, yaml_file_root(file), "the rule", rule_keys, rule, error))
		return NULL;
	if (!schema_check_versions(file, rule->since, rule->until, error))
		return NULL;
	return g_steal_pointer(&rule);
}
