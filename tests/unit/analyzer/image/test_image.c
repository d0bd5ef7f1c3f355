// SPDX-License-Identifier: GPL-2.0-only
#include <elf.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analyzer/image/image.h"
#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *scratch; /* directory; each test has a new one */

static void setup(void)
{
	scratch = temp_dir_new();
}

static void teardown(void)
{
	g_clear_pointer(&scratch, temp_dir_free);
}

static char *write_file(const char *name, const char *content, gssize length)
{
	char *path = g_build_filename(scratch, name, NULL);

	ck_assert(g_file_set_contents(path, content, length, NULL));
	return path;
}

static void read_ok(const char *path, struct image *image, enum image_kind kind)
{
	GError *error = NULL;

	ck_assert_msg(image_read(path, image, &error), "%s", error ? error->message : "");
	ck_assert_int_eq(image->kind, kind);
}

static void read_content(const char *content, struct image *image, enum image_kind kind)
{
	g_autofree char *path = write_file("input", content, -1);

	read_ok(path, image, kind);
}

static void expect_failure(const char *path, const char *part)
{
	GError *error = NULL;
	struct image image;

	ck_assert(!image_read(path, &image, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, part) != NULL, "'%s' lacks '%s'", error->message,
		      part);
	ck_assert(g_str_has_prefix(error->message, path));
	g_clear_error(&error);
}

static void expect_bad(const char *content, gssize length, const char *part)
{
	g_autofree char *path = write_file("bad", content, length);

	expect_failure(path, part);
}

/* @expected: "level:module:line:function ..." */
static void expect(const struct image *image, const char *expected)
{
	g_autoptr(GString) got = g_string_new(NULL);

	for (unsigned int i = 0; i < image->n; i++) {
		const struct image_initcall *call = &image->initcalls[i];

		g_string_append_printf(
			got, "%s%s:%s:%u:%s", i ? " " : "",
			call->level == LEVEL_NONE ? "-" : initcall_level_name(call->level),
			call->modname ? call->modname : "-", call->line, call->function);
	}
	ck_assert_str_eq(got->str, expected);
}

START_TEST(map_with_boundaries)
{
	struct image image;

	read_content("ffffffc008000000 T _text\n"
		     "ffffffc008001000 D __initcall_start\n"
		     "ffffffc008001000 d __initcall__kmod_ptrace__340_42_first_early\n"
		     "ffffffc008001004 D __initcall0_start\n"
		     "ffffffc008001004 D __initcall1_start\n"
		     "ffffffc008001004 d __initcall__kmod_a__1_5_v1_61\n"
		     "ffffffc008001008 d __initcall__kmod_a__2_6_later1s\n"
		     "ffffffc00800100c D __initcallrootfs_start\n"
		     "ffffffc00800100c d __initcall__kmod_8250_omap__3_7_rrootfs\n"
		     "ffffffc008001010 D __initcall6_start\n"
		     "ffffffc008001010 d __initcall__kmod_b__3_7_x.llvm.12345\n"
		     "ffffffc008001014 D __con_initcall_start\n"
		     "ffffffc008001014 D __initcall_end\n"
		     "ffffffc008001014 d __initcall__kmod_vt__252_3687_con_initcon\n"
		     "ffffffc008001018 D __con_initcall_end\n",
		     &image, IMAGE_SYSTEM_MAP);
	expect(&image, "early:ptrace:42:first_ 1:a:5:v1_6 1s:a:6:later rootfs:8250_omap:7:r "
		       "6:b:7:x con:vt:3687:con_init");
	ck_assert_uint_eq(image.initcalls[1].at, 6);
	ck_assert(image.complete);
	image_clear(&image);
}
END_TEST

/* Before the kmod form, symbols had no module or line, and console initcalls had no level. */
START_TEST(map_of_an_old_kernel)
{
	struct image image;

	read_content("c0a01000 d __initcall_start\n"
		     "c0a01000 t __initcall_init_oneearly\n"
		     "c0a01004 t __initcall6_start\n"
		     "c0a01004 t __initcall_foo_init6\n"
		     "c0a01008 t __initcall_start_it6s\n"
		     "c0a0100c t __initcall_end\n"
		     "c0a0100c t __con_initcall_start\n"
		     "c0a0100c t __initcall_sun_con\n"
		     "c0a01010 t __con_initcall_end\n",
		     &image, IMAGE_SYSTEM_MAP);
	expect(&image, "early:-:0:init_one 6:-:0:foo_init 6s:-:0:start_it con:-:0:sun_con");
	image_clear(&image);
}
END_TEST

START_TEST(map_unsorted_without_boundaries)
{
	struct image image;

	read_content("ffffffc008001008 d __initcall__kmod_b__9_9_b__1_2_c_rootfsrootfs\n"
		     "ffffffc008001004 d __initcall__kmod_a__8_8_same5s\n"
		     "ffffffc008001000 d __initcall__kmod_a_b__8_7_same5\n",
		     &image, IMAGE_SYSTEM_MAP);
	expect(&image, "5:a_b:7:same 5s:a:8:same rootfs:b:9:b__1_2_c_rootfs");
	image_clear(&image);
}
END_TEST

START_TEST(map_bad)
{
	expect_bad("ffffffc008000000 T _text\nffffffc008000004 T start_kernel\n", -1,
		   "no __initcall symbol");
	expect_bad("ffffffc008000000 T _text\nffffffc008000004 d __initcall_a6\nffffffc0080", -1,
		   ":3: ");
}
END_TEST

START_TEST(list_kind)
{
	struct image image;

	read_content("# comment\nposition\tlevel\tmodule\tline\tfunction\tfile\tobject\n"
		     "0\tearly\tptrace\t42\ta\tx.c\tx.o\n1\trootfs\t\t0\tb\n2\tcon\tvt\t1\tc\n",
		     &image, IMAGE_LIST);
	expect(&image, "early:ptrace:42:a rootfs:-:0:b con:vt:1:c");
	ck_assert_uint_eq(image.initcalls[0].at, 3);
	image_clear(&image);
	expect_bad("0\tearly\tm\t1\ta\n1\tnolevel\tm\t1\tb\n", -1, ":2: ");
	expect_bad("0\tearly\tm\t1\ta\n1\t6\tm\n", -1, ":2: ");
}
END_TEST

START_TEST(log_plain)
{
	struct image image;

	read_content("[    0.000000] Linux version 6.12.117 (x@y)\n"
		     "[    0.017366] calling  con_init+0x0/0x230 @ 0\n"
		     "[    0.026576] initcall con_init+0x0/0x230 returned 0 after 0 usecs\n"
		     "[    0.131516] calling  one+0x0/0x30 @ 1\n"
		     "[    0.131517] something else says calling  nobody+0x0/0x10 @ 1\n"
		     "[    0.131629] initcall one+0x0/0x30 returned -19 after 0 usecs\n"
		     "[    0.131700] pci 0000:00:00.0: calling  quirk+0x0/0x20 @ 1\n"
		     "[    0.131800] initcall two blacklisted\n"
		     "[    0.131900] calling  same+0x0/0x20 @ 1\n"
		     "[    0.132000] initcall same+0x0/0x20 returned 0 after 5 usecs\n"
		     "[    0.131900] calling  same+0x0/0x44 @ 1\n"
		     "[    0.132000] initcall same+0x0/0x44 returned 0 after 5 usecs\n"
		     "[    0.132000] initcall same+0x0/0x44 returned with preemption imbalance\n"
		     "[    1.000000] Freeing unused kernel image (initmem) memory: 8k\n"
		     "[    2.000000] calling  mod_init+0x0/0x1000 [mod] @ 123\n"
		     "[    2.000100] initcall mod_init+0x0/0x1000 [mod] returned 0 after 9 usecs\n",
		     &image, IMAGE_BOOT_LOG);
	expect(&image, "-:-:0:one -:-:0:two -:-:0:same -:-:0:same con:-:0:con_init");
	ck_assert_uint_eq(image.n_module_calls, 1);
	ck_assert_uint_eq(image.initcalls[0].at, 4);
	ck_assert(image.complete);
	image_clear(&image);
}
END_TEST

/* Tests the prefixes of dmesg -r, CONFIG_PRINTK_CALLER and journalctl, CR, cut and lost lines. */
START_TEST(log_prefixes_and_cuts)
{
	struct image image;

	read_content("<7>[    0.1] calling  a+0x0/0x30 @ 1\r\n"
		     "[    0.2][    T1] calling  b.llvm.99+0x0/0x30 @ 1\r\n"
		     "Nov 22 12:00:00 host kernel: calling  c.cfi_jt+0x0/0x8 @ 1\n"
		     "calling  long_na\n"
		     "initcall long_name+0x0/0x30 returned 0 after 1 usecs\n"
		     "initcall call_lost+0x0/0x30 returned 0 after 1 usecs\n"
		     "calling  __initstub__kmod_m__10_20_fn7s+0x0/0x8 @ 1\n"
		     "calling  input0+ @ 1, parent: platform\n",
		     &image, IMAGE_BOOT_LOG);
	expect(&image, "-:-:0:a -:-:0:b -:-:0:c -:-:0:long_name -:-:0:call_lost 7s:m:20:fn");
	ck_assert_uint_eq(image.initcalls[3].at, 4);
	ck_assert(!image.complete);
	image_clear(&image);
}
END_TEST

/* Tests "dmesg | initlint verify /dev/stdin". */
START_TEST(log_through_a_pipe)
{
	static const char log[] = "[ 0.1] calling  a+0x0/0x8 @ 1\n"
				  "[ 0.2] initcall a+0x0/0x8 returned 0 after 0 usecs\n";
	g_autofree char *path = NULL;
	struct image image;
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(write(ends[1], log, strlen(log)), strlen(log));
	close(ends[1]);
	path = g_strdup_printf("/dev/fd/%d", ends[0]);
	read_ok(path, &image, IMAGE_BOOT_LOG);
	ck_assert_uint_eq(image.n, 1);
	ck_assert_str_eq(image.initcalls[0].function, "a");
	image_clear(&image);
	close(ends[0]);
}
END_TEST

START_TEST(log_bad)
{
	expect_bad("[ 0.0] Linux version 6.1\n[ 0.1] Freeing unused kernel memory\n", -1,
		   "initcall_debug");
	expect_bad("[ 0.1] calling  0xffffffc008001234 @ 1\n", -1, "CONFIG_KALLSYMS");
}
END_TEST

START_TEST(bad_files)
{
	g_autofree char *absent = g_build_filename(scratch, "absent", NULL);

	expect_failure(absent, "cannot be read");
	expect_failure(scratch, "cannot be read");
	expect_bad("", 0, "empty");
	expect_bad("\x1f\x8b\x08zzzz", -1, "no symbols of a kernel in this file");
	expect_bad("a\0b", 3, "no symbols of a kernel in this file");
	expect_bad("\177ELF", 4, "ELF");
	expect_bad("\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\1\0\0\0", 20, "ELF");
}
END_TEST

static const char *find_clang(void)
{
	static const char *const names[] = { "clang-21", "clang-20", "clang-19",
					     "clang-18", "clang-17", "clang" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_find_program_in_path(names[i]);

		if (path)
			return names[i];
	}
	return NULL;
}

static char *assemble(const char *target, const char *source, const char *object)
{
	g_autofree char *in = write_file("in.s", source, -1);
	char *out = g_build_filename(scratch, object, NULL);
	const char *clang = find_clang();
	const char *argv[] = { clang, target, "-c", "-o", out, in, NULL };
	int status = -1;

	ck_assert_msg(clang != NULL, "clang is not installed");
	ck_assert(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
			       NULL, &status, NULL));
	ck_assert_int_eq(status, 0);
	return out;
}

static const char *const targets[] = {
	"--target=aarch64-linux-gnu",
	"--target=powerpc64-linux-gnu", /* big-endian */
	"--target=mips-linux-gnu",	/* big-endian, 32 bits */
	"--target=x86_64-linux-gnu",
};

/* Tests the form of vmlinux: one section and boundary symbols. */
START_TEST(elf_linked)
{
	g_autofree char *path =
		assemble(targets[_i],
			 ".section .init.data,\"aw\"\n"
			 ".globl __initcall_start\n__initcall_start:\n"
			 "__initcall__kmod_m__1_2_eearly:\n.long 0\n"
			 "__initcall6_start:\n__initcall__kmod_m__2_3_b1s6:\n.long 0\n"
			 "__initcall__kmod_m__3_4_a6s:\n.long 0\n__initcall_end:\n"
			 "__con_initcall_start:\n__initcall__kmod_m__4_5_ccon:\n.long 0\n",
			 "vmlinux");
	struct image image;

	read_ok(path, &image, IMAGE_ELF);
	expect(&image, "early:m:2:e 6:m:3:b1s 6s:m:4:a con:m:5:c");
	image_clear(&image);
}
END_TEST

/* Tests the form of vmlinux.o: a section for each level, each section from address 0. */
START_TEST(elf_relocatable)
{
	g_autofree char *path = assemble(
		targets[_i],
		".section .con_initcall.init,\"a\"\n__initcall__kmod_m__4_5_ccon:\n.long 0\n"
		".section .initcall6.init,\"a\"\n__initcall__kmod_m__2_3_b6:\n.long 0\n"
		"__initcall__kmod_m__3_3_a6:\n.long 0\n"
		".section .initcallearly.init,\"a\"\n__initcall_oldearly:\n.long 0\n",
		"vmlinux.o");
	struct image image;

	read_ok(path, &image, IMAGE_ELF);
	expect(&image, "early:-:0:old 6:m:3:b 6:m:3:a con:m:5:c");
	image_clear(&image);
}
END_TEST

START_TEST(elf_stripped)
{
	const Elf64_Ehdr header = {
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB,
			     EV_CURRENT },
		.e_type = ET_EXEC,
		.e_machine = EM_AARCH64,
		.e_version = EV_CURRENT,
		.e_ehsize = sizeof(header),
	};

	/* The file has no symbols: LLVM returns no iterator. */
	expect_bad((const char *)&header, sizeof(header), "if it is stripped");
}
END_TEST

START_TEST(elf_bad)
{
	g_autofree char *path = assemble(targets[_i], ".text\nstart_kernel:\n.long 0\n", "bare.o");
	g_autofree char *content = NULL;
	size_t length;

	expect_failure(path, "stripped");
	ck_assert(g_file_get_contents(path, &content, &length, NULL));
	expect_bad(content, (gssize)length / 2, "ELF");
	/* Damaged section headers end the child process, but not this process. */
	memset(content + length / 2, 0xa5, length - length / 2);
	expect_bad(content, (gssize)length, "ELF");
}
END_TEST

/* The order in a kernel's symbol table must be the order in its boot log. */
static void compare_truth(const char *kernel, unsigned int n)
{
	g_autofree char *stem = g_strdup_printf("%s/tests/real/truth/%s", TEST_SOURCE_DIR, kernel);
	g_autofree char *list = g_strconcat(stem, ".initcalls.tsv", NULL);
	g_autofree char *log = g_build_filename(scratch, "log", NULL);
	g_autofree char *command =
		g_strdup_printf("sh -c 'xz -dc %s.initcall_debug.log.xz > %s'", stem, log);
	struct image a, b;
	int status = -1;

	ck_assert(g_spawn_command_line_sync(command, NULL, NULL, &status, NULL));
	ck_assert_int_eq(status, 0);
	read_ok(list, &a, IMAGE_LIST);
	read_ok(log, &b, IMAGE_BOOT_LOG);
	ck_assert_uint_eq(a.n, n);
	ck_assert_uint_eq(b.n, n);
	ck_assert(b.complete);
	for (unsigned int i = 0; i < n; i++) {
		ck_assert_str_eq(a.initcalls[i].function, b.initcalls[i].function);
		ck_assert((a.initcalls[i].level == LEVEL_CON) ==
			  (b.initcalls[i].level == LEVEL_CON));
	}
	image_clear(&a);
	image_clear(&b);
}

START_TEST(truth)
{
	compare_truth("debian-6.12.117-arm64", 1090);
	compare_truth("debian-6.12.117-amd64", 744);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("image");
	TCase *tcase = tcase_create("image");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, map_with_boundaries);
	tcase_add_test(tcase, map_of_an_old_kernel);
	tcase_add_test(tcase, map_unsorted_without_boundaries);
	tcase_add_test(tcase, map_bad);
	tcase_add_test(tcase, list_kind);
	tcase_add_test(tcase, log_plain);
	tcase_add_test(tcase, log_prefixes_and_cuts);
	tcase_add_test(tcase, log_through_a_pipe);
	tcase_add_test(tcase, log_bad);
	tcase_add_test(tcase, bad_files);
	tcase_add_loop_test(tcase, elf_linked, 0, G_N_ELEMENTS(targets));
	tcase_add_loop_test(tcase, elf_relocatable, 0, G_N_ELEMENTS(targets));
	tcase_add_test(tcase, elf_stripped);
	tcase_add_loop_test(tcase, elf_bad, 0, G_N_ELEMENTS(targets));
	tcase_add_test(tcase, truth);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
