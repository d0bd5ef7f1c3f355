// SPDX-License-Identifier: GPL-2.0-only
/*
 * Symbols of an ELF file of any architecture, through LLVM's Object reader.
 *
 * LLVM ends the process when a symbol table is damaged (report_fatal_error), so a child
 * reads the file and hands the few symbols that matter back through a pipe, one line
 * each: "ADDRESS SECTION NAME".
 */
#include "analyzer/image/image_internal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <llvm-c/Core.h>
#include <llvm-c/Object.h>

#include "db/error.h"

static const char *section_of(LLVMBinaryRef binary, LLVMSymbolIteratorRef symbol)
{
	LLVMSectionIteratorRef section = LLVMObjectFileCopySectionIterator(binary);
	const char *name = NULL;

	LLVMMoveToContainingSection(section, symbol);
	if (!LLVMObjectFileIsSectionIteratorAtEnd(binary, section))
		name = LLVMGetSectionName(section);
	LLVMDisposeSectionIterator(section);
	return name;
}

static bool is_elf(LLVMBinaryRef binary)
{
	LLVMBinaryType type = LLVMBinaryGetType(binary);

	return type == LLVMBinaryTypeELF32L || type == LLVMBinaryTypeELF32B ||
	       type == LLVMBinaryTypeELF64L || type == LLVMBinaryTypeELF64B;
}

/* In the child. Says "!REASON" if the file is no good. */
static void write_symbols(const char *path, FILE *out)
{
	LLVMMemoryBufferRef buffer;
	LLVMSymbolIteratorRef symbol;
	LLVMBinaryRef binary;
	char *message = NULL;

	if (LLVMCreateMemoryBufferWithContentsOfFile(path, &buffer, &message) ||
	    !(binary = LLVMCreateBinary(buffer, NULL, &message))) {
		fprintf(out, "!%s\n", message);
		return;
	}
	if (!is_elf(binary)) {
		fputs("!not an ELF object file\n", out);
		return;
	}
	/* NULL if there is no symbol at all: the file is stripped. */
	for (symbol = LLVMObjectFileCopySymbolIterator(binary);
	     symbol && !LLVMObjectFileIsSymbolIteratorAtEnd(binary, symbol);
	     LLVMMoveToNextSymbol(symbol)) {
		const char *name = LLVMGetSymbolName(symbol);
		const char *section;

		if (!image_symbol_matters(name))
			continue;
		section = section_of(binary, symbol);
		fprintf(out, "%" PRIx64 " %s %s\n", LLVMGetSymbolAddress(symbol),
			section && *section ? section : "-", name);
	}
}

static void read_symbol(GArray *symbols, char *line, unsigned int at)
{
	g_auto(GStrv) fields = g_strsplit(line, " ", 3);

	if (g_strv_length(fields) == 3)
		image_symbols_add(symbols, g_ascii_strtoull(fields[0], NULL, 16), fields[2],
				  fields[1], at);
}

/* Reads what the child says; NULL or the reason why the file is no good. */
static char *read_symbols(FILE *in, GArray *symbols)
{
	g_autofree char *bad = NULL;
	char *line = NULL;
	size_t size = 0;
	unsigned int at = 0;

	while (getline(&line, &size, in) > 0) {
		g_strchomp(line);
		if (*line == '!' && !bad)
			bad = g_strdup(line + 1);
		else
			read_symbol(symbols, line, ++at);
	}
	free(line);
	return g_steal_pointer(&bad);
}

/* Returns NULL, or why the file could not be read. */
static char *symbols_in_child(const char *path, GArray *symbols)
{
	int ends[2], status = 0;
	char *bad;
	pid_t pid;
	FILE *in;

	if (pipe(ends) < 0)
		return g_strdup(g_strerror(errno));
	pid = fork();
	if (pid == 0) {
		FILE *out = fdopen(ends[1], "w");

		close(ends[0]);
		close(STDERR_FILENO); /* LLVM's own words on a damaged file */
		if (!out)
			_exit(1);
		write_symbols(path, out);
		_exit(fclose(out) == 0 ? 0 : 1);
	}
	close(ends[1]);
	in = pid < 0 ? NULL : fdopen(ends[0], "r");
	if (!in) {
		bad = g_strdup(g_strerror(errno));
		close(ends[0]);
	} else {
		bad = read_symbols(in, symbols);
		fclose(in);
	}
	if (pid < 0)
		return bad;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!bad && status != 0)
		bad = g_strdup("the symbol table is damaged");
	return bad;
}

bool image_read_elf(GBytes *content, const char *path, struct image_builder *builder,
		    struct image *image, GError **error)
{
	g_autoptr(GArray) symbols = image_symbols_new();
	g_autofree char *bad = symbols_in_child(path, symbols);

	if (bad) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: not a readable ELF file: %s", path, bad);
		return false;
	}
	/* Without symbols in ELF's own table, the kernel's may tell. */
	if (image_from_symbols(symbols, builder) ||
	    image_read_kernel(content, path, builder, image, NULL))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: no __initcall symbol in this ELF file; if it is stripped, use the vmlinux "
		    "of the build directory, vmlinuz, System.map, or a boot log with "
		    "initcall_debug",
		    path);
	return false;
}
