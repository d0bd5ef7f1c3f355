// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walks one directory: evaluates scripts/Makefile.build as the sub-make of the directory does,
 * reads the resulting lists of objects and subdirectories, and then walks the subdirectories. The
 * subdirectories inherit the variables that the directory exports.
 */
#include "analyzer/kbuild/kbuild_internal.h"

static const char *const lists_of_builtin[] = { "obj-y", NULL };
static const char *const lists_of_lib[] = { "lib-y", "lib-m", NULL };
/* A line may add a subdirectory with modules to obj-m or to obj-y. */
static const char *const lists_of_module[] = { "obj-m", "obj-y", NULL };

/* A subdirectory for which make starts a sub-make. */
struct child {
	const char *path;
	bool builtin, modorder; /* the sub-make's need-builtin and need-modorder */
	const struct place_fact *place;
};

struct dir_walk {
	struct kbuild *kbuild;
	struct kdir *dir;
	GArray *children;   /* struct child */
	GPtrArray *objects; /* struct kbuild_object: all objects of the directory */
};

static void evaluate(struct kbuild *kbuild, const char *path, bool builtin, bool modorder)
{
	struct make *make = kbuild->make;
	g_autofree char *script = g_build_filename(kbuild->tree, "scripts/Makefile.build", NULL);

	make_begin(make, false);
	g_clear_pointer(&kbuild->events, events_free);
	kbuild->events = events_new();
	make_set_base(make, "obj", path, ORIGIN_COMMAND_LINE);
	make_set_base(make, "need-builtin", builtin ? "1" : "", ORIGIN_COMMAND_LINE);
	make_set_base(make, "need-modorder", modorder ? "1" : "", ORIGIN_COMMAND_LINE);
	make_set_base(make, "MAKECMDGOALS", "", ORIGIN_DEFAULT);
	make_read(make, script);
}

/* Returns @target as the Makefile of @dir spells @target: "dd.o" for "drivers/base/dd.o". */
static struct word local_name(const struct kdir *dir, struct word target)
{
	size_t n = strlen(dir->path);

	if (strcmp(dir->path, ".") != 0 && target.len > n && target.text[n] == '/' &&
	    memcmp(target.text, dir->path, n) == 0)
		return (struct word){ target.text + n + 1, target.len - n - 1 };
	return target;
}

static struct kbuild_object *new_object(struct dir_walk *walk, struct word target,
					struct placer *placer, enum object_kind kind)
{
	struct kbuild *kbuild = walk->kbuild;
	struct kbuild_object *object = arena_new0(kbuild->arena, struct kbuild_object);

	object->fact.path = kbuild_plain_path(kbuild, target);
	object->fact.kind = kind;
	object->fact.position = -1;
	object->fact.place = placer_find(placer, local_name(walk->dir, target), object->fact.path);
	kbuild_describe(kbuild, target, object);
	g_ptr_array_add(walk->objects, object);
	return object;
}

static struct child *find_child(struct dir_walk *walk, const char *path)
{
	struct child child = { .path = path };

	for (unsigned int i = 0; i < walk->children->len; i++) {
		struct child *known = &g_array_index(walk->children, struct child, i);

		if (strcmp(known->path, path) == 0)
			return known;
	}
	g_array_append_val(walk->children, child);
	return &g_array_index(walk->children, struct child, walk->children->len - 1);
}

/*
 * @target is the path DIR/SUB/FILE, and @file is FILE. Adds a child for DIR/SUB to walk->children,
 * unless the child is there already. If child->place is NULL, sets child->place to the place of SUB
 * in the Makefile of DIR. Returns the child, which is valid until another child is added.
 */
static struct child *add_child(struct dir_walk *walk, struct word target, const char *file,
			       struct placer *placer)
{
	struct word dir = { target.text, target.len - strlen(file) - 1 };
	struct child *child = find_child(walk, kbuild_plain_path(walk->kbuild, dir));

	if (!child->place) {
		struct word local = local_name(walk->dir, dir);

		local.len++; /* add the slash: a Makefile lists "SUB/" */
		child->place =
			placer_find(placer, local, kbuild_printf(walk->kbuild, "%s/", child->path));
	}
	return child;
}

/* Returns the words of @list as struct word, without duplicates. Free with g_array_unref(). */
static GArray *unique_words(struct word list)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(struct word));
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *p = list.text, *end = p + list.len;
	struct word word;

	while (next_word(&p, end, &word))
		if (g_hash_table_add(seen, g_strndup(word.text, word.len)))
			g_array_append_val(words, word);
	return words;
}

static void read_builtin(struct dir_walk *walk)
{
	struct make *make = walk->kbuild->make;
	unsigned int taint = 0;
	g_autoptr(GArray) words = unique_words(make_value(make, "real-obj-y", &taint));
	struct placer *placer =
		placer_new(walk->kbuild, walk->dir->path, walk->dir->place, lists_of_builtin);

	make_taint_matters(make, taint);
	for (unsigned int i = 0; i < words->len; i++) {
		struct word word = g_array_index(words, struct word, i);
		struct member *member = arena_new0(walk->kbuild->arena, struct member);

		if (word_ends(word, "/built-in.a")) {
			struct child *child = add_child(walk, word, "built-in.a", placer);

			child->builtin = true;
			member->directory = child->path;
		} else {
			member->object = new_object(walk, word, placer, OBJECT_BUILTIN);
		}
		g_ptr_array_add(walk->dir->members, member);
	}
	placer_free(placer);
}

static void read_lib(struct dir_walk *walk)
{
	struct make *make = walk->kbuild->make;
	unsigned int taint = 0;
	g_autoptr(GArray) words = unique_words(make_value(make, "lib-y", &taint));
	struct placer *placer =
		placer_new(walk->kbuild, walk->dir->path, walk->dir->place, lists_of_lib);

	make_taint_matters(make, taint);
	for (unsigned int i = 0; i < words->len; i++) {
		struct member *member = arena_new0(walk->kbuild->arena, struct member);

		member->object =
			new_object(walk, g_array_index(words, struct word, i), placer, OBJECT_LIB);
		g_ptr_array_add(walk->dir->lib, member);
	}
	placer_free(placer);
}

static void read_modules(struct dir_walk *walk)
{
	struct make *make = walk->kbuild->make;
	unsigned int taint = 0;
	g_autoptr(GArray) words = unique_words(make_value(make, "real-obj-m", &taint));
	g_autoptr(GArray) listed = unique_words(make_value(make, "obj-m", &taint));
	/* Before Linux 5.8, the modules.order files are in the variable "modorder", not "obj-m". */
	g_autoptr(GArray) ordered = unique_words(make_value(make, "modorder", &taint));
	struct placer *placer =
		placer_new(walk->kbuild, walk->dir->path, walk->dir->place, lists_of_module);

	make_taint_matters(make, taint);
	for (unsigned int i = 0; i < words->len; i++) {
		struct word word = g_array_index(words, struct word, i);

		if (word_ends(word, ".o"))
			g_ptr_array_add(walk->kbuild->modules,
					new_object(walk, word, placer, OBJECT_MODULE));
	}
	g_array_append_vals(listed, ordered->data, ordered->len);
	for (unsigned int i = 0; i < listed->len; i++) {
		struct word word = g_array_index(listed, struct word, i);
		static const char order[] = "modules.order";
		struct word dir = { word.text, word.len - MIN(word.len, sizeof(order)) };

		if (!word_ends(word, "/modules.order"))
			continue;
		/* If read_builtin() has set the place of the directory, keep the place. */
		if (find_child(walk, kbuild_plain_path(walk->kbuild, dir))->place)
			find_child(walk, kbuild_plain_path(walk->kbuild, dir))->modorder = true;
		else
			add_child(walk, word, order, placer)->modorder = true;
	}
	placer_free(placer);
}

/* Adds the subdirectories in "subdir-ym" that walk->children does not contain yet. */
static void read_other_dirs(struct dir_walk *walk)
{
	unsigned int taint = 0;
	g_autoptr(GArray) words = unique_words(make_value(walk->kbuild->make, "subdir-ym", &taint));

	make_taint_matters(walk->kbuild->make, taint);
	for (unsigned int i = 0; i < words->len; i++)
		find_child(walk,
			   kbuild_plain_path(walk->kbuild, g_array_index(words, struct word, i)));
}

/*
 * In old trees, the top Makefile links some objects directly (head-y). kbuild->singles has the
 * paths of these objects. For each path in the directory walk->dir, sets the value in
 * kbuild->singles to a new struct kbuild_object.
 */
static void read_singles(struct dir_walk *walk)
{
	struct kbuild *kbuild = walk->kbuild;
	GHashTableIter iter;
	void *path;

	g_hash_table_iter_init(&iter, kbuild->singles);
	while (g_hash_table_iter_next(&iter, &path, NULL)) {
		g_autofree char *dir = g_path_get_dirname(path);
		struct kbuild_object *object;

		if (strcmp(dir, walk->dir->path) != 0)
			continue;
		object = arena_new0(kbuild->arena, struct kbuild_object);
		object->fact.path = path;
		object->fact.position = -1;
		kbuild_describe(kbuild, (struct word){ path, strlen(path) }, object);
		g_hash_table_iter_replace(&iter, object);
	}
}

static bool walk_children(struct dir_walk *walk)
{
	struct environment *env = environment_take(walk->kbuild->make, walk->kbuild->arena);
	bool ok = true;

	environment_swap(env);
	for (unsigned int i = 0; ok && i < walk->children->len; i++) {
		struct child *child = &g_array_index(walk->children, struct child, i);

		ok = kbuild_walk_dir(walk->kbuild, child->path, child->builtin, child->modorder,
				     child->place ? child->place : walk->dir->place);
	}
	environment_swap(env);
	environment_free(env);
	return ok;
}

bool kbuild_walk_dir(struct kbuild *kbuild, const char *path, bool builtin, bool modorder,
		     const struct place_fact *place)
{
	struct kdir *dir = g_hash_table_lookup(kbuild->dirs, path);
	struct dir_walk walk = { .kbuild = kbuild };
	bool ok;

	/* Evaluate a directory again only if @builtin or @modorder is true for the first time. */
	if (dir && (dir->builtin || !builtin) && (dir->modorder || !modorder))
		return true;
	if (!dir) {
		dir = arena_new0(kbuild->arena, struct kdir);
		dir->path = kbuild_printf(kbuild, "%s", path);
		g_hash_table_insert(kbuild->dirs, (char *)dir->path, dir);
		dir->members = g_ptr_array_new();
		dir->lib = g_ptr_array_new();
	}
	g_ptr_array_set_size(dir->members, 0);
	g_ptr_array_set_size(dir->lib, 0);
	dir->place = place;
	dir->builtin = builtin = builtin || dir->builtin;
	dir->modorder = modorder = modorder || dir->modorder;
	walk.dir = dir;
	evaluate(kbuild, path, builtin, modorder);
	if (make_error(kbuild->make))
		return false;
	walk.objects = g_ptr_array_new();
	walk.children = g_array_new(FALSE, FALSE, sizeof(struct child));
	make_taint_matters(kbuild->make, make_include_taint(kbuild->make));
	if (builtin)
		read_builtin(&walk);
	if (builtin || g_hash_table_contains(kbuild->libs, path))
		read_lib(&walk);
	if (modorder)
		read_modules(&walk);
	read_singles(&walk);
	read_other_dirs(&walk);
	kbuild_mark_rust(kbuild, walk.objects);
	ok = !make_error(kbuild->make) && walk_children(&walk);
	g_array_unref(walk.children);
	g_ptr_array_unref(walk.objects);
	return ok;
}
