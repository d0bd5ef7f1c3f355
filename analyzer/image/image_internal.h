/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of analyzer/image/image.h: a reader for each kind of file, and a parser for the
 * names of initcall symbols.
 */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_INTERNAL_H

#include <stdint.h>

#include "analyzer/image/image.h"

/* Collects initcalls for image_read(). */
struct image_builder {
	GArray *initcalls; /* struct image_initcall */
};

/* A text that is read line by line. Lines end at LF, CR LF or the end of the text. */
struct image_text {
	const char *at;
	const char *end;
	unsigned int line; /* number of the last line read, from 1 */
};

/* Returns the next line without its line end; NULL after the last line. Free with g_free(). */
char *image_text_line(struct image_text *text);

/* Appends an initcall to @builder, which becomes the owner of @function and @modname. */
void image_add(struct image_builder *builder, enum initcall_level level, char *function,
	       char *modname, unsigned int line, unsigned int at);

/* A symbol whose name begins with "__initcall" or "__con_initcall". */
struct image_symbol {
	uint64_t address;
	char *name;
	char *section;	 /* ".initcall6.init"; NULL: not in the file */
	unsigned int at; /* as in struct image_initcall */
};

/* True if @name begins with "__initcall" or "__con_initcall". */
bool image_symbol_matters(const char *name);
/* Returns an empty array of struct image_symbol. Free with g_array_unref(). */
GArray *image_symbols_new(void);
/* Appends a symbol to @symbols. Copies @name and @section. */
void image_symbols_add(GArray *symbols, uint64_t address, const char *name, const char *section,
		       unsigned int at);
/*
 * Sorts @symbols, and adds their initcalls to @builder in execution order. The base level comes
 * from the section or from boundary symbols (__initcall6_start), if the file has either. The end
 * of the symbol's name ("6", "6s") gives sync levels, and the level if the file has neither.
 * Returns false if no symbol is an initcall.
 */
bool image_from_symbols(GArray *symbols, struct image_builder *builder);

/*
 * Fills @call from a symbol's name: "__initcall__kmod_core__309_6498_fn7s",
 * "__initstub__kmod_..." or "__initcall_fn7s". @base is the level, without "s", of the section
 * or boundary symbols around the symbol; LEVEL_NONE if unknown. Returns false for any other
 * name. The caller owns the strings of @call.
 */
bool image_parse_symbol(const char *name, enum initcall_level base, struct image_initcall *call);

/* True if @line is a line of a System.map: "ffffffc0081c0a28 d NAME". */
bool image_is_map_line(const char *line);
/* True if @line is a line of a list of initcalls (image_list.c). */
bool image_is_list_line(const char *line);

/*
 * The readers for each kind of file. A reader adds initcalls to @builder. It returns false with
 * INITLINT_ERROR_INPUT on failure. image_read_elf() opens the file @path; the other readers only
 * use @path in messages.
 */
bool image_read_map(struct image_text *text, const char *path, struct image_builder *builder,
		    GError **error);
bool image_read_elf(GBytes *content, const char *path, struct image_builder *builder,
		    struct image *image, GError **error);
/* Reads a vmlinux without ELF symbols, an Image, or a compressed form of either. */
bool image_read_kernel(GBytes *content, const char *path, struct image_builder *builder,
		       struct image *image, GError **error);
bool image_read_log(struct image_text *text, const char *path, struct image_builder *builder,
		    struct image *image, GError **error);
bool image_read_list(struct image_text *text, const char *path, struct image_builder *builder,
		     GError **error);

#endif
