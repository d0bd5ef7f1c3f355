/* SPDX-License-Identifier: GPL-2.0-only */
/* References: all places that call a function or take a function's address. */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_REFERENCES_H
#define INITLINT_RULES_ENGINE_PROGRAM_REFERENCES_H

#include "rules/engine/program/program.h"

/*
 * A call to a function, or code or a static initialiser that takes the address of a function. @to,
 * @from, @global and @field are indices into the arrays @functions, @globals and @fields of struct
 * facts.
 */
struct reference {
	int32_t to;	/* the function that is called or whose address is taken */
	int32_t from;	/* the function that contains the reference; -1: a static initialiser */
	int32_t global; /* the variable whose static initialiser contains the reference; -1: none */
	int32_t field;	/* the field in which the address is stored; -1: none */
	bool is_call;	/* true: a direct call; false: the address is taken */
};

/* Calls @visit with @data for each reference. @reference is valid only until @visit returns. */
void references_each(const struct program *program,
		     void (*visit)(void *data, const struct reference *reference), void *data);

#endif
