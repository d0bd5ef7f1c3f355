// SPDX-License-Identifier: GPL-2.0-only
/* From the walk to the database: what is stale is read, the rest is kept. */
#include "cli/index/index_job.h"

#include <string.h>
#include <sys/stat.h>

#include "analyzer/reindex/header_text.h"
#include "analyzer/kbuild/rust_initcall.h"
#include "analyzer/base/tree.h"
#include "cli/judge/db_match.h"
#include "db/error.h"
#include "db/store/store.h"

/* Tells whether the database is still the file that was opened. */
static void identify(const char *path, int64_t id[3])
{
	struct stat st;

	memset(id, 0, 3 * sizeof(*id));
	if (stat(path, &st) != 0)
		return;
	id[0] = (int64_t)st.st_dev;
	id[1] = (int64_t)st.st_ino;
	id[2] = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
}

/* An earlier index is of use if it was made the same way, of the same architecture. */
static bool can_continue(struct index_job *job, struct query *old)
{
	const char *reader = query_meta(old, "reader");
	const char *arch = query_meta(old, "arch");

	if (g_strcmp0(reader, stale_reader()) != 0) {
		command_warn("index", "%s: was made by %s, this is %s; everything is read again",
			     job->options->common.db, reader ? reader : "?", stale_reader());
		return false;
	}
	if (!arch || !arch_is_same(arch, kbuild_arch(job->kbuild))) {
		command_warn("index", "%s: was made for %s, now %s; everything is read again",
			     job->options->common.db, arch ? arch : "?", kbuild_arch(job->kbuild));
		return false;
	}
	return true;
}

static void tell_difference(const struct index_job *job, struct query *old, const char *key,
			    const char *what, const char *now)
{
	const char *was = query_meta(old, key);

	if (g_strcmp0(was, now) != 0 && !job->options->quiet)
		command_warn("index", "%s: %s is another than at the last index (%.12s, was %.12s)",
			     job->options->common.db, what, now, was ? was : "none");
}

static void open_old(struct index_job *job)
{
	const char *path = job->options->common.db;
	g_autoptr(GError) error = NULL;
	g_autoptr(query) old = NULL;

	if (job->options->full || !g_file_test(path, G_FILE_TEST_EXISTS))
		return;
	identify(path, job->old_id);
	old = query_open(path, &error);
	if (!old) {
		/* A newer one, too, is refused when it is to be written. */
		command_warn("index", "%s", error->message);
		return;
	}
	if (!can_continue(job, old))
		return;
	tell_difference(job, old, "version", "the kernel version", kbuild_version(job->kbuild));
	tell_difference(job, old, "config_hash", "the configuration", kconfig_hash(job->config));
	job->old = g_steal_pointer(&old);
}

static const struct index_unit *unit_at(const struct index_job *job, guint i)
{
	return &g_array_index(job->units, struct index_unit, i);
}

/* A damaged database is no obstacle to a new one. */
static void find_stale(struct index_job *job)
{
	const struct common_options *common = &job->options->common;
	g_autoptr(GError) error = NULL;

	job->states = g_new0(struct stale_unit, job->units->len + 1);
	for (guint i = 0; i < job->units->len; i++) {
		const struct index_unit *unit = unit_at(job, i);
		const char *flags = unit->source->flags_hash;

		job->states[i] = (struct stale_unit){
			unit->source->target, unit->path, flags ? flags : "", STALE_NEW, false,
			unit->source->args
		};
	}
	progress_update(job->progress, 0, 0, "what has changed");
	if (job->old && !stale_check(job->old, common->tree, common->build, job->jobs, job->states,
				     job->units->len, &job->stale, &error)) {
		command_warn("index", "%s; everything is read anew", error->message);
		stale_result_clear(&job->stale);
		g_clear_pointer(&job->old, query_free);
		for (guint i = 0; i < job->units->len; i++) {
			job->states[i].reason = STALE_NEW;
			job->states[i].unaffected = false;
		}
	}
	for (guint i = 0; i < job->units->len; i++)
		job->n_stale +=
			index_unit_is_c(unit_at(job, i)) && job->states[i].reason != STALE_NOT;
	for (guint i = 0; i < job->units->len; i++)
		job->n_unaffected += job->states[i].unaffected;
}

/* Nothing that the database holds would come out differently. */
static bool is_up_to_date(const struct index_job *job)
{
	return job->old && !job->n_stale && !job->stale.gone->len && !job->stale.files->len &&
	       g_strcmp0(query_meta(job->old, "walk_hash"), job->walk_hash) == 0 &&
	       g_strcmp0(query_meta(job->old, "config_hash"), kconfig_hash(job->config)) == 0 &&
	       g_strcmp0(query_meta(job->old, "version"), kbuild_version(job->kbuild)) == 0 &&
	       g_strcmp0(query_meta(job->old, "commit"), job->commit) == 0;
}

/* What bears our default name is ours, however damaged; what --db names might be anything. */
static bool may_replace(const struct common_options *common, GError **error)
{
	g_autofree char *default_db = g_build_filename(common->build, "initlint.db", NULL);

	return strcmp(common->db, default_db) == 0 || store_is_ours(common->db, error);
}

static struct store *open_store(struct index_job *job, GError **error)
{
	const char *path = job->options->common.db;
	struct store *store;
	int64_t id[3];

	if (job->old && job->options->temporary)
		store = store_update_temporary(path, error);
	else
		store = job->old ? store_update(path, error) : store_create(path, error);
	/* Another index may have ended between our look at the database and our lock on it. */
	identify(path, id);
	if (store && job->old && memcmp(id, job->old_id, sizeof(id)) != 0) {
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

static bool write_walk(struct index_job *job, struct store *store, GError **error)
{
	const struct facts_sink *sink = store_sink(store);
	struct config_writer writer = { .store = store };
	const struct kbuild_object *objects;
	const struct shell_fact *shells;
	unsigned int n;

	if (!store_begin_objects(store, error))
		return false;
	objects = kbuild_objects(job->kbuild, &n);
	for (unsigned int i = 0; i < n; i++) {
		const struct fact fact = { .kind = FACT_OBJECT, .object = objects[i].fact };

		if (!facts_take(sink, &fact, error))
			return false;
	}
	shells = kbuild_shells(job->kbuild, &n);
	for (unsigned int i = 0; i < n; i++) {
		const struct fact fact = { .kind = FACT_SHELL, .shell = shells[i] };

		if (!facts_take(sink, &fact, error))
			return false;
	}
	kconfig_foreach(job->config, write_config, &writer);
	if (writer.error)
		g_propagate_error(error, writer.error);
	return !writer.error;
}

/* What is no longer so: units that are gone, contents of files that differ. */
static bool write_differences(struct index_job *job, struct store *store, GError **error)
{
	if (!job->old)
		return true;
	for (guint i = 0; i < job->stale.gone->len; i++) {
		const struct unit_state *unit = job->stale.gone->pdata[i];

		if (!store_remove_unit(store, unit->target, unit->source, error))
			return false;
	}
	for (guint i = 0; i < job->stale.files->len; i++) {
		const struct stale_file *file =
			&g_array_index(job->stale.files, struct stale_file, i);
		const char *hash = file->content.hash;

		/* Not hashed yet: done with the files that are new. */
		if (file->content.exists && !*hash)
			hash = NULL;
		if (!store_set_file(store, file->path, hash, file->content.size,
				    file->content.mtime_ns, error))
			return false;
	}
	for (guint i = 0; i < job->stale.headers->len; i++) {
		const struct stale_header *header =
			&g_array_index(job->stale.headers, struct stale_header, i);

		if (!store_change_header(store, header->path,
					 (const struct line_move *)header->moves->data,
					 header->moves->len, error))
			return false;
	}
	return true;
}

static bool write_rust(struct index_job *job, const struct index_unit *unit,
		       const struct unit_fact *fact, const struct facts_sink *sink, GError **error)
{
	const struct common_options *common = &job->options->common;
	g_autofree char *path = tree_path(common->tree, common->build, unit->path);

	return rust_read(path, fact, sink, error);
}

/* What the front end does not read is on record as such. */
static bool write_others(struct index_job *job, struct store *store, GError **error)
{
	const struct facts_sink *sink = store_sink(store);

	for (guint i = 0; i < job->units->len; i++) {
		const struct index_unit *unit = unit_at(job, i);
		struct unit_fact fact = { unit->object->fact.path, unit->source->target, unit->path,
					  job->states[i].flags_hash };
		struct unit_result result = { .mode = UNIT_FAILED, .diagnostic = unit->problem };

		if (unit->problem && (!facts_begin_unit(sink, &fact, error) ||
				      !facts_end_unit(sink, &result, error)))
			return false;
		if (unit->is_rust && !write_rust(job, unit, &fact, sink, error))
			return false;
	}
	return true;
}

/*
 * Fewer units than this are read sooner without the shared headers than these are built
 * again: half a dozen of them, each in two or three times the time of a unit.
 */
#define FEW_UNITS 16

static bool read_units(struct index_job *job, struct store *store, struct extract_stats *stats,
		       const char *known_pch, const bool *stale, GError **error)
{
	const struct index_options *options = job->options;
	struct extract_options extract = {
		.tree = options->common.tree,
		.build = options->common.build,
		.jobs = job->jobs,
		.timeout_s = (unsigned int)options->timeout_s,
		.known_pch = known_pch,
		.no_pch_build = job->old && !job->stale.needs_pch && job->n_stale < FEW_UNITS,
		.cancel = job->cancel,
		.progress = progress_update,
		.progress_data = job->progress,
	};
	g_autofree struct extract_unit *units = g_new(struct extract_unit, job->units->len + 1);
	unsigned int n = 0;

	for (guint i = 0; i < job->units->len; i++)
		if (index_unit_is_c(unit_at(job, i)))
			units[n++] = (struct extract_unit){ unit_at(job, i)->object,
							    unit_at(job, i)->source, stale[i] };
	return extract_units(&extract, units, n, store_sink(store), stats, error);
}

/*
 * Units were unaffected because what they see of the changed headers is in the shared one. If
 * that is now of other files, or could not be made, they must be read after all.
 */
static bool read_unaffected(struct index_job *job, struct store *store, GError **error)
{
	const char *choice = query_meta(job->old, "pch_choice");
	g_autofree bool *stale = g_new0(bool, job->units->len + 1);
	struct extract_stats stats = { 0 };
	bool done;

	/* It was left alone: what the database has of it holds. */
	if (!job->stats.pch_key[0] && !job->stats.pch_problem && job->n_stale < FEW_UNITS)
		return true;
	if (!job->stats.pch_problem && strcmp(choice ? choice : "", job->stats.pch_choice) == 0)
		return true;
	for (guint i = 0; i < job->units->len; i++)
		stale[i] = job->states[i].unaffected;
	job->n_stale += job->n_unaffected;
	job->n_unaffected = 0;
	done = read_units(job, store, &stats, job->stats.pch_key, stale, error);
	job->stats.cpu_us += stats.cpu_us;
	extract_stats_clear(&stats);
	return done;
}

static bool read_stale(struct index_job *job, struct store *store, GError **error)
{
	const char *known_pch = job->old ? query_meta(job->old, "pch_key") : NULL;
	g_autofree bool *stale = g_new0(bool, job->units->len + 1);

	if (!job->n_stale && !job->stale.needs_pch)
		return true;
	for (guint i = 0; i < job->units->len; i++)
		stale[i] = job->states[i].reason != STALE_NOT;
	job->looked_at_pch = true;
	return read_units(job, store, &job->stats, known_pch, stale, error) &&
	       (!job->n_unaffected || read_unaffected(job, store, error));
}

/* Kept units too: the same compilation can be moved to another object. */
static bool place_units(struct index_job *job, struct store *store, GError **error)
{
	for (guint i = 0; i < job->units->len; i++) {
		const struct index_unit *unit = unit_at(job, i);

		if (!store_place_unit(store, unit->source->target, unit->path,
				      unit->object->fact.path, unit->rank, error))
			return false;
	}
	return true;
}

static unsigned int count_errors(const struct index_job *job)
{
	unsigned int n;
	unsigned int n_errors = 0;
	const struct kbuild_note *notes = kbuild_notes(job->kbuild, &n);

	for (unsigned int i = 0; i < n; i++)
		n_errors += notes[i].kind == NOTE_ERROR;
	return n_errors;
}

static bool write_meta(struct index_job *job, struct store *store, GError **error)
{
	const char *pch = job->looked_at_pch ? job->stats.pch_key : "";
	const char *choice = job->looked_at_pch ? job->stats.pch_choice : "";
	g_autofree char *errors = g_strdup_printf("%u", count_errors(job));
	g_autofree char *jobs = g_strdup_printf("%u", job->jobs);
	g_autofree char *n_read = g_strdup_printf("%u", job->n_stale);
	const struct {
		const char *key;
		const char *value;
	} meta[] = {
		{ "initlint_version", INITLINT_VERSION },
		{ "reader", stale_reader() },
		{ "version", kbuild_version(job->kbuild) },
		{ "commit", job->commit },
		{ "arch", kbuild_arch(job->kbuild) },
		{ "srcarch", kbuild_srcarch(job->kbuild) },
		{ "config", kconfig_path(job->config) },
		{ "config_hash", kconfig_hash(job->config) },
		{ "backwards", kconfig_reverses_initcalls(job->config) ? "1" : "0" },
		{ "walk_hash", job->walk_hash },
		{ "walk_errors", errors },
		{ "modules", job->options->modules ? "1" : "0" },
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

static bool is_cancelled(const struct index_job *job, GError **error)
{
	if (!*job->cancel)
		return false;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "interrupted");
	return true;
}

bool index_run(struct index_job *job, GError **error)
{
	g_autoptr(store) store = NULL;

	if (!may_replace(&job->options->common, error))
		return false;
	open_old(job);
	find_stale(job);
	job->up_to_date = is_up_to_date(job);
	if (job->up_to_date)
		return true;
	store = is_cancelled(job, error) ? NULL : open_store(job, error);
	if (!store || !write_walk(job, store, error) || !write_differences(job, store, error) ||
	    !write_others(job, store, error) || !read_stale(job, store, error) ||
	    !place_units(job, store, error) || !index_write_contents(job, store, error) ||
	    !index_write_texts(job, store, error) || !write_meta(job, store, error) ||
	    is_cancelled(job, error))
		return false;
	progress_update(job->progress, 0, 0, "the database");
	return store_commit(store, error);
}

void index_job_clear(struct index_job *job)
{
	extract_stats_clear(&job->stats);
	stale_result_clear(&job->stale);
	g_clear_pointer(&job->old, query_free);
	g_clear_pointer(&job->states, g_free);
	g_clear_pointer(&job->units, g_array_unref);
	g_clear_pointer(&job->walk_hash, g_free);
	g_clear_pointer(&job->commit, g_free);
	g_clear_pointer(&job->compiler, g_free);
	g_clear_pointer(&job->refused, g_ptr_array_unref);
	g_clear_pointer(&job->kbuild, kbuild_free);
	g_clear_pointer(&job->config, kconfig_free);
	g_clear_pointer(&job->progress, progress_free);
}
