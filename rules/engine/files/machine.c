// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/files/machine.h"

#include <string.h>

#include "db/error.h"
#include "db/read_file.h"
#include "rules/engine/files/machine_internal.h"

void machine_add_id(struct machine *machine, const char *id, gsize len)
{
	if (!len)
		return;
	g_hash_table_add(machine->ids, g_strndup(id, len));
	machine->n_ids++;
}

/*
 * Adds the identifiers in @list to @machine. @separator separates the identifiers. @list may be
 * NULL.
 */
static void add_list(struct machine *machine, const char *list, char separator)
{
	while (list && *list) {
		const char *end = strchrnul(list, separator);

		machine_add_id(machine, list, (gsize)(end - list));
		list = *end ? end + 1 : end;
	}
}

/*
 * Adds the identifiers in the modalias @line to @machine. A modalias of the device tree looks like
 * "of:NnameTtypeCcompatibleCcompatible". A modalias of ACPI looks like "acpi:ID:ID:". On most
 * other buses, a modalias looks like "bus:name", and the name is the identifier. Returns false if
 * @line has no colon, because @line is then no modalias.
 */
static bool read_modalias(struct machine *machine, const char *line)
{
	const char *colon = strchr(line, ':'), *type;

	if (!colon)
		return false;
	g_ptr_array_add(machine->modaliases, g_strdup(line));
	if (g_str_has_prefix(line, "of:N")) {
		type = strchr(line, 'T');
		type = type ? strchr(type, 'C') : NULL;
		add_list(machine, type ? type + 1 : NULL, 'C');
	} else {
		add_list(machine, colon + 1, ':');
	}
	return true;
}

static bool read_list(struct machine *machine, const char *path, const char *text, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (unsigned int i = 0; lines[i]; i++) {
		g_strstrip(lines[i]);
		if (!*lines[i] || lines[i][0] == '#' || read_modalias(machine, lines[i]))
			continue;
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s:%u: expected a modalias such as \"of:NserialT(null)Cns16550a\"; a "
			    "machine is a device tree blob, or a list of modaliases",
			    path, i + 1);
		return false;
	}
	return true;
}

static bool read_machine(struct machine *machine, const char *path, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	unsigned int before = machine->n_ids;
	gsize len;

	if (!read_argument(path, READ_FILE_MAX, &text, &len, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: cannot be read: %s",
			    path, cause->message);
		return false;
	}
	if (len >= 4 && memcmp(text, "\xd0\x0d\xfe\xed", 4) == 0) {
		if (!machine_read_tree(machine, text, len)) {
			g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
				    "%s: the device tree blob is damaged", path);
			return false;
		}
	} else if (!g_utf8_validate(text, (gssize)len, NULL)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: expected a device tree blob or a list of modaliases", path);
		return false;
	} else if (!read_list(machine, path, text, error)) {
		return false;
	}
	if (machine->n_ids > before)
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: names no device", path);
	return false;
}

static void clear_node(void *data)
{
	struct machine_node *node = data;

	g_ptr_array_unref(node->device.ids);
	g_array_unref(node->device.suppliers);
}

struct machine *machine_load(char *const *paths, GError **error)
{
	g_autoptr(machine) machine = g_new0(struct machine, 1);

	machine->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	machine->modaliases = g_ptr_array_new_with_free_func(g_free);
	machine->blobs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	machine->nodes = g_array_new(FALSE, FALSE, sizeof(struct machine_node));
	g_array_set_clear_func(machine->nodes, clear_node);
	machine->by_id =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
	for (; *paths; paths++)
		if (!read_machine(machine, *paths, error))
			return NULL;
	return g_steal_pointer(&machine);
}

void machine_free(struct machine *machine)
{
	if (!machine)
		return;
	g_free(machine->name);
	g_hash_table_unref(machine->by_id);
	g_hash_table_unref(machine->ids);
	g_array_unref(machine->nodes);
	g_ptr_array_unref(machine->blobs);
	g_ptr_array_unref(machine->modaliases);
	g_free(machine);
}

bool machine_has(const struct machine *machine, const char *id)
{
	return g_hash_table_contains(machine->ids, id);
}

bool machine_has_modalias(const struct machine *machine, const char *pattern)
{
	for (guint i = 0; i < machine->modaliases->len; i++)
		if (g_pattern_match_simple(pattern, machine->modaliases->pdata[i]))
			return true;
	return false;
}

bool machine_has_list(const struct machine *machine)
{
	return machine->modaliases->len > 0;
}

unsigned int machine_n_devices(const struct machine *machine)
{
	return machine->nodes->len;
}

const struct machine_device *machine_device(const struct machine *machine, unsigned int number)
{
	return &g_array_index(machine->nodes, struct machine_node, number).device;
}

const GArray *machine_devices_with(const struct machine *machine, const char *id)
{
	return g_hash_table_lookup(machine->by_id, id);
}

void machine_set_name(struct machine *machine, const char *name)
{
	g_free(machine->name);
	machine->name = g_strdup(name);
}

const char *machine_name(const struct machine *machine)
{
	return machine->name;
}
