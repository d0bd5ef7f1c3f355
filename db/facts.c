// SPDX-License-Identifier: GPL-2.0-only
#include "db/facts.h"

#include <string.h>

static const struct {
	const char *name;
	const char *macro;
} levels[N_LEVELS] = {
	[LEVEL_EARLY] = { "early", "early_initcall" },
	[LEVEL_0] = { "0", "pure_initcall" },
	[LEVEL_0S] = { "0s", "pure_initcall_sync" },
	[LEVEL_1] = { "1", "core_initcall" },
	[LEVEL_1S] = { "1s", "core_initcall_sync" },
	[LEVEL_2] = { "2", "postcore_initcall" },
	[LEVEL_2S] = { "2s", "postcore_initcall_sync" },
	[LEVEL_3] = { "3", "arch_initcall" },
	[LEVEL_3S] = { "3s", "arch_initcall_sync" },
	[LEVEL_4] = { "4", "subsys_initcall" },
	[LEVEL_4S] = { "4s", "subsys_initcall_sync" },
	[LEVEL_5] = { "5", "fs_initcall" },
	[LEVEL_5S] = { "5s", "fs_initcall_sync" },
	[LEVEL_ROOTFS] = { "rootfs", "rootfs_initcall" },
	[LEVEL_6] = { "6", "device_initcall" },
	[LEVEL_6S] = { "6s", "device_initcall_sync" },
	[LEVEL_7] = { "7", "late_initcall" },
	[LEVEL_7S] = { "7s", "late_initcall_sync" },
	[LEVEL_CON] = { "con", "console_initcall" },
	[LEVEL_MODULE] = { "module", "module_init" },
};

const char *initcall_level_name(enum initcall_level level)
{
	g_return_val_if_fail(level >= 0 && level < N_LEVELS, "?");
	return levels[level].name;
}

const char *initcall_level_macro(enum initcall_level level)
{
	g_return_val_if_fail(level >= 0 && level < N_LEVELS, "?");
	return levels[level].macro;
}

enum initcall_level initcall_level_parse(const char *name)
{
	for (int i = 0; i < N_LEVELS; i++)
		if (strcmp(levels[i].name, name) == 0)
			return (enum initcall_level)i;
	return LEVEL_NONE;
}
