// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the boot: walks all contexts in the order in which they run, and computes what memory contains at
 * each moment (boot_state.h).
 */
#include "rules/engine/context/walk.h"

#include <string.h>

/*
 * The number of passes that compute the boot state. The first pass follows all branches. Each further
 * pass leaves out the branches that the boot state of the pass before rules out, so its boot state
 * knows more.
 */
#define N_STATE_PASSES 2

struct runner {
	struct contexts *contexts;
	struct walk *walk;
	const GArray *order; /* uint32_t: indices of the contexts */
	uint32_t moment;     /* moment of the current context */
	struct boot_state *state;
	bool (*visit)(void *data, int32_t function, uint8_t tier);
	void *data;
};

/*
 * A call through a pointer with several candidates proves little, so code behind such a call does not
 * count as run.
 */
static bool note_run(void *data, int32_t function, uint8_t tier)
{
	struct runner *runner = data;

	if (runner->moment)
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

/* Returns the moment of the last context that runs before all initcalls; 0: there is none. */
static uint32_t last_boot_moment(const struct contexts *contexts)
{
	uint32_t last = 0;

	for (guint i = 0; i < contexts->list->len; i++)
		if (!g_array_index(contexts->list, struct context, i).place)
			last = MAX(last, contexts->moments[i]);
	return last;
}

/*
 * Init functions in tables of the linker, for example of __setup(), run before all initcalls. The loops over
 * these tables call them through pointers with many candidates, which a walk does not follow. So these
 * functions count as run at moment 0. Initcalls are contexts themselves.
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
		runner.state = boot_state_new(contexts->program, contexts->escape, order->len);
		run_tables(&runner);
		run_all(&runner, NULL, note_run);
		boot_state_complete(runner.state);
		boot_state_free(contexts->state);
		contexts->state = runner.state;
	}
	run_all(&runner, begin, visit_function);
}
