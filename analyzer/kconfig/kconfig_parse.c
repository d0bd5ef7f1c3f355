// SPDX-License-Identifier: GPL-2.0-only
/* Parses one Kconfig file line by line, and builds the nodes of its entries and blocks. */
#include "analyzer/kconfig/kconfig_tree.h"

#include <string.h>

#define NAME G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_"

struct parser {
	struct kconfig_tree *tree;
	const struct kconfig_node *top; /* the node of the file */
	struct kconfig_node *block;	/* the innermost open block */
	struct kconfig_node *node;	/* the entry or block that attribute lines belong to */
	const char *file;
	unsigned int line;
	int help_indent; /* indentation of the current help text; NO_HELP; or HELP_STARTS */
#define NO_HELP	    (-1) /* the current line does not belong to a help text */
#define HELP_STARTS (-2) /* the first line of the help text comes next */
};

static void unclear(struct parser *parser, const char *line)
{
	if (!parser->node->unclear)
		parser->node->unclear = kconfig_tree_text(parser->tree, line);
	kconfig_tree_problem(parser->tree, parser->file, parser->line, line);
}

/*
 * Returns a copy of @text without blanks at both ends. Outside of strings, one space replaces each
 * run of blanks. Free with g_free().
 */
static char *squeeze(const char *text)
{
	GString *out = g_string_new(NULL);
	char quote = 0;

	for (; *text; text++) {
		bool blank = !quote && (*text == ' ' || *text == '\t');

		if (quote ? *text == quote : *text == '"' || *text == '\'')
			quote = quote ? 0 : *text;
		if (!blank)
			g_string_append_c(out, *text);
		else if (out->len && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
		if (*text == '\\' && quote && text[1])
			g_string_append_c(out, *++text);
	}
	while (out->len && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

/* Returns the length of the string, macro or word at @text; 1 for any other character. */
static size_t token_length(const char *text)
{
	size_t length = 1;
	int depth = 0;

	if (*text == '"' || *text == '\'') {
		while (text[length] && text[length] != *text)
			length += text[length] == '\\' && text[length + 1] ? 2 : 1;
		return text[length] ? length + 1 : length;
	}
	if (text[0] == '$' && text[1] == '(') {
		for (; text[length]; length++) {
			depth += text[length] == '(' ? 1 : text[length] == ')' ? -1 : 0;
			if (depth == 0)
				return length + 1;
		}
		return length;
	}
	return MAX(strspn(text, NAME "-"), 1);
}

/* Cuts "if CONDITION" off the end of @text. Returns CONDITION, a part of @text; NULL: no "if". */
static char *take_condition(char *text)
{
	char *at = text;

	while (*at) {
		size_t length = token_length(at);

		if (length == 2 && strncmp(at, "if", 2) == 0) {
			*at = '\0';
			g_strchomp(text);
			return g_strchug(at + 2);
		}
		at += length;
	}
	return NULL;
}

static void add_line(struct parser *parser, enum kconfig_line_kind kind, const char *value,
		     const char *condition)
{
	struct kconfig_line line = { .kind = kind, .line = parser->line };

	if (value)
		line.value = kconfig_tree_text(parser->tree, value);
	if (condition)
		line.condition = kconfig_tree_text(parser->tree, condition);
	g_array_append_val(parser->node->lines, line);
}

static void open_block(struct parser *parser, enum kconfig_node_kind kind)
{
	parser->block =
		kconfig_tree_add(parser->tree, kind, parser->block, parser->file, parser->line);
	parser->node = parser->block;
}

static void close_block(struct parser *parser, enum kconfig_node_kind kind, const char *line)
{
	parser->node = parser->block;
	if (parser->block == parser->top || parser->block->kind != kind) {
		unclear(parser, line);
		return;
	}
	parser->block = (struct kconfig_node *)parser->block->parent;
	parser->node = parser->block;
}

static void open_entry(struct parser *parser, const char *name, const char *line)
{
	bool good = *name && !name[strspn(name, NAME)];

	parser->node = parser->block;
	if (!good)
		unclear(parser, line);
	parser->node = kconfig_tree_add(parser->tree, good ? KCONFIG_ENTRY : KCONFIG_COMMENT,
					parser->block, parser->file, parser->line);
	if (good)
		kconfig_tree_name(parser->tree, parser->node, name);
}

static void set_type(struct parser *parser, enum kconfig_type type)
{
	struct kconfig_symbol *symbol = parser->node->symbol;

	if (parser->node->kind == KCONFIG_CHOICE && type == KCONFIG_BOOL)
		return;
	if (!symbol || (symbol->type != KCONFIG_NO_TYPE && symbol->type != type))
		unclear(parser, "another type than in an earlier line");
	else
		symbol->type = type;
}

/* Parses the text after the keyword of a type line or prompt line: "PROMPT" if CONDITION. */
static void take_prompt(struct parser *parser, char *text)
{
	const char *condition;

	if (!*text)
		return;
	condition = take_condition(text);
	if (*text != '"' && *text != '\'')
		unclear(parser, text);
	else
		add_line(parser, KCONFIG_PROMPT, NULL, condition);
}

static void take_valued(struct parser *parser, enum kconfig_line_kind kind, char *text)
{
	const char *condition = take_condition(text);
	bool is_name = kind == KCONFIG_SELECT || kind == KCONFIG_IMPLY;

	if (!*text || (is_name && text[strspn(text, NAME)]))
		unclear(parser, *text ? text : "the value is missing");
	else
		add_line(parser, kind, text, condition);
}

static bool take_type(struct parser *parser, const char *keyword, char *text)
{
	static const char *const names[] = { "?", "bool", "tristate", "string", "int", "hex" };

	for (int type = KCONFIG_BOOL; type <= KCONFIG_HEX; type++) {
		if (strcmp(keyword, names[type]) == 0) {
			set_type(parser, type);
			take_prompt(parser, text);
			return true;
		}
		if (g_str_has_prefix(keyword, "def_") && strcmp(keyword + 4, names[type]) == 0) {
			set_type(parser, type);
			take_valued(parser, KCONFIG_DEFAULT, text);
			return true;
		}
	}
	return false;
}

/*
 * Parses the part of a line that follows the keyword "depends", "visible" or "if". @text is this
 * part. @word is the text that comes before the condition: "on ", "if " or "". If @text does not
 * begin with @word, or has no condition, calls unclear().
 */
static void take_condition_line(struct parser *parser, enum kconfig_line_kind kind,
				const char *word, const char *text)
{
	size_t length = strlen(word);

	if (strncmp(text, word, length) != 0 || !text[length])
		unclear(parser, text);
	else
		add_line(parser, kind, NULL, text + length + strspn(text + length, " "));
}

static bool take_attribute(struct parser *parser, const char *keyword, char *text)
{
	if (take_type(parser, keyword, text))
		return true;
	if (strcmp(keyword, "depends") == 0)
		take_condition_line(parser, KCONFIG_DEPENDS, "on ", text);
	else if (strcmp(keyword, "visible") == 0)
		take_condition_line(parser, KCONFIG_VISIBLE, "if ", text);
	else if (strcmp(keyword, "prompt") == 0)
		take_prompt(parser, text);
	else if (strcmp(keyword, "default") == 0)
		take_valued(parser, KCONFIG_DEFAULT, text);
	else if (strcmp(keyword, "select") == 0)
		take_valued(parser, KCONFIG_SELECT, text);
	else if (strcmp(keyword, "imply") == 0)
		take_valued(parser, KCONFIG_IMPLY, text);
	else if (strcmp(keyword, "range") == 0)
		take_valued(parser, KCONFIG_RANGE, text);
	else if (strcmp(keyword, "help") == 0 || strcmp(keyword, "---help---") == 0)
		parser->help_indent = HELP_STARTS;
	else
		return strcmp(keyword, "modules") == 0;
	return true;
}

static void take_source(struct parser *parser, char *text)
{
	size_t length = strlen(text);
	const char *path;

	parser->node = parser->block;
	if (length > 2 && *text == '"' && text[length - 1] == '"') {
		text[length - 1] = '\0';
		text++;
	}
	path = kconfig_tree_text(parser->tree, text);
	kconfig_tree_source(parser->tree, parser->block, path, parser->file, parser->line);
}

static bool take_statement(struct parser *parser, const char *keyword, char *text, const char *line)
{
	if (strcmp(keyword, "config") == 0 || strcmp(keyword, "menuconfig") == 0)
		open_entry(parser, text, line);
	else if (strcmp(keyword, "menu") == 0)
		open_block(parser, KCONFIG_MENU);
	else if (strcmp(keyword, "choice") == 0)
		open_block(parser, KCONFIG_CHOICE);
	else if (strcmp(keyword, "endmenu") == 0)
		close_block(parser, KCONFIG_MENU, line);
	else if (strcmp(keyword, "endchoice") == 0)
		close_block(parser, KCONFIG_CHOICE, line);
	else if (strcmp(keyword, "endif") == 0)
		close_block(parser, KCONFIG_IF, line);
	else if (strcmp(keyword, "comment") == 0)
		parser->node = kconfig_tree_add(parser->tree, KCONFIG_COMMENT, parser->block,
						parser->file, parser->line);
	else if (strcmp(keyword, "source") == 0)
		take_source(parser, text);
	else if (strcmp(keyword, "if") == 0) {
		open_block(parser, KCONFIG_IF);
		take_condition_line(parser, KCONFIG_DEPENDS, "", text);
	} else
		return strcmp(keyword, "mainmenu") == 0;
	return true;
}

static void cut_comment(char *line)
{
	for (char *p = line; *p; p += token_length(p))
		if (*p == '#') {
			*p = '\0';
			return;
		}
}

/*
 * Parses a line that defines a macro: "name = text", "name := text" or "name += text". Ignores a
 * line that begins with "$(", because the line defines nothing. Returns true if the line defines a
 * macro or begins with "$(". Returns false for any other line.
 */
static bool take_macro(struct parser *parser, const char *line)
{
	size_t length = strspn(line, NAME "-");
	const char *rest = line + length + strspn(line + length, " \t");
	bool more = *rest == '+';
	g_autofree char *name = NULL;

	if (g_str_has_prefix(line, "$("))
		return true;
	if (more || *rest == ':')
		rest++;
	if (length == 0 || *rest != '=')
		return false;
	name = g_strndup(line, length);
	kconfig_tree_define(parser->tree, name, rest + 1, more);
	return true;
}

static int indent_of(const char *line)
{
	int indent = 0;

	for (; *line == ' ' || *line == '\t'; line++)
		indent = *line == '\t' ? (indent | 7) + 1 : indent + 1;
	return indent;
}

/*
 * True if @line belongs to a help text. A help text ends at a line that is indented less than the
 * first line of the help text. Blank lines do not end a help text.
 */
static bool in_help(struct parser *parser, const char *line)
{
	int *help = &parser->help_indent;
	int indent = indent_of(line);

	if (*help == NO_HELP)
		return false;
	if (!line[strspn(line, " \t")])
		return true;
	if (*help == HELP_STARTS)
		*help = indent > 0 ? indent : NO_HELP;
	else if (indent < *help)
		*help = NO_HELP;
	return *help != NO_HELP;
}

static void parse_line(struct parser *parser, char *raw)
{
	g_autofree char *line = NULL;
	g_autofree char *keyword = NULL;
	size_t length;
	char *text;

	if (in_help(parser, raw) || take_macro(parser, raw))
		return;
	cut_comment(raw);
	line = squeeze(raw);
	if (!*line)
		return;
	length = strcspn(line, " \"'(!$");
	keyword = g_strndup(line, length);
	text = g_strchug(g_strdup(line + length));
	if (!take_statement(parser, keyword, text, line) && !take_attribute(parser, keyword, text))
		unclear(parser, line);
	g_free(text);
}

void kconfig_parse_file(struct kconfig_tree *tree, struct kconfig_node *parent, const char *file,
			const char *text)
{
	struct parser parser = { tree, parent, parent, parent, file, 0, NO_HELP };
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (unsigned int i = 0; lines[i]; i++) {
		g_autoptr(GString) line = g_string_new(NULL);

		parser.line = i + 1;
		g_string_append(line, g_strchomp(lines[i]));
		while (line->len && line->str[line->len - 1] == '\\' && lines[i + 1]) {
			line->str[line->len - 1] = ' ';
			g_string_append(line, g_strchomp(lines[++i]));
		}
		parse_line(&parser, line->str);
	}
	if (parser.block != parent) {
		parser.node = parser.block;
		unclear(&parser, "the file ends before this block does");
	}
}
