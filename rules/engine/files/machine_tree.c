// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads device tree blobs: the devices, and their suppliers. A property such as "clocks = <&osc 3>"
 * refers to the node of a supplier by a number, the phandle of the node. In the blob, the property
 * is a list of cells of 32 bits. The first cell is a phandle. Other cells may follow the phandle. A
 * property of the supplier's node, such as "#clock-cells", is the number of these cells. Then the
 * next phandle may come.
 */
#include <libfdt.h>
#include <limits.h>
#include <string.h>

#include "rules/engine/files/machine_internal.h"

static bool is_enabled(const void *blob, int node)
{
	const char *status = fdt_getprop(blob, node, "status", NULL);

	return !status || strcmp(status, "okay") == 0 || strcmp(status, "ok") == 0;
}

static void index_id(struct machine *machine, const char *id, unsigned int number)
{
	GArray *numbers = g_hash_table_lookup(machine->by_id, id);

	if (!numbers) {
		numbers = g_array_new(FALSE, FALSE, sizeof(unsigned int));
		g_hash_table_insert(machine->by_id, (gpointer)id, numbers);
	}
	g_array_append_val(numbers, number);
}

/*
 * Adds the node at @offset of @blob if the node has a compatible string. @blob is the data of the
 * last element of machine->blobs.
 */
static void add_node(struct machine *machine, const void *blob, int offset)
{
	struct machine_node node = { .blob = machine->blobs->len - 1, .offset = offset };
	const char *id;

	if (!fdt_stringlist_get(blob, offset, "compatible", 0, NULL))
		return;
	node.device.ids = g_ptr_array_new();
	node.device.suppliers = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	for (int i = 0; (id = fdt_stringlist_get(blob, offset, "compatible", i, NULL)); i++) {
		machine_add_id(machine, id, strlen(id));
		g_ptr_array_add(node.device.ids, (gpointer)id);
		index_id(machine, id, machine->nodes->len);
	}
	g_array_append_val(machine->nodes, node);
}

bool machine_read_tree(struct machine *machine, const void *blob, gsize len)
{
	/* @disabled: depth of the disabled node that contains the current node; INT_MAX: none */
	int depth = 0, disabled = INT_MAX;
	GBytes *bytes;

	if (len > INT_MAX || fdt_check_full(blob, len) != 0)
		return false;
	/* The identifiers of the nodes point into this copy. */
	bytes = g_bytes_new(blob, len);
	g_ptr_array_add(machine->blobs, bytes);
	blob = g_bytes_get_data(bytes, NULL);
	for (int node = fdt_next_node(blob, -1, &depth); node >= 0;
	     node = fdt_next_node(blob, node, &depth)) {
		if (depth <= disabled)
			disabled = is_enabled(blob, node) ? INT_MAX : depth;
		if (depth < disabled)
			add_node(machine, blob, node);
	}
	return true;
}

/* Returns the entry of @models for the property @name; NULL: the property names no supplier. */
static const struct model_entry *entry_for(const GPtrArray *models, const char *name)
{
	g_autoptr(GPtrArray) entries = models_entries(models, MODEL_SUPPLIERS);

	for (guint e = 0; e < entries->len; e++) {
		const struct model_entry *entry = entries->pdata[e];

		for (char **pattern = entry->properties; *pattern; pattern++)
			if (g_pattern_match_simple(*pattern, name))
				return entry;
	}
	return NULL;
}

/* What machine_find_suppliers() knows while it reads one blob. */
struct finder {
	struct machine *machine;
	unsigned int blob_number;
	const void *blob;
	GHashTable *phandles; /* phandle -> offset of the node */
	/*
	 * offset of a node -> 1 + number of the device that contains the node; 0: no device
	 * contains the node. If the node is a device, the device is the node itself. Otherwise the
	 * device is the nearest device above the node, as for the node of a regulator.
	 */
	GHashTable *owners;
};

/* Fills f->phandles and f->owners. */
static void index_nodes(struct finder *f)
{
	g_autoptr(GArray) at_depth = g_array_new(FALSE, TRUE, sizeof(unsigned int));
	guint next = 0;
	int depth = -1; /* the root node has the depth 0 */

	while (next < f->machine->nodes->len &&
	       g_array_index(f->machine->nodes, struct machine_node, next).blob != f->blob_number)
		next++;
	for (int node = fdt_next_node(f->blob, -1, &depth); node >= 0 && depth >= 0;
	     node = fdt_next_node(f->blob, node, &depth)) {
		guint phandle = fdt_get_phandle(f->blob, node);
		unsigned int owner =
			depth > 0 ? g_array_index(at_depth, unsigned int, depth - 1) : 0;
		const struct machine_node *device =
			next < f->machine->nodes->len
				? &g_array_index(f->machine->nodes, struct machine_node, next)
				: NULL;

		/*
		 * machine->nodes has the devices of a blob in the order of the blob. So @node is
		 * the device @next, or @node is no device.
		 */
		if (device && device->blob == f->blob_number && device->offset == node)
			owner = ++next;
		g_array_set_size(at_depth, (guint)depth);
		g_array_append_val(at_depth, owner);
		g_hash_table_insert(f->owners, GINT_TO_POINTER(node), GUINT_TO_POINTER(owner));
		if (phandle)
			g_hash_table_insert(f->phandles, GUINT_TO_POINTER(phandle),
					    GINT_TO_POINTER(node));
	}
}

/*
 * A property of the device @node refers to the device tree node at @offset. Looks up the device
 * that contains the node at @offset (f->owners), and adds this device to the suppliers of @node.
 * Does nothing if no device contains the node at @offset, or if this device is @node itself.
 */
static void add_supplier(const struct finder *f, struct machine_node *node, int offset)
{
	unsigned int number =
		GPOINTER_TO_UINT(g_hash_table_lookup(f->owners, GINT_TO_POINTER(offset)));

	if (!number)
		return;
	number--;
	if (&g_array_index(f->machine->nodes, struct machine_node, number) != node)
		g_array_append_val(node->device.suppliers, number);
}

static void read_property(const struct finder *f, struct machine_node *node, const fdt32_t *cells,
			  int n, const char *cells_name)
{
	for (int i = 0; i < n;) {
		guint phandle = fdt32_to_cpu(cells[i++]);
		gpointer offset;
		const fdt32_t *count;
		int len;

		if (!g_hash_table_lookup_extended(f->phandles, GUINT_TO_POINTER(phandle), NULL,
						  &offset))
			continue;
		add_supplier(f, node, GPOINTER_TO_INT(offset));
		count = cells_name ? fdt_getprop(f->blob, GPOINTER_TO_INT(offset), cells_name, &len)
				   : NULL;
		if (count && len == sizeof(*count))
			i += (int)MIN(fdt32_to_cpu(*count), 64u);
	}
}

static void read_node(const struct finder *f, struct machine_node *node, const GPtrArray *models)
{
	int property;

	g_array_set_size(node->device.suppliers, 0);
	fdt_for_each_property_offset(property, f->blob, node->offset)
	{
		const char *name;
		int len;
		const void *value = fdt_getprop_by_offset(f->blob, property, &name, &len);
		const struct model_entry *entry = value ? entry_for(models, name) : NULL;

		if (entry)
			read_property(f, node, value, len / (int)sizeof(fdt32_t), entry->cells);
	}
}

void machine_find_suppliers(struct machine *machine, const GPtrArray *models)
{
	for (guint b = 0; b < machine->blobs->len; b++) {
		struct finder f = { .machine = machine, .blob_number = b };

		f.blob = g_bytes_get_data(machine->blobs->pdata[b], NULL);
		f.owners = g_hash_table_new(NULL, NULL);
		f.phandles = g_hash_table_new(NULL, NULL);
		index_nodes(&f);
		for (guint i = 0; i < machine->nodes->len; i++) {
			struct machine_node *node =
				&g_array_index(machine->nodes, struct machine_node, i);

			if (node->blob == b)
				read_node(&f, node, models);
		}
		g_hash_table_unref(f.owners);
		g_hash_table_unref(f.phandles);
	}
}
