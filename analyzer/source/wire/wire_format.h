/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the writer (wire.c) and the reader (wire_read.c) of facts agree on.
 */
#ifndef INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H
#define INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H

#include "analyzer/source/wire/wire.h"
#include "db/fact_layout.h"

/* Changes with every change of what is written, and of what the visitor reads. */
#define WIRE_VERSION 12

/* The members that name the owner, at the start of each fact of a body. */
#define WIRE_N_OWNER 2

#endif
