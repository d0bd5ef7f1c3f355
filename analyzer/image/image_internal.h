/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of analyzer/image/image.h: one reader a kind of file, and what a symbol's
 * name tells.
 */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_INTERNAL_H

#include <stdint.h>

#include "analyzer/image/image.h"

/* Collects initcalls; the strings given to image_add() become its own. */
struct image_builder {
	GArray *initcalls; /* struct image_initcall */
};

/* Text of a file, cut into lines on demand. Lines end at LF, CR LF or the end of the text. */
struct image_text {
	const char *at;
	const char *end;
	unsigned int line; /* number of the line that was read last, from 1 */
};

/* Next line without its end, g_free() it; NULL after the last. */
char *image_text_line(struct image_text *text);

void image_add(struct image_builder *builder, enum initcall_level level, char *function,
	       char *modname, unsigned int line, unsigned int at);

/* A symbol of interest: one whose name begins with "__initcall" or "__con_initcall". */
struct image_symbol {
	uint64_t address;
	char *name;
	char *section;	 /* ".initcall6.init"; NULL: the file does not tell */
	unsigned int at; /* as in struct image_initcall */
};

bool image_symbol_matters(const char *name);
GArray *image_symbols_new(void);
void image_symbols_add(GArray *symbols, uint64_t address, const char *name, const char *section,
		       unsigned int at);
/*
 * Turns symbols into initcalls in execution order: base levels by the boundary symbols
 * (__initcall6_start) or the section where the file has them, -s levels and the rest
 * by the end of the name. Returns false if no symbol is an initcall.
 */
bool image_from_symbols(GArray *symbols, struct image_builder *builder);

/*
 * What "__initcall__kmod_core__309_6498_fn7s", "__initstub__kmod_..." and
 * "__initcall_fn7s" tell. @base is the level that the place of the symbol tells
 * (without its "s"), LEVEL_NONE if nothing does. Returns false for any other name.
 */
bool image_parse_symbol(const char *name, enum initcall_level base, struct image_initcall *call);

bool image_is_map_line(const char *line);
bool image_is_list_line(const char *line);

bool image_read_map(struct image_text *text, const char *path, struct image_builder *builder,
		    GError **error);
bool image_read_elf(GBytes *content, const char *path, struct image_builder *builder,
		    struct image *image, GError **error);
/* Of a vmlinux without ELF symbols, an Image, or any compressed form of them. */
bool image_read_kernel(GBytes *content, const char *path, struct image_builder *builder,
		       struct image *image, GError **error);
bool image_read_log(struct image_text *text, const char *path, struct image_builder *builder,
		    struct image *image, GError **error);
bool image_read_list(struct image_text *text, const char *path, struct image_builder *builder,
		     GError **error);

#endif
