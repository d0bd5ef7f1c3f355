/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Directories for temporary files, "initlint-work-RANDOM". A process holds a lock on a file in its
 * directory. If the process is killed, the directory stays. The next process that makes a directory in the same place
 * removes it.
 */
#ifndef INITLINT_ANALYZER_BASE_WORK_DIR_H
#define INITLINT_ANALYZER_BASE_WORK_DIR_H

#include <glib.h>

struct work_dir;

/*
 * Makes a directory in @parent. NULL: in $TMPDIR, or in /tmp. Before, removes the directories of dead
 * processes of the same user from @parent. Returns NULL with INITLINT_ERROR_FAILED on error. Free
 * with work_dir_free().
 */
struct work_dir *work_dir_new(const char *parent, GError **error);
/* Removes the directory, with everything in it. Does not follow links. @dir may be NULL. */
void work_dir_free(struct work_dir *dir);
typedef struct work_dir work_dir; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(work_dir, work_dir_free)

/* Removes @path with everything below it, as far as possible. Does not follow links. */
void work_dir_remove(const char *path);

/* Returns the path of the directory. @dir owns the path. */
const char *work_dir_path(const struct work_dir *dir);

#endif
