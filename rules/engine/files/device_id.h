/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes the modalias of a device from an entry in the table of a driver, as the kernel's
 * scripts/mod/file2alias.c does. A format is a text with fields in braces:
 *
 *   {FIELD DIGITS}                    the field, as DIGITS hexadecimal digits
 *   {FIELD DIGITS shift N}            the field, shifted right by N bits
 *   {FIELD DIGITS mask MASK}          the field, if the lowest 4 * DIGITS bits of the field MASK
 *                                     are all 1; else "*"
 *   {FIELD DIGITS if FLAGS N}         the field, if the field FLAGS has a bit of N; else "*"
 *
 * The keywords may be combined. "shift" also shifts the field MASK. Without "mask", a field whose
 * digits are all F stands for any device, and becomes "*".
 */
#ifndef INITLINT_RULES_ENGINE_FILES_DEVICE_ID_H
#define INITLINT_RULES_ENGINE_FILES_DEVICE_ID_H

#include <glib.h>

/*
 * Returns NULL if @format is valid. Otherwise, returns a text that says what is wrong. Free with
 * g_free().
 */
char *device_id_check(const char *format);

/*
 * Returns the modalias for one entry of a table. The modalias is a pattern: "*" stands for any
 * text. value() returns the number in the field @field of the entry. @data is the first argument of
 * value(). @format must have passed device_id_check(). Free with g_free().
 */
char *device_id_modalias(const char *format, guint64 (*value)(const void *data, const char *field),
			 const void *data);

#endif
