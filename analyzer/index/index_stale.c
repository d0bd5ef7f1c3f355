// SPDX-License-Identifier: GPL-2.0-only
/* Opens the database of the last index run, and finds out what has changed since then. */
#include "analyzer/index/index_internal.h"

#include <string.h>
#include <sys/stat.h>

#include "analyzer/base/arch.h"

void index_identify(const char *path, int64_t id[3])
{
	struct stat st;

	memset(id, 0, 3 * sizeof(*id));
	if (stat(path, &st) != 0)
		return;
	id[0] = (int64_t)st.st_dev;
	id[1] = (int64_t)st.st_ino;
	id[2] = hash_mtime(&st);
}

/*
 * True if this run can use the facts in the database @old. @old must be made for the architecture
 * of this run, by this version of initlint, and with this version of libclang (see stale_reader()).
 * Otherwise, returns false, and warns that all units must be read again.
 */
static bool can_continue(struct index *index, struct query *old)
{
	const char *reader = query_meta(old, "reader");
	const char *arch = query_meta(old, "arch");

	if (g_strcmp0(reader, stale_reader()) != 0) {
		index_warn(index, "%s: was made by %s, this is %s; everything is read again",
			   index->options.db, reader ? reader : "?", stale_reader());
		return false;
	}
	if (!arch || !arch_is_same(arch, kbuild_arch(index->kbuild))) {
		index_warn(index, "%s: was made for %s, now %s; everything is read again",
			   index->options.db, arch ? arch : "?", kbuild_arch(index->kbuild));
		return false;
	}
	return true;
}

static void warn_of_difference(const struct index *index, struct query *old, const char *key,
			       const char *name, const char *value)
{
	const char *old_value = query_meta(old, key);

	if (g_strcmp0(old_value, value) != 0 && !index->options.changes_expected)
		index_warn(index, "%s: %s differs from the last index (now %.12s, was %.12s)",
			   index->options.db, name, value, old_value ? old_value : "none");
}

void index_open_old(struct index *index)
{
	const char *path = index->options.db;
	g_autoptr(GError) error = NULL;
	g_autoptr(query) old = NULL;

	if (index->options.full || !g_file_test(path, G_FILE_TEST_EXISTS))
		return;
	index_identify(path, index->old_id);
	old = query_open(path, &error);
	if (!old) {
		/*
		 * The run continues without the old database. But if the database was made by a
		 * newer initlint than this one, store_create() fails later.
		 */
		index_warn(index, "%s", error->message);
		return;
	}
	if (!can_continue(index, old))
		return;
	warn_of_difference(index, old, "version", "the kernel version",
			   kbuild_version(index->kbuild));
	warn_of_difference(index, old, "config_hash", "the configuration",
			   kconfig_hash(index->config));
	index->old = g_steal_pointer(&old);
}

/* Finds out which units are stale. If the old database is damaged, all units are stale. */
void index_find_stale(struct index *index)
{
	const struct index_options *options = &index->options;
	g_autoptr(GError) error = NULL;

	index->states = g_new0(struct stale_unit, index->units->len + 1);
	for (guint i = 0; i < index->units->len; i++) {
		const struct index_unit *unit = index_unit_at(index, i);
		const char *flags = unit->source->flags_hash;

		index->states[i] = (struct stale_unit){
			unit->source->target, unit->path, flags ? flags : "", STALE_NEW, false,
			unit->source->args
		};
	}
	index_progress(index, "what has changed");
	if (index->old &&
	    !stale_check(index->old, options->tree, options->build, index->options.jobs,
			 index->states, index->units->len, &index->stale, &error)) {
		index_warn(index, "%s; everything is read again", error->message);
		stale_result_clear(&index->stale);
		g_clear_pointer(&index->old, query_free);
		for (guint i = 0; i < index->units->len; i++) {
			index->states[i].reason = STALE_NEW;
			index->states[i].unaffected = false;
		}
	}
	for (guint i = 0; i < index->units->len; i++)
		index->n_stale += index_unit_is_c(index_unit_at(index, i)) &&
				  index->states[i].reason != STALE_NOT;
	for (guint i = 0; i < index->units->len; i++)
		index->n_unaffected += index->states[i].unaffected;
}

bool index_is_current(const struct index *index)
{
	return index->old && !index->n_stale && !index->stale.gone->len &&
	       !index->stale.files->len &&
	       g_strcmp0(query_meta(index->old, "walk_hash"), index->walk_hash) == 0 &&
	       g_strcmp0(query_meta(index->old, "config_hash"), kconfig_hash(index->config)) == 0 &&
	       g_strcmp0(query_meta(index->old, "version"), kbuild_version(index->kbuild)) == 0 &&
	       g_strcmp0(query_meta(index->old, "commit"), index->commit) == 0;
}
