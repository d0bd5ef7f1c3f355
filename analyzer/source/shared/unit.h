/* SPDX-License-Identifier: GPL-2.0-only */
/* A translation unit that may be read: an object of the kernel and its source. */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_UNIT_H
#define INITLINT_ANALYZER_SOURCE_SHARED_UNIT_H

#include "analyzer/kbuild/kbuild.h"

/* Both are borrowed from the evaluated Makefiles. */
struct extract_unit {
	const struct kbuild_object *object;
	const struct kbuild_source *source; /* of language SOURCE_C */
	bool stale; /* to be read; the others only help to choose the shared header */
};

#endif
