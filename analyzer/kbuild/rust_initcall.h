/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the initcalls in a Rust source. Only the macros that declare a module are read: module! and
 * macros whose names begin with module_, such as module_platform_driver!. Each of these macros
 * registers one initcall at the level of module_init().
 */
#ifndef INITLINT_ANALYZER_KBUILD_RUST_INITCALL_H
#define INITLINT_ANALYZER_KBUILD_RUST_INITCALL_H

#include <glib.h>

#include "db/facts.h"

/*
 * Reads the source at @path. Reports @unit and the initcalls of the source to @sink. A macro has no
 * usable name if the key "name" is missing, or if its value is empty or not a plain string. The
 * initcall of a macro without a usable name is not reported. unit_result.diagnostic names the first
 * macro without a usable name. If the file cannot be read, reports @unit without initcalls. Returns
 * false, with @error set, if @sink fails.
 */
bool rust_read(const char *path, const struct unit_fact *unit, const struct facts_sink *sink,
	       GError **error);

#endif
