// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kbuild/kbuild_internal.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>

#include "db/error.h"

/*
 * make's working directory if there is no build directory. No file exists below /dev/null, so all
 * generated files are missing.
 */
#define NO_BUILD "/dev/null"

static bool is_noted(const struct kbuild *kbuild, const char *text)
{
	for (unsigned int i = 0; i < kbuild->notes->len; i++)
		if (strcmp(g_array_index(kbuild->notes, struct kbuild_note, i).text, text) == 0)
			return true;
	return false;
}

void kbuild_note(struct kbuild *kbuild, enum kbuild_note_kind kind, const char *format, ...)
{
	struct kbuild_note note = { .kind = kind };
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	if (is_noted(kbuild, text))
		return;
	note.text = arena_strdup(kbuild->arena, text);
	g_array_append_val(kbuild->notes, note);
}

const char *kbuild_printf(struct kbuild *kbuild, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	return arena_strdup(kbuild->arena, text);
}

static const char *below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strncmp(path, dir, n) == 0 && path[n] == '/' ? path + n + 1 : NULL;
}

const char *kbuild_fact_path(struct kbuild *kbuild, const char *path)
{
	const char *known = g_hash_table_lookup(kbuild->fact_paths, path), *rest;
	g_autofree char *plain = NULL;

	if (known)
		return known;
	plain = g_canonicalize_filename(path, kbuild->build);
	if (strcmp(kbuild->build, kbuild->tree) != 0 && (rest = below(plain, kbuild->build)))
		known = kbuild_printf(kbuild, "$O/%s", rest);
	else if ((rest = below(plain, kbuild->tree)))
		known = arena_strdup(kbuild->arena, rest);
	else
		known = arena_strdup(kbuild->arena, plain);
	g_hash_table_insert(kbuild->fact_paths, arena_strdup(kbuild->arena, path), (char *)known);
	return known;
}

const char *kbuild_plain_path(struct kbuild *kbuild, struct word path)
{
	g_autofree char *text = g_strndup(path.text, path.len);
	g_autofree char *plain = NULL;
	const char *rest;

	if (path.len && !strstr(text, "./") && !strstr(text, "//") && text[path.len - 1] != '/' &&
	    strcmp(text, ".") != 0 && *text != '/')
		return arena_strdup(kbuild->arena, text);
	plain = g_canonicalize_filename(text, kbuild->build);
	if (strcmp(plain, kbuild->build) == 0)
		return ".";
	rest = below(plain, kbuild->build);
	return arena_strdup(kbuild->arena, rest ? rest : plain);
}

static void collect_shells(struct kbuild *kbuild)
{
	for (unsigned int i = 0; i < make_n_shells(kbuild->make); i++) {
		const struct make_shell *shell = make_shell(kbuild->make, i);
		struct shell_fact fact = {
			.makefile = shell->place.file ? kbuild_fact_path(kbuild, shell->place.file)
						      : "",
			.line = shell->place.line,
			.command = shell->command,
			.matters = shell->matters,
		};

		g_array_append_val(kbuild->shells, fact);
	}
}

static void free_dir(void *data)
{
	struct kdir *dir = data;

	g_ptr_array_unref(dir->members);
	g_ptr_array_unref(dir->lib);
}

static char *real_directory(const char *path)
{
	char resolved[PATH_MAX];

	return g_strdup(realpath(path, resolved) ? resolved : path);
}

struct kbuild *kbuild_walk(const struct kbuild_options *options, GError **error)
{
	struct kbuild *kbuild = g_new0(struct kbuild, 1);

	kbuild->options = *options;
	kbuild->arena = arena_new();
	kbuild->tree = real_directory(options->tree);
	kbuild->build = options->build ? real_directory(options->build) : g_strdup(NO_BUILD);
	kbuild->arch = g_strdup(options->arch ? options->arch : kconfig_arch(options->config));
	kbuild->dirs = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_dir);
	kbuild->libs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	kbuild->singles = g_hash_table_new(g_str_hash, g_str_equal);
	kbuild->fact_paths = g_hash_table_new(g_str_hash, g_str_equal);
	kbuild->interned_args = g_hash_table_new(g_str_hash, g_str_equal);
	kbuild->modules = g_ptr_array_new();
	kbuild->objects = g_array_new(FALSE, FALSE, sizeof(struct kbuild_object));
	kbuild->shells = g_array_new(FALSE, FALSE, sizeof(struct shell_fact));
	kbuild->notes = g_array_new(FALSE, FALSE, sizeof(struct kbuild_note));
	if (!kbuild_walk_top(kbuild, error)) {
		kbuild_free(kbuild);
		return NULL;
	}
	collect_shells(kbuild);
	return kbuild;
}

void kbuild_free(struct kbuild *kbuild)
{
	if (!kbuild)
		return;
	events_free(kbuild->top);
	events_free(kbuild->events);
	g_hash_table_unref(kbuild->dirs);
	g_hash_table_unref(kbuild->libs);
	g_hash_table_unref(kbuild->singles);
	g_hash_table_unref(kbuild->fact_paths);
	g_hash_table_unref(kbuild->interned_args);
	g_ptr_array_unref(kbuild->modules);
	g_array_unref(kbuild->objects);
	g_array_unref(kbuild->shells);
	g_array_unref(kbuild->notes);
	g_free(kbuild->version);
	g_free(kbuild->arch);
	g_free(kbuild->srcarch);
	g_free(kbuild->tree);
	g_free(kbuild->build);
	make_free(kbuild->make);
	arena_free(kbuild->arena);
	g_free(kbuild);
}

const struct kbuild_object *kbuild_objects(const struct kbuild *kbuild, unsigned int *n)
{
	*n = kbuild->objects->len;
	return (const struct kbuild_object *)kbuild->objects->data;
}

const struct shell_fact *kbuild_shells(const struct kbuild *kbuild, unsigned int *n)
{
	*n = kbuild->shells->len;
	return (const struct shell_fact *)kbuild->shells->data;
}

const struct kbuild_note *kbuild_notes(const struct kbuild *kbuild, unsigned int *n)
{
	*n = kbuild->notes->len;
	return (const struct kbuild_note *)kbuild->notes->data;
}

unsigned int kbuild_n_directories(const struct kbuild *kbuild)
{
	return g_hash_table_size(kbuild->dirs);
}

const char *kbuild_version(const struct kbuild *kbuild)
{
	return kbuild->version;
}

const char *kbuild_arch(const struct kbuild *kbuild)
{
	return kbuild->arch;
}

const char *kbuild_srcarch(const struct kbuild *kbuild)
{
	return kbuild->srcarch;
}
