/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules and target-specific variables of one evaluation. They are stored in the order in which
 * the evaluator reads them. The first make_find_recipe() builds the index.
 */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_RULES_H
#define INITLINT_ANALYZER_MAKE_MAKE_RULES_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/make/make.h"

struct make_rules;

struct make_rule {
	struct word targets; /* expanded; a pattern contains "%" */
	struct word pattern; /* target pattern of a static pattern rule; or text NULL */
	struct word prerequisites;
	struct make_place place;
	bool has_recipe;
};

/* The rule and the prerequisites of a target. Strings live as long as the evaluation. */
struct make_recipe {
	const struct make_rule *rule; /* the rule with the recipe; NULL: no rule has a recipe */
	struct word stem;	      /* the part of the target that "%" matches */
	/* struct word, without "%": from all explicit rules, or from the pattern rule */
	GArray *prerequisites;
};

struct make_rules *make_rules_new(void);
void make_rules_free(struct make_rules *rules);
/* Removes all rules and variables. */
void make_rules_reset(struct make_rules *rules);
/* Adds @rule, which must live as long as the evaluation. */
void make_rules_add(struct make_rules *rules, struct make_rule *rule);
/*
 * Returns where the open rule is stored: the rule that the next recipe line belongs to. The stored
 * pointer is NULL if no rule is open. The evaluator changes the stored pointer.
 */
struct make_rule **make_rules_open(struct make_rules *rules);
/* Adds a target-specific variable. @targets and @assign must live as long as the evaluation. */
void make_rules_add_variable(struct make_rules *rules, struct word targets,
			     const struct make_assign *assign, struct make_place place);

/*
 * Finds the rule that makes @target. If no explicit rule has a recipe, searches the pattern rules.
 * A pattern rule applies if each prerequisite with "%" exists or can be made. The applicable rule
 * with the shortest stem counts. Returns false if there is neither a recipe nor a prerequisite.
 * Clear @recipe with make_recipe_clear(), even after false.
 */
bool make_find_recipe(struct make *make, struct word target, struct make_recipe *recipe);
void make_recipe_clear(struct make_recipe *recipe);
/*
 * Sets the target-specific and pattern-specific variables of @target until make_pop(). With
 * @inherited, leaves out private variables, because prerequisites do not inherit them.
 */
void make_push_target(struct make *make, struct word target, bool inherited);

/*
 * Searches for the file @name as make does: first as given, then below VPATH. Returns @name or the
 * name below VPATH; text NULL if there is no such file. A name below VPATH lives as long as the
 * evaluation.
 */
struct word make_find_file(struct make *make, struct word name);

#endif
