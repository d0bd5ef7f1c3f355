/* SPDX-License-Identifier: GPL-2.0-only */
/* A temporary directory for the files of one test. */
#ifndef INITLINT_TESTS_TEMP_DIR_H
#define INITLINT_TESTS_TEMP_DIR_H

/* Makes an empty directory. Returns its path; release the path with temp_dir_free(). */
char *temp_dir_new(void);

/* Removes @directory with everything in it, and frees the string. */
void temp_dir_free(char *directory);

#endif
