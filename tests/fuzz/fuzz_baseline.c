// SPDX-License-Identifier: GPL-2.0-only
/* A baseline. */
#include "cli/judge/baseline.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct baseline *baseline = baseline_load(fuzz_file(data, size, "baseline.json"), NULL);

	if (baseline)
		baseline_free(baseline);
	return 0;
}
