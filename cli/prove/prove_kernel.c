// SPDX-License-Identifier: GPL-2.0-only
/* Checks that a kernel belongs to a database. Writes a kernel with another order of initcalls. */
#include "cli/prove/prove.h"

#include "db/error.h"
#include "rules/engine/verify/verify.h"

/*
 * Returns the line to compare with the line in the kernel. Returns 0 for a generated source
 * ("$O/..."): do not compare the line, because it may differ in each build.
 */
static unsigned int line_of(const struct initcall *initcall)
{
	return g_str_has_prefix(initcall->file, "$O/") ? 0 : initcall->line;
}

static void set_error(const struct verify_result *result, const struct verify_entry *built,
		      const struct verify_entry *computed, const char *path, GError **error)
{
	const struct verify_difference *first =
		&g_array_index(result->differences, struct verify_difference, 0);

	g_set_error(
		error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		"%s: the table of initcalls differs from the analysis in %u places, the first is "
		"%s (%s); expected the kernel that is built from this tree and configuration; "
		"\"initlint verify\" lists the differences",
		path, result->differences->len,
		first->observed >= 0 ? built[first->observed].function
				     : computed[first->computed].function,
		verify_kind_name(first->kind));
}

bool prove_check_kernel(const struct targets *targets, const struct kernel *kernel,
			const char *path, GError **error)
{
	unsigned int n_built, n_all, n = 0;
	const struct image_initcall *table = kernel_initcalls(kernel, &n_built);
	const struct initcall *initcalls = query_initcalls(targets->query, &n_all, error);
	g_autofree struct verify_entry *built = g_new0(struct verify_entry, n_built + 1);
	g_autofree struct verify_entry *computed = g_new0(struct verify_entry, n_all + 1);
	struct verify_result result;
	bool same;

	if (!initcalls)
		return false;
	for (unsigned int i = 0; i < n_built; i++)
		built[i] = (struct verify_entry){ table[i].level, table[i].function,
						  table[i].modname, table[i].line };
	for (unsigned int i = 0; i < n_all; i++)
		if (initcalls[i].level != LEVEL_CON)
			computed[n++] =
				(struct verify_entry){ initcalls[i].level, initcalls[i].function,
						       initcalls[i].object->modname,
						       table[0].line ? line_of(&initcalls[i]) : 0 };
	for (unsigned int i = 0; i < MIN(n, n_built); i++)
		if (!computed[i].line)
			built[i].line = 0;
	verify_compare(built, n_built, computed, n, true, &result);
	same = result.differences->len == 0 && n == n_built;
	if (!same)
		set_error(&result, built, computed, path, error);
	verify_result_clear(&result);
	return same;
}

bool prove_write_image(const struct targets *targets, const struct finding *finding,
		       const struct kernel *kernel, const char *path, GError **error)
{
	const struct initcall *consumer = targets_initcall(targets, &finding->consumer);
	const struct initcall *provider = targets_initcall(targets, &finding->provider);
	g_autofree unsigned int *order = NULL;
	unsigned int n;

	kernel_initcalls(kernel, &n);
	if (!consumer || !provider || consumer == provider || consumer->position >= n ||
	    provider->position >= n) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "%s: this finding has no two initcalls to swap", finding->fingerprint);
		return false;
	}
	order = g_new(unsigned int, n);
	/*
	 * proof_order() puts its argument @consumer first. If the consumer of @finding must run
	 * first, the wrong order has the provider of @finding first.
	 */
	proof_order(order, n, PAIR_AT_PROVIDER, true,
		    finding->consumer_first ? provider->position : consumer->position,
		    finding->consumer_first ? consumer->position : provider->position);
	return kernel_write(kernel, order, path, error);
}
