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
 * Reads the source at @path, and reports @unit with its initcalls to @sink. If the "name" in a
 * module macro is missing or is not a plain string, the initcall of this macro is not reported, and
 * unit_result.diagnostic names the first such macro. If the file cannot be read, reports @unit
 * without initcalls. Returns false, with @error set, if @sink fails.
 */
bool rust_read(const char *path, const struct unit_fact *unit, const struct facts_sink *sink,
	       GError **error);

#endif
