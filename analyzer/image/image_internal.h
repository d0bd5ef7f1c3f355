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
	unsigned int line; /* number of the line that was read last, from 1 */
};

/*
 * Returns the next line, without blanks and line end at its end. Returns NULL after the last line.
 * Free with g_free().
 */
char *image_text_line(struct image_text *text);

/* Appends an initcall to @builder, which becomes the owner of @function and @modname. */
void image_add(struct image_builder *builder, enum initcall_level level, char *function,
	       char *modname, unsigned int line, unsigned int at);

/* A symbol whose name begins with "__initcall" or "__con_initcall". */
struct image_symbol {
	uint64_t address;
	char *name;
	char *section;	 /* for example ".initcall6.init"; NULL: not in the file */
	unsigned int at; /* as in struct image_initcall */
};

/* True if @name begins with "__initcall" or "__con_initcall". */
bool image_symbol_matters(const char *name);
/* Returns an empty array of struct image_symbol. Free with g_array_unref(). */
GArray *image_symbols_new(void);
/* Appends a symbol to @symbols. Copies @name and @section. @section may be NULL. */
void image_symbols_add(GArray *symbols, uint64_t address, const char *name, const char *section,
		       unsigned int at);
/*
 * Sorts @symbols, and adds the initcalls in @symbols to @builder in execution order. A section such
 * as ".initcall6s.init" gives the level of its initcalls. Without such sections, the boundary
 * symbol __initcall6_start says that levels 6 and 6s follow, and the end of an initcall's symbol
 * name ("6" or "6s") says which of the two levels. Without sections and boundary symbols, the end
 * of the name alone gives the level. Returns false if @symbols contains no initcall.
 */
bool image_from_symbols(GArray *symbols, struct image_builder *builder);

/*
 * Fills @call from @name, the name of a symbol. @name must have one of the forms
 * "__initcall__kmod_core__309_6498_fn7s", "__initstub__kmod_..." and "__initcall_fn7s". @base is
 * the level that the symbol's section or the last boundary symbol gives; LEVEL_NONE if unknown.
 * Returns false if @name has another form. The caller owns the strings in @call.
 */
bool image_parse_symbol(const char *name, enum initcall_level base, struct image_initcall *call);

/* True if @line is a line of a System.map: "ffffffc0081c0a28 d NAME". */
bool image_is_map_line(const char *line);
/* True if @line is a line of a list of initcalls (image_list.c). */
bool image_is_list_line(const char *line);

/*
 * The readers, one for each kind of file. Each reader adds initcalls to @builder, and returns false
 * with INITLINT_ERROR_INPUT on failure. image_read_elf() opens the file @path. The other readers
 * use @path only in messages.
 */
bool image_read_map(struct image_text *text, const char *path, struct image_builder *builder,
		    GError **error);
bool image_read_elf(GBytes *content, const char *path, struct image_builder *builder,
		    struct image *image, GError **error);
/* Reads an Image, or a vmlinux without ELF symbols. Either file may be compressed. */
bool image_read_kernel(GBytes *content, const char *path, struct image_builder *builder,
		       struct image *image, GError **error);
bool image_read_log(struct image_text *text, const char *path, struct image_builder *builder,
		    struct image *image, GError **error);
bool image_read_list(struct image_text *text, const char *path, struct image_builder *builder,
		     GError **error);

#endif
