// SPDX-License-Identifier: GPL-2.0-only
/* What a worker process sends. */
#include "analyzer/source/wire/wire.h"
#include "tests/fuzz/fuzz.h"

static bool take(void *data, const struct fact *fact, GError **error)
{
	(void)data, (void)fact, (void)error;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct facts_sink sink = { NULL, take };
	struct wire_result result;
	struct wire_view view;

	if (wire_unpack(data, size, &result, &view, NULL))
		wire_replay(&view, &sink, NULL);
	view = (struct wire_view){ data, size, 1000 };
	wire_replay(&view, &sink, NULL);
	return 0;
}
