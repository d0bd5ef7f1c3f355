// SPDX-License-Identifier: GPL-2.0-only
/* What is to be indexed: the configuration, the walk, the compilations. */
#include "cli/index/index_job.h"
#include "cli/judge/db_match.h"

#include <string.h>

#include "analyzer/prepare/prepare.h"
#include "analyzer/prepare/refused.h"
#include "analyzer/base/tree.h"
#include "db/error.h"

/* The headers in the build directory are of the architecture that it was prepared for. */
static bool check_same_arch(const struct index_job *job, GError **error)
{
	const struct common_options *common = &job->options->common;
	g_autofree char *path = prepare_effective_config(common->build);
	g_autoptr(kconfig) prepared = job->options->config ? kconfig_load(path, NULL) : NULL;

	if (!prepared || arch_is_same(kconfig_arch(job->config), kconfig_arch(prepared)))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: for %s, but %s was prepared for %s; name a build directory of that "
		    "architecture with -o",
		    job->options->config, kconfig_arch(job->config), common->build,
		    kconfig_arch(prepared));
	return false;
}

static bool load_config(struct index_job *job, GError **error)
{
	const struct common_options *common = &job->options->common;
	g_autofree char *path = job->options->config ? g_strdup(job->options->config)
						     : prepare_effective_config(common->build);

	if (!job->options->config && !g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: no such file; name a prepared build directory with -o, or make "
			    "one with: initlint prepare -k %s -o %s --arch ARCH --defconfig "
			    "defconfig, or --config FILE",
			    path, common->tree, common->build_given ? common->build : "BUILD");
		return false;
	}
	job->config = kconfig_load(path, error);
	return job->config && check_same_arch(job, error);
}

/* Without generated headers next to nothing could be read. */
static bool check_prepared(const struct index_job *job, GError **error)
{
	const struct common_options *common = &job->options->common;
	g_autofree char *header =
		g_build_filename(common->build, "include/generated/autoconf.h", NULL);

	if (g_file_test(header, G_FILE_TEST_EXISTS))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: no such file: the generated headers are missing; make them with: "
		    "initlint prepare -k %s -o %s --arch %s --config %s",
		    header, common->tree, common->build_given ? common->build : "BUILD",
		    kbuild_arch(job->kbuild), kconfig_path(job->config));
	return false;
}

/* The source that make would have asked for. */
static char *expected_source(const char *target)
{
	size_t len = strlen(target);

	return g_strdup_printf("%.*s.c", (int)(len > 2 ? len - 2 : len), target);
}

static void add_unit(struct index_job *job, GHashTable *seen, const struct kbuild_object *object,
		     unsigned int rank)
{
	const struct kbuild_source *source = &object->sources[rank];
	struct index_unit unit = { .object = object, .source = source, .rank = rank };
	char *key;

	if (source->source &&
	    (source->language == SOURCE_ASM || source->language == SOURCE_OTHER)) {
		job->n_not_c++;
		return;
	}
	unit.is_rust = source->language == SOURCE_RUST;
	if (!source->source)
		unit.problem = "no source for this object was found";
	unit.path = source->source ? g_strdup(source->source) : expected_source(source->target);
	key = g_strconcat(source->target, "\n", unit.path, NULL);
	if (g_hash_table_add(seen, key))
		g_array_append_val(job->units, unit);
	else
		g_free(unit.path);
}

static void free_unit(gpointer data)
{
	struct index_unit *unit = data;

	g_free(unit->path);
}

static void collect_units(struct index_job *job)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(job->kbuild, &n);

	job->units = g_array_new(FALSE, FALSE, sizeof(struct index_unit));
	g_array_set_clear_func(job->units, free_unit);
	for (unsigned int i = 0; i < n; i++) {
		if (objects[i].fact.kind == OBJECT_MODULE && !job->options->modules)
			continue;
		for (unsigned int s = 0; s < objects[i].n_sources; s++)
			add_unit(job, seen, &objects[i], s);
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

/* Equal hashes: objects, shells and units that are not read would be stored as they are. */
static char *hash_walk(const struct index_job *job)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(job->kbuild, &n);
	const struct shell_fact *shells;
	const struct kbuild_note *notes;

	for (unsigned int i = 0; i < n; i++)
		digest_object(sum, &objects[i].fact);
	shells = kbuild_shells(job->kbuild, &n);
	for (unsigned int i = 0; i < n; i++) {
		digest(sum, shells[i].makefile);
		digest(sum, shells[i].command);
		digest_number(sum, shells[i].line << 1 | shells[i].matters);
	}
	notes = kbuild_notes(job->kbuild, &n);
	for (unsigned int i = 0; i < n; i++)
		digest_number(sum, notes[i].kind);
	for (guint i = 0; i < job->units->len; i++) {
		const struct index_unit *unit = &g_array_index(job->units, struct index_unit, i);

		digest(sum, unit->path);
		digest(sum, unit->object->fact.path);
		digest(sum, unit->problem);
		digest_number(sum, unit->rank << 1 | unit->is_rust);
	}
	return g_strdup(g_checksum_get_string(sum));
}

bool index_walk(struct index_job *job, GError **error)
{
	const struct common_options *common = &job->options->common;
	struct kbuild_options options = {
		.tree = common->tree,
		.build = common->build,
		.arch = common->arch,
		.flags = true,
		.module_flags = job->options->modules,
	};

	if (!tree_check(common->tree, error) || !load_config(job, error))
		return false;
	progress_update(job->progress, 0, 0, "Makefiles");
	options.config = job->config;
	job->kbuild = kbuild_walk(&options, error);
	if (!job->kbuild || !check_prepared(job, error))
		return false;
	job->refused =
		refused_update(common->tree, common->build, job->kbuild, &job->compiler, error);
	if (!job->refused)
		return false;
	collect_units(job);
	job->walk_hash = hash_walk(job);
	job->commit = tree_commit(common->tree);
	if (!job->commit)
		job->commit = g_strdup("");
	return true;
}
