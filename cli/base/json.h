/* SPDX-License-Identifier: GPL-2.0-only */
/* Helpers for all JSON output of initlint. */
#ifndef INITLINT_CLI_BASE_JSON_H
#define INITLINT_CLI_BASE_JSON_H

#include <json-glib/json-glib.h>

/*
 * Add the member @name to the object that @json is building. A NULL string becomes null. File
 * names and mail subjects may contain bytes that are not UTF-8. Each of these bytes becomes
 * U+FFFD. @values is an array that ends with NULL.
 */
void json_add_string(JsonBuilder *json, const char *name, const char *value);
void json_add_int(JsonBuilder *json, const char *name, gint64 value);
void json_add_strings(JsonBuilder *json, const char *name, const char *const *values);
/*
 * Begin an object or an array as the member @name of the object that @json is building. The caller
 * ends it with json_builder_end_object() or json_builder_end_array().
 */
void json_begin_object(JsonBuilder *json, const char *name);
void json_begin_array(JsonBuilder *json, const char *name);

/* Prints on stdout the complete document of @json. The caller still owns @json. */
void json_print(JsonBuilder *json);

#endif
