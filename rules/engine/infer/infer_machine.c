// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the device that a machine must have, so that a probe runs. If built-in code makes the device, every
 * machine has it.
 */
#include "rules/engine/infer/infer_internal.h"

#include <string.h>

/* The number of identifiers of devices that a text names. */
#define MAX_IDS 3

/*
 * Appends the strings in the tables of the driver @global to @ids (const char *): a table is a variable
 * whose address is in the initialiser of the driver. Appends at most MAX_IDS + 1 strings.
 */
static void collect_ids(const struct inference *inference, const struct facts_global *global,
			GPtrArray *ids)
{
	const struct facts *facts = inference->facts;

	for (uint32_t s = global->stores.first; s < global->stores.first + global->stores.n; s++) {
		const struct facts_value *value = &facts->stores[s].value;
		int32_t table = value->kind == VALUE_OBJECT
					? inference->program->global_of_symbol[value->symbol]
					: -1;
		const struct facts_range *r = table >= 0 ? &facts->globals[table].stores : NULL;

		for (uint32_t t = 0; r && t < r->n && ids->len <= MAX_IDS; t++) {
			const struct facts_value *id = &facts->stores[r->first + t].value;

			if (id->kind == VALUE_STRING && *facts->texts[id->number])
				g_ptr_array_add(ids, (gpointer)facts->texts[id->number]);
		}
	}
}

/* Returns "a, b, c, ..."; NULL if the tables of the driver have no strings. */
static char *list_ids(const struct inference *inference, const struct facts_global *global)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	GString *text;

	collect_ids(inference, global, ids);
	if (!ids->len)
		return NULL;
	text = g_string_new(ids->pdata[0]);
	for (guint i = 1; i < ids->len; i++)
		g_string_append_printf(text, ", %s",
				       i < MAX_IDS ? (const char *)ids->pdata[i] : "...");
	return g_string_free(text, FALSE);
}

char *infer_device_of(const struct inference *inference, const struct event *event)
{
	g_autofree char *ids = NULL;
	int32_t global = -1;

	if (event->object >= 0)
		global = inference->program->global_of_symbol[event->object];
	if (global < 0)
		return g_strdup_printf("a device that %s() drives",
				       program_name(inference->program, event->target));
	ids = list_ids(inference, &inference->facts->globals[global]);
	return g_strdup_printf("a device of %s%s%s%s",
			       inference->facts->symbols[event->object].name, ids ? " (" : "",
			       ids ? ids : "", ids ? ")" : "");
}

/*
 * If @context is a probe, and built-in code makes no device for it: returns a text that says which device
 * the machine must have. Free with g_free(). Else returns NULL.
 */
static char *device_for(const struct inference *inference, int32_t context)
{
	const struct context *c = inference_context(inference, context);

	if (c->kind != CONTEXT_PROBE || c->has_device)
		return NULL;
	return infer_device_of(inference,
			       &g_array_index(inference->flow->events, struct event, c->event));
}

void infer_set_machine(const struct inference *inference, struct finding *finding, int32_t consumer,
		       int32_t provider)
{
	g_autofree char *first = NULL;
	g_autofree char *second = NULL;

	if (finding->verdict > VERDICT_UNORDERED)
		return;
	first = device_for(inference, consumer);
	second = device_for(inference, provider);
	if (first && second && strcmp(first, second) != 0)
		finding->machine = g_strconcat(first, " and ", second, NULL);
	else if (first || second)
		finding->machine = g_strdup(first ? first : second);
	finding->is_conditional = finding->machine && !inference->any_machine;
}
