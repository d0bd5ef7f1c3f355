// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <glib/gstdio.h>

#include "analyzer/kconfig/kconfig.h"
#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

#define HEAD                                                                              \
	"#\n# Automatically generated file; DO NOT EDIT.\n# Linux/arm64 6.12.117 Kernel " \
	"Configuration\n#\n"

static char *scratch;
static char *path;

static void setup(void)
{
	scratch = temp_dir_new();
	path = g_build_filename(scratch, ".config", NULL);
}

static void teardown(void)
{
	g_free(path);
	temp_dir_free(scratch);
}

static struct kconfig *load(const char *text, GError **error)
{
	ck_assert(g_file_set_contents(path, text, -1, NULL));
	return kconfig_load(path, error);
}

START_TEST(good)
{
	g_autoptr(kconfig) config = load(HEAD "CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=m\n"
					      "CONFIG_S=\"a \\\"b\\\" \\\\c\"\nCONFIG_E=\"\"\n"
					      "CONFIG_N=0x42\nCONFIG_U=n\n",
					 NULL);

	ck_assert_ptr_nonnull(config);
	ck_assert_str_eq(kconfig_arch(config), "arm64");
	ck_assert_str_eq(kconfig_version(config), "6.12.117");
	ck_assert_str_eq(kconfig_path(config), path);
	ck_assert_str_eq(kconfig_get(config, "CONFIG_A"), "y");
	ck_assert_ptr_null(kconfig_get(config, "CONFIG_B"));
	ck_assert_str_eq(kconfig_get(config, "CONFIG_C"), "m");
	ck_assert_str_eq(kconfig_get(config, "CONFIG_S"), "a \"b\" \\c");
	ck_assert_str_eq(kconfig_get(config, "CONFIG_E"), "");
	ck_assert_str_eq(kconfig_get(config, "CONFIG_N"), "0x42");
	ck_assert_ptr_null(kconfig_get(config, "CONFIG_U"));
}
END_TEST

static void collect(const char *symbol, const char *value, const char *quoted, void *data)
{
	g_string_append_printf(data, "%s=%s=%s;", symbol, value, quoted);
}

START_TEST(in_order)
{
	g_autoptr(kconfig) config = load(HEAD "CONFIG_Z=\"s\"\nCONFIG_A=y\n", NULL);
	g_autoptr(GString) text = g_string_new(NULL);

	kconfig_foreach(config, collect, text);
	ck_assert_str_eq(text->str, "CONFIG_Z=s=\"s\";CONFIG_A=y=y;");
}
END_TEST

START_TEST(hash_is_of_the_symbols)
{
	g_autoptr(kconfig) a = load(HEAD "CONFIG_A=y\nCONFIG_B=m\n", NULL);
	g_autoptr(kconfig) b = load("# Linux/arm64 6.12.117 Kernel Configuration\n# note\n\n"
				    "CONFIG_B=m\nCONFIG_A=y\n",
				    NULL);
	g_autoptr(kconfig) c = load(HEAD "CONFIG_A=y\nCONFIG_B=y\n", NULL);

	ck_assert_uint_eq(strlen(kconfig_hash(a)), 64);
	ck_assert_str_eq(kconfig_hash(a), kconfig_hash(b));
	ck_assert_str_ne(kconfig_hash(a), kconfig_hash(c));
}
END_TEST

static const struct {
	const char *text;
	unsigned int line;
	const char *what;
} bad[] = {
	{ HEAD "CONFIG_A=y\nCONFIG_B", 6, "truncated" },
	{ HEAD "CONFIG_A=y\nCONFIG_B=y", 6, "truncated" },
	{ HEAD "CONFIG_A=y\nCONFIG_B\n", 6, "neither" },
	{ HEAD "CONFIG_S=\"ab\n", 5, "cut off" },
	{ HEAD "CONFIG_S=\n", 5, "cut off" },
	{ HEAD "garbage\n", 5, "neither" },
	{ HEAD "CONFIG_A B=y\n", 5, "neither" },
	{ "CONFIG_A=y\n", 1, "Kernel Configuration" },
	{ "", 1, "Kernel Configuration" },
};

START_TEST(bad_files)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *place = NULL;

	ck_assert_ptr_null(load(bad[_i].text, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	place = g_strdup_printf("%s:%u: ", path, bad[_i].line);
	ck_assert_msg(g_str_has_prefix(error->message, place), "%s", error->message);
	ck_assert_msg(strstr(error->message, bad[_i].what), "%s", error->message);
}
END_TEST

START_TEST(missing_file)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(kconfig_load("/nope/.config", &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_ptr_nonnull(strstr(error->message, "/nope/.config"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("kconfig");
	TCase *tcase = tcase_create("kconfig");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, good);
	tcase_add_test(tcase, in_order);
	tcase_add_test(tcase, hash_is_of_the_symbols);
	tcase_add_loop_test(tcase, bad_files, 0, G_N_ELEMENTS(bad));
	tcase_add_test(tcase, missing_file);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
