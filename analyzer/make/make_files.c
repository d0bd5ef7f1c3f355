// SPDX-License-Identifier: GPL-2.0-only
/* Implements make's functions for file names and files. These functions write no file. */
#include "analyzer/make/make_internal.h"

#include <glob.h>
#include <limits.h>
#include <stdlib.h>

#include "db/read_file.h"

/*
 * Calls @each for each word in @list. @each appends the result for the word to @out. If @each
 * returns false, map_words() removes the result for this word from @out.
 */
static void map_words(struct buf *list, struct buf *out,
		      bool (*each)(struct word word, struct buf *out))
{
	const char *p = list->data, *end = p + list->len;
	size_t start = out->len, before;
	struct word word;

	while (next_word(&p, end, &word)) {
		before = out->len;
		if (out->len > start)
			buf_addc(out, ' ');
		if (!each(word, out))
			out->len = before;
	}
}

/*
 * Returns the length of the directory part of @word, including the last slash; 0 if there is no
 * slash.
 */
static size_t dir_len(struct word word)
{
	size_t n = word.len;

	while (n && word.text[n - 1] != '/')
		n--;
	return n;
}

/*
 * Returns the offset of the last dot in the file name of @word. The suffix begins with this dot.
 * Returns word.len if the file name has no dot.
 */
static size_t suffix_at(struct word word)
{
	for (size_t n = word.len; n > dir_len(word); n--)
		if (word.text[n - 1] == '.')
			return n - 1;
	return word.len;
}

static bool add_dir(struct word word, struct buf *out)
{
	size_t n = dir_len(word);

	buf_add(out, n ? word.text : "./", n ? n : 2);
	return true;
}

static bool add_notdir(struct word word, struct buf *out)
{
	size_t n = dir_len(word);

	buf_add(out, word.text + n, word.len - n);
	return true;
}

static bool add_basename(struct word word, struct buf *out)
{
	buf_add(out, word.text, suffix_at(word));
	return true;
}

static bool add_suffix(struct word word, struct buf *out)
{
	size_t n = suffix_at(word);

	buf_add(out, word.text + n, word.len - n);
	return n < word.len;
}

static void fn_dir(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)make, (void)n;
	map_words(argv[0], out, add_dir);
}

static void fn_notdir(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)make, (void)n;
	map_words(argv[0], out, add_notdir);
}

static void fn_basename(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)make, (void)n;
	map_words(argv[0], out, add_basename);
}

static void fn_suffix(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)make, (void)n;
	map_words(argv[0], out, add_suffix);
}

static void add_separated(struct buf *out, size_t start, const char *text)
{
	if (out->len > start)
		buf_addc(out, ' ');
	buf_add(out, text, strlen(text));
}

static void fn_abspath(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	const char *p = argv[0]->data, *end = p + argv[0]->len;
	size_t start = out->len;
	struct word word;

	(void)n;
	while (next_word(&p, end, &word)) {
		g_autofree char *name = g_strndup(word.text, word.len);
		g_autofree char *path = g_canonicalize_filename(name, make->cwd);

		add_separated(out, start, path);
	}
}

static void fn_realpath(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	const char *p = argv[0]->data, *end = p + argv[0]->len;
	size_t start = out->len;
	struct word word;

	(void)n;
	while (next_word(&p, end, &word)) {
		g_autofree char *path = make_path(make, word.text, word.len);
		char resolved[PATH_MAX];

		if (realpath(path, resolved))
			add_separated(out, start, resolved);
	}
}

static void add_glob(struct make *make, struct word word, size_t start, struct buf *out)
{
	g_autofree char *pattern = make_path(make, word.text, word.len);
	bool relative = *word.text != '/';
	size_t cwd = strlen(make->cwd) + 1;
	glob_t found;

	if (glob(pattern, 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++)
			add_separated(out, start, found.gl_pathv[i] + (relative ? cwd : 0));
		globfree(&found);
	}
}

static void fn_wildcard(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	const char *p = argv[0]->data, *end = p + argv[0]->len;
	size_t start = out->len;
	struct word word;

	(void)n;
	while (next_word(&p, end, &word)) {
		g_autofree char *name = g_strndup(word.text, word.len);

		if (strpbrk(name, "*?["))
			add_glob(make, word, start, out);
		else if (make_exists(make, word.text, word.len))
			add_separated(out, start, name);
	}
}

/*
 * $(file <NAME) expands to the content of the file NAME, without the last newline. Other forms of
 * $(file) expand to an empty text.
 */
static void fn_file(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	struct word text = strip(argv[0]->data, argv[0]->len);
	g_autofree char *path = NULL, *content = NULL;
	size_t size;

	(void)n;
	if (!text.len || *text.text != '<')
		return;
	text = strip(text.text + 1, text.len - 1);
	path = make_path(make, text.text, text.len);
	if (!read_file(path, &content, &size, NULL))
		return;
	if (size && content[size - 1] == '\n')
		size--;
	buf_add(out, content, size);
}

const struct make_function make_file_functions[] = {
	{ "dir", 0, 1, 0, fn_dir, NULL },
	{ "notdir", 0, 1, 0, fn_notdir, NULL },
	{ "basename", 0, 1, 0, fn_basename, NULL },
	{ "suffix", 0, 1, 0, fn_suffix, NULL },
	{ "abspath", 0, 1, 0, fn_abspath, NULL },
	{ "realpath", 0, 1, 0, fn_realpath, NULL },
	{ "wildcard", 0, 1, 0, fn_wildcard, NULL },
	{ "file", 1, 2, 0, fn_file, NULL },
	{ NULL, 0, 0, 0, NULL, NULL },
};
