/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules and target-specific variables of one evaluation. struct make_rules stores rules and
 * variables in the order in which the evaluator reads them. make_find_recipe() uses a hash table
 * that maps each target to its rules. After rules were added, the next call of make_find_recipe()
 * builds the hash table again.
 */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_RULES_H
#define INITLINT_ANALYZER_MAKE_MAKE_RULES_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/make/make.h"

struct make_rules;

struct make_rule {
	struct word targets; /* the expanded targets; a target with "%" is a pattern */
	/*
	 * The target pattern of a static pattern rule ("targets: pattern: prerequisites"). In all
	 * other rules, @pattern.text is NULL.
	 */
	struct word pattern;
	struct word prerequisites;
	struct make_place place;
	bool has_recipe;
};

/* The rule and the prerequisites of a target. All strings live as long as the evaluation. */
struct make_recipe {
	const struct make_rule *rule; /* the rule with the recipe; NULL: no rule has a recipe */
	struct word stem;	      /* the part of the target that "%" matches */
	/*
	 * struct word: the prerequisites in all explicit rules for the target, or, if @rule is a
	 * pattern rule, the prerequisites in @rule. @stem has replaced "%".
	 */
	GArray *prerequisites;
};

struct make_rules *make_rules_new(void);
void make_rules_free(struct make_rules *rules);
/* Removes all rules and variables. */
void make_rules_reset(struct make_rules *rules);
/* Adds @rule, which must live as long as the evaluation. */
void make_rules_add(struct make_rules *rules, struct make_rule *rule);
/*
 * The open rule is the rule to which the next recipe line belongs. Returns the address of the
 * pointer to the open rule. The evaluator changes the pointer through this address. The pointer is
 * NULL if no rule is open.
 */
struct make_rule **make_rules_open(struct make_rules *rules);
/* Adds a target-specific variable. @targets and @assign must live as long as the evaluation. */
void make_rules_add_variable(struct make_rules *rules, struct word targets,
			     const struct make_assign *assign, struct make_place place);

/*
 * Fills @recipe with the rule that makes @target, and with the prerequisites of @target. If no
 * explicit rule for @target has a recipe, searches the pattern rules. A pattern rule applies if
 * each prerequisite with "%" exists or another rule can make the prerequisite. If several pattern
 * rules apply, prefers pattern rules that need no intermediate file. If several pattern rules are
 * left, takes the pattern rule with the shortest stem. Returns false if @target has neither a
 * recipe nor a prerequisite. Clear @recipe with make_recipe_clear(), even if the result is false.
 */
bool make_find_recipe(struct make *make, struct word target, struct make_recipe *recipe);
void make_recipe_clear(struct make_recipe *recipe);
/*
 * Sets the target-specific and pattern-specific variables of @target until make_pop(). If
 * @inherited is true, the caller evaluates a prerequisite of @target. In this case, private
 * variables are not set, because a prerequisite does not inherit private variables.
 */
void make_push_target(struct make *make, struct word target, bool inherited);

/*
 * Searches for a file as make does. Returns @name if the file @name exists. Otherwise returns
 * VPATH/@name if the file VPATH/@name exists. If neither file exists, the member @text of the
 * result is NULL. The text of VPATH/@name lives as long as the evaluation.
 */
struct word make_find_file(struct make *make, struct word name);

#endif
