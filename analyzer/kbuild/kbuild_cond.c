// SPDX-License-Identifier: GPL-2.0-only
/*
 * Collects the CONFIG_ symbols that decide whether a Makefile line takes effect. These are the
 * symbols in the conditionals around the line, in the conditionals around each "include" that leads
 * to the line's file, and in the left-hand side of the line (obj-$(CONFIG_X)). A symbol is listed
 * as "CONFIG_X" if this configuration sets the symbol, and as "!CONFIG_X" otherwise.
 */
#include "analyzer/kbuild/kbuild_internal.h"

static void add_symbol(struct kbuild *kbuild, const char *name, GPtrArray *conditions)
{
	bool set = kconfig_get(kbuild->options.config, name) != NULL;
	g_autofree char *text = g_strconcat(set ? "" : "!", name, NULL);

	for (unsigned int i = 0; i < conditions->len; i++)
		if (strcmp(conditions->pdata[i], text) == 0)
			return;
	g_ptr_array_add(conditions, arena_strdup(kbuild->arena, text));
}

void conditions_add_tmpl(struct kbuild *kbuild, const struct make_tmpl *tmpl, GPtrArray *conditions)
{
	for (unsigned int i = 0; tmpl && i < tmpl->n; i++) {
		const struct make_piece *piece = &tmpl->pieces[i];

		if (piece->symbol && piece->symbol->is_config)
			add_symbol(kbuild, piece->symbol->name, conditions);
		conditions_add_tmpl(kbuild, piece->inner, conditions);
		for (unsigned int j = 0; j < piece->n_args; j++)
			conditions_add_tmpl(kbuild, piece->args[j], conditions);
	}
}

static void add_guards(struct kbuild *kbuild, const struct make_stmt *guard, GPtrArray *conditions)
{
	if (!guard)
		return;
	add_guards(kbuild, guard->guard, conditions);
	if (guard->cond == COND_IFDEF || guard->cond == COND_IFNDEF) {
		struct word name = guard->left->raw;

		if (word_starts(name, "CONFIG_")) {
			g_autofree char *text = g_strndup(name.text, name.len);

			add_symbol(kbuild, text, conditions);
			return;
		}
	}
	conditions_add_tmpl(kbuild, guard->left, conditions);
	conditions_add_tmpl(kbuild, guard->right, conditions);
}

static void add_includes(struct kbuild *kbuild, const struct make_include *include,
			 GPtrArray *conditions)
{
	if (!include)
		return;
	add_includes(kbuild, include->parent, conditions);
	/*
	 * Skip an "include" line in a file of scripts/: the files in scripts/ include the Makefile
	 * of a directory unconditionally. make_file.recorded is false only for files in scripts/.
	 */
	if (include->stmt->file && include->stmt->file->recorded)
		add_guards(kbuild, include->stmt->guard, conditions);
}

void conditions_add_stmt(struct kbuild *kbuild, const struct make_stmt *stmt,
			 const struct make_include *includes, GPtrArray *conditions)
{
	add_includes(kbuild, includes, conditions);
	add_guards(kbuild, stmt->guard, conditions);
	conditions_add_tmpl(kbuild, stmt->assign.name, conditions);
}

const char *conditions_join(struct kbuild *kbuild, const GPtrArray *conditions)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned int i = 0; i < conditions->len; i++) {
		if (i)
			g_string_append(text, " && ");
		g_string_append(text, conditions->pdata[i]);
	}
	return text->len ? arena_strndup(kbuild->arena, text->str, text->len) : NULL;
}
