// SPDX-License-Identifier: GPL-2.0-only
#include <glib.h>

#include "tests/support/sample_report.h"

#define N_MANY	30000
#define SUBJECT "ffi: \"move\" <it> & \xff\x01 on"

static const char *const both[] = { "arm64 defconfig", "x86 <allyes>", NULL };
static const char *const only_x86[] = { "x86 <allyes>", NULL };
static const char *const partial[] = { "1 of 9 files was not parsed whole", NULL };

static struct rule *make_rule(const char *id)
{
	struct rule *rule = g_new0(struct rule, 1);

	rule->id = g_strdup(id);
	rule->title = g_strdup("The user starts after the maker");
	rule->severity = SEVERITY_ERROR;
	rule->consumer.functions = g_strsplit("user_init", ",", -1);
	rule->provider.functions = g_strsplit("maker_init", ",", -1);
	rule->why = g_strdup("Without it <nothing> works & \"all\" fails.\nOn two lines.");
	rule->source.file = g_strdup("drivers/user.c");
	rule->source.lines = g_strdup("1-2");
	rule->source.text = g_strdup("needs it\nalways");
	return rule;
}

static void set_side(struct finding_side *side, const char *function, const char *file,
		     enum initcall_level level, int position)
{
	side->function = g_strdup(function);
	side->file = g_strdup(file);
	side->line = (unsigned int)position + 10;
	side->level = level;
	side->position = position;
	side->object = g_strdup("drivers/x.o");
}

static void add_step(GPtrArray *chain, const char *function, unsigned int line)
{
	struct finding_step *step = g_new0(struct finding_step, 1);

	step->function = g_strdup(function);
	step->file = g_strdup("drivers/a b.c");
	step->line = line;
	g_ptr_array_add(chain, step);
}

static struct finding *add_finding(struct sample *sample, const char *id, const struct rule *rule,
				   enum verdict verdict)
{
	struct finding *finding = finding_new(id, rule);
	g_autofree char *user = g_strdup_printf("user%u_init", sample->findings->len);

	finding->verdict = verdict;
	finding->confidence = CONFIDENCE_MEDIUM;
	finding->severity = verdict == VERDICT_BROKEN ? SEVERITY_ERROR : SEVERITY_WARNING;
	finding->message = g_strdup_printf("%s (6) needs \"it\" & <more>", user);
	finding->resource = g_strdup("it");
	set_side(&finding->consumer, user, "drivers/a b.c", LEVEL_6, 1);
	set_side(&finding->provider, "maker_init", "drivers/maker.c", LEVEL_6, 2);
	g_ptr_array_add(finding->reasons, g_strdup("both at level 6"));
	finding_seal(finding);
	g_ptr_array_add(sample->findings, finding);
	return finding;
}

static void add_declared(struct sample *sample)
{
	struct rule *rule = make_rule("user-after-maker");
	struct rule *moot_rule = make_rule("other");
	struct finding *finding = add_finding(sample, rule->id, rule, VERDICT_BROKEN);

	g_ptr_array_add(sample->rules, rule);
	g_ptr_array_add(sample->rules, moot_rule);
	finding->consumer_link.makefile = g_strdup("drivers/Makefile");
	finding->consumer_link.line = 2;
	finding->consumer_link.item = g_strdup("drivers/user.o");
	finding->provider_link.makefile = g_strdup("drivers/Makefile");
	finding->provider_link.line = 3;
	finding->provider_link.item = g_strdup("drivers/maker/");
}

static void add_rest(struct sample *sample)
{
	static const enum verdict verdicts[] = {
		[SAMPLE_WORSE] = VERDICT_FRAGILE,  [SAMPLE_ACCEPTED] = VERDICT_BROKEN,
		[SAMPLE_OLD] = VERDICT_BROKEN,	   [SAMPLE_RESOLVED] = VERDICT_BROKEN,
		[SAMPLE_BETTER] = VERDICT_ORDERED,
	};
	struct finding *finding;

	for (int i = SAMPLE_WORSE; i <= SAMPLE_BETTER; i++) {
		finding = add_finding(sample, "needs-bus", NULL, verdicts[i]);
		add_step(finding->chain, finding->consumer.function, 4);
		add_step(finding->chain, "helper", 5);
		finding->provider_chain = g_ptr_array_new();
	}
	finding = add_finding(sample, "never-retried", NULL, VERDICT_BROKEN);
	g_clear_pointer(&finding->provider.function, g_free);
	g_clear_pointer(&finding->provider.file, g_free);
	finding->provider = (struct finding_side){ .level = LEVEL_NONE,
						   .position = -1,
						   .object = finding->provider.object };
	add_step(finding->chain, finding->consumer.function, 4);
	finding = add_finding(sample, "other", sample->rules->pdata[1], VERDICT_MOOT);
	finding->severity = SEVERITY_NOTE;
	g_clear_pointer(&finding->consumer.file, g_free);
	finding->consumer.line = 0;
	finding->consumer.level = LEVEL_NONE;
	finding->consumer.position = -1;
	finding = add_finding(sample, "needs-variable", NULL, VERDICT_SKIPPED);
	for (unsigned int i = 0; i < 3000; i++)
		add_step(finding->chain, "deep", i);
}

static void add_notes(struct sample *sample, bool matrix)
{
	struct report_note *notes = sample->notes;

	for (int i = 0; i < N_SAMPLES; i++)
		notes[i].was = ((struct finding *)sample->findings->pdata[i])->verdict;
	if (matrix) {
		for (int i = 0; i < N_SAMPLES; i++)
			notes[i].configurations = i % 2 ? only_x86 : both;
		return;
	}
	notes[SAMPLE_NEW] = (struct report_note){
		.change = CHANGE_NEW,
		.was = N_VERDICTS,
		.patch = 2,
		.subject = SUBJECT,
		.file = "drivers/Makefile",
		.line = 3,
	};
	notes[SAMPLE_WORSE].change = CHANGE_WORSE;
	notes[SAMPLE_WORSE].was = VERDICT_ORDERED;
	notes[SAMPLE_WORSE].patch = 1;
	notes[SAMPLE_ACCEPTED].change = CHANGE_NEW;
	notes[SAMPLE_ACCEPTED].was = N_VERDICTS;
	notes[SAMPLE_ACCEPTED].accepted = "known";
	notes[SAMPLE_ACCEPTED].in_source = true;
	notes[SAMPLE_RESOLVED].change = CHANGE_RESOLVED;
	notes[SAMPLE_RESOLVED].patch = 3;
	notes[SAMPLE_RESOLVED].subject = "fix";
	notes[SAMPLE_BETTER].change = CHANGE_BETTER;
	notes[SAMPLE_BETTER].was = VERDICT_BROKEN;
	notes[SAMPLE_UNRETRIED].change = CHANGE_MOVED;
}

struct sample *sample_new(enum sample_kind kind)
{
	struct sample *sample = g_new0(struct sample, 1);

	sample->rules = g_ptr_array_new_with_free_func((GDestroyNotify)rule_free);
	sample->findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
	add_declared(sample);
	add_rest(sample);
	for (int i = 0; kind == SAMPLE_MANY && i < N_MANY; i++)
		add_finding(sample, "needs-bus", NULL, VERDICT_FRAGILE);
	sample->report = (struct check_report){
		.command = kind == SAMPLE_SERIES ? "series" : "check",
		.rules = sample->rules,
		.findings = sample->findings,
		.compared = kind == SAMPLE_SERIES,
		.threshold = VERDICT_BROKEN,
		.arch = kind == SAMPLE_MATRIX ? NULL : "arm64",
		.version = "6.12.0",
		.configuration = kind == SAMPLE_MATRIX ? NULL : "defconfig",
		.tree = ".",
		.partial = partial,
		.incomplete = kind == SAMPLE_SERIES,
	};
	if (kind == SAMPLE_SERIES || kind == SAMPLE_MATRIX) {
		add_notes(sample, kind == SAMPLE_MATRIX);
		sample->report.notes = sample->notes;
	}
	if (kind == SAMPLE_MATRIX)
		sample->report.configurations = both;
	check_report_count(&sample->report);
	return sample;
}

void sample_free(struct sample *sample)
{
	g_ptr_array_unref(sample->findings);
	g_ptr_array_unref(sample->rules);
	g_free(sample);
}
