// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/make/make_internal.h"

#include <stdlib.h>

/* Maximum number of intermediate files between an existing file and a target. */
enum { MAX_CHAIN = 4 };

struct target_var {
	struct word targets;
	const struct make_assign *assign;
	struct make_place place;
};

/* One target pattern of a pattern rule. */
struct pattern {
	struct word target;
	const struct make_rule *rule;
};

struct make_rules {
	GPtrArray *rules; /* struct make_rule */
	GArray *vars;	  /* struct target_var */
	struct make_rule *open;
	bool indexed;
	GHashTable *by_target; /* target (struct word) -> its explicit rules (GPtrArray) */
	GArray *patterns;      /* struct pattern */
};

static void free_ptr_array(void *array)
{
	g_ptr_array_unref(array);
}

struct make_rules *make_rules_new(void)
{
	struct make_rules *rules = g_new0(struct make_rules, 1);

	rules->rules = g_ptr_array_new();
	rules->vars = g_array_new(FALSE, FALSE, sizeof(struct target_var));
	rules->patterns = g_array_new(FALSE, FALSE, sizeof(struct pattern));
	rules->by_target = g_hash_table_new_full(word_hash, word_equal, g_free, free_ptr_array);
	return rules;
}

void make_rules_free(struct make_rules *rules)
{
	g_hash_table_unref(rules->by_target);
	g_array_unref(rules->patterns);
	g_array_unref(rules->vars);
	g_ptr_array_unref(rules->rules);
	g_free(rules);
}

void make_rules_reset(struct make_rules *rules)
{
	g_ptr_array_set_size(rules->rules, 0);
	g_array_set_size(rules->vars, 0);
	g_array_set_size(rules->patterns, 0);
	g_hash_table_remove_all(rules->by_target);
	rules->open = NULL;
	rules->indexed = false;
}

void make_rules_add(struct make_rules *rules, struct make_rule *rule)
{
	g_ptr_array_add(rules->rules, rule);
	rules->indexed = false;
}

struct make_rule **make_rules_open(struct make_rules *rules)
{
	return &rules->open;
}

void make_rules_add_variable(struct make_rules *rules, struct word targets,
			     const struct make_assign *assign, struct make_place place)
{
	struct target_var var = { targets, assign, place };

	g_array_append_val(rules->vars, var);
}

/* Returns @name without "./" at its start, because make treats "./x" and "x" as the same target. */
static struct word plain_name(struct word name)
{
	while (name.len > 2 && name.text[0] == '.' && name.text[1] == '/') {
		name.text += 2;
		name.len -= 2;
		while (name.len > 1 && *name.text == '/')
			name.text++, name.len--;
	}
	return name;
}

static void add_target(struct make_rules *rules, struct word target, struct make_rule *rule)
{
	GPtrArray *list = g_hash_table_lookup(rules->by_target, &target);

	if (!list) {
		list = g_ptr_array_new();
		g_hash_table_insert(rules->by_target, g_memdup2(&target, sizeof(target)), list);
	}
	g_ptr_array_add(list, rule);
}

static void index_rules(struct make_rules *rules)
{
	if (rules->indexed)
		return;
	g_array_set_size(rules->patterns, 0);
	g_hash_table_remove_all(rules->by_target);
	for (unsigned int i = 0; i < rules->rules->len; i++) {
		struct make_rule *rule = rules->rules->pdata[i];
		const char *p = rule->targets.text, *end = p + rule->targets.len;
		struct word target;

		while (next_word(&p, end, &target)) {
			struct pattern pattern = { plain_name(target), rule };

			if (!rule->pattern.text && memchr(target.text, '%', target.len))
				g_array_append_val(rules->patterns, pattern);
			else
				add_target(rules, pattern.target, rule);
		}
	}
	rules->indexed = true;
}

/* Returns @pattern with @stem in place of the first "%". Returns @pattern if there is no "%". */
static struct word fill_stem(struct make *make, struct word pattern, struct word stem)
{
	const char *percent = memchr(pattern.text, '%', pattern.len);
	size_t head;
	char *text;

	if (!percent)
		return pattern;
	head = (size_t)(percent - pattern.text);
	text = arena_alloc(make->scratch, pattern.len + stem.len);
	memcpy(text, pattern.text, head);
	memcpy(text + head, stem.text, stem.len);
	memcpy(text + head + stem.len, percent + 1, pattern.len - head - 1);
	return (struct word){ text, pattern.len - 1 + stem.len };
}

static void add_prerequisites(struct make *make, const struct make_rule *rule, struct word stem,
			      GArray *list)
{
	const char *p = rule->prerequisites.text, *end = p + rule->prerequisites.len;
	struct word word;

	while (next_word(&p, end, &word) && !word_is(word, "|")) {
		word = plain_name(stem.text ? fill_stem(make, word, stem) : word);
		g_array_append_val(list, word);
	}
}

/*
 * Appends the prerequisites in all explicit rules for @target to @recipe->prerequisites. If one of
 * these rules has a recipe, sets @recipe->rule to the rule with the recipe. For a static pattern
 * rule, sets @recipe->stem to the part of @target that "%" matches.
 */
static void find_explicit(struct make *make, struct word target, struct make_recipe *recipe)
{
	GPtrArray *list = g_hash_table_lookup(make->rules->by_target, &target);

	for (unsigned int i = 0; list && i < list->len; i++) {
		const struct make_rule *rule = list->pdata[i];
		struct word stem = { NULL, 0 };

		if (rule->pattern.text && !make_match(plain_name(rule->pattern), target, &stem))
			continue;
		if (rule->has_recipe) {
			recipe->rule = rule;
			recipe->stem = stem;
			/*
			 * $< is the first prerequisite of the rule with the recipe. So put the
			 * prerequisites of the rule with the recipe before all others.
			 */
			GArray *earlier = recipe->prerequisites;

			recipe->prerequisites = g_array_new(FALSE, FALSE, sizeof(struct word));
			add_prerequisites(make, rule, stem, recipe->prerequisites);
			g_array_append_vals(recipe->prerequisites, earlier->data, earlier->len);
			g_array_unref(earlier);
		} else {
			add_prerequisites(make, rule, stem, recipe->prerequisites);
		}
	}
}

struct word make_find_file(struct make *make, struct word name)
{
	struct word none = { NULL, 0 }, vpath, path_name;
	struct buf *path;
	bool found = false;

	if (make_exists(make, name.text, name.len))
		return name;
	if (!name.len || *name.text == '/')
		return none;
	vpath = make_value(make, "VPATH", NULL);
	vpath = strip(vpath.text, vpath.len);
	if (!vpath.len)
		return none;
	path = make_buf(make);
	buf_add(path, vpath.text, vpath.len);
	buf_addc(path, '/');
	buf_add(path, name.text, name.len);
	found = make_exists(make, path->data, path->len);
	path_name = (struct word){ make_keep(make, path->data, path->len), path->len };
	make_buf_done(make, path);
	return found ? path_name : none;
}

static bool can_make(struct make *make, struct word target, unsigned int depth);

/*
 * True if the pattern rule @rule can make a target. @stem is the part of the target that "%"
 * matches, and replaces "%" in the prerequisites of @rule. Each prerequisite with "%" must exist,
 * must be the target of an explicit rule, or must be a file that a chain of at most @depth pattern
 * rules can make.
 */
static bool rule_applies(struct make *make, const struct make_rule *rule, struct word stem,
			 unsigned int depth)
{
	const char *p = rule->prerequisites.text, *end = p + rule->prerequisites.len;
	struct word word;

	while (next_word(&p, end, &word) && !word_is(word, "|")) {
		if (!memchr(word.text, '%', word.len))
			continue; /* a prerequisite without "%", such as FORCE, counts as existing */
		word = plain_name(fill_stem(make, word, stem));
		if (!make_find_file(make, word).text &&
		    !g_hash_table_contains(make->rules->by_target, &word) &&
		    (!depth || !can_make(make, word, depth - 1)))
			return false;
	}
	return true;
}

struct candidate {
	const struct make_rule *rule;
	struct word stem;
	unsigned int index; /* position in @patterns of struct make_rules */
};

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->stem.len != y->stem.len)
		return x->stem.len < y->stem.len ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

/*
 * Sets @result to the pattern rule that makes @target. Like make, first tries all pattern rules
 * without intermediate files. If no pattern rule applies, tries all pattern rules again with at
 * most @depth intermediate files. Returns false, and leaves @result unchanged, if again no pattern
 * rule applies.
 */
static bool find_implicit(struct make *make, struct word target, unsigned int depth,
			  struct candidate *result)
{
	struct candidate found[64];
	unsigned int n = 0;
	const GArray *patterns = make->rules->patterns;

	for (unsigned int i = 0; i < patterns->len && n < G_N_ELEMENTS(found); i++) {
		const struct pattern *pattern = &g_array_index(patterns, struct pattern, i);

		if (pattern->rule->has_recipe &&
		    make_match(pattern->target, target, &found[n].stem)) {
			found[n].rule = pattern->rule;
			found[n].index = i;
			n++;
		}
	}
	qsort(found, n, sizeof(found[0]), compare_candidates);
	for (unsigned int chain = 0; chain <= depth; chain += depth ? depth : 1)
		for (unsigned int i = 0; i < n; i++)
			if (rule_applies(make, found[i].rule, found[i].stem, chain)) {
				*result = found[i];
				return true;
			}
	return false;
}

static bool can_make(struct make *make, struct word target, unsigned int depth)
{
	struct candidate candidate;

	return g_hash_table_contains(make->rules->by_target, &target) ||
	       find_implicit(make, target, depth, &candidate);
}

bool make_find_recipe(struct make *make, struct word target, struct make_recipe *recipe)
{
	struct candidate candidate;

	index_rules(make->rules);
	target = plain_name(target);
	*recipe = (struct make_recipe){ 0 };
	recipe->prerequisites = g_array_new(FALSE, FALSE, sizeof(struct word));
	find_explicit(make, target, recipe);
	if (recipe->rule)
		return true;
	if (!find_implicit(make, target, MAX_CHAIN, &candidate))
		return recipe->prerequisites->len > 0;
	recipe->rule = candidate.rule;
	recipe->stem = candidate.stem;
	g_array_set_size(recipe->prerequisites, 0);
	add_prerequisites(make, candidate.rule, candidate.stem, recipe->prerequisites);
	return true;
}

void make_recipe_clear(struct make_recipe *recipe)
{
	g_clear_pointer(&recipe->prerequisites, g_array_unref);
}

static bool names_target(const struct target_var *var, struct word target, bool patterns)
{
	const char *p = var->targets.text, *end = p + var->targets.len;
	struct word word, stem;

	while (next_word(&p, end, &word)) {
		bool is_pattern = memchr(word.text, '%', word.len) != NULL;

		if (is_pattern == patterns && make_match(plain_name(word), target, &stem))
			return true;
	}
	return false;
}

/* Executes the target-specific assignment @var. Changes only a temporary copy of the variable. */
static void push_assign(struct make *make, const struct target_var *var)
{
	struct make_symbol *symbol = var->assign->symbol;
	struct make_assigned ignored = { 0 };
	struct make_var *previous;
	struct buf *name;

	if (!symbol) {
		name = make_buf(make);
		make_expand(make, var->assign->name, name);
		symbol = make_symbol(make, name->data, name->len);
		make_buf_done(make, name);
	}
	previous = make_lookup(make, symbol);
	make_push(make, symbol, "", 0);
	if (previous) {
		*symbol->current = *previous;
		symbol->current->cap = 0;
	} else {
		symbol->current->undefined = true;
	}
	make_assign(make, var->assign, symbol, var->place, &ignored);
}

void make_push_target(struct make *make, struct word target, bool inherited)
{
	const GArray *vars = make->rules->vars;

	target = plain_name(target);
	for (unsigned int patterns = 2; patterns-- > 0;) {
		for (unsigned int i = 0; i < vars->len; i++) {
			const struct target_var *var = &g_array_index(vars, struct target_var, i);

			if (inherited && var->assign->is_private)
				continue;
			if (names_target(var, target, patterns))
				push_assign(make, var);
		}
	}
}
