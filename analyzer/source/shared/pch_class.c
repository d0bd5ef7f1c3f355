// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/shared/pch_class.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <clang-c/Index.h>

#include "analyzer/source/shared/pch_text.h"
#include "analyzer/source/wire/wire_format.h"

static const char *const with_operand[] = {
	"-include", "-imacros", "-isystem", "-iquote", "-idirafter",
	"-I",	    "-D",	"-U",	    "-target", "-Xclang",
};

/*
 * Sets @flag to the first flag in @args. Returns the number of elements of @args that make up this
 * flag: 2 if its operand is a separate element, as in "-I" "dir", else 1. @chunk owns the strings.
 */
static unsigned int read_flag(GStringChunk *chunk, const char *const *args, struct flag *flag)
{
	for (unsigned int i = 0; i < G_N_ELEMENTS(with_operand); i++) {
		const char *name = with_operand[i];
		size_t len = strlen(name);

		if (strncmp(args[0], name, len) != 0)
			continue;
		flag->name = g_string_chunk_insert_const(chunk, name);
		flag->apart = !args[0][len];
		if (!flag->apart) {
			flag->operand = g_string_chunk_insert_const(chunk, args[0] + len);
			return 1;
		}
		flag->operand = g_string_chunk_insert_const(chunk, args[1] ? args[1] : "");
		return args[1] ? 2 : 1;
	}
	*flag = (struct flag){ g_string_chunk_insert_const(chunk, args[0]), "", false };
	return 1;
}

static bool is(const struct flag *flag, const char *name)
{
	return strcmp(flag->name, name) == 0;
}

bool flag_is_name(const struct flag *flag)
{
	return is(flag, "-D") && (g_str_has_prefix(flag->operand, "KBUILD_") ||
				  g_str_has_prefix(flag->operand, "__KBUILD_"));
}

static bool may_be_local(const struct flag *flag)
{
	return is(flag, "-D") || is(flag, "-U") || is(flag, "-I") || is(flag, "-iquote") ||
	       is(flag, "-isystem") || is(flag, "-idirafter");
}

static bool is_search_path(const struct flag *flag)
{
	return is(flag, "-I") || is(flag, "-iquote") || is(flag, "-isystem") ||
	       is(flag, "-idirafter");
}

/*
 * A search path is a common flag only if at least MIN_SEARCH_UNITS units have the search path. If
 * half of all units is a smaller number, half of all units is enough. The Makefiles of many
 * directories add a search path only for the units of that directory. If these search paths were
 * common flags, each of these directories would need a class of its own. That would be too many
 * classes.
 */
#define MIN_SEARCH_UNITS 150

static bool is_rare(const struct flag *flag, unsigned int n, unsigned int min_units,
		    unsigned int n_units)
{
	if (!is_search_path(flag))
		return n < min_units;
	return n < MAX(min_units, MIN(MIN_SEARCH_UNITS, n_units / 2));
}

static char *flag_text(const struct flag *flag)
{
	return g_strconcat(flag->name, flag->apart ? " " : "", flag->operand, NULL);
}

static void count_flags(GHashTable *counts, const struct unit_flags *unit)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (unsigned int i = 0; i < unit->flags->len; i++) {
		const struct flag *flag = &g_array_index(unit->flags, struct flag, i);
		char *text;
		guint n;

		if (!may_be_local(flag) || flag_is_name(flag))
			continue;
		text = flag_text(flag);
		n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, text));
		if (!g_hash_table_contains(seen, text)) {
			g_hash_table_insert(counts, g_strdup(text), GUINT_TO_POINTER(n + 1));
			g_hash_table_add(seen, text);
		} else {
			g_free(text);
		}
	}
}

/*
 * Splits @unit->flags. Appends the local flags to @unit->local (see pch_class.h). Returns all other
 * flags, the common flags. @counts: for each flag, the number of units that have the flag. Free the
 * result with g_array_unref().
 *
 * Returns NULL if a local search path comes before a common search path. Then an #include in this
 * unit may find another file than the same #include in other units, so the unit cannot use a shared
 * header.
 */
static GArray *split_flags(const GHashTable *counts, unsigned int min_units, unsigned int n_units,
			   struct unit_flags *unit)
{
	GArray *common = g_array_new(FALSE, FALSE, sizeof(struct flag));
	bool own_path = false;

	for (unsigned int i = 0; i < unit->flags->len; i++) {
		const struct flag *flag = &g_array_index(unit->flags, struct flag, i);
		g_autofree char *text = flag_text(flag);
		guint n = GPOINTER_TO_UINT(g_hash_table_lookup((GHashTable *)counts, text));

		if (flag_is_name(flag) ||
		    (may_be_local(flag) && is_rare(flag, n, min_units, n_units))) {
			g_array_append_val(unit->local, *flag);
			own_path |= is_search_path(flag);
			continue;
		}
		if (own_path && is_search_path(flag)) {
			g_array_unref(common);
			return NULL;
		}
		g_array_append_val(common, *flag);
	}
	return common;
}

static char *replace(const char *text, const char *from, const char *to)
{
	g_auto(GStrv) parts = g_strsplit(text, from, -1);

	return g_strjoinv(to, parts);
}

static char *class_id(const GArray *flags, const struct paths *paths)
{
	g_autoptr(GString) text = g_string_new("initlint " INITLINT_VERSION "\n");
	g_autofree char *shim = pch_shim_text(SHIM_FULL);
	CXString version = clang_getClangVersion();

	/*
	 * A file in the wire format (facts as bytes) has the facts of the shared header. So a new
	 * version of the wire format changes the id.
	 */
	g_string_append_printf(text, "facts %d\n%s\n%s", WIRE_VERSION, clang_getCString(version),
			       shim);
	clang_disposeString(version);
	for (unsigned int i = 0; i < flags->len; i++) {
		g_autofree char *flag = flag_text(&g_array_index(flags, struct flag, i));
		g_autofree char *no_build = replace(flag, paths_build(paths), "$O");
		g_autofree char *no_tree = replace(no_build, paths_tree(paths), "$K");

		g_string_append_printf(text, "%s\n", no_tree);
	}
	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
}

static void class_free(gpointer data)
{
	struct pch_class *class = data;

	g_free(class->id);
	g_array_unref(class->flags);
	g_ptr_array_unref(class->units);
	pch_free(class->pch);
	g_free(class);
}

static char *flags_key(const GArray *flags)
{
	GString *key = g_string_new(NULL);

	for (unsigned int i = 0; i < flags->len; i++) {
		g_autofree char *text = flag_text(&g_array_index(flags, struct flag, i));

		g_string_append_printf(key, "%s\n", text);
	}
	return g_string_free(key, FALSE);
}

/*
 * Returns the class in @by_key that has exactly @flags. If there is no such class yet, adds a new
 * class. Takes ownership of @flags.
 */
static struct pch_class *class_of(GHashTable *by_key, GArray *flags)
{
	char *key = flags_key(flags);
	struct pch_class *class = g_hash_table_lookup(by_key, key);

	if (class) {
		g_free(key);
		g_array_unref(flags);
		return class;
	}
	class = g_new0(struct pch_class, 1);
	class->flags = flags;
	class->units = g_ptr_array_new();
	g_hash_table_insert(by_key, key, class);
	return class;
}

static int by_size(gconstpointer a, gconstpointer b)
{
	const struct pch_class *const *ca = a, *const *cb = b;

	if ((*ca)->units->len != (*cb)->units->len)
		return (*ca)->units->len > (*cb)->units->len ? -1 : 1;
	return strcmp((*ca)->id, (*cb)->id);
}

/*
 * Frees the classes in @by_key that have fewer than @min_units units. For the units of these
 * classes, sets unit_flags.class to NULL. Adds all other classes to @plan->classes.
 */
static void keep_large(struct unit_plan *plan, GHashTable *by_key, unsigned int min_units,
		       const struct paths *paths)
{
	GHashTableIter iter;
	gpointer value;

	for (unsigned int i = 0; i < plan->n_units; i++)
		if (plan->units[i].class && plan->units[i].class->units->len < min_units)
			plan->units[i].class = NULL;
	g_hash_table_iter_init(&iter, by_key);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct pch_class *class = value;

		if (class->units->len < min_units) {
			class_free(class);
			continue;
		}
		class->id = class_id(class->flags, paths);
		g_ptr_array_add(plan->classes, class);
	}
	g_ptr_array_sort(plan->classes, by_size);
}

struct unit_plan *unit_plan_new(const struct extract_unit *units, unsigned int n_units,
				unsigned int min_units, const struct paths *paths)
{
	g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct unit_plan *plan = g_new0(struct unit_plan, 1);

	plan->n_units = n_units;
	plan->units = g_new0(struct unit_flags, n_units);
	plan->chunk = g_string_chunk_new(4096);
	plan->classes = g_ptr_array_new_with_free_func(class_free);
	for (unsigned int i = 0; i < n_units; i++) {
		const char *const *args = units[i].source->args;
		struct unit_flags *unit = &plan->units[i];

		unit->flags = g_array_new(FALSE, FALSE, sizeof(struct flag));
		unit->local = g_array_new(FALSE, FALSE, sizeof(struct flag));
		while (args && *args) {
			struct flag flag;

			args += read_flag(plan->chunk, args, &flag);
			g_array_append_val(unit->flags, flag);
		}
		count_flags(counts, unit);
	}
	for (unsigned int i = 0; i < n_units; i++) {
		GArray *common = split_flags(counts, min_units, n_units, &plan->units[i]);

		if (!common)
			continue;
		plan->units[i].class = class_of(by_key, common);
		g_ptr_array_add(plan->units[i].class->units, (gpointer)&units[i]);
	}
	keep_large(plan, by_key, min_units, paths);
	return plan;
}

void unit_plan_free(struct unit_plan *plan)
{
	if (!plan)
		return;
	for (unsigned int i = 0; i < plan->n_units; i++) {
		g_array_unref(plan->units[i].flags);
		g_array_unref(plan->units[i].local);
	}
	g_ptr_array_unref(plan->classes);
	g_string_chunk_free(plan->chunk);
	g_free(plan->units);
	g_free(plan);
}

static void add_argument(GPtrArray *args, const char *argument)
{
	g_ptr_array_add(args, g_strdup(argument));
}

/* Returns the directory of clang's own headers, which is installed beside libclang. */
static char *own_headers(void)
{
	g_autofree char *directory = NULL;
	char *library = NULL, *path;
	Dl_info info;

	if (dladdr((void *)clang_createIndex, &info))
		library = realpath(info.dli_fname, NULL);
	directory = g_path_get_dirname(library ? library : "/usr/lib/x");
	path = g_build_filename(directory, "clang", INITLINT_LLVM_MAJOR, "include", NULL);
	free(library);
	return path;
}

GPtrArray *unit_arguments(const GArray *flags, const char *prefix, const struct pch *pch)
{
	GPtrArray *args = g_ptr_array_new_with_free_func(g_free);

	if (pch) {
		add_argument(args, "-include-pch");
		add_argument(args, pch->path);
	}
	if (prefix) {
		add_argument(args, "-include");
		add_argument(args, prefix);
	}
	for (unsigned int i = 0; i < flags->len; i++) {
		const struct flag *flag = &g_array_index(flags, struct flag, i);

		if (pch && is(flag, "-include"))
			continue;
		if (flag->apart) {
			add_argument(args, flag->name);
			add_argument(args, flag->operand);
		} else {
			g_ptr_array_add(args, flag_text(flag));
		}
	}
	/* No warnings: the user gets warnings from the kernel's own build. */
	add_argument(args, "-w");
	add_argument(args, "-ferror-limit=0");
	/* clang's own headers (arm_neon.h) must come last in the search path. */
	add_argument(args, "-idirafter");
	g_ptr_array_add(args, own_headers());
	return args;
}
