/* SPDX-License-Identifier: GPL-2.0-only */
/* A translation unit: an object of the kernel and the C source that it is compiled from. */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_UNIT_H
#define INITLINT_ANALYZER_SOURCE_SHARED_UNIT_H

#include "analyzer/kbuild/kbuild.h"

/* The pointers belong to struct kbuild, which must outlive the unit. */
struct extract_unit {
	const struct kbuild_object *object;
	const struct kbuild_source *source; /* @source->language is SOURCE_C */
	/*
	 * true: read this unit; false: the unit only helps to choose which headers the shared
	 * precompiled headers contain
	 */
	bool stale;
};

#endif
