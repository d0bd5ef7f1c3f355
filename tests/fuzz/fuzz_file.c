// SPDX-License-Identifier: GPL-2.0-only
#include "tests/fuzz/fuzz.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];

static void clean_up(void)
{
	unlink(path);
}

const char *fuzz_file(const uint8_t *data, size_t size, const char *name)
{
	if (!path[0])
		atexit(clean_up);
	snprintf(path, sizeof(path), "/dev/shm/fuzz-%d-%s", getpid(), name);
	if (!g_file_set_contents_full(path, (const char *)data, (gssize)size,
				      G_FILE_SET_CONTENTS_NONE, 0600, NULL))
		abort();
	return path;
}
