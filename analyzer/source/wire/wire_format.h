/* SPDX-License-Identifier: GPL-2.0-only */
/* Constants of the format that wire.c writes and wire_read.c reads. */
#ifndef INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H
#define INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H

#include "analyzer/source/wire/wire.h"
#include "db/fact_layout.h"
#include "db/header.h"

/*
 * Increase WIRE_FORMAT if the format changes, or if the visitor (analyzer/source/visit) reports
 * different facts for an unchanged source. A new kind of fact does not need this: it increases
 * SCHEMA_VERSION, and so WIRE_VERSION.
 */
#define WIRE_FORMAT  12
#define WIRE_VERSION (SCHEMA_VERSION * 1000 + WIRE_FORMAT)

/* A fact of a function begins with two members that name the function: name and file. */
#define WIRE_N_OWNER 2

#endif
