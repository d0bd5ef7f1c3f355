/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rules and target-specific variables of one evaluation, kept as they were read and
 * indexed when the first question is asked.
 */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_RULES_H
#define INITLINT_ANALYZER_MAKE_MAKE_RULES_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/make/make.h"

struct make_rules;

struct make_rule {
	struct word targets; /* expanded; patterns have "%" */
	struct word pattern; /* of a static pattern rule; text NULL: none */
	struct word prerequisites;
	struct make_place place;
	bool has_recipe;
};

/* A way to make a target. Strings live as long as the evaluation. */
struct make_recipe {
	const struct make_rule *rule; /* the one with the recipe; NULL: none */
	struct word stem;
	GArray *prerequisites; /* struct word, stems filled in; of all rules for the target */
};

struct make_rules *make_rules_new(void);
void make_rules_free(struct make_rules *rules);
/* Forgets all. */
void make_rules_reset(struct make_rules *rules);
/* @rule is kept; it belongs to the evaluation. */
void make_rules_add(struct make_rules *rules, struct make_rule *rule);
/* The rule that recipe lines belong to now; NULL: none. For the evaluator. */
struct make_rule **make_rules_open(struct make_rules *rules);
/* @pattern and @assign are kept. */
void make_rules_add_variable(struct make_rules *rules, struct word targets,
			     const struct make_assign *assign, struct make_place place);

/*
 * How is @target made: by its explicit rules, else by the pattern rule with the shortest
 * stem whose first prerequisite exists or can be made. False if there is no way.
 * Clear with make_recipe_clear().
 */
bool make_find_recipe(struct make *make, struct word target, struct make_recipe *recipe);
void make_recipe_clear(struct make_recipe *recipe);
/*
 * Sets the target- and pattern-specific variables of @target until make_pop();
 * @inherited: as a prerequisite sees them (private ones do not count).
 */
void make_push_target(struct make *make, struct word target, bool inherited);

/*
 * A file by the name that rules use, looked up as make does: as it is, then in VPATH.
 * The name under which it exists, in the evaluation's arena; text NULL if it does not.
 */
struct word make_find_file(struct make *make, struct word name);

#endif
