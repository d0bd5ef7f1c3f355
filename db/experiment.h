/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An experiment: what a boot shows about a finding. The command "prove" boots a kernel with the
 * consumer and the provider in both orders. The command "confirm" reads the trace of a boot.
 */
#ifndef INITLINT_DB_EXPERIMENT_H
#define INITLINT_DB_EXPERIMENT_H

/* The code that makes a struct experiment owns the strings. */
struct experiment {
	const char *fingerprint; /* fingerprint of the finding */
	const char *kind;	 /* "boot": from the command "prove"; "trace": from "confirm" */
	/*
	 * If @kind is "boot": "proven", "tolerated", "not exercised" or "masked" (enum
	 * proof_outcome). If @kind is "trace": "seen" or "stopped" (enum trace_outcome).
	 */
	const char *outcome;
	const char *detail; /* what differed, or where the boot stopped; one line */
	const char *kernel; /* "boot": "Linux version 6.12.117 ..."; "trace": path of the trace */
};

#endif
