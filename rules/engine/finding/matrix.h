/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The configurations that a kernel is to be judged in: one YAML file, a row each
 * (docs/matrix.md).
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_MATRIX_H
#define INITLINT_RULES_ENGINE_FINDING_MATRIX_H

#include <glib.h>

struct matrix_row {
	char *name;	 /* letters, digits, '-', '_', '.' and '+'; unlike all others */
	char *arch;	 /* make's ARCH; NULL: the config's own */
	char *defconfig; /* this or config, never both */
	char *config;	 /* absolute */
	GStrv enable;	 /* symbols without CONFIG_; NULL: none */
	GStrv disable;
};

/*
 * struct matrix_row *, at least one; free with g_ptr_array_unref(). A config that is no
 * absolute path is beside @path. Fails (INITLINT_ERROR_INPUT) with "file:line:column: ".
 */
GPtrArray *matrix_load(const char *path, GError **error);

#endif
