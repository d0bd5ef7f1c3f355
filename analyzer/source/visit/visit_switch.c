// SPDX-License-Identifier: GPL-2.0-only
/* The groups of statements in a switch, each reached only for some values. */
#include "analyzer/source/visit/visit_body_internal.h"

/* The values that lead to the statements at hand. */
struct group {
	struct node *first; /* statement; NULL: no label yet */
	int64_t low, high;
	bool is_known; /* all labels have a value that could be told */
	bool is_default;
};

struct switching {
	struct body *body;
	GArray *atoms;	 /* of the value; struct atom */
	GArray *numbers; /* of all labels: int64_t */
	bool all_known;	 /* and they are all that there are */
	bool gathered;	 /* that was found out */
	unsigned int line;
};

static void add_label(struct switching *s, struct group *group, struct node *label)
{
	int64_t low, high;

	if (label->kind == CXCursor_DefaultStmt) {
		group->is_default = true;
		return;
	}
	if (!label->child || !visit_number(label->child, &low)) {
		group->is_known = s->all_known = false;
		return;
	}
	high = low;
	/* case LOW ... HIGH: */
	if (visit_n_children(label) == 3 && !visit_number(label->child->next, &high)) {
		group->is_known = s->all_known = false;
		return;
	}
	if (low != high)
		s->all_known = false;
	else if (!s->gathered)
		g_array_append_val(s->numbers, low);
	if (!group->first) {
		group->low = low;
		group->high = high;
	}
	group->low = MIN(group->low, low);
	group->high = MAX(group->high, high);
}

static bool is_label(const struct node *node)
{
	return node->kind == CXCursor_CaseStmt || node->kind == CXCursor_DefaultStmt;
}

/* Whether what follows @node is not reached from it. */
static bool leaves(const struct node *node)
{
	while (node && (node->kind == CXCursor_CompoundStmt || is_label(node)))
		node = visit_last_child(node);
	return node && (node->kind == CXCursor_BreakStmt || node->kind == CXCursor_ReturnStmt ||
			node->kind == CXCursor_GotoStmt || node->kind == CXCursor_ContinueStmt);
}

static void add_relation(struct switching *s, GArray *atoms, enum relation relation, int64_t number)
{
	for (guint i = 0; i < s->atoms->len; i++) {
		struct atom atom = g_array_index(s->atoms, struct atom, i);

		if (atom.relation != RELATION_NONE)
			atom.relation = relation, atom.number = number;
		atom.when = !(relation == RELATION_EQ && number == 0);
		atom.clause = ++s->body->n_clauses;
		g_array_append_val(atoms, atom);
	}
}

/* For @group the lines up to @to are reached. */
static void close_group(struct switching *s, const struct group *group, unsigned int to)
{
	g_autoptr(GArray) atoms = g_array_new(FALSE, FALSE, sizeof(struct atom));
	struct region region = { .line = s->line, .to = to, .exit = GUARD_SKIP };

	if (!group->first)
		return;
	region.from = visit_line(s->body, group->first);
	if (group->is_default) {
		for (guint i = 0; s->all_known && i < s->numbers->len; i++)
			add_relation(s, atoms, RELATION_NE, g_array_index(s->numbers, int64_t, i));
	} else if (group->is_known && group->low == group->high) {
		add_relation(s, atoms, RELATION_EQ, group->low);
	} else if (group->is_known) {
		add_relation(s, atoms, RELATION_GE, group->low);
		add_relation(s, atoms, RELATION_LE, group->high);
	}
	visit_report(s->body, &region, atoms);
}

/* The label, with those that follow it at once; the statement behind them. */
static struct node *add_labels(struct switching *s, struct group *group, struct node *node)
{
	while (is_label(node) && node->child) {
		add_label(s, group, node);
		group->first = visit_last_child(node);
		node = group->first;
	}
	return node;
}

static void walk_groups(struct switching *s, struct node *block)
{
	struct group group = { .is_known = true };
	const struct node *before = NULL;

	for (struct node *node = block->child; node; node = node->next) {
		if (is_label(node)) {
			bool falls = before && !leaves(before);

			close_group(s, &group, visit_line(s->body, node) - 1);
			/* A default that is fallen out of can be anything. */
			if (!falls)
				group = (struct group){ .is_known = true };
			else if (group.is_default)
				group.is_known = false, group.is_default = false;
			add_labels(s, &group, node);
			if (falls && group.is_default)
				group.is_known = group.is_default = false;
		}
		before = node;
	}
	close_group(s, &group, visit_end_line(s->body, block));
}

/* All labels, so that a default is known by what it is not. */
static void gather_numbers(struct switching *s, struct node *block)
{
	struct group all = { .is_known = true };

	for (struct node *node = block->child; node; node = node->next)
		add_labels(s, &all, node);
}

/* Whether the atom is a clause of its own. */
static bool is_alone(const GArray *atoms, guint i)
{
	unsigned int clause = g_array_index(atoms, struct atom, i).clause;

	return (!i || g_array_index(atoms, struct atom, i - 1).clause != clause) &&
	       visit_clause_end(atoms, i) == i + 1;
}

void visit_switch(struct body *body, struct node *node)
{
	g_autoptr(GArray) atoms = g_array_new(FALSE, FALSE, sizeof(struct atom));
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
	struct node *block = visit_last_child(node);
	struct switching s = { body, atoms, numbers, true, false, visit_line(body, node) };

	if (!block || block == node->child || block->kind != CXCursor_CompoundStmt)
		return;
	visit_atoms(body, node->child, true, atoms);
	for (guint i = atoms->len; i-- > 0;) {
		enum value_kind kind = g_array_index(atoms, struct atom, i).value.kind;

		/* Of others a test for a value says nothing of whether they were set up. */
		if ((kind != VALUE_PARAM && kind != VALUE_LOADED) || !is_alone(atoms, i))
			g_array_remove_index(atoms, i);
	}
	if (!atoms->len)
		return;
	gather_numbers(&s, block);
	s.gathered = true;
	walk_groups(&s, block);
}
