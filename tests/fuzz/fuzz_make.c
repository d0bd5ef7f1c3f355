// SPDX-License-Identifier: GPL-2.0-only
/* A Makefile: the parser, the functions, and the limits of the evaluator. */
#include "analyzer/make/make.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* No file is below this directory, so wildcards and includes find nothing. */
	struct make *make = make_new("/nonexistent", NULL, NULL);
	char *text = g_strndup((const char *)data, size);

	make_begin(make, false);
	make_eval_text(make, text, size, (struct make_place){ "fuzz", 1 });
	g_free(make_value_dup(make, "obj-y"));
	make_free(make);
	g_free(text);
	return 0;
}
