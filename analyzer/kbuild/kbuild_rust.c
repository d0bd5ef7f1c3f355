// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds C sources that include a header generated from a Rust object. initlint does not compile
 * Rust, so the header is missing, and the C source cannot be parsed. kbuild_mark_rust() therefore
 * sets the language of the C source to SOURCE_RUST.
 */
#include "analyzer/kbuild/kbuild_internal.h"

#include "analyzer/base/c_scan.h"
#include "db/read_file.h"

struct includes {
	struct kbuild *kbuild;
	const char *directory; /* directory of the object, as make spells it */
	bool found;
};

static bool has_rust_source(const struct make_recipe *recipe)
{
	for (unsigned int i = 0; i < recipe->prerequisites->len; i++)
		if (word_ends(g_array_index(recipe->prerequisites, struct word, i), ".rs"))
			return true;
	return false;
}

static bool is_rust_object(struct make *make, struct word target)
{
	struct make_recipe recipe;
	bool found = make_find_recipe(make, target, &recipe) && has_rust_source(&recipe);

	make_recipe_clear(&recipe);
	return found;
}

/* True if a rule makes @target from a Rust source or a Rust object. */
static bool is_from_rust(struct make *make, struct word target)
{
	struct make_recipe recipe;
	bool found =
		make_find_recipe(make, target, &recipe) && recipe.rule && has_rust_source(&recipe);

	for (unsigned int i = 0; !found && i < recipe.prerequisites->len; i++) {
		struct word part = g_array_index(recipe.prerequisites, struct word, i);

		found = word_ends(part, ".o") && is_rust_object(make, part);
	}
	make_recipe_clear(&recipe);
	return found;
}

static void take_directive(void *data, const char *keyword, const char *rest)
{
	struct includes *includes = data;
	bool quoted = false;
	g_autofree char *name = NULL, *path = NULL;
	struct word word;

	if (includes->found || strcmp(keyword, "include") != 0)
		return;
	name = scan_include_name(rest, &quoted);
	if (!name || !quoted)
		return;
	path = g_strdup_printf("%s/%s", includes->directory, name);
	word = (struct word){ path, strlen(path) };
	if (!make_find_file(includes->kbuild->make, word).text)
		includes->found = is_from_rust(includes->kbuild->make, word);
}

static bool includes_rust(struct kbuild *kbuild, const struct kbuild_source *source)
{
	static const struct scan_ops ops = { .directive = take_directive };
	g_autofree char *path = g_canonicalize_filename(source->source, kbuild->tree);
	g_autofree char *directory = g_path_get_dirname(source->target);
	g_autofree char *text = NULL;
	struct includes includes = { kbuild, directory, false };
	size_t size;

	if (read_file(path, &text, &size, NULL))
		scan_text(text, size, &ops, &includes);
	return includes.found;
}

static struct kbuild_source *source_at(const struct kbuild_object *object, unsigned int i)
{
	return (struct kbuild_source *)&object->sources[i];
}

void kbuild_mark_rust(struct kbuild *kbuild, const GPtrArray *objects)
{
	bool any = false;

	for (unsigned int i = 0; !any && i < objects->len; i++) {
		const struct kbuild_object *object = objects->pdata[i];

		for (unsigned int s = 0; s < object->n_sources; s++)
			any |= source_at(object, s)->language == SOURCE_RUST;
	}
	for (unsigned int i = 0; any && i < objects->len; i++) {
		const struct kbuild_object *object = objects->pdata[i];

		for (unsigned int s = 0; s < object->n_sources; s++)
			if (source_at(object, s)->language == SOURCE_C &&
			    source_at(object, s)->source &&
			    includes_rust(kbuild, source_at(object, s)))
				source_at(object, s)->language = SOURCE_RUST;
	}
}
