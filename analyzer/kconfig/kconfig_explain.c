// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kconfig/kconfig_explain.h"

#include "analyzer/kconfig/kconfig_eval.h"

#define MAX_SELECTORS 5

struct explaining {
	GString *reasons;
	struct kconfig_view view;
	int needed; /* the value that a condition must reach: 2 for y, 1 for m */
};

/* Appends a reason to @reasons, after "; " if @reasons is not empty. */
static void add_reason(GString *reasons, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void add_reason(GString *reasons, const char *format, ...)
{
	va_list args;

	if (reasons->len > 0)
		g_string_append(reasons, "; ");
	va_start(args, format);
	g_string_append_vprintf(reasons, format, args);
	va_end(args);
}

/*
 * Checks the lines of the kind @kind in @node and in the blocks around @node. Adds a reason for
 * each line whose condition does not hold. The reason consists of @what, the condition, and the
 * file and number of the line. Returns true if a reason was added.
 */
static bool explain_lines(struct explaining *explaining, const struct kconfig_node *node,
			  enum kconfig_line_kind kind, const char *what)
{
	struct kconfig_view *view = &explaining->view;
	bool lacks = node->parent && explain_lines(explaining, node->parent, kind, what);

	for (guint i = 0; i < node->lines->len; i++) {
		const struct kconfig_line *line =
			&g_array_index(node->lines, struct kconfig_line, i);
		g_autofree char *text = NULL;

		if (line->kind != kind ||
		    kconfig_eval(view, line->condition).high >= explaining->needed)
			continue;
		text = kconfig_eval_annotate(view, line->condition);
		add_reason(explaining->reasons, "%s %s [%s:%u]", what, text, node->file,
			   line->line);
		lacks = true;
	}
	return lacks;
}

/*
 * Adds the reasons why the prompt of @node is hidden: the "if" of the prompt, and the "visible if"
 * lines of the menus around @node.
 */
static void explain_prompt(struct explaining *explaining, const struct kconfig_node *node)
{
	if (!kconfig_has_prompt(node))
		return;
	explain_lines(explaining, node, KCONFIG_VISIBLE, "can be chosen only if");
	explain_lines(explaining, node, KCONFIG_PROMPT, "can be chosen only if");
}

static void explain_selectors(struct explaining *explaining, const struct kconfig_symbol *symbol,
			      bool active_only)
{
	struct kconfig_view *view = &explaining->view;
	g_autoptr(GString) list = g_string_new(NULL);
	unsigned int n = 0;

	for (guint i = 0; i < symbol->raises->len; i++) {
		const struct kconfig_raise *raise =
			&g_array_index(symbol->raises, struct kconfig_raise, i);
		const char *name = raise->by->symbol->name;
		bool active = kconfig_eval_symbol(view, name).high > 0 &&
			      kconfig_eval(view, raise->condition).high > 0;
		g_autofree char *by = NULL;

		if (raise->kind != KCONFIG_SELECT || (active_only && !active) ||
		    ++n > MAX_SELECTORS)
			continue;
		by = kconfig_eval_annotate(view, name);
		g_string_append_printf(list, "%s%s", list->len ? ", " : "", by);
		if (raise->condition) {
			g_autofree char *condition = kconfig_eval_annotate(view, raise->condition);

			g_string_append_printf(list, " if %s", condition);
		}
	}
	if (n > MAX_SELECTORS)
		g_string_append_printf(list, " and %u more", n - MAX_SELECTORS);
	if (n > 0)
		add_reason(explaining->reasons, "%s %s",
			   active_only ? "is selected by" : "can be selected by", list->str);
}

static void explain_enabled(struct explaining *explaining, const struct kconfig_symbol *symbol)
{
	bool has_prompt = false;

	for (guint i = 0; i < symbol->nodes->len; i++) {
		const struct kconfig_node *node = symbol->nodes->pdata[i];

		if (!explain_lines(explaining, node, KCONFIG_DEPENDS, "depends on"))
			explain_prompt(explaining, node);
		has_prompt |= kconfig_has_prompt(node);
		if (explaining->reasons->len == 0 && kconfig_choice_of(node))
			add_reason(explaining->reasons,
				   "belongs to a choice [%s:%u] in which another symbol is y",
				   node->file, node->line);
	}
	if (!has_prompt) {
		add_reason(explaining->reasons, "has no prompt, so it cannot be chosen");
		explain_selectors(explaining, symbol, false);
	}
}

static void explain_disabled(struct explaining *explaining, const struct kconfig_symbol *symbol)
{
	bool has_prompt = false;

	explain_selectors(explaining, symbol, true);
	for (guint i = 0; i < symbol->nodes->len; i++) {
		const struct kconfig_node *node = symbol->nodes->pdata[i];

		explain_prompt(explaining, node);
		has_prompt |= kconfig_has_prompt(node);
		if (explaining->reasons->len == 0 && kconfig_choice_of(node))
			add_reason(explaining->reasons,
				   "belongs to a choice [%s:%u]: enable another symbol of it",
				   node->file, node->line);
	}
	if (!has_prompt && explaining->reasons->len == 0)
		add_reason(explaining->reasons, "has no prompt, and its default sets it");
}

char *kconfig_why_not(const struct kconfig_tree *tree, const struct kconfig *config,
		      const char *name, bool enabled)
{
	const struct kconfig_symbol *symbol = kconfig_tree_find(tree, name);
	/*
	 * The user can choose y only if the condition of the prompt is y. The user can choose n if
	 * the condition is m or y.
	 */
	struct explaining explaining = {
		.view = { .tree = tree, .config = config },
		.needed = enabled ? 2 : 1,
	};

	if (!symbol)
		return g_strdup("no Kconfig file of this tree and architecture has this symbol");
	explaining.reasons = g_string_new(NULL);
	if (enabled)
		explain_enabled(&explaining, symbol);
	else
		explain_disabled(&explaining, symbol);
	if (explaining.reasons->len == 0)
		add_reason(explaining.reasons, "its Kconfig entry does not tell why");
	kconfig_view_reset(&explaining.view);
	return g_string_free(explaining.reasons, FALSE);
}
