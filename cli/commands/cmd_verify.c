// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command "initlint verify": compares the computed order of the initcalls with the order in a
 * built or booted kernel.
 */
#include <stdio.h>
#include <string.h>

#include "analyzer/image/image.h"
#include "cli/base/command.h"
#include "cli/commands/commands.h"
#include "cli/judge/db_match.h"
#include "cli/base/json.h"
#include "cli/base/term.h"
#include "db/error.h"
#include "db/query/query.h"
#include "rules/engine/verify/verify.h"

static const char summary[] = "Compares the computed order with that of a built or booted kernel.";
static const char description[] =
	"FILE is one of: a System.map; a vmlinux ELF file of any architecture; a vmlinuz or\n"
	"Image, whose kallsyms are read; a boot log with initcall_debug; a list as printed by\n"
	"\"initlint order --format=tsv\". The content decides which it is. Each difference is\n"
	"printed with the place in FILE (\"there\") and the computed place (\"here\").\n"
	"\n"
	"Exit status: 0 no differences, 1 differences, 2 usage or a bad file, 3 failed.";

/* @image: the observed order. @initcalls: the computed order. @result: the differences. */
struct comparison {
	struct query *query;
	const char *path;
	struct image image;
	const struct initcall *initcalls;
	unsigned int n_initcalls;
	unsigned int n_generated; /* number of computed initcalls in generated sources */
	struct verify_result result;
};

static const char *kind_name(enum image_kind kind)
{
	static const char *const names[] = {
		[IMAGE_SYSTEM_MAP] = "System.map",
		[IMAGE_ELF] = "vmlinux",
		[IMAGE_KERNEL] = "kernel image",
		[IMAGE_BOOT_LOG] = "boot log",
		[IMAGE_LIST] = "list",
	};

	return names[kind];
}

/*
 * True if the source of @initcall is generated. The path of a generated source begins with "$O/",
 * which stands for the build directory. The line numbers of a generated source may depend on the
 * compiler, so they cannot be compared. For example, the source of a vDSO image contains the
 * compiled code as an array, and the initcall comes after this array.
 */
static bool is_generated(const struct initcall *initcall)
{
	return g_str_has_prefix(initcall->file, "$O/");
}

/*
 * Marks the console initcalls of c->image, so that verify_compare() can compare their names. Call
 * mark_console() only if c->image has nothing but the names of functions: c->image then does not
 * say which initcalls are console initcalls. Console initcalls come last. So if c->initcalls has n
 * console initcalls, mark_console() marks the last n initcalls of c->image.
 */
static void mark_console(struct comparison *c)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < c->n_initcalls; i++)
		n += c->initcalls[i].level == LEVEL_CON;
	for (unsigned int i = 0; i < MIN(n, c->image.n); i++)
		c->image.initcalls[c->image.n - 1 - i].level = LEVEL_CON;
}

static void compare(struct comparison *c)
{
	g_autofree struct verify_entry *observed = g_new(struct verify_entry, c->image.n + 1);
	g_autofree struct verify_entry *computed = g_new(struct verify_entry, c->n_initcalls + 1);

	if (c->image.only_functions)
		mark_console(c);
	for (unsigned int i = 0; i < c->image.n; i++)
		observed[i] = (struct verify_entry){ c->image.initcalls[i].level,
						     c->image.initcalls[i].function,
						     c->image.initcalls[i].modname,
						     c->image.initcalls[i].line };
	for (unsigned int i = 0; i < c->n_initcalls; i++) {
		const struct initcall *ours = &c->initcalls[i];

		c->n_generated += is_generated(ours);
		computed[i] =
			(struct verify_entry){ ours->level, ours->function, ours->object->modname,
					       is_generated(ours) ? 0 : ours->line };
	}
	verify_compare(observed, c->image.n, computed, c->n_initcalls, c->image.complete,
		       &c->result);
}

static const struct verify_difference *difference_at(const struct comparison *c, unsigned int i)
{
	return &g_array_index(c->result.differences, struct verify_difference, i);
}

static const char *function_of(const struct comparison *c, const struct verify_difference *d)
{
	return d->observed >= 0 ? c->image.initcalls[d->observed].function
				: c->initcalls[d->computed].function;
}

/*
 * Describes c->image.initcalls[@index]. The text has the line of the initcall in the observed file,
 * for example "System.map:123", and the position of the initcall. If the observed file has the
 * level, the module or the source line of the initcall, the text has this information too. Returns
 * "not there" if @index is negative. Free with g_free().
 */
static char *observed_place(const struct comparison *c, int index)
{
	GString *text = g_string_new(NULL);
	const struct image_initcall *seen;

	if (index < 0)
		return g_string_free(g_string_assign(text, "not there"), FALSE);
	seen = &c->image.initcalls[index];
	g_string_append(text, c->path);
	if (c->image.kind != IMAGE_ELF && c->image.kind != IMAGE_KERNEL)
		g_string_append_printf(text, ":%u", seen->at);
	g_string_append_printf(text, ": position %d", index);
	if (seen->level != LEVEL_NONE)
		g_string_append_printf(text, ", level %s", initcall_level_name(seen->level));
	if (seen->modname)
		g_string_append_printf(text, ", module %s", seen->modname);
	if (seen->line)
		g_string_append_printf(text, ", line %u", seen->line);
	return g_string_free(text, FALSE);
}

static char *computed_place(const struct comparison *c, int index)
{
	const struct initcall *ours;

	if (index < 0)
		return g_strdup("not computed");
	ours = &c->initcalls[index];
	return g_strdup_printf("%s:%u: position %u, level %s, module %s, object %s", ours->file,
			       ours->line, ours->position, initcall_level_name(ours->level),
			       ours->object->modname, ours->object->path);
}

static void print_counts(const struct verify_counts *counts, const char *label)
{
	bool all = counts->n_in_order == counts->n_observed;

	term_print(stdout, all ? TERM_GOOD : TERM_ERROR, "%s of %s %s",
		   term_number(counts->n_in_order).text, term_number(counts->n_observed).text,
		   label);
}

/*
 * Returns a text that says which properties of initcalls (such as levels) the file at c->path does
 * not have. Returns NULL if the file has all properties. The string is not to be freed.
 */
static const char *missing_properties(const struct comparison *c)
{
	if (c->image.kind == IMAGE_BOOT_LOG)
		return "a boot log has no levels, modules or lines";
	if (c->image.only_functions)
		return "without CONFIG_KALLSYMS_ALL a kernel has no levels, modules or lines";
	return NULL;
}

/* Prints the lines between the line with the totals and the list of differences. */
static void print_details(const struct comparison *c)
{
	const struct verify_result *r = &c->result;
	const char *missing = missing_properties(c);

	for (int kind = 0; kind < N_VERIFY_KINDS; kind++)
		if (r->n_of_kind[kind])
			printf("  %u %s\n", r->n_of_kind[kind],
			       verify_kind_name((enum verify_kind)kind));
	if (r->differences->len == 0 && missing)
		printf("  functions agree, nothing extra (%s)\n", missing);
	else if (r->differences->len == 0)
		puts("  functions, levels, modules and lines agree, nothing extra");
	if (c->n_generated && !missing)
		printf("  %u in generated sources: lines not compared, they differ in each build\n",
		       c->n_generated);
	if (!c->image.complete)
		printf("  the log begins late or ends early: %u computed initcalls are outside\n",
		       r->n_outside);
	if (c->image.n_module_calls)
		printf("  %u calls of module inits left out\n", c->image.n_module_calls);
}

static void print_text(const struct comparison *c)
{
	const char *arch = query_meta(c->query, "arch");
	const char *version = query_meta(c->query, "version");

	printf("%s %s, %s: ", arch ? arch : "?", version ? version : "?", kind_name(c->image.kind));
	print_counts(&c->result.calls, "initcalls in order");
	printf(", ");
	print_counts(&c->result.console, "console initcalls");
	printf("\n");
	print_details(c);
	for (unsigned int i = 0; i < c->result.differences->len; i++) {
		const struct verify_difference *d = difference_at(c, i);
		g_autofree char *there = observed_place(c, d->observed);
		g_autofree char *here = computed_place(c, d->computed);

		term_print(stdout, TERM_ERROR, "%s: ", verify_kind_name(d->kind));
		term_print(stdout, TERM_BOLD, "%s\n", function_of(c, d));
		printf("  there: %s\n  here:  %s\n", there, here);
	}
}

static void print_tsv(const struct comparison *c)
{
	printf("# kind\tfunction\tthere\there\n");
	for (unsigned int i = 0; i < c->result.differences->len; i++) {
		const struct verify_difference *d = difference_at(c, i);
		g_autofree char *there = observed_place(c, d->observed);
		g_autofree char *here = computed_place(c, d->computed);

		printf("%s\t%s\t%s\t%s\n", verify_kind_name(d->kind), function_of(c, d), there,
		       here);
	}
}

static void add_counts(JsonBuilder *json, const char *name, const struct verify_counts *counts)
{
	json_begin_object(json, name);
	json_add_int(json, "in_order", counts->n_in_order);
	json_add_int(json, "observed", counts->n_observed);
	json_add_int(json, "computed", counts->n_computed);
	json_builder_end_object(json);
}

static void add_observed(JsonBuilder *json, const struct comparison *c, int index)
{
	const struct image_initcall *seen = &c->image.initcalls[index];

	json_begin_object(json, "observed");
	json_add_int(json, "position", index);
	json_add_string(json, "level",
			seen->level == LEVEL_NONE ? NULL : initcall_level_name(seen->level));
	json_add_string(json, "module", seen->modname);
	json_add_int(json, "line", seen->line);
	json_add_int(json, "at", seen->at);
	json_builder_end_object(json);
}

static void add_computed(JsonBuilder *json, const struct comparison *c, int index)
{
	const struct initcall *ours = &c->initcalls[index];

	json_begin_object(json, "computed");
	json_add_int(json, "position", ours->position);
	json_add_string(json, "level", initcall_level_name(ours->level));
	json_add_string(json, "module", ours->object->modname);
	json_add_int(json, "line", ours->line);
	json_add_string(json, "file", ours->file);
	json_add_string(json, "object", ours->object->path);
	json_builder_end_object(json);
}

static void add_differences(JsonBuilder *json, const struct comparison *c)
{
	json_begin_array(json, "differences");
	for (unsigned int i = 0; i < c->result.differences->len; i++) {
		const struct verify_difference *d = difference_at(c, i);

		json_builder_begin_object(json);
		json_add_string(json, "kind", verify_kind_name(d->kind));
		json_add_string(json, "function", function_of(c, d));
		if (d->observed >= 0)
			add_observed(json, c, d->observed);
		if (d->computed >= 0)
			add_computed(json, c, d->computed);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
}

static void print_json(const struct comparison *c)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_add_string(json, "arch", query_meta(c->query, "arch"));
	json_add_string(json, "version", query_meta(c->query, "version"));
	json_add_string(json, "file", c->path);
	json_add_string(json, "kind", kind_name(c->image.kind));
	json_builder_set_member_name(json, "complete");
	json_builder_add_boolean_value(json, c->image.complete);
	json_add_int(json, "outside", c->result.n_outside);
	add_counts(json, "initcalls", &c->result.calls);
	add_counts(json, "console", &c->result.console);
	add_differences(json, c);
	json_builder_end_object(json);
	json_print(json);
}

/*
 * Warns if more than a tenth of the initcalls differ: the file at c->path probably belongs to a
 * kernel other than the kernel of the database @db.
 */
static void warn_if_another_kernel(const struct comparison *c, const char *db)
{
	unsigned int n = MAX(c->image.n, c->n_initcalls);
	unsigned int n_different = c->result.differences->len;

	if (n_different > n / 10)
		command_warn("verify",
			     "%u differences in %u initcalls: does %s belong to the kernel of %s, "
			     "%s %s with %s?",
			     n_different, n, c->path, db, query_meta(c->query, "arch"),
			     query_meta(c->query, "version"), query_meta(c->query, "config"));
}

static const struct format {
	const char *name;
	void (*print)(const struct comparison *c);
} formats[] = { { "text", print_text }, { "tsv", print_tsv }, { "json", print_json } };

/*
 * Returns the format with the name @name. If @name is NULL, returns the default format. Returns
 * NULL if no format has this name.
 */
static const struct format *find_format(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (!name || strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

static int verify(const struct common_options *common, const char *path,
		  const struct format *format)
{
	struct comparison c = { .path = path };
	g_autoptr(query) query = NULL;
	GError *error = NULL;
	int status;

	if (!image_read(path, &c.image, &error))
		return command_fail("verify", error);
	query = c.query = query_open(common->db, &error);
	if (query)
		c.initcalls = query_initcalls(query, &c.n_initcalls, &error);
	if (error) {
		status = command_fail("verify", error);
	} else if (!db_matches(query, common, "verify")) {
		status = EXIT_BAD_USAGE;
	} else {
		compare(&c);
		format->print(&c);
		status = c.result.differences->len > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
		if (!db_warn_partial(query, "verify", NULL, &error))
			status = command_fail("verify", error);
		warn_if_another_kernel(&c, common->db);
		verify_result_clear(&c.result);
	}
	image_clear(&c.image);
	return status;
}

int cmd_verify(int argc, char **argv)
{
	struct common_options common;
	g_autofree char *name = NULL;
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &name, "How to print: text, tsv or json",
		  "FORMAT" },
		{ 0 },
	};
	int status = command_parse(&argc, &argv, "FILE", summary, description, entries, &common);
	const struct format *format = find_format(name);
	GError *error = NULL;

	if (status >= 0)
		return status;
	if (argc != 2)
		g_set_error_literal(&error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
				    "command line: expected one FILE: a System.map, a vmlinux, a "
				    "vmlinuz, a boot log or a list");
	else if (!format)
		g_set_error(&error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "command line: --format=%s: expected text, tsv or json", name);
	status = error ? command_fail("verify", error) : verify(&common, argv[1], format);
	common_options_clear(&common);
	return status;
}
