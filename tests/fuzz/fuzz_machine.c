// SPDX-License-Identifier: GPL-2.0-only
/* A device tree blob, or a list of modaliases. */
#include "rules/engine/files/machine.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *paths[] = { (char *)fuzz_file(data, size, "machine"), NULL };
	struct machine *machine = machine_load(paths, NULL);

	if (machine)
		machine_free(machine);
	return 0;
}
