// SPDX-License-Identifier: GPL-2.0-only
/* Reads Kconfig files line by line: entries, and the blocks that they stand in. */
#include "analyzer/prepare_symbols.h"

#include <string.h>

#include "analyzer/kconfig_help.h"

struct ksymbols {
	char *tree;
	char *srcarch;
	GHashTable *symbols; /* name -> struct ksymbol */
	GHashTable *macros;  /* name -> text */
};

/* A menu, choice, if, or the file as a whole: what it asks of all that is in it. */
struct block {
	GPtrArray *depends; /* struct kexpr */
	bool is_choice;
};

struct parser {
	struct ksymbols *all;
	GArray *blocks; /* struct block */
	/* What the attribute lines belong to: an entry, or else the innermost block. */
	struct ksymbol *symbol;
	struct kentry *entry;
	const char *file;
	unsigned int line;
	GHashTable *open; /* files being read, so that a loop of source statements ends */
	bool in_comment;  /* whose "depends on" is nobody's */
	int help_indent;  /* as kconfig_in_help() keeps it */
};

static void parse_file(struct parser *parser, const char *file);

/* One blank for several: continued lines are indented. */
static char *squeeze(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
	GString *result = g_string_new(NULL);

	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(result, "%s%s", result->len ? " " : "", *word);
	return g_string_free(result, FALSE);
}

static struct kexpr *kexpr_new(const struct parser *parser, const char *text)
{
	struct kexpr *expr = g_new0(struct kexpr, 1);

	expr->text = squeeze(text);
	expr->file = g_strdup(parser->file);
	expr->line = parser->line;
	return expr;
}

static void kexpr_free(void *data)
{
	struct kexpr *expr = data;

	g_free(expr->text);
	g_free(expr->file);
	g_free(expr);
}

static void kentry_free(void *data)
{
	struct kentry *entry = data;

	g_ptr_array_unref(entry->depends);
	g_ptr_array_unref(entry->values);
	g_free(entry->file);
	g_free(entry);
}

static void kselect_free(void *data)
{
	struct kselect *select = data;

	g_free(select->condition);
	g_free(select);
}

static void ksymbol_free(void *data)
{
	struct ksymbol *symbol = data;

	g_ptr_array_unref(symbol->entries);
	g_ptr_array_unref(symbol->selected_by);
	g_free(symbol);
}

static struct ksymbol *intern(struct ksymbols *all, const char *name)
{
	struct ksymbol *symbol = g_hash_table_lookup(all->symbols, name);
	char *key;

	if (symbol)
		return symbol;
	symbol = g_new0(struct ksymbol, 1);
	key = g_strdup(name);
	symbol->name = key;
	symbol->entries = g_ptr_array_new_with_free_func(kentry_free);
	symbol->selected_by = g_ptr_array_new_with_free_func(kselect_free);
	symbol->asks_cc = symbol->asks_any = -1;
	g_hash_table_insert(all->symbols, key, symbol);
	return symbol;
}

static void end_entry(struct parser *parser)
{
	parser->entry = NULL;
	parser->symbol = NULL;
	parser->in_comment = false;
}

static void open_block(struct parser *parser, const char *condition, bool is_choice)
{
	struct block block = { g_ptr_array_new_with_free_func(kexpr_free), is_choice };

	if (condition)
		g_ptr_array_add(block.depends, kexpr_new(parser, condition));
	g_array_append_val(parser->blocks, block);
	end_entry(parser);
}

static void close_block(struct parser *parser)
{
	end_entry(parser);
	if (parser->blocks->len == 0)
		return;
	g_ptr_array_unref(
		g_array_index(parser->blocks, struct block, parser->blocks->len - 1).depends);
	g_array_set_size(parser->blocks, parser->blocks->len - 1);
}

static void open_entry(struct parser *parser, const char *name)
{
	struct kentry *entry = g_new0(struct kentry, 1);

	entry->depends = g_ptr_array_new_with_free_func(kexpr_free);
	entry->values = g_ptr_array_new_with_free_func(g_free);
	entry->file = g_strdup(parser->file);
	entry->line = parser->line;
	for (unsigned int i = 0; i < parser->blocks->len; i++) {
		const struct block *block = &g_array_index(parser->blocks, struct block, i);

		for (unsigned int k = 0; k < block->depends->len; k++) {
			const struct kexpr *outer = g_ptr_array_index(block->depends, k);
			struct kexpr *expr = kexpr_new(parser, outer->text);

			g_free(expr->file);
			expr->file = g_strdup(outer->file);
			expr->line = outer->line;
			g_ptr_array_add(entry->depends, expr);
		}
		entry->in_choice |= block->is_choice;
	}
	end_entry(parser);
	parser->symbol = intern(parser->all, name);
	parser->entry = entry;
	g_ptr_array_add(parser->symbol->entries, entry);
}

static void add_depends(struct parser *parser, const char *text)
{
	GPtrArray *depends = NULL;

	if (!g_str_has_prefix(text, "on"))
		return;
	if (parser->entry)
		depends = parser->entry->depends;
	else if (parser->blocks->len > 0)
		depends = g_array_index(parser->blocks, struct block, parser->blocks->len - 1)
				  .depends;
	if (depends)
		g_ptr_array_add(depends, kexpr_new(parser, text + 2));
}

/* @text is "TARGET if CONDITION". */
static void add_select(struct parser *parser, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t", 2);
	struct kselect *select;
	const char *condition;

	if (!parser->symbol || !words[0])
		return;
	select = g_new0(struct kselect, 1);
	select->by = parser->symbol->name;
	condition = words[1] ? strstr(words[1], "if ") : NULL;
	select->condition = condition ? g_strdup(condition + 3) : NULL;
	g_ptr_array_add(intern(parser->all, words[0])->selected_by, select);
}

/* A type, with or without prompt, or a default: keeps what the value may come from. */
static void add_value(struct parser *parser, const char *keyword, const char *text)
{
	bool is_default = g_str_has_prefix(keyword, "def");

	if (!parser->entry)
		return;
	if (!is_default && (*text == '"' || *text == '\''))
		parser->entry->has_prompt = true;
	if (is_default || *text)
		g_ptr_array_add(parser->entry->values, g_strdup(text));
}

static char *expand_srcarch(const struct parser *parser, const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "$(SRCARCH)", -1);
	g_autofree char *joined = g_strjoinv(parser->all->srcarch, parts);

	return g_strdelimit(g_steal_pointer(&joined), "\"'", ' ');
}

static void follow_source(struct parser *parser, const char *text)
{
	g_autofree char *path = g_strstrip(expand_srcarch(parser, text));
	const char *file = parser->file;
	unsigned int line = parser->line;

	end_entry(parser);
	if (!g_hash_table_contains(parser->open, path)) {
		g_hash_table_add(parser->open, path);
		parse_file(parser, path);
		g_hash_table_remove(parser->open, path);
	}
	parser->file = file;
	parser->line = line;
	parser->help_indent = KCONFIG_NO_HELP;
}

/* "name = text", "name := text" */
static bool take_macro(struct parser *parser, const char *text)
{
	size_t name = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				   "0123456789_-");
	const char *rest = text + name + strspn(text + name, " \t");

	if (*rest == ':' || *rest == '+')
		rest++;
	if (name == 0 || *rest != '=')
		return false;
	g_hash_table_replace(parser->all->macros, g_strndup(text, name), g_strdup(rest + 1));
	return true;
}

static void take_statement(struct parser *parser, const char *keyword, const char *text)
{
	static const char *const types[] = { "bool", "boolean", "tristate", "string",	    "int",
					     "hex",  "default", "def_bool", "def_tristate", NULL };

	if (strcmp(keyword, "config") == 0 || strcmp(keyword, "menuconfig") == 0) {
		open_entry(parser, text);
	} else if (strcmp(keyword, "menu") == 0 || strcmp(keyword, "choice") == 0) {
		open_block(parser, NULL, keyword[0] == 'c');
	} else if (strcmp(keyword, "if") == 0) {
		open_block(parser, text, false);
	} else if (strcmp(keyword, "endif") == 0 || strcmp(keyword, "endmenu") == 0 ||
		   strcmp(keyword, "endchoice") == 0) {
		close_block(parser);
	} else if (strcmp(keyword, "source") == 0) {
		follow_source(parser, text);
	} else if (strcmp(keyword, "comment") == 0) {
		parser->in_comment = true;
	} else if (strcmp(keyword, "depends") == 0 && !parser->in_comment) {
		add_depends(parser, text);
	} else if (strcmp(keyword, "select") == 0) {
		add_select(parser, text);
	} else if (strcmp(keyword, "prompt") == 0) {
		if (parser->entry)
			parser->entry->has_prompt = true;
	} else if (strcmp(keyword, "help") == 0 || strcmp(keyword, "---help---") == 0) {
		parser->help_indent = KCONFIG_HELP_STARTS;
	} else if (g_strv_contains(types, keyword)) {
		add_value(parser, keyword, text);
	}
}

/* Takes a comment away, unless the '#' stands in a string or a macro's text. */
static void cut_comment(char *line)
{
	char quote = 0;

	for (char *p = line; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (quote)
			quote = *p == quote ? 0 : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '#' && (p == line || p[-1] == ' ' || p[-1] == '\t')) {
			*p = 0;
			return;
		}
	}
}

static void parse_line(struct parser *parser, char *line)
{
	g_autofree char *keyword = NULL;
	size_t length;

	if (kconfig_in_help(&parser->help_indent, line))
		return;
	if (take_macro(parser, line))
		return;
	cut_comment(line);
	g_strstrip(line);
	length = strspn(line, "abcdefghijklmnopqrstuvwxyz_-");
	if (length == 0)
		return;
	keyword = g_strndup(line, length);
	take_statement(parser, keyword, g_strchug(line + length));
}

static void parse_file(struct parser *parser, const char *file)
{
	g_autofree char *path = g_build_filename(parser->all->tree, file, NULL);
	g_autofree char *content = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &content, NULL, NULL))
		return;
	lines = g_strsplit(content, "\n", -1);
	parser->file = file;
	parser->help_indent = KCONFIG_NO_HELP;
	for (unsigned int i = 0; lines[i]; i++) {
		g_autoptr(GString) line = g_string_new(lines[i]);

		parser->line = i + 1;
		while (line->len > 0 && line->str[line->len - 1] == '\\' && lines[i + 1]) {
			line->str[line->len - 1] = ' ';
			g_string_append(line, lines[++i]);
		}
		parse_line(parser, line->str);
	}
}

struct ksymbols *ksymbols_load(const char *tree, const char *srcarch)
{
	struct ksymbols *all = g_new0(struct ksymbols, 1);
	struct parser parser = { .all = all };

	all->tree = g_strdup(tree);
	all->srcarch = g_strdup(srcarch);
	all->symbols = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, ksymbol_free);
	all->macros = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	parser.blocks = g_array_new(FALSE, FALSE, sizeof(struct block));
	parser.open = g_hash_table_new(g_str_hash, g_str_equal);
	g_hash_table_add(parser.open, (void *)"Kconfig");
	parse_file(&parser, "Kconfig");
	g_hash_table_unref(parser.open);
	while (parser.blocks->len > 0)
		close_block(&parser);
	g_array_unref(parser.blocks);
	return all;
}

void ksymbols_free(struct ksymbols *symbols)
{
	if (!symbols)
		return;
	g_hash_table_unref(symbols->symbols);
	g_hash_table_unref(symbols->macros);
	g_free(symbols->tree);
	g_free(symbols->srcarch);
	g_free(symbols);
}

struct ksymbol *ksymbols_find(struct ksymbols *symbols, const char *name)
{
	return g_hash_table_lookup(symbols->symbols, name);
}

const char *ksymbols_macro(struct ksymbols *symbols, const char *name)
{
	return g_hash_table_lookup(symbols->macros, name);
}
