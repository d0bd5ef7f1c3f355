// SPDX-License-Identifier: GPL-2.0-only
/* A rule, a model or a matrix. */
#include "rules/engine/files/model.h"
#include "rules/engine/files/rule.h"
#include "rules/engine/finding/matrix.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = fuzz_file(data, size, "fuzz.yaml");
	struct rule *rule = rule_load(path, NULL);
	struct model *model = model_load(path, NULL);
	GPtrArray *matrix = matrix_load(path, NULL);

	if (rule)
		rule_free(rule);
	if (model)
		model_free(model);
	if (matrix)
		g_ptr_array_unref(matrix);
	return 0;
}
