// SPDX-License-Identifier: GPL-2.0-only
/* Builds small kernels with kallsyms, and reads them plain and compressed. */
#include <string.h>
#include <gio/gio.h>

#include "analyzer/image/image.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

#define N_OTHERS 3000

static char *folder;

static void setup(void)
{
	folder = temp_dir_new();
}

static void teardown(void)
{
	temp_dir_free(folder);
}

struct kernel {
	bool big_endian;
	bool long_names; /* one name has more than 127 tokens */
	bool seqs;	 /* another table lies between markers and tokens, as in 6.2 */
	bool functions;	 /* kallsyms has functions only: no CONFIG_KALLSYMS_ALL */
	bool distances;	 /* the table of addresses has distances and follows the tokens (7.x) */
	bool addresses;	 /* the table of initcalls has 64-bit addresses */
	GByteArray *bytes;
};

static void put(struct kernel *k, const void *data, gsize n)
{
	g_byte_array_append(k->bytes, data, (guint)n);
}

static void put_number(struct kernel *k, guint32 number)
{
	number = k->big_endian ? GUINT32_TO_BE(number) : GUINT32_TO_LE(number);
	put(k, &number, sizeof(number));
}

static void put_short(struct kernel *k, guint16 number)
{
	number = k->big_endian ? GUINT16_TO_BE(number) : GUINT16_TO_LE(number);
	put(k, &number, sizeof(number));
}

static void align(struct kernel *k, gsize to)
{
	while (k->bytes->len % to)
		put(k, "", 1);
}

/* Stores the length of @name, then one token for each letter. */
static void put_name(struct kernel *k, const char *name)
{
	gsize n = strlen(name);
	guint8 low = (guint8)(n | 0x80), high = (guint8)(n >> 7);

	if (n < 128) {
		low = (guint8)n;
		put(k, &low, 1);
	} else {
		put(k, &low, 1);
		put(k, &high, 1);
	}
	put(k, name, n);
}

static const char *const calls[] = {
	"d__initcall__kmod_early__1_10_earlyearly",
	"D__initcall0_start",
	"d__initcall__kmod_core__2_20_core_init1",
	"D__initcall6_start",
	"d__initcall__kmod_foo__3_30_foo_init6",
	"d__initcall__kmod_foo__4_40_foo_sync6s",
	"D__initcall_end",
	"D__con_initcall_start",
	"d__initcall__kmod_con__5_50_con_initcon",
	"d__initcall_old_init", /* a console initcall, in the form before 5.12 */
};

#define HEADER	  0x10000 /* bytes before the first function */
#define N_TEXT	  2000	  /* number of functions before .init.text */
#define N_ENTRIES 100
#define LOWEST	  G_GINT64_CONSTANT(0x7fff800008010000)

/* Returns the offset of a function. Functions differ in size, and some have two names. */
static guint32 place_of(guint function)
{
	if (function < N_TEXT && function % 50 == 1)
		function--;
	return function * 64 + (function * 2654435761u >> 27 & 30) +
	       (function >= N_TEXT ? 0x40000 : 0);
}

/* Returns the function that entry @entry of the table of initcalls leads to. */
static guint function_of(guint entry)
{
	return N_TEXT + entry * 37 % 900;
}

static void put_table(struct kernel *k)
{
	align(k, 8);
	for (guint i = 0; i < N_ENTRIES; i++) {
		guint32 place = place_of(function_of(i));
		guint64 address = (guint64)(LOWEST + place);

		if (!k->addresses) {
			put_number(k, HEADER + place - k->bytes->len);
			continue;
		}
		put_number(k, (guint32)(k->big_endian ? address >> 32 : address));
		put_number(k, (guint32)(k->big_endian ? address : address >> 32));
	}
	put(k, "\1\0\0\0\1\0\0", 8);
}

static void put_places(struct kernel *k)
{
	align(k, 8);
	for (guint i = 0; i < N_OTHERS; i++)
		put_number(k, place_of(i) + (k->distances ? HEADER - k->bytes->len : 0));
	align(k, 8);
	/* The lowest address stands behind the table. */
	if (!k->distances)
		put(k, "\0\0\0\0\0\0\0", 8);
}

static void put_functions(struct kernel *k, GArray *markers)
{
	gsize start;

	put_number(k, N_OTHERS);
	start = k->bytes->len;
	for (guint i = 0; i < N_OTHERS; i++) {
		g_autofree char *name = g_strdup_printf("tfunction_%u", i);
		guint32 at = (guint32)(k->bytes->len - start);

		if (i % 256 == 0)
			g_array_append_val(markers, at);
		put_name(k, name);
	}
}

static void put_names(struct kernel *k, GArray *markers)
{
	gsize start;
	guint n = 0;

	put_number(k, N_OTHERS + G_N_ELEMENTS(calls));
	start = k->bytes->len;
	for (guint i = 0; i < N_OTHERS + G_N_ELEMENTS(calls); i++) {
		g_autofree char *other = g_strdup_printf("Tfunction_%u", i);
		g_autofree char *longer = g_strnfill(200, 'x');
		guint32 at = (guint32)(k->bytes->len - start);

		if (i % 256 == 0)
			g_array_append_val(markers, at);
		if (i >= 1000 && n < G_N_ELEMENTS(calls))
			put_name(k, calls[n++]);
		else
			put_name(k, k->long_names && i == 700 ? longer : other);
	}
}

static void put_tokens(struct kernel *k)
{
	guint16 offsets[256];
	gsize start = k->bytes->len;

	for (guint i = 0; i < 256; i++) {
		const char letter[] = { (char)i, '\0' };
		const char *token = i > ' ' && i < 127 ? letter : "zz";

		offsets[i] = (guint16)(k->bytes->len - start);
		put(k, token, strlen(token) + 1);
	}
	align(k, 4);
	for (guint i = 0; i < 256; i++)
		put_short(k, offsets[i]);
}

static GBytes *make_kernel(struct kernel *k)
{
	g_autoptr(GArray) markers = g_array_new(FALSE, FALSE, sizeof(guint32));
	static const guint8 code[4096] = { 0x4d, 0x5a };

	k->bytes = g_byte_array_new();
	/* image_unpack() ignores data that is smaller than a kernel. */
	for (int i = 0; i < 300; i++)
		put(k, code, sizeof(code));
	if (k->functions) {
		put_table(k);
		if (!k->distances)
			put_places(k);
		put_functions(k, markers);
	} else {
		put_names(k, markers);
	}
	align(k, 4);
	for (guint i = 0; i < markers->len; i++)
		put_number(k, g_array_index(markers, guint32, i));
	for (guint i = 0; k->seqs && i < N_OTHERS; i++)
		put(k, "\1\2\3", 3);
	align(k, 4);
	put_tokens(k);
	if (k->distances)
		put_places(k);
	put(k, code, sizeof(code));
	return g_byte_array_free_to_bytes(k->bytes);
}

static GBytes *compress(GBytes *bytes)
{
	g_autoptr(GConverter) gzip =
		G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
	g_autoptr(GInputStream) memory = g_memory_input_stream_new_from_bytes(bytes);
	g_autoptr(GInputStream) in = g_converter_input_stream_new(memory, gzip);
	g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable();
	static const guint8 stub[5000] = { 0x4d, 0x5a, 0, 0, 'z', 'i', 'm', 'g' };

	g_output_stream_write_all(out, stub, sizeof(stub), NULL, NULL, NULL);
	ck_assert(g_output_stream_splice(out, in, 0, NULL, NULL) > 0);
	g_output_stream_write_all(out, stub, sizeof(stub), NULL, NULL, NULL);
	g_output_stream_close(out, NULL, NULL);
	return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(out));
}

static bool read_bytes(GBytes *bytes, struct image *image, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "Image", NULL);
	gsize n;
	const char *data = g_bytes_get_data(bytes, &n);

	ck_assert(g_file_set_contents(path, data, (gssize)n, NULL));
	return image_read(path, image, error);
}

/* Checks level, function, module and line of all initcalls. */
static void expect_calls(GBytes *bytes)
{
	struct image image;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = g_string_new(NULL);

	ck_assert_msg(read_bytes(bytes, &image, &error), "%s", error ? error->message : "");
	ck_assert_int_eq(image.kind, IMAGE_KERNEL);
	for (unsigned int i = 0; i < image.n; i++)
		g_string_append_printf(
			text, "%s %s %s %u, ", initcall_level_name(image.initcalls[i].level),
			image.initcalls[i].function,
			image.initcalls[i].modname ? image.initcalls[i].modname : "-",
			image.initcalls[i].line);
	ck_assert_str_eq(text->str, "early early early 10, 1 core_init core 20, 6 foo_init foo 30, "
				    "6s foo_sync foo 40, con con_init con 50, con old_init - 0, ");
	image_clear(&image);
}

static struct kernel kernels[] = {
	{ 0 },
	{ .big_endian = true },
	{ .long_names = true },
	{ .seqs = true },
	{ .big_endian = true, .long_names = true, .seqs = true },
};

START_TEST(plain)
{
	g_autoptr(GBytes) bytes = make_kernel(&kernels[_i]);

	expect_calls(bytes);
}
END_TEST

START_TEST(compressed)
{
	g_autoptr(GBytes) bytes = make_kernel(&kernels[_i]);
	g_autoptr(GBytes) packed = compress(bytes);

	expect_calls(packed);
}
END_TEST

static struct kernel without_all[] = {
	{ .functions = true },
	{ .functions = true, .distances = true },
	{ .functions = true, .addresses = true },
	{ .functions = true, .addresses = true, .distances = true },
	{ .functions = true, .addresses = true, .big_endian = true },
};

/* The table of initcalls gives the functions. */
START_TEST(table)
{
	g_autoptr(GBytes) bytes = make_kernel(&without_all[_i]);
	g_autoptr(GError) error = NULL;
	struct image image;

	ck_assert_msg(read_bytes(bytes, &image, &error), "%s", error ? error->message : "");
	ck_assert(image.only_functions);
	ck_assert_uint_eq(image.n, N_ENTRIES);
	for (guint i = 0; i < N_ENTRIES; i++) {
		g_autofree char *name = g_strdup_printf("function_%u", function_of(i));

		ck_assert_int_eq(image.initcalls[i].level, LEVEL_NONE);
		ck_assert_str_eq(image.initcalls[i].function, name);
	}
	image_clear(&image);
}
END_TEST

static void expect_error(GBytes *bytes, const char *text)
{
	struct image image;
	g_autoptr(GError) error = NULL;

	ck_assert(!read_bytes(bytes, &image, &error));
	ck_assert_msg(strstr(error->message, text), "%s", error->message);
}

/* A truncated kernel has no symbols. Nothing is read behind its end. */
START_TEST(damaged)
{
	g_autoptr(GBytes) bytes = make_kernel(&kernels[0]);
	gsize n = g_bytes_get_size(bytes);
	static const char nothing[] = "\1\2\3\0\4";
	g_autoptr(GBytes) small = g_bytes_new_static(nothing, sizeof(nothing));

	expect_error(small, "no symbols of a kernel in this file");
	for (gsize cut = n - 4096 - 600; cut < n - 4096; cut += 37) {
		g_autoptr(GBytes) part = g_bytes_new_from_bytes(bytes, 0, cut);

		expect_error(part, "no symbols of a kernel in this file");
	}
}
END_TEST

/* The names would stand before the table of tokens: there is no room for them. */
START_TEST(tokens_first)
{
	struct kernel k = { 0 };
	g_autoptr(GBytes) bytes = NULL;
	static const guint8 zeros[1 << 20];

	k.bytes = g_byte_array_new();
	put_tokens(&k);
	put(&k, zeros, sizeof(zeros));
	bytes = g_byte_array_free_to_bytes(k.bytes);
	expect_error(bytes, "no symbols of a kernel in this file");
}
END_TEST

/* A damaged table of initcalls is not found. */
START_TEST(no_table)
{
	g_autoptr(GBytes) bytes = make_kernel(&without_all[0]);
	gsize n;
	guint8 *data = g_bytes_unref_to_data(g_steal_pointer(&bytes), &n);
	g_autoptr(GBytes) broken = NULL;

	for (guint i = 30; i < N_ENTRIES; i += 30)
		data[300 * 4096 + 4 * i] ^= 1;
	broken = g_bytes_new_take(data, n);
	expect_error(broken, "CONFIG_KALLSYMS_ALL is not set");
}
END_TEST

/* Since 7.x the System.map of Debian is a sentence that says where the real System.map is. */
START_TEST(stub)
{
	static const char text[] = "ffffffffffffffff B The real System.map is in the "
				   "linux-image-7.3.4-dbg package\n";
	g_autoptr(GBytes) bytes = g_bytes_new_static(text, sizeof(text) - 1);

	expect_error(bytes, "it says: \"The real System.map is in the linux-image-7.3.4-dbg "
			    "package\"; vmlinuz or Image itself will do as well");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("image_kallsyms");
	TCase *tcase = tcase_create("image");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, plain, 0, G_N_ELEMENTS(kernels));
	tcase_add_loop_test(tcase, compressed, 0, G_N_ELEMENTS(kernels));
	tcase_add_loop_test(tcase, table, 0, G_N_ELEMENTS(without_all));
	tcase_add_test(tcase, no_table);
	tcase_add_test(tcase, damaged);
	tcase_add_test(tcase, tokens_first);
	tcase_add_test(tcase, stub);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
