// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/files/schema_internal.h"

#include <string.h>

#include "rules/engine/files/rule.h"
#include "rules/engine/files/suggest.h"
#include "rules/engine/files/version.h"

bool schema_take_id(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		    GError **error)
{
	g_autofree char *base = g_path_get_basename(yaml_file_path(file));
	char **id = target;

	if (!yaml_take_string(file, value, name, target, error))
		return false;
	if (strspn(*id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(*id) || **id == '-')
		return yaml_fail(file, value, error,
				 "bad id '%s': expected lower-case letters, digits and '-'", *id);
	if (g_str_has_suffix(base, ".yaml"))
		base[strlen(base) - strlen(".yaml")] = '\0';
	if (strcmp(*id, base) != 0)
		return yaml_fail(file, value, error, "id '%s' is not the file's name '%s'", *id,
				 base);
	return true;
}

/* Returns @words as one text, such as "error, warning or note". Free with g_free(). */
static char *enumerate(const char *const *words)
{
	GString *text = g_string_new(words[0]);

	for (unsigned int i = 1; words[i]; i++)
		g_string_append_printf(text, "%s%s", words[i + 1] ? ", " : " or ", words[i]);
	return g_string_free(text, FALSE);
}

bool schema_take_word(struct yaml_file *file, yaml_node_t *value, const char *name,
		      const char *const *words, unsigned int *target, GError **error)
{
	g_autofree char *text = NULL;
	g_autofree char *expected = enumerate(words);
	const char *nearest;

	if (!yaml_take_string(file, value, name, &text, error))
		return false;
	for (*target = 0; words[*target]; (*target)++)
		if (strcmp(words[*target], text) == 0)
			return true;
	nearest = suggest_nearest(text, words);
	return yaml_fail(file, value, error, "unknown %s '%s'%s%s%s; expected %s", name, text,
			 nearest ? " (did you mean '" : "", nearest ? nearest : "",
			 nearest ? "'?)" : "", expected);
}

bool schema_take_severity(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error)
{
	static const enum severity severities[] = { SEVERITY_ERROR, SEVERITY_WARNING,
						    SEVERITY_NOTE };
	const char *words[G_N_ELEMENTS(severities) + 1] = { NULL };
	unsigned int i;

	for (i = 0; i < G_N_ELEMENTS(severities); i++)
		words[i] = severity_name(severities[i]);
	if (!schema_take_word(file, value, name, words, &i, error))
		return false;
	*(enum severity *)target = severities[i];
	return true;
}

bool schema_take_version(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			 GError **error)
{
	char **text = target;

	if (!yaml_take_string(file, value, name, target, error))
		return false;
	if (!version_is_valid(*text))
		return yaml_fail(file, value, error,
				 "'%s' must be a kernel version such as 6.12, not '%s'", name,
				 *text);
	return true;
}

/*
 * @value is a list of strings, or a single string. Returns the YAML node of string @i, from 0. The
 * caller needs the node for error messages, which give the line of the string.
 */
static yaml_node_t *node_of_string(struct yaml_file *file, yaml_node_t *value, size_t i)
{
	return value->type == YAML_SEQUENCE_NODE ? yaml_file_item(file, value, i) : value;
}

bool schema_take_tree_files(struct yaml_file *file, yaml_node_t *value, const char *name,
			    void *target, GError **error)
{
	GStrv *files = target;

	if (!yaml_take_strings(file, value, name, target, error))
		return false;
	for (size_t i = 0; (*files)[i]; i++) {
		const char *path = (*files)[i];
		g_autofree char *canonical = g_canonicalize_filename(path, "/");

		if (g_path_is_absolute(path) || strcmp(canonical + 1, path) != 0)
			return yaml_fail(file, node_of_string(file, value, i), error,
					 "'%s' must be relative to the kernel tree, not '%s'", name,
					 path);
	}
	return true;
}

#define LETTERS	   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define NAME_CHARS LETTERS "0123456789_"

/* True if @text is not empty and has only characters of @allowed. */
static bool has_only(const char *text, const char *allowed)
{
	return *text && !text[strspn(text, allowed)];
}

bool schema_is_name(const char *text)
{
	return has_only(text, NAME_CHARS) && !g_ascii_isdigit(*text);
}

static bool is_pattern(const char *text)
{
	return has_only(text, NAME_CHARS "*") && strpbrk(text, LETTERS);
}

static bool take_names(struct yaml_file *file, yaml_node_t *value, const char *name, GStrv *names,
		       bool (*is_valid)(const char *text), const char *alternative, GError **error)
{
	if (!yaml_take_strings(file, value, name, names, error))
		return false;
	for (size_t i = 0; (*names)[i]; i++)
		if (!is_valid((*names)[i]))
			return yaml_fail(file, node_of_string(file, value, i), error,
					 "'%s' must be the name of a C function%s, not '%s'", name,
					 alternative, (*names)[i]);
	return true;
}

bool schema_take_functions(struct yaml_file *file, yaml_node_t *value, const char *name,
			   void *target, GError **error)
{
	return take_names(file, value, name, target, schema_is_name, "", error);
}

bool schema_take_patterns(struct yaml_file *file, yaml_node_t *value, const char *name,
			  void *target, GError **error)
{
	return take_names(file, value, name, target, is_pattern, ", or a pattern with '*'", error);
}

bool schema_check_versions(struct yaml_file *file, const char *since, const char *until,
			   GError **error)
{
	if (!since || !until || version_compare(since, until) <= 0)
		return true;
	return yaml_fail(file, yaml_file_root(file), error, "since %s is after until %s", since,
			 until);
}
