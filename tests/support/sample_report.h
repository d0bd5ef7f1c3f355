/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report made by hand for the tests of the formats. It has a finding of each sort: text that
 * is hard to quote, notes as series and --matrix make them, a very long call chain.
 */
#ifndef INITLINT_TESTS_SAMPLE_REPORT_H
#define INITLINT_TESTS_SAMPLE_REPORT_H

#include "cli/report/check_report.h"

enum sample_kind {
	SAMPLE_PLAIN,  /* of check */
	SAMPLE_SERIES, /* of series, with notes */
	SAMPLE_MATRIX, /* of check --matrix, with notes */
	SAMPLE_MANY,   /* of check, with 30,000 findings more */
};

/* Indices of the findings of a sample, in members @findings and @notes. */
enum {
	SAMPLE_NEW,	  /* broken by rule */
	SAMPLE_WORSE,	  /* fragile, inferred */
	SAMPLE_ACCEPTED,  /* broken, inferred, accepted in the source */
	SAMPLE_OLD,	  /* broken, inferred, as before */
	SAMPLE_RESOLVED,  /* broken, inferred, gone */
	SAMPLE_BETTER,	  /* ordered, was broken */
	SAMPLE_UNRETRIED, /* broken, without a provider */
	SAMPLE_MOOT,	  /* a rule that says nothing, without a file */
	SAMPLE_LONG,	  /* unordered, with 3,000 calls */
	N_SAMPLES,
};

struct sample {
	struct check_report report; /* refers to the members below */
	GPtrArray *rules;	    /* struct rule * */
	GPtrArray *findings;	    /* struct finding * */
	struct report_note notes[N_SAMPLES];
};

/* Makes a sample; free it with sample_free(). */
struct sample *sample_new(enum sample_kind kind);
void sample_free(struct sample *sample);

#endif
