/* SPDX-License-Identifier: GPL-2.0-only */
/* Helpers for all JSON output of initlint. */
#ifndef INITLINT_CLI_BASE_JSON_H
#define INITLINT_CLI_BASE_JSON_H

#include <json-glib/json-glib.h>

/*
 * The three json_add functions add the member @name to the object that @json is building. A string
 * may contain bytes that are not UTF-8, for example in a file name or in the subject of a mail.
 * Each of these bytes becomes U+FFFD. If @value is NULL, json_add_string() writes null. In
 * json_add_strings(), @values is an array that ends with NULL.
 */
void json_add_string(JsonBuilder *json, const char *name, const char *value);
void json_add_int(JsonBuilder *json, const char *name, gint64 value);
void json_add_strings(JsonBuilder *json, const char *name, const char *const *values);
/*
 * Each json_begin function adds the member @name to the object that @json is building, and begins
 * the value of this member: an object or an array. The caller ends the object with
 * json_builder_end_object(), or the array with json_builder_end_array().
 */
void json_begin_object(JsonBuilder *json, const char *name);
void json_begin_array(JsonBuilder *json, const char *name);

/* Prints the complete document of @json on stdout. The caller still owns @json. */
void json_print(JsonBuilder *json);

#endif
