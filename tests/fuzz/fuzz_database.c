// SPDX-License-Identifier: GPL-2.0-only
/* A database of a stranger: each query that check makes. */
#include "db/query/query.h"
#include "db/query/query_facts.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct query *query = query_open(fuzz_file(data, size, "initlint.db"), NULL);
	struct coverage coverage;
	struct facts *facts;
	unsigned int n;

	if (!query)
		return 0;
	query_meta(query, "arch");
	query_initcalls(query, &n, NULL);
	query_module_inits(query, &n, NULL);
	query_acceptances(query, &n, NULL);
	query_experiments(query, &n, NULL);
	query_objects(query, &n, NULL);
	query_coverage(query, &coverage, NULL);
	query_problems(query, &n, NULL);
	query_units(query, &n, NULL);
	query_files(query, &n, NULL);
	facts = facts_load(query, NULL);
	if (facts)
		facts_free(facts);
	query_free(query);
	return 0;
}
