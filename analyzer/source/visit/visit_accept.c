// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports the "initlint: accept" comments on the lines of an initcall, or directly above the
 * initcall.
 */
#include "analyzer/base/accept.h"
#include "analyzer/source/visit/visit_internal.h"

void visit_accepts(struct visitor *v, CXCursor initcall)
{
	struct visit_place place = visit_place(v, clang_getCursorLocation(initcall));
	g_autoptr(GPtrArray) marks = NULL;
	const char *text = NULL;
	unsigned int offset;
	size_t size = 0;
	CXFile file;

	clang_getExpansionLocation(clang_getCursorLocation(initcall), &file, NULL, NULL, &offset);
	if (file)
		text = clang_getFileContents(v->tu, file, &size);
	if (text)
		marks = accept_marks(text, size, offset);
	for (guint i = 0; marks && i < marks->len; i++) {
		const struct accept_mark *mark = marks->pdata[i];
		const struct fact fact = {
			.kind = FACT_ACCEPT,
			.accept = {
				.file = place.file,
				.line = place.line,
				.rule = mark->rule,
				.reason = mark->reason,
				.comment_line = mark->line,
			},
		};

		wire_write(&v->result->facts, &fact);
	}
}
