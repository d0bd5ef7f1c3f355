// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds out whether the machine has a device that a table of numbers names, such as a table of PCI
 * ids. Models give the format of the modalias for each type of table (device_id.h).
 */
#include "rules/engine/infer/infer_internal.h"

#include <string.h>

#include "rules/engine/files/device_id.h"

/* The stores of one entry of a table. */
struct table_entry {
	const struct facts *facts;
	const char *record;
	uint32_t first;
	uint32_t end;
};

struct search {
	const struct inference *inference;
	bool any;     /* the driver has a table of numbers */
	bool unknown; /* a table cannot be read, or no model has its format */
	bool found;   /* the machine has a device of a table */
};

/* Returns the format of the modalias for tables of the type @record; NULL: no model has it. */
static const char *format_of(const struct inference *inference, const char *record)
{
	for (guint m = 0; record && m < inference->models->len; m++) {
		const struct model *model = inference->models->pdata[m];

		for (guint e = 0; e < model->entries->len; e++) {
			const struct model_entry *entry = model->entries->pdata[e];

			if (entry->kind == MODEL_DEVICE_IDS && strcmp(entry->record, record) == 0)
				return entry->modalias;
		}
	}
	return NULL;
}

/* Numbers that are 0 are no facts. */
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
 * Returns the end of the entry that begins at the store @first of a table. @end is the end of the
 * table. An entry ends where a field comes for the second time.
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
 * True if the entries of @table are certain. The facts do not tell where an entry of a table ends. If
 * each entry sets the same fields and is on a line of its own, repeated fields and lines agree.
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

/* True if the machine has a device of the table whose modaliases have the format @format. */
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
