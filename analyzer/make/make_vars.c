// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keeps the symbols and their values. make->generation is the number of the current evaluation.
 * symbol->current is the value that a Makefile has set. symbol->current is valid only if
 * symbol->generation is equal to make->generation. make_begin() increments make->generation, and so
 * invalidates symbol->current of all symbols without visiting the symbols.
 */
#include "analyzer/make/make_internal.h"

#include <unistd.h>

enum { FIRST_BUCKETS = 1 << 15 };

static unsigned int hash_name(const char *name, size_t len)
{
	unsigned int hash = 2166136261U;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)name[i]) * 16777619U;
	return hash;
}

static struct make_symbol *find(const struct make *make, const char *name, size_t len,
				unsigned int hash)
{
	struct make_symbol *symbol = make->buckets[hash & (make->n_buckets - 1)];

	while (symbol &&
	       (symbol->hash != hash || symbol->len != len || memcmp(symbol->name, name, len) != 0))
		symbol = symbol->next;
	return symbol;
}

struct make_symbol *make_symbol_find(const struct make *make, const char *name, size_t len)
{
	return find(make, name, len, hash_name(name, len));
}

static void grow_buckets(struct make *make)
{
	unsigned int n = make->n_buckets * 2;
	struct make_symbol **buckets = g_new0(struct make_symbol *, n);

	for (unsigned int i = 0; i < make->n_buckets; i++) {
		while (make->buckets[i]) {
			struct make_symbol *symbol = make->buckets[i];

			make->buckets[i] = symbol->next;
			symbol->next = buckets[symbol->hash & (n - 1)];
			buckets[symbol->hash & (n - 1)] = symbol;
		}
	}
	g_free(make->buckets);
	make->buckets = buckets;
	make->n_buckets = n;
}

struct make_symbol *make_symbol(struct make *make, const char *name, size_t len)
{
	unsigned int hash = hash_name(name, len);
	struct make_symbol *symbol = find(make, name, len, hash), **bucket;

	if (symbol)
		return symbol;
	if (make->n_symbols++ == make->n_buckets)
		grow_buckets(make);
	symbol = arena_new0(make->perm, struct make_symbol);
	symbol->name = arena_strndup(make->perm, name, len);
	symbol->len = (unsigned int)len;
	symbol->hash = hash;
	symbol->is_config = strncmp(symbol->name, "CONFIG_", 7) == 0;
	symbol->argument = -1;
	if (len > 0 && len < 4 && strspn(symbol->name, "0123456789") == len)
		symbol->argument = (int)g_ascii_strtoull(symbol->name, NULL, 10);
	bucket = &make->buckets[hash & (make->n_buckets - 1)];
	symbol->next = *bucket;
	*bucket = symbol;
	return symbol;
}

static struct make_var *find_var(const struct make *make, const struct make_symbol *symbol)
{
	if (symbol->generation == make->generation)
		return symbol->current;
	if (symbol->config && make->config_shown)
		return symbol->config;
	return symbol->base;
}

struct make_var *make_lookup(const struct make *make, const struct make_symbol *symbol)
{
	struct make_var *var = find_var(make, symbol);

	return var && !var->undefined ? var : NULL;
}

struct make_var *make_own_var(struct make *make, struct make_symbol *symbol)
{
	struct make_var *lower = find_var(make, symbol), *var;

	if (symbol->generation == make->generation && lower)
		return lower;
	var = arena_new0(make->scratch, struct make_var);
	if (lower) {
		*var = *lower;
		var->cap = 0;
		var->expanding = false;
	} else {
		var->undefined = true;
	}
	if (symbol->generation != make->generation)
		g_ptr_array_add(make->set, symbol);
	symbol->generation = make->generation;
	symbol->current = var;
	return var;
}

void make_var_store(struct make *make, struct make_var *var, const char *text, size_t len)
{
	char *space = (char *)var->value;

	if (!var->cap || var->cap < len) {
		var->cap = len + len / 2 + 16;
		space = arena_alloc(make->scratch, var->cap);
	}
	if (len)
		memmove(space, text, len);
	var->value = space;
	var->len = len;
	var->template = NULL;
}

bool make_is_exported(const struct make *make, const struct make_symbol *symbol)
{
	if (symbol->export_generation == make->generation)
		return symbol->exported;
	if (symbol->base && symbol->base->origin == ORIGIN_ENVIRONMENT)
		return true;
	return make->export_all && symbol->generation == make->generation && symbol->current &&
	       symbol->current->origin != ORIGIN_AUTOMATIC &&
	       strspn(symbol->name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") == symbol->len;
}

void make_foreach_set(struct make *make, void (*each)(struct make_symbol *symbol, void *data),
		      void *data)
{
	/* @each may expand variables and so add symbols to make->set. Visit the new symbols too. */
	for (unsigned int i = 0; i < make->set->len; i++)
		each(make->set->pdata[i], data);
}

void make_set_base(struct make *make, const char *name, const char *value, enum make_origin origin)
{
	struct make_symbol *symbol = make_symbol(make, name, strlen(name));
	struct make_var *var;

	if (!value) {
		symbol->base = NULL;
		return;
	}
	var = arena_new0(make->perm, struct make_var);
	var->value = arena_strdup(make->perm, value);
	var->len = strlen(value);
	var->origin = origin;
	var->recursive = strchr(value, '$') != NULL;
	symbol->base = var;
}

void make_set_config(struct make *make, const char *name, const char *value)
{
	struct make_symbol *symbol = make_symbol(make, name, strlen(name));
	struct word raw = { arena_strdup(make->perm, value), strlen(value) };

	/*
	 * make reads auto.conf as a Makefile. In a Makefile, "#" starts a comment even between
	 * quotes.
	 */
	raw = make_clean_line(make->perm, raw);
	symbol->config = arena_new0(make->perm, struct make_var);
	symbol->config->value = (char *)raw.text;
	symbol->config->len = raw.len;
	symbol->config->origin = ORIGIN_FILE;
	symbol->config->recursive = true;
}

void make_show_config(struct make *make)
{
	make->config_shown = true;
}

unsigned int make_mark(const struct make *make)
{
	return make->saved->len;
}

void make_push(struct make *make, struct make_symbol *symbol, const char *value, size_t len)
{
	struct make_saved saved = { symbol, symbol->current, symbol->generation };
	struct make_var *var = arena_new0(make->scratch, struct make_var);

	var->value = value;
	var->len = len;
	var->origin = ORIGIN_AUTOMATIC;
	g_array_append_val(make->saved, saved);
	symbol->current = var;
	symbol->generation = make->generation;
}

void make_pop(struct make *make, unsigned int mark)
{
	while (make->saved->len > mark) {
		struct make_saved *saved =
			&g_array_index(make->saved, struct make_saved, make->saved->len - 1);

		saved->symbol->current = saved->var;
		saved->symbol->generation = saved->generation;
		g_array_set_size(make->saved, make->saved->len - 1);
	}
}

/*
 * Removes each "DIR/.." from the text of @path, even if DIR is a symbolic link. To analyse a patch,
 * initlint makes a tree that consists of symbolic links into the original kernel tree
 * (analyzer/patch/scratch.h). open() would follow the link DIR first, and ".." would then lead into
 * the original tree. Takes ownership of @path. Free the result with g_free().
 */
static char *remove_parents(char *path)
{
	char *canonical;

	if (!strstr(path, "/../"))
		return path;
	canonical = g_canonicalize_filename(path, NULL);
	g_free(path);
	return canonical;
}

char *make_path(const struct make *make, const char *name, size_t len)
{
	if (len && *name == '/')
		return remove_parents(g_strndup(name, len));
	while (len >= 2 && name[0] == '.' && name[1] == '/') {
		name += 2;
		len -= 2;
		while (len && *name == '/')
			name++, len--;
	}
	if (!len || (len == 1 && *name == '.'))
		return g_strdup(make->cwd);
	return remove_parents(g_strdup_printf("%s/%.*s", make->cwd, (int)len, name));
}

bool make_exists(struct make *make, const char *name, size_t len)
{
	g_autofree char *path = make_path(make, name, len);

	return access(path, F_OK) == 0;
}
