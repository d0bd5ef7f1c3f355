// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the names of a kernel's symbols from the tables that CONFIG_KALLSYMS puts into the kernel.
 * The tables have no header. The position of each table and the order of the tables depend on the
 * kernel version. So this file finds each table by its contents. scripts/kallsyms.c of the kernel
 * writes these tables:
 *
 *   token table   256 strings (tokens), which are the parts of names; ten tokens are the digits
 *   token index   256 numbers of 16 bits: the offset of each token in the token table; the token
 *                 index follows the token table
 *   names         for each symbol, in the order of addresses: how many tokens the name has, then
 *                 one byte for each token; the total number of names precedes the first name
 *   markers       offset of every 256th name; the markers follow the names
 *
 * If kallsyms contains the __initcall symbols, the order of these symbols is the order of the
 * initcalls. Otherwise, image_table.c finds the kernel's table of initcalls.
 */
#include "analyzer/image/image_kallsyms_internal.h"

#include <string.h>

#include "analyzer/image/image_unpack_internal.h"
#include "db/error.h"

#define MAX_TOKEN   512
#define MAX_NAME    2048
#define STRIDE	    256 /* number of names between two markers */
#define MAX_PADDING 256 /* largest gap between two tables, in bytes */
#define MIN_NAMES   2000
#define MAX_NAMES   4000000

guint32 kallsyms_number(const struct kallsyms *k, gsize at)
{
	guint32 number;

	memcpy(&number, k->data + at, sizeof(number));
	return k->big_endian ? GUINT32_FROM_BE(number) : GUINT32_FROM_LE(number);
}

static guint16 short_at(const struct kallsyms *k, gsize at)
{
	guint16 number;

	memcpy(&number, k->data + at, sizeof(number));
	return k->big_endian ? GUINT16_FROM_BE(number) : GUINT16_FROM_LE(number);
}

/*
 * Returns the offset of the first byte after the @count strings that begin at offset @at. Returns 0
 * if there are fewer than @count strings, or if a string is too long for a token.
 */
static gsize skip_tokens(const struct kallsyms *k, gsize at, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		const guint8 *end =
			at < k->n ? memchr(k->data + at, 0, MIN(MAX_TOKEN, k->n - at)) : NULL;

		if (!end)
			return 0;
		at = (gsize)(end - k->data) + 1;
	}
	return at;
}

/*
 * @index is the offset of a possible token index. Returns true, and sets @k->tokens, if each token
 * of the table at @k->table begins where the token index says.
 */
static bool check_index(struct kallsyms *k, gsize index)
{
	gsize at = k->table;

	for (unsigned int i = 0; i < N_TOKENS; i++) {
		if (!at || short_at(k, index + 2 * (gsize)i) != at - k->table)
			return false;
		k->tokens[i] = at;
		at = skip_tokens(k, at, 1);
	}
	return true;
}

/*
 * @digit is the offset of a string "0" in @k->data. Returns true if this string is the token "0" of
 * a token table, and a token index follows the token table. The token index contains the offset of
 * the token "0" in the token table. The token table begins at @digit minus this offset. On success,
 * sets @k->big_endian, @k->table, @k->tokens and @k->tables_end.
 */
static bool check_table(struct kallsyms *k, gsize digit)
{
	gsize end = skip_tokens(k, digit, N_TOKENS - '0');

	for (gsize align = 2; end && align <= 16; align *= 2) {
		gsize index = (end + align - 1) & ~(align - 1);

		if (index + 2 * (gsize)N_TOKENS > k->n)
			return false;
		for (int big = 0; big < 2; big++) {
			gsize before;

			k->big_endian = big;
			before = short_at(k, index + 2 * (gsize)'0');
			k->table = digit - MIN(before, digit);
			k->tables_end = index + 2 * (gsize)N_TOKENS;
			if (check_index(k, index))
				return true;
		}
	}
	return false;
}

/*
 * Returns the length of the name whose entry begins at offset *@at. Moves *@at past the one or two
 * bytes that contain the length.
 */
static gsize entry_length(const struct kallsyms *k, gsize *at, bool long_names)
{
	gsize length = k->data[(*at)++];

	/* Since kernel 6.1, a length may take two bytes. */
	if (length & 0x80 && long_names && *at < k->n)
		length = (length & 0x7f) | (gsize)k->data[(*at)++] << 7;
	return length;
}

/*
 * Returns the offset of the first byte after the @count names that begin at offset @at. Returns 0
 * if fewer than @count valid names stand between @at and the token table.
 */
static gsize skip_names(const struct kallsyms *k, gsize at, guint32 count, bool long_names)
{
	for (guint32 i = 0; i < count; i++) {
		gsize length;

		if (at + 2 >= k->table)
			return 0;
		length = entry_length(k, &at, long_names);
		if (!length || length > MAX_NAME || at + length > k->table)
			return 0;
		at += length;
	}
	return at;
}

/*
 * True if the table of markers follows the names, which end at offset @end. The first marker must
 * be 0. The second marker must be @first_stride, the size of the first 256 names in bytes.
 */
static bool has_markers(const struct kallsyms *k, gsize end, gsize first_stride)
{
	gsize at = (end + 3) & ~(gsize)3;

	for (gsize pad = 0; pad <= MAX_PADDING; pad += 4)
		if (at + pad + 8 <= k->table && kallsyms_number(k, at + pad) == 0 &&
		    kallsyms_number(k, at + pad + 4) == first_stride)
			return true;
	return false;
}

/* True if @count names begin at offset @names, and the markers follow the names. */
static bool are_names(const struct kallsyms *k, gsize names, guint32 count, bool long_names)
{
	gsize stride = skip_names(k, names, STRIDE, long_names), end;

	if (!stride)
		return false;
	end = skip_names(k, names, count, long_names);
	return end && has_markers(k, end, stride - names);
}

/*
 * Finds the names, and sets @k->count_at, @k->count, @k->names and @k->long_names. Searches
 * backwards from the token table for a number that can be the number of names. Returns false if the
 * names are not found.
 */
static bool find_names(struct kallsyms *k)
{
	static const gsize count_sizes[] = { 4, 8, 16 };

	if (k->table < 8)
		return false;
	for (gsize at = (k->table & ~(gsize)3) - 4; at >= 4; at -= 4) {
		k->count_at = at;
		k->count = kallsyms_number(k, at);
		/* Each name takes at least three bytes, including its length and its type. */
		if (k->count < MIN_NAMES || k->count > MAX_NAMES || k->count > (k->table - at) / 3)
			continue;
		for (gsize i = 0; i < G_N_ELEMENTS(count_sizes); i++)
			for (int long_names = 1; long_names >= 0; long_names--) {
				k->names = at + count_sizes[i];
				k->long_names = long_names;
				if (are_names(k, k->names, k->count, long_names))
					return true;
			}
	}
	return false;
}

static void expand_name(const struct kallsyms *k, gsize at, gsize length, GString *name)
{
	g_string_truncate(name, 0);
	for (gsize i = 0; i < length; i++)
		g_string_append(name, (const char *)k->data + k->tokens[k->data[at + i]]);
}

static bool find_table(struct kallsyms *k)
{
	static const char digits[] = "0\0001\0002\0003\0004\0005\0006\0007\0008\0009";
	const guint8 *at = k->data, *end = k->data + k->n;

	while ((at = memmem(at, (gsize)(end - at), digits, sizeof(digits)))) {
		if (check_table(k, (gsize)(at - k->data)))
			return true;
		at++;
	}
	return false;
}

/*
 * True if @name is a boundary symbol such as __initcall6_start. The position of a boundary symbol
 * in kallsyms is unreliable: __initcall6_start has the same address as the first initcall of
 * level 6, so kallsyms may list __initcall6_start after this initcall. add_symbol() can ignore
 * boundary symbols, because the end of an initcall's name gives the level, too.
 */
static bool is_boundary(const char *name)
{
	return g_str_has_suffix(name, "_start") || g_str_has_suffix(name, "_end");
}

bool kallsyms_find(struct kallsyms *k, GBytes *content)
{
	memset(k, 0, sizeof(*k));
	k->data = g_bytes_get_data(content, &k->n);
	return find_table(k) && find_names(k);
}

void kallsyms_each(const struct kallsyms *k,
		   void (*report)(void *data, guint32 index, char type, const char *name),
		   void *data)
{
	g_autoptr(GString) name = g_string_new(NULL);
	gsize at = k->names;

	for (guint32 i = 0; i < k->count; i++) {
		gsize length = entry_length(k, &at, k->long_names);

		expand_name(k, at, length, name);
		at += length;
		/* The first letter of @name is the symbol's type. */
		if (name->len > 1)
			report(data, i, name->str[0], name->str + 1);
	}
}

static void add_symbol(void *data, guint32 index, char type, const char *name)
{
	(void)type;
	if (image_symbol_matters(name) && !is_boundary(name))
		image_symbols_add(data, index, name, NULL, index + 1);
}

static bool read_symbols(GBytes *content, struct image_builder *builder, struct image *image)
{
	g_autoptr(GArray) symbols = image_symbols_new();
	struct kallsyms k;

	if (!kallsyms_find(&k, content))
		return false;
	kallsyms_each(&k, add_symbol, symbols);
	if (!image_from_symbols(symbols, builder))
		image->only_functions = image_read_table(&k, builder);
	return true;
}

bool image_read_kernel(GBytes *content, const char *path, struct image_builder *builder,
		       struct image *image, GError **error)
{
	g_autoptr(GBytes) unpacked = NULL;

	if (!read_symbols(content, builder, image)) {
		unpacked = image_unpack(content);
		if (!unpacked || !read_symbols(unpacked, builder, image)) {
			g_set_error(
				error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
				"%s: no symbols of a kernel in this file%s; expected vmlinux, "
				"vmlinuz or Image of a kernel with CONFIG_KALLSYMS, System.map, "
				"an initcall_debug boot log or a list of initcalls",
				path, unpacked ? ", unpacked" : "");
			return false;
		}
	}
	if (builder->initcalls->len)
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: this kernel has no symbols of initcalls (CONFIG_KALLSYMS_ALL is not set), "
		    "and their table was not found; use System.map or a boot log with "
		    "initcall_debug",
		    path);
	return false;
}
