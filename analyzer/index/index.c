// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/index/index_internal.h"

#include <string.h>

#include "db/error.h"

/*
 * The time stamp that the kernel gives to a file may be too early, by up to one clock tick. After a pause
 * of a tick, a file that changes gets a later stamp than the start of the run, and a file that was made
 * just before the run has an earlier one.
 */
#define FILE_CLOCK_LAG_US 10000

struct index *index_new(const struct index_options *options,
			const struct index_callbacks *callbacks)
{
	struct index *index = g_new0(struct index, 1);

	index->options = *options;
	index->callbacks = *callbacks;
	if (!index->options.jobs)
		index->options.jobs = g_get_num_processors();
	index->start_ns = g_get_real_time() * 1000;
	g_usleep(FILE_CLOCK_LAG_US);
	return index;
}

void index_free(struct index *index)
{
	if (!index)
		return;
	extract_stats_clear(&index->stats);
	stale_result_clear(&index->stale);
	g_clear_pointer(&index->old, query_free);
	g_clear_pointer(&index->states, g_free);
	g_clear_pointer(&index->units, g_array_unref);
	g_clear_pointer(&index->walk_hash, g_free);
	g_clear_pointer(&index->commit, g_free);
	g_clear_pointer(&index->compiler, g_free);
	g_clear_pointer(&index->refused, g_ptr_array_unref);
	g_clear_pointer(&index->kbuild, kbuild_free);
	g_clear_pointer(&index->config, kconfig_free);
	g_free(index);
}

void index_warn(const struct index *index, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;

	if (!index->callbacks.warn)
		return;
	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	index->callbacks.warn(index->callbacks.data, message);
}

void index_progress(const struct index *index, const char *what)
{
	if (index->callbacks.progress)
		index->callbacks.progress(index->callbacks.data, 0, 0, what);
}

bool index_is_cancelled(const struct index *index, GError **error)
{
	if (!index->options.cancel || !*index->options.cancel)
		return false;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "interrupted");
	return true;
}

/*
 * True if the run may replace the file @options->db. A file with the default name may always be
 * replaced. A file with any other name may be replaced if the file is missing, empty, or a database
 * of initlint. Otherwise, returns false and sets @error.
 */
static bool may_replace(const struct index_options *options, GError **error)
{
	g_autofree char *default_db = g_build_filename(options->build, "initlint.db", NULL);

	return strcmp(options->db, default_db) == 0 || store_is_ours(options->db, error);
}

bool index_run(struct index *index, GError **error)
{
	if (!index_walk(index, error) || !may_replace(&index->options, error))
		return false;
	index_open_old(index);
	index_find_stale(index);
	index->up_to_date = index_is_current(index);
	return index->up_to_date || index_store(index, error);
}

const struct index_summary *index_summary(struct index *index)
{
	index->summary = (struct index_summary){
		.kbuild = index->kbuild,
		.compiler = index->compiler,
		.refused = index->refused,
		.n_read = index->n_stale,
		.n_unaffected = index->n_unaffected,
		.n_not_c = index->n_not_c,
		.up_to_date = index->up_to_date,
		.stats = &index->stats,
	};
	return &index->summary;
}
