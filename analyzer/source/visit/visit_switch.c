// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports the guards of a switch. The statements after a group of case labels are reached only if
 * the value that the switch tests is the value of one of these labels.
 */
#include "analyzer/source/visit/visit_body_internal.h"

/*
 * The labels from which control reaches the same statements: labels in a row, and the labels of an
 * earlier group that falls through.
 */
struct group {
	struct node *first; /* the statement after the labels; NULL: the group has no label yet */
	int64_t low, high;  /* the smallest and the largest value of the labels */
	bool is_known;	    /* the values of all labels are known */
	bool is_default;    /* a label is the default label, and no earlier group falls through */
};

struct switching {
	struct body *body;
	GArray *atoms;	 /* struct atom: atoms that test the value of the switch */
	GArray *numbers; /* int64_t: see gather_numbers() */
	bool all_known;	 /* false: the value of a label is not known, or a label is a range */
	bool gathered;	 /* @numbers is complete: add no more values */
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

/* True if control does not pass from @node to the next statement. */
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

/* Reports the guards of the lines from the first statement of @group to the line @to. */
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

/*
 * Adds the label @node to @group, and the labels directly after @node. Returns the statement after
 * these labels.
 */
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
			/*
			 * If control falls through from the statements after the default label, any
			 * value of the switch may lead to the statements after the label @node.
			 */
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

/*
 * Adds the value of each case label to s->numbers. Ranges, and labels whose value is not known, are
 * not added. If the tested value is one of these numbers, the switch does not jump to the default
 * label.
 */
static void gather_numbers(struct switching *s, struct node *block)
{
	struct group all = { .is_known = true };

	for (struct node *node = block->child; node; node = node->next)
		add_labels(s, &all, node);
}

/* True if the atom at index @i is the only atom of its clause. */
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

		/*
		 * Keep only atoms of parameters and of loaded values. An atom of a global variable,
		 * or of the result of a call, is useful only if the atom tells whether something is
		 * set up, as in "if (ready)". A case label does not tell this.
		 */
		if ((kind != VALUE_PARAM && kind != VALUE_LOADED) || !is_alone(atoms, i))
			g_array_remove_index(atoms, i);
	}
	if (!atoms->len)
		return;
	gather_numbers(&s, block);
	s.gathered = true;
	walk_groups(&s, block);
}
