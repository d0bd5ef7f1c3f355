// SPDX-License-Identifier: GPL-2.0-only
/* Chooses the version of clang, the linker and the binutils for the kernel's make. */
#include "analyzer/prepare/prepare_internal.h"

#include <stdlib.h>
#include <string.h>

#include "db/error.h"
#include "db/read_file.h"

#define OLDEST 17
#define NEWEST 40 /* far above the newest version of LLVM that exists */

/* The variables that "make LLVM=1" sets, and the program that each variable names. */
static const struct {
	const char *variable;
	const char *program;
} tools[] = {
	{ "CC", "clang" },
	{ "LD", "ld.lld" },
	{ "AR", "llvm-ar" },
	{ "NM", "llvm-nm" },
	{ "OBJCOPY", "llvm-objcopy" },
	{ "OBJDUMP", "llvm-objdump" },
	{ "READELF", "llvm-readelf" },
	{ "STRIP", "llvm-strip" },
	{ "HOSTCC", "clang" },
	{ "HOSTCXX", "clang++" },
	{ "HOSTAR", "llvm-ar" },
	{ "HOSTLD", "ld.lld" },
};

static const char *const rust_tools[] = { "RUSTC", "HOSTRUSTC", "BINDGEN" };

static bool is_installed(const char *program, const char *suffix)
{
	g_autofree char *name = g_strconcat(program, suffix, NULL);
	g_autofree char *path = g_find_program_in_path(name);

	return path != NULL;
}

static bool all_installed(const char *suffix)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tools); i++)
		if (!is_installed(tools[i].program, suffix))
			return false;
	return true;
}

/*
 * Returns the major version of the program "clang". Returns 0 if "clang -dumpversion" fails, or if
 * a tool is not installed under its name without a suffix ("clang", not "clang-19").
 */
static int plain_version(void)
{
	g_autofree char *output = NULL;
	int status = -1;

	if (!all_installed("") ||
	    !g_spawn_command_line_sync("clang -dumpversion", &output, NULL, &status, NULL) ||
	    status != 0)
		return 0;
	return (int)strtol(output, NULL, 10);
}

/*
 * Returns the suffix of the tools to use: "-19" for clang-19, "" for clang. Returns NULL if no
 * version has all tools. Prefers the version of initlint's libclang: Kconfig tests what clang can
 * do, and the results then hold for libclang too. Free with g_free().
 */
static char *find_suffix(void)
{
	g_autofree char *own_version = g_strdup("-" INITLINT_LLVM_MAJOR);

	if (all_installed(own_version))
		return g_steal_pointer(&own_version);
	if (plain_version() >= OLDEST)
		return g_strdup("");
	for (int version = NEWEST; version >= OLDEST; version--) {
		g_autofree char *suffix = g_strdup_printf("-%d", version);

		if (all_installed(suffix))
			return g_steal_pointer(&suffix);
	}
	return NULL;
}

/*
 * Fails if a program that the kernel's make needs is not installed. The message names the package
 * to install.
 */
static bool check_programs(GError **error)
{
	static const struct {
		const char *program;
		const char *package;
	} programs[] = {
		{ "make", "make" }, { "flex", "flex" }, { "bison", "bison" },
		{ "bc", "bc" },	    { "perl", "perl" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
		if (is_installed(programs[i].program, ""))
			continue;
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s is not on PATH, and the kernel's make needs it; install the "
			    "package %s",
			    programs[i].program, programs[i].package);
		return false;
	}
	return true;
}

/*
 * Returns the value of CROSS_COMPILE for @arch; NULL if @arch is NULL or unknown. Before Linux
 * 5.15, make derives clang's target only from CROSS_COMPILE. Tools with the prefix CROSS_COMPILE
 * need not be installed: make uses only the triple in CROSS_COMPILE.
 */
static const char *triple_of(const char *arch)
{
	static const struct {
		const char *arch;
		const char *triple;
	} triples[] = {
		{ "arm64", "aarch64-linux-gnu-" },    { "arm", "arm-linux-gnueabi-" },
		{ "riscv", "riscv64-linux-gnu-" },    { "powerpc", "powerpc64le-linux-gnu-" },
		{ "s390", "s390x-linux-gnu-" },	      { "mips", "mipsel-linux-gnu-" },
		{ "x86", "x86_64-linux-gnu-" },	      { "x86_64", "x86_64-linux-gnu-" },
		{ "hexagon", "hexagon-linux-musl-" },
	};

	for (size_t i = 0; arch && i < G_N_ELEMENTS(triples); i++)
		if (strcmp(triples[i].arch, arch) == 0)
			return triples[i].triple;
	return NULL;
}

static bool tree_has(const struct prepare *prepare, const char *file, const char *text)
{
	g_autofree char *path = g_build_filename(prepare->tree, file, NULL);
	g_autofree char *content = NULL;

	return read_file(path, &content, NULL, NULL) && (!text || strstr(content, text));
}

bool prepare_find_tools(struct prepare *prepare, GError **error)
{
	g_autofree char *suffix = NULL;
	const char *triple = triple_of(prepare->arch);

	if (!check_programs(error))
		return false;
	suffix = find_suffix();
	if (!suffix) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "no complete LLVM of version %d or later on PATH (clang, ld.lld, "
			    "llvm-ar, llvm-nm, llvm-objcopy, ..., all with one suffix such as "
			    "-%s or none); install the packages clang-%s lld-%s llvm-%s",
			    OLDEST, INITLINT_LLVM_MAJOR, INITLINT_LLVM_MAJOR, INITLINT_LLVM_MAJOR,
			    INITLINT_LLVM_MAJOR);
		return false;
	}
	/* initlint does not read Rust: hide the Rust tools, so that Kconfig disables Rust. */
	for (size_t i = 0; i < G_N_ELEMENTS(rust_tools); i++)
		g_ptr_array_add(prepare->make_args, g_strdup_printf("%s=false", rust_tools[i]));
	if (tree_has(prepare, "Makefile", "LLVM_SUFFIX")) {
		g_ptr_array_add(prepare->make_args,
				g_strdup_printf("LLVM=%s", *suffix ? suffix : "1"));
		return true;
	}
	/*
	 * Kernels before 5.18 do not support a suffix in "LLVM=". So set LLVM=1, and also set the
	 * variable of each tool to the name with the suffix.
	 */
	g_ptr_array_add(prepare->make_args, g_strdup("LLVM=1"));
	g_ptr_array_add(prepare->make_args, g_strdup("LLVM_IAS=1"));
	for (size_t i = 0; i < G_N_ELEMENTS(tools); i++)
		g_ptr_array_add(prepare->make_args, g_strdup_printf("%s=%s%s", tools[i].variable,
								    tools[i].program, suffix));
	if (triple && !tree_has(prepare, "scripts/Makefile.clang", NULL))
		g_ptr_array_add(prepare->make_args, g_strdup_printf("CROSS_COMPILE=%s", triple));
	return true;
}
