// SPDX-License-Identifier: GPL-2.0-only
/* Computes the link order of vmlinux from the members of its archives. */
#include "analyzer/kbuild/kbuild_internal.h"

#include "db/read_file.h"

struct linker {
	struct kbuild *kbuild;
	GPtrArray *order;   /* struct kbuild_object */
	GHashTable *seen;   /* paths of the objects that are already in @order */
	GHashTable *opened; /* directories whose built-in.a has been added */
};

static void add_object(struct linker *linker, struct kbuild_object *object, enum object_kind kind)
{
	if (!g_hash_table_add(linker->seen, (char *)object->fact.path))
		return;
	object->fact.kind = kind;
	g_ptr_array_add(linker->order, object);
}

static void add_builtin(struct linker *linker, const char *path)
{
	struct kdir *dir = g_hash_table_lookup(linker->kbuild->dirs, path);

	if (!dir || !g_hash_table_add(linker->opened, (char *)dir->path))
		return;
	for (unsigned int i = 0; i < dir->members->len; i++) {
		const struct member *member = dir->members->pdata[i];

		if (member->directory)
			add_builtin(linker, member->directory);
		else
			add_object(linker, member->object, OBJECT_BUILTIN);
	}
}

static void add_lib(struct linker *linker, const char *path, enum object_kind kind)
{
	struct kdir *dir = g_hash_table_lookup(linker->kbuild->dirs, path);

	for (unsigned int i = 0; dir && i < dir->lib->len; i++)
		add_object(linker, ((const struct member *)dir->lib->pdata[i])->object, kind);
}

/* Adds an object that the top Makefile links directly (head-y in old trees). */
static void add_single(struct linker *linker, const char *path)
{
	struct kbuild *kbuild = linker->kbuild;
	struct kbuild_object *object = g_hash_table_lookup(kbuild->singles, path);

	if (!object) {
		kbuild_note(kbuild, NOTE_ERROR,
			    "%s: linked into vmlinux, but its directory was not found", path);
		return;
	}
	object->fact.place = kbuild_top_place(kbuild, path, path, linker->order->len);
	if (!object->fact.place)
		kbuild_note(kbuild, NOTE_DETAIL, "%s: no Makefile line was found that adds it",
			    path);
	add_object(linker, object, OBJECT_BUILTIN);
}

static void add_archive(struct linker *linker, struct word name, enum object_kind lib_kind)
{
	const char *path = kbuild_plain_path(linker->kbuild, name);
	struct word plain = { path, strlen(path) };
	g_autofree char *dir = g_path_get_dirname(path);

	if (word_ends(plain, "built-in.a"))
		add_builtin(linker, dir);
	else if (word_ends(plain, "lib.a"))
		add_lib(linker, dir, lib_kind);
	else if (word_ends(plain, ".o"))
		add_single(linker, path);
	else
		kbuild_note(linker->kbuild, NOTE_DETAIL,
			    "%s: linked into vmlinux, but its members are not known", path);
}

static void add_archives(struct linker *linker, struct word list, enum object_kind lib_kind)
{
	const char *p = list.text, *end = p + list.len;
	struct word word;

	while (next_word(&p, end, &word))
		add_archive(linker, word, lib_kind);
}

/*
 * @patterns are the lines of scripts/head-object-list.txt. Returns true if @path contains one of
 * these lines, as "grep -F -f scripts/head-object-list.txt" does.
 */
static bool is_head(const char *path, char *const *patterns)
{
	for (; *patterns; patterns++)
		if (**patterns && strstr(path, *patterns))
			return true;
	return false;
}

static void move_heads(struct linker *linker)
{
	g_autofree char *file =
		g_build_filename(linker->kbuild->tree, "scripts/head-object-list.txt", NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) patterns = NULL;
	GPtrArray *order = g_ptr_array_new();

	if (!read_file(file, &text, NULL, NULL)) {
		g_ptr_array_unref(order);
		return;
	}
	patterns = g_strsplit(text, "\n", -1);
	for (unsigned int pass = 0; pass < 2; pass++)
		for (unsigned int i = 0; i < linker->order->len; i++) {
			struct kbuild_object *object = linker->order->pdata[i];

			if (is_head(object->fact.path, patterns) == (pass == 0))
				g_ptr_array_add(order, object);
		}
	g_ptr_array_unref(linker->order);
	linker->order = order;
}

void kbuild_link(struct kbuild *kbuild, struct word objs, struct word libs)
{
	struct linker linker = {
		.kbuild = kbuild,
		.order = g_ptr_array_new(),
		.seen = g_hash_table_new(g_str_hash, g_str_equal),
		.opened = g_hash_table_new(g_str_hash, g_str_equal),
	};

	add_archives(&linker, objs, OBJECT_LIB);
	move_heads(&linker);
	add_archives(&linker, libs, OBJECT_LIB_DEMAND);
	for (unsigned int i = 0; i < linker.order->len; i++) {
		struct kbuild_object *object = linker.order->pdata[i];

		object->fact.position = (int)i;
		g_array_append_val(kbuild->objects, *object);
	}
	g_hash_table_remove_all(linker.seen);
	for (unsigned int i = 0; i < kbuild->modules->len; i++) {
		const struct kbuild_object *object = kbuild->modules->pdata[i];

		if (g_hash_table_add(linker.seen, (char *)object->fact.path))
			g_array_append_vals(kbuild->objects, object, 1);
	}
	g_ptr_array_unref(linker.order);
	g_hash_table_unref(linker.seen);
	g_hash_table_unref(linker.opened);
}
