// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/boards/boards.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "analyzer/base/parallel.h"
#include "db/error.h"
#include "db/read_file.h"

static char preprocessor[] = "clang-" INITLINT_LLVM_MAJOR;

struct compiler {
	const struct boards_options *options;
	char *folder;	   /* TREE/arch/SRCARCH/boot/dts */
	char *include;	   /* TREE/include, which contains dt-bindings */
	char *prefixes;	   /* TREE/scripts/dtc/include-prefixes, which links to all architectures */
	GPtrArray *boards; /* struct board * */
	gint n_done;	   /* number of boards whose compilation has begun; atomic */
};

static void free_board(void *data)
{
	struct board *board = data;

	g_free(board->name);
	g_free(board->path);
	g_free(board);
}

static int compare_boards(gconstpointer a, gconstpointer b)
{
	return strcmp((*(struct board *const *)a)->name, (*(struct board *const *)b)->name);
}

/*
 * Calls @visit for each file below @folder, and calls itself for subfolders. @below is the path of
 * @folder relative to the folder of the outermost call, and "" in the outermost call. The last
 * argument of @visit is the path of the file relative to the same folder.
 */
static void visit_files(const char *folder, const char *below,
			void (*visit)(void *data, const char *path, const char *below), void *data)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *inner =
			*below ? g_build_filename(below, name, NULL) : g_strdup(name);

		/* Does not enter a link: the link may lead to a parent folder. */
		if (g_file_test(path, G_FILE_TEST_IS_DIR) &&
		    !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
			visit_files(path, inner, visit, data);
		else
			visit(data, path, inner);
	}
	g_clear_pointer(&dir, g_dir_close);
}

static void add_board(void *data, const char *path, const char *below)
{
	struct compiler *compiler = data;
	struct board *board;
	g_autofree char *flat = NULL;

	(void)path;
	if (!g_str_has_suffix(below, ".dts"))
		return;
	board = g_new0(struct board, 1);
	board->name = g_strndup(below, strlen(below) - strlen(".dts"));
	flat = g_strconcat(board->name, ".dtb", NULL);
	g_strdelimit(flat, "/", '_');
	board->path = g_build_filename(compiler->options->cache, flat, NULL);
	g_ptr_array_add(compiler->boards, board);
}

/* Adds the text "PATH SIZE TIME" of the file at @path to @data, a GPtrArray. PATH is @below. */
static void add_state(void *data, const char *path, const char *below)
{
	struct stat st;

	if (stat(path, &st) == 0)
		g_ptr_array_add(data,
				g_strdup_printf("%s %lld %lld.%09ld", below, (long long)st.st_size,
						(long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec));
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * Returns a hash of the names, sizes and modification times of all files below compiler->folder and
 * below TREE/include/dt-bindings. Free with g_free().
 */
static char *state_of(const struct compiler *compiler)
{
	g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *bindings = g_build_filename(compiler->include, "dt-bindings", NULL);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	char *hash;

	visit_files(compiler->folder, "", add_state, states);
	visit_files(bindings, "", add_state, states);
	g_ptr_array_sort(states, compare_texts);
	for (guint i = 0; i < states->len; i++)
		g_checksum_update(sum, states->pdata[i], -1);
	hash = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return hash;
}

static bool run(char **arguments)
{
	int status = 0;

	return g_spawn_sync(NULL, arguments, NULL,
			    /* Without LEAVE_DESCRIPTORS_OPEN, GLib forks, which is slow. */
			    G_SPAWN_SEARCH_PATH | G_SPAWN_LEAVE_DESCRIPTORS_OPEN |
				    G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
			    NULL, NULL, NULL, NULL, &status, NULL) &&
	       g_spawn_check_wait_status(status, NULL);
}

/* Compiles @board to board->path. If the compilation fails, there is no file at board->path. */
static void compile_board(const struct compiler *compiler, const struct board *board)
{
	g_autofree char *source = g_strconcat(compiler->folder, "/", board->name, ".dts", NULL);
	g_autofree char *beside = g_path_get_dirname(source);
	g_autofree char *text = g_strconcat(board->path, ".tmp", NULL);
	char *preprocess[] = { preprocessor,
			       "-E",
			       "-nostdinc",
			       "-I",
			       compiler->prefixes,
			       "-I",
			       compiler->include,
			       "-I",
			       beside,
			       "-undef",
			       "-D__DTS__",
			       "-x",
			       "assembler-with-cpp",
			       source,
			       "-o",
			       text,
			       NULL };
	char *compile[] = { "dtc", "-q",	"-I",	"dts", "-O",
			    "dtb", "-i",	beside, "-i",  compiler->prefixes,
			    "-o",  board->path, text,	NULL };

	if (!run(preprocess) || !run(compile))
		g_unlink(board->path);
	g_unlink(text);
}

static void compile_share(const struct share *share, void *data)
{
	struct compiler *compiler = data;
	const struct boards_options *options = compiler->options;

	foreach_in_share(i, share) {
		const struct board *board = compiler->boards->pdata[i];
		unsigned int done = (unsigned int)g_atomic_int_add(&compiler->n_done, 1);

		/* Only the thread with the first share, the caller's thread, reports progress. */
		if (options->progress && share->first == 0)
			options->progress(options->data, done, compiler->boards->len, board->name);
		compile_board(compiler, board);
	}
}

/*
 * Compiles all boards into the cache, and stores the result of state_of() in the file "stamp" in
 * the cache. Does nothing if "stamp" already contains this result.
 */
static bool update_cache(struct compiler *compiler, GError **error)
{
	const struct boards_options *options = compiler->options;
	g_autofree char *stamp = g_build_filename(options->cache, "stamp", NULL);
	g_autofree char *state = state_of(compiler);
	g_autofree char *before = NULL;
	g_autoptr(GError) cause = NULL;

	if (read_file(stamp, &before, NULL, NULL) && strcmp(before, state) == 0)
		return true;
	if (g_mkdir_with_parents(options->cache, 0777) != 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s: this directory cannot be made", options->cache);
		return false;
	}
	g_unlink(stamp);
	parallel_run("boards", compiler->boards->len, options->jobs, compile_share, compiler);
	if (g_file_set_contents(stamp, state, -1, &cause))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: %s", stamp, cause->message);
	return false;
}

static bool check(const struct compiler *compiler, GError **error)
{
	g_autofree char *dtc = g_find_program_in_path("dtc");

	if (!compiler->boards->len)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: no device tree sources (*.dts) in this directory",
			    compiler->folder);
	else if (!dtc)
		g_set_error_literal(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
				    "dtc is not installed; it is in the Debian package "
				    "device-tree-compiler");
	else
		return true;
	return false;
}

GPtrArray *boards_compile(const struct boards_options *options, unsigned int *n_failed,
			  GError **error)
{
	g_autoptr(GPtrArray) boards = g_ptr_array_new_with_free_func(free_board);
	g_autofree char *folder =
		g_build_filename(options->tree, "arch", options->srcarch, "boot/dts", NULL);
	g_autofree char *include = g_build_filename(options->tree, "include", NULL);
	g_autofree char *prefixes =
		g_build_filename(options->tree, "scripts/dtc/include-prefixes", NULL);
	struct compiler compiler = {
		.options = options,
		.folder = folder,
		.include = include,
		.prefixes = prefixes,
		.boards = boards,
	};

	*n_failed = 0;
	visit_files(folder, "", add_board, &compiler);
	g_ptr_array_sort(boards, compare_boards);
	if (!check(&compiler, error) || !update_cache(&compiler, error))
		return NULL;
	for (guint i = boards->len; i > 0; i--) {
		const struct board *board = boards->pdata[i - 1];

		if (g_file_test(board->path, G_FILE_TEST_EXISTS))
			continue;
		g_ptr_array_remove_index(boards, i - 1);
		++*n_failed;
	}
	if (boards->len)
		return g_steal_pointer(&boards);
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: none of %u device trees can be compiled with clang-%s and dtc", folder,
		    *n_failed, INITLINT_LLVM_MAJOR);
	return NULL;
}
