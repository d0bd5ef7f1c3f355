// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/prepare/clang_reads_internal.h"

#include <string.h>

#include <clang-c/Index.h>

#include "analyzer/source/shared/pch_text.h"

/*
 * Maximum number of samples. The samples are the sources that clang parses. choose_samples() takes
 * sources that are far apart in link order, because sources that are neighbours in link order are
 * similar.
 */
#define N_SAMPLES 4

struct trial {
	const struct clang_reads *reads;
	GHashTable *refused; /* set of capability symbols: argument of reads->text() */
	const struct kbuild_source *samples[N_SAMPLES];
	unsigned int n_samples;
	CXIndex index;
};

static void choose_samples(struct trial *trial, const struct kbuild *kbuild)
{
	g_autoptr(GPtrArray) sources = g_ptr_array_new();
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(kbuild, &n);

	for (unsigned int i = 0; i < n; i++)
		for (unsigned int s = 0; s < objects[i].n_sources; s++)
			if (objects[i].fact.kind == OBJECT_BUILTIN &&
			    objects[i].sources[s].source &&
			    objects[i].sources[s].language == SOURCE_C)
				g_ptr_array_add(sources, (gpointer)&objects[i].sources[s]);
	for (unsigned int i = 0; i < N_SAMPLES && sources->len; i++)
		trial->samples[trial->n_samples++] =
			sources->pdata[i * (sources->len - 1) / (N_SAMPLES - 1)];
}

static bool has_errors(CXTranslationUnit unit)
{
	unsigned int n = clang_getNumDiagnostics(unit);
	bool found = false;

	for (unsigned int i = 0; i < n && !found; i++) {
		CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);

		found = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
		clang_disposeDiagnostic(diagnostic);
	}
	return found;
}

static bool can_parse(const struct trial *trial, const struct kbuild_source *source, char *header)
{
	const struct clang_reads *reads = trial->reads;
	bool in_build = g_str_has_prefix(source->source, "$O/");
	g_autofree char *path = g_canonicalize_filename(source->source + (in_build ? 3 : 0),
							in_build ? reads->build : reads->tree);
	g_autofree char *directory = g_strconcat("-working-directory=", reads->build, NULL);
	g_autofree char *name = g_build_filename(reads->build, reads->header, NULL);
	g_autofree char *shim = pch_shim_text(SHIM_FULL);
	g_autofree char *shim_name = g_build_filename(reads->build, ".initlint/shim.h", NULL);
	g_autoptr(GPtrArray) args = g_ptr_array_new();
	struct CXUnsavedFile unsaved[] = {
		{ name, header, strlen(header) },
		{ shim_name, shim, strlen(shim) },
	};
	CXTranslationUnit unit = NULL;
	bool parsed;

	/* Parse as "initlint index" does: with .initlint/shim.h and source->args. */
	g_ptr_array_add(args, (gpointer) "-include");
	g_ptr_array_add(args, shim_name);
	for (const char *const *arg = source->args; *arg; arg++)
		g_ptr_array_add(args, (gpointer)*arg);
	g_ptr_array_add(args, directory);
	g_ptr_array_add(args, (gpointer) "-w");
	parsed = clang_parseTranslationUnit2(trial->index, path, (const char *const *)args->pdata,
					     (int)args->len, unsaved, G_N_ELEMENTS(unsaved),
					     CXTranslationUnit_None, &unit) == CXError_Success &&
		 !has_errors(unit);
	if (unit)
		clang_disposeTranslationUnit(unit);
	return parsed;
}

static bool can_parse_all(const struct trial *trial)
{
	g_autofree char *header = trial->reads->text(trial->reads->data, trial->refused);
	bool parsed = true;

	for (unsigned int i = 0; parsed && i < trial->n_samples; i++)
		parsed = can_parse(trial, trial->samples[i], header);
	return parsed;
}

/*
 * Drops each sample in which clang reports errors even if no capability symbol has its given value.
 * Another cause makes these errors, so the sample does not help to find the refused symbols. Before
 * the call, trial->refused must contain all symbols in trial->reads->symbols. Then no symbol has
 * its given value when clang parses the samples.
 */
static void drop_unreadable(struct trial *trial)
{
	g_autofree char *header = trial->reads->text(trial->reads->data, trial->refused);
	unsigned int n = 0;

	for (unsigned int i = 0; i < trial->n_samples; i++)
		if (can_parse(trial, trial->samples[i], header))
			trial->samples[n++] = trial->samples[i];
	trial->n_samples = n;
}

static void set_refused(struct trial *trial, guint first, guint end, bool refused)
{
	for (guint i = first; i < end; i++)
		if (refused)
			g_hash_table_add(trial->refused, trial->reads->symbols->pdata[i]);
		else
			g_hash_table_remove(trial->refused, trial->reads->symbols->pdata[i]);
}

/*
 * Before the call, all symbols with the indices @first to @end - 1 must be in trial->refused, and
 * clang must be able to parse all samples. Removes as many of these symbols as possible from
 * trial->refused, by bisection. After the call, clang can still parse all samples.
 */
static void accept_possible(struct trial *trial, guint first, guint end)
{
	guint middle = (first + end) / 2;

	if (first == end)
		return;
	set_refused(trial, first, end, false);
	if (can_parse_all(trial))
		return;
	set_refused(trial, first, end, true);
	if (end - first == 1)
		return;
	accept_possible(trial, first, middle);
	accept_possible(trial, middle, end);
}

static void try_answers(struct trial *trial)
{
	const GPtrArray *symbols = trial->reads->symbols;

	if (!symbols->len || can_parse_all(trial))
		return;
	set_refused(trial, 0, symbols->len, true);
	drop_unreadable(trial);
	accept_possible(trial, 0, symbols->len);
}

GHashTable *clang_refuses(const struct clang_reads *reads)
{
	struct trial trial = {
		.reads = reads,
		.refused = g_hash_table_new(g_str_hash, g_str_equal),
		.index = clang_createIndex(0, 0),
	};

	choose_samples(&trial, reads->kbuild);
	try_answers(&trial);
	clang_disposeIndex(trial.index);
	return trial.refused;
}
