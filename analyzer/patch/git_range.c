// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/git_range.h"

#include <stdlib.h>
#include <string.h>

#include <git2.h>

#include "db/error.h"

struct reader {
	const char *tree;
	const char *range;
	git_repository *repository;
	const struct patch_target *target;
	GPtrArray *differing;
	GPtrArray *commits;
};

static void commit_free(gpointer data)
{
	struct git_commit *commit = data;

	g_free(commit->id);
	g_free(commit->subject);
	g_free(commit->text);
	g_free(commit);
}

/* Sets @error to a message with @reason. Returns false. */
static bool fail_plain(const struct reader *r, const char *reason, GError **error)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: --git=%s: %s", r->tree,
		    r->range, reason);
	return false;
}

/* Like fail_plain(). Appends libgit2's last error message, if there is one. */
static bool fail(const struct reader *r, const char *reason, GError **error)
{
	const git_error *last = git_error_last();
	g_autofree char *text = NULL;

	if (!last || last->klass == GIT_ERROR_NONE)
		return fail_plain(r, reason, error);
	text = g_strdup_printf("%s: %s", reason, last->message);
	return fail_plain(r, text, error);
}

static bool open_repository(struct reader *r, GError **error)
{
	g_autofree char *real = realpath(r->tree, NULL);
	g_autofree char *top = NULL;
	const char *work;

	if (git_repository_open_ext(&r->repository, r->tree, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL))
		return fail(r, "no git repository", error);
	work = git_repository_workdir(r->repository);
	top = work ? realpath(work, NULL) : NULL;
	if (!real || !top || strcmp(real, top) != 0)
		return fail_plain(r, "not the top of a git working tree", error);
	return true;
}

/*
 * Sets *@id to the id of the commit @object. If @object is a tag, sets *@id to the id of the tagged
 * commit. Returns false with an error if @object leads to no commit.
 */
static bool find_commit(const struct reader *r, git_object *object, git_oid *id, GError **error)
{
	git_object *commit = NULL;

	if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT))
		return fail_plain(r, "names something that is no commit", error);
	*id = *git_object_id(commit);
	git_object_free(commit);
	return true;
}

static bool find_parent(const struct reader *r, const git_oid *id, git_oid *parent, GError **error)
{
	git_commit *commit = NULL;
	bool found = !git_commit_lookup(&commit, r->repository, id) &&
		     git_commit_parentcount(commit) > 0;

	if (found)
		*parent = *git_commit_parent_id(commit, 0);
	else
		fail_plain(r, "a commit that has no parent", error);
	git_commit_free(commit);
	return found;
}

/*
 * Parses r->range. Sets *@from to the id of the base commit, which is the commit before the range.
 * Sets *@to to the id of the last commit in the range.
 */
static bool find_range(struct reader *r, git_oid *from, git_oid *to, GError **error)
{
	git_revspec spec = { 0 };
	bool found;

	if (git_revparse(&spec, r->repository, r->range)) {
		/* If only the end of the range is bad, libgit2 has already set spec.from. */
		git_object_free(spec.from);
		git_object_free(spec.to);
		return fail(r, "no range of commits", error);
	}
	if (spec.flags & GIT_REVSPEC_MERGE_BASE)
		found = fail_plain(r, "A...B names two lines of commits; expected A..B", error);
	else if (spec.flags & GIT_REVSPEC_RANGE)
		found = find_commit(r, spec.from, from, error) &&
			find_commit(r, spec.to, to, error);
	else
		found = find_commit(r, spec.from, to, error) && find_parent(r, to, from, error);
	git_object_free(spec.from);
	git_object_free(spec.to);
	return found;
}

static git_tree *tree_of(const struct reader *r, const git_oid *id)
{
	git_commit *commit = NULL;
	git_tree *tree = NULL;

	if (!git_commit_lookup(&commit, r->repository, id))
		git_commit_tree(&tree, commit);
	git_commit_free(commit);
	return tree;
}

static bool write_old_file(struct reader *r, const git_diff_delta *delta, GError **error)
{
	const git_diff_file *old = &delta->old_file;
	g_autoptr(GBytes) content = NULL;
	git_blob *blob = NULL;

	if (delta->status == GIT_DELTA_ADDED) {
		g_ptr_array_add(r->differing, g_strdup(delta->new_file.path));
		return r->target->write(r->target->data, delta->new_file.path, NULL, 0, error);
	}
	/* Skip symbolic links and submodules: they contain no source code. */
	if (old->mode != GIT_FILEMODE_BLOB && old->mode != GIT_FILEMODE_BLOB_EXECUTABLE)
		return true;
	if (git_blob_lookup(&blob, r->repository, &old->id))
		return fail(r, old->path, error);
	content = g_bytes_new(git_blob_rawcontent(blob), (gsize)git_blob_rawsize(blob));
	git_blob_free(blob);
	g_ptr_array_add(r->differing, g_strdup(old->path));
	return r->target->write(r->target->data, old->path, content, old->mode, error);
}

/*
 * Finds the files that differ between the base commit @from and the working tree. Writes the
 * content that these files have in the base commit to r->target. Adds the paths of these files to
 * r->differing. Returns false on error.
 */
static bool write_differing(struct reader *r, const git_oid *from, GError **error)
{
	git_diff_options options;
	git_tree *tree = tree_of(r, from);
	git_diff *diff = NULL;
	bool done = true;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_IGNORE_FILEMODE | GIT_DIFF_SKIP_BINARY_CHECK;
	if (!tree || git_diff_tree_to_workdir_with_index(&diff, r->repository, tree, &options))
		done = fail(r, "cannot be compared with the working tree", error);
	for (size_t i = 0; done && i < git_diff_num_deltas(diff); i++)
		done = write_old_file(r, git_diff_get_delta(diff, i), error);
	git_diff_free(diff);
	git_tree_free(tree);
	return done;
}

static bool add_diff(struct reader *r, git_commit *commit, git_diff *diff, GError **error)
{
	git_diff_find_options find;
	git_buf buf = { 0 };
	struct git_commit *result;
	char id[GIT_OID_HEXSZ + 1];

	git_diff_find_options_init(&find, GIT_DIFF_FIND_OPTIONS_VERSION);
	find.flags = GIT_DIFF_FIND_RENAMES;
	if (git_diff_find_similar(diff, &find) ||
	    git_diff_to_buf(&buf, diff, GIT_DIFF_FORMAT_PATCH))
		return fail(r, "a diff cannot be made", error);
	git_oid_tostr(id, sizeof(id), git_commit_id(commit));
	result = g_new(struct git_commit, 1);
	*result = (struct git_commit){
		.id = g_strdup(id),
		.subject = g_strdup(git_commit_summary(commit)),
		.text = g_strndup(buf.ptr ? buf.ptr : "", buf.size),
		.len = buf.size,
	};
	git_buf_dispose(&buf);
	g_ptr_array_add(r->commits, result);
	return true;
}

static bool add_commit(struct reader *r, const git_oid *id, git_tree **before, GError **error)
{
	git_diff_options options;
	git_commit *commit = NULL;
	git_tree *tree = tree_of(r, id);
	git_diff *diff = NULL;
	bool done;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_SHOW_BINARY;
	if (!tree || git_commit_lookup(&commit, r->repository, id) ||
	    git_diff_tree_to_tree(&diff, r->repository, *before, tree, &options))
		done = fail(r, "a commit cannot be read", error);
	else
		done = !git_diff_num_deltas(diff) || add_diff(r, commit, diff, error);
	git_diff_free(diff);
	git_commit_free(commit);
	git_tree_free(*before);
	*before = tree;
	return done;
}

/*
 * Adds the commits of the range to r->commits, the oldest commit first. @from is the last commit
 * before the range. @to is the last commit of the range. At a merge, read_commits() follows only
 * the first parent. read_commits() leaves out each commit that changes no file.
 *
 * Each diff compares a commit with the previous commit of the range. The first diff compares the
 * first commit with @from. So if the diffs are applied in the order of r->commits, the diffs change
 * the files of @from into the files of @to. Returns false on error.
 */
static bool read_commits(struct reader *r, const git_oid *from, const git_oid *to, GError **error)
{
	git_tree *before = tree_of(r, from);
	git_revwalk *revwalk = NULL;
	git_oid id;
	bool done = before != NULL;

	if (!done || git_revwalk_new(&revwalk, r->repository) || git_revwalk_push(revwalk, to) ||
	    git_revwalk_hide(revwalk, from) || git_revwalk_simplify_first_parent(revwalk) ||
	    git_revwalk_sorting(revwalk, GIT_SORT_TOPOLOGICAL | GIT_SORT_REVERSE))
		done = fail(r, "the commits cannot be listed", error);
	else if (!git_oid_equal(from, to) && git_graph_descendant_of(r->repository, to, from) != 1)
		done = fail_plain(r,
				  "its end does not descend from its beginning; expected A..B "
				  "with A an ancestor of B",
				  error);
	while (done && !git_revwalk_next(&id, revwalk))
		done = add_commit(r, &id, &before, error);
	git_revwalk_free(revwalk);
	git_tree_free(before);
	return done;
}

GPtrArray *git_range_read(const char *tree, const char *range, const struct patch_target *target,
			  GPtrArray *differing, GError **error)
{
	struct reader r = { tree,   range,     NULL,
			    target, differing, g_ptr_array_new_with_free_func(commit_free) };
	git_oid from, to;
	bool done;

	/* Do not call git_libgit2_shutdown() afterwards: patch_parse() needs libgit2 next. */
	git_libgit2_init();
	done = open_repository(&r, error) && find_range(&r, &from, &to, error) &&
	       write_differing(&r, &from, error) && read_commits(&r, &from, &to, error) &&
	       (r.commits->len || fail_plain(&r, "there are no commits in it", error));
	git_repository_free(r.repository);
	if (!done)
		g_clear_pointer(&r.commits, g_ptr_array_unref);
	return r.commits;
}
