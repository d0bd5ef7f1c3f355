// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/finding/input.h"

static const struct object *object_of_source(void *data, const char *source)
{
	return query_object_of_source(data, source);
}

static const char *config_value(void *data, const char *symbol)
{
	return query_config(data, symbol);
}

bool rule_input_from_query(struct query *query, struct rule_input *input, GError **error)
{
	GError *failure = NULL; /* set if a query fails */

	*input = (struct rule_input){
		.arch = query_meta(query, "srcarch"),
		.version = query_meta(query, "version"),
		.object_of_source = object_of_source,
		.config = config_value,
		.data = query,
	};
	input->initcalls = query_initcalls(query, &input->n_initcalls, &failure);
	if (!failure)
		input->problems = query_problems(query, &input->n_problems, &failure);
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}
