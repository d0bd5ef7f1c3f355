// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions of the kernel that check errors, read values or use lists. The visitor must know the
 * meaning of these functions to follow values through calls.
 */
#include "analyzer/source/visit/visit_body_internal.h"

#include <string.h>

/* Sorted by name: visit_role() uses binary search. */
static const struct builtin_role roles[] = {
	{ "ERR_CAST", ROLE_SAME, 0, true },
	{ "ERR_PTR", ROLE_SAME, 0, true },
	{ "IS_ERR", ROLE_ERROR, 0, false },
	{ "IS_ERR_OR_NULL", ROLE_ERROR, 0, false },
	{ "PTR_ERR", ROLE_SAME, 0, true },
	{ "PTR_ERR_OR_ZERO", ROLE_ERROR, 0, true },
	{ "__builtin_constant_p", ROLE_SKIP, 0, false },
	{ "__builtin_dynamic_object_size", ROLE_SKIP, 0, false },
	{ "__builtin_expect", ROLE_SAME, 0, false },
	{ "__builtin_expect_with_probability", ROLE_SAME, 0, false },
	{ "__builtin_object_size", ROLE_SKIP, 0, false },
	{ "atomic64_read", ROLE_CONTENT, 0, false },
	{ "atomic_long_read", ROLE_CONTENT, 0, false },
	{ "atomic_long_set", ROLE_SET, 0, false },
	{ "atomic_read", ROLE_CONTENT, 0, false },
	{ "atomic_set", ROLE_SET, 0, false },
	{ "dev_err_probe", ROLE_SAME, 1, true },
	{ "hlist_add_head", ROLE_KEEP, 1, false },
	{ "hlist_add_head_rcu", ROLE_KEEP, 1, false },
	{ "hlist_empty", ROLE_EMPTY, 0, false },
	{ "klist_add_tail", ROLE_KEEP, 1, false },
	{ "list_add", ROLE_KEEP, 1, false },
	{ "list_add_rcu", ROLE_KEEP, 1, false },
	{ "list_add_tail", ROLE_KEEP, 1, false },
	{ "list_add_tail_rcu", ROLE_KEEP, 1, false },
	{ "list_empty", ROLE_EMPTY, 0, false },
	{ "list_empty_careful", ROLE_EMPTY, 0, false },
	{ "list_move", ROLE_KEEP, 1, false },
	{ "list_move_tail", ROLE_KEEP, 1, false },
	{ "llist_add", ROLE_KEEP, 1, false },
	{ "refcount_read", ROLE_CONTENT, 0, false },
	{ "static_key_count", ROLE_CONTENT, 0, false },
	{ "static_key_enabled", ROLE_CONTENT, 0, false },
	{ "test_bit", ROLE_CONTENT, 1, false },
};

const struct builtin_role *visit_role(const char *name)
{
	size_t low = 0, high = G_N_ELEMENTS(roles);

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, roles[middle].name);

		if (order == 0)
			return &roles[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

struct decl *visit_callee(const struct node *call)
{
	struct node *callee = call->child ? visit_strip(call->child) : NULL;

	if (callee && callee->kind == CXCursor_UnaryOperator)
		callee = visit_strip(callee->child);
	if (callee && callee->kind == CXCursor_DeclRefExpr && callee->decl &&
	    callee->decl->kind == DECL_FUNCTION)
		return callee->decl;
	return NULL;
}

struct node *visit_argument(const struct node *call, unsigned int n)
{
	struct node *child = call->child ? call->child->next : NULL;

	while (child && n--)
		child = child->next;
	return child;
}

bool visit_is_error(const struct node *node)
{
	const struct decl *callee = NULL;

	node = visit_strip((struct node *)node);
	if (node->kind == CXCursor_CallExpr)
		callee = visit_callee(node);
	return callee && callee->role && callee->role->is_error;
}
