// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/files/device_id.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DIGITS 16

/* A field of a format. @name, @mask and @flags are elements of @words. */
struct field {
	GStrv words;
	const char *name;
	unsigned int digits;
	unsigned int shift;
	const char *mask;  /* NULL: none */
	const char *flags; /* NULL: none */
	guint64 flag;
};

static bool take_number(const char *word, guint64 most, guint64 *number)
{
	char *end;

	if (!word || !g_ascii_isdigit(*word))
		return false;
	*number = g_ascii_strtoull(word, &end, 0);
	return !*end && *number <= most;
}

/* Reads the text between two braces. Free field->words with g_strfreev(), even after a failure. */
static bool read_field(const char *text, struct field *field)
{
	guint64 number;
	char **word;

	*field = (struct field){ .words = g_strsplit(text, " ", -1) };
	word = field->words;
	field->name = word[0];
	if (!word[0] || !*word[0] || !take_number(word[1], MAX_DIGITS, &number) || !number)
		return false;
	field->digits = (unsigned int)number;
	for (word += 2; *word; word += 2) {
		if (strcmp(*word, "shift") == 0 && take_number(word[1], 63, &number)) {
			field->shift = (unsigned int)number;
		} else if (strcmp(*word, "mask") == 0 && word[1]) {
			field->mask = word[1];
		} else if (strcmp(*word, "if") == 0 && word[1] &&
			   take_number(word[2], G_MAXUINT32, &field->flag)) {
			field->flags = word[1];
			word++;
		} else {
			return false;
		}
	}
	return true;
}

char *device_id_check(const char *format)
{
	for (const char *open = format; (open = strchr(open, '{')); open++) {
		const char *end = strchr(open, '}');
		g_autofree char *text = end ? g_strndup(open + 1, (gsize)(end - open - 1)) : NULL;
		struct field field;
		bool good;

		if (!end)
			return g_strdup_printf("the brace before '%s' is not closed", open + 1);
		good = read_field(text, &field);
		g_strfreev(field.words);
		if (!good)
			return g_strdup_printf("expected {FIELD DIGITS}, not {%s}", text);
	}
	return NULL;
}

/* Returns a number with the lowest 4 * @digits bits set. */
static guint64 all_bits(unsigned int digits)
{
	return digits >= MAX_DIGITS ? G_MAXUINT64 : ((guint64)1 << 4 * digits) - 1;
}

static void write_field(GString *out, const struct field *field,
			guint64 (*value)(const void *data, const char *field), const void *data)
{
	guint64 bits = all_bits(field->digits);
	guint64 number = value(data, field->name) >> field->shift & bits;
	bool any = !field->mask && number == bits;

	if (field->mask)
		any = (value(data, field->mask) >> field->shift & bits) != bits;
	if (field->flags)
		any |= !(value(data, field->flags) & field->flag);
	if (any)
		g_string_append_c(out, '*');
	else
		g_string_append_printf(out, "%0*" G_GINT64_MODIFIER "X", (int)field->digits,
				       number);
}

char *device_id_modalias(const char *format, guint64 (*value)(const void *data, const char *field),
			 const void *data)
{
	GString *out = g_string_new(NULL);
	const char *at = format, *open;

	while ((open = strchr(at, '{'))) {
		const char *end = strchr(open, '}');
		g_autofree char *text = g_strndup(open + 1, (gsize)(end - open - 1));
		struct field field;

		g_string_append_len(out, at, open - at);
		if (read_field(text, &field))
			write_field(out, &field, value, data);
		g_strfreev(field.words);
		at = end + 1;
	}
	g_string_append(out, at);
	return g_string_free(out, FALSE);
}
