/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the writer (wire.c) and the reader (wire_read.c) of facts agree on.
 */
#ifndef INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H
#define INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H

#include "analyzer/source/wire/wire.h"

/* Changes with every change of what is written, and of what the visitor reads. */
#define WIRE_VERSION 11

enum wire_tag {
	TAG_INCLUDE = 1,
	TAG_FUNCTION,
	TAG_GLOBAL,
	TAG_CALL,
	TAG_ARGUMENT,
	TAG_ACCESS,
	TAG_STORE,
	TAG_RETURN,
	TAG_GUARD,
	TAG_INITCALL,
	TAG_ACCEPT,
};

enum wire_flag {
	WIRE_STATIC = 1,
	WIRE_INLINE = 2,
	WIRE_WEAK = 4,
	WIRE_PERCPU = 8,
	WIRE_INITIALISER = 16,
	WIRE_POINTER = 32,
	WIRE_ALL_FLAGS = 63,
};

#endif
