// SPDX-License-Identifier: GPL-2.0-only
#include "cli/commands/fact_text_internal.h"

static void add_optional(GString *line, const char *before, const char *text)
{
	if (text)
		g_string_append_printf(line, "%s%s", before, text);
}

static void add_variable(GString *line, const char *name, const char *file, const char *field)
{
	g_string_append(line, name ? name : "-");
	add_optional(line, "@", file);
	add_optional(line, ".", field);
}

static void add_value(GString *line, const struct value *value)
{
	g_autofree char *escaped = NULL;

	if (value->kind == VALUE_UNKNOWN) {
		g_string_append_c(line, '-');
		return;
	}
	g_string_append_printf(line, "%s:", value_kind_names[value->kind]);
	switch (value->kind) {
	case VALUE_STRING:
		escaped = g_strescape(value->text, NULL);
		g_string_append(line, escaped);
		break;
	case VALUE_NUMBER:
	case VALUE_PARAM:
	case VALUE_LOADED:
		g_string_append_printf(line, "%" G_GINT64_FORMAT, value->number);
		add_optional(line, ".", value->field);
		break;
	case VALUE_MEMBER:
		g_string_append(line, value->field);
		break;
	default:
		add_variable(line, value->name, value->file, value->field);
		break;
	}
}

static void add_test(GString *line, const struct test *test)
{
	g_string_append(line, relation_names[test->relation]);
	if (test->relation != RELATION_NONE)
		g_string_append_printf(line, "%" G_GINT64_FORMAT, test->number);
}

static void add_flag(GString *line, const struct member_print *print, bool flag)
{
	const char *else_word = print->else_word ? print->else_word : "-";

	g_string_append(line, flag ? print->word : else_word);
}

static void add_text(GString *line, const struct member_print *print, const char *text)
{
	if (text)
		add_optional(line, print->word ? print->word : "", text);
	else
		g_string_append_c(line, '-');
}

static void add_member(GString *line, const struct fact_member *member, const void *data)
{
	const struct variable *variable = data;

	g_string_append_c(line, member->print.before ? member->print.before : '\t');
	switch (member->type) {
	case MEMBER_NAME:
	case MEMBER_TEXT:
		add_text(line, &member->print, *(const char *const *)data);
		break;
	case MEMBER_NUMBER:
		g_string_append_printf(line, "%u", *(const unsigned int *)data);
		break;
	case MEMBER_ENUM:
		g_string_append(line, member->names[*(const unsigned int *)data]);
		break;
	case MEMBER_FLAG:
		add_flag(line, &member->print, *(const bool *)data);
		break;
	case MEMBER_VARIABLE:
		add_variable(line, variable->name, variable->file, variable->field);
		break;
	case MEMBER_VALUE:
		add_value(line, data);
		break;
	case MEMBER_TEST:
		add_test(line, data);
		break;
	}
}

char *fact_text(const struct fact *fact)
{
	const struct fact_layout *layout = fact_layout(fact->kind);
	GString *line = g_string_new(layout->name);

	for (unsigned int i = 0; i < layout->n_members; i++)
		add_member(line, &layout->members[i], fact_member(fact, &layout->members[i]));
	return g_string_free(line, FALSE);
}
