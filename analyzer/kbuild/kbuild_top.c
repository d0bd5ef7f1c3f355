// SPDX-License-Identifier: GPL-2.0-only
/*
 * Evaluates the top Makefile as "make -f TREE/Makefile vmlinux" does in the build directory. Then
 * walks the directories that the top Makefile lists.
 */
#include "analyzer/kbuild/kbuild_internal.h"

#include "analyzer/base/arch.h"
#include "db/error.h"

/* Limit for evaluations of the top Makefile. All known trees need at most three evaluations. */
enum { MAX_MAKES = 4 };

static bool need(const struct kbuild *kbuild, const char *name, GFileTest test, GError **error)
{
	g_autofree char *path = g_build_filename(kbuild->tree, name, NULL);

	if (g_file_test(path, test))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: no kernel tree: it has no %s; give the top directory of a kernel source "
		    "with -k",
		    kbuild->options.tree, name);
	return false;
}

static bool check_arch(const struct kbuild *kbuild, GError **error)
{
	const struct kconfig *config = kbuild->options.config;
	const char *wanted = kbuild->arch, *configured = kconfig_arch(config);
	g_autofree char *makefile =
		g_build_filename(kbuild->tree, "arch", arch_source(wanted), "Makefile", NULL);

	if (strcmp(arch_source(wanted), arch_source(configured)) != 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: this .config is for ARCH=%s, not for ARCH=%s; give the .config "
			    "of that architecture",
			    kconfig_path(config), configured, wanted);
		return false;
	}
	if (!g_file_test(makefile, G_FILE_TEST_IS_REGULAR)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: the tree has no architecture \"%s\" (arch/%s/Makefile), which %s "
			    "asks for",
			    kbuild->options.tree, wanted, arch_source(wanted),
			    kbuild->options.arch ? "ARCH" : kconfig_path(config));
		return false;
	}
	return true;
}

static bool check_tree(const struct kbuild *kbuild, GError **error)
{
	return need(kbuild, "Makefile", G_FILE_TEST_IS_REGULAR, error) &&
	       need(kbuild, "Kconfig", G_FILE_TEST_IS_REGULAR, error) &&
	       need(kbuild, "arch", G_FILE_TEST_IS_DIR, error) &&
	       need(kbuild, "scripts/Makefile.build", G_FILE_TEST_IS_REGULAR, error) &&
	       check_arch(kbuild, error);
}

static void set_config(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct kbuild *kbuild = data;

	make_set_config(kbuild->make, symbol, kbuild->quoted_config ? quoted : value);
}

/* True if auto.conf has quotes around strings, as in all trees before Linux 5.17. */
static bool has_quoted_config(struct make *make)
{
	g_autofree char *version = make_value_dup(make, "VERSION");
	g_autofree char *patchlevel = make_value_dup(make, "PATCHLEVEL");
	guint64 major = g_ascii_strtoull(version, NULL, 10);

	return major < 5 || (major == 5 && g_ascii_strtoull(patchlevel, NULL, 10) < 17);
}

/*
 * Implements make_hooks.include. Returns true if make must not read the included file. Two kinds of
 * files are not read:
 * - auto.conf: make gets the .config in kbuild->options instead.
 * - .cmd files: they come from an earlier build.
 */
static bool take_include(void *data, struct word text, const char *path)
{
	struct kbuild *kbuild = data;

	if (word_ends(text, ".cmd") || word_ends(text, ".cmd)"))
		return true;
	if (!path || !g_str_has_suffix(path, "/include/config/auto.conf"))
		return false;
	if (!kbuild->version) {
		kbuild->quoted_config = has_quoted_config(kbuild->make);
		kconfig_foreach(kbuild->options.config, set_config, kbuild);
		kbuild->version = make_value_dup(kbuild->make, "KERNELVERSION");
	}
	make_show_config(kbuild->make);
	return true;
}

/*
 * Returns true if the assignments in the Makefile @path must be recorded. Assignments in scripts/
 * are not recorded, because Makefiles in scripts/ only process lists that other Makefiles have
 * filled. So a line in scripts/ is never reported as the line that adds an object.
 */
static bool is_recorded(void *data, const char *path)
{
	struct kbuild *kbuild = data;

	return !g_str_has_prefix(kbuild_fact_path(kbuild, path), "scripts/");
}

static void take_assignment(void *data, const struct make_assigned *assigned)
{
	struct kbuild *kbuild = data;

	events_add(kbuild->events, kbuild->make, assigned);
}

static void take_message(void *data, struct make_place place, const char *text)
{
	kbuild_note(data, NOTE_DETAIL, "%s:%u: %s",
		    place.file ? kbuild_fact_path(data, place.file) : "", place.line, text);
}

static void take_undecided(void *data, struct make_place place, const char *text)
{
	kbuild_note(data, NOTE_UNDECIDED, "%s:%u: %s",
		    place.file ? kbuild_fact_path(data, place.file) : "", place.line, text);
}

/* Sets the variables that make's command line sets, and the variables that make itself sets. */
static void set_environment(struct kbuild *kbuild)
{
	struct make *make = kbuild->make;

	kbuild_set_answers(make);
	make_set_base(make, "ARCH", kbuild->arch, ORIGIN_COMMAND_LINE);
	/* Before Linux 5.3, the top Makefile needs KBUILD_SRC for a separate build directory. */
	if (strcmp(kbuild->tree, kbuild->build) != 0)
		make_set_base(make, "KBUILD_SRC", kbuild->tree, ORIGIN_COMMAND_LINE);
	make_set_base(make, "MAKEFLAGS", "rR --no-print-directory", ORIGIN_ENVIRONMENT);
	make_set_base(make, "MAKECMDGOALS", "vmlinux", ORIGIN_DEFAULT);
}

static struct word top_value(struct kbuild *kbuild, const char *name)
{
	unsigned int taint = 0;
	struct word value = make_value(kbuild->make, name, &taint);

	make_taint_matters(kbuild->make, taint);
	return value;
}

/*
 * The variables in names_of_objects list the objects of vmlinux. The variables in
 * names_of_directories list the directories to enter. The names depend on the kernel version. The
 * newest names come first. If a tree sets a variable with a new name and a variable with an old
 * name, the variable with the old name has only a part of the list.
 */
static const char *const names_of_objects[] = { "KBUILD_VMLINUX_OBJS",
						"KBUILD_VMLINUX_INIT KBUILD_VMLINUX_MAIN", NULL };
static const char *const names_of_directories[] = { "build-dir", "build-dirs", "vmlinux-dirs",
						    NULL };

/*
 * An entry of @names is one variable name, or several variable names with blanks between them.
 * Searches for the first entry with a variable that is not empty. Returns the values of all
 * variables in this entry as one list. Returns an empty word if all variables are empty.
 */
static struct word top_lists(struct kbuild *kbuild, const char *const *names)
{
	for (; *names; names++) {
		g_auto(GStrv) parts = g_strsplit(*names, " ", -1);
		g_autoptr(GString) text = g_string_new(NULL);

		for (char **part = parts; *part; part++) {
			struct word value = top_value(kbuild, *part);

			g_string_append_len(text, value.text, (gssize)value.len);
			g_string_append_c(text, ' ');
		}
		if (strip(text->str, text->len).len)
			return (struct word){ arena_strdup(kbuild->arena, text->str), text->len };
	}
	return (struct word){ "", 0 };
}

/*
 * Adds the directory of each lib.a in @list to kbuild->libs, and each object in @list to
 * kbuild->singles. kbuild_walk_dir() needs kbuild->libs and kbuild->singles.
 */
static void note_archives(struct kbuild *kbuild, struct word list)
{
	const char *p = list.text, *end = p + list.len;
	struct word word;

	while (next_word(&p, end, &word)) {
		const char *path = kbuild_plain_path(kbuild, word);

		if (g_str_has_suffix(path, "/lib.a"))
			g_hash_table_add(kbuild->libs, g_path_get_dirname(path));
		else if (g_str_has_suffix(path, ".o"))
			g_hash_table_insert(kbuild->singles, (char *)path, NULL);
	}
}

static bool walk_list(struct kbuild *kbuild, struct word list)
{
	const char *p = list.text, *end = p + list.len;
	unsigned int rank = 0;
	struct word word;

	while (next_word(&p, end, &word)) {
		const char *path = kbuild_plain_path(kbuild, word);
		const char *item = kbuild_printf(kbuild, "%s/", path);
		const struct place_fact *place =
			strcmp(path, ".") == 0 ? NULL : kbuild_top_place(kbuild, item, item, rank);

		rank++;
		if (!kbuild_walk_dir(kbuild, path, true, true, place))
			return false;
	}
	return true;
}

/*
 * Walks the directories in kbuild->libs that have not been walked yet. Returns false if
 * kbuild_walk_dir() fails.
 */
static bool walk_libs(struct kbuild *kbuild)
{
	GHashTableIter iter;
	void *path;

	g_hash_table_iter_init(&iter, kbuild->libs);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		if (!g_hash_table_contains(kbuild->dirs, path) &&
		    !kbuild_walk_dir(kbuild, path, false, false, NULL))
			return false;
	return true;
}

/* The values of the lists that the top Makefile sets. */
struct top {
	/* Archives and objects in link order. @libs is linked after @objs. */
	struct word objs, libs;
	struct word dirs; /* directories to enter */
};

static bool evaluate_once(struct kbuild *kbuild, const char *makefile, struct top *top)
{
	make_begin(kbuild->make, false);
	g_clear_pointer(&kbuild->events, events_free);
	kbuild->events = events_new();
	if (!make_read(kbuild->make, makefile))
		return false;
	top->objs = top_lists(kbuild, names_of_objects);
	top->dirs = top_lists(kbuild, names_of_directories);
	top->libs = top_value(kbuild, "KBUILD_VMLINUX_LIBS");
	return true;
}

static bool is_complete(const struct kbuild *kbuild, const struct top *top)
{
	return kbuild->version && top->objs.len && top->dirs.len;
}

/*
 * The first make of a build reads its command line, exports variables, and starts a second make on
 * the same Makefile. The second make may start a third make. Only the last make sets the variables
 * that struct top contains. So evaluate_top() evaluates the top Makefile repeatedly until these
 * variables are set, at most MAX_MAKES times. Returns false, with @error set, if an evaluation
 * fails or if the variables are still not set.
 */
static bool evaluate_top(struct kbuild *kbuild, struct top *top, GError **error)
{
	g_autofree char *makefile = g_build_filename(kbuild->tree, "Makefile", NULL);

	for (unsigned int level = 0; level < MAX_MAKES; level++) {
		g_autofree char *number = g_strdup_printf("%u", level);
		struct environment *env;

		make_set_base(kbuild->make, "MAKELEVEL", number, ORIGIN_ENVIRONMENT);
		if (!evaluate_once(kbuild, makefile, top))
			return !make_take_error(kbuild->make, error);
		if (is_complete(kbuild, top))
			return true;
		env = environment_take(kbuild->make, kbuild->arena);
		environment_swap(env);
		environment_free(env);
	}
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: does not say what vmlinux is made of: expected %s in it; initlint "
		    "knows trees from 4.19 on",
		    makefile,
		    !kbuild->version ? "an include of include/config/auto.conf"
		    : !top->objs.len ? "KBUILD_VMLINUX_OBJS"
				     : "build-dir");
	return false;
}

bool kbuild_walk_top(struct kbuild *kbuild, GError **error)
{
	struct make_hooks hooks = { kbuild,	  is_recorded,	take_assignment,
				    take_include, take_message, take_undecided };
	struct environment *env;
	struct top top;
	bool ok;

	if (!check_tree(kbuild, error))
		return false;
	kbuild->make = make_new(kbuild->build, kbuild->tree, &hooks);
	set_environment(kbuild);
	if (!evaluate_top(kbuild, &top, error))
		return false;
	make_taint_matters(kbuild->make, make_include_taint(kbuild->make));
	kbuild->srcarch = make_value_dup(kbuild->make, "SRCARCH");
	events_index(kbuild, kbuild->events);
	kbuild->top = g_steal_pointer(&kbuild->events);
	note_archives(kbuild, top.objs);
	note_archives(kbuild, top.libs);
	env = environment_take(kbuild->make, kbuild->arena);
	make_begin(kbuild->make, true);
	environment_swap(env);
	ok = walk_list(kbuild, top.dirs) && walk_libs(kbuild);
	environment_free(env);
	if (!ok || make_error(kbuild->make))
		return !make_take_error(kbuild->make, error);
	kbuild_link(kbuild, top.objs, top.libs);
	return true;
}
