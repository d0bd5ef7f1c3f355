// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the files that the built-in sources include and that do not exist yet. Follows the #include
 * lines of each source with the source's own -I list, and ignores #if. If a file does not exist, a
 * Makefile of the kernel may have a rule for the file. But the file may also be a header of another
 * system, such as <windows.h>. Only make can tell whether there is a rule.
 */
#include "analyzer/prepare/prepare_internal.h"

#include <string.h>

#include "db/read_file.h"

/* A list of -I directories. Sources with equal lists share one struct search. */
struct search {
	unsigned int id; /* from 1 */
	GPtrArray *dirs; /* char *: absolute paths */
};

struct include {
	bool quoted;
	char *name;
};

struct queued_file {
	char *path;
	const struct search *search;
};

struct scanner {
	const char *tree, *build;
	GHashTable *searches; /* "DIR\nDIR\n..." (search->dirs) -> struct search */
	GHashTable *exists;   /* path -> boolean: path is a file */
	GHashTable *files;    /* path -> GArray of struct include */
	GHashTable *found;    /* "ID NAME" (search->id, included name) -> path or NULL */
	/*
	 * Set of "ID PATH": the files that were queued. ID is 0 if is_common() is true for PATH,
	 * else search->id.
	 */
	GHashTable *visited;
	GHashTable *reported; /* set of "INCLUDER PATH": one string for each file in @missing */
	GQueue queue;	      /* struct queued_file */
	GPtrArray *missing;
	const char *includer; /* directory of the object that is being scanned */
};

void missing_file_free(void *data)
{
	struct missing_file *file = data;

	g_free(file->path);
	g_free(file->includer);
	g_free(file);
}

static void search_free(void *data)
{
	struct search *search = data;

	g_ptr_array_unref(search->dirs);
	g_free(search);
}

static void clear_include(void *data)
{
	g_free(((struct include *)data)->name);
}

static bool is_file(struct scanner *scanner, const char *path)
{
	gpointer known;

	if (!g_hash_table_lookup_extended(scanner->exists, path, NULL, &known)) {
		known = GINT_TO_POINTER(g_file_test(path, G_FILE_TEST_IS_REGULAR));
		g_hash_table_insert(scanner->exists, g_strdup(path), known);
	}
	return GPOINTER_TO_INT(known);
}

/* Returns @path relative to @root ("" for @root itself), or NULL if @path is not below @root. */
static const char *below(const char *path, const char *root)
{
	size_t length = strlen(root);

	if (strncmp(path, root, length) != 0 || (path[length] && path[length] != '/'))
		return NULL;
	return path + length + (path[length] == '/');
}

static const char *relative(const struct scanner *scanner, const char *path)
{
	const char *in_build = below(path, scanner->build);

	return in_build ? in_build : below(path, scanner->tree);
}

/*
 * True if @relative is a common directory, or is below a common directory. The common directories
 * are include and arch/X/include. All sources search these directories. So a header in a common
 * directory includes the same files for each source, and one scan of the header is enough.
 */
static bool is_common(const char *relative)
{
	const char *rest = g_str_has_prefix(relative, "arch/") ? strchr(relative + 5, '/') : NULL;

	return g_str_has_prefix(relative, "include/") || strcmp(relative, "include") == 0 ||
	       (rest && (g_str_has_prefix(rest, "/include/") || strcmp(rest, "/include") == 0));
}

/*
 * Returns the directory that the option **@arg names. The directory may be in the option ("-Idir"),
 * or in the next argument ("-I" "dir"). If the directory is in the next argument, moves *@arg to
 * the next argument. Returns NULL if **@arg is not an option with a directory.
 */
static const char *parse_directory(const char *const **arg)
{
	static const char *const options[] = { "-I", "-isystem", "-iquote", "-idirafter" };

	for (size_t i = 0; i < G_N_ELEMENTS(options); i++) {
		if (!g_str_has_prefix(**arg, options[i]))
			continue;
		if ((**arg)[strlen(options[i])])
			return **arg + strlen(options[i]);
		if ((*arg)[1])
			return *++*arg;
	}
	return NULL;
}

static const struct search *find_search(struct scanner *scanner, const char *const *args)
{
	g_autoptr(GPtrArray) dirs = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) key = g_string_new(NULL);
	struct search *search;

	for (const char *const *arg = args; arg && *arg; arg++) {
		const char *directory = parse_directory(&arg);

		if (!directory)
			continue;
		g_ptr_array_add(dirs, g_canonicalize_filename(directory, scanner->build));
		g_string_append_printf(key, "%s\n", (char *)dirs->pdata[dirs->len - 1]);
	}
	search = g_hash_table_lookup(scanner->searches, key->str);
	if (!search) {
		search = g_new(struct search, 1);
		search->id = g_hash_table_size(scanner->searches) + 1;
		search->dirs = g_ptr_array_ref(dirs);
		g_hash_table_insert(scanner->searches, g_strdup(key->str), search);
	}
	return search;
}

/* Adds an include of "name" or <name> to @includes. Ignores includes whose operand is a macro. */
static void parse_include(GArray *includes, const char *line)
{
	struct include include;
	const char *end;

	line += strspn(line, " \t");
	if (*line != '#')
		return;
	line += 1 + strspn(line + 1, " \t");
	if (!g_str_has_prefix(line, "include"))
		return;
	line += strlen("include");
	line += strspn(line, " \t");
	if (*line != '"' && *line != '<')
		return;
	end = line + 1 + strcspn(line + 1, "\">\n");
	if (*end != '"' && *end != '>')
		return;
	include.quoted = *line == '"';
	include.name = g_strndup(line + 1, (size_t)(end - line) - 1);
	g_array_append_val(includes, include);
}

static const GArray *includes_of(struct scanner *scanner, const char *path)
{
	GArray *includes = g_hash_table_lookup(scanner->files, path);
	g_autofree char *content = NULL;

	if (includes)
		return includes;
	includes = g_array_new(FALSE, FALSE, sizeof(struct include));
	g_array_set_clear_func(includes, clear_include);
	g_hash_table_insert(scanner->files, g_strdup(path), includes);
	if (read_file(path, &content, NULL, NULL))
		for (const char *line = content; line; line = strchr(line, '\n')) {
			line += *line == '\n';
			parse_include(includes, line);
		}
	return includes;
}

static const char *find_in(struct scanner *scanner, const struct search *search, const char *name)
{
	char *key = g_strdup_printf("%u %s", search->id, name);
	gpointer known;
	char *path = NULL;

	if (g_hash_table_lookup_extended(scanner->found, key, NULL, &known)) {
		g_free(key);
		return known;
	}
	for (unsigned int i = 0; i < search->dirs->len && !path; i++) {
		path = g_canonicalize_filename(name, g_ptr_array_index(search->dirs, i));
		if (!is_file(scanner, path))
			g_clear_pointer(&path, g_free);
	}
	g_hash_table_insert(scanner->found, key, path);
	return path;
}

static void report(struct scanner *scanner, const char *path, bool is_source)
{
	char *key = g_strconcat(scanner->includer, " ", path, NULL);
	struct missing_file *file;

	if (!g_hash_table_add(scanner->reported, key))
		return;
	file = g_new(struct missing_file, 1);
	file->path = g_strdup(path);
	file->includer = g_strdup(scanner->includer);
	file->is_source = is_source;
	g_ptr_array_add(scanner->missing, file);
}

/* Reports the path of the missing file @name in @directory: make may generate the file there. */
static void report_in(struct scanner *scanner, const char *directory, const char *name)
{
	g_autofree char *path = NULL;
	const char *in_tree = relative(scanner, directory);
	const char *target;

	/*
	 * Do not report a file in a common directory, because "make prepare" has made the generated
	 * files there. But report a file in include/generated: "make prepare" does not make all
	 * files in include/generated.
	 */
	if (!in_tree || (is_common(in_tree) && !(strcmp(in_tree, "include") == 0 &&
						 g_str_has_prefix(name, "generated/"))))
		return;
	path = g_canonicalize_filename(name, directory);
	target = relative(scanner, path);
	if (target)
		report(scanner, target, false);
}

static void queue_file(struct scanner *scanner, const char *path, const struct search *search)
{
	const char *in_tree = relative(scanner, path);
	unsigned int id = in_tree && is_common(in_tree) ? 0 : search->id;
	struct queued_file *queued;

	if (!g_hash_table_add(scanner->visited, g_strdup_printf("%u %s", id, path)))
		return;
	queued = g_new(struct queued_file, 1);
	queued->path = g_strdup(path);
	queued->search = search;
	g_queue_push_tail(&scanner->queue, queued);
}

static void scan_file(struct scanner *scanner, const struct queued_file *queued)
{
	const GArray *includes = includes_of(scanner, queued->path);
	g_autofree char *directory = g_path_get_dirname(queued->path);

	for (unsigned int i = 0; i < includes->len; i++) {
		const struct include *include = &g_array_index(includes, struct include, i);
		g_autofree char *beside =
			include->quoted ? g_canonicalize_filename(include->name, directory) : NULL;
		const char *path = beside && is_file(scanner, beside)
					   ? beside
					   : find_in(scanner, queued->search, include->name);

		if (path) {
			queue_file(scanner, path, queued->search);
			continue;
		}
		if (include->quoted)
			report_in(scanner, directory, include->name);
		for (unsigned int k = 0; k < queued->search->dirs->len; k++)
			report_in(scanner, g_ptr_array_index(queued->search->dirs, k),
				  include->name);
	}
}

static char *source_path(const struct scanner *scanner, const char *source)
{
	if (g_str_has_prefix(source, "$O/"))
		return g_canonicalize_filename(source + 3, scanner->build);
	return g_canonicalize_filename(source, scanner->tree);
}

/*
 * Reports the missing file of @source if make may generate this file. @path: the path of the file.
 * If @path is NULL, the path is unknown, and report_source() guesses the path from source->target.
 * Does not report assembly files: initlint does not read assembly, and making an assembly file can
 * take long.
 */
static void report_source(struct scanner *scanner, const struct kbuild_source *source,
			  const char *path)
{
	g_autofree char *guess = NULL;

	if (!path && g_str_has_suffix(source->target, ".o")) {
		g_autofree char *stem = g_strndup(source->target, strlen(source->target) - 2);

		guess = g_strconcat(stem, ".c", NULL);
		report(scanner, guess, true);
	} else if (path && source->language == SOURCE_C && below(path, scanner->build)) {
		report(scanner, below(path, scanner->build), true);
	}
}

/*
 * Queues each FILE of "-include FILE" in @args. Looks for FILE first in the build directory, then
 * in the directories of @search. Reports FILE if it does not exist.
 */
static void scan_forced(struct scanner *scanner, const char *const *args,
			const struct search *search)
{
	for (; args && *args; args++) {
		g_autofree char *beside = NULL;
		const char *path;

		if (strcmp(*args, "-include") != 0 || !args[1])
			continue;
		beside = g_canonicalize_filename(*++args, scanner->build);
		path = is_file(scanner, beside) ? beside : find_in(scanner, search, *args);
		if (path)
			queue_file(scanner, path, search);
		else
			report_in(scanner, scanner->build, *args);
	}
}

static void scan_source(struct scanner *scanner, const struct kbuild_source *source)
{
	g_autofree char *includer = g_path_get_dirname(source->target);
	g_autofree char *path = NULL;
	const struct search *search;
	struct queued_file *queued;

	scanner->includer = includer;
	if (source->source)
		path = source_path(scanner, source->source);
	if (source->language == SOURCE_RUST)
		return;
	if (!path || !is_file(scanner, path)) {
		report_source(scanner, source, path);
		return;
	}
	if (source->language != SOURCE_C)
		return;
	search = find_search(scanner, source->args);
	scan_forced(scanner, source->args, search);
	queue_file(scanner, path, search);
	while ((queued = g_queue_pop_head(&scanner->queue))) {
		scan_file(scanner, queued);
		g_free(queued->path);
		g_free(queued);
	}
}

void prepare_scan_includes(const char *tree, const char *build, const struct kbuild_object *objects,
			   unsigned int n, GPtrArray *missing)
{
	struct scanner scanner = { .tree = tree, .build = build, .missing = missing };

	scanner.searches = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, search_free);
	scanner.exists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	scanner.files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      (GDestroyNotify)g_array_unref);
	scanner.found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	scanner.visited = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	scanner.reported = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_queue_init(&scanner.queue);
	for (unsigned int i = 0; i < n; i++)
		for (unsigned int k = 0;
		     objects[i].fact.kind != OBJECT_MODULE && k < objects[i].n_sources; k++)
			scan_source(&scanner, &objects[i].sources[k]);
	g_hash_table_unref(scanner.searches);
	g_hash_table_unref(scanner.exists);
	g_hash_table_unref(scanner.files);
	g_hash_table_unref(scanner.found);
	g_hash_table_unref(scanner.visited);
	g_hash_table_unref(scanner.reported);
}
