// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/read/worker_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <clang-c/Index.h>

#include "analyzer/base/stream.h"
#include "analyzer/source/shared/pch_drift.h"
#include "analyzer/source/shared/pch_text.h"
#include "analyzer/source/visit/visit.h"

/*
 * How long a worker trusts a result of pch_still_stands(). A precompiled header is built from many
 * header files. libclang does not check whether these files have changed since then, so the worker
 * calls pch_still_stands().
 */
#define RECHECK_US ((gint64)2 * G_USEC_PER_SEC)

struct server {
	const struct worker_context *context;
	int fd;
	/* the last shared header for which pch_still_stands() was true; NULL: none so far */
	const struct pch *checked;
	gint64 checked_us; /* time of the last call of pch_still_stands() for @checked */
	CXIndex index;
	/* set of GBytes: facts of functions in included files that this worker has already sent */
	GHashTable *known;
};

/* The result of one attempt to read a unit. */
struct reading {
	/*
	 * true: @facts is valid. false: the unit could not be read, or a macro of the unit changes
	 * the meaning of header files that the shared precompiled header was built from.
	 */
	bool usable;
	enum unit_mode mode;
	unsigned int n_errors;
	char *diagnostic;
	struct visit_result facts;
};

static void reading_clear(struct reading *reading)
{
	g_free(reading->diagnostic);
	visit_result_clear(&reading->facts);
	*reading = (struct reading){ 0 };
}

static char *diagnostic_text(CXDiagnostic diagnostic, struct paths *paths)
{
	CXString text = clang_getDiagnosticSpelling(diagnostic);
	unsigned int line, column;
	CXString name;
	CXFile file;
	char *result;

	clang_getExpansionLocation(clang_getDiagnosticLocation(diagnostic), &file, &line, &column,
				   NULL);
	name = clang_getFileName(file);
	if (file)
		result =
			g_strdup_printf("%s:%u:%u: %s", paths_normal(paths, clang_getCString(name)),
					line, column, clang_getCString(text));
	else
		result = g_strdup(clang_getCString(text));
	clang_disposeString(name);
	clang_disposeString(text);
	return result;
}

static void count_errors(CXTranslationUnit tu, struct paths *paths, struct reading *reading)
{
	unsigned int n = clang_getNumDiagnostics(tu);

	for (unsigned int i = 0; i < n; i++) {
		CXDiagnostic diagnostic = clang_getDiagnostic(tu, i);

		if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
			reading->n_errors++;
			if (!reading->diagnostic)
				reading->diagnostic = diagnostic_text(diagnostic, paths);
		}
		clang_disposeDiagnostic(diagnostic);
	}
	if (reading->facts.problem) {
		reading->n_errors++;
		if (!reading->diagnostic)
			reading->diagnostic = g_strdup(reading->facts.problem);
	}
}

static GPtrArray *arguments(const struct server *s, const struct unit_flags *flags,
			    enum unit_mode mode)
{
	g_autofree char *shim = NULL;

	if (mode == UNIT_PCH)
		return unit_arguments(flags->flags, NULL, flags->class->pch);
	shim = pch_shim_path(s->context->paths, mode == UNIT_SHIM ? SHIM_FULL : SHIM_MINIMAL);
	return unit_arguments(flags->flags, shim, NULL);
}

/*
 * True if the files of @pch have not changed. The answer may be up to RECHECK_US old. If a file
 * changes in that time, a unit may be read with the outdated shared header. The next "initlint
 * index" reads this unit again.
 */
static bool is_current(struct server *s, const struct pch *pch)
{
	gint64 now = g_get_monotonic_time();

	if (s->checked == pch && now - s->checked_us < RECHECK_US)
		return true;
	if (!pch_still_stands(pch))
		return false;
	s->checked = pch;
	s->checked_us = now;
	return true;
}

static void attempt(struct server *s, unsigned int unit, const char *source, enum unit_mode mode,
		    struct reading *reading)
{
	const struct unit_flags *flags = &s->context->plan->units[unit];
	g_autoptr(GPtrArray) args = arguments(s, flags, mode);
	const struct visit_options options = {
		.paths = s->context->paths,
		.pch = mode == UNIT_PCH ? flags->class->pch : NULL,
		.known = s->known,
	};
	unsigned int parse = CXTranslationUnit_KeepGoing;
	CXTranslationUnit tu;
	enum CXErrorCode code;

	reading->mode = mode;
	if (mode == UNIT_PCH && (!is_current(s, flags->class->pch) ||
				 pch_unit_drifts(flags->class->pch, flags, source)))
		return;
	if (mode == UNIT_PCH)
		parse |= CXTranslationUnit_DetailedPreprocessingRecord;
	code = clang_parseTranslationUnit2(s->index, source, (const char *const *)args->pdata,
					   (int)args->len, NULL, 0, parse, &tu);
	if (code != CXError_Success) {
		reading->diagnostic = g_strdup_printf("%s: libclang cannot read it (error %d)",
						      s->context->units[unit].source->source, code);
		return;
	}
	visit_unit(tu, &options, &reading->facts);
	count_errors(tu, s->context->paths, reading);
	reading->usable = !reading->facts.drifted;
	clang_disposeTranslationUnit(tu);
}

static bool is_better(const struct reading *a, const struct reading *b)
{
	if (a->usable != b->usable)
		return a->usable;
	return a->usable ? a->n_errors < b->n_errors : a->diagnostic && !b->diagnostic;
}

static bool can_attempt(const struct server *s, unsigned int unit, enum unit_mode mode)
{
	const struct unit_flags *flags = &s->context->plan->units[unit];

	return mode != UNIT_PCH || (flags->class && flags->class->pch);
}

static bool send_frame(const struct server *s, enum frame_kind kind, unsigned int unit,
		       unsigned int value, const GByteArray *payload)
{
	const struct frame_head head = {
		FRAME_MAGIC, kind, unit, value, payload ? payload->len : 0,
	};

	return stream_write(s->fd, &head, sizeof(head)) &&
	       (!payload || stream_write(s->fd, payload->data, payload->len));
}

/*
 * Tries the modes in the bit mask @modes in the order of enum unit_mode, until the unit is read
 * without errors in one mode. Sets @best to the usable result with the fewest errors. If no result
 * is usable, best->diagnostic says why. Returns false if the parent cannot be reached.
 */
static bool read_unit(struct server *s, unsigned int unit, unsigned int modes, struct reading *best)
{
	g_autofree char *source =
		paths_real(s->context->paths, s->context->units[unit].source->source);

	for (enum unit_mode mode = UNIT_PCH; mode < UNIT_FAILED; mode++) {
		struct reading reading = { 0 };

		if (!(modes & (1u << mode)) || !can_attempt(s, unit, mode))
			continue;
		if (!send_frame(s, FRAME_ATTEMPT, unit, mode, NULL))
			return false;
		if (access(source, R_OK) != 0) {
			g_free(best->diagnostic);
			best->diagnostic = g_strdup_printf("%s: cannot be read: %s", source,
							   g_strerror(errno));
			return true;
		}
		attempt(s, unit, source, mode, &reading);
		if (is_better(&reading, best)) {
			reading_clear(best);
			*best = reading;
		} else {
			reading_clear(&reading);
		}
		if (best->usable && best->n_errors == 0)
			return true;
	}
	return true;
}

static uint64_t resident_kb(void)
{
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "r");

	if (!file)
		return 0;
	if (fscanf(file, "%*u %lu", &pages) != 1)
		pages = 0;
	fclose(file);
	return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) / 1024;
}

static uint64_t cpu_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static bool send_reading(struct server *s, unsigned int unit, struct reading *best,
			 uint64_t started)
{
	struct wire_result result = {
		.unit = {
			.mode = best->usable ? best->mode : UNIT_FAILED,
			.n_errors = best->n_errors,
			.diagnostic = best->diagnostic,
		},
		.rss_kb = resident_kb(),
	};
	GByteArray *payload;
	struct wire no_facts;
	bool ok;

	wire_init(&no_facts);
	result.unit.cpu_us = (unsigned int)(cpu_us() - started);
	payload = wire_pack(&result, best->usable ? &best->facts.facts : &no_facts);
	ok = send_frame(s, FRAME_RESULT, unit, 0, payload);
	g_byte_array_unref(payload);
	wire_clear(&no_facts);
	for (unsigned int i = 0; ok && best->usable && i < best->facts.fresh->len; i++)
		g_hash_table_add(s->known, g_bytes_ref(g_ptr_array_index(best->facts.fresh, i)));
	return ok;
}

void worker_serve(const struct worker_context *context, void *data, int fd)
{
	struct server s = { .context = context, .fd = fd };
	struct frame_head request;

	(void)data;
	s.index = clang_createIndex(1, 0);
	s.known = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref,
					NULL);
	while (stream_read(fd, &request, sizeof(request))) {
		struct reading best = { 0 };
		uint64_t started = cpu_us();
		bool ok = read_unit(&s, request.unit, request.value, &best) &&
			  send_reading(&s, request.unit, &best, started);

		reading_clear(&best);
		if (!ok)
			break;
	}
	g_hash_table_unref(s.known);
	clang_disposeIndex(s.index);
}
