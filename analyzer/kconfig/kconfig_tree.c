// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kconfig/kconfig_tree.h"

#include <string.h>

#include "analyzer/base/arch.h"
#include "analyzer/kconfig/kconfig_eval.h"
#include "db/read_file.h"

#define MAX_DEPTH 64
/* Linux has fewer than 2,000 "source" lines. Files that source each other twice have 2^64. */
#define MAX_SOURCES 100000

struct kconfig_tree {
	const struct kconfig_reader *reader;
	char *arch, *srcarch;
	GStringChunk *text;
	GPtrArray *nodes;    /* struct kconfig_node */
	GHashTable *symbols; /* name -> struct kconfig_symbol */
	GHashTable *macros;  /* name -> text */
	GHashTable *open;    /* paths of the files being read, to detect a loop of "source" lines */
	GPtrArray *problems;
	unsigned int n_unread;
	unsigned int n_sources; /* number of "source" lines that were followed */
};

static void node_free(gpointer data)
{
	struct kconfig_node *node = data;

	g_array_unref(node->lines);
	if (node->members)
		g_ptr_array_unref(node->members);
	g_free(node);
}

static void symbol_free(gpointer data)
{
	struct kconfig_symbol *symbol = data;

	g_ptr_array_unref(symbol->nodes);
	g_array_unref(symbol->raises);
	g_free(symbol);
}

static struct kconfig_symbol *intern(struct kconfig_tree *tree, const char *name)
{
	struct kconfig_symbol *symbol = g_hash_table_lookup(tree->symbols, name);

	if (symbol)
		return symbol;
	symbol = g_new0(struct kconfig_symbol, 1);
	symbol->name = g_string_chunk_insert(tree->text, name);
	symbol->nodes = g_ptr_array_new();
	symbol->raises = g_array_new(FALSE, FALSE, sizeof(struct kconfig_raise));
	g_hash_table_insert(tree->symbols, (gpointer)symbol->name, symbol);
	return symbol;
}

struct kconfig_node *kconfig_tree_add(struct kconfig_tree *tree, enum kconfig_node_kind kind,
				      const struct kconfig_node *parent, const char *file,
				      unsigned int line)
{
	struct kconfig_node *node = g_new0(struct kconfig_node, 1);

	node->kind = kind;
	node->parent = parent;
	node->lines = g_array_new(FALSE, FALSE, sizeof(struct kconfig_line));
	node->members = kind == KCONFIG_CHOICE ? g_ptr_array_new() : NULL;
	node->file = g_string_chunk_insert_const(tree->text, file);
	node->line = line;
	g_ptr_array_add(tree->nodes, node);
	return node;
}

const struct kconfig_node *kconfig_choice_of(const struct kconfig_node *node)
{
	while (node && node->kind != KCONFIG_CHOICE)
		node = node->parent;
	return node;
}

bool kconfig_has_prompt(const struct kconfig_node *node)
{
	for (guint i = 0; i < node->lines->len; i++)
		if (g_array_index(node->lines, struct kconfig_line, i).kind == KCONFIG_PROMPT)
			return true;
	return false;
}

void kconfig_tree_name(struct kconfig_tree *tree, struct kconfig_node *node, const char *name)
{
	const struct kconfig_node *choice = kconfig_choice_of(node);

	node->symbol = intern(tree, name);
	g_ptr_array_add(node->symbol->nodes, node);
	if (choice)
		g_ptr_array_add(choice->members, node->symbol);
}

const char *kconfig_tree_text(struct kconfig_tree *tree, const char *text)
{
	g_autoptr(GString) expanded = NULL;

	if (!strstr(text, "$("))
		return g_string_chunk_insert_const(tree->text, text);
	expanded = g_string_new(text);
	g_string_replace(expanded, "$(SRCARCH)", tree->srcarch, 0);
	g_string_replace(expanded, "$(ARCH)", tree->arch, 0);
	return g_string_chunk_insert_const(tree->text, expanded->str);
}

void kconfig_tree_define(struct kconfig_tree *tree, const char *macro, const char *text, bool more)
{
	const char *before = more ? kconfig_tree_macro(tree, macro) : NULL;
	g_autofree char *all = before ? g_strconcat(before, " ", text, NULL) : g_strdup(text);

	g_hash_table_replace(tree->macros, g_string_chunk_insert_const(tree->text, macro),
			     g_string_chunk_insert(tree->text, all));
}

void kconfig_tree_problem(struct kconfig_tree *tree, const char *file, unsigned int line,
			  const char *what)
{
	g_ptr_array_add(tree->problems, g_strdup_printf("%s:%u: %s", file, line, what));
}

void kconfig_tree_source(struct kconfig_tree *tree, struct kconfig_node *parent, const char *path,
			 const char *from, unsigned int line)
{
	bool is_macro = strstr(path, "$(") != NULL;
	GBytes *content = is_macro ? NULL : tree->reader->read(tree->reader->data, path);
	g_autofree char *text = NULL;
	const char *data;
	gsize size;

	if (!content) {
		kconfig_tree_problem(tree, from, line, "sources a file that cannot be read");
		tree->n_unread++;
		return;
	}
	data = g_bytes_get_data(content, &size);
	text = g_strndup(data ? data : "", size);
	g_bytes_unref(content);
	if (++tree->n_sources > MAX_SOURCES || g_hash_table_size(tree->open) >= MAX_DEPTH ||
	    !g_hash_table_add(tree->open, (gpointer)path)) {
		kconfig_tree_problem(tree, from, line,
				     "source lines form a loop, are nested too deeply, or are too "
				     "many");
		tree->n_unread++;
		return;
	}
	kconfig_parse_file(tree, kconfig_tree_add(tree, KCONFIG_FILE, parent, path, 1), path, text);
	g_hash_table_remove(tree->open, path);
}

/* For each line "select FOO" or "imply FOO", adds a struct kconfig_raise to the symbol FOO. */
static void add_raises(struct kconfig_tree *tree)
{
	for (guint i = 0; i < tree->nodes->len; i++) {
		const struct kconfig_node *node = tree->nodes->pdata[i];

		for (guint l = 0; node->symbol && l < node->lines->len; l++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, l);
			struct kconfig_raise raise = { node, line->kind, line->condition };

			if (line->kind == KCONFIG_SELECT || line->kind == KCONFIG_IMPLY)
				g_array_append_val(intern(tree, line->value)->raises, raise);
		}
	}
}

struct kconfig_tree *kconfig_tree_load(const struct kconfig_reader *reader, const char *arch)
{
	struct kconfig_tree *tree = g_new0(struct kconfig_tree, 1);

	tree->reader = reader;
	tree->arch = g_strdup(arch);
	tree->srcarch = g_strdup(arch_source(arch));
	tree->text = g_string_chunk_new(1 << 16);
	tree->nodes = g_ptr_array_new_with_free_func(node_free);
	tree->symbols = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, symbol_free);
	tree->macros = g_hash_table_new(g_str_hash, g_str_equal);
	tree->open = g_hash_table_new(g_str_hash, g_str_equal);
	tree->problems = g_ptr_array_new_with_free_func(g_free);
	kconfig_tree_source(tree, NULL, "Kconfig", "Kconfig", 1);
	add_raises(tree);
	tree->reader = NULL;
	return tree;
}

static GBytes *read_below(void *data, const char *path)
{
	g_autofree char *full = g_build_filename(data, path, NULL);
	char *content;
	gsize length;

	if (!read_file(full, &content, &length, NULL))
		return NULL;
	return g_bytes_new_take(content, length);
}

struct kconfig_tree *kconfig_tree_load_folder(const char *folder, const char *arch)
{
	struct kconfig_reader reader = { (void *)folder, read_below };

	return kconfig_tree_load(&reader, arch);
}

void kconfig_tree_free(struct kconfig_tree *tree)
{
	if (!tree)
		return;
	g_hash_table_unref(tree->symbols);
	g_ptr_array_unref(tree->nodes);
	g_hash_table_unref(tree->macros);
	g_hash_table_unref(tree->open);
	g_ptr_array_unref(tree->problems);
	g_string_chunk_free(tree->text);
	g_free(tree->arch);
	g_free(tree->srcarch);
	g_free(tree);
}

const struct kconfig_symbol *kconfig_tree_find(const struct kconfig_tree *tree, const char *name)
{
	const struct kconfig_symbol *symbol = g_hash_table_lookup(tree->symbols, name);

	return symbol && symbol->nodes->len ? symbol : NULL;
}

const char *kconfig_tree_macro(const struct kconfig_tree *tree, const char *name)
{
	return g_hash_table_lookup(tree->macros, name);
}

GPtrArray *kconfig_tree_symbols(const struct kconfig_tree *tree)
{
	GPtrArray *all = g_ptr_array_new();
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, tree->symbols);
	while (g_hash_table_iter_next(&iter, NULL, &value))
		if (((struct kconfig_symbol *)value)->nodes->len)
			g_ptr_array_add(all, value);
	return all;
}

const GPtrArray *kconfig_tree_problems(const struct kconfig_tree *tree)
{
	return tree->problems;
}

unsigned int kconfig_tree_unread(const struct kconfig_tree *tree)
{
	return tree->n_unread;
}

/*
 * @kinds is a bit set of enum kconfig_line_kind. Appends to @out each line in @node->lines that has
 * a kind in @kinds. Then appends @node->unclear.
 */
static void spell_lines(GString *out, const struct kconfig_node *node, unsigned int kinds)
{
	for (guint i = 0; i < node->lines->len; i++) {
		const struct kconfig_line *line =
			&g_array_index(node->lines, struct kconfig_line, i);

		if (kinds & 1u << line->kind)
			g_string_append_printf(out, "%d %s if %s\n", line->kind,
					       line->value ? line->value : "",
					       line->condition ? line->condition : "");
	}
	if (node->unclear)
		g_string_append_printf(out, "? %s\n", node->unclear);
}

static void spell_ancestors(GString *out, const struct kconfig_node *node)
{
	for (node = node->parent; node; node = node->parent) {
		unsigned int kinds = 1u << KCONFIG_DEPENDS | 1u << KCONFIG_VISIBLE;

		if (node->kind == KCONFIG_CHOICE)
			kinds |= 1u << KCONFIG_DEFAULT;
		spell_lines(out, node, kinds);
		for (guint i = 0; node->members && i < node->members->len; i++) {
			const struct kconfig_symbol *member = node->members->pdata[i];

			g_string_append_printf(out, "| %s\n", member->name);
		}
	}
}

char *kconfig_symbol_spelling(const struct kconfig_symbol *symbol, bool raised)
{
	const unsigned int raising_kinds = 1u << KCONFIG_SELECT | 1u << KCONFIG_IMPLY;
	GString *out = g_string_new(NULL);

	for (guint i = 0; raised && i < symbol->raises->len; i++) {
		const struct kconfig_raise *raise =
			&g_array_index(symbol->raises, struct kconfig_raise, i);

		g_string_append_printf(out, "%s %d if %s\n", raise->by->symbol->name, raise->kind,
				       raise->condition ? raise->condition : "");
		spell_lines(out, raise->by, 1u << KCONFIG_DEPENDS);
		spell_ancestors(out, raise->by);
	}
	if (!raised)
		g_string_append_printf(out, "%d\n", symbol->type);
	for (guint i = 0; !raised && i < symbol->nodes->len; i++) {
		spell_lines(out, symbol->nodes->pdata[i], ~raising_kinds);
		g_string_append(out, "-\n");
		spell_ancestors(out, symbol->nodes->pdata[i]);
	}
	return g_string_free(out, FALSE);
}

struct user {
	GHashTable *users;
	const struct kconfig_symbol *symbol;
};

static void add_user(const char *name, void *data)
{
	const struct user *user = data;
	GPtrArray *of = g_hash_table_lookup(user->users, name);

	if (!of) {
		of = g_ptr_array_new();
		g_hash_table_insert(user->users, g_strdup(name), of);
	}
	if (!of->len || of->pdata[of->len - 1] != user->symbol)
		g_ptr_array_add(of, (gpointer)user->symbol);
}

static void add_used(struct user *user, const struct kconfig_node *node, unsigned int kinds)
{
	for (guint i = 0; i < node->lines->len; i++) {
		const struct kconfig_line *line =
			&g_array_index(node->lines, struct kconfig_line, i);

		if (!(kinds & 1u << line->kind))
			continue;
		if (line->condition)
			kconfig_eval_symbols(line->condition, add_user, user);
		if (line->value)
			kconfig_eval_symbols(line->value, add_user, user);
	}
	for (guint i = 0; node->kind == KCONFIG_CHOICE && i < node->members->len; i++)
		add_user(((struct kconfig_symbol *)node->members->pdata[i])->name, user);
	if (node->parent)
		add_used(user, node->parent,
			 1u << KCONFIG_DEPENDS | 1u << KCONFIG_VISIBLE | 1u << KCONFIG_DEFAULT);
}

GHashTable *kconfig_tree_users(const struct kconfig_tree *tree)
{
	const unsigned int raising_kinds = 1u << KCONFIG_SELECT | 1u << KCONFIG_IMPLY;
	GHashTable *users = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						  (GDestroyNotify)g_ptr_array_unref);
	g_autoptr(GPtrArray) symbols = kconfig_tree_symbols(tree);

	for (guint i = 0; i < symbols->len; i++) {
		struct user user = { users, symbols->pdata[i] };

		for (guint n = 0; n < user.symbol->nodes->len; n++)
			add_used(&user, user.symbol->nodes->pdata[n], ~raising_kinds);
		for (guint r = 0; r < user.symbol->raises->len; r++) {
			const struct kconfig_raise *raise =
				&g_array_index(user.symbol->raises, struct kconfig_raise, r);

			add_user(raise->by->symbol->name, &user);
			if (raise->condition)
				kconfig_eval_symbols(raise->condition, add_user, &user);
			add_used(&user, raise->by, 1u << KCONFIG_DEPENDS);
		}
	}
	return users;
}
