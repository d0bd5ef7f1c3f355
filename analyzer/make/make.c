// SPDX-License-Identifier: GPL-2.0-only
/* Creates and frees evaluators, and keeps the parsed Makefiles. */
#include "analyzer/make/make_internal.h"

#include <errno.h>
#include <stdarg.h>

#include "db/error.h"
#include "db/read_file.h"

/* Variables that make itself defines. This evaluator follows the language of make 4.4.1. */
static const struct {
	const char *name;
	const char *value;
} defaults[] = {
	{ "MAKE", "make" },
	{ "MAKE_VERSION", "4.4.1" },
	{ "MAKE_COMMAND", "make" },
	{ "MAKE_HOST", "x86_64-pc-linux-gnu" },
	{ ".FEATURES", "target-specific order-only second-expansion else-if shortest-stem "
		       "undefine oneshell nocomment grouped-target extra-prereqs notintermediate "
		       "shell-export archives jobserver jobserver-fifo output-sync check-symlink "
		       "load" },
	{ ".INCLUDE_DIRS", "/usr/include" },
	{ "SHELL", "/bin/sh" },
	{ "SUFFIXES", "" },
	{ ".LIBPATTERNS", "" },
	{ ".SHELLFLAGS", "-c" },
};

static void add_functions(struct make *make, const struct make_function *functions)
{
	for (; functions->name; functions++)
		g_hash_table_insert(make->functions, (void *)functions->name, (void *)functions);
}

static void free_buf(void *data)
{
	buf_clear(data);
	g_free(data);
}

struct make *make_new(const char *cwd, const char *include_dir, const struct make_hooks *hooks)
{
	struct make *make = g_new0(struct make, 1);

	if (hooks)
		make->hooks = *hooks;
	make->cwd = g_strdup(cwd);
	make->include_dir = g_strdup(include_dir);
	make->perm = arena_new();
	make->scratch = arena_new();
	make->n_buckets = 1 << 15;
	make->buckets = g_new0(struct make_symbol *, make->n_buckets);
	make->files = g_hash_table_new(g_str_hash, g_str_equal);
	make->functions = g_hash_table_new(g_str_hash, g_str_equal);
	make->set = g_ptr_array_new();
	make->saved = g_array_new(FALSE, FALSE, sizeof(struct make_saved));
	make->bufs = g_ptr_array_new_with_free_func(free_buf);
	make->taints = taints_new(make->perm);
	make->rules = make_rules_new();
	make->generation = 1;
	add_functions(make, make_text_functions);
	add_functions(make, make_file_functions);
	add_functions(make, make_flow_functions);
	for (size_t i = 0; i < G_N_ELEMENTS(defaults); i++)
		make_set_base(make, defaults[i].name, defaults[i].value, ORIGIN_DEFAULT);
	make_set_base(make, "CURDIR", cwd, ORIGIN_FILE);
	return make;
}

void make_free(struct make *make)
{
	if (!make)
		return;
	make_rules_free(make->rules);
	taints_free(make->taints);
	g_ptr_array_unref(make->bufs);
	g_array_unref(make->saved);
	g_ptr_array_unref(make->set);
	g_hash_table_unref(make->functions);
	g_hash_table_unref(make->files);
	g_free(make->buckets);
	arena_free(make->scratch);
	arena_free(make->perm);
	g_free(make->include_dir);
	g_free(make->cwd);
	g_clear_error(&make->error);
	g_free(make);
}

void make_begin(struct make *make, bool keep)
{
	make->generation++;
	make_limit_begin(make);
	g_ptr_array_set_size(make->set, 0);
	make->config_shown = false;
	make->export_all = false;
	make->includes = NULL;
	make->guard_taint = 0;
	make->include_taint = 0;
	make->stmt = NULL;
	make->where = (struct make_place){ 0 };
	make_rules_reset(make->rules);
	if (keep)
		arena_adopt(make->perm, make->scratch);
	else
		arena_reset(make->scratch);
}

const GError *make_error(const struct make *make)
{
	return make->error;
}

bool make_take_error(struct make *make, GError **error)
{
	if (!make->error)
		return false;
	g_propagate_error(error, make->error);
	make->error = NULL;
	return true;
}

void make_fail(struct make *make, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	if (make->error)
		return;
	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	if (make->where.file)
		g_set_error(&make->error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s:%u: %s",
			    make->where.file, make->where.line, text);
	else
		g_set_error(&make->error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s", text);
}

struct make_file *make_load_file(struct make *make, const char *path)
{
	struct make_file *file = g_hash_table_lookup(make->files, path);
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	size_t size;

	if (file)
		return file;
	if (!read_file(path, &text, &size, &cause)) {
		make_fail(make, "cannot read the Makefile %s: %s", path, cause->message);
		return NULL;
	}
	file = arena_new0(make->perm, struct make_file);
	file->path = arena_strdup(make->perm, path);
	file->recorded = make->hooks.records && make->hooks.records(make->hooks.data, path);
	file->stmts = make_parse(make, make->perm, file, arena_strndup(make->perm, text, size),
				 size, (struct make_place){ file->path, 1 });
	g_hash_table_insert(make->files, (char *)file->path, file);
	return file;
}

/*
 * Appends @path to MAKEFILE_LIST. MAKEFILE_LIST names all Makefiles that this evaluation has read.
 */
static void note_file(struct make *make, const char *path)
{
	struct make_symbol *symbol = make_symbol(make, "MAKEFILE_LIST", 13);
	struct make_var *var = make_own_var(make, symbol);
	g_autofree char *list =
		g_strdup_printf("%.*s %s", (int)var->len, var->len ? var->value : "", path);

	make_var_store(make, var, list, strlen(list));
	var->origin = ORIGIN_FILE;
	var->undefined = false;
}

bool make_read(struct make *make, const char *path)
{
	const struct make_stmt *outer = make->stmt;
	struct make_file *file;

	if (make->error)
		return false;
	file = make_load_file(make, path);
	if (make->error)
		return false;
	if (file->reading) {
		make_fail(make, "include cycle: %s is being read already", path);
		return false;
	}
	file->reading = true;
	note_file(make, path);
	make_eval_stmts(make, file->stmts);
	*make_rules_open(make->rules) = NULL;
	make->stmt = outer;
	file->reading = false;
	return !make->error;
}

unsigned int make_taint_union(struct make *make, unsigned int a, unsigned int b)
{
	return taints_union(make->taints, a, b);
}

void make_taint_matters(struct make *make, unsigned int taint)
{
	if (taint)
		taints_mark(make->taints, taint);
}

unsigned int make_include_taint(const struct make *make)
{
	return make->include_taint;
}

unsigned int make_n_shells(const struct make *make)
{
	return taints_n_shells(make->taints);
}

const struct make_shell *make_shell(const struct make *make, unsigned int i)
{
	return taints_get(make->taints, i);
}
