// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command "initlint facts": prints the facts of source files. Uses no database. A unit is one
 * compilation of one source.
 */
#include <stdio.h>
#include <string.h>

#include "analyzer/source/read/extract.h"
#include "analyzer/prepare/prepare.h"
#include "cli/base/command.h"
#include "cli/base/term.h"
#include "cli/commands/commands.h"
#include "cli/commands/fact_text_internal.h"
#include "db/error.h"

struct options {
	struct common_options common;
	gboolean no_pch;
	gboolean headers;
	gboolean stats;
	int jobs;
};

/* One fact, as a line of text. */
struct line {
	char *text;
	/* the included file that contains the fact; NULL: the source contains the fact */
	const char *file;
};

struct facts_printer {
	const struct options *options;
	GArray *lines; /* struct line */
	/* set of const char *: files that the requested sources include */
	GHashTable *included;
	GStringChunk *names;
	const char *target, *source; /* the target and the source of the current unit */
	bool incomplete;
};

static const char summary[] = "Prints the facts of source files.";
static const char description[] =
	"FILE is a source file, relative to the tree (\"drivers/base/dd.c\"). Without FILE, reads "
	"all\n"
	"sources of vmlinux. Prints one fact a line, sorted. A line has the object, the kind of "
	"fact,\n"
	"and these members, separated by tabs:\n"
	"  include   path\n"
	"  function  name, file:line-line, static, inline, weak, alias=NAME, type, attributes\n"
	"  global    name, file:line, static, weak, percpu, initialised, pointer, its record\n"
	"  call      caller, file:line, seq, value of the called function\n"
	"  argument  caller, file, seq, index, value\n"
	"  access    function, file:line, read|use|write|update|address, variable, value written\n"
	"  store     function, file:line, base, record.member, value\n"
	"  initialiser  variable, file:line, record.member, value\n"
	"  return    function, file:line, value\n"
	"  guard     function, file:line, lines, \"if\" or \"unless\", value, exit, exact test,\n"
	"            number of the clause\n"
	"  initcall  level, function, file:line, macro, order within the unit\n"
	"  accept    file:line, rule, reason, line of the comment\n"
	"A value is number:N, string:TEXT, function:NAME, object:NAME (the address of a "
	"variable),\n"
	"global:NAME (its content), param:N, loaded:N (the content of a member of an object, to\n"
	"which parameter N points) or result:NAME. A static name has @FILE appended. A value that\n"
	"is a member of a record has .record.member appended.\n"
	"With --headers, facts of included files are printed too; their object is \"-\".";

static void add_line(struct facts_printer *facts, const char *file, char *text)
{
	bool own = !file || strcmp(file, facts->source) == 0;
	struct line line = { .text = text };

	if (!own && !facts->options->headers) {
		g_free(text);
		return;
	}
	if (own) {
		line.text = g_strdup_printf("%s\t%s", facts->target, text);
	} else {
		line.text = g_strdup_printf("-\t%s", text);
		line.file = g_string_chunk_insert_const(facts->names, file);
	}
	g_free(text);
	g_array_append_val(facts->lines, line);
}

static void begin_unit(struct facts_printer *facts, const struct unit_fact *unit)
{
	facts->target = g_string_chunk_insert_const(facts->names, unit->target);
	facts->source = g_string_chunk_insert_const(facts->names, unit->source);
}

static void add_include(struct facts_printer *facts, const struct fact *fact)
{
	const char *path = fact->include.path;

	/*
	 * facts->target is the .o file of the source that is being read. If facts->target is "",
	 * the file that is being read is the shared precompiled header, which is parsed once for
	 * many sources. The user did not name the precompiled header, so do not print its includes.
	 */
	if (!*facts->target)
		return;
	g_hash_table_add(facts->included,
			 (gpointer)g_string_chunk_insert_const(facts->names, path));
	add_line(facts, NULL, fact_text(fact));
}

static void end_unit(struct facts_printer *facts, const struct unit_result *result)
{
	if (result->mode != UNIT_FAILED && !result->n_errors)
		return;
	facts->incomplete = true;
	command_warn("facts", "%s: %s: %s", facts->source,
		     result->mode == UNIT_FAILED ? "not read" : "read in part",
		     result->diagnostic ? result->diagnostic : "no reason is known");
}

static bool take_fact(void *data, const struct fact *fact, G_GNUC_UNUSED GError **error)
{
	const struct fact_layout *layout = fact_layout(fact->kind);
	struct facts_printer *facts = data;

	if (fact->kind == FACT_UNIT_BEGIN)
		begin_unit(facts, &fact->unit);
	else if (fact->kind == FACT_INCLUDE)
		add_include(facts, fact);
	else if (fact->kind == FACT_UNIT_END)
		end_unit(facts, &fact->result);
	else if (layout)
		add_line(facts, layout->owner == OWNER_UNIT ? NULL : fact->owner.file,
			 fact_text(fact));
	return true;
}

static int by_text(gconstpointer a, gconstpointer b)
{
	const struct line *la = a, *lb = b;

	return strcmp(la->text, lb->text);
}

/*
 * Sorts facts->lines, and prints each different line once. A fact from the shared precompiled
 * header may be in a file that no requested source includes. Does not print the line of this fact.
 */
static void print_lines(const struct facts_printer *facts)
{
	const char *last = "";

	g_array_sort(facts->lines, by_text);
	for (guint i = 0; i < facts->lines->len; i++) {
		const struct line *line = &g_array_index(facts->lines, struct line, i);

		if (line->file && !g_hash_table_contains(facts->included, line->file))
			continue;
		if (strcmp(line->text, last) != 0)
			puts(line->text);
		last = line->text;
	}
}

static void print_stats(const struct extract_stats *stats)
{
	fprintf(stderr,
		"read=%u whole=%u partial=%u failed=%u shim=%u minimal=%u crashes=%u timeouts=%u "
		"cpu_us=%" G_GUINT64_FORMAT " peak_rss_kb=%" G_GUINT64_FORMAT
		" shared_headers=%u\n",
		stats->n_read, stats->n_whole, stats->n_partial, stats->n_failed, stats->n_shim,
		stats->n_minimal, stats->n_crashes, stats->n_timeouts, stats->cpu_us,
		stats->peak_rss_kb, stats->pch_headers);
}

static bool is_named(char **files, const char *source)
{
	return g_strv_contains((const char *const *)files, source);
}

/*
 * Returns an array of struct extract_unit. The array has one unit for each C source of vmlinux. If
 * @files names a C source of a module, the array has one unit for this source too. If a unit must
 * be read, sets the member @stale of the unit to true, and adds the source of the unit to the set
 * @found.
 * @files: paths of the requested sources, then NULL. If @files names sources, the units of these
 * sources must be read. If @files is empty, each unit of vmlinux must be read.
 */
static GArray *collect(const struct kbuild *kbuild, char **files, GHashTable *found)
{
	GArray *units = g_array_new(FALSE, FALSE, sizeof(struct extract_unit));
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(kbuild, &n);

	for (unsigned int i = 0; i < n; i++) {
		bool is_module = objects[i].fact.kind == OBJECT_MODULE;

		for (unsigned int s = 0; s < objects[i].n_sources; s++) {
			const struct kbuild_source *source = &objects[i].sources[s];
			struct extract_unit unit = { &objects[i], source, false };

			if (source->language != SOURCE_C || !source->source)
				continue;
			unit.stale = *files ? is_named(files, source->source) : !is_module;
			if (unit.stale)
				g_hash_table_add(found, (gpointer)source->source);
			else if (is_module)
				continue;
			g_array_append_val(units, unit);
		}
	}
	return units;
}

static struct kbuild *walk(const struct options *options, struct kconfig **config, GError **error)
{
	g_autofree char *path = prepare_effective_config(options->common.build);
	struct kbuild_options walk = {
		.tree = options->common.tree,
		.build = options->common.build,
		.arch = options->common.arch,
		.flags = true,
		.module_flags = true,
	};

	*config = kconfig_load(path, error);
	walk.config = *config;
	return *config ? kbuild_walk(&walk, error) : NULL;
}

static bool read_facts(struct facts_printer *facts, const GArray *units, GError **error)
{
	const struct options *options = facts->options;
	const struct facts_sink sink = { .data = facts, .take = take_fact };
	struct progress *progress = progress_new();
	const struct extract_options extract = {
		.tree = options->common.tree,
		.build = options->common.build,
		.jobs = options->jobs > 0 ? (unsigned int)options->jobs : g_get_num_processors(),
		.no_pch = options->no_pch,
		.only_used_pch = true,
		.progress = progress_update,
		.progress_data = progress,
	};
	struct extract_stats stats;
	bool ok = extract_units(&extract, (const struct extract_unit *)(void *)units->data,
				units->len, &sink, &stats, error);

	progress_free(progress);
	if (stats.pch_problem)
		command_warn("facts", "%s", stats.pch_problem);
	if (ok)
		print_lines(facts);
	if (ok && options->stats)
		print_stats(&stats);
	extract_stats_clear(&stats);
	return ok;
}

static bool check_found(char **files, GHashTable *found, GError **error)
{
	for (; *files; files++) {
		if (g_hash_table_contains(found, *files))
			continue;
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "%s: not a C source of this configuration; name it relative to the "
			    "tree",
			    *files);
		return false;
	}
	return true;
}

static void line_clear(gpointer data)
{
	g_free(((struct line *)data)->text);
}

static int run(const struct options *options, char **files)
{
	g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GArray) units = NULL;
	g_autoptr(kconfig) config = NULL;
	g_autoptr(kbuild) kbuild = NULL;
	GError *error = NULL;
	struct facts_printer facts = {
		.options = options,
		.lines = g_array_new(FALSE, FALSE, sizeof(struct line)),
		.included = g_hash_table_new(g_str_hash, g_str_equal),
		.names = g_string_chunk_new(4096),
	};
	bool ok;

	g_array_set_clear_func(facts.lines, line_clear);
	kbuild = walk(options, &config, &error);
	if (kbuild)
		units = collect(kbuild, files, found);
	ok = units && check_found(files, found, &error) && read_facts(&facts, units, &error);
	g_array_unref(facts.lines);
	g_hash_table_unref(facts.included);
	g_string_chunk_free(facts.names);
	if (!ok)
		return command_fail("facts", error);
	return facts.incomplete ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

int cmd_facts(int argc, char **argv)
{
	struct options options = { 0 };
	const GOptionEntry entries[] = {
		{ "headers", 0, 0, G_OPTION_ARG_NONE, &options.headers,
		  "Also print the facts of included files", NULL },
		{ "no-pch", 0, 0, G_OPTION_ARG_NONE, &options.no_pch,
		  "Do not use shared precompiled headers", NULL },
		{ "stats", 0, 0, G_OPTION_ARG_NONE, &options.stats,
		  "Print statistics to stderr: errors, CPU time, memory", NULL },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs,
		  "Worker processes (default: one for each processor)", "N" },
		{ 0 },
	};
	int status = command_parse(&argc, &argv, "[FILE...]", summary, description, entries,
				   &options.common);

	if (status >= 0)
		return status;
	status = run(&options, argv + 1);
	common_options_clear(&options.common);
	return status;
}
