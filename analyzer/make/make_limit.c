// SPDX-License-Identifier: GPL-2.0-only
/*
 * The limits of the evaluator. A Makefile may ask for any amount of time and memory, and a Makefile
 * may come from a patch of a stranger.
 *
 * A unit of work is one piece of a template, or 64 bytes of expanded text. In Linux 6.12 and 7.3 (Debian's
 * configurations for amd64 and arm64), one evaluation needs at most 2.6 million units, and the
 * evaluations of one configuration need 8 million units together. One million units take about 0.05
 * seconds.
 */
#include "analyzer/make/make_internal.h"

#define MAX_WORK     50000000	 /* units, in one evaluation */
#define MAX_ALL_WORK 400000000	 /* units, in all evaluations */
#define MAX_TEXT     (16 << 20)	 /* bytes, in one expansion; Linux needs less than one MB */
#define MAX_MEMORY   (256 << 20) /* bytes that one evaluation keeps */

void make_spend(struct make *make, guint64 units)
{
	make->work += units;
	if (make->work > MAX_WORK || make->all_work + make->work > MAX_ALL_WORK)
		make_fail(make,
			  "the expansion takes too long: more than twenty times as long as the "
			  "largest Makefile of Linux; does a function call itself?");
}

void make_check_size(struct make *make, size_t bytes)
{
	if (bytes > MAX_TEXT)
		make_fail(make, "a text of more than %d MB; does a variable double its value?",
			  MAX_TEXT >> 20);
	else if (arena_size(make->scratch) > MAX_MEMORY)
		make_fail(make, "the variables need more than %d MB", MAX_MEMORY >> 20);
}

void make_limit_begin(struct make *make)
{
	make->all_work += make->work;
	make->work = 0;
}
