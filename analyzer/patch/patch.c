// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/patch_internal.h"

#include <git2.h>
#include <string.h>
#include <sys/stat.h>

#include "analyzer/patch/patch_scan_internal.h"
#include "db/error.h"

void hunk_free(struct hunk *hunk)
{
	g_array_unref(hunk->lines);
	g_free(hunk->memory);
	g_free(hunk);
}

static void part_free(struct patch_part *part)
{
	g_free(part->old_path);
	g_free(part->new_path);
	g_ptr_array_unref(part->hunks);
	g_free(part);
}

void patch_free(struct patch *patch)
{
	g_free(patch->origin);
	g_array_unref(patch->files);
	g_ptr_array_unref(patch->parts);
	g_clear_pointer(&patch->changed, g_hash_table_unref);
	g_free(patch);
}

static bool fail(const struct patch *patch, const struct diff_section *section, GError **error,
		 const char *reason, const char *path)
{
	g_autofree char *escaped = path ? g_strescape(path, NULL) : NULL;

	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s, line %u: %s%s%s",
		    patch->origin, section->line, path ? escaped : "", path ? ": " : "", reason);
	return false;
}

static const char *component_objection(const char *name)
{
	if (!*name)
		return "an absolute path, or one with an empty component; refused";
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return "a path with a \".\" or \"..\" component; refused";
	/* Ignore case, as some file systems do. */
	if (g_ascii_strcasecmp(name, ".git") == 0)
		return "a path in git's own directory; refused";
	return NULL;
}

/* Returns the reason why @path is refused; NULL if the path is fine. */
static const char *path_objection(const char *path)
{
	g_auto(GStrv) names = g_strsplit(path, "/", -1);
	const char *objection = *names ? NULL : component_objection("");

	if (!g_utf8_validate(path, -1, NULL))
		return "a path that is no UTF-8; refused";
	for (const char *at = path; *at; at++)
		if (g_ascii_iscntrl(*at))
			return "a path with a control character; refused";
	for (char **name = names; *name && !objection; name++)
		objection = component_objection(*name);
	return objection;
}

static const char *mode_objection(unsigned int mode)
{
	if (!mode || S_ISREG(mode))
		return NULL;
	if (S_ISLNK(mode))
		return "a symbolic link; refused";
	return (mode & S_IFMT) == GIT_FILEMODE_COMMIT
		       ? "a submodule; refused"
		       : "neither a regular file, a symbolic link nor a submodule; refused";
}

static bool is_missing_newline(char origin)
{
	return origin == GIT_DIFF_LINE_CONTEXT_EOFNL || origin == GIT_DIFF_LINE_ADD_EOFNL ||
	       origin == GIT_DIFF_LINE_DEL_EOFNL;
}

void hunk_measure(struct hunk *hunk)
{
	const struct hunk_line *lines = (const struct hunk_line *)hunk->lines->data;
	guint n = hunk->lines->len;

	hunk->context_before = hunk->context_after = hunk->n_old = 0;
	while (hunk->context_before < n && lines[hunk->context_before].sign == ' ')
		hunk->context_before++;
	while (hunk->context_after < n - hunk->context_before &&
	       lines[n - 1 - hunk->context_after].sign == ' ')
		hunk->context_after++;
	for (guint i = 0; i < n; i++)
		hunk->n_old += lines[i].sign != '+';
}

/*
 * Copies the @n lines of a hunk from @diff to @hunk, as one block of memory. @index: the index of
 * the hunk in @diff. A copy is needed because libgit2 frees the lines together with @diff. Returns
 * false if a line cannot be read.
 */
static bool copy_lines(struct hunk *hunk, git_patch *diff, size_t index, size_t n)
{
	const git_diff_line *line;
	gsize size = 0;
	char *at;

	for (size_t i = 0; i < n; i++) {
		if (git_patch_get_line_in_hunk(&line, diff, index, i) < 0)
			return false;
		size += line->content_len;
	}
	at = hunk->memory = g_malloc(size);
	for (size_t i = 0; i < n; i++) {
		struct hunk_line copy = { .text = at };

		git_patch_get_line_in_hunk(&line, diff, index, i);
		if (is_missing_newline(line->origin) && hunk->lines->len) {
			/* "\ No newline at end of file": the line before has no newline. */
			g_array_index(hunk->lines, struct hunk_line, hunk->lines->len - 1).len--;
			continue;
		}
		copy.sign = line->origin;
		copy.len = line->content_len;
		if (!copy.len || !strchr(" +-", copy.sign))
			return false;
		memcpy(at, line->content, copy.len);
		at += copy.len;
		g_array_append_val(hunk->lines, copy);
	}
	return true;
}

static struct hunk *hunk_read(git_patch *diff, size_t index)
{
	g_autoptr(hunk) hunk = g_new0(struct hunk, 1);
	const git_diff_hunk *header;
	size_t n;

	hunk->lines = g_array_new(FALSE, FALSE, sizeof(struct hunk_line));
	if (git_patch_get_hunk(&header, &n, diff, index) < 0 || !copy_lines(hunk, diff, index, n))
		return NULL;
	hunk->old_start = header->old_start;
	hunk->new_start = header->new_start;
	hunk_measure(hunk);
	return g_steal_pointer(&hunk);
}

static enum patch_kind kind_of(const git_diff_delta *delta, size_t n_hunks, bool binary)
{
	switch (delta->status) {
	case GIT_DELTA_ADDED:
		return PATCH_ADD;
	case GIT_DELTA_DELETED:
		return PATCH_DELETE;
	case GIT_DELTA_RENAMED:
		return PATCH_RENAME;
	case GIT_DELTA_COPIED:
		return PATCH_COPY;
	default:
		return n_hunks || binary ? PATCH_MODIFY : PATCH_MODE;
	}
}

static unsigned int mode_of(const git_diff_delta *delta, enum patch_kind kind)
{
	unsigned int mode = delta->new_file.mode;

	if (kind == PATCH_DELETE || (kind != PATCH_ADD && mode == delta->old_file.mode))
		return 0;
	return mode;
}

static bool check_delta(const struct patch *patch, const struct diff_section *section,
			const git_diff_delta *delta, GError **error)
{
	const char *paths[] = { delta->old_file.path, delta->new_file.path };
	const unsigned int modes[] = { delta->old_file.mode, delta->new_file.mode };

	for (int i = 0; i < 2; i++) {
		const char *objection = paths[i] ? path_objection(paths[i]) : NULL;

		if (!objection)
			objection = mode_objection(modes[i]);
		if (objection)
			return fail(patch, section, error, objection, paths[i]);
	}
	return true;
}

/*
 * Adds the file of @diff to @patch. Decides by the kind of the diff which paths exist: libgit2 sets
 * the old and the new path even if the file is added or deleted.
 */
static bool add_file(struct patch *patch, const struct diff_section *section, git_patch *diff,
		     GError **error)
{
	const git_diff_delta *delta = git_patch_get_delta(diff);
	size_t n = section->binary ? 0 : git_patch_num_hunks(diff);
	enum patch_kind kind = kind_of(delta, n, section->binary);
	struct patch_part *part;
	struct patch_file file = { .kind = kind, .binary = section->binary };

	if (!check_delta(patch, section, delta, error))
		return false;
	if ((kind == PATCH_MODIFY || kind == PATCH_MODE) &&
	    strcmp(delta->old_file.path, delta->new_file.path) != 0)
		return fail(patch, section, error, "the old name differs, but it is no rename",
			    delta->new_file.path);
	file.new_mode = mode_of(delta, kind);
	part = g_new0(struct patch_part, 1);
	g_ptr_array_add(patch->parts, part);
	part->hunks = g_ptr_array_new_with_free_func((GDestroyNotify)hunk_free);
	file.old_path = part->old_path = kind == PATCH_ADD ? NULL : g_strdup(delta->old_file.path);
	file.new_path = part->new_path =
		kind == PATCH_DELETE ? NULL : g_strdup(delta->new_file.path);
	for (size_t i = 0; i < n; i++) {
		struct hunk *hunk = hunk_read(diff, i);

		if (!hunk)
			return fail(patch, section, error, "a hunk that cannot be read", NULL);
		g_ptr_array_add(part->hunks, hunk);
		/*
		 * In a diff with context, only a hunk at line 1 may have no context at all. So this
		 * diff was made with -U0.
		 */
		if (!hunk->context_before && !hunk->context_after && (hunk->old_start > 1))
			patch->no_context = true;
	}
	g_array_append_val(patch->files, file);
	return true;
}

static bool add_section(struct patch *patch, const struct diff_section *section, GError **error)
{
	git_diff *diff = NULL;
	git_patch *file = NULL;
	bool ok = git_diff_from_buffer(&diff, section->diff->str, section->diff->len) == 0 &&
		  git_diff_num_deltas(diff) == 1 && git_patch_from_diff(&file, diff, 0) == 0 &&
		  file;

	if (ok) {
		ok = add_file(patch, section, file, error);
	} else {
		const git_error *last = git_error_last();
		g_autofree char *reason = g_strdup_printf(
			"the diff of a file cannot be read: %s",
			last && last->message ? last->message : "its header is damaged");

		fail(patch, section, error, reason, NULL);
	}
	git_patch_free(file);
	git_diff_free(diff);
	return ok;
}

struct patch *patch_parse(const char *text, gsize len, const char *origin, GError **error)
{
	g_autoptr(GPtrArray) sections = diff_scan(text, len, origin, error);
	struct patch *patch;
	bool ok = true;

	if (!sections)
		return NULL;
	if (!sections->len) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: holds no diff; expected one as git format-patch or diff -u "
			    "writes it",
			    origin);
		return NULL;
	}
	patch = g_new0(struct patch, 1);
	patch->origin = g_strdup(origin);
	patch->files = g_array_new(FALSE, FALSE, sizeof(struct patch_file));
	patch->parts = g_ptr_array_new_with_free_func((GDestroyNotify)part_free);
	/* Starting libgit2 takes milliseconds. So libgit2 stays started for the next patch. */
	git_libgit2_init();
	for (guint i = 0; ok && i < sections->len; i++)
		ok = add_section(patch, g_ptr_array_index(sections, i), error);
	if (ok)
		return patch;
	patch_free(patch);
	return NULL;
}

const struct patch_file *patch_files(const struct patch *patch, unsigned int *n)
{
	*n = patch->files->len;
	return (const struct patch_file *)patch->files->data;
}

const unsigned int *patch_changed_lines(const struct patch *patch, const char *path,
					unsigned int *n)
{
	const GArray *lines = patch->changed ? g_hash_table_lookup(patch->changed, path) : NULL;

	*n = lines ? lines->len : 0;
	return *n ? (const unsigned int *)lines->data : NULL;
}
