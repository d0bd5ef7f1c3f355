/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of analyzer/image/image.h: a reader for each kind of file, and a parser for the
 * names of initcall symbols.
 */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_INTERNAL_H

#include <stdint.h>

#include "analyzer/image/image.h"

/* The limit for the file of a kernel, in bytes: a vmlinux with all debug information is smaller. */
#define IMAGE_MAX ((gsize)2 << 30)

/* Collects initcalls for image_read(). */
struct image_builder {
	GArray *initcalls; /* struct image_initcall */
};

/*
 * A text that image_text_line() reads line by line. Lines end at LF, CR LF or the end of the text.
 */
struct image_text {
	const char *at;
	const char *end;
	unsigned int line; /* number of the line that was read last, from 1 */
};

/*
 * Returns the next line of @text, without the line end and without blanks before the line end.
 * Returns NULL after the last line. Free with g_free().
 */
char *image_text_line(struct image_text *text);

/* Appends an initcall to @builder. @builder becomes the owner of @function and @modname. */
void image_add(struct image_builder *builder, enum initcall_level level, char *function,
	       char *modname, unsigned int line, unsigned int at);

/* A symbol whose name begins with "__initcall" or "__con_initcall". */
struct image_symbol {
	uint64_t address;
	char *name;
	/* name of the section, such as ".initcall6.init"; NULL: unknown, as in a System.map */
	char *section;
	/* System.map: number of the line; other file: number of the symbol; both count from 1 */
	unsigned int at;
};

/* True if @name begins with "__initcall" or "__con_initcall". */
bool image_symbol_matters(const char *name);
/* Returns an empty array of struct image_symbol. Free with g_array_unref(). */
GArray *image_symbols_new(void);
/* Appends a symbol to @symbols. Copies @name and @section. @section may be NULL. */
void image_symbols_add(GArray *symbols, uint64_t address, const char *name, const char *section,
		       unsigned int at);
/*
 * Sorts @symbols, and adds the initcalls in @symbols to @builder. Adds the initcalls in execution
 * order, but console initcalls last. A boundary symbol such as __initcall6_start stands before the
 * initcalls of a level. The level of an initcall comes from the first of these sources that exists:
 * - the section of the symbol: ".initcall6s.init" means level 6s,
 * - the last boundary symbol before the initcall, and the end of the initcall's symbol name: after
 *   __initcall6_start, the end "6" means level 6, and the end "6s" means level 6s,
 * - the end of the initcall's symbol name alone.
 * Returns false if @symbols contains no initcall.
 */
bool image_from_symbols(GArray *symbols, struct image_builder *builder);

/*
 * Fills @call from @name, the name of a symbol. @name should have one of the forms
 * "__initcall__kmod_core__309_6498_fn7s", "__initstub__kmod_..." and "__initcall_fn7s". @base is
 * the level of the symbol's section, or else the level of the last boundary symbol. @base is
 * LEVEL_NONE if both are unknown. Returns false if @name has none of the three forms. The caller
 * owns the strings in @call.
 */
bool image_parse_symbol(const char *name, enum initcall_level base, struct image_initcall *call);

/* True if @line is a line of a System.map: "ffffffc0081c0a28 d NAME". */
bool image_is_map_line(const char *line);
/* True if @line is a line of a list of initcalls (image_list.c). */
bool image_is_list_line(const char *line);

/*
 * The readers, one for each kind of file. Each reader adds initcalls to @builder. On failure, each
 * reader returns false with INITLINT_ERROR_INPUT. All readers use @path in messages.
 */
bool image_read_map(struct image_text *text, const char *path, struct image_builder *builder,
		    GError **error);
/*
 * Reads the ELF file at @path. @content: the bytes of this file. If the ELF symbols contain no
 * initcall symbols, reads kallsyms in @content.
 */
bool image_read_elf(GBytes *content, const char *path, struct image_builder *builder,
		    struct image *image, GError **error);
/* Reads an Image, or a vmlinux without ELF symbols. The Image or vmlinux may be compressed. */
bool image_read_kernel(GBytes *content, const char *path, struct image_builder *builder,
		       struct image *image, GError **error);
bool image_read_log(struct image_text *text, const char *path, struct image_builder *builder,
		    struct image *image, GError **error);
bool image_read_list(struct image_text *text, const char *path, struct image_builder *builder,
		     GError **error);

#endif
