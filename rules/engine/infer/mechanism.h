/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kinds of findings that initlint infers from the code. A mechanism is the code that infers
 * findings of one or several kinds. Each mechanism declares its kinds in its own source file.
 * mechanism.c lists the mechanisms. Reports and docs/mechanisms.md take their texts from the
 * declared kinds. A comment in the kernel's source can accept inferred findings. The comment names
 * the rule id of a declared kind.
 *
 * A family is a kind of findings that covers several kinds of resources, such as "bus" and "class".
 * If a finding belongs to a family, the finding's rule id and texts contain the kind of resource.
 */
#ifndef INITLINT_RULES_ENGINE_INFER_MECHANISM_H
#define INITLINT_RULES_ENGINE_INFER_MECHANISM_H

#include <stdbool.h>

#include "rules/engine/files/rule.h"

/* A placeholder in the id and the texts of a family. Stands for the kind of resource. */
#define MECHANISM_KIND "KIND"

struct finding_kind {
	/*
	 * The rule id of the findings. The id of a family ends with MECHANISM_KIND: "needs-KIND".
	 */
	const char *id;
	bool is_family;
	const char *title;	/* the rule that a finding breaks; does not end with a full stop */
	const char *why;	/* what goes wrong; plain text */
	const char *what_to_do; /* a Markdown list */
	enum severity severity; /* the default; a finding may have another severity */
	/*
	 * A name for the end of the consumer's call chain, such as "error number". NULL: the chain
	 * ends at the use of the resource.
	 */
	const char *chain_end;
	/*
	 * What the last function of the consumer's call chain does, such as "returns
	 * -EPROBE_DEFER". NULL: the function uses the resource.
	 */
	const char *last_step;
};

/* Returns the kind of the findings with the rule id @id; NULL if no mechanism declares the id. */
const struct finding_kind *finding_kind_of(const char *id);
/* Counts all declared kinds from 0, and returns kind number @index. NULL if @index is too high. */
const struct finding_kind *finding_kind_at(unsigned int index);
/*
 * Returns the rule id of @kind. If @kind is a family, the id contains @resource, which is a kind of
 * resource. Otherwise @resource is ignored. Free with g_free().
 */
char *finding_kind_id(const struct finding_kind *kind, const char *resource);
/*
 * Returns the kind of resource in @id: "bus" for "needs-bus". @kind must be a family, and @id must
 * be a rule id of this family. The result points into @id.
 */
const char *finding_kind_resource(const struct finding_kind *kind, const char *id);
/*
 * Returns a copy of @text, which is one of the texts of @kind. If @kind is a family, replaces the
 * placeholder by the kind of resource in @id. Free with g_free().
 */
char *finding_kind_text(const struct finding_kind *kind, const char *id, const char *text);

#endif
