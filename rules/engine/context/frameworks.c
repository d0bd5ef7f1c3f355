// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/frameworks.h"

#include <string.h>

/*
 * An object of a framework (frameworks.h), and the function in the field that a model names. A
 * model may also name a Kconfig symbol, such as CONFIG_LSM. The value of the Kconfig symbol is the
 * list: names of objects, in running order.
 */
struct member {
	const struct facts_function *function;
	const struct facts_global *object;
	/*
	 * Below 0: @object comes before the objects with rank 0. Above 0: @object comes after the
	 * objects with rank 0.
	 */
	int64_t rank;
	guint listed; /* position of @object in the list, from 1; 0: not in the list */
};

struct expander {
	const struct facts *facts;
	const struct rule_input *input;
	GArray *all; /* struct initcall: the result so far */
};

static const struct facts_global *global_of(const struct expander *x, int32_t symbol)
{
	for (uint32_t g = 0; g < x->facts->n_globals; g++)
		if (x->facts->globals[g].symbol == symbol)
			return &x->facts->globals[g];
	return NULL;
}

static const struct facts_function *function_of(const struct expander *x, int32_t symbol)
{
	for (uint32_t f = 0; f < x->facts->n_functions; f++)
		if (x->facts->functions[f].symbol == symbol && x->facts->functions[f].object)
			return &x->facts->functions[f];
	return NULL;
}

/*
 * Returns the name of @object. @fields lead from @object to the name. Each field except the last
 * points to another object, and this object has the next field. The last field contains the name.
 * Returns NULL if the facts do not contain one of these fields, or if the last field does not
 * contain a string.
 */
static const char *name_of(const struct expander *x, const struct facts_global *object,
			   GStrv fields)
{
	const struct facts_value *value = NULL;

	for (char **field = fields; *field; field++) {
		if (value && value->kind == VALUE_OBJECT)
			object = global_of(x, value->symbol);
		value = object ? facts_initial(x->facts, object, *field) : NULL;
		if (!value)
			return NULL;
	}
	return value && value->kind == VALUE_STRING ? x->facts->texts[value->number] : NULL;
}

/*
 * Returns the position of @name in @list, from 1. @list is a text such as "lockdown,yama". Returns
 * 0 if @name is NULL or not in @list.
 */
static guint position_in(const char *list, const char *name)
{
	g_auto(GStrv) names = g_strsplit(list ? list : "", ",", -1);

	for (guint i = 0; name && names[i]; i++)
		if (strcmp(g_strstrip(names[i]), name) == 0)
			return i + 1;
	return 0;
}

static void add_member(const struct expander *x, const struct model_entry *entry,
		       const struct facts_global *object, const struct facts_value *value,
		       GArray *members)
{
	const struct facts_value *rank =
		entry->rank ? facts_initial(x->facts, object, entry->rank) : NULL;
	const char *list = entry->list ? x->input->config(x->input->data, entry->list) : NULL;
	struct member member = {
		.function = function_of(x, value->symbol),
		.object = object,
		.rank = rank && rank->kind == VALUE_NUMBER ? rank->number : 0,
	};

	if (!member.function)
		return;
	if (entry->list)
		member.listed = position_in(list, name_of(x, object, entry->names));
	/*
	 * If the model names a list, skip an object that has no rank and is not in the list. The
	 * kernel does not call the function of this object.
	 */
	if (!entry->list || member.rank || member.listed)
		g_array_append_val(members, member);
}

static gint by_running_order(gconstpointer a, gconstpointer b)
{
	const struct member *x = a, *y = b;
	int px = x->object->object ? x->object->object->position : -1;
	int py = y->object->object ? y->object->object->position : -1;

	if ((x->rank < 0) != (y->rank < 0))
		return x->rank < 0 ? -1 : 1;
	if ((x->rank > 0) != (y->rank > 0))
		return x->rank > 0 ? 1 : -1;
	if (!x->rank && x->listed != y->listed)
		return x->listed < y->listed ? -1 : 1;
	if (px != py)
		return px < py ? -1 : 1;
	return x->object->line < y->object->line ? -1 : x->object->line > y->object->line;
}

/*
 * Returns the objects that have a function in the field @entry->field: struct member, in running
 * order.
 */
static GArray *find_members(const struct expander *x, const struct model_entry *entry)
{
	GArray *members = g_array_new(FALSE, FALSE, sizeof(struct member));

	for (uint32_t g = 0; g < x->facts->n_globals; g++) {
		const struct facts_value *value =
			facts_initial(x->facts, &x->facts->globals[g], entry->field);

		if (value && value->kind == VALUE_FUNCTION)
			add_member(x, entry, &x->facts->globals[g], value, members);
	}
	g_array_sort(members, by_running_order);
	return members;
}

static void add_members(const struct model_entry *entry, const struct initcall *parent, void *data)
{
	const struct expander *x = data;
	g_autoptr(GArray) members = find_members(x, entry);

	for (guint i = 0; i < members->len; i++) {
		const struct facts_function *f = g_array_index(members, struct member, i).function;
		struct initcall initcall = {
			.position = parent->position,
			.level = parent->level,
			.function = x->facts->symbols[f->symbol].name,
			.file = f->file,
			.line = f->line,
			.object = f->object,
			.within = parent,
			.turn = i + 1,
		};

		g_array_append_val(x->all, initcall);
	}
}

typedef void (*framework_callback)(const struct model_entry *entry, const struct initcall *parent,
				   void *data);

/* Calls @found for each model entry that says that @parent runs initcalls of a framework. */
static void find_frameworks(const GPtrArray *models, const struct initcall *parent,
			    framework_callback found, void *data)
{
	g_autoptr(GPtrArray) entries = models_entries(models, MODEL_INITCALLS);

	for (guint e = 0; e < entries->len; e++) {
		const struct model_entry *entry = entries->pdata[e];

		if (g_strv_contains((const char *const *)entry->functions, parent->function))
			found(entry, parent, data);
	}
}

GArray *frameworks_expand(const struct facts *facts, const GPtrArray *models,
			  const struct rule_input *input)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct initcall));
	struct expander x = { facts, input, all };

	for (unsigned int i = 0; i < input->n_initcalls; i++) {
		g_array_append_val(all, input->initcalls[i]);
		find_frameworks(models, &input->initcalls[i], add_members, &x);
	}
	return all;
}

static void note_framework(const struct model_entry *entry, const struct initcall *parent,
			   void *data)
{
	(void)entry;
	(void)parent;
	*(bool *)data = true;
}

bool frameworks_run(const GPtrArray *models, const struct rule_input *input)
{
	bool any = false;

	for (unsigned int i = 0; i < input->n_initcalls && !any; i++)
		find_frameworks(models, &input->initcalls[i], note_framework, &any);
	return any;
}
