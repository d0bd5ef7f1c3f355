// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/proof/proof.h"

#include <string.h>

#define MAX_REASONS_OF_KIND 20
#define FAULT_LENGTH	    40 /* faults that begin with this many equal characters are the same */

struct noise {
	GHashTable *patterns; /* set of patterns of messages and paths */
	GHashTable *returns;  /* set of keys of observation->returns */
	GHashTable *probes;   /* set of keys of observation->probes */
};

const char *proof_outcome_name(enum proof_outcome outcome)
{
	static const char *const names[N_PROOF_OUTCOMES] = {
		[PROOF_PROVEN] = "proven",
		[PROOF_TOLERATED] = "tolerated",
		[PROOF_NOT_EXERCISED] = "not exercised",
		[PROOF_MASKED] = "masked",
	};

	return names[outcome];
}

void proof_order(unsigned int *order, unsigned int n, enum proof_pair pair, bool consumer_first,
		 unsigned int consumer, unsigned int provider)
{
	/* @fixed keeps its place, and the other initcall moves next to it. */
	unsigned int fixed = pair == PAIR_AT_CONSUMER ? consumer : provider;
	unsigned int moved = pair == PAIR_AT_CONSUMER ? provider : consumer;
	bool moved_first = (moved == consumer) == consumer_first;
	unsigned int at = 0;

	for (unsigned int i = 0; i < n; i++) {
		if (i == moved)
			continue;
		if (i == fixed && moved_first)
			order[at++] = moved;
		order[at++] = i;
		if (i == fixed && !moved_first)
			order[at++] = moved;
	}
}

static GHashTable *text_set(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static bool is_same(GHashTable *a, GHashTable *b, gpointer key, bool numbers)
{
	if (numbers)
		return observation_count(a, key) == observation_count(b, key);
	return g_strcmp0(g_hash_table_lookup(a, key), g_hash_table_lookup(b, key)) == 0;
}

/*
 * Adds to @set the keys for which @a and @b have different values. @numbers is true if the values
 * are numbers, false if the values are texts.
 */
static void add_differing(GHashTable *set, GHashTable *a, GHashTable *b, bool numbers)
{
	GHashTable *const tables[] = { a, b };
	GHashTableIter iter;
	gpointer key;

	for (int i = 0; i < 2; i++) {
		g_hash_table_iter_init(&iter, tables[i]);
		while (g_hash_table_iter_next(&iter, &key, NULL))
			if (!is_same(a, b, key, numbers))
				g_hash_table_add(set, g_strdup(key));
	}
}

struct noise *noise_new(struct observation *const *observations, unsigned int n)
{
	struct noise *noise = g_new0(struct noise, 1);

	noise->patterns = text_set();
	noise->returns = text_set();
	noise->probes = text_set();
	for (unsigned int i = 1; i < n; i++) {
		const struct observation *a = observations[0], *b = observations[i];

		add_differing(noise->patterns, a->messages, b->messages, true);
		add_differing(noise->patterns, a->paths, b->paths, true);
		add_differing(noise->returns, a->returns, b->returns, false);
		add_differing(noise->probes, a->probes, b->probes, false);
	}
	return noise;
}

void noise_free(struct noise *noise)
{
	if (!noise)
		return;
	g_hash_table_unref(noise->patterns);
	g_hash_table_unref(noise->returns);
	g_hash_table_unref(noise->probes);
	g_free(noise);
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * Sorts the texts of @more, and adds the first MAX_REASONS_OF_KIND of them to @reasons. If @more
 * has more texts, also adds one text with the number of the texts that are left out. Frees @more.
 */
static void take_reasons(GPtrArray *reasons, GPtrArray *more)
{
	guint n = more->len;

	g_ptr_array_sort(more, compare_texts);
	for (guint i = 0; i < MIN(n, MAX_REASONS_OF_KIND); i++)
		g_ptr_array_add(reasons, g_strdup(more->pdata[i]));
	if (n > MAX_REASONS_OF_KIND)
		g_ptr_array_add(reasons, g_strdup_printf("... and %u more of this kind",
							 n - MAX_REASONS_OF_KIND));
	g_ptr_array_unref(more);
}

/* Adds to @reasons the faults that @bad has and @good does not have. */
static void compare_faults(GPtrArray *reasons, const struct observation *good,
			   const struct observation *bad)
{
	for (guint i = 0; i < bad->faults->len; i++) {
		const char *fault = bad->faults->pdata[i];

		/*
		 * @good has the same fault. Only the first FAULT_LENGTH characters count, because
		 * addresses follow, which may differ.
		 */
		bool known = false;

		for (guint j = 0; j < good->faults->len; j++)
			known |= strncmp(fault, good->faults->pdata[j], FAULT_LENGTH) == 0;
		if (!known)
			g_ptr_array_add(reasons, g_strdup(fault));
	}
}

/*
 * Adds a text to @reasons for each key for which @good and @bad have different values: "@what KEY
 * returns -19 instead of 0". The text has the key without "#N". Leaves out the keys in @ignored.
 */
static void compare_values(GPtrArray *reasons, GHashTable *good, GHashTable *bad,
			   GHashTable *ignored, const char *what)
{
	g_autoptr(GHashTable) keys = text_set();
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iter;
	gpointer key;

	add_differing(keys, good, bad, false);
	g_hash_table_iter_init(&iter, keys);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		const char *before = g_hash_table_lookup(good, key);
		const char *after = g_hash_table_lookup(bad, key);
		g_autofree char *name = g_strndup(key, strcspn(key, "#"));

		if (g_hash_table_contains(ignored, key))
			continue;
		g_ptr_array_add(found, g_strdup_printf("%s %s returns %s instead of %s", what, name,
						       after ? after : "nothing",
						       before ? before : "nothing"));
	}
	take_reasons(reasons, found);
}

/*
 * Adds a text to @reasons for each pattern that @more has more often than @less: "@what: EXAMPLE".
 * @examples has an example for each pattern. Leaves out the patterns in @noise.
 */
static void compare_counts(GPtrArray *reasons, GHashTable *more, GHashTable *less,
			   GHashTable *examples, const struct noise *noise, const char *what)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, more);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		if (observation_count(more, key) <= observation_count(less, key) ||
		    g_hash_table_contains(noise->patterns, key))
			continue;
		g_ptr_array_add(found,
				g_strdup_printf("%s: %s", what,
						(const char *)g_hash_table_lookup(examples, key)));
	}
	take_reasons(reasons, found);
}

static void compare_complete(GPtrArray *reasons, const struct observation *good,
			     const struct observation *bad, const struct noise *noise)
{
	compare_values(reasons, good->returns, bad->returns, noise->returns, "initcall");
	compare_values(reasons, good->probes, bad->probes, noise->probes, "the probe of");
	if (g_hash_table_size(good->paths) && g_hash_table_size(bad->paths))
		compare_counts(reasons, good->paths, bad->paths, good->examples, noise,
			       "missing path");
	/*
	 * If there is a fault and a reason, the messages add nothing: after a fault, the kernel
	 * prints registers and a stack.
	 */
	if (!reasons->len || !bad->faults->len)
		compare_counts(reasons, bad->messages, good->messages, bad->examples, noise,
			       "message");
}

void proof_compare(const struct observation *provider_first,
		   const struct observation *consumer_first, const struct noise *noise,
		   struct proof_difference *difference)
{
	GPtrArray *reasons = g_ptr_array_new_with_free_func(g_free);

	*difference = (struct proof_difference){ .reasons = reasons };
	if (!provider_first->complete) {
		difference->masked = true;
		return;
	}
	if (!consumer_first->complete)
		g_ptr_array_add(reasons,
				g_strdup_printf("the boot ends%s%s",
						consumer_first->running ? " in initcall " : "",
						consumer_first->running ? consumer_first->running
									: ""));
	compare_faults(reasons, provider_first, consumer_first);
	if (consumer_first->complete)
		compare_complete(reasons, provider_first, consumer_first, noise);
	difference->worse = reasons->len > 0;
}

/* True if a text in @reasons has the same pattern as @reason. */
static bool has_reason(const GPtrArray *reasons, const char *reason)
{
	g_autofree char *pattern = observation_pattern(reason);

	for (guint i = 0; i < reasons->len; i++) {
		g_autofree char *other = observation_pattern(reasons->pdata[i]);

		if (strcmp(pattern, other) == 0)
			return true;
	}
	return false;
}

void proof_difference_keep(struct proof_difference *difference,
			   const struct proof_difference *again)
{
	difference->masked |= again->masked;
	for (guint i = difference->reasons->len; i > 0; i--)
		if (!has_reason(again->reasons, difference->reasons->pdata[i - 1]))
			g_ptr_array_remove_index(difference->reasons, i - 1);
	difference->worse = difference->reasons->len > 0;
}

void proof_difference_clear(struct proof_difference *difference)
{
	g_clear_pointer(&difference->reasons, g_ptr_array_unref);
}
