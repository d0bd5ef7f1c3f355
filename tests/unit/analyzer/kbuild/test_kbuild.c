// SPDX-License-Identifier: GPL-2.0-only
/* Tests kbuild_walk() on small trees that are built like a kernel tree. */
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/mini_walk.h"

START_TEST(order)
{
	g_autoptr(kbuild) kbuild = mini_walk("CONFIG_MODULES=y\n");

	mini_walk_check_objects(kbuild,
				"arch/arm64/kernel/head.o init/main.o drivers/base/dd.o "
				"drivers/base/core.o arch/arm64/lib/copy.o lib/alpha.o lib/zeta.o");
	ck_assert_int_eq(mini_walk_find(kbuild, "lib/zeta.o")->fact.kind, OBJECT_LIB);
	ck_assert_str_eq(kbuild_version(kbuild), "6.12.0");
	ck_assert_str_eq(kbuild_arch(kbuild), "arm64");
	ck_assert_str_eq(kbuild_srcarch(kbuild), "arm64");
	ck_assert_uint_gt(kbuild_n_directories(kbuild), 5);
}
END_TEST

START_TEST(libraries_on_demand)
{
	g_autoptr(kbuild) kbuild = mini_walk("");

	ck_assert_int_eq(mini_walk_find(kbuild, "lib/zeta.o")->fact.kind, OBJECT_LIB_DEMAND);
}
END_TEST

START_TEST(composites_and_conditions)
{
	g_autoptr(kbuild) kbuild = mini_walk("CONFIG_FOO=y\nCONFIG_BAR=y\n");

	mini_walk_check_place(kbuild, "drivers/foo/a.o",
			      "drivers/foo/Makefile:2 -, drivers/foo/Makefile:1 CONFIG_FOO, "
			      "drivers/Makefile:2 CONFIG_FOO, Kbuild:3 -");
	mini_walk_check_place(
		kbuild, "drivers/foo/b.o",
		"drivers/foo/Makefile:3 CONFIG_BAR, drivers/foo/Makefile:1 CONFIG_FOO, "
		"drivers/Makefile:2 CONFIG_FOO, Kbuild:3 -");
	ck_assert_uint_eq(mini_walk_find(kbuild, "drivers/foo/b.o")->fact.place->rank, 1);
	ck_assert_str_eq(mini_walk_find(kbuild, "drivers/foo/b.o")->fact.modname, "foo_bar");
	ck_assert_ptr_eq(mini_walk_find(kbuild, "drivers/foo/a.o")->fact.place->parent,
			 mini_walk_find(kbuild, "drivers/foo/b.o")->fact.place->parent);
}
END_TEST

START_TEST(modules)
{
	g_autoptr(kbuild) kbuild = mini_walk("CONFIG_MODULES=y\nCONFIG_FOO=m\n");

	ck_assert_int_eq(mini_walk_find(kbuild, "drivers/foo/a.o")->fact.kind, OBJECT_MODULE);
	ck_assert_int_eq(mini_walk_find(kbuild, "drivers/foo/a.o")->fact.position, -1);
	ck_assert_str_eq(mini_walk_find(kbuild, "drivers/foo/a.o")->fact.modname, "foo_bar");
}
END_TEST

START_TEST(places)
{
	g_autoptr(kbuild) kbuild = NULL;

	mini_walk_put("drivers/base/Makefile", "obj-y := core.o\n"
					       "ifdef CONFIG_A\n"
					       "ifneq ($(CONFIG_B),y)\n"
					       "obj-y += x.o\n"
					       "endif\n"
					       "endif\n"
					       "ifeq ($(CONFIG_A)$(CONFIG_C),ym)\n"
					       "else\n"
					       "obj-$(subst m,y,$(CONFIG_A)) += y.o\n"
					       "endif\n"
					       "parts := z.o\n"
					       "obj-y += $(parts) $(if $(CONFIG_A),w.o)\n"
					       "obj-y := $(patsubst %.o,%.pi.o,$(obj-y))\n"
					       "$(obj)/%.pi.o: $(obj)/%.o\n\tobjcopy\n");
	kbuild = mini_walk("CONFIG_A=y\n");
	mini_walk_check_place(kbuild, "drivers/base/core.pi.o",
			      "drivers/base/Makefile:1 -, drivers/Makefile:1 -, Kbuild:3 -");
	mini_walk_check_place(
		kbuild, "drivers/base/x.pi.o",
		"drivers/base/Makefile:4 CONFIG_A && !CONFIG_B, drivers/Makefile:1 -, Kbuild:3 -");
	mini_walk_check_place(
		kbuild, "drivers/base/y.pi.o",
		"drivers/base/Makefile:9 CONFIG_A && !CONFIG_C, drivers/Makefile:1 -, Kbuild:3 -");
	mini_walk_check_place(
		kbuild, "drivers/base/w.pi.o",
		"drivers/base/Makefile:12 CONFIG_A, drivers/Makefile:1 -, Kbuild:3 -");
	ck_assert_uint_eq(mini_walk_find(kbuild, "drivers/base/z.pi.o")->fact.place->line, 11);
}
END_TEST

START_TEST(place_in_the_arch_makefile)
{
	g_autoptr(kbuild) kbuild = NULL;

	mini_walk_put("arch/arm64/Makefile", "libs-y := arch/arm64/lib/ $(libs-y)\n"
					     "libs-$(CONFIG_X) += extra/\n");
	mini_walk_put("extra/Makefile", "obj-y := e.o\n");
	kbuild = mini_walk("CONFIG_X=y\n");
	mini_walk_check_place(kbuild, "extra/e.o",
			      "extra/Makefile:1 -, arch/arm64/Makefile:2 CONFIG_X, Kbuild:4 -");
	mini_walk_check_place(kbuild, "lib/zeta.o", "lib/Makefile:1 -, Makefile:16 -, Kbuild:4 -");
}
END_TEST

START_TEST(places_of_what_is_evaluated)
{
	g_autoptr(kbuild) kbuild = NULL;

	mini_walk_put("drivers/base/Makefile", "names-$(CONFIG_BAR) := core dd\n"
					       "define add\nx-$(1) := 1\nobj-y += $(1).o\nendef\n"
					       "ifdef CONFIG_BAR\n"
					       "$(foreach n,$(names-y),$(eval $(call add,$(n))))\n"
					       "endif\n");
	kbuild = mini_walk("CONFIG_BAR=y\n");
	mini_walk_check_place(
		kbuild, "drivers/base/dd.o",
		"drivers/base/Makefile:7 CONFIG_BAR, drivers/Makefile:1 -, Kbuild:3 -");
}
END_TEST

START_TEST(first_duplicate_wins)
{
	g_autoptr(kbuild) kbuild = NULL;

	mini_walk_put("drivers/base/Makefile", "obj-y := core.o dd.o core.o ../../init/extra.o\n");
	kbuild = mini_walk("");
	ck_assert_str_eq(kbuild_objects(kbuild, &(unsigned int){ 0 })[2].fact.path,
			 "drivers/base/core.o");
	ck_assert_ptr_nonnull(mini_walk_find(kbuild, "init/extra.o"));
}
END_TEST

START_TEST(head_objects)
{
	g_autoptr(kbuild) kbuild = NULL;

	mini_walk_put("scripts/head-object-list.txt",
		      "# heads\n\nbase/core.o\narm64/kernel/head.o\n");
	kbuild = mini_walk("");
	ck_assert_int_eq(mini_walk_find(kbuild, "arch/arm64/kernel/head.o")->fact.position, 0);
	ck_assert_int_eq(mini_walk_find(kbuild, "drivers/base/core.o")->fact.position, 1);
}
END_TEST

START_TEST(flags_of_subdirectories)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(kbuild) kbuild = NULL;
	const struct kbuild_source *source;

	mini_walk_put("drivers/Makefile", "subdir-ccflags-y := -DDRIVERS\nobj-y += base/\n");
	mini_walk_put("drivers/base/Makefile",
		      "obj-y := core.o\nccflags-y := -DBASE='\"a b\"' -Wall\n"
		      "CFLAGS_core.o := -DCORE\n");
	mini_walk_put("drivers/base/core.c", "");
	kbuild = mini_walk_config("", true, &error);
	ck_assert_msg(kbuild, "%s", error ? error->message : "");
	ck_assert_uint_eq(mini_walk_find(kbuild, "drivers/base/core.o")->n_sources, 1);
	source = mini_walk_find(kbuild, "drivers/base/core.o")->sources;
	ck_assert_str_eq(source->source, "drivers/base/core.c");
	ck_assert_int_eq(source->language, SOURCE_C);
	ck_assert(g_strv_contains(source->args, "-DDRIVERS"));
	ck_assert(g_strv_contains(source->args, "-DBASE=\"a b\""));
	ck_assert(g_strv_contains(source->args, "-DCORE"));
	ck_assert(g_strv_contains(source->args, "-DKBUILD_MODNAME=\"core\""));
	ck_assert(g_strv_contains(source->args, "--target=aarch64-linux-gnu"));
	ck_assert(!g_strv_contains(source->args, "-Wall"));
	ck_assert_uint_eq(strlen(source->flags_hash), 64);
	/* What drivers/ exports does not reach its siblings. */
	ck_assert(!g_strv_contains(mini_walk_find(kbuild, "init/main.o")->sources->args,
				   "-DDRIVERS"));
}
END_TEST

/* ".." is removed from paths by their text, because the tree may consist of links. */
START_TEST(directories_that_are_searched)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(kbuild) kbuild = NULL;
	const char *const *args;

	mini_walk_put("drivers/base/Makefile",
		      "obj-y := core.o\n"
		      "ccflags-y := -I/k/drivers/base/../foo/x/../.. -I ../up "
		      "-I/../top -isystem /k/a/./../b -DX=a/../b -I/k/c/..\n");
	mini_walk_put("drivers/base/core.c", "");
	kbuild = mini_walk_config("", true, &error);
	ck_assert_msg(kbuild, "%s", error ? error->message : "");
	args = mini_walk_find(kbuild, "drivers/base/core.o")->sources->args;
	ck_assert(g_strv_contains(args, "-I/k/drivers"));
	ck_assert(g_strv_contains(args, "../up"));
	ck_assert(g_strv_contains(args, "-I/../top"));
	ck_assert(g_strv_contains(args, "/k/b"));
	ck_assert(g_strv_contains(args, "-DX=a/../b"));
	ck_assert(g_strv_contains(args, "-I/k"));
}
END_TEST

START_TEST(objects_made_of_others)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(kbuild) kbuild = NULL;
	const struct kbuild_object *object;

	mini_walk_put("drivers/base/Makefile",
		      "obj-y := all.o\nparts := core.x.o dd.x.o\n"
		      "$(obj)/all.o: $(obj)/all.tmp.o FORCE\n\tobjcopy\n"
		      "$(obj)/all.tmp.o: $(addprefix $(obj)/,$(parts))\n\tld\n"
		      "$(obj)/%.x.o: $(obj)/%.c FORCE\n\tcc\n"
		      "$(obj)/core.x.o: private ccflags-y += -DONLY\n");
	mini_walk_put("drivers/base/core.c", "");
	mini_walk_put("drivers/base/dd.c", "");
	kbuild = mini_walk_config("", true, &error);
	ck_assert_msg(kbuild, "%s", error ? error->message : "");
	object = mini_walk_find(kbuild, "drivers/base/all.o");
	ck_assert_uint_eq(object->n_sources, 2);
	ck_assert_str_eq(object->sources[0].source, "drivers/base/core.c");
	ck_assert_str_eq(object->sources[1].target, "drivers/base/dd.x.o");
	ck_assert(g_strv_contains(object->sources[0].args, "-DONLY"));
	ck_assert(!g_strv_contains(object->sources[1].args, "-DONLY"));
}
END_TEST

START_TEST(missing_source)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(kbuild) kbuild = NULL;
	const struct kbuild_note *notes;
	unsigned int n, errors = 0;

	mini_walk_put("drivers/base/Makefile", "obj-y := gone.o\n");
	kbuild = mini_walk_config("", true, &error);
	ck_assert_msg(kbuild, "%s", error ? error->message : "");
	ck_assert_uint_eq(mini_walk_find(kbuild, "drivers/base/gone.o")->n_sources, 1);
	ck_assert_ptr_null(mini_walk_find(kbuild, "drivers/base/gone.o")->sources->source);
	notes = kbuild_notes(kbuild, &n);
	for (unsigned int i = 0; i < n; i++)
		errors += notes[i].kind == NOTE_ERROR &&
			  g_str_has_prefix(notes[i].text, "drivers/base/Makefile:1: ");
	ck_assert_uint_eq(errors, 1);
}
END_TEST

static unsigned int n_that_matter(const struct kbuild *kbuild)
{
	unsigned int n, matter = 0;
	const struct shell_fact *shells = kbuild_shells(kbuild, &n);

	for (unsigned int i = 0; i < n; i++)
		matter += shells[i].matters;
	return matter;
}

START_TEST(shells)
{
	g_autoptr(kbuild) kbuild = NULL;

	mini_walk_put("drivers/base/Makefile", "obj-y := core.o\nx := $(shell touch /tmp/x)\n");
	kbuild = mini_walk("");
	ck_assert_uint_eq(n_that_matter(kbuild), 0);
	kbuild_free(kbuild);
	mini_walk_put("drivers/base/Makefile",
		      "obj-y := core.o\nifneq ($(shell uname),Linux)\nobj-y += x.o\nendif\n");
	kbuild = mini_walk("");
	ck_assert_uint_eq(n_that_matter(kbuild), 1);
	kbuild_free(kbuild);
	mini_walk_put("drivers/base/Makefile",
		      "obj-y := core.o\nifeq ($(shell uname),Linux)\ninclude $(src)/more\nendif\n");
	kbuild = mini_walk("");
	ck_assert_uint_eq(n_that_matter(kbuild), 1);
}
END_TEST

/* The change of a file, and the error message that it causes. */
static const struct {
	const char *name;
	const char *text; /* the new text; NULL: the file is removed */
	const char *config;
	const char *message;
} bad[] = {
	{ "Kconfig", NULL, "", "no Kconfig" },
	{ "Makefile", NULL, "", "no Makefile" },
	{ "scripts/Makefile.build", NULL, "", "no scripts/Makefile.build" },
	{ "arch/arm64/Makefile", NULL, "", "has no architecture \"arm64\"" },
	{ "drivers/base/Makefile", NULL, "", "cannot read the Makefile" },
	{ "drivers/base/Makefile", "obj-y := a.o\nifdef X\n", "",
	  "drivers/base/Makefile:2: missing 'endif'" },
	{ "drivers/base/Makefile", "x = $(x)\nobj-y := $(x)\n", "",
	  "drivers/base/Makefile:2: Recursive variable 'x'" },
	{ "drivers/base/Makefile", "\ninclude $(src)/Makefile\n", "",
	  "drivers/base/Makefile:2: include cycle" },
	{ "drivers/base/Makefile", "$(error broken)\n", "", "drivers/base/Makefile:1: broken" },
	{ "Makefile", "all:\n", "", "does not say what vmlinux is made of" },
	{ "drivers/base/Makefile", "define x\n", "", "drivers/base/Makefile:1: missing 'endef'" },
	{ "init/Makefile", "", "CONFIG_X", "truncated" },
};

START_TEST(bad_input)
{
	g_autofree char *path = g_build_filename(mini_walk_tree(), bad[_i].name, NULL);
	g_autoptr(GError) error = NULL;

	if (bad[_i].text)
		mini_walk_put(bad[_i].name, bad[_i].text);
	else
		g_remove(path);
	ck_assert_ptr_null(mini_walk_config(bad[_i].config, true, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, bad[_i].message), "expected '%s' in '%s'",
		      bad[_i].message, error->message);
}
END_TEST

START_TEST(other_architecture)
{
	g_autofree char *path = g_build_filename(mini_walk_tree(), ".config", NULL);
	g_autoptr(kconfig) config = NULL;
	g_autoptr(GError) error = NULL;
	struct kbuild_options options = { .tree = mini_walk_tree(), .arch = "x86_64" };

	ck_assert(
		g_file_set_contents(path, "# Linux/arm64 6.12.0 Kernel Configuration\n", -1, NULL));
	config = kconfig_load(path, NULL);
	options.config = config;
	ck_assert_ptr_null(kbuild_walk(&options, &error));
	ck_assert_msg(strstr(error->message, "for ARCH=arm64, not for ARCH=x86_64"), "%s",
		      error->message);
}
END_TEST

START_TEST(unreadable_makefile)
{
	g_autofree char *path = g_build_filename(mini_walk_tree(), "init", "Makefile", NULL);
	g_autoptr(GError) error = NULL;

	g_remove(path);
	ck_assert_int_eq(g_mkdir(path, 0700), 0); /* not even root can read a directory */
	ck_assert_ptr_null(mini_walk_config("", false, &error));
	ck_assert_msg(strstr(error->message, "init/Makefile"), "%s", error->message);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("kbuild");
	TCase *tcase = tcase_create("walk");

	tcase_add_checked_fixture(tcase, mini_walk_setup, mini_walk_teardown);
	tcase_add_test(tcase, order);
	tcase_add_test(tcase, libraries_on_demand);
	tcase_add_test(tcase, composites_and_conditions);
	tcase_add_test(tcase, modules);
	tcase_add_test(tcase, places);
	tcase_add_test(tcase, place_in_the_arch_makefile);
	tcase_add_test(tcase, places_of_what_is_evaluated);
	tcase_add_test(tcase, first_duplicate_wins);
	tcase_add_test(tcase, head_objects);
	tcase_add_test(tcase, flags_of_subdirectories);
	tcase_add_test(tcase, directories_that_are_searched);
	tcase_add_test(tcase, objects_made_of_others);
	tcase_add_test(tcase, missing_source);
	tcase_add_test(tcase, shells);
	tcase_add_loop_test(tcase, bad_input, 0, G_N_ELEMENTS(bad));
	tcase_add_test(tcase, other_architecture);
	tcase_add_test(tcase, unreadable_makefile);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
