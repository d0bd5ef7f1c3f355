/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What all JSON that initlint prints has in common.
 */
#ifndef INITLINT_CLI_BASE_JSON_H
#define INITLINT_CLI_BASE_JSON_H

#include <json-glib/json-glib.h>

/*
 * Members of the object that is being built; a NULL string becomes null, and bytes that are
 * no UTF-8 (file names and mail subjects may hold such) the replacement character.
 */
void json_add_string(JsonBuilder *json, const char *name, const char *value);
void json_add_int(JsonBuilder *json, const char *name, gint64 value);
void json_add_strings(JsonBuilder *json, const char *name, const char *const *values);
/* The object or array is to be ended with json_builder_end_object() or _end_array(). */
void json_begin_object(JsonBuilder *json, const char *name);
void json_begin_array(JsonBuilder *json, const char *name);

/* Prints what has been built on stdout. */
void json_print(JsonBuilder *json);

#endif
