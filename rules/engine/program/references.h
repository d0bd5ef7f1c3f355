/* SPDX-License-Identifier: GPL-2.0-only */
/* References: all places that call a function or take a function's address. */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_REFERENCES_H
#define INITLINT_RULES_ENGINE_PROGRAM_REFERENCES_H

#include "rules/engine/program/program.h"

/* Functions, globals and fields are indices into the facts; -1 means none. */
struct reference {
	int32_t to;	/* the function that is called or whose address is taken */
	int32_t from;	/* the function that contains the reference; -1: a static initialiser */
	int32_t global; /* the variable whose static initialiser contains the reference */
	int32_t field;	/* the field that the address is stored in */
	bool is_call;	/* a direct call */
};

/* Calls @visit with @data for each reference. The reference is valid only during that call. */
void references_each(const struct program *program,
		     void (*visit)(void *data, const struct reference *reference), void *data);

#endif
