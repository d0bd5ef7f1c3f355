/* SPDX-License-Identifier: GPL-2.0-only */
/* Constants of the format that wire.c writes and wire_read.c reads. */
#ifndef INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H
#define INITLINT_ANALYZER_SOURCE_WIRE_WIRE_FORMAT_H

#include "analyzer/source/wire/wire.h"
#include "db/fact_layout.h"

/* Increase this number if the format changes, or if the visitor reports other facts. */
#define WIRE_VERSION 12

/* The number of members at the start of a fact that name its owner. */
#define WIRE_N_OWNER 2

#endif
