/* SPDX-License-Identifier: GPL-2.0-only */
/* Every place that names a function: calls of it, and its address where it is taken. */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_REFERENCES_H
#define INITLINT_RULES_ENGINE_PROGRAM_REFERENCES_H

#include "rules/engine/program/program.h"

/* Functions, globals and fields are indices into the facts; -1: none. */
struct reference {
	int32_t to;	/* the function that is named */
	int32_t from;	/* the function that names it; -1: a static initialiser */
	int32_t global; /* the variable whose static initialiser names it */
	int32_t field;	/* what it is stored in, by a function or a static initialiser */
	bool is_call;	/* a direct call */
};

/* Calls @see with @data for each of them. */
void references_each(const struct program *program,
		     void (*see)(void *data, const struct reference *reference), void *data);

#endif
