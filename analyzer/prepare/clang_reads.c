// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/prepare/clang_reads_internal.h"

#include <string.h>

#include <clang-c/Index.h>

#include "analyzer/source/shared/pch_text.h"

/* Sources that are read: far apart in the link order, so that they are of different kinds. */
#define N_SAMPLES 4

struct trial {
	const struct clang_reads *reads;
	GHashTable *refused; /* of the symbols */
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

static bool reads(const struct trial *trial, const struct kbuild_source *source, char *header)
{
	const struct clang_reads *question = trial->reads;
	bool in_build = g_str_has_prefix(source->source, "$O/");
	g_autofree char *path = g_canonicalize_filename(
		source->source + (in_build ? 3 : 0), in_build ? question->build : question->tree);
	g_autofree char *directory = g_strconcat("-working-directory=", question->build, NULL);
	g_autofree char *name = g_build_filename(question->build, question->header, NULL);
	g_autofree char *shim = pch_shim_text(SHIM_FULL);
	g_autofree char *shim_name = g_build_filename(question->build, ".initlint/shim.h", NULL);
	g_autoptr(GPtrArray) args = g_ptr_array_new();
	struct CXUnsavedFile unsaved[] = {
		{ name, header, strlen(header) },
		{ shim_name, shim, strlen(shim) },
	};
	CXTranslationUnit unit = NULL;
	bool good;

	/* As index will read it. */
	g_ptr_array_add(args, (gpointer) "-include");
	g_ptr_array_add(args, shim_name);
	for (const char *const *arg = source->args; *arg; arg++)
		g_ptr_array_add(args, (gpointer)*arg);
	g_ptr_array_add(args, directory);
	g_ptr_array_add(args, (gpointer) "-w");
	good = clang_parseTranslationUnit2(trial->index, path, (const char *const *)args->pdata,
					   (int)args->len, unsaved, G_N_ELEMENTS(unsaved),
					   CXTranslationUnit_None, &unit) == CXError_Success &&
	       !has_errors(unit);
	if (unit)
		clang_disposeTranslationUnit(unit);
	return good;
}

static bool all_read(const struct trial *trial)
{
	g_autofree char *header = trial->reads->text(trial->reads->data, trial->refused);
	bool good = true;

	for (unsigned int i = 0; good && i < trial->n_samples; i++)
		good = reads(trial, trial->samples[i], header);
	return good;
}

/* Sources that clang cannot read anyhow tell nothing. */
static void drop_unreadable(struct trial *trial)
{
	g_autofree char *header = trial->reads->text(trial->reads->data, trial->refused);
	unsigned int n = 0;

	for (unsigned int i = 0; i < trial->n_samples; i++)
		if (reads(trial, trial->samples[i], header))
			trial->samples[n++] = trial->samples[i];
	trial->n_samples = n;
}

static void refuse(struct trial *trial, guint first, guint end, bool refused)
{
	for (guint i = first; i < end; i++)
		if (refused)
			g_hash_table_add(trial->refused, trial->reads->symbols->pdata[i]);
		else
			g_hash_table_remove(trial->refused, trial->reads->symbols->pdata[i]);
}

/* Of the symbols from @first up to @end, all refused so far, accepts as many as can be. */
static void settle(struct trial *trial, guint first, guint end)
{
	guint middle = (first + end) / 2;

	if (first == end)
		return;
	refuse(trial, first, end, false);
	if (all_read(trial))
		return;
	refuse(trial, first, end, true);
	if (end - first == 1)
		return;
	settle(trial, first, middle);
	settle(trial, middle, end);
}

static void try_answers(struct trial *trial)
{
	const GPtrArray *symbols = trial->reads->symbols;

	if (!symbols->len || all_read(trial))
		return;
	refuse(trial, 0, symbols->len, true);
	drop_unreadable(trial);
	settle(trial, 0, symbols->len);
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
