// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/files/yaml_file.h"

#include <stdarg.h>
#include <string.h>

#include "db/error.h"
#include "db/read_file.h"
#include "rules/engine/files/suggest.h"

struct yaml_file {
	char *path;
	yaml_document_t document;
	bool has_document;
};

bool yaml_fail(struct yaml_file *file, yaml_node_t *node, GError **error, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s:%zu:%zu: %s", file->path,
		    node->start_mark.line + 1, node->start_mark.column + 1, text);
	return false;
}

static bool fail_parse(struct yaml_file *file, const yaml_parser_t *parser, GError **error)
{
	/* For text in a bad encoding, libyaml reports the offset of the bad byte, but no line. */
	if (parser->error == YAML_READER_ERROR)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: byte %zu: not YAML: %s", file->path, parser->problem_offset,
			    parser->problem);
	else
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s:%zu:%zu: not YAML: %s%s%s", file->path,
			    parser->problem_mark.line + 1, parser->problem_mark.column + 1,
			    parser->problem ? parser->problem : "out of memory",
			    parser->context ? ", " : "", parser->context ? parser->context : "");
	return false;
}

/*
 * Parses the document of @file. Fails if the file is empty. Also fails if the file holds a second
 * document, because nothing would read the second document.
 */
static bool parse_documents(struct yaml_file *file, yaml_parser_t *parser, GError **error)
{
	yaml_document_t next;
	yaml_node_t *root;

	if (!yaml_parser_load(parser, &file->document))
		return fail_parse(file, parser, error);
	file->has_document = true;
	if (!yaml_document_get_root_node(&file->document)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s:1:1: the file is empty", file->path);
		return false;
	}
	if (!yaml_parser_load(parser, &next))
		return fail_parse(file, parser, error);
	root = yaml_document_get_root_node(&next);
	if (root)
		yaml_fail(file, root, error, "a second document; a file holds one");
	yaml_document_delete(&next);
	return !root;
}

struct yaml_file *yaml_file_load(const char *path, GError **error)
{
	g_autoptr(yaml_file) file = g_new0(struct yaml_file, 1);
	g_autoptr(GError) cause = NULL;
	g_autofree char *text = NULL;
	yaml_parser_t parser;
	gsize len;
	bool ok;

	file->path = g_strdup(path);
	if (!read_document(path, &text, &len, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: cannot be read: %s",
			    path, cause->message);
		return NULL;
	}
	if (!yaml_parser_initialize(&parser))
		g_error("libyaml: out of memory");
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	ok = parse_documents(file, &parser, error);
	yaml_parser_delete(&parser);
	return ok ? g_steal_pointer(&file) : NULL;
}

void yaml_file_free(struct yaml_file *file)
{
	if (!file)
		return;
	if (file->has_document)
		yaml_document_delete(&file->document);
	g_free(file->path);
	g_free(file);
}

const char *yaml_file_path(const struct yaml_file *file)
{
	return file->path;
}

yaml_node_t *yaml_file_root(struct yaml_file *file)
{
	return yaml_document_get_root_node(&file->document);
}

yaml_node_t *yaml_file_item(struct yaml_file *file, yaml_node_t *sequence, size_t i)
{
	yaml_node_item_t *start = sequence->data.sequence.items.start;

	if (i >= (size_t)(sequence->data.sequence.items.top - start))
		return NULL;
	return yaml_document_get_node(&file->document, start[i]);
}

const char *yaml_kind(const yaml_node_t *node)
{
	switch (node->type) {
	case YAML_SEQUENCE_NODE:
		return "list";
	case YAML_MAPPING_NODE:
		return "mapping";
	default:
		return "string";
	}
}

static const char *scalar_text(const yaml_node_t *node)
{
	return (const char *)node->data.scalar.value;
}

static bool fail_unknown_key(struct yaml_file *file, yaml_node_t *node, const char *name,
			     const struct yaml_key *keys, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *expected = NULL;
	const char *nearest;

	for (; keys->name; keys++)
		g_ptr_array_add(names, (void *)keys->name);
	g_ptr_array_add(names, NULL);
	expected = g_strjoinv(", ", (char **)names->pdata);
	nearest = suggest_nearest(scalar_text(node), (const char *const *)names->pdata);
	return yaml_fail(file, node, error, "unknown key '%s' in %s%s%s%s; expected one of: %s",
			 scalar_text(node), name, nearest ? " (did you mean '" : "",
			 nearest ? nearest : "", nearest ? "'?)" : "", expected);
}

static bool take_pair(struct yaml_file *file, const yaml_node_pair_t *pair, const char *name,
		      const struct yaml_key *keys, GHashTable *seen, void *target, GError **error)
{
	yaml_node_t *node = yaml_document_get_node(&file->document, pair->key);
	yaml_node_t *value = yaml_document_get_node(&file->document, pair->value);
	const struct yaml_key *key = keys;

	if (node->type != YAML_SCALAR_NODE)
		return yaml_fail(file, node, error, "a key of %s must be a string, not a %s", name,
				 yaml_kind(node));
	while (key->name && strcmp(key->name, scalar_text(node)) != 0)
		key++;
	if (!key->name)
		return fail_unknown_key(file, node, name, keys, error);
	if (!g_hash_table_add(seen, (void *)key->name))
		return yaml_fail(file, node, error, "key '%s' is given twice", key->name);
	return key->take(file, value, key->name, (char *)target + key->offset, error);
}

bool yaml_take_mapping(struct yaml_file *file, yaml_node_t *node, const char *name,
		       const struct yaml_key *keys, void *target, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	if (node->type != YAML_MAPPING_NODE)
		return yaml_fail(file, node, error, "%s must be a mapping, not a %s", name,
				 yaml_kind(node));
	for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	     pair < node->data.mapping.pairs.top; pair++)
		if (!take_pair(file, pair, name, keys, seen, target, error))
			return false;
	for (; keys->name; keys++)
		if (keys->required && !g_hash_table_contains(seen, keys->name))
			return yaml_fail(file, node, error, "key '%s' is missing in %s", keys->name,
					 name);
	return true;
}

bool yaml_take_string(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error)
{
	char **string = target;

	if (value->type != YAML_SCALAR_NODE)
		return yaml_fail(file, value, error, "'%s' must be a string, not a %s", name,
				 yaml_kind(value));
	if (strlen(scalar_text(value)) != value->data.scalar.length)
		return yaml_fail(file, value, error, "'%s' has a NUL character in it", name);
	*string = g_strstrip(g_strdup(scalar_text(value)));
	if (!**string)
		return yaml_fail(file, value, error, "'%s' is empty", name);
	return true;
}

bool yaml_take_strings(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		       GError **error)
{
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	yaml_node_t *node = value;

	if (value->type == YAML_MAPPING_NODE)
		return yaml_fail(file, value, error, "'%s' must be a string or a list of strings",
				 name);
	if (value->type == YAML_SEQUENCE_NODE && !yaml_file_item(file, value, 0))
		return yaml_fail(file, value, error, "'%s' is an empty list", name);
	for (size_t i = 0; node; i++) {
		char *string = NULL;

		if (value->type == YAML_SEQUENCE_NODE && !(node = yaml_file_item(file, value, i)))
			break;
		if (!yaml_take_string(file, node, name, &string, error)) {
			g_free(string);
			return false;
		}
		g_strv_builder_add(builder, string);
		if (!g_hash_table_add(seen, string))
			return yaml_fail(file, node, error, "'%s' names an item twice", name);
		if (value->type == YAML_SCALAR_NODE)
			break;
	}
	*(GStrv *)target = g_strv_builder_end(builder);
	return true;
}

bool yaml_take_bool(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		    GError **error)
{
	g_autofree char *text = NULL;

	if (!yaml_take_string(file, value, name, &text, error))
		return false;
	*(bool *)target = g_strcmp0(text, "true") == 0;
	if (*(bool *)target || g_strcmp0(text, "false") == 0)
		return true;
	return yaml_fail(file, value, error, "'%s' must be true or false, not '%s'", name, text);
}

bool yaml_take_number(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error)
{
	g_autofree char *text = NULL;
	guint64 number;

	if (!yaml_take_string(file, value, name, &text, error))
		return false;
	if (!g_ascii_string_to_unsigned(text, 10, 0, 1000, &number, NULL))
		return yaml_fail(file, value, error, "'%s' must be a number from 0, not '%s'", name,
				 text);
	*(int *)target = (int)number;
	return true;
}

bool yaml_take_list(struct yaml_file *file, yaml_node_t *value, const char *name, yaml_take take,
		    void *target, GError **error)
{
	yaml_node_t *item;

	if (value->type != YAML_SEQUENCE_NODE)
		return yaml_fail(file, value, error, "'%s' must be a list, not a %s", name,
				 yaml_kind(value));
	if (!yaml_file_item(file, value, 0))
		return yaml_fail(file, value, error, "'%s' is an empty list", name);
	for (size_t i = 0; (item = yaml_file_item(file, value, i)); i++)
		if (!take(file, item, name, target, error))
			return false;
	return true;
}
