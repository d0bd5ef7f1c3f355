// SPDX-License-Identifier: GPL-2.0-only
/* Loads the .config, walks the Makefiles, and collects the translation units. */
#include "analyzer/index/index_internal.h"

#include <string.h>

#include "analyzer/prepare/prepare.h"
#include "analyzer/prepare/refused.h"
#include "analyzer/base/arch.h"
#include "analyzer/base/tree.h"
#include "db/error.h"

/*
 * Checks that the .config is for the architecture that the build directory was prepared for. The
 * generated headers in the build directory are only right for this architecture.
 */
static bool check_same_arch(const struct index *index, GError **error)
{
	const struct index_options *options = &index->options;
	g_autofree char *path = prepare_effective_config(options->build);
	g_autoptr(kconfig) prepared = options->config ? kconfig_load(path, NULL) : NULL;

	if (!prepared || arch_is_same(kconfig_arch(index->config), kconfig_arch(prepared)))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: for %s, but %s was prepared for %s; name a build directory of that "
		    "architecture with -o",
		    options->config, kconfig_arch(index->config), options->build,
		    kconfig_arch(prepared));
	return false;
}

static bool load_config(struct index *index, GError **error)
{
	const struct index_options *options = &index->options;
	g_autofree char *path = options->config ? g_strdup(options->config)
						: prepare_effective_config(options->build);

	if (!options->config && !g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: no such file; name a prepared build directory with -o, or make "
			    "one with: initlint prepare -k %s -o %s --arch ARCH --defconfig "
			    "defconfig, or --config FILE",
			    path, options->tree, options->build_given ? options->build : "BUILD");
		return false;
	}
	index->config = kconfig_load(path, error);
	return index->config && check_same_arch(index, error);
}

/* Checks that the generated headers exist. Without them, almost all units have errors. */
static bool check_prepared(const struct index *index, GError **error)
{
	const struct index_options *options = &index->options;
	g_autofree char *header =
		g_build_filename(options->build, "include/generated/autoconf.h", NULL);

	if (g_file_test(header, G_FILE_TEST_EXISTS))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: no such file: the generated headers are missing; make them with: "
		    "initlint prepare -k %s -o %s --arch %s --config %s",
		    header, options->tree, options->build_given ? options->build : "BUILD",
		    kbuild_arch(index->kbuild), kconfig_path(index->config));
	return false;
}

/*
 * Returns the C source that make expects for the object @target: "a.c" for "a.o". Free with
 * g_free().
 */
static char *expected_source(const char *target)
{
	size_t len = strlen(target);

	return g_strdup_printf("%.*s.c", (int)(len > 2 ? len - 2 : len), target);
}

static void add_unit(struct index *index, GHashTable *seen, const struct kbuild_object *object,
		     unsigned int rank)
{
	const struct kbuild_source *source = &object->sources[rank];
	struct index_unit unit = { .object = object, .source = source, .rank = rank };
	char *key;

	if (source->source &&
	    (source->language == SOURCE_ASM || source->language == SOURCE_OTHER)) {
		index->n_not_c++;
		return;
	}
	unit.is_rust = source->language == SOURCE_RUST;
	if (!source->source)
		unit.problem = "no source for this object was found";
	unit.path = source->source ? g_strdup(source->source) : expected_source(source->target);
	key = g_strconcat(source->target, "\n", unit.path, NULL);
	if (g_hash_table_add(seen, key))
		g_array_append_val(index->units, unit);
	else
		g_free(unit.path);
}

static void free_unit(gpointer data)
{
	struct index_unit *unit = data;

	g_free(unit->path);
}

static void collect_units(struct index *index)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(index->kbuild, &n);

	index->units = g_array_new(FALSE, FALSE, sizeof(struct index_unit));
	g_array_set_clear_func(index->units, free_unit);
	for (unsigned int i = 0; i < n; i++) {
		if (objects[i].fact.kind == OBJECT_MODULE && !index->options.modules)
			continue;
		for (unsigned int s = 0; s < objects[i].n_sources; s++)
			add_unit(index, seen, &objects[i], s);
	}
}

static void digest(GChecksum *sum, const char *text)
{
	if (text)
		g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text));
	g_checksum_update(sum, (const guchar *)"\n", 1);
}

static void digest_number(GChecksum *sum, unsigned int number)
{
	g_checksum_update(sum, (const guchar *)&number, sizeof(number));
}

static void digest_object(GChecksum *sum, const struct object_fact *object)
{
	digest(sum, object->path);
	digest(sum, object->modname);
	digest_number(sum, object->kind);
	for (const struct place_fact *place = object->place; place; place = place->parent) {
		digest(sum, place->item);
		digest(sum, place->makefile);
		digest(sum, place->condition);
		digest_number(sum, place->line);
		digest_number(sum, place->rank);
	}
}

/*
 * The walk of the Makefiles finds objects, $(shell) calls and other results that index_store()
 * stores without reading a unit. Returns a hash of these results. If the last index run had the
 * same hash, the database already has these results. Free with g_free().
 */
static char *hash_walk(const struct index *index)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(index->kbuild, &n);
	const struct shell_fact *shells;
	const struct kbuild_note *notes;

	for (unsigned int i = 0; i < n; i++)
		digest_object(sum, &objects[i].fact);
	shells = kbuild_shells(index->kbuild, &n);
	for (unsigned int i = 0; i < n; i++) {
		digest(sum, shells[i].makefile);
		digest(sum, shells[i].command);
		digest_number(sum, shells[i].line << 1 | shells[i].matters);
	}
	notes = kbuild_notes(index->kbuild, &n);
	for (unsigned int i = 0; i < n; i++)
		digest_number(sum, notes[i].kind);
	for (guint i = 0; i < index->units->len; i++) {
		const struct index_unit *unit = &g_array_index(index->units, struct index_unit, i);

		digest(sum, unit->path);
		digest(sum, unit->object->fact.path);
		digest(sum, unit->problem);
		digest_number(sum, unit->rank << 1 | unit->is_rust);
	}
	return g_strdup(g_checksum_get_string(sum));
}

bool index_walk(struct index *index, GError **error)
{
	const struct index_options *options = &index->options;
	struct kbuild_options walk = {
		.tree = options->tree,
		.build = options->build,
		.arch = options->arch,
		.flags = true,
		.module_flags = index->options.modules,
	};

	if (!tree_check(options->tree, error) || !load_config(index, error))
		return false;
	index_progress(index, "Makefiles");
	walk.config = index->config;
	index->kbuild = kbuild_walk(&walk, error);
	if (!index->kbuild || !check_prepared(index, error))
		return false;
	index->refused = refused_update(options->tree, options->build, index->kbuild,
					&index->compiler, error);
	if (!index->refused)
		return false;
	collect_units(index);
	index->walk_hash = hash_walk(index);
	index->commit = tree_commit(options->tree);
	if (!index->commit)
		index->commit = g_strdup("");
	return true;
}
