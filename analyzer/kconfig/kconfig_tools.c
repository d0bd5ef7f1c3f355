// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kconfig/kconfig_tools.h"

#include <string.h>

#include "analyzer/kconfig/kconfig_eval.h"

#define MAX_MACRO_DEPTH 16

struct kconfig_tools {
	struct kconfig_tree *tree;
	/* known[@any_tool]: symbol name -> bool, the result of kconfig_asks_tools() */
	GHashTable *known[2];
};

struct asking {
	struct kconfig_tools *tools;
	bool any_tool;
	bool found;
};

struct kconfig_tools *kconfig_tools_load(const char *folder, const char *arch)
{
	struct kconfig_tools *tools = g_new0(struct kconfig_tools, 1);

	tools->tree = kconfig_tree_load_folder(folder, arch);
	for (int i = 0; i < 2; i++)
		tools->known[i] = g_hash_table_new(g_str_hash, g_str_equal);
	return tools;
}

void kconfig_tools_free(struct kconfig_tools *tools)
{
	if (!tools)
		return;
	for (int i = 0; i < 2; i++)
		g_hash_table_unref(tools->known[i]);
	kconfig_tree_free(tools->tree);
	g_free(tools);
}

/*
 * True if @text, or a macro that @text references, runs the C compiler. If @any_tool is true, any
 * $(shell) command counts too. @depth is the number of nested calls of text_asks().
 */
static bool text_asks(const struct kconfig_tree *tree, const char *text, bool any_tool, int depth)
{
	for (const char *p = strstr(text, "$("); p; p = strstr(p + 2, "$(")) {
		g_autofree char *name = g_strndup(p + 2, strcspn(p + 2, ",) $("));
		const char *macro;

		if (any_tool && strcmp(name, "shell") == 0)
			return true;
		if (strcmp(name, "CC") == 0 || strcmp(name, "CC_VERSION_TEXT") == 0)
			return true;
		macro = kconfig_tree_macro(tree, name);
		if (macro && depth < MAX_MACRO_DEPTH && text_asks(tree, macro, any_tool, depth + 1))
			return true;
	}
	return false;
}

/*
 * True if @text has a macro without arguments that runs the compiler, such as $(cc-name). $(CC)
 * does not count, because it only names the command.
 */
static bool text_names_compiler(const struct kconfig_tree *tree, const char *text)
{
	for (const char *p = strstr(text, "$("); p; p = strstr(p + 2, "$(")) {
		size_t n = strcspn(p + 2, ",) $(");
		g_autofree char *name = g_strndup(p + 2, n);
		const char *macro = kconfig_tree_macro(tree, name);

		if (p[2 + n] != ')')
			continue;
		if (strcmp(name, "CC_VERSION_TEXT") == 0 ||
		    (macro && text_asks(tree, macro, false, 0)))
			return true;
	}
	return false;
}

bool kconfig_names_compiler(struct kconfig_tools *tools, const char *name)
{
	const struct kconfig_symbol *symbol = kconfig_tree_find(tools->tree, name);

	for (guint i = 0; symbol && i < symbol->nodes->len; i++) {
		const struct kconfig_node *node = symbol->nodes->pdata[i];

		for (guint l = 0; l < node->lines->len; l++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, l);

			if (line->kind == KCONFIG_DEFAULT && line->value &&
			    text_names_compiler(tools->tree, line->value))
				return true;
		}
	}
	return false;
}

static void visit_symbol(const char *name, void *data)
{
	struct asking *asking = data;

	if (!asking->found)
		asking->found = kconfig_asks_tools(asking->tools, name, asking->any_tool);
}

static void visit_text(struct asking *asking, const char *text)
{
	if (!text || asking->found)
		return;
	asking->found = text_asks(asking->tools->tree, text, asking->any_tool, 0);
	kconfig_eval_symbols(text, visit_symbol, asking);
}

/*
 * Searches the lines of @node whose kind is in @kinds, a bit set of 1u << kind. Also searches the
 * "depends on" lines of all blocks around @node. Sets asking->found if a line contains a macro that
 * runs a tool, or a symbol for which kconfig_asks_tools() is true.
 */
static void visit_lines(struct asking *asking, const struct kconfig_node *node, unsigned int kinds)
{
	for (guint i = 0; i < node->lines->len; i++) {
		const struct kconfig_line *line =
			&g_array_index(node->lines, struct kconfig_line, i);

		if (!(kinds & 1u << line->kind))
			continue;
		visit_text(asking, line->value);
		visit_text(asking, line->condition);
	}
	if (node->parent)
		visit_lines(asking, node->parent, 1u << KCONFIG_DEPENDS);
}

bool kconfig_asks_tools(struct kconfig_tools *tools, const char *name, bool any_tool)
{
	const struct kconfig_symbol *symbol = kconfig_tree_find(tools->tree, name);
	struct asking asking = { tools, any_tool, false };
	GHashTable *known = tools->known[any_tool];
	gpointer asks;

	if (!symbol)
		return false;
	for (guint i = 0; i < symbol->nodes->len; i++)
		if (kconfig_has_prompt(symbol->nodes->pdata[i]))
			return false;
	if (g_hash_table_lookup_extended(known, name, NULL, &asks))
		return GPOINTER_TO_INT(asks);
	/* The temporary value false ends the recursion if symbols depend on each other. */
	g_hash_table_insert(known, (gpointer)symbol->name, GINT_TO_POINTER(false));
	for (guint i = 0; i < symbol->nodes->len && !asking.found; i++)
		visit_lines(&asking, symbol->nodes->pdata[i],
			    1u << KCONFIG_DEFAULT | 1u << KCONFIG_DEPENDS);
	g_hash_table_insert(known, (gpointer)symbol->name, GINT_TO_POINTER(asking.found));
	return asking.found;
}
