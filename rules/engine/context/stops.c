// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/stops.h"

#include <string.h>

#include "rules/engine/program/model_names.h"
#include "rules/engine/context/outside_boot_internal.h"

static void stop_named(struct stops *stops, const struct program *program, const char *name)
{
	g_autoptr(GArray) found = model_name_functions(program, name);

	for (guint i = 0; i < found->len; i++)
		stops->stopped[g_array_index(found, int32_t, i)] = 1;
}

static void stop_by_attributes(struct stops *stops, const struct program *program,
			       const char *pattern)
{
	g_autoptr(GPatternSpec) spec = g_pattern_spec_new(pattern);
	const struct facts *facts = program->facts;

	for (uint32_t f = 0; f < facts->n_functions; f++) {
		const char *attributes = facts->functions[f].attributes;

		if (attributes && g_pattern_spec_match_string(spec, attributes))
			stops->stopped[f] = 1;
	}
}

static bool is_name(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/*
 * @type is the type of a function, such as "int (size_t, gfp_t)". True if the function has a
 * parameter of type @wanted.
 */
static bool has_parameter(const char *type, const char *wanted)
{
	const char *at = type ? strchr(type, '(') : NULL;
	size_t n = strlen(wanted);

	while (at && (at = strstr(at, wanted))) {
		if (!is_name(at[-1]) && (at[n] == ',' || at[n] == ')'))
			return true;
		at += n;
	}
	return false;
}

static void limit_by_parameter(struct stops *stops, const struct program *program,
			       const struct model_entry *entry)
{
	const struct facts *facts = program->facts;

	for (uint32_t f = 0; f < facts->n_functions; f++)
		if (has_parameter(facts->functions[f].type, entry->parameter))
			stops->depth[f] = (uint8_t)CLAMP(entry->depth, 1, G_MAXUINT8);
}

static void find_runs(struct stops *stops, const struct program *program, const char *name,
		      const char *field)
{
	const struct facts *facts = program->facts;
	const GArray *named = program_named(program, name);

	for (guint i = 0; named && i < named->len; i++) {
		const struct facts_range *r =
			&facts->functions[g_array_index(named, int32_t, i)].calls;

		for (uint32_t c = r->first; c < r->first + r->n; c++) {
			const struct facts_value *target = &facts->calls[c].target;

			if (target->kind == VALUE_LOADED && target->field >= 0 &&
			    strcmp(facts->fields[target->field], field) == 0)
				g_hash_table_add(stops->runs, GUINT_TO_POINTER(c + 1));
		}
	}
}

static void apply(struct stops *stops, const struct program *program,
		  const struct model_entry *entry)
{
	for (char **name = entry->functions; name && *name; name++)
		stop_named(stops, program, *name);
	for (char **pattern = entry->attributes; pattern && *pattern; pattern++)
		stop_by_attributes(stops, program, *pattern);
	if (entry->parameter)
		limit_by_parameter(stops, program, entry);
}

void stops_init(struct stops *stops, const struct program *program, const GPtrArray *models)
{
	uint32_t n = program->facts->n_functions + 1;

	stops->stopped = outside_boot_find(program, models);
	stops->depth = g_new0(uint8_t, n);
	stops->runs = g_hash_table_new(NULL, NULL);
	for (guint m = 0; m < models->len; m++) {
		const struct model *model = models->pdata[m];

		for (guint e = 0; e < model->entries->len; e++) {
			const struct model_entry *entry = model->entries->pdata[e];

			if (entry->kind == MODEL_STOPS)
				apply(stops, program, entry);
			else if (entry->kind == MODEL_INITCALLS)
				for (char **name = entry->functions; *name; name++)
					find_runs(stops, program, *name, entry->field);
		}
	}
}

void stops_clear(struct stops *stops)
{
	g_clear_pointer(&stops->stopped, g_free);
	g_clear_pointer(&stops->depth, g_free);
	g_clear_pointer(&stops->runs, g_hash_table_unref);
}
