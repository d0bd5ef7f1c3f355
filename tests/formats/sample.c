// SPDX-License-Identifier: GPL-2.0-only
/* Prints the sample report of one kind in one format, for tests/formats/run. */
#include <stdio.h>

#include "cli/report/check_format.h"
#include "tests/support/sample_report.h"

int main(int argc, char **argv)
{
	static const char *const kinds[] = {
		[SAMPLE_PLAIN] = "plain",
		[SAMPLE_SERIES] = "series",
		[SAMPLE_MATRIX] = "matrix",
		[SAMPLE_MANY] = "many",
	};
	check_writer write = argc == 3 ? check_format_find(argv[2], NULL) : NULL;

	for (size_t i = 0; write && i < G_N_ELEMENTS(kinds); i++) {
		struct sample *sample;

		if (g_strcmp0(argv[1], kinds[i]) != 0)
			continue;
		sample = sample_new((enum sample_kind)i);
		write(&sample->report);
		sample_free(sample);
		return 0;
	}
	fputs("usage: print_sample plain|series|matrix|many FORMAT\n", stderr);
	return 2;
}
