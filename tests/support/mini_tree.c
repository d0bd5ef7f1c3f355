// SPDX-License-Identifier: GPL-2.0-only
#include <glib.h>
#include <glib/gstdio.h>

#include "tests/support/mini_tree.h"

static const char build[] =
	"src := $(obj)\n"
	"obj-y :=\nobj-m :=\nlib-y :=\nlib-m :=\nsubdir-y :=\nsubdir-ccflags-y :=\nccflags-y :=\n"
	"-include include/config/auto.conf\n"
	"include $(or $(wildcard $(srctree)/$(src)/Kbuild),$(srctree)/$(src)/Makefile)\n"
	"include $(srctree)/scripts/Makefile.lib\n"
	"$(obj)/%.o: $(obj)/%.c FORCE\n"
	"\t$(call if_changed_rule,cc_o_c)\n"
	"$(obj)/%.o: $(obj)/%.S FORCE\n"
	"\t$(call if_changed_rule,as_o_S)\n"
	"FORCE:\n";

const char mini_tree_lib[] =
	"KBUILD_CFLAGS += $(subdir-ccflags-y)\n"
	"obj-m := $(filter-out $(obj-y),$(obj-m))\n"
	"lib-y := $(filter-out $(obj-y),$(sort $(lib-y) $(lib-m)))\n"
	"subdir-ym := $(sort $(subdir-y) $(patsubst %/,%,$(filter %/,$(obj-y) $(obj-m))))\n"
	"ifdef need-modorder\n"
	"obj-m := $(patsubst %/,%/modules.order,$(filter %/,$(obj-y)) $(obj-m))\n"
	"endif\n"
	"ifdef need-builtin\n"
	"obj-y := $(patsubst %/,%/built-in.a,$(obj-y))\n"
	"endif\n"
	"suffix-search = $(strip $(foreach s,$3,$($(1:%$(strip $2)=%$s))))\n"
	"multi-search = $(sort $(foreach m,$1,$(if $(call suffix-search,$m,$2,$3 -),$m)))\n"
	"real-search = $(foreach m,$1,$(if $(call suffix-search,$m,$2,$3 -),"
	"$(call suffix-search,$m,$2,$3),$m))\n"
	"multi-obj-ym := $(call multi-search,$(obj-y) $(obj-m),.o,-objs -y -m)\n"
	"real-obj-y := $(call real-search,$(obj-y),.o,-objs -y)\n"
	"real-obj-m := $(call real-search,$(obj-m),.o,-objs -y -m)\n"
	"ifneq ($(obj),.)\n"
	"lib-y := $(addprefix $(obj)/,$(lib-y))\n"
	"obj-m := $(addprefix $(obj)/,$(obj-m))\n"
	"real-obj-y := $(addprefix $(obj)/,$(real-obj-y))\n"
	"real-obj-m := $(addprefix $(obj)/,$(real-obj-m))\n"
	"subdir-ym := $(addprefix $(obj)/,$(subdir-ym))\n"
	"endif\n"
	"basetarget = $(basename $(notdir $@))\n"
	"modname-multi = $(sort $(foreach m,$(multi-obj-ym),"
	"$(if $(filter $*.o,$(call suffix-search,$m,.o,-objs -y -m)),$(m:.o=))))\n"
	"modname = $(or $(modname-multi),$(basetarget))\n"
	"c_flags = $(KBUILD_CFLAGS) $(ccflags-y) $(CFLAGS_$(basetarget).o) "
	"-DKBUILD_MODNAME='\"$(modname)\"'\n";

const struct mini_file mini_tree[] = {
	{ "Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\n"
		      "KERNELVERSION = $(VERSION).$(PATCHLEVEL).$(SUBLEVEL)\n"
		      /* As in the real one, the first make starts another. */
		      "ifneq ($(started),1)\nexport started := 1\n"
		      "sub-make:\n\t$(MAKE) -f $(srctree)/Makefile\nelse\n"
		      "srctree := $(realpath $(dir $(lastword $(MAKEFILE_LIST))))\n"
		      "VPATH := $(srctree)\n"
		      "SRCARCH := $(ARCH)\n"
		      "KBUILD_CFLAGS := -D__KERNEL__\n"
		      "export srctree VPATH SRCARCH KBUILD_CFLAGS\n"
		      "include include/config/auto.conf\n"
		      "libs-y := lib/\n"
		      "include $(srctree)/arch/$(SRCARCH)/Makefile\n"
		      "build-dir := .\n"
		      "export ARCH_LIB := $(filter %/, $(libs-y))\n"
		      "KBUILD_VMLINUX_OBJS := ./built-in.a\n"
		      "ifdef CONFIG_MODULES\n"
		      "KBUILD_VMLINUX_OBJS += $(patsubst %/, %/lib.a, $(filter %/, $(libs-y)))\n"
		      "else\n"
		      "KBUILD_VMLINUX_LIBS := $(patsubst %/,%/lib.a, $(libs-y))\n"
		      "endif\n"
		      "endif\n" },
	{ "Kbuild", "obj-y += init/\nobj-y += arch/$(SRCARCH)/\nobj-y += drivers/\n"
		    "obj-y += $(ARCH_LIB)\n" },
	{ "Kconfig", "" },
	{ "scripts/Makefile.build", build },
	{ "scripts/Makefile.lib", mini_tree_lib },
	{ "scripts/head-object-list.txt", "arch/arm64/kernel/head.o\n" },
	{ "arch/arm64/Makefile", "libs-y := arch/arm64/lib/ $(libs-y)\n" },
	{ "arch/arm64/Kbuild", "obj-y += kernel/\n" },
	{ "arch/arm64/kernel/Makefile", "obj-y := head.o\n" },
	{ "arch/arm64/kernel/head.S", "" },
	{ "arch/arm64/lib/Makefile", "lib-y := copy.o\n" },
	{ "arch/arm64/lib/copy.S", "" },
	{ "init/Makefile", "obj-y := main.o\n" },
	{ "init/main.c", "" },
	{ "lib/Makefile", "lib-y := zeta.o alpha.o\n" },
	{ "lib/zeta.c", "" },
	{ "lib/alpha.c", "" },
	{ "drivers/Makefile", "obj-y += base/\nobj-$(CONFIG_FOO) += foo/\n" },
	{ "drivers/base/Makefile", "obj-y := dd.o core.o\n" },
	{ "drivers/foo/Makefile", "obj-$(CONFIG_FOO) += foo-bar.o\nfoo-bar-y := a.o\n"
				  "foo-bar-$(CONFIG_BAR) += b.o\n" },
	{ NULL, NULL },
};

const struct mini_file mini_tree_5_10[] = {
	{ "Makefile", "VERSION = 5\nPATCHLEVEL = 10\nSUBLEVEL = 0\n"
		      "KERNELVERSION = $(VERSION).$(PATCHLEVEL).$(SUBLEVEL)\n"
		      "include include/config/auto.conf\n"
		      "core-y := init/\n"
		      "drivers-y := drivers/\n"
		      "libs-y := lib/\n"
		      "srctree := $(realpath $(dir $(firstword $(MAKEFILE_LIST))))\n"
		      "VPATH := $(srctree)\n"
		      "SRCARCH := $(ARCH)\n"
		      "export srctree VPATH SRCARCH\n"
		      "ifneq ($(CONFIG_NAME),\"x\")\n$(error quotes)\nendif\n"
		      "include arch/$(SRCARCH)/Makefile\n"
		      "vmlinux-dirs := $(patsubst %/,%,$(filter %/, $(core-y) $(drivers-y) "
		      "$(libs-y)))\n"
		      "build-dirs := $(vmlinux-dirs)\n"
		      "KBUILD_VMLINUX_OBJS := $(head-y) $(patsubst %/,%/built-in.a, $(core-y))\n"
		      "KBUILD_VMLINUX_OBJS += $(addsuffix built-in.a, $(filter %/, $(libs-y)))\n"
		      "KBUILD_VMLINUX_OBJS += $(patsubst %/, %/lib.a, $(filter %/, $(libs-y)))\n"
		      "KBUILD_VMLINUX_OBJS += $(patsubst %/,%/built-in.a, $(drivers-y))\n" },
	{ "arch/arm64/Makefile", "head-y := arch/arm64/kernel/head.o\n"
				 "core-y += arch/arm64/kernel/\n" },
	{ "arch/arm64/kernel/Makefile", "extra-y := head.o\n" },
	{ "scripts/head-object-list.txt", "" },
	{ NULL, NULL },
};

void mini_tree_put(const char *tree, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(tree, name, NULL);
	g_autofree char *dir = g_path_get_dirname(path);

	g_mkdir_with_parents(dir, 0700);
	g_file_set_contents(path, text, -1, NULL);
}

void mini_tree_fill(const char *tree, const struct mini_file *files)
{
	for (; files->name; files++)
		mini_tree_put(tree, files->name, files->text);
}
