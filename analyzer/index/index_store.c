// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the database: stores the objects and commands that the walk of the Makefiles found, reads
 * stale translation units, and keeps the facts of all other units.
 */
#include "analyzer/index/index_internal.h"

#include <string.h>

#include "analyzer/base/tree.h"
#include "analyzer/kbuild/rust_initcall.h"
#include "db/error.h"

static struct store *open_store(struct index *index, GError **error)
{
	const char *path = index->options.db;
	struct store *store;
	int64_t id[3];

	if (index->old && index->options.temporary)
		store = store_update_temporary(path, error);
	else
		store = index->old ? store_update(path, error) : store_create(path, error);
	/*
	 * This run has now locked the database. But another index run may have replaced the
	 * database after index_open_old() opened it and before this run took the lock.
	 */
	index_identify(path, id);
	if (store && index->old && memcmp(id, index->old_id, sizeof(id)) != 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s: another initlint has just replaced it; run index again", path);
		g_clear_pointer(&store, store_free);
	}
	return store;
}

struct config_writer {
	struct store *store;
	GError *error;
};

static void write_config(const char *symbol, const char *value, G_GNUC_UNUSED const char *quoted,
			 void *data)
{
	struct config_writer *writer = data;

	if (!writer->error)
		store_set_config(writer->store, symbol, value, &writer->error);
}

static bool write_walk(struct index *index, struct store *store, GError **error)
{
	const struct facts_sink *sink = store_sink(store);
	struct config_writer writer = { .store = store };
	const struct kbuild_object *objects;
	const struct shell_fact *shells;
	unsigned int n;

	if (!store_begin_objects(store, error))
		return false;
	objects = kbuild_objects(index->kbuild, &n);
	for (unsigned int i = 0; i < n; i++) {
		const struct fact fact = { .kind = FACT_OBJECT, .object = objects[i].fact };

		if (!facts_take(sink, &fact, error))
			return false;
	}
	shells = kbuild_shells(index->kbuild, &n);
	for (unsigned int i = 0; i < n; i++) {
		const struct fact fact = { .kind = FACT_SHELL, .shell = shells[i] };

		if (!facts_take(sink, &fact, error))
			return false;
	}
	kconfig_foreach(index->config, write_config, &writer);
	if (writer.error)
		g_propagate_error(error, writer.error);
	return !writer.error;
}

/*
 * Updates the facts that are kept from the old database. Removes units that are no longer built.
 * Stores the new states of changed files, and corrects the line numbers of facts from changed
 * headers. Does nothing if there is no old database.
 */
static bool write_differences(struct index *index, struct store *store, GError **error)
{
	if (!index->old)
		return true;
	for (guint i = 0; i < index->stale.gone->len; i++) {
		const struct unit_state *unit = index->stale.gone->pdata[i];

		if (!store_remove_unit(store, unit->target, unit->source, error))
			return false;
	}
	for (guint i = 0; i < index->stale.files->len; i++) {
		const struct stale_file *file =
			&g_array_index(index->stale.files, struct stale_file, i);
		const char *hash = file->content.hash;

		/*
		 * The file exists, but its hash is not computed yet. index_store_contents()
		 * computes the hash later.
		 */
		if (file->content.exists && !*hash)
			hash = NULL;
		if (!store_set_file(store, file->path, hash, file->content.size,
				    file->content.changed_ns, error))
			return false;
	}
	for (guint i = 0; i < index->stale.headers->len; i++) {
		const struct stale_header *header =
			&g_array_index(index->stale.headers, struct stale_header, i);

		if (!store_change_header(store, header->path,
					 (const struct line_move *)header->moves->data,
					 header->moves->len, error))
			return false;
	}
	return true;
}

static bool write_rust(struct index *index, const struct index_unit *unit,
		       const struct unit_fact *fact, const struct facts_sink *sink, GError **error)
{
	const struct index_options *options = &index->options;
	g_autofree char *path = tree_path(options->tree, options->build, unit->path);

	return rust_read(path, fact, sink, error);
}

/* Stores the units that libclang does not read: Rust units and units without a source. */
static bool write_non_c_units(struct index *index, struct store *store, GError **error)
{
	const struct facts_sink *sink = store_sink(store);

	for (guint i = 0; i < index->units->len; i++) {
		const struct index_unit *unit = index_unit_at(index, i);
		struct unit_fact fact = { unit->object->fact.path, unit->source->target, unit->path,
					  index->states[i].flags_hash };
		struct unit_result result = { .mode = UNIT_FAILED, .diagnostic = unit->problem };

		if (unit->problem && (!facts_begin_unit(sink, &fact, error) ||
				      !facts_end_unit(sink, &result, error)))
			return false;
		if (unit->is_rust && !write_rust(index, unit, &fact, sink, error))
			return false;
	}
	return true;
}

/*
 * If fewer than FEW_UNITS units are stale, no shared precompiled header is built. Reading the units
 * without shared headers is then faster: there are about six shared headers, and building one of
 * them takes as long as reading two or three units. The shared headers are built nevertheless if
 * there is no old database, or if stale_result.needs_pch is true.
 */
#define FEW_UNITS 16

static bool read_units(struct index *index, struct store *store, struct extract_stats *stats,
		       const char *known_pch, const bool *stale, GError **error)
{
	const struct index_options *options = &index->options;
	struct extract_options extract = {
		.tree = options->tree,
		.origin = options->origin,
		.build = options->build,
		.build_origin = options->build_origin,
		.jobs = options->jobs,
		.timeout_s = options->timeout_s,
		.known_pch = known_pch,
		.no_pch_build = index->old && !index->stale.needs_pch && index->n_stale < FEW_UNITS,
		.cancel = options->cancel,
		.progress = index->callbacks.progress,
		.progress_data = index->callbacks.data,
	};
	g_autofree struct extract_unit *units = g_new(struct extract_unit, index->units->len + 1);
	unsigned int n = 0;

	for (guint i = 0; i < index->units->len; i++)
		if (index_unit_is_c(index_unit_at(index, i)))
			units[n++] =
				(struct extract_unit){ index_unit_at(index, i)->object,
						       index_unit_at(index, i)->source, stale[i] };
	return extract_units(&extract, units, n, store_sink(store), stats, error);
}

/*
 * An unaffected unit includes a changed header, but no change in the header concerns the unit.
 * Normally the unit is not read again. If a function in the changed header has changed, the new
 * facts of the function come from the shared precompiled headers, and not from the unit. In two
 * cases, the shared headers may lack these facts:
 * - the shared headers include other files than in the last index run, or
 * - a shared header could not be built.
 * In both cases, read_unaffected() reads all unaffected units again.
 */
static bool read_unaffected(struct index *index, struct store *store, GError **error)
{
	const char *choice = query_meta(index->old, "pch_choice");
	g_autofree bool *stale = g_new0(bool, index->units->len + 1);
	struct extract_stats stats = { 0 };
	bool done;

	/*
	 * Few units are stale, so this run has built no shared header (see FEW_UNITS), and it uses
	 * no stored shared header. The database keeps the old facts of the shared headers. The old
	 * facts are still right: if a change could make the old facts wrong, stale_result.needs_pch
	 * would be true, and this run would have built the shared headers.
	 */
	if (!index->stats.pch_key[0] && !index->stats.pch_problem && index->n_stale < FEW_UNITS)
		return true;
	if (!index->stats.pch_problem && strcmp(choice ? choice : "", index->stats.pch_choice) == 0)
		return true;
	for (guint i = 0; i < index->units->len; i++)
		stale[i] = index->states[i].unaffected;
	index->n_stale += index->n_unaffected;
	index->n_unaffected = 0;
	done = read_units(index, store, &stats, index->stats.pch_key, stale, error);
	index->stats.cpu_us += stats.cpu_us;
	extract_stats_clear(&stats);
	return done;
}

static bool read_stale(struct index *index, struct store *store, GError **error)
{
	const char *known_pch = index->old ? query_meta(index->old, "pch_key") : NULL;
	g_autofree bool *stale = g_new0(bool, index->units->len + 1);

	if (!index->n_stale && !index->stale.needs_pch)
		return true;
	for (guint i = 0; i < index->units->len; i++)
		stale[i] = index->states[i].reason != STALE_NOT;
	index->looked_at_pch = true;
	return read_units(index, store, &index->stats, known_pch, stale, error) &&
	       (!index->n_unaffected || read_unaffected(index, store, error));
}

/*
 * Stores the object and the rank of each unit. Units that are not read again are stored too,
 * because they may now belong to another object than in the last index run.
 */
static bool place_units(struct index *index, struct store *store, GError **error)
{
	for (guint i = 0; i < index->units->len; i++) {
		const struct index_unit *unit = index_unit_at(index, i);

		if (!store_place_unit(store, unit->source->target, unit->path,
				      unit->object->fact.path, unit->rank, error))
			return false;
	}
	return true;
}

static unsigned int count_errors(const struct index *index)
{
	unsigned int n;
	unsigned int n_errors = 0;
	const struct kbuild_note *notes = kbuild_notes(index->kbuild, &n);

	for (unsigned int i = 0; i < n; i++)
		n_errors += notes[i].kind == NOTE_ERROR;
	return n_errors;
}

static bool write_meta(struct index *index, struct store *store, GError **error)
{
	const char *pch = index->looked_at_pch ? index->stats.pch_key : "";
	const char *choice = index->looked_at_pch ? index->stats.pch_choice : "";
	g_autofree char *errors = g_strdup_printf("%u", count_errors(index));
	g_autofree char *jobs = g_strdup_printf("%u", index->options.jobs);
	g_autofree char *n_read = g_strdup_printf("%u", index->n_stale);
	const struct {
		const char *key;
		const char *value;
	} meta[] = {
		{ "initlint_version", INITLINT_VERSION },
		{ "reader", stale_reader() },
		{ "version", kbuild_version(index->kbuild) },
		{ "commit", index->commit },
		{ "arch", kbuild_arch(index->kbuild) },
		{ "srcarch", kbuild_srcarch(index->kbuild) },
		{ "config", kconfig_path(index->config) },
		{ "config_hash", kconfig_hash(index->config) },
		{ "backwards", kconfig_reverses_initcalls(index->config) ? "1" : "0" },
		{ "walk_hash", index->walk_hash },
		{ "walk_errors", errors },
		{ "modules", index->options.modules ? "1" : "0" },
		{ "pch_key", *pch ? pch : NULL },
		{ "pch_choice", *choice ? choice : NULL },
		{ "jobs", jobs },
		{ "units_read", n_read },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(meta); i++)
		if (meta[i].value && !store_set_meta(store, meta[i].key, meta[i].value, error))
			return false;
	return true;
}

bool index_store(struct index *index, GError **error)
{
	g_autoptr(store) store = index_is_cancelled(index, error) ? NULL : open_store(index, error);

	if (!store || !write_walk(index, store, error) || !write_differences(index, store, error) ||
	    !write_non_c_units(index, store, error) || !read_stale(index, store, error) ||
	    !place_units(index, store, error) || !index_store_contents(index, store, error) ||
	    !index_store_texts(index, store, error) || !write_meta(index, store, error) ||
	    index_is_cancelled(index, error))
		return false;
	index_progress(index, "the database");
	return store_commit(store, error);
}
