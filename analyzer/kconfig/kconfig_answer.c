// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kconfig/kconfig_answer_internal.h"

#include <string.h>

static const struct kconfig_span no = { 0, 0 }, yes = { 2, 2 }, any = { 0, 2 };

/* Whether the .config answers the question that a prompt is. */
enum asked {
	NOT_ASKED,
	MAYBE_ASKED,
	ASKED,
};

struct answering {
	struct kconfig_view *view;
	struct kconfig_view *before;
	const struct kconfig_symbol *symbol;
	struct kconfig_result *result;
};

void kconfig_result_clear(struct kconfig_result *result)
{
	g_clear_pointer(&result->value.text, g_free);
	g_clear_pointer(&result->why, g_free);
}

G_GNUC_PRINTF(2, 3)
static void say(struct answering *of, const char *format, ...)
{
	va_list args;

	g_free(of->result->why);
	va_start(args, format);
	of->result->why = g_strdup_vprintf(format, args);
	va_end(args);
}

static struct kconfig_span holds(struct kconfig_view *view, const struct kconfig_node *node,
				 enum kconfig_line_kind kind)
{
	struct kconfig_span span = yes;

	for (guint i = 0; i < node->lines->len && span.high > 0; i++) {
		const struct kconfig_line *line =
			&g_array_index(node->lines, struct kconfig_line, i);

		if (line->kind == kind)
			span = kconfig_span_and(span, kconfig_eval(view, line->condition));
	}
	return span;
}

/* What the entry and all that it stands in depend on. */
static struct kconfig_span node_depends(struct kconfig_view *view, const struct kconfig_node *node)
{
	struct kconfig_span span = yes;

	for (; node && span.high > 0; node = node->parent)
		span = kconfig_span_and(span, holds(view, node, KCONFIG_DEPENDS));
	return span;
}

static struct kconfig_span symbol_depends(struct kconfig_view *view,
					  const struct kconfig_symbol *symbol)
{
	struct kconfig_span span = no;

	for (guint i = 0; i < symbol->nodes->len; i++)
		span = kconfig_span_or(span, node_depends(view, symbol->nodes->pdata[i]));
	return span;
}

/* There is no m for what is a bool, and for nothing without modules. */
static struct kconfig_span as_type(struct kconfig_view *view, const struct kconfig_symbol *symbol,
				   struct kconfig_span span)
{
	struct kconfig_span modules = yes;

	if (symbol->type == KCONFIG_TRISTATE && strcmp(symbol->name, "MODULES") != 0)
		modules = kconfig_eval_symbol(view, "MODULES");
	if (symbol->type != KCONFIG_TRISTATE || modules.high == 0) {
		span.low = span.low == 1 ? 2 : span.low;
		span.high = span.high == 1 ? 2 : span.high;
	} else if (modules.low == 0 && span.high == 1) {
		span.high = 2;
	}
	return span;
}

static struct kconfig_span visible(struct kconfig_view *view, const struct kconfig_symbol *symbol)
{
	struct kconfig_span all = no;

	for (guint i = 0; i < symbol->nodes->len; i++) {
		const struct kconfig_node *node = symbol->nodes->pdata[i];

		for (guint l = 0; l < node->lines->len; l++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, l);
			struct kconfig_span span;

			if (line->kind != KCONFIG_PROMPT)
				continue;
			span = kconfig_span_and(kconfig_eval(view, line->condition),
						node_depends(view, node));
			for (const struct kconfig_node *up = node; up && span.high; up = up->parent)
				span = kconfig_span_and(span, holds(view, up, KCONFIG_VISIBLE));
			all = kconfig_span_or(all, span);
		}
	}
	return as_type(view, symbol, all);
}

static const char *config_value(const struct answering *of, const struct kconfig_symbol *symbol)
{
	return kconfig_view_line(of->view, symbol,
				 kconfig_tree_find(of->before->tree, symbol->name));
}

/*
 * A symbol that is off is written down only where its prompt can be seen; and what is not
 * written down is a new question.
 */
static enum asked is_asked(const struct answering *of, const struct kconfig_symbol *symbol)
{
	const struct kconfig_symbol *was = kconfig_tree_find(of->before->tree, symbol->name);
	struct kconfig_span span;

	if (config_value(of, symbol))
		return ASKED;
	if (!was || kconfig_view_line(of->before, was, was))
		return NOT_ASKED;
	span = visible(of->before, was);
	return span.low > 0 ? ASKED : span.high > 0 ? MAYBE_ASKED : NOT_ASKED;
}

struct kconfig_span kconfig_raised(struct kconfig_view *view, const struct kconfig_symbol *symbol,
				   enum kconfig_line_kind kind)
{
	struct kconfig_span span = no;

	for (guint i = 0; i < symbol->raises->len; i++) {
		const struct kconfig_raise *raise =
			&g_array_index(symbol->raises, struct kconfig_raise, i);
		struct kconfig_span by = no;

		if (raise->kind == kind)
			by = kconfig_eval_symbol(view, raise->by->symbol->name);
		if (by.high > 0)
			by = kconfig_span_and(by, kconfig_eval(view, raise->condition));
		if (by.high > 0)
			by = kconfig_span_and(by, node_depends(view, raise->by));
		span = kconfig_span_or(span, by);
	}
	return as_type(view, symbol, span);
}

/* Names the first that selects, or implies, as far as is known. */
static const char *raiser(struct answering *of, enum kconfig_line_kind kind)
{
	for (guint i = 0; i < of->symbol->raises->len; i++) {
		const struct kconfig_raise *raise =
			&g_array_index(of->symbol->raises, struct kconfig_raise, i);

		if (raise->kind == kind &&
		    kconfig_eval_symbol(of->view, raise->by->symbol->name).low > 0 &&
		    kconfig_eval(of->view, raise->condition).low > 0) {
			of->result->node = raise->by;
			return raise->by->symbol->name;
		}
	}
	return "another symbol";
}

/* The first default whose condition holds; those before it that may hold as well. */
static struct kconfig_span default_span(struct answering *of)
{
	struct kconfig_span all = { 2, 0 };

	for (guint i = 0; i < of->symbol->nodes->len; i++) {
		const struct kconfig_node *node = of->symbol->nodes->pdata[i];
		struct kconfig_span depends = node_depends(of->view, node);

		for (guint l = 0; l < node->lines->len && depends.high > 0; l++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, l);
			struct kconfig_span if_span;

			if (line->kind != KCONFIG_DEFAULT)
				continue;
			if_span =
				kconfig_span_and(depends, kconfig_eval(of->view, line->condition));
			if (if_span.high == 0)
				continue;
			of->result->node = node;
			say(of, "default %s", line->value);
			all = kconfig_span_either(
				all, kconfig_span_and(kconfig_eval_default(of->view, line->value),
						      if_span));
			if (if_span.low > 0)
				return all;
		}
	}
	if (all.low > all.high)
		say(of, "no default");
	return kconfig_span_either(all, no);
}

/* A node that asks for what is off. */
static void say_depends(struct answering *of)
{
	for (const struct kconfig_node *node = of->symbol->nodes->pdata[0]; node;
	     node = node->parent) {
		for (guint i = 0; i < node->lines->len; i++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, i);

			if (line->kind == KCONFIG_DEPENDS &&
			    kconfig_eval(of->view, line->condition).high == 0) {
				say(of, "depends on %s, which does not hold", line->condition);
				return;
			}
		}
	}
}

/* As if nobody had been asked. */
static struct kconfig_span unasked(struct answering *of)
{
	struct kconfig_span span = default_span(of);
	struct kconfig_span implied = kconfig_raised(of->view, of->symbol, KCONFIG_IMPLY);
	struct kconfig_span depends = symbol_depends(of->view, of->symbol);
	struct kconfig_span with;

	if (depends.high == 0)
		say_depends(of);
	if (implied.high == 0)
		return span;
	with = kconfig_span_and(kconfig_span_or(span, implied),
				as_type(of->view, of->symbol, depends));
	if (implied.low > 0) {
		if (with.high > span.high)
			say(of, "implied by %s", raiser(of, KCONFIG_IMPLY));
		return with;
	}
	return kconfig_span_either(span, with);
}

static struct kconfig_span user_span(const struct answering *of)
{
	const char *value = config_value(of, of->symbol);
	int tri = !value ? 0 : strcmp(value, "y") == 0 ? 2 : strcmp(value, "m") == 0 ? 1 : 0;

	return (struct kconfig_span){ tri, tri };
}

static struct kconfig_span answer_tristate(struct answering *of)
{
	struct kconfig_span seen = visible(of->view, of->symbol);
	struct kconfig_span raised = kconfig_raised(of->view, of->symbol, KCONFIG_SELECT);
	enum asked asked = is_asked(of, of->symbol);
	struct kconfig_span span = { 2, 0 };

	if (seen.high > 0 && asked != NOT_ASKED) {
		struct kconfig_span limit = seen;

		limit.low = MAX(limit.low, 1);
		say(of, "the answer that it has, as far as it depends on what is on");
		span = kconfig_span_and(user_span(of), limit);
	}
	if (seen.low == 0 || asked != ASKED)
		span = kconfig_span_either(span, unasked(of));
	if (raised.low > span.high)
		say(of, "selected by %s", raiser(of, KCONFIG_SELECT));
	return as_type(of->view, of->symbol, kconfig_span_or(span, raised));
}

/* A choice: whose member is on. False if that is not known. */
struct picking {
	struct answering *of;
	const struct kconfig_symbol *picked;
};

static bool can_be_picked(const struct picking *picking, const struct kconfig_symbol *member)
{
	return visible(picking->of->view, member).low > 0;
}

/* The first default that can be seen, or else the first member that can. */
static const struct kconfig_symbol *pick_default(struct picking *picking,
						 const struct kconfig_node *choice)
{
	struct kconfig_view *view = picking->of->view;

	for (guint i = 0; i < choice->lines->len; i++) {
		const struct kconfig_line *line =
			&g_array_index(choice->lines, struct kconfig_line, i);
		const struct kconfig_symbol *symbol = NULL;

		if (line->kind == KCONFIG_DEFAULT && kconfig_eval(view, line->condition).low > 0)
			symbol = kconfig_tree_find(view->tree, line->value);
		if (symbol && can_be_picked(picking, symbol))
			return symbol;
	}
	for (guint i = 0; i < choice->members->len; i++)
		if (can_be_picked(picking, choice->members->pdata[i]))
			return choice->members->pdata[i];
	return NULL;
}

static bool all_known(const struct picking *picking, const struct kconfig_node *choice)
{
	struct kconfig_view *view = picking->of->view;
	bool known = !choice->unclear;

	for (guint i = 0; i < choice->members->len && known; i++) {
		const struct kconfig_symbol *member = choice->members->pdata[i];

		known = kconfig_span_known(visible(view, member)) &&
			is_asked(picking->of, member) != MAYBE_ASKED;
	}
	for (guint i = 0; i < choice->lines->len && known; i++)
		known = kconfig_span_known(kconfig_eval(
			view, g_array_index(choice->lines, struct kconfig_line, i).condition));
	return known;
}

static bool pick(struct picking *picking, const struct kconfig_node *choice)
{
	const GPtrArray *members = choice->members;
	const struct kconfig_symbol *first = NULL;

	if (!all_known(picking, choice))
		return false;
	for (guint i = 0; i < members->len; i++) {
		const struct kconfig_symbol *member = members->pdata[i];

		if (!can_be_picked(picking, member))
			continue;
		if (g_strcmp0(config_value(picking->of, member), "y") == 0) {
			picking->picked = member;
			return true;
		}
		if (!first && is_asked(picking->of, member) == NOT_ASKED)
			first = member;
	}
	picking->picked = pick_default(picking, choice);
	if (picking->picked && is_asked(picking->of, picking->picked) != NOT_ASKED)
		picking->picked = first;
	/* All have been answered n: Kconfig goes by the order of the .config's lines. */
	return picking->picked || !pick_default(picking, choice);
}

static struct kconfig_span answer_choice(struct answering *of, const struct kconfig_node *choice)
{
	struct picking picking = { of, NULL };

	of->result->node = choice;
	if (!pick(&picking, choice)) {
		say(of, "it is not known which of its choice is on");
		return any;
	}
	if (!picking.picked)
		say(of, "none of its choice can be seen");
	else
		say(of, "%s is what its choice comes to", picking.picked->name);
	return picking.picked == of->symbol ? yes : no;
}

/* A default's text, or the answer; NULL: not known. */
static char *answer_text(struct answering *of)
{
	const char *value = config_value(of, of->symbol);
	struct kconfig_span seen = visible(of->view, of->symbol);

	if (value && seen.low > 0) {
		say(of, "the answer that it has");
		return g_strdup(value);
	}
	if (value && seen.high > 0)
		return NULL;
	for (guint i = 0; i < of->symbol->nodes->len; i++) {
		const struct kconfig_node *node = of->symbol->nodes->pdata[i];

		for (guint l = 0; l < node->lines->len; l++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, l);
			struct kconfig_span span = no;

			if (line->kind == KCONFIG_DEFAULT)
				span = kconfig_span_and(kconfig_eval(of->view, line->condition),
							node_depends(of->view, node));
			if (span.high == 0)
				continue;
			of->result->node = node;
			say(of, "default %s", line->value);
			return span.low > 0 ? kconfig_eval_text(of->view, line->value) : NULL;
		}
	}
	say(of, "no default");
	return g_strdup("");
}

/* Bounds may change what is answered. */
static bool is_in_range(struct answering *of, const char *text)
{
	gint64 number = g_ascii_strtoll(text, NULL, of->symbol->type == KCONFIG_HEX ? 16 : 10);

	for (guint i = 0; i < of->symbol->nodes->len; i++) {
		const struct kconfig_node *node = of->symbol->nodes->pdata[i];

		for (guint l = 0; l < node->lines->len; l++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, l);
			const char *space = line->value ? strchr(line->value, ' ') : NULL;
			g_autofree char *low = NULL;
			g_autofree char *high = NULL;

			if (line->kind != KCONFIG_RANGE ||
			    kconfig_eval(of->view, line->condition).high == 0)
				continue;
			if (space) {
				g_autofree char *first =
					g_strndup(line->value, (gsize)(space - line->value));

				low = kconfig_eval_text(of->view, first);
				high = kconfig_eval_text(of->view, space + 1);
			}
			if (!low || !high || number < g_ascii_strtoll(low, NULL, 0) ||
			    number > g_ascii_strtoll(high, NULL, 0))
				return false;
		}
	}
	return true;
}

static const char *unclear_line(const struct kconfig_symbol *symbol)
{
	for (guint i = 0; i < symbol->nodes->len; i++)
		for (const struct kconfig_node *node = symbol->nodes->pdata[i]; node;
		     node = node->parent)
			if (node->unclear)
				return node->unclear;
	return NULL;
}

static void answer_known(struct answering *of)
{
	static const char *const texts[] = { "n", "m", "y" };
	struct kconfig_value *value = &of->result->value;
	const struct kconfig_node *choice = kconfig_choice_of(of->symbol->nodes->pdata[0]);
	bool is_text = of->symbol->type > KCONFIG_TRISTATE;

	if (is_text) {
		value->text = answer_text(of);
		if (value->text && *value->text && of->symbol->type != KCONFIG_STRING &&
		    !is_in_range(of, value->text)) {
			g_clear_pointer(&value->text, g_free);
			say(of, "it may be out of its range");
		}
		return;
	}
	value->span = choice ? answer_choice(of, choice) : answer_tristate(of);
	if (kconfig_span_known(value->span))
		value->text = g_strdup(texts[value->span.low]);
}

void kconfig_answer(struct kconfig_view *view, struct kconfig_view *before, const char *name,
		    struct kconfig_result *result)
{
	struct answering of = { view, before, kconfig_tree_find(view->tree, name), result };
	const char *unclear = of.symbol ? unclear_line(of.symbol) : NULL;

	*result = (struct kconfig_result){ .value = { no, NULL } };
	kconfig_view_reset(view);
	if (!of.symbol) {
		result->value.text = g_strdup("n");
		say(&of, "no Kconfig file defines it any more");
		return;
	}
	result->node = of.symbol->nodes->pdata[0];
	if (unclear || of.symbol->type == KCONFIG_NO_TYPE) {
		result->value.span = any;
		say(&of, "not understood: %s", unclear ? unclear : "an entry without type");
		return;
	}
	answer_known(&of);
	if (!result->value.text && view->unknown) {
		result->unknown_by_dependency = view->unknown_by_dependency;
		say(&of,
		    view->unknown_by_dependency ? "depends on %s" : "what %s says is not known",
		    view->unknown);
	}
}
