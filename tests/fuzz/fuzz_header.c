// SPDX-License-Identifier: GPL-2.0-only
/* The comparison of two versions of a header. The input has both, one after the other. */
#include <glib.h>

#include "analyzer/reindex/header_change.h"
#include "analyzer/reindex/header_items.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	gsize was_len, now_len;
	char *was = header_strip((const char *)data, size / 2, &was_len);
	char *now = header_strip((const char *)data + size / 2, size - size / 2, &now_len);
	struct header_change *change;
	struct header_names names;

	header_names_init(&names);
	change = header_change_new(was, was_len, now, now_len, &names);
	header_changes_close(&change, 1, &names);
	header_change_free(change);
	header_names_clear(&names);
	g_free(was);
	g_free(now);
	return 0;
}
