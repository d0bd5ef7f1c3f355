/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compiles the device trees in a kernel tree: one device tree blob for each board. Runs clang's
 * preprocessor and dtc, but no program of the kernel tree. Needs the Debian packages
 * device-tree-compiler and clang.
 */
#ifndef INITLINT_ANALYZER_BOARDS_BOARDS_H
#define INITLINT_ANALYZER_BOARDS_BOARDS_H

#include <stdbool.h>
#include <glib.h>

struct boards_options {
	const char *tree;    /* the kernel tree */
	const char *srcarch; /* the directory below arch/: "arm64" */
	/*
	 * The directory for the blobs. boards_compile() makes a missing directory. A later call
	 * uses the same blobs again if no source file of the device trees has changed.
	 */
	const char *cache;
	unsigned int jobs; /* number of threads */
	/* called only from the caller's thread; @label is the name of a board; NULL: not called */
	void (*progress)(void *data, unsigned int done, unsigned int total, const char *label);
	void *data;
};

struct board {
	char *name; /* the path below boot/dts, without ".dts": "amlogic/meson-g12b-odroid-n2" */
	char *path; /* path of the blob */
};

/*
 * Compiles arch/SRCARCH/boot/dts/.../NAME.dts for all boards. Returns an array of struct board *,
 * sorted by name. Sets *@n_failed to the number of boards that could not be compiled. Fails with
 * INITLINT_ERROR_INPUT if the architecture has no device trees, if dtc is not installed, or if no
 * board could be compiled. Free with g_ptr_array_unref().
 */
GPtrArray *boards_compile(const struct boards_options *options, unsigned int *n_failed,
			  GError **error);

#endif
