// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/infer/mechanism.h"

#include <string.h>

#include "rules/engine/infer/infer_internal.h"

/* Each mechanism is defined in a file of its own. Add a new mechanism to this list. */
const struct mechanism *const mechanisms[] = {
	&mechanism_dependency, &mechanism_never_retried, &mechanism_window,
	&mechanism_skip,       &mechanism_bound,	 NULL,
};

/*
 * @kind must be a family (mechanism.h), so @kind->id ends with MECHANISM_KIND. Returns the length
 * of @kind->id without MECHANISM_KIND: 6 for "needs-KIND".
 */
static size_t prefix_length(const struct finding_kind *kind)
{
	return strlen(kind->id) - strlen(MECHANISM_KIND);
}

static bool has_id(const struct finding_kind *kind, const char *id)
{
	if (kind->is_family)
		return strncmp(id, kind->id, prefix_length(kind)) == 0;
	return strcmp(id, kind->id) == 0;
}

const struct finding_kind *finding_kind_at(unsigned int index)
{
	for (const struct mechanism *const *m = mechanisms; *m; m++)
		for (const struct finding_kind *kind = (*m)->kinds; kind->id; kind++)
			if (index-- == 0)
				return kind;
	return NULL;
}

const struct finding_kind *finding_kind_of(const char *id)
{
	const struct finding_kind *kind;

	for (unsigned int i = 0; (kind = finding_kind_at(i)); i++)
		if (has_id(kind, id))
			break;
	return kind;
}

char *finding_kind_id(const struct finding_kind *kind, const char *resource)
{
	if (!kind->is_family)
		return g_strdup(kind->id);
	return g_strdup_printf("%.*s%s", (int)prefix_length(kind), kind->id, resource);
}

const char *finding_kind_resource(const struct finding_kind *kind, const char *id)
{
	return id + prefix_length(kind);
}

char *finding_kind_text(const struct finding_kind *kind, const char *id, const char *text)
{
	GString *result = g_string_new(text);

	if (kind->is_family)
		g_string_replace(result, MECHANISM_KIND, finding_kind_resource(kind, id), 0);
	return g_string_free(result, FALSE);
}
