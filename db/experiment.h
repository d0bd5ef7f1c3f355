/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An experiment: what a boot says of a finding. The command "prove" boots a kernel with the consumer
 * and the provider in both orders. The command "confirm" reads the trace of a boot.
 */
#ifndef INITLINT_DB_EXPERIMENT_H
#define INITLINT_DB_EXPERIMENT_H

/* All strings belong to the owner of the struct. */
struct experiment {
	const char *fingerprint; /* of the finding */
	const char *kind;	 /* "boot": of prove; "trace": of confirm */
	/*
	 * boot: "proven", "tolerated", "not exercised" or "masked"; trace: "seen" or "stopped". The
	 * headers of rules/engine/proof explain the words.
	 */
	const char *outcome;
	const char *detail; /* what differed, or where the boot stopped; one line */
	const char *kernel; /* "Linux version 6.12.117 ...", or the path of the trace */
};

#endif
