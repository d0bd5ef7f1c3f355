// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the symbols of an ELF file of any architecture with LLVM's Object library.
 *
 * LLVM ends the process if a symbol table is damaged (report_fatal_error). Therefore a child
 * process reads the file. For each initcall symbol, the child writes a line "ADDRESS SECTION NAME"
 * to a pipe.
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

/*
 * Runs in the child process. Writes the initcall symbols of the file at @path to @out. If the file
 * cannot be read, writes "!REASON" instead.
 */
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
	/* The iterator is NULL if the file has no symbols at all. */
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

/*
 * Reads the output of write_symbols() from @in into @symbols. Returns NULL on success. If the child
 * process has written "!REASON", returns REASON. Free the result with g_free().
 */
static char *read_symbols(FILE *in, GArray *symbols)
{
	g_autofree char *reason = NULL;
	char *line = NULL;
	size_t size = 0;
	unsigned int at = 0;

	while (getline(&line, &size, in) > 0) {
		g_strchomp(line);
		if (*line == '!' && !reason)
			reason = g_strdup(line + 1);
		else
			read_symbol(symbols, line, ++at);
	}
	free(line);
	return g_steal_pointer(&reason);
}

/*
 * Reads the symbols of the file at @path into @symbols, with a child process. Returns NULL on
 * success. Otherwise returns the reason why the file cannot be read. Free the reason with g_free().
 */
static char *symbols_in_child(const char *path, GArray *symbols)
{
	int pipe_fds[2], status = 0;
	char *reason;
	pid_t pid;
	FILE *in;

	if (pipe(pipe_fds) < 0)
		return g_strdup(g_strerror(errno));
	pid = fork();
	if (pid == 0) {
		FILE *out = fdopen(pipe_fds[1], "w");

		close(pipe_fds[0]);
		close(STDERR_FILENO); /* hides LLVM's own message on a damaged file */
		if (!out)
			_exit(1);
		write_symbols(path, out);
		_exit(fclose(out) == 0 ? 0 : 1);
	}
	close(pipe_fds[1]);
	in = pid < 0 ? NULL : fdopen(pipe_fds[0], "r");
	if (!in) {
		reason = g_strdup(g_strerror(errno));
		close(pipe_fds[0]);
	} else {
		reason = read_symbols(in, symbols);
		fclose(in);
	}
	if (pid < 0)
		return reason;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!reason && status != 0)
		reason = g_strdup("the symbol table is damaged");
	return reason;
}

bool image_read_elf(GBytes *content, const char *path, struct image_builder *builder,
		    struct image *image, GError **error)
{
	g_autoptr(GArray) symbols = image_symbols_new();
	g_autofree char *reason = symbols_in_child(path, symbols);

	if (reason) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: not a readable ELF file: %s", path, reason);
		return false;
	}
	/* A stripped vmlinux has no ELF symbols, but may still have kallsyms. */
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
