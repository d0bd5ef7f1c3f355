// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/verify/verify.h"

#include <string.h>

/*
 * There are two orders: the observed order and the computed order. Each order has two parts: the
 * console initcalls, and all other initcalls. A side is one part of one order. Each initcall in the
 * side is an element. The opposite side is the same part of the other order.
 */
struct side {
	const struct verify_entry *entries;
	unsigned int *index; /* by element: index into @entries */
	/* by element: the element of the opposite side for the same initcall; -1: none */
	int *partner;
	bool *in_order; /* by element: true if the element has a partner and is not moved */
	unsigned int n; /* number of elements */
};

static const char *const kind_names[N_VERIFY_KINDS] = {
	[VERIFY_MISSING] = "missing", [VERIFY_EXTRA] = "extra",	  [VERIFY_MOVED] = "moved",
	[VERIFY_LEVEL] = "level",     [VERIFY_MODULE] = "module", [VERIFY_LINE] = "line",
};

const char *verify_kind_name(enum verify_kind kind)
{
	return kind_names[kind];
}

static void side_init(struct side *side, const struct verify_entry *entries, unsigned int n,
		      bool console)
{
	side->entries = entries;
	side->index = g_new(unsigned int, n);
	side->partner = g_new(int, n);
	side->in_order = g_new0(bool, n);
	side->n = 0;
	for (unsigned int i = 0; i < n; i++) {
		if ((entries[i].level == LEVEL_CON) != console)
			continue;
		side->partner[side->n] = -1;
		side->index[side->n++] = i;
	}
}

static void side_clear(struct side *side)
{
	g_free(side->index);
	g_free(side->partner);
	g_free(side->in_order);
}

static const struct verify_entry *element(const struct side *side, unsigned int i)
{
	return &side->entries[side->index[i]];
}

/*
 * Depending on the architecture, GNU C predefines the names below as macros with the value 1. The
 * kernel makes a symbol from the name of a module. If the module's name is a macro, the
 * preprocessor replaces the name by the value of the macro. So the symbol contains "1" as the name
 * of the module unix.
 */
static bool is_predefined(const char *name)
{
	static const char *const names[] = { "unix",	"linux", "i386", "mips", "sparc",
					     "sparc64", "PPC",	 "arm",	 "hppa", NULL };

	return g_strv_contains(names, name);
}

static bool modules_agree(const struct verify_entry *a, const struct verify_entry *b)
{
	if (!a->modname || !b->modname || strcmp(a->modname, b->modname) == 0)
		return true;
	return (strcmp(a->modname, "1") == 0 && is_predefined(b->modname)) ||
	       (strcmp(b->modname, "1") == 0 && is_predefined(a->modname));
}

/*
 * Returns a table. The key is the name of a function. The value is a GArray of unsigned int: the
 * elements of @side with this function, in ascending order.
 */
static GHashTable *index_functions(const struct side *side)
{
	GHashTable *table =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);

	for (unsigned int i = 0; i < side->n; i++) {
		const char *function = element(side, i)->function;
		GArray *places = g_hash_table_lookup(table, function);

		if (!places) {
			places = g_array_new(FALSE, FALSE, sizeof(unsigned int));
			g_hash_table_insert(table, (void *)function, places);
		}
		g_array_append_val(places, i);
	}
	return table;
}

/*
 * A chain is a common subsequence of the observed and the computed side. A link is one part of a
 * chain: an observed element and a computed element with the same function and, if both modules are
 * known, the same module. @observed and @computed are the indices of the two elements. Each of
 * these indices is higher than in the link @previous. @previous is NULL in the first link.
 */
struct link {
	unsigned int observed;
	unsigned int computed;
	const struct link *previous;
};

/*
 * @ends has @n entries. ends[i] is the last link of a chain with i + 1 links. The numbers
 * ends[i]->computed ascend. Returns the lowest i for which ends[i]->computed >= @computed. Returns
 * @n if all these numbers are below @computed.
 */
static unsigned int find_length(struct link *const *ends, unsigned int n, unsigned int computed)
{
	unsigned int low = 0, high = n;

	while (low < high) {
		unsigned int middle = (low + high) / 2;

		if (ends[middle]->computed < computed)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * Finds the longest common subsequence of @observed and @computed, with the algorithm of Hunt and
 * Szymanski. The algorithm is fast here, because most function names are unique. Sets @partner and
 * @in_order of the elements in the subsequence. @functions is the result of index_functions() for
 * @computed.
 */
static void align(struct side *observed, struct side *computed, GHashTable *functions)
{
	g_autofree struct link **ends = g_new(struct link *, observed->n + 1);
	g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
	unsigned int n = 0;

	for (unsigned int i = 0; i < observed->n; i++) {
		const struct verify_entry *entry = element(observed, i);
		const GArray *places = g_hash_table_lookup(functions, entry->function);

		/*
		 * All links that this loop creates are for the observed element @i, so a chain may
		 * contain only one of these links. Along a chain, link->computed ascends. The loop
		 * creates links with descending @computed, so it never puts two into one chain.
		 */
		for (unsigned int k = places ? places->len : 0; k-- > 0;) {
			unsigned int j = g_array_index(places, unsigned int, k);
			unsigned int length;
			struct link *link;

			if (!modules_agree(entry, element(computed, j)))
				continue;
			length = find_length(ends, n, j);
			link = g_new(struct link, 1);
			*link = (struct link){ i, j, length > 0 ? ends[length - 1] : NULL };
			g_ptr_array_add(links, link);
			ends[length] = link;
			n = MAX(n, length + 1);
		}
	}
	for (const struct link *link = n > 0 ? ends[n - 1] : NULL; link; link = link->previous) {
		observed->partner[link->observed] = (int)link->computed;
		computed->partner[link->computed] = (int)link->observed;
		observed->in_order[link->observed] = true;
		computed->in_order[link->computed] = true;
	}
}

/*
 * Finds the nearest observed elements before and after element @i for which @observed->in_order is
 * true. True if computed element @j is between the partners of these two elements. If there is no
 * element before or after @i, the beginning or end of @computed counts.
 */
static bool fits_in(const struct side *observed, const struct side *computed, unsigned int i,
		    unsigned int j)
{
	int before = -1;
	int after = (int)computed->n;

	for (unsigned int k = i; k-- > 0 && before < 0;)
		if (observed->in_order[k])
			before = observed->partner[k];
	for (unsigned int k = i + 1; k < observed->n && after == (int)computed->n; k++)
		if (observed->in_order[k])
			after = observed->partner[k];
	return before < (int)j && (int)j < after;
}

/*
 * Pairs an observed element with a computed element if neither element has a partner yet and both
 * elements have the same function. If @any_module is false, the elements must also have the same
 * module, unless a module is unknown.
 */
static void pair_leftovers(struct side *observed, struct side *computed, GHashTable *functions,
			   bool any_module)
{
	for (unsigned int i = 0; i < observed->n; i++) {
		const struct verify_entry *entry = element(observed, i);
		const GArray *places = g_hash_table_lookup(functions, entry->function);

		for (unsigned int k = 0; observed->partner[i] < 0 && places && k < places->len;
		     k++) {
			unsigned int j = g_array_index(places, unsigned int, k);

			if (computed->partner[j] >= 0 ||
			    !(any_module || modules_agree(entry, element(computed, j))))
				continue;
			observed->partner[i] = (int)j;
			computed->partner[j] = (int)i;
			observed->in_order[i] = fits_in(observed, computed, i, j);
			computed->in_order[j] = observed->in_order[i];
		}
	}
}

static void add(struct verify_result *result, enum verify_kind kind, int observed, int computed)
{
	struct verify_difference difference = { kind, observed, computed };

	g_array_append_val(result->differences, difference);
	result->n_of_kind[kind]++;
}

static void compare_pair(struct verify_result *result, const struct side *observed,
			 const struct side *computed, unsigned int i)
{
	unsigned int j = (unsigned int)observed->partner[i];
	const struct verify_entry *a = element(observed, i), *b = element(computed, j);
	int observed_index = (int)observed->index[i], computed_index = (int)computed->index[j];

	if (!observed->in_order[i])
		add(result, VERIFY_MOVED, observed_index, computed_index);
	else if (a->level != LEVEL_NONE && b->level != LEVEL_NONE && a->level != b->level)
		add(result, VERIFY_LEVEL, observed_index, computed_index);
	if (!modules_agree(a, b))
		add(result, VERIFY_MODULE, observed_index, computed_index);
	if (a->line && b->line && a->line != b->line)
		add(result, VERIFY_LINE, observed_index, computed_index);
}

/*
 * Adds a VERIFY_EXTRA difference for each computed element in [*@next, @until) that has no partner.
 * Moves *@next up to @until.
 */
static void add_extras(struct verify_result *result, const struct side *computed,
		       unsigned int *next, unsigned int until)
{
	for (; *next < until; (*next)++)
		if (computed->partner[*next] < 0)
			add(result, VERIFY_EXTRA, -1, (int)computed->index[*next]);
}

/*
 * Sets [*@begin, *@end) to the range from the first to the last computed element with a partner.
 * The computed elements outside of this range have possibly run before or after the observation.
 * Adds the number of these elements to @result->n_outside.
 */
static void trim(struct verify_result *result, struct side *computed, unsigned int *begin,
		 unsigned int *end)
{
	*begin = 0;
	*end = computed->n;
	while (*begin < *end && computed->partner[*begin] < 0)
		(*begin)++;
	while (*end > *begin && computed->partner[*end - 1] < 0)
		(*end)--;
	result->n_outside += computed->n - (*end - *begin);
}

static void compare_sides(struct verify_result *result, struct verify_counts *counts,
			  struct side *observed, struct side *computed, bool complete)
{
	g_autoptr(GHashTable) functions = index_functions(computed);
	unsigned int next = 0, end = computed->n;

	align(observed, computed, functions);
	pair_leftovers(observed, computed, functions, false);
	pair_leftovers(observed, computed, functions, true);
	if (!complete)
		trim(result, computed, &next, &end);
	for (unsigned int i = 0; i < observed->n; i++) {
		if (observed->partner[i] < 0) {
			add(result, VERIFY_MISSING, (int)observed->index[i], -1);
			continue;
		}
		if (observed->in_order[i]) {
			add_extras(result, computed, &next, (unsigned int)observed->partner[i]);
			counts->n_in_order++;
		}
		compare_pair(result, observed, computed, i);
	}
	add_extras(result, computed, &next, end);
	counts->n_observed = observed->n;
	counts->n_computed = computed->n;
}

void verify_compare(const struct verify_entry *observed, unsigned int n_observed,
		    const struct verify_entry *computed, unsigned int n_computed, bool complete,
		    struct verify_result *result)
{
	memset(result, 0, sizeof(*result));
	result->differences = g_array_new(FALSE, FALSE, sizeof(struct verify_difference));
	for (int console = 0; console < 2; console++) {
		struct side a, b;

		side_init(&a, observed, n_observed, console);
		side_init(&b, computed, n_computed, console);
		compare_sides(result, console ? &result->console : &result->calls, &a, &b,
			      complete);
		side_clear(&a);
		side_clear(&b);
	}
}

void verify_result_clear(struct verify_result *result)
{
	if (result->differences)
		g_array_unref(result->differences);
	memset(result, 0, sizeof(*result));
}
