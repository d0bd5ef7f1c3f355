// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/make/make_taint_internal.h"

struct taints {
	struct arena *arena;
	GArray *shells;	     /* struct make_shell */
	GHashTable *by_text; /* "file:line:command" -> number of the set with only this command */
	GPtrArray *sets; /* GBytes for each set: positions in @shells (unsigned int), ascending */
	GHashTable *by_set; /* GBytes of a set -> number of the set */
	GHashTable *unions; /* numbers of two sets -> number of the union of the two sets */
};

struct taints *taints_new(struct arena *arena)
{
	struct taints *taints = g_new0(struct taints, 1);

	taints->arena = arena;
	taints->shells = g_array_new(FALSE, FALSE, sizeof(struct make_shell));
	taints->by_text = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	taints->sets = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	taints->by_set = g_hash_table_new(g_bytes_hash, g_bytes_equal);
	taints->unions = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	g_ptr_array_add(taints->sets, g_bytes_new(NULL, 0));
	return taints;
}

void taints_free(struct taints *taints)
{
	if (!taints)
		return;
	g_hash_table_unref(taints->unions);
	g_hash_table_unref(taints->by_set);
	g_ptr_array_unref(taints->sets);
	g_hash_table_unref(taints->by_text);
	g_array_unref(taints->shells);
	g_free(taints);
}

static unsigned int intern_set(struct taints *taints, const GArray *members)
{
	GBytes *bytes = g_bytes_new(members->data, members->len * sizeof(unsigned int));
	void *known = g_hash_table_lookup(taints->by_set, bytes);

	if (known) {
		g_bytes_unref(bytes);
		return GPOINTER_TO_UINT(known);
	}
	g_ptr_array_add(taints->sets, bytes);
	g_hash_table_insert(taints->by_set, bytes, GUINT_TO_POINTER(taints->sets->len - 1));
	return taints->sets->len - 1;
}

unsigned int taints_shell(struct taints *taints, struct make_place place, struct word command)
{
	g_autofree char *text = g_strdup_printf("%s:%u:%.*s", place.file ? place.file : "",
						place.line, (int)command.len, command.text);
	void *known = g_hash_table_lookup(taints->by_text, text);
	g_autoptr(GArray) members = NULL;
	struct make_shell shell = { .place = place };
	unsigned int set;

	if (known)
		return GPOINTER_TO_UINT(known);
	shell.command = arena_strndup(taints->arena, command.text, command.len);
	members = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	g_array_append_val(members, taints->shells->len);
	g_array_append_val(taints->shells, shell);
	set = intern_set(taints, members);
	g_hash_table_insert(taints->by_text, g_steal_pointer(&text), GUINT_TO_POINTER(set));
	return set;
}

static const unsigned int *members_of(const struct taints *taints, unsigned int set, size_t *n)
{
	const unsigned int *members = g_bytes_get_data(taints->sets->pdata[set], n);

	*n /= sizeof(unsigned int);
	return members;
}

static unsigned int merge(struct taints *taints, unsigned int a, unsigned int b)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	size_t n_a, n_b, i = 0, j = 0;
	const unsigned int *in_a = members_of(taints, a, &n_a);
	const unsigned int *in_b = members_of(taints, b, &n_b);

	while (i < n_a || j < n_b) {
		unsigned int least = i == n_a || (j < n_b && in_b[j] < in_a[i]) ? in_b[j] : in_a[i];

		i += i < n_a && in_a[i] == least;
		j += j < n_b && in_b[j] == least;
		g_array_append_val(all, least);
	}
	return intern_set(taints, all);
}

unsigned int taints_union(struct taints *taints, unsigned int a, unsigned int b)
{
	int64_t pair = (int64_t)MIN(a, b) << 32 | MAX(a, b);
	void *known;
	unsigned int set;

	if (!a || a == b)
		return b;
	if (!b)
		return a;
	known = g_hash_table_lookup(taints->unions, &pair);
	if (known)
		return GPOINTER_TO_UINT(known);
	set = merge(taints, a, b);
	g_hash_table_insert(taints->unions, g_memdup2(&pair, sizeof(pair)), GUINT_TO_POINTER(set));
	return set;
}

void taints_mark(struct taints *taints, unsigned int taint)
{
	size_t n;
	const unsigned int *members = members_of(taints, taint, &n);

	for (size_t i = 0; i < n; i++)
		g_array_index(taints->shells, struct make_shell, members[i]).matters = true;
}

unsigned int taints_n_shells(const struct taints *taints)
{
	return taints->shells->len;
}

const struct make_shell *taints_get(const struct taints *taints, unsigned int i)
{
	return &g_array_index(taints->shells, struct make_shell, i);
}
