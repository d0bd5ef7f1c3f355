// SPDX-License-Identifier: GPL-2.0-only
#include "cli/report/check_format.h"

#include <string.h>

#include "db/error.h"

check_writer check_format_find(const char *name, GError **error)
{
	static const struct {
		const char *name;
		check_writer write;
	} formats[] = {
		{ "text", check_print_text },	{ "json", check_print_json },
		{ "sarif", check_print_sarif }, { "junit", check_print_junit },
		{ "line", check_print_line },	{ "codequality", check_print_codequality },
	};

	if (!name)
		name = "text";
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (strcmp(name, formats[i].name) == 0)
			return formats[i].write;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "command line: --format=%s: expected " CHECK_FORMAT_NAMES, name);
	return NULL;
}
