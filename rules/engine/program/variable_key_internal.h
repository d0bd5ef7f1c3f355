/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A variable, or a field of one, as the key of a hash table: no memory to own.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_VARIABLE_KEY_INTERNAL_H
#define INITLINT_RULES_ENGINE_PROGRAM_VARIABLE_KEY_INTERNAL_H

#include <stdint.h>
#include <glib.h>

/* Indices into the facts; -1 is none, and a key like any other. */
static inline gpointer variable_key(int32_t symbol, int32_t field)
{
	return GSIZE_TO_POINTER(((gsize)(uint32_t)(symbol + 1) << 32) | (uint32_t)(field + 1));
}

/*
 * For tables of these keys. GLib's own hash of a pointer looks at its lower half only, which
 * all variables have in common.
 */
static inline guint variable_key_hash(gconstpointer key)
{
	return (guint)(((guint64)GPOINTER_TO_SIZE(key) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >>
		       32);
}

#endif
