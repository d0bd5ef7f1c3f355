// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the symbols of a System.map. image_elf.c and image_kallsyms.c read the symbols of other
 * files. For all these files, image_from_symbols() makes initcalls from the symbols.
 *
 * A base level is a level without "s" at its end, such as 6. The sync level of 6 is 6s. The linker
 * script puts a boundary symbol before each base level: __initcall_start (early),
 * __initcall0_start, ..., __initcall7_start. __initcall_end follows the last level. Console
 * initcalls stand between __con_initcall_start and __con_initcall_end. The initcalls of level 6s
 * follow the initcalls of level 6, without a boundary symbol between the two levels. The name of an
 * initcall's symbol ends with the id of the level, "6" or "6s". So the boundary symbol and the name
 * together give the level.
 *
 * In a relocatable vmlinux.o, the sections of the symbols give the levels. A symbol table may also
 * contain neither sections nor boundary symbols. Then the id at the end of the name alone gives the
 * level. The ids are unambiguous, because no id ends with another id.
 */
#include "analyzer/image/image_internal.h"

#include <stdlib.h>
#include <string.h>

#include "db/error.h"

#define KMOD_CALL  "__initcall__kmod_"
#define KMOD_STUB  "__initstub__kmod_"
#define PLAIN_CALL "__initcall_"

bool image_symbol_matters(const char *name)
{
	return g_str_has_prefix(name, "__initcall") || g_str_has_prefix(name, "__con_initcall");
}

static void clear_symbol(void *data)
{
	struct image_symbol *symbol = data;

	g_free(symbol->name);
	g_free(symbol->section);
}

GArray *image_symbols_new(void)
{
	GArray *symbols = g_array_new(FALSE, FALSE, sizeof(struct image_symbol));

	g_array_set_clear_func(symbols, clear_symbol);
	return symbols;
}

void image_symbols_add(GArray *symbols, uint64_t address, const char *name, const char *section,
		       unsigned int at)
{
	struct image_symbol symbol = {
		.address = address,
		.name = g_strdup(name),
		.section = g_strdup(section),
		.at = at,
	};

	g_array_append_val(symbols, symbol);
}

/*
 * Returns the sync level of @base, for example 6s for 6. Returns LEVEL_NONE if @base has no sync
 * level.
 */
static enum initcall_level sync_of(enum initcall_level base)
{
	g_autofree char *name = NULL;

	if (base == LEVEL_NONE)
		return LEVEL_NONE;
	name = g_strconcat(initcall_level_name(base), "s", NULL);
	return initcall_level_parse(name);
}

/*
 * Returns the level whose id is at the end of @name; LEVEL_NONE if there is no id. If @base is not
 * LEVEL_NONE, looks only for the ids of @base and of the sync level of @base. Sets *@length to the
 * length of @name without the id.
 */
static enum initcall_level level_of_end(const char *name, enum initcall_level base, size_t *length)
{
	enum initcall_level sync = sync_of(base);
	enum initcall_level found = LEVEL_NONE;
	size_t found_length = 0;

	for (enum initcall_level level = 0; level <= LEVEL_CON; level++) {
		const char *id = initcall_level_name(level);

		if (base != LEVEL_NONE && level != base && level != sync)
			continue;
		if (strlen(id) > found_length && g_str_has_suffix(name, id)) {
			found = level;
			found_length = strlen(id);
		}
	}
	*length = strlen(name) - found_length;
	return found;
}

/*
 * @rest should have the form MODNAME__COUNTER_LINE_FUNCTION, for example "core__309_6498_fn7s".
 * Sets @call->modname and @call->line. Returns the text after the line number, here "fn7s". Returns
 * NULL if @rest has another form.
 */
static const char *parse_kmod(const char *rest, struct image_initcall *call)
{
	for (const char *p = strstr(rest, "__"); p; p = strstr(p + 1, "__")) {
		char *end;
		unsigned long line;

		if (p == rest || !g_ascii_isdigit(p[2]))
			continue;
		strtoul(p + 2, &end, 10);
		if (*end != '_' || !g_ascii_isdigit(end[1]))
			continue;
		line = strtoul(end + 1, &end, 10);
		if (*end != '_' || !end[1])
			continue;
		call->line = (unsigned int)line;
		call->modname = g_strndup(rest, (size_t)(p - rest));
		return end + 1;
	}
	return NULL;
}

bool image_parse_symbol(const char *name, enum initcall_level base, struct image_initcall *call)
{
	/* Drop ".llvm.123" (link-time optimisation) and ".cfi_jt" (control-flow integrity). */
	g_autofree char *base_name = g_strndup(name, strcspn(name, "."));
	const char *rest;
	size_t length;
	bool kmod =
		g_str_has_prefix(base_name, KMOD_CALL) || g_str_has_prefix(base_name, KMOD_STUB);

	memset(call, 0, sizeof(*call));
	if (kmod)
		rest = parse_kmod(base_name + strlen(KMOD_CALL), call);
	else if (g_str_has_prefix(base_name, PLAIN_CALL) &&
		 !g_str_has_suffix(base_name, "_start") && !g_str_has_suffix(base_name, "_end"))
		rest = base_name + strlen(PLAIN_CALL);
	else
		return false;
	if (!rest || !*rest) {
		g_clear_pointer(&call->modname, g_free);
		return false;
	}
	length = strlen(rest);
	if (!kmod && base == LEVEL_CON) {
		call->level = LEVEL_CON; /* "__initcall_fn": no id */
	} else {
		call->level = level_of_end(rest, base, &length);
		if (call->level == LEVEL_NONE)
			call->level = base;
		/* A name that has neither "__kmod_" nor an id is the name of a console initcall. */
		if (call->level == LEVEL_NONE && !kmod)
			call->level = LEVEL_CON;
	}
	call->function = g_strndup(rest, length);
	return true;
}

/*
 * Returns the base level that begins at the boundary symbol @name. Returns N_LEVELS if @name is
 * __initcall_end or __con_initcall_end. Returns LEVEL_NONE if @name is not a boundary symbol.
 */
static enum initcall_level level_opened(const char *name)
{
	g_autofree char *id = NULL;

	if (strcmp(name, "__initcall_start") == 0)
		return LEVEL_EARLY;
	if (strcmp(name, "__con_initcall_start") == 0)
		return LEVEL_CON;
	if (strcmp(name, "__initcall_end") == 0 || strcmp(name, "__con_initcall_end") == 0)
		return N_LEVELS;
	if (!g_str_has_prefix(name, "__initcall") || !g_str_has_suffix(name, "_start"))
		return LEVEL_NONE;
	id = g_strndup(name + strlen("__initcall"),
		       strlen(name) - strlen("__initcall") - strlen("_start"));
	return initcall_level_parse(id);
}

/*
 * Returns the level of the initcalls in @section: ".initcall6.init", ".con_initcall.init" or, with
 * link-time optimisation, ".initcall6s.init..kmod_x". Returns LEVEL_NONE if @section is NULL or has
 * another name.
 */
static enum initcall_level level_of_section(const char *section)
{
	g_autofree char *id = NULL;
	const char *end;

	if (!section)
		return LEVEL_NONE;
	if (g_str_has_prefix(section, ".con_initcall"))
		return LEVEL_CON;
	if (!g_str_has_prefix(section, ".initcall"))
		return LEVEL_NONE;
	section += strlen(".initcall");
	end = strstr(section, ".init");
	if (!end)
		return LEVEL_NONE;
	id = g_strndup(section, (size_t)(end - section));
	return initcall_level_parse(id);
}

/*
 * Compares two symbols, for a sort by address. At equal addresses, __initcall_end and
 * __con_initcall_end come first. Then come the symbols at which a level begins, in the order of the
 * levels. Initcalls come last.
 */
static int compare_symbols(const void *a, const void *b)
{
	const struct image_symbol *x = a, *y = b;
	enum initcall_level x_level, y_level;
	int x_rank, y_rank;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	x_level = level_opened(x->name);
	y_level = level_opened(y->name);
	x_rank = x_level == N_LEVELS ? -1 : x_level == LEVEL_NONE ? N_LEVELS : (int)x_level;
	y_rank = y_level == N_LEVELS ? -1 : y_level == LEVEL_NONE ? N_LEVELS : (int)y_level;
	if (x_rank != y_rank)
		return x_rank < y_rank ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

struct placed_call {
	struct image_initcall call;
	uint64_t address;
};

static int compare_placed(const void *a, const void *b)
{
	const struct placed_call *x = a, *y = b;

	if (x->call.level != y->call.level)
		return x->call.level < y->call.level ? -1 : 1;
	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return x->call.at < y->call.at ? -1 : x->call.at > y->call.at;
}

/*
 * Returns the initcalls in @symbols as an array of struct placed_call. The level of an initcall
 * comes from the symbol's section. If the section is unknown, the level comes from the last
 * boundary symbol before the initcall and from the id at the end of the symbol's name. @symbols
 * must be sorted by compare_symbols().
 */
static GArray *place_symbols(const GArray *symbols)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct placed_call));
	enum initcall_level bracket = LEVEL_NONE;

	for (unsigned int i = 0; i < symbols->len; i++) {
		const struct image_symbol *symbol = &g_array_index(symbols, struct image_symbol, i);
		enum initcall_level opened = level_opened(symbol->name);
		enum initcall_level section_level = level_of_section(symbol->section);
		struct placed_call placed = { .address = symbol->address };

		if (opened != LEVEL_NONE) {
			bracket = opened == N_LEVELS ? LEVEL_NONE : opened;
			continue;
		}
		if (!image_parse_symbol(symbol->name,
					section_level == LEVEL_NONE ? bracket : section_level,
					&placed.call))
			continue;
		if (section_level != LEVEL_NONE)
			placed.call.level = section_level;
		placed.call.at = symbol->at;
		g_array_append_val(all, placed);
	}
	return all;
}

bool image_from_symbols(GArray *symbols, struct image_builder *builder)
{
	g_autoptr(GArray) all = NULL;

	g_array_sort(symbols, compare_symbols);
	all = place_symbols(symbols);
	/*
	 * Sort by level, and sort the initcalls of one level by address. The addresses alone do not
	 * give the order of the levels. In a relocatable file, the section of each level begins at
	 * address 0. In other files, the console initcalls may have lower addresses than all other
	 * initcalls, but must come last.
	 */
	g_array_sort(all, compare_placed);
	for (unsigned int i = 0; i < all->len; i++) {
		const struct image_initcall *call = &g_array_index(all, struct placed_call, i).call;

		image_add(builder, call->level, call->function, call->modname, call->line,
			  call->at);
	}
	return all->len > 0;
}

bool image_is_map_line(const char *line)
{
	size_t digits = strspn(line, "0123456789abcdefABCDEF");

	return digits >= 8 && digits <= 16 && line[digits] == ' ' && line[digits + 1] &&
	       (g_ascii_isalpha(line[digits + 1]) || line[digits + 1] == '?') &&
	       line[digits + 2] == ' ' && line[digits + 3] && line[digits + 3] != ' ';
}

bool image_read_map(struct image_text *text, const char *path, struct image_builder *builder,
		    GError **error)
{
	g_autoptr(GArray) symbols = image_symbols_new();
	unsigned int n_bad = 0, first_bad = 0;
	g_autofree char *stub = NULL;
	char *line;

	while ((line = image_text_line(text))) {
		if (image_is_map_line(line)) {
			const char *name = strchr(line, ' ') + 3;

			/*
			 * A symbol's name has no blank. If @name has a blank, the line is not a
			 * symbol, but a sentence. Some distributions install a System.map that
			 * contains only one sentence.
			 */
			if (strchr(name, ' ') && !stub)
				stub = g_strdup(name);
			if (image_symbol_matters(name))
				image_symbols_add(symbols, g_ascii_strtoull(line, NULL, 16), name,
						  NULL, text->line);
		} else if (*line && n_bad++ == 0) {
			first_bad = text->line;
		}
		g_free(line);
	}
	if (n_bad) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s:%u: expected \"ADDRESS TYPE NAME\" as in System.map; is the file "
			    "cut or mixed with another?",
			    path, first_bad);
		return false;
	}
	if (stub) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: this is not the real System.map, it says: \"%s\"; vmlinuz or "
			    "Image itself will do as well",
			    path, stub);
		return false;
	}
	if (!image_from_symbols(symbols, builder)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: no __initcall symbol in this System.map; use vmlinux, or a boot "
			    "log with initcall_debug",
			    path);
		return false;
	}
	return true;
}
