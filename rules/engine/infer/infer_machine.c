// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds out which device a machine must have for a probe to run, and whether the machine has the
 * device. If built-in code makes the device, every machine has it.
 */
#include "rules/engine/infer/infer_internal.h"

#include <string.h>

/* list_ids() lists at most this number of device identifiers. */
#define MAX_IDS 3

void infer_visit_tables(const struct inference *inference, const struct event *event,
			void (*visit)(void *data, const struct facts_global *table), void *data)
{
	const struct facts *facts = inference->facts;
	const struct facts_global *global;
	int32_t driver = -1;

	if (event->object >= 0)
		driver = inference->program->global_of_symbol[event->object];
	if (driver < 0)
		return;
	global = &facts->globals[driver];
	for (uint32_t s = global->stores.first; s < global->stores.first + global->stores.n; s++) {
		const struct facts_value *value = &facts->stores[s].value;
		int32_t table = value->kind == VALUE_OBJECT
					? inference->program->global_of_symbol[value->symbol]
					: -1;

		if (table >= 0)
			visit(data, &facts->globals[table]);
	}
}

struct id_list {
	const struct facts *facts;
	GPtrArray *ids; /* const char * */
};

static void add_strings(void *data, const struct facts_global *table)
{
	struct id_list *list = data;
	const struct facts_range *r = &table->stores;

	for (uint32_t t = r->first; t < r->first + r->n; t++) {
		const struct facts_value *id = &list->facts->stores[t].value;

		if (id->kind == VALUE_STRING && *list->facts->texts[id->number])
			g_ptr_array_add(list->ids, (gpointer)list->facts->texts[id->number]);
	}
}

GPtrArray *infer_device_ids(const struct inference *inference, const struct event *event)
{
	struct id_list list = { inference->facts, g_ptr_array_new() };

	infer_visit_tables(inference, event, add_strings, &list);
	return list.ids;
}

/*
 * Returns the first MAX_IDS device identifiers of the driver of @event: "a, b, c". Adds ", ..." if
 * there are more. Free with g_free(). NULL: the driver has no identifiers.
 */
static char *list_ids(const struct inference *inference, const struct event *event)
{
	g_autoptr(GPtrArray) ids = infer_device_ids(inference, event);
	GString *text;

	if (!ids->len)
		return NULL;
	text = g_string_new(ids->pdata[0]);
	for (guint i = 1; i < MIN(ids->len, MAX_IDS + 1); i++)
		g_string_append_printf(text, ", %s",
				       i < MAX_IDS ? (const char *)ids->pdata[i] : "...");
	return g_string_free(text, FALSE);
}

enum device infer_device(const struct inference *inference, const struct event *event)
{
	g_autoptr(GPtrArray) ids = NULL;
	enum device by_number;

	if (inference->any_machine)
		return DEVICE_PRESENT;
	if (!inference->machine)
		return DEVICE_UNKNOWN;
	ids = infer_device_ids(inference, event);
	for (guint i = 0; i < ids->len; i++)
		if (machine_has(inference->machine, ids->pdata[i]))
			return DEVICE_PRESENT;
	by_number = infer_numbered_device(inference, event);
	if (by_number != DEVICE_ABSENT)
		return by_number;
	/*
	 * The kernel matches a driver without a table with devices in another way, such as by name.
	 * So it is not known whether the machine has a device for the driver.
	 */
	return ids->len || infer_has_numbers(inference, event) ? DEVICE_ABSENT : DEVICE_UNKNOWN;
}

char *infer_device_text(const struct inference *inference, const struct event *event)
{
	g_autofree char *ids = list_ids(inference, event);

	if (event->object < 0)
		return g_strdup_printf("a device that %s() drives",
				       program_name(inference->program, event->target));
	return g_strdup_printf("a device of %s%s%s%s",
			       inference->facts->symbols[event->object].name, ids ? " (" : "",
			       ids ? ids : "", ids ? ")" : "");
}

static const struct event *event_of(const struct inference *inference,
				    const struct context *context)
{
	return &g_array_index(inference->flow->events, struct event, context->event);
}

/*
 * Context @number is a probe. True if the machine has no device for the probe, or if each device
 * for the probe has a supplier for which the kernel has no driver.
 */
static bool is_left_out(const struct inference *inference, guint number)
{
	const struct context *c = inference_context(inference, (int32_t)number);

	if (infer_device(inference, event_of(inference, c)) == DEVICE_ABSENT)
		return true;
	return inference->machine && inference->suppliers && !inference->any_machine &&
	       infer_is_never_supplied(inference->suppliers, inference->machine, number);
}

void infer_apply_machine(struct inference *inference)
{
	for (guint i = 0; i < inference->contexts->list->len; i++) {
		struct context *c = &g_array_index(inference->contexts->list, struct context, i);

		if (c->kind == CONTEXT_PROBE && !c->has_device && is_left_out(inference, i))
			c->root = -1;
	}
}

/*
 * @context is the number of an initcall, of boot code or of a probe. If @context is a probe, and no
 * built-in code makes a device for the driver of the probe, returns the text of
 * infer_device_text(). Then also sets *@unknown to true if it is not known whether the machine has
 * such a device. Otherwise, returns NULL. Never sets *@unknown to false. Free the result with
 * g_free().
 */
static char *device_for(const struct inference *inference, int32_t context, bool *unknown)
{
	const struct context *c = inference_context(inference, context);

	if (c->kind != CONTEXT_PROBE || c->has_device)
		return NULL;
	*unknown |= infer_device(inference, event_of(inference, c)) == DEVICE_UNKNOWN;
	return infer_device_text(inference, event_of(inference, c));
}

/*
 * Context @number is an initcall, boot code or a probe. For an initcall or boot code, returns true.
 * For a probe, returns true in two cases:
 *   - Built-in code makes a device for the driver of the probe.
 *   - @board has a device for the driver, and the kernel need not defer the probe on @board.
 */
static bool runs_on(const struct inference *inference, const struct machine *board, int32_t number)
{
	const struct context *c = inference_context(inference, number);

	return c->kind != CONTEXT_PROBE || c->has_device ||
	       infer_runs_at_once(inference->suppliers, board, (guint)number);
}

/*
 * Sets finding->boards to the boards for which runs_on() returns true for both @consumer and
 * @provider. If there is no such board, sets finding->is_conditional.
 */
static void set_boards(const struct inference *inference, struct finding *finding, int32_t consumer,
		       int32_t provider)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < inference->boards->len; i++) {
		const struct machine *board = inference->boards->pdata[i];

		if (runs_on(inference, board, consumer) && runs_on(inference, board, provider))
			g_ptr_array_add(names, g_strdup(machine_name(board)));
	}
	if (names->len) {
		finding->boards = names;
		return;
	}
	g_ptr_array_unref(names);
	finding->is_conditional = true;
}

/* Adds @device to @devices, unless it is NULL or already there. Takes @device. */
static void add_device(GPtrArray *devices, char *device)
{
	if (device && !g_ptr_array_find_with_equal_func(devices, device, g_str_equal, NULL))
		g_ptr_array_add(devices, device);
	else
		g_free(device);
}

void infer_set_machine(const struct inference *inference, struct finding *finding, int32_t consumer,
		       int32_t provider, const char *sought)
{
	g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func(g_free);

	if (finding->verdict > VERDICT_SKIPPED)
		return;
	add_device(devices, device_for(inference, consumer, &finding->is_conditional));
	add_device(devices, device_for(inference, provider, &finding->is_conditional));
	add_device(devices, g_strdup(sought));
	finding->is_conditional |= sought && !inference->any_machine;
	if (!devices->len)
		return;
	if (inference->boards)
		set_boards(inference, finding, consumer, provider);
	finding->is_conditional |= sought && inference->boards;
	g_ptr_array_add(devices, NULL);
	finding->machine = g_strjoinv(" and ", (char **)devices->pdata);
}
