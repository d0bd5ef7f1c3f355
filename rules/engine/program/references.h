/* SPDX-License-Identifier: GPL-2.0-only */
/* References: all places that call a function or take a function's address. */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_REFERENCES_H
#define INITLINT_RULES_ENGINE_PROGRAM_REFERENCES_H

#include "rules/engine/program/program.h"

/*
 * A direct call to a function, or a place that takes the address of a function. The place is in
 * the code of a function or in a static initialiser. The members are indices into arrays of struct
 * facts: @to and @from into @functions, @global into @globals, @field into @fields.
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
