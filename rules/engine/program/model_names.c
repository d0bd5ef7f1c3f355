// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/program/model_names.h"

#include <string.h>

static void add_matching(const struct program *program, const char *pattern, GArray *found)
{
	g_autoptr(GPatternSpec) spec = g_pattern_spec_new(pattern);
	size_t n = (size_t)(strchr(pattern, '*') - pattern);
	const struct facts *facts = program->facts;

	for (uint32_t f = 0; f < facts->n_functions; f++) {
		const char *name = program_name(program, (int32_t)f);

		/* A comparison of the text before the star is cheap and rejects most names. */
		if (strncmp(name, pattern, n) == 0 && g_pattern_spec_match_string(spec, name))
			g_array_append_val(found, f);
	}
}

GArray *model_name_functions(const struct program *program, const char *name)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(int32_t));
	const GArray *named = program_named(program, name);

	if (strchr(name, '*'))
		add_matching(program, name, found);
	else if (named)
		g_array_append_vals(found, named->data, named->len);
	return found;
}

void model_mark_fields(const struct facts *facts, char **patterns, uint8_t *fields)
{
	for (char **pattern = patterns; pattern && *pattern; pattern++) {
		g_autoptr(GPatternSpec) spec = g_pattern_spec_new(*pattern);

		for (uint32_t f = 0; f < facts->n_fields; f++)
			fields[f] |= g_pattern_spec_match_string(spec, facts->fields[f]);
	}
}

uint8_t *models_fields(const struct facts *facts, const GPtrArray *models, enum model_kind kind)
{
	g_autoptr(GPtrArray) entries = models_entries(models, kind);
	uint8_t *fields = g_new0(uint8_t, facts->n_fields + 1);

	for (guint e = 0; e < entries->len; e++) {
		const struct model_entry *entry = entries->pdata[e];

		model_mark_fields(facts, entry->fields, fields);
	}
	return fields;
}

static bool is_known(const struct program *program, const char *name)
{
	g_autoptr(GArray) found = model_name_functions(program, name);

	return found->len > 0;
}

static bool any_is_known(const struct program *program, const struct model_entry *entry)
{
	for (char **name = entry->functions; *name; name++)
		if (is_known(program, *name))
			return true;
	return false;
}

static void add_unknown(const struct program *program, const struct model *model,
			const struct model_entry *entry, GArray *unknown)
{
	if (!entry->functions || (entry->kind != MODEL_STOPS && any_is_known(program, entry)))
		return;
	for (char **name = entry->functions; *name; name++) {
		struct unknown_name unknown_name = { model, entry, *name };

		if (!is_known(program, *name))
			g_array_append_val(unknown, unknown_name);
	}
}

GArray *models_unknown(const struct program *program, const GPtrArray *models)
{
	GArray *unknown = g_array_new(FALSE, FALSE, sizeof(struct unknown_name));

	for (guint m = 0; m < models->len; m++) {
		const struct model *model = models->pdata[m];

		for (guint e = 0; e < model->entries->len; e++)
			add_unknown(program, model, model->entries->pdata[e], unknown);
	}
	return unknown;
}
