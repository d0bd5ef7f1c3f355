// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which of the answers that the kernel's own compiler gave to Kconfig can stand. A .config
 * says what that compiler can do, and so what is compiled into the kernel. clang reads the
 * sources, and may lack something that another compiler has (named address spaces in gcc's
 * way). A few sources are read with the answers as they were given; if that fails, the
 * answers that make it fail are found by halves and taken from clang.
 */
#include "analyzer/prepare_parts.h"

#include <string.h>

#include <clang-c/Index.h>

#include "analyzer/kconfig_tools.h"
#include "analyzer/pch_text.h"

/* Sources that are read: far apart in the link order, so that they are of different kinds. */
#define N_SAMPLES 4

struct trial {
	const struct prepare *prepare;
	const struct kconfig *effective, *result;
	struct kconfig_tools *tools;
	GPtrArray *differing; /* const char *: symbols */
	GHashTable *refused;  /* of them: taken from clang */
	const struct kbuild_source *samples[N_SAMPLES];
	unsigned int n_samples;
	CXIndex index;
};

static void compare_one(struct trial *trial, const char *symbol, const struct kconfig *other,
			const char *value)
{
	const char *name = symbol + strlen("CONFIG_");

	if (g_strcmp0(kconfig_get(other, symbol), value) == 0 ||
	    !kconfig_asks_tools(trial->tools, name, false) ||
	    kconfig_names_compiler(trial->tools, name) ||
	    g_ptr_array_find_with_equal_func(trial->differing, symbol, g_str_equal, NULL))
		return;
	g_ptr_array_add(trial->differing, g_strdup(symbol));
}

static void compare_given(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct trial *trial = data;

	(void)quoted;
	compare_one(trial, symbol, trial->result, value);
}

static void compare_clang(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct trial *trial = data;

	(void)quoted;
	compare_one(trial, symbol, trial->effective, value);
}

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
	const struct prepare *prepare = trial->prepare;
	bool in_build = g_str_has_prefix(source->source, "$O/");
	g_autofree char *path = g_canonicalize_filename(source->source + (in_build ? 3 : 0),
							in_build ? prepare->build : prepare->tree);
	g_autofree char *directory = g_strconcat("-working-directory=", prepare->build, NULL);
	g_autofree char *name = g_build_filename(prepare->build, PREPARE_AUTOCONF, NULL);
	g_autofree char *shim = pch_shim_text(SHIM_FULL);
	g_autofree char *shim_name = g_build_filename(prepare->build, ".initlint/shim.h", NULL);
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
	g_autofree char *header = prepare_header_text(trial->prepare, trial->effective,
						      trial->result, trial->refused);
	bool good = header != NULL;

	for (unsigned int i = 0; good && i < trial->n_samples; i++)
		good = reads(trial, trial->samples[i], header);
	return good;
}

/* Sources that clang cannot read anyhow tell nothing. */
static void drop_unreadable(struct trial *trial)
{
	g_autofree char *header = prepare_header_text(trial->prepare, trial->effective,
						      trial->result, trial->refused);
	unsigned int n = 0;

	for (unsigned int i = 0; header && i < trial->n_samples; i++)
		if (reads(trial, trial->samples[i], header))
			trial->samples[n++] = trial->samples[i];
	trial->n_samples = n;
}

static void refuse(struct trial *trial, guint first, guint end, bool refused)
{
	for (guint i = first; i < end; i++)
		if (refused)
			g_hash_table_add(trial->refused, trial->differing->pdata[i]);
		else
			g_hash_table_remove(trial->refused, trial->differing->pdata[i]);
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
	if (!trial->differing->len || all_read(trial))
		return;
	refuse(trial, 0, trial->differing->len, true);
	drop_unreadable(trial);
	settle(trial, 0, trial->differing->len);
}

/* What clang answers, as a header for sources that it can read in no other way. */
static char *clang_text(const struct trial *trial)
{
	GString *text = g_string_new("/* Written by initlint prepare: what clang can do. */\n");

	for (guint i = 0; i < trial->differing->len; i++) {
		const char *symbol = trial->differing->pdata[i];
		const char *value = kconfig_get(trial->result, symbol);

		g_string_append_printf(text, "#undef %s\n", symbol);
		/* No code asks for strings among them: they are options of the compiler. */
		if (value && (strcmp(value, "y") == 0 || g_ascii_isdigit(*value)))
			g_string_append_printf(text, "#define %s %s\n", symbol,
					       strcmp(value, "y") == 0 ? "1" : value);
	}
	return g_string_free(text, FALSE);
}

GHashTable *prepare_answers(const struct prepare *prepare, const struct kbuild *kbuild,
			    const struct kconfig *effective, const struct kconfig *result,
			    char **clang)
{
	struct trial trial = {
		.prepare = prepare,
		.effective = effective,
		.result = result,
		.tools = kconfig_tools_load(prepare->tree, kconfig_arch(result)),
		.differing = g_ptr_array_new(),
		.refused = g_hash_table_new(g_str_hash, g_str_equal),
		.index = clang_createIndex(0, 0),
	};
	GHashTable *refused = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	kconfig_foreach(effective, compare_given, &trial);
	kconfig_foreach(result, compare_clang, &trial);
	choose_samples(&trial, kbuild);
	try_answers(&trial);
	*clang = clang_text(&trial);
	for (guint i = 0; i < trial.differing->len; i++) {
		char *symbol = trial.differing->pdata[i];

		if (g_hash_table_contains(trial.refused, symbol))
			g_hash_table_add(refused, symbol);
		else
			g_free(symbol);
	}
	clang_disposeIndex(trial.index);
	g_hash_table_unref(trial.refused);
	g_ptr_array_unref(trial.differing);
	kconfig_tools_free(trial.tools);
	return refused;
}
