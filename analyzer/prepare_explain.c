// SPDX-License-Identifier: GPL-2.0-only
/* Answers from Kconfig files: why a symbol has its value, and whether the tools decide it. */
#include "analyzer/prepare_symbols.h"

#include <string.h>

#define MAX_MACRO_DEPTH 16
#define MAX_SELECTORS	5

/* "; " between reasons. */
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

/* What the entry depends on and has not; false if it lacks nothing. */
static bool explain_depends(GString *reasons, const struct kentry *entry,
			    const struct kconfig *config)
{
	bool lacks = false;

	for (unsigned int i = 0; i < entry->depends->len; i++) {
		const struct kexpr *expr = g_ptr_array_index(entry->depends, i);
		g_autofree char *text = NULL;

		if (kexpr_value(expr->text, config) == TRI_Y)
			continue;
		text = kexpr_annotate(expr->text, config);
		add_reason(reasons, "depends on %s [%s:%u]", text, expr->file, expr->line);
		lacks = true;
	}
	return lacks;
}

/* A prompt that is hidden: "..." if EXPERT. */
static bool explain_prompt(GString *reasons, const struct kentry *entry,
			   const struct kconfig *config)
{
	for (unsigned int i = 0; i < entry->values->len; i++) {
		const char *value = g_ptr_array_index(entry->values, i);
		const char *end =
			*value == '"' || *value == '\'' ? strchr(value + 1, *value) : NULL;
		g_autofree char *text = NULL;

		if (!end)
			continue;
		end += 1 + strspn(end + 1, " \t");
		if (!g_str_has_prefix(end, "if") || kexpr_value(end + 2, config) == TRI_Y)
			continue;
		text = kexpr_annotate(end + 2 + strspn(end + 2, " \t"), config);
		add_reason(reasons, "can be chosen only if %s [%s:%u]", text, entry->file,
			   entry->line);
		return true;
	}
	return false;
}

static void explain_selectors(GString *reasons, const struct ksymbol *symbol,
			      const struct kconfig *config, bool active_only)
{
	g_autoptr(GString) list = g_string_new(NULL);
	unsigned int n = 0;

	for (unsigned int i = 0; i < symbol->selected_by->len; i++) {
		const struct kselect *select = g_ptr_array_index(symbol->selected_by, i);
		g_autofree char *by = kexpr_annotate(select->by, config);
		bool active =
			kexpr_value(select->by, config) != TRI_N &&
			(!select->condition || kexpr_value(select->condition, config) != TRI_N);

		if ((active_only && !active) || ++n > MAX_SELECTORS)
			continue;
		g_string_append_printf(list, "%s%s", list->len ? ", " : "", by);
		if (select->condition) {
			g_autofree char *condition = kexpr_annotate(select->condition, config);

			g_string_append_printf(list, " if %s", condition);
		}
	}
	if (n > MAX_SELECTORS)
		g_string_append_printf(list, " and %u more", n - MAX_SELECTORS);
	if (n > 0)
		add_reason(reasons, "%s %s", active_only ? "is selected by" : "can be selected by",
			   list->str);
}

char *ksymbols_why_not_enabled(struct ksymbols *symbols, const struct kconfig *config,
			       const char *name)
{
	const struct ksymbol *symbol = ksymbols_find(symbols, name);
	GString *reasons = g_string_new(NULL);
	bool has_prompt = false;

	if (!symbol || symbol->entries->len == 0)
		return g_string_free(g_string_assign(reasons, "no Kconfig file of this tree and "
							      "architecture has this symbol"),
				     FALSE);
	for (unsigned int i = 0; i < symbol->entries->len; i++) {
		const struct kentry *entry = g_ptr_array_index(symbol->entries, i);

		if (!explain_depends(reasons, entry, config))
			explain_prompt(reasons, entry, config);
		has_prompt |= entry->has_prompt;
		if (reasons->len == 0 && entry->in_choice)
			add_reason(reasons, "is one of a choice [%s:%u], and another one is taken",
				   entry->file, entry->line);
	}
	if (!has_prompt) {
		add_reason(reasons, "has no prompt, so it cannot be chosen");
		explain_selectors(reasons, symbol, config, false);
	}
	if (reasons->len == 0)
		add_reason(reasons, "its Kconfig entry does not tell why");
	return g_string_free(reasons, FALSE);
}

char *ksymbols_why_not_disabled(struct ksymbols *symbols, const struct kconfig *config,
				const char *name)
{
	const struct ksymbol *symbol = ksymbols_find(symbols, name);
	GString *reasons = g_string_new(NULL);
	bool has_prompt = false;

	if (!symbol)
		return g_string_free(g_string_assign(reasons, "no Kconfig file has this symbol"),
				     FALSE);
	explain_selectors(reasons, symbol, config, true);
	for (unsigned int i = 0; i < symbol->entries->len; i++) {
		const struct kentry *entry = g_ptr_array_index(symbol->entries, i);

		has_prompt |= entry->has_prompt;
		explain_prompt(reasons, entry, config);
		if (entry->in_choice && reasons->len == 0)
			add_reason(reasons, "is one of a choice [%s:%u]: enable another one of it",
				   entry->file, entry->line);
	}
	if (!has_prompt && reasons->len == 0)
		add_reason(reasons, "has no prompt, and its default sets it");
	if (reasons->len == 0)
		add_reason(reasons, "its Kconfig entry does not tell why");
	return g_string_free(reasons, FALSE);
}

/* Whether @text has a $(...) that runs the C compiler, or (@any_tool) anything at all. */
static bool text_asks(struct ksymbols *symbols, const char *text, bool any_tool, int depth)
{
	for (const char *p = strstr(text, "$("); p; p = strstr(p + 2, "$(")) {
		g_autofree char *name = g_strndup(p + 2, strcspn(p + 2, ",) $("));
		const char *macro;

		if (any_tool && strcmp(name, "shell") == 0)
			return true;
		if (strcmp(name, "CC") == 0 || strcmp(name, "CC_VERSION_TEXT") == 0)
			return true;
		macro = ksymbols_macro(symbols, name);
		if (macro && depth < MAX_MACRO_DEPTH &&
		    text_asks(symbols, macro, any_tool, depth + 1))
			return true;
	}
	return false;
}

struct asking {
	struct ksymbols *symbols;
	bool any_tool;
	bool found;
};

static void visit(const char *name, void *data)
{
	struct asking *asking = data;

	if (!asking->found)
		asking->found = ksymbols_asks_tools(asking->symbols, name, asking->any_tool);
}

static bool entry_asks(struct asking *asking, const struct kentry *entry)
{
	for (unsigned int i = 0; i < entry->values->len && !asking->found; i++) {
		const char *text = g_ptr_array_index(entry->values, i);

		asking->found = text_asks(asking->symbols, text, asking->any_tool, 0);
		kexpr_symbols(text, visit, asking);
	}
	for (unsigned int i = 0; i < entry->depends->len && !asking->found; i++) {
		const struct kexpr *expr = g_ptr_array_index(entry->depends, i);

		asking->found = text_asks(asking->symbols, expr->text, asking->any_tool, 0);
		kexpr_symbols(expr->text, visit, asking);
	}
	return asking->found;
}

bool ksymbols_asks_tools(struct ksymbols *symbols, const char *name, bool any_tool)
{
	struct ksymbol *symbol = ksymbols_find(symbols, name);
	struct asking asking = { symbols, any_tool, false };
	int *known;

	if (!symbol || symbol->visiting)
		return false;
	known = any_tool ? &symbol->asks_any : &symbol->asks_cc;
	if (*known >= 0)
		return *known;
	for (unsigned int i = 0; i < symbol->entries->len; i++)
		if (((struct kentry *)g_ptr_array_index(symbol->entries, i))->has_prompt)
			return (*known = false);
	symbol->visiting = true;
	for (unsigned int i = 0; i < symbol->entries->len && !asking.found; i++)
		entry_asks(&asking, g_ptr_array_index(symbol->entries, i));
	symbol->visiting = false;
	return (*known = asking.found);
}
