/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A matrix is a list of configurations in which initlint judges a kernel. The list is a YAML file
 * with one row for each configuration (docs/matrix.md).
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_MATRIX_H
#define INITLINT_RULES_ENGINE_FINDING_MATRIX_H

#include <glib.h>

struct matrix_row {
	char *name;	 /* unique; letters, digits, '-', '_', '.' and '+' */
	char *arch;	 /* value of ARCH for make; NULL: the config file tells the architecture */
	char *defconfig; /* name of a defconfig; NULL: @config is set */
	char *config;	 /* absolute path of a config file; NULL: @defconfig is set */
	GStrv enable;	 /* symbols to enable, without CONFIG_; NULL: none */
	GStrv disable;	 /* symbols to disable, without CONFIG_; NULL: none */
};

/*
 * Reads the matrix file @path. Returns an array with at least one struct matrix_row *. A row in the
 * file may give a relative path of a config file. This path is relative to the directory of the
 * matrix file. Returns NULL on error, with INITLINT_ERROR_INPUT and a message "file:line:column:
 * ...". Free with g_ptr_array_unref().
 */
GPtrArray *matrix_load(const char *path, GError **error);

#endif
