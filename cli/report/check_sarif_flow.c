// SPDX-License-Identifier: GPL-2.0-only
/* Adds call chains to a SARIF log, as thread flows. */
#include "cli/report/check_sarif_internal.h"
#include "cli/base/json.h"
#include "cli/report/check_rules.h"

void sarif_add_text(JsonBuilder *builder, const char *name, const char *text, const char *markdown)
{
	json_begin_object(builder, name);
	json_add_string(builder, "text", text);
	if (markdown)
		json_add_string(builder, "markdown", markdown);
	json_builder_end_object(builder);
}

void sarif_add_physical(JsonBuilder *builder, const char *file, unsigned int line)
{
	g_autofree char *uri = g_uri_escape_string(file, "/", FALSE);

	json_begin_object(builder, "physicalLocation");
	json_begin_object(builder, "artifactLocation");
	json_add_string(builder, "uri", uri);
	json_add_string(builder, "uriBaseId", "SRCROOT");
	json_builder_end_object(builder);
	if (line) {
		json_begin_object(builder, "region");
		json_add_int(builder, "startLine", line);
		json_builder_end_object(builder);
	}
	json_builder_end_object(builder);
}

static char *step_text(const GPtrArray *chain, unsigned int index, const char *end)
{
	const struct finding_step *step = chain->pdata[index];
	const struct finding_step *next = index + 1 < chain->len ? chain->pdata[index + 1] : NULL;

	if (next)
		return g_strdup_printf("%s calls %s", step->function, next->function);
	return g_strdup_printf("%s %s", step->function, end);
}

static void add_step(JsonBuilder *builder, const GPtrArray *chain, unsigned int index,
		     const char *end)
{
	const struct finding_step *step = chain->pdata[index];
	g_autofree char *text = step_text(chain, index, end);
	bool is_end = !index || index + 1 == chain->len;

	json_builder_begin_object(builder);
	json_begin_object(builder, "location");
	if (step->file)
		sarif_add_physical(builder, step->file, step->line ? step->line : 1);
	json_begin_array(builder, "logicalLocations");
	json_builder_begin_object(builder);
	json_add_string(builder, "name", step->function);
	json_add_string(builder, "kind", "function");
	json_builder_end_object(builder);
	json_builder_end_array(builder);
	sarif_add_text(builder, "message", text, NULL);
	json_builder_end_object(builder);
	json_add_int(builder, "nestingLevel", index);
	json_add_string(builder, "importance", is_end ? "essential" : "important");
	json_builder_end_object(builder);
}

/*
 * Adds a thread flow with one step for each function of @chain. Adds nothing if @chain is NULL or
 * empty. @end: a text that says what the last function of @chain does. A finding has two thread
 * flows, so each thread flow may have half of SARIF_MAX_STEPS steps. If @chain has more functions
 * than that, adds only the first SARIF_MAX_STEPS / 4 and the last SARIF_MAX_STEPS / 4 functions of
 * @chain.
 */
static void add_flow(JsonBuilder *builder, const char *id, const char *message,
		     const GPtrArray *chain, const char *end)
{
	const unsigned int half = SARIF_MAX_STEPS / 4;

	if (!chain || !chain->len)
		return;
	json_builder_begin_object(builder);
	json_add_string(builder, "id", id);
	sarif_add_text(builder, "message", message, NULL);
	json_begin_array(builder, "locations");
	for (unsigned int i = 0; i < chain->len; i++)
		if (i < half || i + half >= chain->len)
			add_step(builder, chain, i, end);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
}

void sarif_add_flows(JsonBuilder *builder, const struct finding *finding)
{
	g_autofree char *last = check_last_step(finding);
	g_autofree char *sets = g_strdup_printf("sets up %s", finding->resource);
	g_autofree char *to_end = g_strdup_printf("from %s to the %s", finding->consumer.function,
						  check_chain_end(finding));
	g_autofree char *to_set =
		g_strdup_printf("from %s to the set-up", finding->provider.function);

	if (!finding->chain->len && !(finding->provider_chain && finding->provider_chain->len))
		return;
	json_begin_array(builder, "codeFlows");
	json_builder_begin_object(builder);
	json_begin_array(builder, "threadFlows");
	add_flow(builder, "consumer", to_end, finding->chain, last);
	add_flow(builder, "provider", to_set, finding->provider_chain, sets);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	json_builder_end_array(builder);
}
