/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kinds of findings that initlint infers from the code. A mechanism declares each of its kinds
 * once, beside the code that finds them; mechanism.c lists the mechanisms. Reports, comments that
 * accept findings and docs/mechanisms.md take their texts from here.
 */
#ifndef INITLINT_RULES_ENGINE_INFER_MECHANISM_H
#define INITLINT_RULES_ENGINE_INFER_MECHANISM_H

#include <stdbool.h>

#include "rules/engine/files/rule.h"

/* In texts of a family, the word that stands for the kind of resource. */
#define MECHANISM_KIND "KIND"

struct finding_kind {
	/* The rule id of the findings. Of a family, what the id starts with: "needs-KIND". */
	const char *id;
	bool is_family;
	const char *title;	/* the rule that a finding breaks, without a full stop */
	const char *why;	/* what goes wrong; plain text */
	const char *what_to_do; /* a Markdown list */
	enum severity severity; /* of findings that do not say otherwise */
	/*
	 * The end of the consumer's call chain, and what the last function of the chain does there:
	 * "error number", "returns -EPROBE_DEFER". NULL: the chain ends at the use of the resource.
	 */
	const char *chain_end;
	const char *last_step;
};

/* Returns the kind of the inferred findings with the rule id @id; NULL if no mechanism has it. */
const struct finding_kind *finding_kind_of(const char *id);
/* Returns the kinds of all mechanisms in turn, then NULL. */
const struct finding_kind *finding_kind_at(unsigned int index);
/* Returns the rule id of @kind for @resource, which is not used unless @kind is a family. g_free() it. */
char *finding_kind_id(const struct finding_kind *kind, const char *resource);
/* Returns the resource that @id, an id of a family, names: "bus" of "needs-bus". */
const char *finding_kind_resource(const struct finding_kind *kind, const char *id);
/* Returns @text, a text of @kind, with the resource of @id in it. Free with g_free(). */
char *finding_kind_text(const struct finding_kind *kind, const char *id, const char *text);

#endif
