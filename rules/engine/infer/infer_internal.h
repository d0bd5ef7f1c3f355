/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of an inference:
 *   infer.c                the public functions, and the walk of each context
 *   mechanism.c            the table of mechanisms
 *   infer_dependency.c     the uses that each context reaches, and findings about dependencies
 *   infer_pair.c           pairs of consumer and provider, and their verdicts
 *   infer_guard.c          tests that protect a consumer
 *   infer_made.c           probes whose device the provider makes
 *   infer_numbers.c        devices that tables of numbers name
 *   infer_open.c           tests on a path, if their outcome is not known
 *   infer_finding.c        messages and call chains of findings
 *   infer_machine.c        devices that a machine must have, so that a probe runs
 *   infer_supplier.c       until when a probe waits for suppliers, on one machine
 *   infer_vendor.c         vendors of the devices that two contexts are about
 *   infer_never_retried.c  findings about probes that are never retried
 *   infer_window.c         findings about code that runs after its window is closed
 *   infer_skip.c           findings about code that leaves something out for good
 *   infer_bound.c          findings about devices that must have a driver
 *   infer_reach.c          which contexts reach a given function
 *
 * A context is code that the boot runs: an initcall, a driver's probe, or code before all
 * initcalls. In a dependency, one context is the consumer, which needs a resource, and one context
 * is the provider, which sets up the resource.
 */
#ifndef INITLINT_RULES_ENGINE_INFER_INFER_INTERNAL_H
#define INITLINT_RULES_ENGINE_INFER_INFER_INTERNAL_H

#include "rules/engine/context/defer.h"
#include "rules/engine/context/walk.h"
#include "rules/engine/infer/infer.h"
#include "rules/engine/infer/mechanism.h"
#include "rules/engine/program/model_names.h"
#include "rules/engine/flow/usage.h"

/* A use is code that sets up or needs a resource. A reach says that a context reaches a use. */
struct reach {
	int32_t context;
	int32_t function; /* the function that contains the use */
	uint32_t use;	  /* index into usage->uses */
	uint8_t tier;	  /* enum edge_kind: the least certain edge on the path to @function */
};

/*
 * An open condition is a guard (struct guard_fact) on a path. The boot takes the path only if the
 * guard is true, and it is not known whether the guard is true. The guard is true if the tested
 * value is not 0: @when of struct guard_fact is true.
 */
struct open_condition {
	int32_t function; /* the function that contains the test */
	uint32_t guard;	  /* index into facts->guards */
};

struct dependency {
	struct reach need; /* the consumer's context needs the resource */
	struct reach set;  /* the provider's context sets up the resource */
	/*
	 * struct edge: the calls from the root of need.context to need.function. NULL: not known.
	 */
	GArray *path;
	GArray *open; /* struct open_condition, of @path and of the need; NULL: not computed */
	enum verdict verdict;
	enum confidence confidence;
	enum severity severity;
};

struct inference {
	const struct facts *facts;
	const struct rule_input *input;
	/* @least, @any_machine, @machine and @boards: as in struct inference_options */
	enum confidence least;
	bool any_machine;
	const struct machine *machine;
	const GPtrArray *models; /* struct model * */
	const GPtrArray *boards; /* as in struct inference_options */
	struct vendors *vendors;
	struct suppliers *suppliers; /* NULL: neither @machine nor @boards is known */
	struct program *program;
	struct resources *resources;
	GPtrArray *registries; /* struct registry * */
	struct flow *flow;
	struct usage *usage;
	struct contexts *contexts;
	struct walk *walk;
	/*
	 * Prevents duplicates in @reaches. stamps[k][r]: 1 + the index of the last context that
	 * added a reach of kind k and resource r; 0: none yet. Kind 0 is a set-up. Kind 1 + h is a
	 * need by a use with the value h in the member @how.
	 */
	uint32_t *stamps[1 + N_USE_HOWS];
	/*
	 * struct reach: sorted by resource, then by role (set-ups first), then by the position of
	 * the context.
	 */
	GArray *reaches;
	/* The reaches of resource r are reaches[i] for first_reach[r] <= i < first_reach[r + 1]. */
	uint32_t *first_reach;
	/*
	 * By function: the number of contexts that reach the function. Contexts of all kinds count:
	 * initcalls, probes, and code before all initcalls. A path with an edge of kind EDGE_MANY
	 * does not count.
	 */
	uint32_t *n_initcalls_at;
	/*
	 * Key: resource + 1. Value: the initcalls that set up the resource, as a GArray of const
	 * struct initcall *.
	 */
	GHashTable *setters;
	GArray *dependencies; /* struct dependency */
	struct defers *defers;
	void **states;	 /* by mechanism: the mechanism's data; NULL: no data */
	GArray *scratch; /* struct open_condition; only for infer_edge_weight() */
	GArray *unknown; /* struct unknown_name */
	struct inference_coverage coverage;
};

static inline const struct use *inference_use(const struct inference *inference, uint32_t use)
{
	return &g_array_index(inference->usage->uses, struct use, use);
}

static inline const struct context *inference_context(const struct inference *inference,
						      int32_t context)
{
	return &g_array_index(inference->contexts->list, struct context, context);
}

static inline struct rule_place inference_place(const struct inference *inference, int32_t number)
{
	const struct context *context = inference_context(inference, number);

	return (struct rule_place){
		.initcall = context->initcall,
		.place = context->place,
		.deferred_by = context->deferred_by,
		.is_probe = context->kind == CONTEXT_PROBE,
		.context = number,
	};
}

/* Pairs the needs with the set-ups in inference->reaches, and fills inference->dependencies. */
void infer_pairs(struct inference *inference);

/*
 * What the consumer does if the provider has not run yet. The consumer may test a variable that the
 * provider sets: "if (!ptr) return -ENODEV;". If several tests protect the consumer, the highest
 * value counts.
 */
enum guarding {
	GUARDING_NONE,	 /* no test protects the consumer */
	GUARDING_FAILS,	 /* the consumer returns an error or stops the kernel */
	GUARDING_COPES,	 /* the consumer works without the resource, or does its work later */
	GUARDING_DEFERS, /* the probe returns -EPROBE_DEFER and runs again later */
};

/*
 * Returns what the consumer does if the provider has not run. The consumer is the context of @need.
 * The provider is the initcall of @set. A test counts if the provider sets the tested variable. The
 * consumer may need the resource on several lines. If one of these lines is unprotected
 * (GUARDING_NONE or GUARDING_FAILS), *@need becomes the need on this line. If all lines are
 * protected, *@need does not change. @leads is a filter as in struct walk_ops: leads[f] is 1 if
 * function f contains or reaches a need of the resource, else 0.
 */
enum guarding infer_guarding(struct inference *inference, struct reach *need,
			     const struct reach *set, const uint8_t *leads);
/* Sets marks[f] to 1 for each function f with a need of @resource. */
void infer_mark_needs(const struct inference *inference, int32_t resource, uint8_t *marks);

/*
 * The context of @need is the consumer. The initcall of @set is the provider. True if the consumer
 * is a probe, no other initcall than the provider makes a device for this probe, and the provider
 * makes the device after the line of @set. Then the probe runs after @set in any order of the
 * initcalls.
 */
bool infer_is_made_after(const struct inference *inference, const struct reach *need,
			 const struct reach *set);

/*
 * Returns the open conditions (GArray of struct open_condition) of the calls on @path, and of @line
 * in @function. The last edge of @path leads to @function. The last walk must have found @path
 * (GArray of struct edge). Free with g_array_unref().
 */
GArray *infer_open_conditions(const struct inference *inference, const GArray *path,
			      int32_t function, uint32_t line);
/*
 * Each condition in @open (struct open_condition) has a weight. The weight of a loop condition
 * differs from the weight of any other test. Returns the sum of the weights; 0 if @open is NULL.
 */
unsigned int infer_weigh(const struct inference *inference, const GArray *open);
/*
 * @edge is a call in @function. Returns infer_weigh() of the open conditions under which @function
 * makes this call. Call infer_edge_weight() during a walk that has reached @function.
 */
unsigned int infer_edge_weight(const struct inference *inference, int32_t function,
			       const struct edge *edge);
/*
 * @set is code that sets up a resource. set->context is an initcall, a probe or boot code that
 * reaches this code by a path of calls. An open condition is a test that must be true on this path,
 * if it is not known whether the test is true. Returns infer_weigh() of the open conditions on the
 * path. If several paths are equally certain, takes the path with the lowest result. Returns 0 if
 * there is no path. Starts a walk, so the results of the last walk are lost.
 */
unsigned int infer_weight_of_set(const struct inference *inference, const struct reach *set);
/*
 * Returns the open conditions on the path from the root of @context to @line of @function (GArray of
 * struct open_condition). Sets *@weight to the sum of their weights. Returns NULL, and does not
 * change *@weight, if no path leads to @function. Starts a walk, so the results of the last walk are
 * lost. Free with g_array_unref().
 */
GArray *infer_conditions_to(struct inference *inference, int32_t context, int32_t function,
			    uint32_t line, unsigned int *weight);
/* Adds a description of each condition in @open to @finding. @open may be NULL. */
void infer_add_conditions(const struct inference *inference, const GArray *open,
			  struct finding *finding);

/*
 * Says whether the machine has a device for the driver whose probe @event registers. Returns
 * DEVICE_PRESENT if inference->any_machine is true. Returns DEVICE_UNKNOWN in three cases: the user
 * names no machine, the driver has no table of devices, or the tables cannot be compared with the
 * devices of the machine. For example, the table of a PCI driver has numbers, and only a list of
 * modaliases has the numbers of PCI devices.
 */
enum device { DEVICE_UNKNOWN, DEVICE_PRESENT, DEVICE_ABSENT };
enum device infer_device(const struct inference *inference, const struct event *event);
/*
 * Calls @visit for each table of the driver of @event. A table is a variable. The initialiser of
 * the driver contains the address of the table.
 */
void infer_visit_tables(const struct inference *inference, const struct event *event,
			void (*visit)(void *data, const struct facts_global *table), void *data);
/*
 * Like infer_device(), but looks only at tables of numbers, such as PCI ids. Returns DEVICE_ABSENT
 * also if the driver has no table of numbers. The machine of @inference must be known.
 */
enum device infer_numbered_device(const struct inference *inference, const struct event *event);
/* True if the driver of @event has a table of numbers. */
bool infer_has_numbers(const struct inference *inference, const struct event *event);
/*
 * Returns the device identifiers of the driver of @event (const char *, owned by the facts): the
 * strings in the tables of the driver. Free with g_ptr_array_unref().
 */
GPtrArray *infer_device_ids(const struct inference *inference, const struct event *event);

/*
 * struct suppliers: finds the suppliers for which the probes of @inference wait. Free with
 * infer_suppliers_free().
 *
 * infer_awaited_supplier() is for the member @await of struct probe_suppliers, and @data is a
 * struct suppliers. infer_awaited_supplier() looks at the machine of @inference, so this machine
 * must be known.
 */
struct suppliers;
struct suppliers *infer_suppliers_new(const struct inference *inference);
void infer_suppliers_free(struct suppliers *suppliers);
const struct initcall *infer_awaited_supplier(const void *data, guint context);
/*
 * True if @machine has devices for the probe of context number @context, and each of these devices
 * has a supplier for which the kernel has no driver. Then the probe does not run during the
 * initcalls.
 */
bool infer_is_never_supplied(const struct suppliers *suppliers, const struct machine *machine,
			     guint context);
/*
 * True if @machine has a device for the probe of context number @context, and the suppliers of the
 * device have drivers no later than at the place of the context. Then the kernel does not defer the
 * probe.
 */
bool infer_runs_at_once(const struct suppliers *suppliers, const struct machine *machine,
			guint context);

/* The vendors that source files name. Free with infer_vendors_free(). */
struct vendors;
struct vendors *infer_vendors_new(void);
void infer_vendors_free(struct vendors *vendors);
/*
 * False if the source file of @consumer names devices of some vendors, and the file of @provider
 * names devices of none of them. Then hardly any machine has the devices of both. Also false if
 * @consumer is a probe and its file names no vendor.
 */
bool infer_may_share_machine(const struct inference *inference, const struct context *consumer,
			     const struct context *provider);

/*
 * Returns a text that names the devices of the driver of @event: "a device of NAME (IDS)", or "a
 * device that PROBE() drives". Free with g_free().
 */
char *infer_device_text(const struct inference *inference, const struct event *event);
/*
 * Removes the code of each probe that does not run on the machine: sets the @root of the probe's
 * context to -1. Such a probe has no device on the machine (DEVICE_ABSENT), or each of its devices
 * waits for a supplier without a driver. Keeps a probe if built-in code makes a device for it. Call
 * this function before the first walk.
 */
void infer_apply_machine(struct inference *inference);
/*
 * Sets finding->machine, finding->boards and finding->is_conditional. @consumer and @provider are
 * indices of contexts in inference->contexts->list. @sought is the device that the code of the
 * consumer looks for, as @device of struct model_entry; NULL: none. Does nothing if the verdict of
 * @finding is harmless, such as VERDICT_GUARDED.
 */
void infer_set_machine(const struct inference *inference, struct finding *finding, int32_t consumer,
		       int32_t provider, const char *sought);

/*
 * Returns the call chain from the root of @context to @line of @function: GPtrArray of struct
 * finding_step *. If @context is a probe, the chain begins at the initcall that registers the
 * probe. Free with g_ptr_array_unref().
 */
GPtrArray *infer_chain(struct inference *inference, int32_t context, int32_t function,
		       uint32_t line);
/* Appends a step for @line of @function to @chain. */
void infer_add_step(const struct inference *inference, GPtrArray *chain, int32_t function,
		    uint32_t line);
/*
 * A wrapper passes its argument on, directly or through other wrappers, to a function that a model
 * names. @summary is an index into inference->flow->summaries. Appends one step to @chain for each
 * function on the way from the wrapper of @summary to the function that the model names. If
 * @summary is -1, appends nothing.
 */
void infer_add_sinks(const struct inference *inference, GPtrArray *chain, int32_t summary);
/* Returns the complete finding for @dependency. Free with finding_free(). */
struct finding *infer_finding(struct inference *inference, const struct dependency *dependency);
/*
 * Returns the finding for @dependency with its fingerprint, but without the message, the call
 * chains and the reasons for the order. Free with finding_free().
 */
struct finding *infer_bare_finding(const struct inference *inference,
				   const struct dependency *dependency);

/* A line of @function that the code of @context reaches. */
struct infer_site {
	int32_t context;
	int32_t function;
	uint32_t line;
};

/*
 * Returns a finding of @kind with the verdict @verdict about the sites @consumer and @provider, with
 * its fingerprint, but without the message and the confidence. @resource: the number of the resource
 * that the finding is about. Sets *@weight to the weight of the open conditions on the path to
 * @consumer; UINT_MAX: no path is known. Starts walks, so the results of the last walk are lost. Free
 * with finding_free().
 */
struct finding *infer_site_finding(struct inference *inference, const struct finding_kind *kind,
				   enum verdict verdict, const struct infer_site *consumer,
				   const struct infer_site *provider, int32_t resource,
				   unsigned int *weight);

/* --- mechanisms --- */

/*
 * A mechanism is code that infers findings. All members except @kinds may be NULL. new_state()
 * returns the data of the mechanism for one inference. The other functions get this data as @state.
 * If @new_state is NULL, @state is NULL.
 */
struct mechanism {
	const struct finding_kind *kinds; /* an array; the id of the last element is NULL */
	void *(*new_state)(void);
	void (*free_state)(void *state);
	/*
	 * Called when the walk of @context visits @function. @tier is the least certain kind of
	 * edge on the path to @function.
	 */
	void (*visit)(struct inference *inference, void *state, int32_t context, int32_t function,
		      uint8_t tier);
	/* Called once, after all walks. */
	void (*judge)(struct inference *inference, void *state);
	/*
	 * Adds findings to @findings. If @all is true, also adds findings with a harmless verdict,
	 * such as VERDICT_GUARDED.
	 */
	void (*report)(struct inference *inference, void *state, bool all, GPtrArray *findings);
};

enum dependency_kind {
	DEPENDENCY_VARIABLE, /* the resource is a variable or a part of a variable */
	DEPENDENCY_RESOURCE, /* a model names the kind of resource */
};

/* All mechanisms. The last element is NULL. */
extern const struct mechanism *const mechanisms[];
/* The index of an element in the array @kinds of this mechanism is an enum dependency_kind. */
extern const struct mechanism mechanism_dependency;
extern const struct mechanism mechanism_never_retried;
extern const struct mechanism mechanism_window;
extern const struct mechanism mechanism_skip;
extern const struct mechanism mechanism_bound;

#endif
