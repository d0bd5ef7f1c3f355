/* SPDX-License-Identifier: GPL-2.0-only */
/* The parts of program.h: program.c resolves symbols, program_calls.c finds the targets of calls. */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_INTERNAL_H
#define INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_INTERNAL_H

#include "rules/engine/program/program.h"

/*
 * Fills program->field_targets, program->first_edge, program->edges and the numbers of calls through
 * pointers. The symbols of @program must be resolved.
 */
void program_link_calls(struct program *program);

#endif
