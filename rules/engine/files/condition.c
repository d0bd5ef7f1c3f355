// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/files/condition.h"

#include <string.h>

struct condition *condition_parse(const char *text)
{
	const char *prefix = "CONFIG_";
	struct condition *condition;
	size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789_");

	if (!g_str_has_prefix(text, prefix) || length == strlen(prefix))
		return NULL;
	if (text[length] && (text[length] != '=' || !text[length + 1]))
		return NULL;
	condition = g_new0(struct condition, 1);
	condition->symbol = g_strndup(text, length);
	condition->value = text[length] ? g_strdup(text + length + 1) : NULL;
	return condition;
}

struct condition *condition_list(enum condition_kind kind)
{
	struct condition *condition = g_new0(struct condition, 1);

	condition->kind = kind;
	condition->children = g_ptr_array_new_with_free_func((GDestroyNotify)condition_free);
	return condition;
}

void condition_free(struct condition *condition)
{
	if (!condition)
		return;
	g_free(condition->symbol);
	g_free(condition->value);
	g_clear_pointer(&condition->children, g_ptr_array_unref);
	g_free(condition);
}

static char *symbol_why_not(const struct condition *condition, config_lookup lookup, void *data)
{
	const char *value = lookup(data, condition->symbol);

	if (!condition->value) {
		if (value && (strcmp(value, "y") == 0 || strcmp(value, "m") == 0))
			return NULL;
	} else if (g_strcmp0(condition->value, value ? value : "n") == 0) {
		return NULL;
	}
	if (!value)
		return g_strdup_printf("%s is not set", condition->symbol);
	return g_strdup_printf("%s is %s", condition->symbol, value);
}

static char *any_why_not(const struct condition *condition, config_lookup lookup, void *data)
{
	g_autoptr(GString) reasons = g_string_new(NULL);

	for (unsigned int i = 0; i < condition->children->len; i++) {
		g_autofree char *reason =
			condition_why_not(condition->children->pdata[i], lookup, data);

		if (!reason)
			return NULL;
		g_string_append_printf(reasons, "%s%s", i ? ", " : "", reason);
	}
	return g_strdup(reasons->str);
}

char *condition_why_not(const struct condition *condition, config_lookup lookup, void *data)
{
	if (!condition)
		return NULL;
	if (condition->kind == CONDITION_SYMBOL)
		return symbol_why_not(condition, lookup, data);
	if (condition->kind == CONDITION_ANY)
		return any_why_not(condition, lookup, data);
	for (unsigned int i = 0; i < condition->children->len; i++) {
		char *reason = condition_why_not(condition->children->pdata[i], lookup, data);

		if (reason)
			return reason;
	}
	return NULL;
}
