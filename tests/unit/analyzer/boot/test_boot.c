// SPDX-License-Identifier: GPL-2.0-only
/* Boots with a script in place of QEMU. */
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "analyzer/boot/boot.h"
#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

/*
 * The script writes the console and the shared memory. It finds both in its arguments. $APPEND is the
 * kernel's command line. The text in the shared memory has 27 bytes.
 */
static const char script[] =
	"#!/bin/sh\n"
	"for a; do\n"
	"  case $a in\n"
	"  file:*) log=${a#file:} ;;\n"
	"  *mem-path=*) shared=${a##*mem-path=} ;;\n"
	"  *console=*) append=$a ;;\n"
	"  esac\n"
	"done\n"
	"case $append in\n"
	"*hang*) echo began >\"$log\"; exec sleep 60 ;;\n"
	"*silent*) echo 'no such machine' >&2; exit 1 ;;\n"
	"*lies*) printf '\\377\\377\\377\\377\\377\\377\\377\\377== paths\\n/dev/x\\n' |\n"
	"        dd of=\"$shared\" conv=notrunc 2>/dev/null; echo done >\"$log\" ;;\n"
	"*) echo \"$append\" >\"$log\"\n"
	"   printf '\\033\\0\\0\\0\\0\\0\\0\\0== paths\\n/dev/x\\n== trace\\nT\\n' |\n"
	"        dd of=\"$shared\" conv=notrunc 2>/dev/null ;;\n"
	"esac\n";

static char *folder;
static char *old_path;
static volatile int stop;

static void setup(void)
{
	g_autofree char *qemu = NULL;
	g_autofree char *path = NULL;

	folder = temp_dir_new();
	qemu = g_build_filename(folder, "qemu-system-aarch64", NULL);
	ck_assert(g_file_set_contents(qemu, script, -1, NULL));
	ck_assert_int_eq(chmod(qemu, 0755), 0);
	old_path = g_strdup(g_getenv("PATH"));
	path = g_strconcat(folder, ":", old_path, NULL);
	g_setenv("PATH", path, TRUE);
	stop = 0;
}

static void teardown(void)
{
	g_setenv("PATH", old_path, TRUE);
	g_free(old_path);
	temp_dir_free(folder);
}

static bool boot(const char *append, unsigned int timeout, struct boot_result *result,
		 GError **error)
{
	const struct boot_options options = { .arch = "arm64",
					      .append = append,
					      .timeout = timeout };
	g_autoptr(boot_kit) kit = boot_kit_new(&options, error);
	struct boot *running;
	bool ok;

	ck_assert_msg(kit != NULL, "%s", error && *error ? (*error)->message : "");
	running = boot_start(kit, "Image", "extra=1", error);
	ck_assert_ptr_nonnull(running);
	ok = boot_wait(running, &stop, result, error);
	boot_end(running);
	return ok;
}

START_TEST(reads_what_is_left)
{
	struct boot_result result;

	ck_assert(boot("mine=1", 60, &result, NULL));
	ck_assert_str_eq(result.paths, "/dev/x\n");
	ck_assert_str_eq(result.trace, "T\n");
	ck_assert(strstr(result.log, "initcall_debug") && strstr(result.log, "mine=1") &&
		  strstr(result.log, "extra=1"));
	ck_assert(!result.timed_out);
	boot_result_clear(&result);
}
END_TEST

START_TEST(stops_in_time)
{
	struct boot_result result;
	gint64 start = g_get_monotonic_time();

	ck_assert(boot("hang", 1, &result, NULL));
	ck_assert(result.timed_out);
	ck_assert_str_eq(result.log, "began\n");
	ck_assert_str_eq(result.paths, "");
	ck_assert(g_get_monotonic_time() - start < 30 * G_TIME_SPAN_SECOND);
	boot_result_clear(&result);
}
END_TEST

START_TEST(is_interrupted)
{
	struct boot_result result;
	g_autoptr(GError) error = NULL;

	stop = 1;
	ck_assert(!boot("hang", 60, &result, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_FAILED));
}
END_TEST

START_TEST(tells_what_qemu_says)
{
	struct boot_result result;
	g_autoptr(GError) error = NULL;

	ck_assert(!boot("silent", 60, &result, &error));
	ck_assert_msg(strstr(error->message, "no such machine") != NULL, "%s", error->message);
}
END_TEST

/* The machine writes the length of the text, and may write anything. */
START_TEST(does_not_trust_the_machine)
{
	struct boot_result result;

	ck_assert(boot("lies", 60, &result, NULL));
	ck_assert_str_eq(result.paths, "/dev/x\n");
	boot_result_clear(&result);
}
END_TEST

START_TEST(needs_a_known_architecture)
{
	const struct boot_options options = { .arch = "m68k", .timeout = 1 };
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(boot_kit_new(&options, &error));
	ck_assert_msg(strstr(error->message, "m68k") != NULL, "%s", error->message);
}
END_TEST

START_TEST(needs_qemu)
{
	const struct boot_options options = { .arch = "arm64", .timeout = 1 };
	g_autoptr(GError) error = NULL;

	g_setenv("PATH", "/nowhere", TRUE);
	ck_assert_ptr_null(boot_kit_new(&options, &error));
	ck_assert_msg(strstr(error->message, "qemu-system-arm") != NULL, "%s", error->message);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("boot");
	TCase *tcase = tcase_create("boot");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, reads_what_is_left);
	tcase_add_test(tcase, stops_in_time);
	tcase_add_test(tcase, is_interrupted);
	tcase_add_test(tcase, tells_what_qemu_says);
	tcase_add_test(tcase, does_not_trust_the_machine);
	tcase_add_test(tcase, needs_a_known_architecture);
	tcase_add_test(tcase, needs_qemu);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
