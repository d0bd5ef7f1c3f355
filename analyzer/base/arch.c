// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/arch.h"

#include <string.h>
#include <glib.h>

static const char *look_up(const char *const (*table)[2], size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(table[i][0], key) == 0)
			return table[i][1];
	return NULL;
}

const char *arch_target(const char *srcarch)
{
	/*
	 * Makefiles of kernels before 5.15 give clang the option --target only if CROSS_COMPILE is
	 * set. The user of initlint need not set CROSS_COMPILE. If the Makefiles give no --target,
	 * initlint takes the value of --target from this table.
	 */
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

const char *arch_source(const char *arch)
{
	static const char *const archs[][2] = {
		{ "i386", "x86" },	{ "x86_64", "x86" },	  { "sparc32", "sparc" },
		{ "sparc64", "sparc" }, { "parisc64", "parisc" }, { "sh64", "sh" },
	};
	const char *srcarch = look_up(archs, G_N_ELEMENTS(archs), arch);

	return srcarch ? srcarch : arch;
}

bool arch_is_same(const char *a, const char *b)
{
	return strcmp(arch_source(a), arch_source(b)) == 0;
}

const char *arch_other_name(const char *arch)
{
	static const char *const archs[][2] = {
		{ "aarch64", "arm64" },	    { "amd64", "x86" },
		{ "x86-64", "x86" },	    { "i686", "x86" },
		{ "armv7l", "arm" },	    { "armhf", "arm" },
		{ "armel", "arm" },	    { "ppc64le", "powerpc" },
		{ "ppc64el", "powerpc" },   { "ppc64", "powerpc" },
		{ "ppc", "powerpc" },	    { "riscv64", "riscv" },
		{ "riscv32", "riscv" },	    { "s390x", "s390" },
		{ "mips64", "mips" },	    { "mips64el", "mips" },
		{ "mipsel", "mips" },	    { "loongarch64", "loongarch" },
		{ "loong64", "loongarch" },
	};

	return look_up(archs, G_N_ELEMENTS(archs), arch);
}
