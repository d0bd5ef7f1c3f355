// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/image/kernel.h"

#include <string.h>

#include "analyzer/image/image_internal.h"
#include "analyzer/image/image_unpack_internal.h"
#include "analyzer/image/kernel_internal.h"
#include "db/error.h"
#include "db/read_file.h"

static const char banner_start[] = "Linux version ";

static void clear_symbol(void *data)
{
	struct kernel_symbol *symbol = data;

	g_free(symbol->name);
}

/*
 * Returns the banner of the kernel @content, or "" if there is no banner. Skips a format string: it
 * begins like the banner, but contains a "%". Free with g_free().
 */
static char *find_banner(GBytes *content)
{
	gsize n;
	const char *data = g_bytes_get_data(content, &n), *at = data;

	while ((at = memmem(at, n - (gsize)(at - data), banner_start, strlen(banner_start)))) {
		gsize left = n - (gsize)(at - data);
		const char *end = memchr(at, 0, MIN(left, 1024));

		if (end && !memchr(at, '%', (gsize)(end - at)) &&
		    g_ascii_isdigit(at[strlen(banner_start)]))
			return g_strchomp(g_strndup(at, (gsize)(end - at)));
		at++;
	}
	return g_strdup("");
}

/*
 * If @name is the symbol of a copy, such as "foo.isra.0", adds the copy to kernel->copies. Ignores
 * "foo.cold": this symbol is not a copy, but only a part of foo().
 */
static void add_copy(struct kernel *kernel, const char *name)
{
	const char *dot = strchr(name, '.');

	if (dot && dot > name && !strstr(dot, ".cold"))
		g_hash_table_insert(kernel->copies, g_strndup(name, (gsize)(dot - name)),
				    (gpointer)name);
}

static void index_functions(struct kernel *kernel)
{
	for (guint i = 0; i < kernel->symbols->len; i++) {
		struct kernel_symbol *s = &g_array_index(kernel->symbols, struct kernel_symbol, i);
		GArray *addresses = g_hash_table_lookup(kernel->functions, s->name);

		if (!strchr("tTwW", s->type))
			continue;
		if (!addresses) {
			addresses = g_array_new(FALSE, FALSE, sizeof(uint64_t));
			g_hash_table_insert(kernel->functions, s->name, addresses);
		}
		g_array_append_val(addresses, s->address);
		add_copy(kernel, s->name);
	}
}

/* Returns the kernel in the file at @path. Unpacks a boot image. Free with g_bytes_unref(). */
static GBytes *read_kernel(const char *path, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(GBytes) content = NULL;
	GBytes *unpacked;
	char *data;
	gsize n;

	if (!read_argument(path, IMAGE_MAX, &data, &n, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: cannot be read: %s",
			    path, cause->message);
		return NULL;
	}
	content = g_bytes_new_take(data, n);
	if (n >= 4 && memcmp(data, "\177ELF", 4) == 0)
		return g_steal_pointer(&content);
	unpacked = image_unpack(content);
	/*
	 * image_unpack() also unpacks compressed data inside a raw kernel, such as the kernel's
	 * configuration. Only the kernel in a boot image is larger than the file.
	 */
	if (unpacked && g_bytes_get_size(unpacked) > n)
		return unpacked;
	g_clear_pointer(&unpacked, g_bytes_unref);
	return g_steal_pointer(&content);
}

struct kernel *kernel_open(const char *path, const char *map, GError **error)
{
	g_autoptr(kernel) kernel = g_new0(struct kernel, 1);

	kernel->segments = g_array_new(FALSE, FALSE, sizeof(struct kernel_segment));
	kernel->symbols = g_array_new(FALSE, FALSE, sizeof(struct kernel_symbol));
	g_array_set_clear_func(kernel->symbols, clear_symbol);
	kernel->functions =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
	kernel->copies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	kernel->content = read_kernel(path, error);
	if (!kernel->content || !kernel_read_segments(kernel, path, error) ||
	    !(map ? kernel_read_map(kernel, map, error)
		  : kernel_read_kallsyms(kernel, path, error)))
		return NULL;
	index_functions(kernel);
	if (!kernel_read_slots(kernel, path, error))
		return NULL;
	kernel->banner = find_banner(kernel->content);
	kernel->hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, kernel->content);
	return g_steal_pointer(&kernel);
}

void kernel_free(struct kernel *kernel)
{
	for (unsigned int i = 0; i < kernel->n; i++) {
		g_free(kernel->initcalls[i].function);
		g_free(kernel->initcalls[i].modname);
	}
	g_free(kernel->initcalls);
	g_free(kernel->slots);
	g_free(kernel->targets);
	g_free(kernel->banner);
	g_free(kernel->hash);
	g_hash_table_unref(kernel->functions);
	g_hash_table_unref(kernel->copies);
	g_array_unref(kernel->symbols);
	g_array_unref(kernel->segments);
	g_clear_pointer(&kernel->content, g_bytes_unref);
	g_free(kernel);
}

const struct image_initcall *kernel_initcalls(const struct kernel *kernel, unsigned int *n)
{
	*n = kernel->n;
	return kernel->initcalls;
}

const char *kernel_banner(const struct kernel *kernel)
{
	return kernel->banner;
}

const char *kernel_hash(const struct kernel *kernel)
{
	return kernel->hash;
}

const char *kernel_symbol(const struct kernel *kernel, const char *function)
{
	gpointer key;

	if (g_hash_table_lookup_extended(kernel->functions, function, &key, NULL))
		return key;
	return g_hash_table_lookup(kernel->copies, function);
}
