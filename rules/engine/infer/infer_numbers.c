// SPDX-License-Identifier: GPL-2.0-only
/*
 * Some drivers name their devices by numbers, such as PCI ids. The numbers are in a table of the
 * driver. Finds out whether the machine has one of these devices. The files of the machine name a
 * device by its modalias, which is a text. For each type of table, a model gives the format in
 * which a modalias is made from the numbers (device_id.h).
 */
#include "rules/engine/infer/infer_internal.h"

#include <string.h>

#include "rules/engine/files/device_id.h"

/* One entry of a table: facts->stores[i] for first <= i < end. */
struct table_entry {
	const struct facts *facts;
	const char *record; /* the type of the entry */
	uint32_t first;
	uint32_t end;
};

struct search {
	const struct inference *inference;
	bool any;     /* the driver has a table of numbers */
	bool unknown; /* it is not known which devices a table names */
	bool found;   /* the machine has a device that a table names */
};

/*
 * Returns the format of the modalias for tables of the type @record. NULL: no model gives a format.
 * The result belongs to the model.
 */
static const char *format_of(const struct inference *inference, const char *record)
{
	g_autoptr(GPtrArray) entries = models_entries(inference->models, MODEL_DEVICE_IDS);

	for (guint e = 0; record && e < entries->len; e++) {
		const struct model_entry *entry = entries->pdata[e];

		if (strcmp(entry->record, record) == 0)
			return entry->modalias;
	}
	return NULL;
}

/*
 * Returns the number in the field @field of the entry @data. The facts omit a field whose number is
 * 0. So returns 0 if the entry has no store to the field.
 */
static guint64 value_of(const void *data, const char *field)
{
	const struct table_entry *entry = data;
	g_autofree char *name = g_strconcat(entry->record, ".", field, NULL);

	for (uint32_t s = entry->first; s < entry->end; s++) {
		const struct facts_store *store = &entry->facts->stores[s];

		if (store->field >= 0 && strcmp(entry->facts->fields[store->field], name) == 0)
			return (guint64)store->value.number;
	}
	return 0;
}

/*
 * Returns the index of the first store after the entry that begins at the store @first. An entry
 * ends before a store to a field that the entry already has. @end is the index after the last store
 * of the table.
 */
static uint32_t end_of_entry(const struct facts *facts, uint32_t first, uint32_t end)
{
	for (uint32_t s = first + 1; s < end; s++)
		for (uint32_t before = first; before < s; before++)
			if (facts->stores[before].field == facts->stores[s].field)
				return s;
	return end;
}

/*
 * True if it is certain where each entry of @table ends. The facts do not tell the ends, so
 * end_of_entry() guesses from repeated fields. The guesses count as certain if the lines in the
 * source agree: all stores of an entry are on one line, and the next entry is on another line.
 */
static bool has_clear_entries(const struct facts *facts, const struct facts_global *table)
{
	uint32_t end = table->stores.first + table->stores.n, next;

	for (uint32_t s = table->stores.first; s < end; s = next) {
		next = end_of_entry(facts, s, end);
		for (uint32_t i = s; i < next; i++)
			if (facts->stores[i].line != facts->stores[s].line)
				return false;
		if (next < end && facts->stores[next].line == facts->stores[s].line)
			return false;
	}
	return true;
}

/*
 * True if the machine has a device that @table names. False if the machine is not known. @format is
 * the format of the modalias for @table.
 */
static bool has_device_of(const struct inference *inference, const struct facts_global *table,
			  const char *format)
{
	uint32_t end = table->stores.first + table->stores.n;

	for (uint32_t s = table->stores.first; inference->machine && s < end;) {
		struct table_entry entry = { inference->facts, table->record, s,
					     end_of_entry(inference->facts, s, end) };
		g_autofree char *modalias = device_id_modalias(format, value_of, &entry);

		if (machine_has_modalias(inference->machine, modalias))
			return true;
		s = entry.end;
	}
	return false;
}

static void look_at_table(void *data, const struct facts_global *table)
{
	struct search *search = data;
	const struct facts *facts = search->inference->facts;
	const char *format = format_of(search->inference, table->record);
	bool numbers = false, strings = false, unknown = false;

	for (uint32_t s = table->stores.first; s < table->stores.first + table->stores.n; s++) {
		numbers |= facts->stores[s].value.kind == VALUE_NUMBER;
		strings |= facts->stores[s].value.kind == VALUE_STRING;
		unknown |= facts->stores[s].value.kind == VALUE_UNKNOWN;
	}
	if (strings || (!numbers && !format))
		return;
	search->any = true;
	search->unknown |= !format || unknown || !has_clear_entries(facts, table);
	search->found |= !search->unknown && has_device_of(search->inference, table, format);
}

bool infer_has_numbers(const struct inference *inference, const struct event *event)
{
	struct search search = { .inference = inference };

	infer_visit_tables(inference, event, look_at_table, &search);
	return search.any;
}

enum device infer_numbered_device(const struct inference *inference, const struct event *event)
{
	struct search search = { .inference = inference };

	infer_visit_tables(inference, event, look_at_table, &search);
	if (search.found)
		return DEVICE_PRESENT;
	if (search.any && (search.unknown || !machine_has_list(inference->machine)))
		return DEVICE_UNKNOWN;
	return DEVICE_ABSENT;
}
