// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/read/extract.h"

#include <string.h>
#include <unistd.h>

#include "analyzer/source/read/pch_build_internal.h"
#include "analyzer/base/stream.h"
#include "analyzer/source/shared/pch_text.h"
#include "analyzer/source/read/worker_job_internal.h"
#include "analyzer/source/read/worker_pool_internal.h"
#include "db/error.h"
#include "db/read_file.h"

/*
 * Units with the same common flags form a class. A class with fewer than DEFAULT_MIN_UNITS units
 * gets no shared header. Building a shared header takes about as long as reading two or three units
 * without a shared header.
 */
#define DEFAULT_MIN_UNITS 6

struct extraction {
	struct worker_context context;
	const struct facts_sink *sink;
	struct extract_stats *stats;
};

/*
 * A worker_function, which runs in a worker process. Builds the shared header of the class @data
 * (struct pch_class). Writes the error message to @fd on failure, and nothing on success.
 */
static void build_pch(const struct worker_context *context, void *data, int fd)
{
	const struct pch_class *class = data;
	const struct extract_unit *first = g_ptr_array_index(class->units, 0);
	const struct unit_flags *sample = &context->plan->units[first - context->units];
	GError *error = NULL;

	if (pch_build(class, sample, context->paths, &error))
		return;
	stream_write(fd, error->message, strlen(error->message));
	g_error_free(error);
}

static bool load_pch(struct extraction *x, struct pch_class *class)
{
	g_autofree char *base = pch_base(class, x->context.paths);

	class->pch = pch_load(base, x->context.paths);
	return class->pch != NULL;
}

/*
 * Loads the shared header that @job has built. If this shared header cannot be loaded, the units of
 * its class are read without a shared header. @x->stats->pch_problem gets only the first problem of
 * all jobs.
 */
static void load_built_pch(struct extraction *x, struct worker_job *job)
{
	struct pch_class *class = job->data;
	g_autofree char *base = pch_base(class, x->context.paths);

	if (load_pch(x, class) || x->stats->pch_problem)
		return;
	if (job->message)
		x->stats->pch_problem = g_steal_pointer(&job->message);
	else
		x->stats->pch_problem =
			g_strdup_printf("%s.h: %s", base,
					job->crashed ? "libclang crashed on it"
						     : "a file changed while it was read");
}

/* Loads the stored shared headers. Builds the shared headers that are missing or out of date. */
static bool build_pchs(struct extraction *x, GError **error)
{
	const GPtrArray *classes = x->context.plan->classes;
	g_autofree struct worker_job *jobs = g_new0(struct worker_job, classes->len + 1);
	unsigned int n = 0;
	bool ok;

	for (unsigned int i = 0; i < classes->len; i++)
		if (!load_pch(x, classes->pdata[i]))
			jobs[n++].data = classes->pdata[i];
	ok = !n ||
	     worker_run_jobs(&x->context, build_pch, jobs, n, "shared header", x->stats, error);
	for (unsigned int i = 0; i < n; i++) {
		if (ok)
			load_built_pch(x, &jobs[i]);
		g_free(jobs[i].message);
	}
	return ok;
}

static void digest_choice(GChecksum *sum, const struct pch_class *class)
{
	g_checksum_update(sum, (const guchar *)class->id, -1);
	for (unsigned int i = 0; i < class->pch->files->len; i++) {
		const struct pch_file *file = g_ptr_array_index(class->pch->files, i);

		g_checksum_update(sum, (const guchar *)file->path, -1);
	}
}

/*
 * Unloads the shared headers of all classes. The sink stores all shared headers as one unit, so
 * extract_units() must use all of them or none.
 */
static void drop_pchs(const GPtrArray *classes)
{
	for (unsigned int i = 0; i < classes->len; i++)
		g_clear_pointer(&((struct pch_class *)classes->pdata[i])->pch, pch_free);
}

/*
 * Loads the stored shared headers of all classes. If one shared header cannot be loaded, unloads
 * all of them, and returns false.
 */
static bool load_pchs(struct extraction *x)
{
	const GPtrArray *classes = x->context.plan->classes;
	bool all = true;

	for (unsigned int i = 0; i < classes->len && all; i++)
		all = load_pch(x, classes->pdata[i]);
	if (!all)
		drop_pchs(classes);
	return all;
}

static bool get_pchs(struct extraction *x, GError **error)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autoptr(GChecksum) choice = g_checksum_new(G_CHECKSUM_SHA256);
	const GPtrArray *classes = x->context.plan->classes;

	if (!x->context.options->no_pch_build && !build_pchs(x, error))
		return false;
	if (x->context.options->no_pch_build && !load_pchs(x))
		return true;
	for (unsigned int i = 0; i < classes->len; i++) {
		const struct pch_class *class = g_ptr_array_index(classes, i);

		if (!class->pch)
			continue;
		x->stats->pch_headers += class->pch->n_headers;
		g_checksum_update(sum, (const guchar *)class->pch->key, -1);
		digest_choice(choice, class);
	}
	if (x->stats->pch_headers) {
		g_strlcpy(x->stats->pch_key, g_checksum_get_string(sum), sizeof(x->stats->pch_key));
		g_strlcpy(x->stats->pch_choice, g_checksum_get_string(choice),
			  sizeof(x->stats->pch_choice));
	}
	return true;
}

/*
 * The data of a sink that merges the facts of all shared headers into one unit. Several shared
 * headers may include the same file, but the merged unit must include each file only once.
 */
struct merge {
	const struct facts_sink *sink;
	GHashTable *includes; /* char *: paths that the sink already has */
};

static bool merge_take(void *data, const struct fact *fact, GError **error)
{
	struct merge *merge = data;

	if (fact->kind == FACT_INCLUDE &&
	    !g_hash_table_add(merge->includes, g_strdup(fact->include.path)))
		return true;
	return facts_take(merge->sink, fact, error);
}

static bool deliver_facts_of(const struct pch *pch, const struct facts_sink *sink, GError **error)
{
	g_autofree char *path = g_strconcat(pch->base, ".facts", NULL);
	g_autofree char *bytes = NULL;
	struct wire_result result;
	struct wire_view view;
	gsize len;

	return read_file(path, &bytes, &len, error) &&
	       wire_unpack((const uint8_t *)bytes, len, &result, &view, error) &&
	       wire_replay(&view, sink, error);
}

static bool is_used(const struct pch_class *class)
{
	for (unsigned int i = 0; i < class->units->len; i++)
		if (((const struct extract_unit *)g_ptr_array_index(class->units, i))->stale)
			return true;
	return false;
}

/* Reports the facts of all shared headers as one unit. */
static bool deliver_pchs(struct extraction *x, GError **error)
{
	const struct unit_fact unit = {
		.object = "",
		.target = "",
		.source = PCH_DIRECTORY "/pch.h",
		.flags_hash = x->stats->pch_key,
	};
	const struct unit_result result = { .mode = UNIT_PCH };
	const GPtrArray *classes = x->context.plan->classes;
	g_autoptr(GHashTable) includes =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct merge merge = { x->sink, includes };
	const struct facts_sink sink = { .data = &merge, .take = merge_take };

	if (!x->stats->pch_key[0] ||
	    g_strcmp0(x->context.options->known_pch, x->stats->pch_key) == 0)
		return true;
	if (!facts_begin_unit(x->sink, &unit, error))
		return false;
	for (unsigned int i = 0; i < classes->len; i++) {
		const struct pch_class *class = g_ptr_array_index(classes, i);

		if (!class->pch || (x->context.options->only_used_pch && !is_used(class)))
			continue;
		if (!deliver_facts_of(class->pch, &sink, error))
			return false;
	}
	return facts_end_unit(x->sink, &result, error);
}

static void count(struct extract_stats *stats, const struct unit_result *result)
{
	stats->n_read++;
	if (result->mode == UNIT_FAILED)
		stats->n_failed++;
	else if (result->n_errors)
		stats->n_partial++;
	else
		stats->n_whole++;
	stats->n_shim += result->mode == UNIT_SHIM;
	stats->n_minimal += result->mode == UNIT_MINIMAL;
}

static bool deliver_unit(void *data, unsigned int index, const struct wire_result *result,
			 const struct wire_view *facts, GError **error)
{
	struct extraction *x = data;
	const struct extract_unit *unit = &x->context.units[index];
	const struct unit_fact fact = {
		.object = unit->object->fact.path,
		.target = unit->source->target,
		.source = unit->source->source ? unit->source->source : unit->source->target,
		.flags_hash = unit->source->flags_hash,
	};

	count(x->stats, &result->unit);
	return facts_begin_unit(x->sink, &fact, error) && wire_replay(facts, x->sink, error) &&
	       facts_end_unit(x->sink, &result->unit, error);
}

/* Reports a unit without a source file as a failed unit. */
static bool deliver_missing(struct extraction *x, unsigned int index, GError **error)
{
	g_autofree char *diagnostic = g_strdup_printf("%s: no source file found for it",
						      x->context.units[index].source->target);
	const struct wire_result result = {
		.unit = { .mode = UNIT_FAILED, .diagnostic = diagnostic },
	};
	const struct wire_view no_facts = { 0 };

	return deliver_unit(x, index, &result, &no_facts, error);
}

static bool read_units(struct extraction *x, unsigned int n_units, GError **error)
{
	g_autofree unsigned int *queue = g_new(unsigned int, n_units + 1);
	unsigned int n = 0;

	for (unsigned int i = 0; i < n_units; i++) {
		if (!x->context.units[i].stale)
			continue;
		if (x->context.units[i].source->source)
			queue[n++] = i;
		else if (!deliver_missing(x, i, error))
			return false;
	}
	return !n || worker_pool_run(&x->context, queue, n, deliver_unit, x, x->stats, error);
}

bool extract_units(const struct extract_options *options, const struct extract_unit *units,
		   unsigned int n_units, const struct facts_sink *sink, struct extract_stats *stats,
		   GError **error)
{
	unsigned int min_units =
		options->pch_min_units ? options->pch_min_units : DEFAULT_MIN_UNITS;
	g_autoptr(paths) paths = paths_new(options->tree, options->build);
	g_autoptr(unit_plan) plan = NULL;
	struct extraction x = {
		.context = { .options = options, .units = units, .paths = paths },
		.sink = sink,
		.stats = stats,
	};

	memset(stats, 0, sizeof(*stats));
	if (!pch_write_shims(paths, error))
		return false;
	plan = unit_plan_new(units, n_units, options->no_pch ? G_MAXUINT : min_units, paths);
	x.context.plan = plan;
	return get_pchs(&x, error) && deliver_pchs(&x, error) && read_units(&x, n_units, error);
}

void extract_stats_clear(struct extract_stats *stats)
{
	g_clear_pointer(&stats->pch_problem, g_free);
}
