/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mini trees with the shape of a kernel. They hold what the walk needs of the top Makefile
 * and of scripts/Makefile.build, and nothing else.
 */
#ifndef INITLINT_TESTS_MINI_TREE_H
#define INITLINT_TESTS_MINI_TREE_H

struct mini_file {
	const char *name; /* path in the tree; NULL ends a list */
	const char *text;
};

/* A tree of 6.12. */
extern const struct mini_file mini_tree[];

/* The files that turn mini_tree into a tree of 5.10. Lay them over it. */
extern const struct mini_file mini_tree_5_10[];

/* The text of scripts/Makefile.lib in mini_tree. */
extern const char mini_tree_lib[];

/* Writes @text to the file @name of the tree in directory @tree; makes its folders. */
void mini_tree_put(const char *tree, const char *name, const char *text);

/* Writes all of @files to the tree in directory @tree. */
void mini_tree_fill(const char *tree, const struct mini_file *files);

#endif
