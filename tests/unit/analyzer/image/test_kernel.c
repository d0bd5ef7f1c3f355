// SPDX-License-Identifier: GPL-2.0-only
/* Writes small kernels with a table of initcalls, opens them, and writes them in another order. */
#include <elf.h>
#include <string.h>

#include "analyzer/image/kernel.h"
#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

#define BASE	G_GUINT64_CONSTANT(0xffff800080000000)
#define SIZE	8192
#define TEXT	0x800  /* offset of the functions in the kernel */
#define TABLE	0x1000 /* offset of the table of initcalls */
#define BANNER	0x1800
#define SEGMENT 0x200 /* offset of the kernel in an ELF file */

static char *folder;

static void setup(void)
{
	folder = temp_dir_new();
}

static void teardown(void)
{
	temp_dir_free(folder);
}

static const char *const functions[] = { "first_init", "core_setup", "foo_init", "foo_late" };
static const char *const symbols[] = { "__initcall__kmod_a__1_10_first_initearly",
				       "__initcall__kmod_b__2_20_core_setup1",
				       "__initcall__kmod_c__3_30_foo_init6",
				       "__initcall__kmod_c__4_40_foo_late6s" };
#define N G_N_ELEMENTS(functions)

struct form {
	unsigned int width;
	bool relative;
	bool elf;
	bool big_endian;
};

static const struct form forms[] = {
	{ .width = 4, .relative = true },
	{ .width = 8 },
	{ .width = 4 },
	{ .width = 4, .relative = true, .elf = true },
	{ .width = 8, .elf = true, .big_endian = true },
};

static guint64 base_of(const struct form *form)
{
	/* A 32-bit address must fit into the slot. */
	return form->width == 4 && !form->relative ? 0xc0000000 : BASE;
}

static void put(guint8 *at, guint64 value, unsigned int width, bool big_endian)
{
	for (unsigned int i = 0; i < width; i++)
		at[big_endian ? width - 1 - i : i] = (guint8)(value >> 8 * i);
}

static guint64 get(const guint8 *at, unsigned int width, bool big_endian)
{
	guint64 value = 0;

	for (unsigned int i = 0; i < width; i++)
		value |= (guint64)at[big_endian ? width - 1 - i : i] << 8 * i;
	return value;
}

static guint64 function_at(const struct form *form, unsigned int i)
{
	return base_of(form) + TEXT + 0x40 * (N - i);
}

/* The program header says that the kernel begins at SEGMENT. */
static void put_elf_header(guint8 *data, const struct form *form)
{
	bool big = form->big_endian;

	memcpy(data, ELFMAG, SELFMAG);
	data[EI_CLASS] = ELFCLASS64;
	data[EI_DATA] = big ? ELFDATA2MSB : ELFDATA2LSB;
	data[EI_VERSION] = EV_CURRENT;
	put(data + 16, ET_EXEC, 2, big);
	put(data + 18, big ? EM_S390 : EM_X86_64, 2, big);
	put(data + 20, EV_CURRENT, 4, big);
	put(data + 32, sizeof(Elf64_Ehdr), 8, big); /* program headers */
	put(data + 52, sizeof(Elf64_Ehdr), 2, big);
	put(data + 54, sizeof(Elf64_Phdr), 2, big);
	put(data + 56, 1, 2, big);
	data += sizeof(Elf64_Ehdr);
	put(data, PT_LOAD, 4, big);
	put(data + 8, SEGMENT, 8, big);
	put(data + 16, base_of(form), 8, big);
	put(data + 32, SIZE, 8, big);
	put(data + 40, SIZE, 8, big);
}

static char *path_of(const char *name)
{
	return g_build_filename(folder, name, NULL);
}

static void write_kernel(const struct form *form, const char *path)
{
	gsize start = form->elf ? SEGMENT : 0;
	g_autofree guint8 *data = g_malloc0(start + SIZE);
	guint8 *kernel = data + start;

	if (form->elf)
		put_elf_header(data, form);
	for (unsigned int i = 0; i < N; i++) {
		guint64 slot = base_of(form) + TABLE + i * form->width;
		guint64 target = function_at(form, i);

		put(kernel + TABLE + i * form->width, form->relative ? target - slot : target,
		    form->width, form->big_endian);
	}
	strcpy((char *)kernel + BANNER, "Linux version 6.99.1 (me@here) #1 SMP\n");
	ck_assert(g_file_set_contents(path, (char *)data, (gssize)(start + SIZE), NULL));
}

/* @wrong: the map is of another kernel. */
static void write_map(const struct form *form, const char *path, bool wrong)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_append_printf(text, "%016" G_GINT64_MODIFIER "x T _text\n", base_of(form));
	for (unsigned int i = N; i > 0; i--)
		g_string_append_printf(text, "%016" G_GINT64_MODIFIER "x t %s\n",
				       function_at(form, i - 1) + (wrong ? 0x10 : 0),
				       functions[i - 1]);
	g_string_append_printf(text, "%016" G_GINT64_MODIFIER "x t clone.isra.0\n",
			       base_of(form) + TEXT + 0x400);
	g_string_append_printf(text, "%016" G_GINT64_MODIFIER "x t part.cold\n",
			       base_of(form) + TEXT + 0x440);
	for (unsigned int i = 0; i < N; i++)
		g_string_append_printf(text, "%016" G_GINT64_MODIFIER "x d %s\n",
				       base_of(form) + TABLE + i * form->width, symbols[i]);
	ck_assert(g_file_set_contents(path, text->str, -1, NULL));
}

static struct kernel *open_kernel(const struct form *form, bool wrong, GError **error)
{
	g_autofree char *path = path_of("Image");
	g_autofree char *map = path_of("System.map");

	write_kernel(form, path);
	write_map(form, map, wrong);
	return kernel_open(path, map, error);
}

START_TEST(opens)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(kernel) kernel = open_kernel(&forms[_i], false, &error);
	const struct image_initcall *initcalls;
	unsigned int n;

	ck_assert_msg(kernel != NULL, "%s", error ? error->message : "");
	initcalls = kernel_initcalls(kernel, &n);
	ck_assert_uint_eq(n, N);
	for (unsigned int i = 0; i < N; i++)
		ck_assert_str_eq(initcalls[i].function, functions[i]);
	ck_assert_uint_eq(initcalls[2].line, 30);
	ck_assert_str_eq(initcalls[2].modname, "c");
	ck_assert_str_eq(kernel_banner(kernel), "Linux version 6.99.1 (me@here) #1 SMP");
	ck_assert_uint_eq(strlen(kernel_hash(kernel)), 64);
	ck_assert_str_eq(kernel_symbol(kernel, "foo_init"), "foo_init");
	ck_assert_str_eq(kernel_symbol(kernel, "clone"), "clone.isra.0");
	ck_assert_ptr_null(kernel_symbol(kernel, "part"));
	ck_assert_ptr_null(kernel_symbol(kernel, "absent"));
}
END_TEST

/* The copy differs in the table only, and its slots lead to the functions of the new order. */
START_TEST(writes)
{
	const struct form *form = &forms[_i];
	const unsigned int order[N] = { 0, 3, 1, 2 };
	g_autofree char *path = path_of("copy");
	g_autofree char *original = path_of("Image");
	g_autofree char *before = NULL;
	g_autofree char *after = NULL;
	g_autoptr(kernel) kernel = open_kernel(form, false, NULL);
	gsize n, start = form->elf ? SEGMENT : 0;

	ck_assert(kernel_write(kernel, order, path, NULL));
	ck_assert(g_file_get_contents(original, &before, NULL, NULL));
	ck_assert(g_file_get_contents(path, &after, &n, NULL));
	ck_assert_uint_eq(n, start + SIZE);
	for (unsigned int i = 0; i < N; i++) {
		gsize at = start + TABLE + i * form->width;
		guint64 value = get((guint8 *)after + at, form->width, form->big_endian);
		guint64 slot = base_of(form) + TABLE + i * form->width;

		if (form->relative)
			value = slot + (guint64)(gint64)(gint32)value;
		ck_assert_uint_eq(value, function_at(form, order[i]));
		memcpy(after + at, before + at, form->width);
	}
	ck_assert_int_eq(memcmp(before, after, n), 0);
}
END_TEST

START_TEST(refuses_another_map)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(open_kernel(&forms[_i], true, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, "only 0 of 4 entries") != NULL, "%s", error->message);
}
END_TEST

static void expect_error(const char *content, gssize n, const char *map, const char *text)
{
	g_autofree char *path = path_of("file");
	g_autofree char *map_path = path_of("map");
	g_autoptr(GError) error = NULL;

	ck_assert(g_file_set_contents(path, content, n, NULL));
	if (map)
		ck_assert(g_file_set_contents(map_path, map, -1, NULL));
	ck_assert_ptr_null(kernel_open(path, map ? map_path : NULL, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, text) != NULL, "%s", error->message);
}

START_TEST(bad_files)
{
	static const char stub[] =
		"ffffffffffffffff B The real System.map is in the linux-image-dbg package\n";
	static const char elf[64] = "\177ELF\2\1\1";

	expect_error("no kernel", -1, NULL, "no symbols of a kernel");
	expect_error("", 0, NULL, "no symbols of a kernel");
	expect_error("x", 1, stub, "linux-image-*-dbg");
	expect_error("x", 1, "", "no symbols in this file");
	expect_error("x", 1, "ffffffff81000000 T _text\nffffffff81000010 t foo\n",
		     "name 0 initcalls");
	expect_error(elf, sizeof(elf), "", "program headers");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("kernel");
	TCase *tcase = tcase_create("kernel");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, opens, 0, G_N_ELEMENTS(forms));
	tcase_add_loop_test(tcase, writes, 0, G_N_ELEMENTS(forms));
	tcase_add_loop_test(tcase, refuses_another_map, 0, G_N_ELEMENTS(forms));
	tcase_add_test(tcase, bad_files);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
