// SPDX-License-Identifier: GPL-2.0-only
/* Finds the module name, the sources and the compiler flags of an object. */
#include "analyzer/kbuild/kbuild_internal.h"

enum { MAX_PARENTS = 8 };

struct search {
	struct kbuild *kbuild;
	struct kbuild_object *object;
	GArray *sources;		  /* struct kbuild_source */
	GHashTable *seen;		  /* char *: targets that have been visited */
	struct word parents[MAX_PARENTS]; /* objects that contain the current target */
	unsigned int n_parents;
};

static void push(struct make *make, const char *name, const char *value, size_t len)
{
	make_push(make, make_symbol(make, name, strlen(name)), make_keep(make, value, len), len);
}

/*
 * Sets the automatic variables ($@, $<, ...) as make does for the rule of @target. The variables
 * stay set until make_pop().
 */
static void push_automatic(struct make *make, struct word target, struct word source,
			   struct word stem)
{
	size_t slash = target.len;

	while (slash && target.text[slash - 1] != '/')
		slash--;
	push(make, "@", target.text, target.len);
	push(make, "<", source.text, source.len);
	push(make, "*", stem.text, stem.len);
	push(make, "^", source.text, source.len);
	push(make, "@F", target.text + slash, target.len - slash);
	push(make, "@D", slash ? target.text : ".", slash ? slash - 1 : 1);
}

/* Returns $(modname) with "_" in place of each "-" and ",", as Kbuild's name-fix does. */
static const char *module_name(struct kbuild *kbuild)
{
	g_autofree char *name = make_value_dup(kbuild->make, "modname");

	return arena_strdup(kbuild->arena, g_strdelimit(name, "-,", '_'));
}

static enum source_language language_of(struct word name)
{
	if (word_ends(name, ".c"))
		return SOURCE_C;
	if (word_ends(name, ".S") || word_ends(name, ".s"))
		return SOURCE_ASM;
	return word_ends(name, ".rs") ? SOURCE_RUST : SOURCE_OTHER;
}

/*
 * Returns the path of the source file @name. A path in the kernel tree is relative to the tree, a
 * path in the build directory begins with "$O/", and any other path is absolute (see db/facts.h).
 * Returns NULL if the file does not exist and no make rule makes the file.
 */
static const char *source_path(struct kbuild *kbuild, struct word name)
{
	struct word found = make_find_file(kbuild->make, name);
	struct make_recipe recipe;
	g_autofree char *path = NULL;
	bool can_be_made;

	if (!found.text) {
		can_be_made = make_find_recipe(kbuild->make, name, &recipe) && recipe.rule;
		make_recipe_clear(&recipe);
		if (!can_be_made)
			return NULL;
		found = name;
	}
	path = make_path(kbuild->make, found.text, found.len);
	return kbuild_fact_path(kbuild, path);
}

static void missing_source(struct search *search, struct word target, const char *why)
{
	const struct place_fact *place = search->object->fact.place;
	struct kbuild_source source = {
		.target = kbuild_plain_path(search->kbuild, target),
		.language = SOURCE_OTHER,
	};

	g_array_append_val(search->sources, source);
	kbuild_note(search->kbuild, NOTE_ERROR, "%s:%u: %s: %s",
		    place && place->makefile ? place->makefile : "Makefile",
		    place ? place->line : 0, source.target, why);
}

static void add_source(struct search *search, struct word target, struct word name,
		       struct word stem)
{
	struct kbuild *kbuild = search->kbuild;
	struct kbuild_source source = { .language = language_of(name) };
	unsigned int mark = make_mark(kbuild->make);
	static const char *const none[] = { NULL };

	source.target = kbuild_plain_path(kbuild, target);
	source.source = source_path(kbuild, name);
	source.args = none;
	/* The sources of the Rust compiler's own crates are not in the tree. Use @name. */
	if (!source.source && source.language == SOURCE_RUST)
		source.source = kbuild_printf(kbuild, "%.*s", (int)name.len, name.text);
	if (!source.source) {
		missing_source(search, target, "its source is missing and no rule makes it");
		return;
	}
	push_automatic(kbuild->make, target, name, stem);
	for (unsigned int i = 0; i < search->n_parents; i++)
		make_push_target(kbuild->make, search->parents[i], true);
	make_push_target(kbuild->make, target, false);
	kbuild_set_args(kbuild,
			source.language == SOURCE_C ? make_value(kbuild->make, "c_flags", NULL)
						    : (struct word){ "", 0 },
			&source);
	make_pop(kbuild->make, mark);
	g_array_append_val(search->sources, source);
}

/* Adds the sources of @target to search->sources. */
static void open_target(struct search *search, struct word target);

/*
 * @target is linked from the objects in @prerequisites. Adds the sources of these objects to
 * search->sources. Returns false if @prerequisites contains no object and no archive, or if objects
 * are nested more than MAX_PARENTS deep.
 */
static bool open_parts(struct search *search, struct word target, const GArray *prerequisites)
{
	bool any = false;

	if (search->n_parents == MAX_PARENTS)
		return false;
	search->parents[search->n_parents++] = target;
	for (unsigned int i = 0; i < prerequisites->len; i++) {
		struct word part = g_array_index(prerequisites, struct word, i);

		if (!word_ends(part, ".o") && !word_ends(part, ".a"))
			continue;
		any = true;
		/* The members of a lib.a are separate objects, and not parts of @target. */
		if (!word_ends(part, "/lib.a"))
			open_target(search, part);
	}
	search->n_parents--;
	return any;
}

static void open_target(struct search *search, struct word target)
{
	struct make_recipe recipe;
	struct word first = { "", 0 };

	if (!g_hash_table_add(search->seen, g_strndup(target.text, target.len)))
		return;
	if (!make_find_recipe(search->kbuild->make, target, &recipe)) {
		make_recipe_clear(&recipe);
		missing_source(search, target, "no source of it was found (.c, .S or .rs)");
		return;
	}
	for (unsigned int i = 0; i < recipe.prerequisites->len; i++) {
		struct word word = g_array_index(recipe.prerequisites, struct word, i);

		if (!word_is(word, "FORCE") && !first.len)
			first = word;
	}
	if (first.len && (language_of(first) != SOURCE_OTHER ||
			  !open_parts(search, target, recipe.prerequisites)))
		add_source(search, target, first, recipe.stem);
	make_recipe_clear(&recipe);
}

/* Returns the part of @target that "%" matches in the pattern $(obj)/%.o: "x" for DIR/x.o. */
static struct word default_stem(struct kbuild *kbuild, struct word target)
{
	struct word dir = make_value(kbuild->make, "obj", NULL), stem = target;

	if (target.len > dir.len + 1 && memcmp(target.text, dir.text, dir.len) == 0 &&
	    target.text[dir.len] == '/')
		stem = (struct word){ target.text + dir.len + 1, target.len - dir.len - 1 };
	if (word_ends(stem, ".o"))
		stem.len -= 2;
	return stem;
}

void kbuild_describe(struct kbuild *kbuild, struct word target, struct kbuild_object *object)
{
	struct search search = { .kbuild = kbuild, .object = object };
	unsigned int mark = make_mark(kbuild->make);

	push_automatic(kbuild->make, target, (struct word){ "", 0 }, default_stem(kbuild, target));
	object->fact.modname = module_name(kbuild);
	make_pop(kbuild->make, mark);
	if (object->fact.kind == OBJECT_MODULE ? !kbuild->options.module_flags
					       : !kbuild->options.flags)
		return;
	search.sources = g_array_new(FALSE, FALSE, sizeof(struct kbuild_source));
	search.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	open_target(&search, target);
	object->n_sources = search.sources->len;
	object->sources =
		arena_alloc(kbuild->arena, search.sources->len * sizeof(struct kbuild_source));
	if (search.sources->len)
		memcpy((void *)object->sources, search.sources->data,
		       search.sources->len * sizeof(struct kbuild_source));
	g_array_unref(search.sources);
	g_hash_table_unref(search.seen);
}
