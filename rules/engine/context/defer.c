// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/defer.h"

#define EPROBE_DEFER 517
/*
 * The maximum number of calls in a call chain to a function that returns -EPROBE_DEFER itself. In a
 * longer call chain, a caller usually changes the error number.
 */
#define MAX_DISTANCE 8

/* On @line, function @caller returns the result of function @callee. */
struct propagation {
	int32_t callee;
	int32_t caller;
	uint32_t line;
};

struct defers {
	const struct program *program;
	/*
	 * distance[f]: the number of calls in the shortest call chain from function f to a function
	 * that returns -EPROBE_DEFER itself; -1: no such chain is known
	 */
	int8_t *distance;
	/*
	 * next[f]: the function that comes after function f in this call chain; -1: function f is
	 * the end of the chain, or there is no chain
	 */
	int32_t *next;
	/*
	 * line[f]: the line on which function f returns the result of function next[f]. If function
	 * f is the end of the chain: a line on which function f returns -EPROBE_DEFER itself.
	 */
	uint32_t *line;
	GArray *found; /* int32_t: the functions whose distance is not -1, sorted by distance */
};

static bool is_deferral(const struct facts_value *v)
{
	/*
	 * In the source, -EPROBE_DEFER may be an unsigned constant of 32 bits. So compare only 32
	 * bits.
	 */
	return v->kind == VALUE_NUMBER && (int32_t)v->number == -EPROBE_DEFER;
}

static void set_distance(struct defers *d, int32_t function, int distance)
{
	if (d->distance[function] >= 0)
		return;
	d->distance[function] = (int8_t)distance;
	g_array_append_val(d->found, function);
}

static void set_own_line(struct defers *d, int32_t function, uint32_t line)
{
	if (d->distance[function] < 0)
		d->line[function] = line;
	set_distance(d, function, 0);
}

static void find_own_deferrals(struct defers *d, int32_t function)
{
	const struct facts *facts = d->program->facts;
	const struct facts_range *r = &facts->functions[function].returns;
	const struct facts_range *g = &facts->functions[function].guards;

	for (uint32_t i = r->first; i < r->first + r->n; i++)
		if (is_deferral(&facts->returns[i].value))
			set_own_line(d, function, facts->returns[i].line);
	for (uint32_t i = g->first; i < g->first + g->n; i++)
		if (facts->guards[i].exit == GUARD_DEFER)
			set_own_line(d, function, facts->guards[i].line);
}

/*
 * Returns the last value that @function stores to @field on or before @line. Returns NULL if there
 * is no store to @field on these lines.
 */
static const struct facts_value *stored_before(const struct facts *facts, int32_t function,
					       int32_t field, uint32_t line)
{
	const struct facts_range *r = &facts->functions[function].stores;
	const struct facts_value *value = NULL;

	for (uint32_t s = r->first; s < r->first + r->n; s++)
		if (facts->stores[s].field == field && facts->stores[s].line <= line)
			value = &facts->stores[s].value;
	return value;
}

static void add_propagation(const struct defers *d, GArray *propagations, int32_t function,
			    uint32_t line, const struct facts_value *value)
{
	struct propagation propagation = { .caller = function, .line = line };

	if (value->kind == VALUE_LOADED && value->field >= 0)
		value = stored_before(d->program->facts, function, value->field, line);
	if (!value || value->kind != VALUE_RESULT)
		return;
	propagation.callee = program_function(d->program, value->symbol, function);
	if (propagation.callee >= 0)
		g_array_append_val(propagations, propagation);
}

/*
 * @guard is a test with an early return from @function, such as "if (ret) return -EINVAL". True if
 * the returned value is a constant, such as -EINVAL.
 */
static bool has_own_error(const struct facts *facts, int32_t function,
			  const struct facts_guard *guard)
{
	const struct facts_range *r = &facts->functions[function].returns;

	for (uint32_t i = r->first; i < r->first + r->n; i++)
		if (facts->returns[i].line >= guard->line && facts->returns[i].line < guard->from &&
		    facts->returns[i].value.kind == VALUE_NUMBER)
			return true;
	return false;
}

/*
 * The code may contain a test such as "if (IS_ERR(clk)) return PTR_ERR(clk)" or "if (ret) goto
 * out". Then the facts do not contain the value that @function returns after the test. But the test
 * has found that the tested value is an error. So assume that @function returns the tested value.
 */
static void add_tested_results(const struct defers *d, GArray *propagations, int32_t function)
{
	const struct facts *facts = d->program->facts;
	const struct facts_range *r = &facts->functions[function].guards;

	for (uint32_t i = r->first; i < r->first + r->n; i++) {
		const struct facts_guard *guard = &facts->guards[i];

		if (guard->exit == GUARD_ERROR && !has_own_error(facts, function, guard))
			add_propagation(d, propagations, function, guard->line, &guard->atom);
	}
}

static void add_returned_results(const struct defers *d, GArray *propagations, int32_t function)
{
	const struct facts *facts = d->program->facts;
	const struct facts_range *r = &facts->functions[function].returns;

	for (uint32_t i = r->first; i < r->first + r->n; i++)
		add_propagation(d, propagations, function, facts->returns[i].line,
				&facts->returns[i].value);
}

static gint by_callee(gconstpointer a, gconstpointer b)
{
	const struct propagation *x = a, *y = b;

	if (x->callee != y->callee)
		return x->callee < y->callee ? -1 : 1;
	if (x->caller != y->caller)
		return x->caller < y->caller ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/*
 * Sets d->distance of each function that passes -EPROBE_DEFER on. @all contains all propagations
 * (struct propagation). This is a breadth-first search. The search starts at the functions that
 * return -EPROBE_DEFER themselves, and goes on to the callers of these functions.
 */
static void spread(struct defers *d, const GArray *all)
{
	uint32_t n = d->program->facts->n_functions;
	g_autoptr(GArray) propagations = g_array_copy((GArray *)all);
	g_autofree uint32_t *first = g_new0(uint32_t, n + 1);

	g_array_sort(propagations, by_callee);
	for (guint i = 0; i < propagations->len; i++)
		first[g_array_index(propagations, struct propagation, i).callee + 1]++;
	for (uint32_t i = 0; i < n; i++)
		first[i + 1] += first[i];
	for (guint i = 0; i < d->found->len; i++) {
		int32_t callee = g_array_index(d->found, int32_t, i);

		if (d->distance[callee] == MAX_DISTANCE)
			break;
		for (uint32_t h = first[callee]; h < first[callee + 1]; h++)
			set_distance(d, g_array_index(propagations, struct propagation, h).caller,
				     d->distance[callee] + 1);
	}
}

/*
 * Sets d->next and d->line of each function that passes -EPROBE_DEFER on. If a function has several
 * shortest call chains, chooses the chain whose first propagation comes first in @propagations.
 */
static void choose_chains(struct defers *d, const GArray *propagations)
{
	for (guint i = 0; i < propagations->len; i++) {
		const struct propagation *h = &g_array_index(propagations, struct propagation, i);

		if (d->distance[h->callee] < 0 ||
		    d->distance[h->caller] != d->distance[h->callee] + 1 || d->next[h->caller] >= 0)
			continue;
		d->next[h->caller] = h->callee;
		d->line[h->caller] = h->line;
	}
}

struct defers *defers_new(const struct program *program)
{
	uint32_t n = program->facts->n_functions;
	struct defers *d = g_new0(struct defers, 1);
	g_autoptr(GArray) propagations = g_array_new(FALSE, FALSE, sizeof(struct propagation));

	d->program = program;
	d->distance = g_new(int8_t, n + 1);
	d->next = g_new(int32_t, n + 1);
	d->line = g_new0(uint32_t, n + 1);
	d->found = g_array_new(FALSE, FALSE, sizeof(int32_t));
	for (uint32_t i = 0; i < n; i++) {
		d->distance[i] = -1;
		d->next[i] = -1;
		find_own_deferrals(d, (int32_t)i);
		add_returned_results(d, propagations, (int32_t)i);
		add_tested_results(d, propagations, (int32_t)i);
	}
	spread(d, propagations);
	choose_chains(d, propagations);
	return d;
}

void defers_free(struct defers *defers)
{
	if (!defers)
		return;
	g_array_unref(defers->found);
	g_free(defers->distance);
	g_free(defers->next);
	g_free(defers->line);
	g_free(defers);
}

int defers_distance(const struct defers *defers, int32_t function)
{
	return defers->distance[function];
}

GArray *defers_way(const struct defers *defers, int32_t function)
{
	GArray *way = g_array_new(FALSE, FALSE, sizeof(struct defer_step));

	if (defers->distance[function] < 0)
		return way;
	for (int32_t at = function; at >= 0; at = defers->next[at]) {
		struct defer_step step = { at, defers->line[at] };

		g_array_append_val(way, step);
	}
	return way;
}
