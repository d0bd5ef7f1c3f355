/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The boot state tells what memory contains at a moment of the boot: which variables still have their
 * initial values, and which members of objects are still 0. A moment is the number of a context
 * (context.h) in the running order, from 1.
 *
 * The boot state errs on the side of "not known". A value counts as changed as soon as a context that
 * may change it has begun. A value counts as not known if no C code changes it at all, because
 * firmware, a device or assembly code may then be the writer.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_BOOT_STATE_H
#define INITLINT_RULES_ENGINE_CONTEXT_BOOT_STATE_H

#include "rules/engine/context/escape.h"
#include "rules/engine/program/program.h"

struct boot_state;

/*
 * @n_moments: the number of the last moment. @program and @escape must live as long as the result. Free
 * with boot_state_free().
 */
struct boot_state *boot_state_new(const struct program *program, const struct escape *escape,
				  uint32_t n_moments);
void boot_state_free(struct boot_state *state);

/*
 * Tells @state that @function may run at @moment. Do this for all functions and moments, in the order of
 * the moments, and then call boot_state_complete(). The questions below are allowed after that.
 */
void boot_state_run(struct boot_state *state, int32_t function, uint32_t moment);
void boot_state_complete(struct boot_state *state);

/*
 * Returns the value of the member @field of the object @symbol at @moment, if the member still has its
 * initial value. If @symbol is -1, the object is not known. Then the result is the number 0 if the member is
 * still 0 in all objects. The kind of the result is VALUE_UNKNOWN if the value is not known.
 */
struct facts_value boot_state_member(const struct boot_state *state, int32_t symbol, int32_t field,
				     uint32_t moment);

/*
 * Returns the value of the variable @symbol, or of its member @field, at @moment, if the value is still the
 * initial value. If @field is -1, the question is about the whole variable. The kind of the result is
 * VALUE_UNKNOWN if the value is not known.
 */
struct facts_value boot_state_variable(const struct boot_state *state, int32_t symbol,
				       int32_t field, uint32_t moment);

/*
 * True if code may have passed, stored or returned the address of the object @symbol by @moment. If not, no
 * pointer in memory points to the object.
 */
bool boot_state_is_handed_out(const struct boot_state *state, int32_t symbol, uint32_t moment);

#endif
