// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the boots that prove findings. All findings about the same two initcalls share the same
 * boots. The kernel traces functions in these boots. The trace tells whether the code of a finding
 * has run.
 */
#include "cli/prove/prove.h"

#include <string.h>

#include <glib/gstdio.h>

#include "db/error.h"
#include "rules/engine/proof/trace.h"

#define N_BASE	   4	/* number of boots with the kernel's own order, to find the noise */
#define MAX_FILTER 1400 /* maximum bytes of "ftrace_filter="; the kernel's command line has 2048 */

struct prover {
	const struct targets *targets;
	const struct kernel *kernel;
	struct boot_kit *kit;
	const volatile int *stop;
	struct progress *progress;
	unsigned int n; /* number of initcalls */
	struct noise *noise;
	unsigned int n_done;
	unsigned int n_pairs;
};

/*
 * Two initcalls, and all findings that say that @provider must run before @consumer. For a finding
 * with finding->consumer_first, @provider is the consumer of the finding.
 */
struct pair {
	const struct initcall *consumer; /* must run last */
	const struct initcall *provider; /* must run first */
	GPtrArray *findings;		 /* const struct finding * */
	/* set of char *: the traced functions, named as in the source: "foo", not "foo.isra.0" */
	GHashTable *traced;
	char *parameters; /* kernel parameters that trace @traced; NULL: no function is traced */
	bool masked;	  /* true: at each place, the boot with the provider first has failed */
	struct proof_difference difference; /* the difference at the place @where */
	enum proof_pair where;		    /* the last place at which orders were compared */
	/* the first trace from a boot with the provider first; NULL: no such boot gave a trace */
	struct trace *trace;
};

void proof_free(struct proof *proof)
{
	g_free(proof->detail);
	g_ptr_array_unref(proof->reasons);
	g_free(proof);
}

static void free_proof(void *data)
{
	proof_free(data);
}

static void pair_free(void *data)
{
	struct pair *pair = data;

	g_ptr_array_unref(pair->findings);
	g_hash_table_unref(pair->traced);
	g_free(pair->parameters);
	proof_difference_clear(&pair->difference);
	trace_free(pair->trace);
	g_free(pair);
}

static struct boot *start(struct prover *prover, const unsigned int *order, const char *parameters,
			  char **image, GError **error)
{
	*image = boot_kit_path(prover->kit);
	if (!kernel_write(prover->kernel, order, *image, error))
		return NULL;
	return boot_start(prover->kit, *image, parameters, error);
}

/*
 * Boots the kernel with the orders @orders[0] and @orders[1] at the same time. Fills @results.
 * Returns false on error; then @results is empty.
 */
static bool boot_two(struct prover *prover, unsigned int *const orders[2], const char *parameters,
		     struct boot_result results[2], GError **error)
{
	struct boot *boots[2] = { NULL };
	char *images[2] = { NULL };
	bool ok = true;

	memset(results, 0, 2 * sizeof(*results));
	for (int i = 0; i < 2 && ok; i++) {
		boots[i] = start(prover, orders[i], parameters, &images[i], error);
		ok = boots[i] != NULL;
	}
	for (int i = 0; i < 2 && ok; i++)
		ok = boot_wait(boots[i], prover->stop, &results[i], error);
	for (int i = 0; i < 2; i++) {
		boot_end(boots[i]);
		if (images[i])
			g_unlink(images[i]);
		g_free(images[i]);
		if (!ok)
			boot_result_clear(&results[i]);
	}
	return ok;
}

static bool make_noise(struct prover *prover, GError **error)
{
	g_autofree unsigned int *order = g_new(unsigned int, prover->n);
	struct observation *observations[N_BASE] = { NULL };
	struct boot_result results[2];
	bool ok = true;

	for (unsigned int i = 0; i < prover->n; i++)
		order[i] = i;
	for (unsigned int i = 0; i < N_BASE && ok; i += 2) {
		progress_update(prover->progress, i, N_BASE, "boots with the kernel's own order");
		ok = boot_two(prover, (unsigned int *[]){ order, order }, NULL, results, error);
		for (unsigned int j = 0; j < 2 && ok; j++) {
			observations[i + j] =
				observation_new(results[j].log, results[j].paths, NULL);
			boot_result_clear(&results[j]);
		}
	}
	if (ok && !observations[0]->complete) {
		g_set_error(
			error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			"this kernel does not boot to its init program in QEMU, even with its own "
			"order; the last initcall that began is %s. Try other arguments with "
			"--qemu and --append, or more time with --timeout",
			observations[0]->running ? observations[0]->running : "not known");
		ok = false;
	}
	if (ok)
		prover->noise = noise_new(observations, N_BASE);
	for (unsigned int i = 0; i < N_BASE; i++)
		observation_free(observations[i]);
	return ok;
}

/*
 * Fills @pair->traced with the functions in the call chains of @pair->findings. Sets
 * @pair->parameters to the kernel parameters that trace these functions. Leaves out a function if
 * the kernel has no symbol for the function, or if the list of functions would exceed MAX_FILTER.
 */
static void make_parameters(const struct prover *prover, struct pair *pair)
{
	g_autoptr(GString) filter = g_string_new(NULL);

	for (guint f = 0; f < pair->findings->len; f++) {
		const struct finding *finding = pair->findings->pdata[f];

		for (guint i = 0; i < finding->chain->len; i++) {
			const struct finding_step *step = finding->chain->pdata[i];
			const char *symbol = kernel_symbol(prover->kernel, step->function);

			if (!symbol || filter->len + strlen(symbol) > MAX_FILTER ||
			    g_hash_table_contains(pair->traced, step->function))
				continue;
			g_hash_table_add(pair->traced, g_strdup(step->function));
			g_string_append_printf(filter, "%s%s", filter->len ? "," : "", symbol);
		}
	}
	if (filter->len)
		pair->parameters = g_strdup_printf("ftrace=function ftrace_filter=%s "
						   "trace_event=initcall:* trace_buf_size=8M",
						   filter->str);
}

/*
 * Boots the kernel in both orders of @pair, at the place @where, and fills @difference. Sets
 * @pair->trace to the trace of the boot with the provider first, unless @pair->trace is set
 * already.
 */
static bool compare_orders(struct prover *prover, struct pair *pair, enum proof_pair where,
			   struct proof_difference *difference, GError **error)
{
	const char *const from[] = { pair->consumer->function, pair->provider->function, NULL };
	g_autofree unsigned int *good = g_new(unsigned int, prover->n);
	g_autofree unsigned int *bad = g_new(unsigned int, prover->n);
	g_autoptr(observation) first = NULL;
	g_autoptr(observation) second = NULL;
	struct boot_result results[2];

	proof_order(good, prover->n, where, false, pair->consumer->position,
		    pair->provider->position);
	proof_order(bad, prover->n, where, true, pair->consumer->position,
		    pair->provider->position);
	if (!boot_two(prover, (unsigned int *[]){ good, bad }, pair->parameters, results, error))
		return false;
	first = observation_new(results[0].log, results[0].paths, from);
	second = observation_new(results[1].log, results[1].paths, from);
	proof_compare(first, second, prover->noise, difference);
	if (!pair->trace && *results[0].trace)
		pair->trace = trace_new(results[0].trace, "trace", NULL);
	boot_result_clear(&results[0]);
	boot_result_clear(&results[1]);
	return true;
}

/*
 * Compares both orders of @pair at the place @where. If the boot with the consumer first is worse,
 * boots both orders once more, because the difference may be chance. Keeps only the differences
 * that both comparisons have. Stores the result in @pair.
 */
static bool run_boots(struct prover *prover, struct pair *pair, enum proof_pair where,
		      GError **error)
{
	struct proof_difference again;

	proof_difference_clear(&pair->difference);
	if (!compare_orders(prover, pair, where, &pair->difference, error))
		return false;
	if (pair->difference.worse) {
		if (!compare_orders(prover, pair, where, &again, error))
			return false;
		proof_difference_keep(&pair->difference, &again);
		proof_difference_clear(&again);
	}
	pair->where = where;
	pair->masked &= pair->difference.masked;
	return true;
}

static bool run_pair(struct prover *prover, struct pair *pair, GError **error)
{
	g_autofree char *label =
		g_strdup_printf("%s, %s", pair->consumer->function, pair->provider->function);

	pair->masked = true;
	make_parameters(prover, pair);
	for (int where = 0; where < N_PROOF_PAIRS && !pair->difference.worse; where++) {
		progress_update(prover->progress, prover->n_done, prover->n_pairs, label);
		if (!run_boots(prover, pair, (enum proof_pair)where, error))
			return false;
	}
	prover->n_done++;
	return true;
}

static bool is_traced(const void *data, const char *name)
{
	const struct pair *pair = data;

	return g_hash_table_contains(pair->traced, name);
}

/*
 * Sets @proof->outcome and @proof->detail. Do not call set_outcome() if the trace shows that the
 * code of the finding has not run. @seen: true if the trace shows that the code has run, false if
 * it is not known whether the code has run.
 */
static void set_outcome(struct proof *proof, const struct pair *pair, bool seen)
{
	const GPtrArray *reasons = pair->difference.reasons;

	if (pair->masked) {
		proof->outcome = PROOF_MASKED;
		proof->detail = g_strdup("the kernel does not boot with the provider first either");
	} else if (pair->difference.worse) {
		proof->outcome = PROOF_PROVEN;
		proof->detail = reasons->len > 1 ? g_strdup_printf("%s (and %u more)",
								   (const char *)reasons->pdata[0],
								   reasons->len - 1)
						 : g_strdup(reasons->pdata[0]);
	} else {
		proof->outcome = seen ? PROOF_TOLERATED : PROOF_NOT_EXERCISED;
		proof->detail = g_strdup_printf("nothing differs; %s",
						seen ? "the code has run"
						     : "it is not known whether the code has run");
	}
}

/* @consumer: the initcall during which the consumer of @finding runs. */
static struct proof *make_proof(const struct pair *pair, const struct finding *finding,
				const struct initcall *consumer)
{
	struct proof *proof = g_new0(struct proof, 1);
	unsigned int n;
	g_autofree struct trace_step *chain = targets_chain(finding, is_traced, pair, &n);
	const char *last = NULL, *next = NULL;
	enum trace_outcome traced = TRACE_NOT_TRACED;

	proof->finding = finding;
	proof->pair = pair->where;
	proof->reasons = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < pair->difference.reasons->len; i++)
		g_ptr_array_add(proof->reasons, g_strdup(pair->difference.reasons->pdata[i]));
	/*
	 * The chain of a declared rule may contain only the consumer. Then the trace cannot tell
	 * whether the code that needs the provider has run.
	 */
	if (pair->trace && n > (finding->rule ? 1 : 0))
		traced = trace_follow(pair->trace, consumer->function, chain, n, finding->in_probe,
				      &last, &next);
	if (traced == TRACE_STOPPED || traced == TRACE_NOT_BEGUN) {
		proof->outcome = PROOF_NOT_EXERCISED;
		proof->detail = g_strdup_printf(
			"the boot stops %s %s()%s%s%s%s", last ? "after" : "before",
			last ? last : consumer->function, next ? ", before " : "", next ? next : "",
			next ? "()" : "",
			pair->difference.worse ? "; the order matters for another reason" : "");
	} else {
		set_outcome(proof, pair, traced == TRACE_SEEN);
	}
	return proof;
}

/*
 * Returns the element of @pairs (struct pair *) that has the two initcalls of @finding. If there is
 * no such element, adds and returns a new element. @pairs owns the result. If @finding does not
 * have two different initcalls of the kernel, returns NULL and adds a text with the reason to
 * @skipped.
 */
static struct pair *pair_of(const struct prover *prover, GPtrArray *pairs,
			    const struct finding *finding, GPtrArray *skipped)
{
	/* If the consumer of @finding must run first, it becomes the provider of the pair. */
	const struct finding_side *last =
		finding->consumer_first ? &finding->provider : &finding->consumer;
	const struct finding_side *first =
		finding->consumer_first ? &finding->consumer : &finding->provider;
	const struct initcall *consumer = targets_initcall(prover->targets, last);
	const struct initcall *provider = targets_initcall(prover->targets, first);
	struct pair *pair;

	if (!consumer || !provider || consumer == provider || consumer->position >= prover->n ||
	    provider->position >= prover->n) {
		g_ptr_array_add(skipped,
				g_strdup_printf("%s: the finding has no two initcalls to swap",
						finding->message));
		return NULL;
	}
	for (guint i = 0; i < pairs->len; i++) {
		pair = pairs->pdata[i];
		if (pair->consumer->position == consumer->position &&
		    pair->provider->position == provider->position)
			return pair;
	}
	pair = g_new0(struct pair, 1);
	pair->consumer = consumer;
	pair->provider = provider;
	pair->findings = g_ptr_array_new();
	pair->traced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_ptr_array_add(pairs, pair);
	return pair;
}

static bool run_all(struct prover *prover, GPtrArray *pairs, GError **error)
{
	prover->n_pairs = pairs->len;
	if (pairs->len && !make_noise(prover, error))
		return false;
	for (guint i = 0; i < pairs->len; i++)
		if (!run_pair(prover, pairs->pdata[i], error))
			return false;
	return true;
}

static const struct initcall *consumer_of(const struct targets *targets,
					  const struct finding *finding)
{
	return targets_initcall(targets, &finding->consumer);
}

GPtrArray *prove_findings(const struct targets *targets, const GPtrArray *findings,
			  const struct kernel *kernel, const struct boot_options *options,
			  struct progress *progress, const volatile int *stop, GPtrArray *skipped,
			  GError **error)
{
	struct prover prover = {
		.targets = targets, .kernel = kernel, .stop = stop, .progress = progress
	};
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(pair_free);
	g_autoptr(GPtrArray) proofs = g_ptr_array_new_with_free_func(free_proof);
	g_autoptr(boot_kit) kit = boot_kit_new(options, error);
	bool ok;

	if (!kit)
		return NULL;
	prover.kit = kit;
	kernel_initcalls(kernel, &prover.n);
	for (guint i = 0; i < findings->len; i++) {
		struct pair *pair = pair_of(&prover, pairs, findings->pdata[i], skipped);

		if (pair)
			g_ptr_array_add(pair->findings, findings->pdata[i]);
	}
	ok = run_all(&prover, pairs, error);
	for (guint i = 0; i < pairs->len && ok; i++) {
		const struct pair *pair = pairs->pdata[i];

		for (guint f = 0; f < pair->findings->len; f++)
			g_ptr_array_add(proofs,
					make_proof(pair, pair->findings->pdata[f],
						   consumer_of(targets, pair->findings->pdata[f])));
	}
	noise_free(prover.noise);
	return ok ? g_steal_pointer(&proofs) : NULL;
}
