// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports the values that initialisers store. As in C, a value without a designator (".member =")
 * initialises the next member, and the braces of a nested list may be missing.
 */
#include "analyzer/source/visit/visit_body_internal.h"

#include <string.h>

/*
 * A number in an array is reported with its value only if @n_elements of struct list is at most
 * MAX_NUMBERS. The reason: a longer array is usually a table of data. For other numbers,
 * put_unknown() only reports that there is a value other than 0. This limit does not apply to other
 * values, such as the addresses of functions and objects.
 */
#define MAX_NUMBERS 16

struct list {
	struct body *body;
	const struct value *base;
	struct node *at; /* the value that is taken next; NULL: the list has ended */
	/*
	 * The number of the array element that contains @at. The numbers count from 1, in the order
	 * of the initialiser. If nested arrays contain @at, @n_elements is the sum of the numbers
	 * of the elements: in "{ { a, b }, { c, d } }", @n_elements is 2 + 1 for c. If no array
	 * contains @at, @n_elements is 0.
	 */
	unsigned int n_elements;
	bool set; /* the initialiser has a value other than 0 */
};

struct member {
	const char *name; /* "record.member", as in value.field */
	CXType type;	  /* canonical type: without typedefs */
	const struct decl *decl;
};

/* The @data argument of add_member(). */
struct members {
	struct visitor *v;
	GArray *list; /* struct member; belongs to visitor.members */
};

static enum CXVisitorResult add_member(CXCursor cursor, CXClientData data)
{
	struct members *members = data;
	struct member member = {
		.decl = visit_decl(members->v, cursor),
		.type = clang_getCanonicalType(clang_getCursorType(cursor)),
	};

	/* Initialisers skip unnamed bit-fields. */
	if (!member.decl->name && clang_Cursor_isBitField(cursor))
		return CXVisit_Continue;
	member.name = member.decl->name;
	g_array_append_val(members->list, member);
	return CXVisit_Continue;
}

static const GArray *members_of(struct visitor *v, CXType type)
{
	CXCursor record = clang_getTypeDeclaration(type);
	struct members members = { .v = v };

	members.list = g_hash_table_lookup(v->members, record.data[0]);
	if (members.list)
		return members.list;
	members.list = g_array_new(FALSE, FALSE, sizeof(struct member));
	clang_Type_visitFields(type, add_member, &members);
	g_hash_table_insert(v->members, (gpointer)record.data[0], members.list);
	return members.list;
}

static bool is_array(CXType type)
{
	return type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray;
}

static void put(struct list *list, struct node *node, CXType type, const char *field);

/*
 * Reports that the initialiser stores a value other than 0 in the member @field, but does not
 * report the value. One fact without a line stands for all these values of @field. Reports nothing
 * if @field is NULL or an array element.
 */
static void put_unknown(struct list *list, const char *field)
{
	if (list->base->kind != VALUE_OBJECT)
		visit_store_unknown(list->body, list->base, field);
	else if (field && field[0] != '[')
		emit_initialiser_unknown(list->body, list->base->name, field);
}

static void put_scalar(struct list *list, struct node *node, const char *field)
{
	struct value value = visit_value(list->body, node);

	if (value.kind == VALUE_SELF)
		value.kind = VALUE_UNKNOWN;
	if (value.kind == VALUE_NUMBER && value.number == 0)
		return;
	list->set = true;
	if (value.kind == VALUE_UNKNOWN ||
	    (value.kind == VALUE_NUMBER &&
	     (!field || list->n_elements > MAX_NUMBERS || field[0] == '[' || !list->base->kind))) {
		put_unknown(list, field);
		return;
	}
	if (list->base->kind == VALUE_OBJECT)
		emit_initialiser(list->body, node, list->base->name, field, &value);
	else
		emit_store(list->body, node, list->base, field, &value);
}

/*
 * True for ".a.b = v", "[1] = v" and "[1 ... 2] = v". libclang gives these nodes the type void,
 * because a designated initialiser is not an expression.
 */
static bool is_designated(const struct node *node)
{
	return node->kind == CXCursor_UnexposedExpr && node->child && node->child->next &&
	       clang_getCursorType(node->cursor).kind == CXType_Void;
}

/*
 * True if @node initialises a whole record or array of @type. False if @node initialises only the
 * first member or element.
 */
static bool is_whole(const struct node *node, CXType type)
{
	const struct node *value = visit_strip((struct node *)node);

	if (value->kind == CXCursor_InitListExpr || value->kind == CXCursor_CompoundLiteralExpr)
		return true;
	if (is_array(type))
		return value->kind == CXCursor_StringLiteral;
	return clang_getCanonicalType(clang_getCursorType(node->cursor)).kind == CXType_Record;
}

/* Takes from @list the values that initialise one object of @type, and reports these values. */
static void take(struct list *list, CXType type, const char *field);

static void take_record(struct list *list, CXType type)
{
	const GArray *members = members_of(list->body->v, type);
	bool is_union = clang_getTypeDeclaration(type).kind == CXCursor_UnionDecl;

	for (unsigned int i = 0; i < members->len && list->at; i++) {
		const struct member *member = &g_array_index(members, struct member, i);

		if (is_designated(list->at))
			break;
		take(list, member->type, member->name);
		if (is_union)
			break;
	}
}

static void take_array(struct list *list, CXType type, const char *field)
{
	CXType element = clang_getCanonicalType(clang_getArrayElementType(type));
	long long n = clang_getArraySize(type);

	for (long long i = 0; (n < 0 || i < n) && list->at && !is_designated(list->at); i++)
		take(list, element, field);
}

static void take(struct list *list, CXType type, const char *field)
{
	struct node *node = list->at;

	if (type.kind == CXType_Record && !is_whole(node, type)) {
		take_record(list, type);
	} else if (is_array(type) && !is_whole(node, type)) {
		take_array(list, type, field);
	} else {
		put(list, node, type, field);
		node = NULL;
	}
	/*
	 * If @type is a record without members, take_record() takes no value. So skip one value
	 * here. Otherwise, the caller would loop forever.
	 */
	if (!node || list->at == node)
		list->at = list->at->next;
}

/*
 * Finds the first member that @designated names, such as the member a in ".a.b = v". Returns 1 +
 * the index of this member in @members; 0: the member is not in @members.
 */
static unsigned int member_after(const GArray *members, const struct node *designated)
{
	const struct node *first = designated->child;

	for (unsigned int i = 0; i < members->len; i++)
		if (g_array_index(members, struct member, i).decl == first->decl)
			return i + 1;
	return 0;
}

/*
 * Reports the value of @designated. The value belongs to the last member or element that
 * @designated names, such as the member b in ".a.b = v".
 */
static void put_designated(struct list *list, struct node *designated, CXType type,
			   const char *field)
{
	struct node *node = designated->child;

	for (; node->next; node = node->next) {
		if (node->kind == CXCursor_MemberRef) {
			if (!node->decl)
				continue;
			type = clang_getCanonicalType(clang_getCursorType(node->decl->cursor));
			field = node->decl->name ? node->decl->name : field;
		} else if (is_array(type)) {
			type = clang_getCanonicalType(clang_getArrayElementType(type));
		}
	}
	put(list, node, type, field);
}

static void put_record(struct list *list, struct node *node, CXType type)
{
	const GArray *members = members_of(list->body->v, type);
	struct list inner = *list;
	unsigned int next = 0;

	inner.at = node->child;
	while (inner.at) {
		const struct member *member = NULL;

		if (is_designated(inner.at)) {
			next = member_after(members, inner.at);
			put_designated(&inner, inner.at, type, NULL);
			inner.at = inner.at->next;
			continue;
		}
		if (next >= members->len)
			break;
		member = &g_array_index(members, struct member, next++);
		take(&inner, member->type, member->name);
	}
	list->set |= inner.set;
}

static void put_array(struct list *list, struct node *node, CXType type, const char *field)
{
	CXType element = clang_getCanonicalType(clang_getArrayElementType(type));
	struct list inner = *list;

	if (!field && element.kind != CXType_Record && !is_array(element))
		field = "[]";
	inner.at = node->child;
	while (inner.at) {
		inner.n_elements++;
		if (is_designated(inner.at)) {
			put_designated(&inner, inner.at, type, field);
			inner.at = inner.at->next;
		} else {
			take(&inner, element, field);
		}
	}
	list->set |= inner.set;
}

/*
 * If @node is a compound literal, "(type){ ... }" or "&(type){ ... }", returns the braces.
 * Otherwise, returns NULL. A compound literal has no name. So the members of the literal are
 * reported as members of the initialised variable.
 */
static struct node *literal_list(struct node *node)
{
	if (node->kind == CXCursor_UnaryOperator && node->op == CXUnaryOperator_AddrOf &&
	    node->child)
		node = visit_strip(node->child);
	if (node->kind != CXCursor_CompoundLiteralExpr || !node->child)
		return NULL;
	return visit_strip(node->child);
}

static void put(struct list *list, struct node *node, CXType type, const char *field)
{
	struct node *value = visit_strip(node), *literal = literal_list(value);

	if (literal && literal->kind == CXCursor_InitListExpr) {
		value = literal;
		type = clang_getCanonicalType(clang_getCursorType(literal->cursor));
		list->set |= type.kind != CXType_Record;
	}
	if (value->kind != CXCursor_InitListExpr)
		put_scalar(list, node, field);
	else if (type.kind == CXType_Record)
		put_record(list, value, type);
	else if (is_array(type))
		put_array(list, value, type, field);
	else if (value->child)
		put_scalar(list, value->child, field);
}

bool visit_initialiser(struct body *body, struct node *node, const struct value *base)
{
	struct list list = { .body = body, .base = base };
	CXType type = clang_getCanonicalType(clang_getCursorType(node->cursor));

	put(&list, node, type, NULL);
	return list.set;
}
