// SPDX-License-Identifier: GPL-2.0-only
#include "cli/report/check_option.h"

#include <string.h>

#include "db/error.h"

GArray *check_option_entries(struct check_options *options, const GOptionEntry *more)
{
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &options->format,
		  CHECK_FORMAT_NAMES " (default: text)", "FORMAT" },
		{ "configuration", 0, 0, G_OPTION_ARG_STRING, &options->configuration,
		  "Name of this configuration in reports (default: a hash of the .config)",
		  "NAME" },
		{ "baseline", 0, 0, G_OPTION_ARG_FILENAME, &options->baseline,
		  "Hide the findings that FILE accepts", "FILE" },
		{ "rules", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rules,
		  "Rule file or directory of rule files; may be repeated", "FILE" },
		{ "models", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->models,
		  "Model file or directory of model files; may be repeated", "FILE" },
		{ "min-confidence", 0, 0, G_OPTION_ARG_STRING, &options->confidence,
		  "Show only inferred findings of at least this confidence: low, medium (default) "
		  "or high",
		  "LEVEL" },
		{ "confidence", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->confidence,
		  NULL, NULL },
		{ "machine", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->machine,
		  "Device tree blob, or list of modaliases: the devices of the machine; may be "
		  "repeated. dts: all boards of the kernel tree. any: every device for which a "
		  "driver is built in. Without this option, a finding that needs a certain device "
		  "fails nothing",
		  "FILE" },
		{ "declared", 0, 0, G_OPTION_ARG_NONE, &options->declared,
		  "Show only findings of declared rules, no inferred findings", NULL },
		{ "all", 0, 0, G_OPTION_ARG_NONE, &options->all,
		  "Show also findings that are no problem, or that are not new", NULL },
		{ "fail-on", 0, 0, G_OPTION_ARG_STRING, &options->fail_on,
		  "Exit status 1 for findings this bad or worse: broken (default), fragile or none",
		  "VERDICT" },
	};
	const GOptionEntry end = { 0 };
	GArray *all = g_array_new(FALSE, FALSE, sizeof(GOptionEntry));

	g_array_append_vals(all, entries, G_N_ELEMENTS(entries));
	for (; more && more->long_name; more++)
		g_array_append_vals(all, more, 1);
	g_array_append_val(all, end);
	return all;
}

static bool take_threshold(struct check_options *options, GError **error)
{
	const char *name = options->fail_on ? options->fail_on : "broken";

	options->threshold = verdict_parse(name);
	if (options->threshold == VERDICT_BROKEN || options->threshold == VERDICT_FRAGILE)
		return true;
	options->threshold = N_VERDICTS;
	if (strcmp(name, "none") == 0)
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "command line: --fail-on=%s: expected broken, fragile or none", name);
	return false;
}

static bool take_confidence(struct check_options *options, GError **error)
{
	options->least = CONFIDENCE_MEDIUM;
	if (!options->confidence)
		return true;
	for (enum confidence c = CONFIDENCE_LOW; c <= CONFIDENCE_HIGH; c++) {
		if (strcmp(options->confidence, confidence_name(c)) == 0) {
			options->least = c;
			return true;
		}
	}
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "command line: --min-confidence=%s: expected low, medium or high",
		    options->confidence);
	return false;
}

static bool take_machine(struct check_options *options, GError **error)
{
	const char *const *machine = (const char *const *)options->machine;

	if (!machine)
		return true;
	options->any_machine = g_strv_contains(machine, "any");
	options->all_boards = g_strv_contains(machine, "dts");
	if ((options->any_machine || options->all_boards) && g_strv_length(options->machine) > 1) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --machine=%s: expected no other --machine",
			    options->any_machine ? "any" : "dts");
		return false;
	}
	if (options->any_machine || options->all_boards)
		return true;
	options->devices = machine_load(options->machine, error);
	return options->devices != NULL;
}

bool check_options_take(struct check_options *options, GError **error)
{
	options->print = check_format_find(options->format, error);
	options->is_text = options->print == check_print_text;
	return options->print && take_threshold(options, error) &&
	       take_confidence(options, error) && take_machine(options, error);
}

bool check_options_refuse_boards(const struct check_options *options, GError **error)
{
	if (!options->all_boards)
		return true;
	g_set_error_literal(
		error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		"command line: --machine=dts: only \"check\" without --matrix takes it; "
		"expected a file, or any");
	return false;
}

void check_options_clear(struct check_options *options)
{
	g_free(options->format);
	g_strfreev(options->rules);
	g_strfreev(options->models);
	g_free(options->confidence);
	g_strfreev(options->machine);
	machine_free(options->devices);
	g_free(options->fail_on);
	g_free(options->configuration);
	g_free(options->baseline);
}
