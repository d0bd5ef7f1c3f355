/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes the modalias of a device from an entry in the table of a driver, as the kernel's
 * scripts/mod/file2alias.c does. A format is a text with fields in braces:
 *
 *   {FIELD DIGITS}                    the field, as DIGITS hexadecimal digits
 *   {FIELD DIGITS shift N}            the field, shifted right by N bits
 *   {FIELD DIGITS mask MASK}          the field, if the field MASK has all bits of the digits;
 *                                     "*" otherwise
 *   {FIELD DIGITS if FLAGS N}         the field, if the field FLAGS has the bit N; else "*"
 *
 * The keywords may be combined. A field with all bits set stands for any device: "*".
 */
#ifndef INITLINT_RULES_ENGINE_FILES_DEVICE_ID_H
#define INITLINT_RULES_ENGINE_FILES_DEVICE_ID_H

#include <glib.h>

/* Returns a text that says what is wrong with @format; NULL: nothing. Free with g_free(). */
char *device_id_check(const char *format);

/*
 * Returns the modalias for one entry of a table. It is a pattern: "*" stands for any text. @value
 * returns the number in the field @field of the entry; @data is its first argument. @format must
 * have passed device_id_check(). Free with g_free().
 */
char *device_id_modalias(const char *format, guint64 (*value)(const void *data, const char *field),
			 const void *data);

#endif
