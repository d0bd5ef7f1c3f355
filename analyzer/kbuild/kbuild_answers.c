// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kbuild uses $(shell) to find out what the compiler supports. initlint does not run the compiler.
 * Instead, initlint sets the variables below:
 * - try-run accepts every option, even an option that clang rejects. kbuild_args.c later drops the
 *   options that clang rejects.
 * - The version tests of the compilers use the versions in the .config, such as CONFIG_GCC_VERSION.
 * - ld-ifversion accepts every version of the linker.
 * - The other variables make Kbuild choose the flags for clang, because initlint reads the sources
 *   with clang's front end.
 *
 * initlint sets the variables as if make's command line had set the variables, so assignments in
 * the Makefiles have no effect on the variables.
 */
#include "analyzer/kbuild/kbuild_internal.h"

static const struct {
	const char *name;
	const char *value;
} answers[] = {
	/* $(2) is the text for success. So cc-option, ld-option etc. accept every option. */
	{ "try-run", "$(2)" },
	{ "LLVM", "1" },
	{ "CC_VERSION_TEXT", "clang version 19.1.0" },
	{ "RUSTC_VERSION_TEXT", "" },
	/* Kbuild runs test(1) to compare version numbers. Here, $(intcmp) compares the numbers. */
	{ "test-ge", "$(intcmp $(strip $1)0, $(strip $2)0,,y,y)" },
	{ "test-gt", "$(intcmp $(strip $1)0, $(strip $2)0,,,y)" },
	{ "gcc-min-version", "$(call test-ge,$(CONFIG_GCC_VERSION),$1)" },
	{ "clang-min-version", "$(call test-ge,$(CONFIG_CLANG_VERSION),$1)" },
	{ "rustc-min-version", "$(call test-ge,$(CONFIG_RUSTC_VERSION),$1)" },
	/* In old trees, $(call cc-ifversion,-ge,0900,A,B) is A if gcc is version 9.0 or newer. */
	{ "cc-ifversion", "$(if $(call cc-ifversion$(strip $1),$(CONFIG_GCC_VERSION),$2),$3,$4)" },
	{ "cc-ifversion-ge", "$(intcmp $1,$200,,y,y)" },
	{ "cc-ifversion-gt", "$(intcmp $1,$200,,,y)" },
	{ "cc-ifversion-le", "$(intcmp $1,$200,y,y,)" },
	{ "cc-ifversion-lt", "$(intcmp $1,$200,y,,)" },
	{ "cc-ifversion-eq", "$(intcmp $1,$200,,y,)" },
	{ "ld-ifversion", "$3" },
	/* If cc-cross-prefix is empty, Kbuild does not search for a cross compiler. */
	{ "cc-cross-prefix", "" },
	{ "cc-can-link", "y" },
};

void kbuild_set_answers(struct make *make)
{
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++)
		make_set_base(make, answers[i].name, answers[i].value, ORIGIN_COMMAND_LINE);
}
