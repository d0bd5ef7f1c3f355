// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/defer.h"

#define EPROBE_DEFER 517
/* Calls; what is further away is rarely handed on as it was. */
#define MAX_DISTANCE 8

/* Function @by returns on @line what function @of has returned. */
struct handing {
	int32_t of;
	int32_t by;
	uint32_t line;
};

struct defers {
	const struct program *program;
	int8_t *distance; /* by function; -1: it does not */
	int32_t *next;	  /* by function: whose value it hands on; -1: its own */
	uint32_t *line;
	GArray *found; /* int32_t: functions that can, the nearest first */
};

static bool is_deferral(const struct facts_value *v)
{
	/* A number without sign in the source has 32 bits. */
	return v->kind == VALUE_NUMBER && (int32_t)v->number == -EPROBE_DEFER;
}

static void find(struct defers *d, int32_t function, int distance)
{
	if (d->distance[function] >= 0)
		return;
	d->distance[function] = (int8_t)distance;
	g_array_append_val(d->found, function);
}

static void find_at(struct defers *d, int32_t function, uint32_t line)
{
	if (d->distance[function] < 0)
		d->line[function] = line;
	find(d, function, 0);
}

static void find_own(struct defers *d, int32_t function)
{
	const struct facts *facts = d->program->facts;
	const struct facts_range *r = &facts->functions[function].returns;
	const struct facts_range *g = &facts->functions[function].guards;

	for (uint32_t i = r->first; i < r->first + r->n; i++)
		if (is_deferral(&facts->returns[i].value))
			find_at(d, function, facts->returns[i].line);
	for (uint32_t i = g->first; i < g->first + g->n; i++)
		if (facts->guards[i].exit == GUARD_DEFER)
			find_at(d, function, facts->guards[i].line);
}

/* What x->field was set to last before @line. */
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

static void add_handing(const struct defers *d, GArray *handings, int32_t function, uint32_t line,
			const struct facts_value *value)
{
	struct handing handing = { .by = function, .line = line };

	if (value->kind == VALUE_LOADED && value->field >= 0)
		value = stored_before(d->program->facts, function, value->field, line);
	if (!value || value->kind != VALUE_RESULT)
		return;
	handing.of = program_function(d->program, value->symbol, function);
	if (handing.of >= 0)
		g_array_append_val(handings, handing);
}

/* Whether a test that fails leads to a number of its own: "if (ret) return -EINVAL". */
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
 * "if (IS_ERR(clk)) return PTR_ERR(clk)", "if (ret) goto out": what is returned is not told,
 * but what was tested stands for an error.
 */
static void add_tested(const struct defers *d, GArray *handings, int32_t function)
{
	const struct facts *facts = d->program->facts;
	const struct facts_range *r = &facts->functions[function].guards;

	for (uint32_t i = r->first; i < r->first + r->n; i++) {
		const struct facts_guard *guard = &facts->guards[i];

		if (guard->exit == GUARD_ERROR && !has_own_error(facts, function, guard))
			add_handing(d, handings, function, guard->line, &guard->atom);
	}
}

static void add_returned(const struct defers *d, GArray *handings, int32_t function)
{
	const struct facts *facts = d->program->facts;
	const struct facts_range *r = &facts->functions[function].returns;

	for (uint32_t i = r->first; i < r->first + r->n; i++)
		add_handing(d, handings, function, facts->returns[i].line,
			    &facts->returns[i].value);
}

static gint by_source(gconstpointer a, gconstpointer b)
{
	const struct handing *x = a, *y = b;

	if (x->of != y->of)
		return x->of < y->of ? -1 : 1;
	if (x->by != y->by)
		return x->by < y->by ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* From those that say it themselves on, level by level. */
static void spread(struct defers *d, const GArray *all)
{
	uint32_t n = d->program->facts->n_functions;
	g_autoptr(GArray) handings = g_array_copy((GArray *)all);
	g_autofree uint32_t *first = g_new0(uint32_t, n + 1);

	g_array_sort(handings, by_source);
	for (guint i = 0; i < handings->len; i++)
		first[g_array_index(handings, struct handing, i).of + 1]++;
	for (uint32_t i = 0; i < n; i++)
		first[i + 1] += first[i];
	for (guint i = 0; i < d->found->len; i++) {
		int32_t of = g_array_index(d->found, int32_t, i);

		if (d->distance[of] == MAX_DISTANCE)
			break;
		for (uint32_t h = first[of]; h < first[of + 1]; h++)
			find(d, g_array_index(handings, struct handing, h).by, d->distance[of] + 1);
	}
}

/* Of ways of the same length the one that the function's text has first is shown. */
static void choose_ways(struct defers *d, const GArray *handings)
{
	for (guint i = 0; i < handings->len; i++) {
		const struct handing *h = &g_array_index(handings, struct handing, i);

		if (d->distance[h->of] < 0 || d->distance[h->by] != d->distance[h->of] + 1 ||
		    d->next[h->by] >= 0)
			continue;
		d->next[h->by] = h->of;
		d->line[h->by] = h->line;
	}
}

struct defers *defers_new(const struct program *program)
{
	uint32_t n = program->facts->n_functions;
	struct defers *d = g_new0(struct defers, 1);
	g_autoptr(GArray) handings = g_array_new(FALSE, FALSE, sizeof(struct handing));

	d->program = program;
	d->distance = g_new(int8_t, n + 1);
	d->next = g_new(int32_t, n + 1);
	d->line = g_new0(uint32_t, n + 1);
	d->found = g_array_new(FALSE, FALSE, sizeof(int32_t));
	for (uint32_t i = 0; i < n; i++) {
		d->distance[i] = -1;
		d->next[i] = -1;
		find_own(d, (int32_t)i);
		add_returned(d, handings, (int32_t)i);
		add_tested(d, handings, (int32_t)i);
	}
	spread(d, handings);
	choose_ways(d, handings);
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
