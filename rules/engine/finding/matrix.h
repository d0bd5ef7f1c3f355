/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A matrix is a list of configurations in which initlint judges a kernel. It is a YAML file with
 * one row for each configuration (docs/matrix.md).
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_MATRIX_H
#define INITLINT_RULES_ENGINE_FINDING_MATRIX_H

#include <glib.h>

struct matrix_row {
	char *name;	 /* unique; letters, digits, '-', '_', '.' and '+' */
	char *arch;	 /* ARCH for make; NULL: the architecture of @config */
	char *defconfig; /* NULL if @config is set */
	char *config;	 /* absolute path; NULL if @defconfig is set */
	GStrv enable;	 /* symbols, without CONFIG_; NULL: none */
	GStrv disable;	 /* the same form as @enable */
};

/*
 * Reads @path. Returns struct matrix_row *, at least one. Free with g_ptr_array_unref(). A relative
 * config is relative to the directory of @path. Fails (INITLINT_ERROR_INPUT) with
 * "file:line:column: ".
 */
GPtrArray *matrix_load(const char *path, GError **error);

#endif
