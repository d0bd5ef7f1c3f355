// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kbuild asks the compiler what it can do, with $(shell). Nothing is run here; these
 * variables, set as if on make's command line, answer for clang, the compiler whose
 * front end will read the sources.
 */
#include "analyzer/kbuild_priv.h"

static const struct {
	const char *name;
	const char *value;
} answers[] = {
	/* cc-option, as-option, as-instr, ld-option, ...: whatever is asked for, we have. */
	{ "try-run", "$(2)" },
	{ "LLVM", "1" },
	{ "CC_VERSION_TEXT", "clang version 19.1.0" },
	{ "RUSTC_VERSION_TEXT", "" },
	/* Comparisons of versions in the .config: $(intcmp) instead of test(1). */
	{ "test-ge", "$(intcmp $(strip $1)0, $(strip $2)0,,y,y)" },
	{ "test-gt", "$(intcmp $(strip $1)0, $(strip $2)0,,,y)" },
	{ "gcc-min-version", "$(call test-ge,$(CONFIG_GCC_VERSION),$1)" },
	{ "clang-min-version", "$(call test-ge,$(CONFIG_CLANG_VERSION),$1)" },
	{ "rustc-min-version", "$(call test-ge,$(CONFIG_RUSTC_VERSION),$1)" },
	/* $(call cc-ifversion,-ge,0900,then,else) of old trees asks for gcc's version. */
	{ "cc-ifversion", "$(if $(call cc-ifversion$(strip $1),$(CONFIG_GCC_VERSION),$2),$3,$4)" },
	{ "cc-ifversion-ge", "$(intcmp $1,$200,,y,y)" },
	{ "cc-ifversion-gt", "$(intcmp $1,$200,,,y)" },
	{ "cc-ifversion-le", "$(intcmp $1,$200,y,y,)" },
	{ "cc-ifversion-lt", "$(intcmp $1,$200,y,,)" },
	{ "cc-ifversion-eq", "$(intcmp $1,$200,,y,)" },
	{ "ld-ifversion", "$3" },
	/* No cross tools are looked for. */
	{ "cc-cross-prefix", "" },
	{ "cc-can-link", "y" },
};

void kbuild_set_answers(struct make *make)
{
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++)
		make_set_base(make, answers[i].name, answers[i].value, ORIGIN_COMMAND_LINE);
}

static const char *look_up(const char *const (*table)[2], size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(table[i][0], key) == 0)
			return table[i][1];
	return NULL;
}

const char *kbuild_target(const char *srcarch)
{
	/* Trees before 5.15 take --target from CROSS_COMPILE. */
	static const char *const targets[][2] = {
		{ "arm", "arm-linux-gnueabi" },		{ "arm64", "aarch64-linux-gnu" },
		{ "hexagon", "hexagon-linux-musl" },	{ "loongarch", "loongarch64-linux-gnusf" },
		{ "m68k", "m68k-linux-gnu" },		{ "mips", "mipsel-linux-gnu" },
		{ "powerpc", "powerpc64le-linux-gnu" }, { "riscv", "riscv64-linux-gnu" },
		{ "s390", "s390x-linux-gnu" },		{ "sparc", "sparc64-linux-gnu" },
		{ "x86", "x86_64-linux-gnu" },
	};

	return look_up(targets, G_N_ELEMENTS(targets), srcarch);
}

const char *kbuild_srcarch_of(const char *arch)
{
	static const char *const archs[][2] = {
		{ "i386", "x86" },	{ "x86_64", "x86" },	  { "sparc32", "sparc" },
		{ "sparc64", "sparc" }, { "parisc64", "parisc" }, { "sh64", "sh" },
	};
	const char *srcarch = look_up(archs, G_N_ELEMENTS(archs), arch);

	return srcarch ? srcarch : arch;
}
