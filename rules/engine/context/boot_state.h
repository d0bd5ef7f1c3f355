/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The boot state tells what memory contains at a moment of the boot: which variables and members
 * still have their initial values. A moment is the number of a context (context.h) in the running
 * order, from 1. Moment 0 is before all contexts. An object is a variable.
 *
 * If a context may change a value, the value is not known from the moment of this context on. If no
 * C code changes a variable, the value of the variable is never known: firmware, a device or
 * assembly code may set the variable.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_BOOT_STATE_H
#define INITLINT_RULES_ENGINE_CONTEXT_BOOT_STATE_H

#include "rules/engine/context/escape.h"
#include "rules/engine/program/program.h"

struct boot_state;

/*
 * @tunables: by symbol, 1 if the variable is a tunable (tunables_internal.h). Static initialisers
 * may contain pointers to a tunable, but only user space writes through these pointers, and only
 * after the boot. @n_moments: the last moment of the boot. All pointers must live as long as the
 * result. Free with boot_state_free().
 */
struct boot_state *boot_state_new(const struct program *program, const struct escape *escape,
				  const uint8_t *tunables, uint32_t n_moments);
void boot_state_free(struct boot_state *state);

/*
 * Tells @state that @function may run at @moment. From one call of boot_state_run() to the next,
 * @moment must not decrease. Call boot_state_complete() after the last call of boot_state_run().
 * Call the functions below only after boot_state_complete().
 */
void boot_state_run(struct boot_state *state, int32_t function, uint32_t moment);
void boot_state_complete(struct boot_state *state);

/*
 * Returns the value that the member @field of the object @symbol has at @moment, if the member
 * still has its initial value. If @symbol is -1, the object is not known. In this case, returns
 * the number 0 if the member is still 0 in all objects. If the value is not known, the kind of the
 * result is VALUE_UNKNOWN.
 */
struct facts_value boot_state_member(const struct boot_state *state, int32_t symbol, int32_t field,
				     uint32_t moment);

/*
 * Returns the value that the variable @symbol has at @moment, if the variable still has its
 * initial value. If @field is not -1, returns the value of the member @field instead, if the
 * member still has its initial value. If the value is not known, the kind of the result is
 * VALUE_UNKNOWN.
 */
struct facts_value boot_state_variable(const struct boot_state *state, int32_t symbol,
				       int32_t field, uint32_t moment);

/*
 * True if memory may contain a pointer to the variable @symbol at @moment. Two events make such a
 * pointer possible: code runs that passes, stores or returns the address of the variable, or an
 * object escapes (escape.h) whose initialiser contains this address. The initialiser of the
 * variable @symbol itself does not count.
 */
bool boot_state_is_handed_out(const struct boot_state *state, int32_t symbol, uint32_t moment);

#endif
