/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Initcalls of sources in Rust. Rust is not read as C is: only the macros that make a module
 * of a file are looked for (module! and its relatives, module_platform_driver! for one).
 * Each of them registers one initcall at the level of module_init().
 */
#ifndef INITLINT_ANALYZER_KBUILD_RUST_INITCALL_H
#define INITLINT_ANALYZER_KBUILD_RUST_INITCALL_H

#include <glib.h>

#include "db/facts.h"

/*
 * Gives the unit of source @path (@file: as facts name it) to @sink, between unit_begin and
 * unit_end, with its initcalls. A module macro without a plain name is told in the unit's
 * diagnostic. A file that cannot be read is a failed unit. False if @sink fails.
 */
bool rust_read(const char *path, const struct unit_fact *unit, const struct facts_sink *sink,
	       GError **error);

#endif
