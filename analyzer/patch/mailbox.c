// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/mailbox_internal.h"

#include <gmime/gmime.h>
#include <string.h>

#include "analyzer/patch/patch_lines_internal.h"
#include "db/error.h"
#include "db/read_file.h"

#define MAILBOX_MAX ((gsize)256 << 20) /* bytes; a series for the whole kernel has a few MB */

struct box {
	GPtrArray *messages; /* struct message *; NULL where a message has been removed */
	GPtrArray *warnings; /* char *; NULL: no warnings wanted */
};

static void warn(struct box *box, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void warn(struct box *box, const char *format, ...)
{
	va_list args;

	if (!box->warnings)
		return;
	va_start(args, format);
	g_ptr_array_add(box->warnings, g_strdup_vprintf(format, args));
	va_end(args);
}

/* True if @line is a header of a mail: "Name: value". */
static bool is_header(const struct text_line *line)
{
	gsize n = 0;

	while (n < line->len && line->text[n] > ' ' && line->text[n] < 127 && line->text[n] != ':')
		n++;
	return n && n < line->len && line->text[n] == ':';
}

/*
 * True if @line can be the line before a message in a mailbox, such as
 * "From a@b.org Mon Jan 1 12:00:00 2024". As in git, the line must have a time of day and a year.
 */
static bool is_from_line(const struct text_line *line)
{
	static const char pattern[] = "dd:dd:dd ";
	bool has_time = false;

	if (!text_line_begins(line, "From "))
		return false;
	for (gsize i = strlen("From "); !has_time && i + strlen(pattern) < line->len; i++) {
		has_time = g_ascii_isdigit(line->text[i + strlen(pattern)]);
		for (gsize k = 0; has_time && pattern[k]; k++)
			has_time = pattern[k] == 'd' ? g_ascii_isdigit(line->text[i + k])
						     : line->text[i + k] == pattern[k];
	}
	return has_time;
}

/*
 * True if a message of a mailbox begins at @line. @lines: the lines after @line. A line "From ..."
 * can also be part of a message's text, but then the next line is not a header.
 */
static bool begins_message(const struct text_lines *lines, const struct text_line *line)
{
	struct text_lines ahead = *lines;
	struct text_line next;

	return is_from_line(line) && text_next(&ahead, &next) && is_header(&next);
}

/*
 * True if @text begins with the headers of a mail. An empty line must follow the headers, and at
 * least one header must be in names[].
 */
static bool is_mail(const char *text, gsize len)
{
	static const char *const names[] = { "From:", "Subject:", "Message-ID:", "Date:" };
	struct text_lines lines = { .at = text, .end = text + len };
	struct text_line line;
	bool found = false;

	while (text_next(&lines, &line)) {
		if (!line.len || (line.len == 1 && line.text[0] == '\r'))
			return found;
		if (line.number > 1 && g_ascii_isspace(line.text[0]))
			continue;
		if (!is_header(&line))
			return false;
		for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
			found |= line.len > strlen(names[i]) &&
				 !g_ascii_strncasecmp(line.text, names[i], strlen(names[i]));
	}
	return false;
}

static void add_message(struct box *box, struct message *message, char *origin, const char *path)
{
	if (!message) {
		warn(box, "%s: cannot be read as a message; left out", origin);
		g_free(origin);
		return;
	}
	message->patch.origin = origin;
	if (!*message->patch.subject) {
		g_free(message->patch.subject);
		message->patch.subject = g_path_get_basename(path);
	}
	if (!message->has_diff) /* save memory: most messages of a long thread have no diff */
		g_clear_pointer(&message->patch.text, g_free);
	g_ptr_array_add(box->messages, message);
}

static void split_mailbox(struct box *box, const char *path, const char *text, gsize len)
{
	struct text_lines lines = { .at = text, .end = text + len };
	struct text_line line;
	unsigned int n = 0;
	const char *begin = NULL;

	for (;;) {
		bool more = text_next(&lines, &line);

		if (more && !begins_message(&lines, &line))
			continue;
		if (begin) {
			const char *end = more ? line.text : lines.end;
			g_autoptr(GString) raw = g_string_new_len(begin, end - begin);

			mail_unquote_from(raw);
			add_message(box, message_parse(raw),
				    g_strdup_printf("%s: message %u", path, ++n), path);
		}
		if (!more)
			break;
		begin = lines.at;
	}
}

static bool read_mailbox(struct box *box, const char *path, GError **error)
{
	g_autofree char *content = NULL;
	g_autoptr(GError) cause = NULL;
	gsize len;
	const char *text;
	struct text_lines lines;
	struct text_line line;

	if (!read_argument(path, MAILBOX_MAX, &content, &len, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: %s; name a mailbox or a patch", path, cause->message);
		return false;
	}
	text = content;
	if (g_str_has_prefix(text, "\xef\xbb\xbf"))
		text += 3;
	text += strspn(text, "\r\n");
	len -= text - content;
	lines = (struct text_lines){ .at = text, .end = text + len };
	if (!text_next(&lines, &line)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: is empty; expected a mailbox or a patch", path);
		return false;
	}
	if (begins_message(&lines, &line)) {
		split_mailbox(box, path, text, len);
	} else if (is_mail(text, len)) {
		g_autoptr(GString) raw = g_string_new_len(text, len);

		add_message(box, message_parse(raw), g_strdup(path), path);
	} else {
		add_message(box, message_plain(g_string_new_len(text, len)), g_strdup(path), path);
	}
	return true;
}

/*
 * Warns if the file @path has no patch and no cover letter. The messages of this file are in
 * box->messages, from index @first to the end.
 */
static void check_file(struct box *box, const char *path, guint first)
{
	for (guint i = first; i < box->messages->len; i++) {
		const struct message *message = g_ptr_array_index(box->messages, i);

		if (message->has_diff || message->is_cover)
			return;
	}
	warn(box, "%s: holds no patch; left out", path);
}

/*
 * Removes from box->messages: cover letters, replies, and messages that have no diff. But if all
 * patches are replies, keeps the replies that have a diff.
 */
static void drop_non_patches(struct box *box)
{
	bool has_patch = false;

	for (guint i = 0; i < box->messages->len; i++) {
		const struct message *message = g_ptr_array_index(box->messages, i);

		has_patch |= message->has_diff && !message->is_cover && !message->is_reply;
	}
	for (guint i = 0; i < box->messages->len; i++) {
		struct message *message = g_ptr_array_index(box->messages, i);
		bool is_reply = has_patch && message->is_reply;

		if (message->has_diff && is_reply)
			warn(box,
			     "%s: \"%s\" holds a diff, but is a reply; left out. To analyse it, "
			     "give it in a file of its own",
			     message->patch.origin, message->patch.subject);
		if (message->has_diff && !message->is_cover && !is_reply)
			continue;
		message_free(message);
		box->messages->pdata[i] = NULL;
	}
}

static bool is_same(const struct message *a, const struct message *b)
{
	return a->patch.len == b->patch.len &&
	       memcmp(a->patch.text, b->patch.text, a->patch.len) == 0;
}

static unsigned int version_of(const struct message *message)
{
	return message->patch.version ? message->patch.version : 1;
}

static bool fail_versions(const struct message *a, const struct message *b, GError **error)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s: \"%s\" (v%u, %u/%u) and %s: \"%s\" (v%u, %u/%u) are two patches for one "
		    "place in a series; give one version of it, as b4 am fetches it",
		    a->patch.origin, a->patch.subject, version_of(a), a->patch.number,
		    a->patch.total, b->patch.origin, b->patch.subject, version_of(b),
		    b->patch.number, b->patch.total);
	return false;
}

/*
 * Returns the message that @seen has under @key. If @seen lacks @key, returns NULL and stores
 * @message under @key. Takes ownership of @key.
 */
static struct message *find_earlier(GHashTable *seen, char *key, struct message *message)
{
	struct message *earlier = g_hash_table_lookup(seen, key);

	if (earlier)
		g_free(key);
	else
		g_hash_table_insert(seen, key, message);
	return earlier;
}

/*
 * Removes duplicates of earlier messages from box->messages. Returns false with an error if there
 * are two versions of a patch.
 */
static bool drop_duplicates(struct box *box, GError **error)
{
	g_autoptr(GPtrArray) dropped = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < box->messages->len; i++) {
		struct message *message = g_ptr_array_index(box->messages, i);
		struct message *earlier = NULL;
		bool is_duplicate = false;

		if (message && message->patch.message_id)
			is_duplicate = find_earlier(
				seen, g_strdup_printf("id %s", message->patch.message_id), message);
		if (message && !is_duplicate && message->patch.total)
			earlier =
				find_earlier(seen,
					     g_strdup_printf("number %u/%u", message->patch.number,
							     message->patch.total),
					     message);
		if (message && !is_duplicate && !earlier) {
			earlier = find_earlier(
				seen, g_strdup_printf("title %s", message->patch.subject), message);
			/*
			 * One version of a series may have two patches with the same title. Then
			 * @message is no duplicate of @earlier.
			 */
			if (earlier && version_of(earlier) == version_of(message))
				earlier = NULL;
		}
		if (earlier && !is_same(message, earlier))
			return fail_versions(earlier, message, error);
		if (is_duplicate || earlier) {
			/* Free @message only at the end: @seen may point to @message. */
			g_ptr_array_add(dropped, message);
			box->messages->pdata[i] = NULL;
		}
	}
	return true;
}

static GPtrArray *take_patches(struct box *box)
{
	GPtrArray *patches = g_ptr_array_new_with_free_func((GDestroyNotify)mail_patch_free);

	for (guint i = 0; i < box->messages->len; i++) {
		struct message *message = g_ptr_array_index(box->messages, i);

		if (message) {
			g_ptr_array_add(patches,
					g_memdup2(&message->patch, sizeof(message->patch)));
			g_free(message);
			box->messages->pdata[i] = NULL;
		}
	}
	return patches;
}

static gint by_number(gconstpointer a, gconstpointer b)
{
	const struct mail_patch *left = *(const struct mail_patch *const *)a;
	const struct mail_patch *right = *(const struct mail_patch *const *)b;

	return left->number < right->number ? -1 : left->number > right->number;
}

static void warn_missing(struct box *box, unsigned int from, unsigned int to, unsigned int total)
{
	if (from == to)
		warn(box, "patch %u of %u is missing", from, total);
	else if (from < to)
		warn(box, "patches %u to %u of %u are missing", from, to, total);
}

/* If all patches belong to one series, sorts @patches by number and warns of missing numbers. */
static void sort_series(struct box *box, GPtrArray *patches)
{
	const struct mail_patch *first = g_ptr_array_index(patches, 0);
	unsigned int total = first->total;
	unsigned int next = 1;

	for (guint i = 0; i < patches->len; i++)
		if (((struct mail_patch *)g_ptr_array_index(patches, i))->total != total)
			return;
	if (!total)
		return;
	g_ptr_array_sort(patches, by_number);
	for (guint i = 0; i < patches->len; i++) {
		const struct mail_patch *patch = g_ptr_array_index(patches, i);

		warn_missing(box, next, patch->number - 1, total);
		next = patch->number + 1;
	}
	warn_missing(box, next, total, total);
}

static GPtrArray *read_series(struct box *box, const char *const *paths, gsize n_paths,
			      GError **error)
{
	g_autoptr(GPtrArray) patches = NULL;

	for (gsize i = 0; i < n_paths; i++) {
		guint first = box->messages->len;

		if (!read_mailbox(box, paths[i], error))
			return NULL;
		if (n_paths > 1)
			check_file(box, paths[i], first);
	}
	drop_non_patches(box);
	if (!drop_duplicates(box, error))
		return NULL;
	patches = take_patches(box);
	if (!patches->len) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: holds no patch: expected a mailbox or a patch with a diff as git "
			    "format-patch or diff -u writes it",
			    n_paths ? paths[0] : "series");
		return NULL;
	}
	sort_series(box, patches);
	return g_steal_pointer(&patches);
}

static void free_if_left(void *message)
{
	if (message)
		message_free(message);
}

GPtrArray *mailbox_read(const char *const *paths, gsize n_paths, GPtrArray *warnings,
			GError **error)
{
	struct box box = {
		.messages = g_ptr_array_new_with_free_func(free_if_left),
		.warnings = warnings,
	};
	GPtrArray *patches;

	/*
	 * g_mime_init() may be called repeatedly. Do not call g_mime_shutdown() afterwards: GMime
	 * cannot be started again after a shutdown.
	 */
	g_mime_init();
	patches = read_series(&box, paths, n_paths, error);
	g_ptr_array_unref(box.messages);
	return patches;
}
