// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "analyzer/image.h"
#include "cli/command.h"
#include "cli/db_match.h"
#include "cli/term.h"
#include "db/error.h"
#include "db/query.h"
#include "rules/verify.h"

static const char summary[] =
	"Compares the computed order with that of a kernel that was built or booted.";
static const char description[] =
	"FILE is a System.map, a vmlinux ELF file of any architecture, a boot log of a kernel run\n"
	"with initcall_debug, or a list as \"initlint order --format=tsv\" prints it. Every\n"
	"disagreement is shown with both places. Exit status 1 if there is one.";

struct comparison {
	struct query *query;
	const char *path;
	struct image image;
	const struct initcall *initcalls;
	unsigned int n_initcalls;
	struct verify_result result;
};

static const char *kind_name(enum image_kind kind)
{
	static const char *const names[] = {
		[IMAGE_SYSTEM_MAP] = "System.map",
		[IMAGE_ELF] = "vmlinux",
		[IMAGE_BOOT_LOG] = "boot log",
		[IMAGE_LIST] = "list",
	};

	return names[kind];
}

static void compare(struct comparison *c)
{
	g_autofree struct verify_entry *observed = g_new(struct verify_entry, c->image.n + 1);
	g_autofree struct verify_entry *computed = g_new(struct verify_entry, c->n_initcalls + 1);

	for (unsigned int i = 0; i < c->image.n; i++)
		observed[i] = (struct verify_entry){ c->image.initcalls[i].level,
						     c->image.initcalls[i].function,
						     c->image.initcalls[i].modname,
						     c->image.initcalls[i].line };
	for (unsigned int i = 0; i < c->n_initcalls; i++)
		computed[i] =
			(struct verify_entry){ c->initcalls[i].level, c->initcalls[i].function,
					       c->initcalls[i].object->modname,
					       c->initcalls[i].line };
	verify_compare(observed, c->image.n, computed, c->n_initcalls, c->image.complete,
		       &c->result);
}

/* Where the file has it: "System.map:123", level and name as far as it tells them. */
static char *observed_place(const struct comparison *c, int index)
{
	const struct image_initcall *seen;
	g_autoptr(GString) text = g_string_new(NULL);

	if (index < 0)
		return g_strdup("not there");
	seen = &c->image.initcalls[index];
	if (c->image.kind == IMAGE_ELF)
		g_string_append_printf(text, "%s: initcall %u", c->path, seen->at);
	else
		g_string_append_printf(text, "%s:%u", c->path, seen->at);
	if (seen->level != LEVEL_NONE)
		g_string_append_printf(text, ", level %s", initcall_level_name(seen->level));
	if (seen->modname)
		g_string_append_printf(text, ", module %s", seen->modname);
	if (seen->line)
		g_string_append_printf(text, ", line %u", seen->line);
	return g_string_free(g_steal_pointer(&text), FALSE);
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

static const char *function_of(const struct comparison *c, const struct verify_difference *d)
{
	return d->observed >= 0 ? c->image.initcalls[d->observed].function
				: c->initcalls[d->computed].function;
}

static void print_summary(const struct comparison *c)
{
	const struct verify_result *r = &c->result;
	const char *arch = query_meta(c->query, "arch");
	const char *version = query_meta(c->query, "version");
	enum term_style style = r->differences->len ? TERM_ERROR : TERM_GOOD;

	printf("%s %s, %s: ", arch ? arch : "?", version ? version : "?", kind_name(c->image.kind));
	term_print(stdout, style, "%u of %u initcalls in order, %u of %u console initcalls",
		   r->calls.n_in_order, r->calls.n_observed, r->console.n_in_order,
		   r->console.n_observed);
	printf("\n");
	for (int kind = 0; kind < N_VERIFY_KINDS; kind++)
		if (r->n_of_kind[kind])
			printf("  %u %s\n", r->n_of_kind[kind],
			       verify_kind_name((enum verify_kind)kind));
	if (!c->image.complete)
		printf("  the log begins late or ends early: %u computed initcalls are outside\n",
		       r->n_outside);
	if (c->image.n_module_calls)
		printf("  %u calls of module inits left out\n", c->image.n_module_calls);
}

static void print_text(const struct comparison *c)
{
	print_summary(c);
	for (guint i = 0; i < c->result.differences->len; i++) {
		const struct verify_difference *d =
			&g_array_index(c->result.differences, struct verify_difference, i);
		g_autofree char *there = observed_place(c, d->observed);
		g_autofree char *here = computed_place(c, d->computed);

		term_print(stdout, TERM_ERROR, "%s: ", verify_kind_name(d->kind));
		printf("%s\n  there: %s\n  here:  %s\n", function_of(c, d), there, here);
	}
}

static void print_tsv(const struct comparison *c)
{
	printf("# kind\tfunction\tthere\there\n");
	for (guint i = 0; i < c->result.differences->len; i++) {
		const struct verify_difference *d =
			&g_array_index(c->result.differences, struct verify_difference, i);
		g_autofree char *there = observed_place(c, d->observed);
		g_autofree char *here = computed_place(c, d->computed);

		printf("%s\t%s\t%s\t%s\n", verify_kind_name(d->kind), function_of(c, d), there,
		       here);
	}
}

static int verify(const struct common_options *common, const char *path, const char *format)
{
	struct comparison c = { .path = path };
	g_autoptr(query) query = NULL;
	GError *error = NULL;
	int status;

	query = c.query = query_open(common->db, &error);
	if (!query)
		return command_fail("verify", error);
	if (!db_matches(query, common, "verify"))
		return EXIT_BAD_USAGE;
	c.initcalls = query_initcalls(query, &c.n_initcalls, &error);
	if (error || !image_read(path, &c.image, &error))
		return command_fail("verify", error);
	compare(&c);
	if (g_strcmp0(format, "tsv") == 0)
		print_tsv(&c);
	else
		print_text(&c);
	db_warn_partial(query, "verify");
	status = c.result.differences->len ? EXIT_FINDINGS : EXIT_CLEAN;
	verify_result_clear(&c.result);
	image_clear(&c.image);
	return status;
}

int cmd_verify(int argc, char **argv)
{
	struct common_options common;
	g_autofree char *format = NULL;
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format, "How to print: text or tsv",
		  "FORMAT" },
		{ 0 },
	};
	int status = command_parse(&argc, &argv, summary, description, entries, &common);

	if (status >= 0)
		return status;
	if (argc != 2)
		status = command_fail("verify",
				      g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
						  "command line: give one FILE: a System.map, a "
						  "vmlinux, a boot log or a list"));
	else if (format && g_strcmp0(format, "text") != 0 && g_strcmp0(format, "tsv") != 0)
		status = command_fail("verify",
				      g_error_new(INITLINT_ERROR, INITLINT_ERROR_USAGE,
						  "command line: --format=%s: expected text or tsv",
						  format));
	else
		status = verify(&common, argv[1], format);
	common_options_clear(&common);
	return status;
}
