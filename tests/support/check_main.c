// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "tests/support/check_main.h"

int check_main(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int n_failed;

	srunner_run_all(runner, CK_NORMAL);
	n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
