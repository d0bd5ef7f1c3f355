// SPDX-License-Identifier: GPL-2.0-only
/* Tests kbuild_walk() on small trees that are built like older kernel trees. */
#include "tests/support/check_main.h"
#include "tests/support/mini_tree.h"
#include "tests/support/mini_walk.h"

START_TEST(older_top_makefile)
{
	g_autoptr(kbuild) kbuild = NULL;

	mini_tree_fill(mini_walk_tree(), mini_tree_5_10);
	kbuild = mini_walk("CONFIG_MODULES=y\nCONFIG_NAME=\"x\"\n");
	/* Members of lib.a run before drivers; head-y is first. */
	mini_walk_check_objects(kbuild,
				"arch/arm64/kernel/head.o init/main.o lib/alpha.o lib/zeta.o "
				"drivers/base/dd.o drivers/base/core.o");
	mini_walk_check_place(kbuild, "init/main.o", "init/Makefile:1 -, Makefile:6 -");
	mini_walk_check_place(kbuild, "arch/arm64/kernel/head.o", "arch/arm64/Makefile:1 -");
	/* auto.conf of that time keeps the quotes. */
	ck_assert_str_eq(mini_walk_find(kbuild, "init/main.o")->fact.place->item, "init/main.o");
	ck_assert_str_eq(kbuild_version(kbuild), "5.10.0");
}
END_TEST

/* Writes a top Makefile without build-dirs. @lists uses the old names of the lists. */
static void put_old_top(const char *lists)
{
	g_autofree char *text = g_strconcat(
		"VERSION = 5\nPATCHLEVEL = 0\nKERNELVERSION = 5.0.0\n"
		"include include/config/auto.conf\n"
		"init-y := init/\ndrivers-y := drivers/\nlibs-y := lib/\n"
		"srctree := $(or $(KBUILD_SRC),.)\n"
		"VPATH := $(srctree)\nSRCARCH := $(ARCH)\nexport srctree VPATH SRCARCH\n"
		"vmlinux-dirs := $(patsubst %/,%,$(init-y) $(drivers-y) $(libs-y))\n"
		"main := lib/built-in.a drivers/built-in.a\n"
		"KBUILD_VMLINUX_LIBS := lib/lib.a\n",
		lists, NULL);

	mini_walk_put("Makefile", text);
}

START_TEST(oldest_top_makefiles)
{
	static const char *const lists[] = {
		"KBUILD_VMLINUX_INIT := init/built-in.a\nKBUILD_VMLINUX_MAIN := $(main)\n",
		"KBUILD_VMLINUX_OBJS := init/built-in.a $(main)\n",
	};

	for (unsigned int i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autoptr(kbuild) kbuild = NULL;

		put_old_top(lists[i]);
		kbuild = mini_walk("");
		mini_walk_check_objects(kbuild, "init/main.o drivers/base/dd.o drivers/base/core.o "
						"lib/alpha.o lib/zeta.o");
		ck_assert_int_eq(mini_walk_find(kbuild, "lib/zeta.o")->fact.kind,
				 OBJECT_LIB_DEMAND);
	}
}
END_TEST

START_TEST(modules_in_a_list_of_their_own)
{
	g_autofree char *lib = g_strconcat(
		"modorder := $(patsubst %/,%/modules.order,$(filter %/,$(obj-y) $(obj-m)))\n"
		"modorder := $(addprefix $(obj)/,$(modorder))\n"
		"subdir-y += $(patsubst %/,%,$(filter %/,$(obj-y) $(obj-m)))\n"
		"obj-m := $(filter-out %/,$(obj-m))\nneed-modorder :=\n",
		mini_tree_lib, NULL);
	g_autoptr(kbuild) kbuild = NULL;

	mini_walk_put("scripts/Makefile.lib", lib);
	mini_walk_put("Kbuild", "obj-y += init/ drivers/\n");
	kbuild = mini_walk("CONFIG_MODULES=y\nCONFIG_FOO=m\n");
	ck_assert_int_eq(mini_walk_find(kbuild, "drivers/foo/a.o")->fact.kind, OBJECT_MODULE);
}
END_TEST

START_TEST(object_made_of_the_library)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(kbuild) kbuild = NULL;

	mini_walk_put("lib/Makefile", "lib-y := zeta.o alpha.o\nobj-y := ksyms.o\n"
				      "$(obj)/lib.a: $(addprefix $(obj)/,$(lib-y))\n\tar\n"
				      "$(obj)/ksyms.o: $(obj)/lib.a FORCE\n\tld\n");
	kbuild = mini_walk_config("", true, &error);
	ck_assert_msg(kbuild, "%s", error ? error->message : "");
	ck_assert_uint_eq(mini_walk_find(kbuild, "lib/ksyms.o")->n_sources, 0);
	ck_assert_uint_eq(mini_walk_find(kbuild, "lib/zeta.o")->n_sources, 1);
}
END_TEST

START_TEST(talk_of_makefiles)
{
	g_autoptr(kbuild) kbuild = NULL;
	const struct kbuild_note *notes;
	unsigned int n;

	mini_walk_put("drivers/base/Makefile", "$(warning old)\nvpath %.c other\nobj-y := core.o\n"
					       "ifeq ($(CONFIG_HASH),a)\nobj-y += dd.o\nendif\n");
	/* As make reads auto.conf. */
	kbuild = mini_walk("CONFIG_HASH=\"a#b\"\n");
	ck_assert_ptr_nonnull(mini_walk_find(kbuild, "drivers/base/dd.o"));
	notes = kbuild_notes(kbuild, &n);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(notes[0].text, "drivers/base/Makefile:1: old");
	ck_assert_str_eq(notes[1].text, "drivers/base/Makefile:2: vpath is not followed");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("kbuild of older kernels");
	TCase *tcase = tcase_create("walk");

	tcase_add_checked_fixture(tcase, mini_walk_setup, mini_walk_teardown);
	tcase_add_test(tcase, older_top_makefile);
	tcase_add_test(tcase, oldest_top_makefiles);
	tcase_add_test(tcase, modules_in_a_list_of_their_own);
	tcase_add_test(tcase, object_made_of_the_library);
	tcase_add_test(tcase, talk_of_makefiles);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
