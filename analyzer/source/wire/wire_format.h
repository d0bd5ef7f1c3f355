/* SPDX-License-Identifier: GPL-2.0-only */
/* Constants of the format that wire.c writes and wire_read.c reads. */
#ifndef INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H
#define INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H

#include "analyzer/source/wire/wire.h"
#include "db/fact_layout.h"
#include "db/header.h"

/*
 * Increase WIRE_FORMAT if the format changes, or if the visitor (analyzer/source/visit) reports
 * different facts for an unchanged source. For a new kind of fact, increase SCHEMA_VERSION
 * instead, which increases WIRE_VERSION.
 */
#define WIRE_FORMAT  20
#define WIRE_VERSION (SCHEMA_VERSION * 1000 + WIRE_FORMAT)

/*
 * The first two members of a fact about the body of a function are the name and the file of the
 * function.
 */
#define WIRE_N_OWNER 2

#endif
