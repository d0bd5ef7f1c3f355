// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walks all contexts in the order in which the contexts run. Before that, computes the boot state:
 * what memory contains at each moment of the boot (boot_state.h).
 */
#include "rules/engine/context/walk.h"

#include <string.h>

/*
 * The number of passes that compute the boot state. A pass walks all contexts. The first pass does
 * not know what memory contains, so it follows both branches of each test of memory. A later pass
 * leaves out the branches that do not run according to the boot state of the previous pass. Then
 * fewer functions count as run, and the new boot state knows more values.
 */
#define N_STATE_PASSES 2

struct runner {
	struct contexts *contexts;
	struct walk *walk;
	const GArray *order; /* uint32_t: indices of the contexts */
	uint32_t moment;     /* moment of the current context; 0 in run_tables() */
	/*
	 * The boot state that the current pass computes. contexts->state is from the previous
	 * pass.
	 */
	struct boot_state *state;
	/* The arguments of contexts_run(). */
	bool (*visit)(void *data, int32_t function, uint8_t tier);
	void *data;
};

/*
 * The callback visit() of the walks in the passes that compute the boot state. @tier is the least
 * certain kind of edge on the path to @function. If this kind is EDGE_MANY, @function does not
 * count as run for the boot state, because the boot may never run @function at this moment.
 */
static bool note_run(void *data, int32_t function, uint8_t tier)
{
	struct runner *runner = data;

	/*
	 * Call escape_run() only in the first pass. A later pass reaches no function that the first
	 * pass does not reach. Also, the moments of a later pass begin at 1 again, but the moment
	 * that escape_run() gets must not decrease.
	 */
	if (runner->moment && !runner->contexts->state)
		escape_run(runner->contexts->escape, function, runner->moment);
	if (tier < EDGE_MANY)
		boot_state_run(runner->state, function, runner->moment);
	return true;
}

static bool visit_function(void *data, int32_t function, uint8_t tier)
{
	struct runner *runner = data;

	return runner->visit(runner->data, function, tier);
}

static bool is_init_code(const struct facts_function *function)
{
	return function->attributes && strstr(function->attributes, "section=.init.text");
}

/* Returns the moment of the last context of kind CONTEXT_BOOT; 0: no context has this kind. */
static uint32_t last_boot_moment(const struct contexts *contexts)
{
	uint32_t last = 0;

	for (guint i = 0; i < contexts->list->len; i++)
		if (!g_array_index(contexts->list, struct context, i).place)
			last = MAX(last, contexts->moments[i]);
	return last;
}

/*
 * Walks from the __init functions in tables that the linker builds, such as the functions of
 * __setup(). The kernel calls these functions in a loop over the table, before all initcalls. The
 * walk of a context does not reach these functions, because the pointer in the loop has too many
 * candidates. So what these functions run counts as run at moment 0. Skips functions that are
 * roots of contexts, such as initcalls.
 */
static void run_tables(struct runner *runner)
{
	const struct contexts *contexts = runner->contexts;
	const struct facts *facts = contexts->program->facts;
	const struct walk_ops ops = { .visit = note_run, .decides_globals = true, .data = runner };
	g_autofree uint8_t *is_root = g_new0(uint8_t, facts->n_functions + 1);
	uint32_t now = last_boot_moment(contexts);

	for (guint i = 0; i < contexts->list->len; i++) {
		int32_t root = g_array_index(contexts->list, struct context, i).root;

		if (root >= 0)
			is_root[root] = 1;
	}
	runner->moment = 0;
	for (int32_t f = 0; f < (int32_t)facts->n_functions; f++)
		if (!is_root[f] && is_init_code(&facts->functions[f]) &&
		    escape_has_happened(contexts->escape, f, 0))
			walk_from(runner->walk, f, now, &ops);
}

static void run_all(struct runner *runner, void (*begin)(void *data, int32_t context),
		    bool (*visit)(void *data, int32_t function, uint8_t tier))
{
	const struct walk_ops ops = { .visit = visit,
				      .decides_globals = visit == note_run,
				      .data = runner };

	for (guint i = 0; i < runner->order->len; i++) {
		int32_t context = (int32_t)g_array_index(runner->order, uint32_t, i);

		runner->moment = runner->contexts->moments[context];
		if (begin)
			begin(runner->data, context);
		walk_context(runner->walk, context, &ops);
	}
}

void contexts_run(struct contexts *contexts, struct walk *walk,
		  void (*begin)(void *data, int32_t context),
		  bool (*visit)(void *data, int32_t function, uint8_t tier), void *data)
{
	g_autoptr(GArray) order = contexts_in_order(contexts);
	struct runner runner = {
		.contexts = contexts,
		.walk = walk,
		.order = order,
		.visit = visit,
		.data = data,
	};

	g_clear_pointer(&contexts->state, boot_state_free);
	for (int i = 0; i < N_STATE_PASSES; i++) {
		runner.state = boot_state_new(contexts->program, contexts->escape,
					      contexts->tunables, order->len);
		run_tables(&runner);
		run_all(&runner, NULL, note_run);
		boot_state_complete(runner.state);
		boot_state_free(contexts->state);
		contexts->state = runner.state;
	}
	run_all(&runner, begin, visit_function);
}
