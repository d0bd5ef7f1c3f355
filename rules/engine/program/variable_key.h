/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Keys of hash tables. A key stands for a variable, or for a field of a variable. The key is a
 * number that is stored as a pointer, so the key needs no memory of its own.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_VARIABLE_KEY_H
#define INITLINT_RULES_ENGINE_PROGRAM_VARIABLE_KEY_H

#include <stdint.h>
#include <glib.h>

/*
 * Returns the key for the field @field of the variable @symbol. @symbol and @field are indices into
 * the arrays @symbols and @fields of struct facts. If @field is -1, the key stands for the whole
 * variable. @symbol may be -1: no variable.
 */
static inline gpointer variable_key(int32_t symbol, int32_t field)
{
	return GSIZE_TO_POINTER(((gsize)(uint32_t)(symbol + 1) << 32) | (uint32_t)(field + 1));
}

/*
 * Use this hash function for tables with variable_key(). g_direct_hash() uses only the lower half
 * of a pointer. The lower half is the field, so all keys without a field would collide.
 */
static inline guint variable_key_hash(gconstpointer key)
{
	return (guint)(((guint64)GPOINTER_TO_SIZE(key) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >>
		       32);
}

#endif
