// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kconfig/kconfig_answer_internal.h"

#include <string.h>

static const struct kconfig_span no = { 0, 0 }, yes = { 2, 2 }, any = { 0, 2 };
enum user_answer { UNANSWERED, MAYBE_ANSWERED, ANSWERED };

struct lookup {
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
static void set_why(struct lookup *query, const char *format, ...)
{
	va_list args;

	g_free(query->result->why);
	va_start(args, format);
	query->result->why = g_strdup_vprintf(format, args);
	va_end(args);
}

/* Evaluates the conditions of all lines of @node that are of the kind @kind, joined with "&&". */
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

/* Returns @span, but with y in place of m if @symbol is a bool, or if MODULES is n. */
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

static const char *config_value(const struct lookup *query, const struct kconfig_symbol *symbol)
{
	return kconfig_view_line(query->view, symbol,
				 kconfig_tree_find(query->before->tree, symbol->name));
}

/*
 * If the prompt of a symbol X is visible, the .config has an answer for X. The answer n is the line
 * "# CONFIG_X is not set", which struct kconfig does not keep. So if X has no value, and the prompt
 * of X is visible in query->before->tree (the .config was made for this tree), the answer is n.
 */
static enum user_answer user_answer(const struct lookup *query, const struct kconfig_symbol *symbol)
{
	const struct kconfig_symbol *was = kconfig_tree_find(query->before->tree, symbol->name);
	struct kconfig_span span;

	if (config_value(query, symbol))
		return ANSWERED;
	if (!was || kconfig_view_line(query->before, was, was))
		return UNANSWERED;
	span = visible(query->before, was);
	return span.low > 0 ? ANSWERED : span.high > 0 ? MAYBE_ANSWERED : UNANSWERED;
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

/*
 * Finds a symbol X that certainly selects (or implies, if @kind is KCONFIG_IMPLY) query->symbol.
 * Sets query->result->node to the entry of X. Returns the name of X; "another symbol" if none.
 */
static const char *raiser(struct lookup *query, enum kconfig_line_kind kind)
{
	for (guint i = 0; i < query->symbol->raises->len; i++) {
		const struct kconfig_raise *raise =
			&g_array_index(query->symbol->raises, struct kconfig_raise, i);

		if (raise->kind == kind &&
		    kconfig_eval_symbol(query->view, raise->by->symbol->name).low > 0 &&
		    kconfig_eval(query->view, raise->condition).low > 0) {
			query->result->node = raise->by;
			return raise->by->symbol->name;
		}
	}
	return "another symbol";
}

/*
 * The result contains the value of each "default" line whose condition is unknown, up to the first
 * line whose condition certainly holds, and the value of this line; n if there is no such line.
 */
static struct kconfig_span default_span(struct lookup *query)
{
	struct kconfig_span all = { 2, 0 };

	for (guint i = 0; i < query->symbol->nodes->len; i++) {
		const struct kconfig_node *node = query->symbol->nodes->pdata[i];
		struct kconfig_span depends = node_depends(query->view, node);

		for (guint l = 0; l < node->lines->len && depends.high > 0; l++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, l);
			struct kconfig_span if_span;

			if (line->kind != KCONFIG_DEFAULT)
				continue;
			if_span = kconfig_span_and(depends,
						   kconfig_eval(query->view, line->condition));
			if (if_span.high == 0)
				continue;
			query->result->node = node;
			set_why(query, "default %s", line->value);
			all = kconfig_span_either(
				all,
				kconfig_span_and(kconfig_eval_default(query->view, line->value),
						 if_span));
			if (if_span.low > 0)
				return all;
		}
	}
	if (all.low > all.high)
		set_why(query, "no default");
	return kconfig_span_either(all, no);
}

static void set_why_depends(struct lookup *query)
{
	for (const struct kconfig_node *node = query->symbol->nodes->pdata[0]; node;
	     node = node->parent) {
		for (guint i = 0; i < node->lines->len; i++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, i);

			if (line->kind == KCONFIG_DEPENDS &&
			    kconfig_eval(query->view, line->condition).high == 0) {
				set_why(query, "depends on %s, which does not hold",
					line->condition);
				return;
			}
		}
	}
}

static struct kconfig_span span_without_answer(struct lookup *query)
{
	struct kconfig_span span = default_span(query);
	struct kconfig_span implied = kconfig_raised(query->view, query->symbol, KCONFIG_IMPLY);
	struct kconfig_span depends = symbol_depends(query->view, query->symbol);
	struct kconfig_span with;

	if (depends.high == 0)
		set_why_depends(query);
	if (implied.high == 0)
		return span;
	with = kconfig_span_and(kconfig_span_or(span, implied),
				as_type(query->view, query->symbol, depends));
	if (implied.low > 0) {
		if (with.high > span.high)
			set_why(query, "implied by %s", raiser(query, KCONFIG_IMPLY));
		return with;
	}
	return kconfig_span_either(span, with);
}

static struct kconfig_span user_span(const struct lookup *query)
{
	const char *value = config_value(query, query->symbol);
	int tri = !value ? 0 : strcmp(value, "y") == 0 ? 2 : strcmp(value, "m") == 0 ? 1 : 0;

	return (struct kconfig_span){ tri, tri };
}

static struct kconfig_span answer_tristate(struct lookup *query)
{
	struct kconfig_span seen = visible(query->view, query->symbol);
	struct kconfig_span raised = kconfig_raised(query->view, query->symbol, KCONFIG_SELECT);
	enum user_answer answer = user_answer(query, query->symbol);
	struct kconfig_span span = { 2, 0 };

	if (seen.high > 0 && answer != UNANSWERED) {
		struct kconfig_span limit = seen;

		limit.low = MAX(limit.low, 1);
		set_why(query, "the .config's answer, limited by its dependencies");
		span = kconfig_span_and(user_span(query), limit);
	}
	if (seen.low == 0 || answer != ANSWERED)
		span = kconfig_span_either(span, span_without_answer(query));
	if (raised.low > span.high)
		set_why(query, "selected by %s", raiser(query, KCONFIG_SELECT));
	return as_type(query->view, query->symbol, kconfig_span_or(span, raised));
}

struct picking {
	struct lookup *query;
	const struct kconfig_symbol *picked; /* the member of a choice that is y; NULL: none */
};

static bool can_be_picked(const struct picking *picking, const struct kconfig_symbol *member)
{
	return visible(picking->query->view, member).low > 0;
}

/* Returns the first visible default of @choice, or else its first visible member; NULL: none. */
static const struct kconfig_symbol *pick_default(struct picking *picking,
						 const struct kconfig_node *choice)
{
	struct kconfig_view *view = picking->query->view;

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
	struct kconfig_view *view = picking->query->view;
	bool known = !choice->unclear;

	for (guint i = 0; i < choice->members->len && known; i++) {
		const struct kconfig_symbol *member = choice->members->pdata[i];

		known = kconfig_span_known(visible(view, member)) &&
			user_answer(picking->query, member) != MAYBE_ANSWERED;
	}
	for (guint i = 0; i < choice->lines->len && known; i++)
		known = kconfig_span_known(kconfig_eval(
			view, g_array_index(choice->lines, struct kconfig_line, i).condition));
	return known;
}

/*
 * Sets picking->picked to the member of @choice that is y; NULL if no member is visible. Returns
 * false if this member is not known. One reason: the user has answered n for all visible members.
 * Then the order of the lines in the .config decides, and struct kconfig does not keep this order.
 */
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
		if (g_strcmp0(config_value(picking->query, member), "y") == 0) {
			picking->picked = member;
			return true;
		}
		if (!first && user_answer(picking->query, member) == UNANSWERED)
			first = member;
	}
	picking->picked = pick_default(picking, choice);
	if (picking->picked && user_answer(picking->query, picking->picked) != UNANSWERED)
		picking->picked = first;
	return picking->picked || !pick_default(picking, choice);
}

static struct kconfig_span answer_choice(struct lookup *query, const struct kconfig_node *choice)
{
	struct picking picking = { query, NULL };

	query->result->node = choice;
	if (!pick(&picking, choice)) {
		set_why(query, "it is not known which member of its choice is y");
		return any;
	}
	if (!picking.picked)
		set_why(query, "no member of its choice is visible");
	else
		set_why(query, "%s is the member of its choice that is y", picking.picked->name);
	return picking.picked == query->symbol ? yes : no;
}

/* Returns the value of the string or number query->symbol; NULL: unknown. Free with g_free(). */
static char *answer_text(struct lookup *query)
{
	const char *value = config_value(query, query->symbol);
	struct kconfig_span seen = visible(query->view, query->symbol);

	if (value && seen.low > 0) {
		set_why(query, "the .config's answer");
		return g_strdup(value);
	}
	if (value && seen.high > 0)
		return NULL;
	for (guint i = 0; i < query->symbol->nodes->len; i++) {
		const struct kconfig_node *node = query->symbol->nodes->pdata[i];

		for (guint l = 0; l < node->lines->len; l++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, l);
			struct kconfig_span span = no;

			if (line->kind == KCONFIG_DEFAULT)
				span = kconfig_span_and(kconfig_eval(query->view, line->condition),
							node_depends(query->view, node));
			if (span.high == 0)
				continue;
			query->result->node = node;
			set_why(query, "default %s", line->value);
			return span.low > 0 ? kconfig_eval_text(query->view, line->value) : NULL;
		}
	}
	set_why(query, "no default");
	return g_strdup("");
}

/* Returns false if the number @text is, or may be, outside the limits of a "range" line. */
static bool is_in_range(struct lookup *query, const char *text)
{
	gint64 number = g_ascii_strtoll(text, NULL, query->symbol->type == KCONFIG_HEX ? 16 : 10);

	for (guint i = 0; i < query->symbol->nodes->len; i++) {
		const struct kconfig_node *node = query->symbol->nodes->pdata[i];

		for (guint l = 0; l < node->lines->len; l++) {
			const struct kconfig_line *line =
				&g_array_index(node->lines, struct kconfig_line, l);
			const char *space = line->value ? strchr(line->value, ' ') : NULL;
			g_autofree char *low = NULL;
			g_autofree char *high = NULL;

			if (line->kind != KCONFIG_RANGE ||
			    kconfig_eval(query->view, line->condition).high == 0)
				continue;
			if (space) {
				g_autofree char *first =
					g_strndup(line->value, (gsize)(space - line->value));

				low = kconfig_eval_text(query->view, first);
				high = kconfig_eval_text(query->view, space + 1);
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

static void answer_known(struct lookup *query)
{
	static const char *const texts[] = { "n", "m", "y" };
	struct kconfig_value *value = &query->result->value;
	const struct kconfig_node *choice = kconfig_choice_of(query->symbol->nodes->pdata[0]);
	bool is_text = query->symbol->type > KCONFIG_TRISTATE;

	if (is_text) {
		value->text = answer_text(query);
		if (value->text && *value->text && query->symbol->type != KCONFIG_STRING &&
		    !is_in_range(query, value->text)) {
			g_clear_pointer(&value->text, g_free);
			set_why(query, "the value may be out of range");
		}
		return;
	}
	value->span = choice ? answer_choice(query, choice) : answer_tristate(query);
	if (kconfig_span_known(value->span))
		value->text = g_strdup(texts[value->span.low]);
}

void kconfig_answer(struct kconfig_view *view, struct kconfig_view *before, const char *name,
		    struct kconfig_result *result)
{
	struct lookup query = { view, before, kconfig_tree_find(view->tree, name), result };
	const char *unclear = query.symbol ? unclear_line(query.symbol) : NULL;

	*result = (struct kconfig_result){ .value = { no, NULL } };
	kconfig_view_reset(view);
	if (!query.symbol) {
		result->value.text = g_strdup("n");
		set_why(&query, "no Kconfig file defines it any more");
		return;
	}
	result->node = query.symbol->nodes->pdata[0];
	if (unclear || query.symbol->type == KCONFIG_NO_TYPE) {
		result->value.span = any;
		set_why(&query, "not understood: %s", unclear ? unclear : "entry without a type");
		return;
	}
	answer_known(&query);
	if (!result->value.text && view->unknown) {
		result->unknown_by_dependency = view->unknown_by_dependency;
		set_why(&query,
			view->unknown_by_dependency ? "depends on %s"
						    : "the value of %s is not known",
			view->unknown);
	}
}
