// SPDX-License-Identifier: GPL-2.0-only
/* Finds the table of initcalls of a kernel. Writes a copy of the kernel with another order. */
#include "analyzer/image/kernel_internal.h"

#include <string.h>

#include "analyzer/image/image_internal.h"
#include "db/error.h"

static const struct kernel_symbol *symbol_at(const struct kernel *kernel, guint i)
{
	return &g_array_index(kernel->symbols, struct kernel_symbol, i);
}

static bool is_boundary(const char *name)
{
	return g_str_has_suffix(name, "_start") || g_str_has_suffix(name, "_end");
}

static void clear_initcall(void *data)
{
	struct image_initcall *call = data;

	g_free(call->function);
	g_free(call->modname);
}

/*
 * Sets @kernel->n, @kernel->initcalls and @kernel->slots from the symbols of the slots, in the
 * order of the symbols' addresses. Allocates @kernel->targets.
 */
static void find_initcalls(struct kernel *kernel)
{
	g_autoptr(GArray) symbols = image_symbols_new();
	struct image_builder builder = {
		.initcalls = g_array_new(FALSE, FALSE, sizeof(struct image_initcall)),
	};

	g_array_set_clear_func(builder.initcalls, clear_initcall);
	for (guint i = 0; i < kernel->symbols->len; i++) {
		const struct kernel_symbol *s = symbol_at(kernel, i);

		if (image_symbol_matters(s->name) && !is_boundary(s->name))
			image_symbols_add(symbols, s->address, s->name, NULL, i);
	}
	image_from_symbols(symbols, &builder);
	/* Drop the console initcalls: they are last, and are in a table of their own. */
	while (builder.initcalls->len > 0 &&
	       g_array_index(builder.initcalls, struct image_initcall, builder.initcalls->len - 1)
			       .level == LEVEL_CON)
		g_array_set_size(builder.initcalls, builder.initcalls->len - 1);
	kernel->n = builder.initcalls->len;
	kernel->initcalls = (struct image_initcall *)g_array_free(builder.initcalls, FALSE);
	kernel->slots = g_new0(uint64_t, kernel->n + 1);
	kernel->targets = g_new0(uint64_t, kernel->n + 1);
	for (unsigned int i = 0; i < kernel->n; i++)
		kernel->slots[i] = symbol_at(kernel, kernel->initcalls[i].at)->address;
}

/* Reads the @width bytes at @data as one integer, in the byte order of @kernel. */
static uint64_t number_at(const struct kernel *kernel, const guint8 *data, unsigned int width)
{
	uint64_t value = 0;

	for (unsigned int i = 0; i < width; i++)
		value |= (uint64_t)data[kernel->big_endian ? width - 1 - i : i] << 8 * i;
	return value;
}

static void put_number(const struct kernel *kernel, guint8 *data, uint64_t value)
{
	for (unsigned int i = 0; i < kernel->width; i++)
		data[kernel->big_endian ? kernel->width - 1 - i : i] = (guint8)(value >> 8 * i);
}

static uint64_t decode(const struct kernel *kernel, unsigned int i, const guint8 *data)
{
	uint64_t value = number_at(kernel, data, kernel->width);

	return kernel->relative ? kernel->slots[i] + (uint64_t)(int64_t)(int32_t)value : value;
}

static bool is_function_at(const struct kernel *kernel, const char *name, uint64_t address)
{
	const GArray *addresses = g_hash_table_lookup(kernel->functions, name);

	for (guint i = 0; addresses && i < addresses->len; i++)
		if (g_array_index(addresses, uint64_t, i) == address)
			return true;
	return false;
}

/*
 * Sets @kernel->targets. A slot is an entry of the kernel's table of initcalls. A slot is good if
 * it refers to the function that is named in its own symbol. Returns the number of good slots.
 */
static unsigned int read_targets(struct kernel *kernel)
{
	const guint8 *data = g_bytes_get_data(kernel->content, NULL);
	unsigned int n_good = 0;

	for (unsigned int i = 0; i < kernel->n; i++) {
		gssize at = kernel_offset(kernel, kernel->slots[i], kernel->width);

		kernel->targets[i] = at < 0 ? 0 : decode(kernel, i, data + at);
		n_good += is_function_at(kernel, kernel->initcalls[i].function, kernel->targets[i]);
	}
	return n_good;
}

/* Sets @kernel->width. Returns false if the slots are not adjacent, or not 4 or 8 bytes wide. */
static bool find_width(struct kernel *kernel)
{
	kernel->width = (unsigned int)(kernel->slots[1] - kernel->slots[0]);
	for (unsigned int i = 1; i < kernel->n; i++)
		if (kernel->slots[i] - kernel->slots[i - 1] != kernel->width)
			return false;
	return kernel->width == 4 || kernel->width == 8;
}

bool kernel_read_slots(struct kernel *kernel, const char *path, GError **error)
{
	unsigned int n_good = 0;

	find_initcalls(kernel);
	if (kernel->n < 2 || !find_width(kernel)) {
		g_set_error(
			error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			"%s: the symbols name %u initcalls, which do not form a table; expected "
			"a kernel with CONFIG_KALLSYMS_ALL, or its System.map with --map",
			path, kernel->n);
		return false;
	}
	for (int relative = 1; relative >= 0 && n_good < kernel->n; relative--) {
		kernel->relative = relative && kernel->width == 4;
		n_good = read_targets(kernel);
	}
	if (n_good == kernel->n)
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: only %u of %u entries of the table of initcalls refer to the function "
		    "that their symbol names; expected the System.map of this kernel, or a kernel "
		    "that is not relocated at boot",
		    path, n_good, kernel->n);
	return false;
}

bool kernel_write(const struct kernel *kernel, const unsigned int *order, const char *path,
		  GError **error)
{
	gsize n;
	const guint8 *data = g_bytes_get_data(kernel->content, &n);
	g_autofree guint8 *copy = g_memdup2(data, n);
	g_autoptr(GError) cause = NULL;

	for (unsigned int i = 0; i < kernel->n; i++) {
		gssize at = kernel_offset(kernel, kernel->slots[i], kernel->width);
		uint64_t target = kernel->targets[order[i]];

		put_number(kernel, copy + at,
			   kernel->relative ? target - kernel->slots[i] : target);
	}
	if (g_file_set_contents(path, (const char *)copy, (gssize)n, &cause))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: cannot be written: %s", path,
		    cause->message);
	return false;
}
