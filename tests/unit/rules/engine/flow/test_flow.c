// SPDX-License-Identifier: GPL-2.0-only
/* Tests that models apply through wrappers to the call where the argument's value is known. */
#include "rules/engine/flow/flow.h"
#include "tests/support/infer_feed.h"

static GPtrArray *models;
static struct resources *known;
static struct flow *carried;
static GPtrArray *registries;

static void flow_teardown(void)
{
	g_clear_pointer(&carried, flow_free);
	g_clear_pointer(&registries, g_ptr_array_unref);
	g_clear_pointer(&known, resources_free);
	g_clear_pointer(&models, g_ptr_array_unref);
	k_teardown();
}

static void load(const char *lists)
{
	models = k_models(lists);
	k_load();
	known = resources_new(k_facts());
	registries = registries_find(k_program(), models);
	carried = flow_new(k_program(), models, registries, known);
}

/*
 * Returns the resources of the events in function @name, sorted by line: "bus foo_bus; crypto
 * \"md5\"". For an event with a probe, returns the name of the probe. Free with g_free().
 */
static char *events_in(const char *name)
{
	int32_t function = k_find(name);
	GString *all = g_string_new(NULL);

	for (uint32_t e = carried->first_event[function]; e < carried->first_event[function + 1];
	     e++) {
		const struct event *event = &g_array_index(carried->events, struct event, e);
		g_autofree char *text = NULL;

		ck_assert_int_eq(event->function, function);
		if (event->entry->kind == MODEL_PROBES)
			text = g_strdup(program_name(k_program(), event->target));
		else
			text = resources_describe(known, event->resource);
		g_string_append_printf(all, "%s%s", all->len ? "; " : "", text);
	}
	return g_string_free(all, FALSE);
}

static void assert_events(const char *function, const char *expected)
{
	g_autofree char *events = events_in(function);

	ck_assert_str_eq(events, expected);
}

static void assert_edge(const char *from, const char *to, enum edge_kind kind)
{
	int32_t function = k_find(from);
	bool found = false;

	for (uint32_t e = carried->first_edge[function]; e < carried->first_edge[function + 1];
	     e++) {
		const struct edge *edge = &g_array_index(carried->edges, struct edge, e);

		ck_assert_int_eq(edge->kind, kind);
		found |= edge->to == k_find(to);
	}
	ck_assert(found);
}

static void assert_callback(const char *from, const char *to)
{
	assert_edge(from, to, EDGE_CALLBACK);
}

static uint32_t n_callbacks(const char *from)
{
	int32_t function = k_find(from);

	return carried->first_edge[function + 1] - carried->first_edge[function];
}

static const char bus[] = "provides: [{function: bus_register, argument: 0, resource: bus}]";

START_TEST(argument_of_the_call)
{
	k_file(A);
	k_global("foo_bus");
	k_function("bus_register");
	k_function("init");
	k_call_with("bus_register", v_object("foo_bus"));
	k_call_with("bus_register", v_number(0));
	k_call("bus_register");
	load(bus);
	assert_events("init", "bus foo_bus");
	assert_events("bus_register", "");
}
END_TEST

START_TEST(wrappers_pass_it_on)
{
	k_file(A);
	k_global("foo_bus");
	k_global("bar_bus");
	k_function("bus_register");
	k_function("wrapper");
	k_call_with("bus_register", v_param(1));
	k_function("outer");
	k_call("wrapper");
	k_argument(0, v_string("x"));
	k_argument(1, v_param(0));
	k_file(B);
	k_function("init");
	k_call_with("outer", v_object("foo_bus"));
	k_call("wrapper");
	k_argument(1, v_object("bar_bus"));
	load(bus);
	assert_events("init", "bus foo_bus; bus bar_bus");
	assert_events("outer", "");
	ck_assert_int_ge(g_array_index(carried->events, struct event, 0).summary, 0);
}
END_TEST

static const char driver[] =
	"requires: [{function: driver_register, argument: 0, field: device_driver.bus, "
	"resource: bus}]";

START_TEST(field_stored_in_the_wrapper)
{
	k_file(A);
	k_global("foo_bus");
	k_function("driver_register");
	k_function("foo_driver_register");
	k_store(v_param(0), "device_driver.bus", v_object("foo_bus"));
	k_call_with("driver_register",
		    (struct value){ .kind = VALUE_PARAM, .field = "foo_driver.driver" });
	k_function("init");
	k_call_with("foo_driver_register", v_object("bar_driver"));
	load(driver);
	assert_events("foo_driver_register", "bus foo_bus");
	assert_events("init", "");
}
END_TEST

START_TEST(field_stored_from_a_parameter)
{
	k_file(A);
	k_global("foo_bus");
	k_function("driver_register");
	k_function("wrapper");
	k_store(v_param(0), "device_driver.bus", v_param(1));
	k_call_with("driver_register", v_param(0));
	k_function("init");
	k_call_with("wrapper", v_object("bar_driver"));
	k_argument(1, v_object("foo_bus"));
	load(driver);
	assert_events("init", "bus foo_bus");
}
END_TEST

START_TEST(field_of_the_initialiser)
{
	k_file(A);
	k_global("foo_bus");
	k_object("bar_driver", "device_driver.bus", v_object("foo_bus"));
	k_object("other_driver", "device_driver.name", v_string("other"));
	k_function("driver_register");
	k_function("init");
	k_call_with("driver_register", v_object("bar_driver"));
	k_call_with("driver_register", v_object("other_driver"));
	load(driver);
	assert_events("init", "bus foo_bus");
}
END_TEST

START_TEST(field_set_elsewhere)
{
	k_file(A);
	k_global("foo_bus");
	k_global("bar_driver");
	k_function("driver_register");
	k_function("prepare");
	k_store(v_object("bar_driver"), "device_driver.bus", v_object("foo_bus"));
	k_function("init");
	k_call_with("driver_register", v_object("bar_driver"));
	load(driver);
	assert_events("init", "bus foo_bus");
}
END_TEST

START_TEST(store_without_a_call)
{
	k_file(A);
	k_global("foo_bus");
	k_function("prepare");
	k_store(v_param(0), "device.bus", v_object("foo_bus"));
	k_store(v_param(0), "device.parent", v_object("foo_bus"));
	load("requires: [{field: device.bus, resource: bus}]");
	assert_events("prepare", "bus foo_bus");
	ck_assert_uint_eq(g_array_index(carried->events, struct event, 0).call, NO_CALL);
}
END_TEST

START_TEST(tables_of_pointers)
{
	k_file(A);
	k_global("foo_bus");
	k_global("bar_bus");
	k_global_fact((struct global_fact){ .name = "buses", .has_initialiser = true });
	k_initial("buses", "[0]", v_object("foo_bus"));
	k_initial("buses", "[1]", v_object("bar_bus"));
	k_function("bus_register");
	k_function("init");
	k_call_with("bus_register",
		    (struct value){ .kind = VALUE_GLOBAL, .name = "buses", .field = "[]" });
	load(bus);
	assert_events("init", "bus foo_bus; bus bar_bus");
}
END_TEST

static const char crypto[] =
	"requires: [{function: lookup, argument: 0, resource: crypto, key: string, parts: true}]";

START_TEST(parts_of_names)
{
	k_file(A);
	k_object("name", NULL, v_string("md5"));
	k_function("lookup");
	k_function("init");
	k_call_with("lookup", v_string("authenc(hmac(sha1),cbc(aes))"));
	k_function("plain");
	k_call_with("lookup", v_string("sha1"));
	k_call_with("lookup", v_string(""));
	k_call_with("lookup", v_object("name"));
	load(crypto);
	assert_events("init", "crypto \"authenc(hmac(sha1),cbc(aes))\"; crypto \"authenc\"; "
			      "crypto \"hmac\"; crypto \"sha1\"; crypto \"cbc\"; crypto \"aes\"");
	assert_events("plain", "crypto \"sha1\"; crypto \"md5\"");
}
END_TEST

START_TEST(numbers_and_single_things)
{
	k_file(A);
	k_function("sock_register");
	k_function("ready");
	k_function("init");
	k_call_with("sock_register", v_number(45));
	load("provides: [{function: sock_register, argument: 0, resource: family, key: number}, "
	     "{function: ready, resource: readiness, key: none}]");
	assert_events("init", "family \"45\"");
	assert_events("ready", "readiness");
}
END_TEST

/* init() calls bus_register() through a chain of @n wrappers. */
static void load_chain(unsigned int n)
{
	static const char *const names[] = { "bus_register", "w1", "w2", "w3", "w4",  "w5",
					     "w6",	     "w7", "w8", "w9", "w10", "w11" };

	k_file(A);
	k_global("foo_bus");
	k_function(names[0]);
	for (unsigned int i = 1; i <= n; i++) {
		k_function(names[i]);
		k_call_with(names[i - 1], v_param(0));
	}
	k_function("init");
	k_call_with(names[n], v_object("foo_bus"));
	load(bus);
}

START_TEST(deep_chains)
{
	load_chain(10);
	assert_events("init", "bus foo_bus");
}
END_TEST

START_TEST(depth_has_a_limit)
{
	load_chain(11);
	assert_events("init", "");
}
END_TEST

START_TEST(cyclic_calls)
{
	k_file(A);
	k_global("foo_bus");
	k_function("bus_register");
	k_call_with("ping", v_param(0));
	k_function("ping");
	k_call_with("pong", v_param(0));
	k_function("pong");
	k_call_with("ping", v_param(0));
	k_call_with("bus_register", v_param(0));
	k_function("init");
	k_call_with("ping", v_object("foo_bus"));
	load(bus);
	assert_events("init", "bus foo_bus");
}
END_TEST

START_TEST(callbacks_that_are_called)
{
	k_file(A);
	k_function("each");
	k_call_value(v_param(1));
	k_function("wrapper");
	k_call("each");
	k_argument(1, v_param(0));
	k_function("look");
	k_function("init");
	k_call_with("wrapper", v_function("look"));
	load(bus);
	assert_callback("init", "look");
	ck_assert_uint_eq(n_callbacks("init"), 1);
	ck_assert_uint_eq(n_callbacks("wrapper"), 0);
}
END_TEST

START_TEST(callbacks_in_a_field)
{
	k_file(A);
	k_function("look");
	k_function("leave");
	k_global_fact((struct global_fact){ .name = "foo_ops", .has_initialiser = true });
	k_initial("foo_ops", "ops.init", v_function("look"));
	k_initial("foo_ops", "ops.exit", v_function("leave"));
	k_function("ops_register");
	k_call_value(v_loaded(0, "ops.init"));
	k_function("init");
	k_call_with("ops_register", v_object("foo_ops"));
	load(bus);
	assert_callback("init", "look");
	ck_assert_uint_eq(n_callbacks("init"), 1);
}
END_TEST

START_TEST(models_of_callbacks)
{
	k_file(A);
	k_function("stop_machine");
	k_function("driver_register");
	k_function("stopped");
	k_function("probe");
	k_object("foo_driver", "driver.probe", v_function("probe"));
	k_function("init");
	k_call_with("stop_machine", v_function("stopped"));
	k_call_with("driver_register", v_object("foo_driver"));
	load("calls: [{function: stop_machine, argument: 0}]\n"
	     "probes: [{function: driver_register, argument: 0, field: driver.probe, "
	     "devices: populate}]");
	assert_callback("init", "stopped");
	assert_events("init", "probe");
}
END_TEST

START_TEST(calls_of_all_in_a_field)
{
	k_file(A);
	k_function("one");
	k_function("two");
	k_object("first", "fixup.hook", v_function("one"));
	k_object("second", "fixup.hook", v_function("two"));
	k_function("do_fixups");
	k_call_value(v_loaded(-1, "fixup.hook"));
	load("calls: [{function: do_fixups, field: fixup.hook}]");
	assert_edge("do_fixups", "one", EDGE_PROBE);
	assert_edge("do_fixups", "two", EDGE_PROBE);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		argument_of_the_call,
		wrappers_pass_it_on,
		field_stored_in_the_wrapper,
		field_stored_from_a_parameter,
		field_of_the_initialiser,
		field_set_elsewhere,
		store_without_a_call,
		tables_of_pointers,
		parts_of_names,
		numbers_and_single_things,
		deep_chains,
		depth_has_a_limit,
		cyclic_calls,
		callbacks_that_are_called,
		callbacks_in_a_field,
		models_of_callbacks,
		calls_of_all_in_a_field,
	};

	return k_main("flow", k_setup, flow_teardown, tests, G_N_ELEMENTS(tests));
}
