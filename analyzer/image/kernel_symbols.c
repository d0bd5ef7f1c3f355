// SPDX-License-Identifier: GPL-2.0-only
/* Reads the symbols of a kernel, with their addresses. */
#include "analyzer/image/kernel_internal.h"

#include <stdlib.h>
#include <string.h>

#include "analyzer/image/image_kallsyms_internal.h"
#include "db/error.h"
#include "db/read_file.h"

static void add_symbol(struct kernel *kernel, uint64_t address, char type, const char *name)
{
	struct kernel_symbol symbol = { address, g_strdup(name), type };

	g_array_append_val(kernel->symbols, symbol);
}

/* Returns the address of the symbol @name; 0 if there is none. */
static uint64_t find_symbol(const struct kernel *kernel, const char *name)
{
	for (guint i = 0; i < kernel->symbols->len; i++) {
		const struct kernel_symbol *s =
			&g_array_index(kernel->symbols, struct kernel_symbol, i);

		if (strcmp(s->name, name) == 0)
			return s->address;
	}
	return 0;
}

/* Sets the address of a raw kernel's segment. The symbol _text is the first byte of the kernel. */
static void place_raw_kernel(struct kernel *kernel)
{
	struct kernel_segment *first = &g_array_index(kernel->segments, struct kernel_segment, 0);

	if (first->address == 0 && first->at == 0)
		first->address = find_symbol(kernel, "_text");
}

bool kernel_read_map(struct kernel *kernel, const char *map, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	gsize length;
	struct image_text lines;
	char *line;

	if (!read_argument(map, READ_FILE_MAX, &text, &length, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: cannot be read: %s",
			    map, cause->message);
		return false;
	}
	lines = (struct image_text){ .at = text, .end = text + length };
	while ((line = image_text_line(&lines))) {
		g_auto(GStrv) fields = image_is_map_line(line) ? g_strsplit(line, " ", 3) : NULL;

		if (fields && g_strv_length(fields) == 3)
			add_symbol(kernel, g_ascii_strtoull(fields[0], NULL, 16), fields[1][0],
				   fields[2]);
		g_free(line);
	}
	place_raw_kernel(kernel);
	if (kernel->symbols->len > 1)
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: no symbols in this file; expected the System.map of the kernel. Debian's "
		    "linux-image packages have a stub only, the linux-image-*-dbg packages the "
		    "real file",
		    map);
	return false;
}

struct reader {
	struct kernel *kernel;
	const guint32 *offsets;
	struct kallsyms_form form;
	uint64_t base; /* the result of lowest_address() */
};

static void store_symbol(void *data, guint32 index, char type, const char *name)
{
	struct reader *r = data;

	add_symbol(r->kernel, r->base + r->offsets[index], type, name);
}

/*
 * Returns the address of the symbol whose offset from kallsyms_offsets() is 0.
 *
 * In a raw kernel, initlint counts addresses from the first byte of the kernel, which has the
 * address 0. This is enough for slots that contain distances. kallsyms_relative_base is not used:
 * a relocatable kernel may set kallsyms_relative_base only when the kernel relocates itself.
 */
static uint64_t lowest_address(const struct kernel *kernel, const struct kallsyms *k,
			       const struct kallsyms_form *form)
{
	bool raw = g_array_index(kernel->segments, struct kernel_segment, 0).address == 0;
	guint64 low = 0, high = 0;

	if (form->kind == OFFSETS_DISTANCE)
		return kernel_address(kernel, form->at) +
		       (uint64_t)(gint64)(gint32)kallsyms_number(k, form->at);
	if (raw || form->base_at + 8 > k->n)
		return 0;
	low = kallsyms_number(k, form->base_at);
	high = kallsyms_number(k, form->base_at + 4);
	return k->big_endian ? low << 32 | high : high << 32 | low;
}

bool kernel_read_kallsyms(struct kernel *kernel, const char *path, GError **error)
{
	struct kallsyms k;
	g_autofree guint32 *offsets = NULL;
	struct reader reader = { .kernel = kernel };
	bool found = kallsyms_find(&k, kernel->content);

	if (found) {
		offsets = g_new0(guint32, k.count);
		found = kallsyms_offsets(&k, offsets, &reader.form);
	}
	if (!found) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: no symbols of a kernel in this file; give the kernel's System.map "
			    "with --map",
			    path);
		return false;
	}
	kernel->big_endian = k.big_endian;
	reader.offsets = offsets;
	reader.base = lowest_address(kernel, &k, &reader.form);
	kallsyms_each(&k, store_symbol, &reader);
	return true;
}
