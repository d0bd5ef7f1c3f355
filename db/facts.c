// SPDX-License-Identifier: GPL-2.0-only
#include "db/fact_layout.h"

#include <string.h>

const char *const initcall_level_names[N_LEVELS] = {
	[LEVEL_EARLY] = "early", [LEVEL_0] = "0",	    [LEVEL_0S] = "0s",
	[LEVEL_1] = "1",	 [LEVEL_1S] = "1s",	    [LEVEL_2] = "2",
	[LEVEL_2S] = "2s",	 [LEVEL_3] = "3",	    [LEVEL_3S] = "3s",
	[LEVEL_4] = "4",	 [LEVEL_4S] = "4s",	    [LEVEL_5] = "5",
	[LEVEL_5S] = "5s",	 [LEVEL_ROOTFS] = "rootfs", [LEVEL_6] = "6",
	[LEVEL_6S] = "6s",	 [LEVEL_7] = "7",	    [LEVEL_7S] = "7s",
	[LEVEL_CON] = "con",	 [LEVEL_MODULE] = "module",
};

static const char *const macros[N_LEVELS] = {
	[LEVEL_EARLY] = "early_initcall",      [LEVEL_0] = "pure_initcall",
	[LEVEL_0S] = "pure_initcall_sync",     [LEVEL_1] = "core_initcall",
	[LEVEL_1S] = "core_initcall_sync",     [LEVEL_2] = "postcore_initcall",
	[LEVEL_2S] = "postcore_initcall_sync", [LEVEL_3] = "arch_initcall",
	[LEVEL_3S] = "arch_initcall_sync",     [LEVEL_4] = "subsys_initcall",
	[LEVEL_4S] = "subsys_initcall_sync",   [LEVEL_5] = "fs_initcall",
	[LEVEL_5S] = "fs_initcall_sync",       [LEVEL_ROOTFS] = "rootfs_initcall",
	[LEVEL_6] = "device_initcall",	       [LEVEL_6S] = "device_initcall_sync",
	[LEVEL_7] = "late_initcall",	       [LEVEL_7S] = "late_initcall_sync",
	[LEVEL_CON] = "console_initcall",      [LEVEL_MODULE] = "module_init",
};

const char *initcall_level_name(enum initcall_level level)
{
	g_return_val_if_fail(level >= 0 && level < N_LEVELS, "?");
	return initcall_level_names[level];
}

const char *initcall_level_macro(enum initcall_level level)
{
	g_return_val_if_fail(level >= 0 && level < N_LEVELS, "?");
	return macros[level];
}

enum initcall_level initcall_level_parse(const char *name)
{
	for (int i = 0; i < N_LEVELS; i++)
		if (strcmp(initcall_level_names[i], name) == 0)
			return (enum initcall_level)i;
	return LEVEL_NONE;
}

bool facts_take(const struct facts_sink *sink, const struct fact *fact, GError **error)
{
	return sink->take(sink->data, fact, error);
}

bool facts_begin_unit(const struct facts_sink *sink, const struct unit_fact *unit, GError **error)
{
	const struct fact fact = { .kind = FACT_UNIT_BEGIN, .unit = *unit };

	return facts_take(sink, &fact, error);
}

bool facts_end_unit(const struct facts_sink *sink, const struct unit_result *result, GError **error)
{
	const struct fact fact = { .kind = FACT_UNIT_END, .result = *result };

	return facts_take(sink, &fact, error);
}
