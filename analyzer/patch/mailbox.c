// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/mailbox_internal.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <string.h>

#include "analyzer/patch/patch_lines_internal.h"
#include "db/error.h"

struct box {
	GPtrArray *messages; /* struct message *; NULL: gone elsewhere */
	GPtrArray *warnings;
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

/* "Name: ..." */
static bool is_header(const struct text_line *line)
{
	gsize n = 0;

	while (n < line->len && line->text[n] > ' ' && line->text[n] < 127 && line->text[n] != ':')
		n++;
	return n && n < line->len && line->text[n] == ':';
}

/* git's own rule: "From " with a time of day, and a year behind it. */
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

/* A message begins: a commit message may quote such a line, but no header follows there. */
static bool is_begin(const struct text_lines *lines, const struct text_line *line)
{
	struct text_lines ahead = *lines;
	struct text_line next;

	return is_from_line(line) && text_next(&ahead, &next) && is_header(&next);
}

/* Headers, among them one that a mail has, up to an empty line. */
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

static void add(struct box *box, struct message *message, char *origin, const char *path)
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
	if (!message->has_diff) /* a thread of thousands is mostly that */
		g_clear_pointer(&message->patch.text, g_free);
	g_ptr_array_add(box->messages, message);
}

static void split(struct box *box, const char *path, const char *text, gsize len)
{
	struct text_lines lines = { .at = text, .end = text + len };
	struct text_line line;
	unsigned int n = 0;
	const char *begin = NULL;

	for (;;) {
		bool more = text_next(&lines, &line);

		if (more && !is_begin(&lines, &line))
			continue;
		if (begin) {
			const char *end = more ? line.text : lines.end;
			g_autoptr(GString) raw = g_string_new_len(begin, end - begin);

			mail_unquote_from(raw);
			add(box, message_parse(raw), g_strdup_printf("%s: message %u", path, ++n),
			    path);
		}
		if (!more)
			break;
		begin = lines.at;
	}
}

static bool read_file(struct box *box, const char *path, GError **error)
{
	g_autofree char *content = NULL;
	gsize len;
	const char *text;
	struct text_lines lines;
	struct text_line line;

	if (!g_file_get_contents(path, &content, &len, NULL)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: %s; name a mailbox or a patch", path, g_strerror(errno));
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
	if (is_begin(&lines, &line)) {
		split(box, path, text, len);
	} else if (is_mail(text, len)) {
		g_autoptr(GString) raw = g_string_new_len(text, len);

		add(box, message_parse(raw), g_strdup(path), path);
	} else {
		add(box, message_plain(g_string_new_len(text, len)), g_strdup(path), path);
	}
	return true;
}

/* Warns of a file that gave no patch and no cover letter. */
static void check_file(struct box *box, const char *path, guint first)
{
	for (guint i = first; i < box->messages->len; i++) {
		const struct message *message = g_ptr_array_index(box->messages, i);

		if (message->has_diff || message->is_cover)
			return;
	}
	warn(box, "%s: holds no patch; left out", path);
}

/* Drops messages without a diff, covers, and replies unless they are all there is. */
static void drop_talk(struct box *box)
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

/* The message before that has @key; NULL: none, @message stands for it from now on. */
static struct message *earlier(GHashTable *seen, char *key, struct message *message)
{
	struct message *other = g_hash_table_lookup(seen, key);

	if (other)
		g_free(key);
	else
		g_hash_table_insert(seen, key, message);
	return other;
}

/* Drops messages that come twice; fails if it cannot tell which of two is meant. */
static bool drop_doubles(struct box *box, GError **error)
{
	g_autoptr(GPtrArray) dropped = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < box->messages->len; i++) {
		struct message *message = g_ptr_array_index(box->messages, i);
		struct message *other = NULL;
		bool is_double = false;

		if (message && message->patch.message_id)
			is_double = earlier(
				seen, g_strdup_printf("id %s", message->patch.message_id), message);
		if (message && !is_double && message->patch.total)
			other = earlier(seen,
					g_strdup_printf("number %u/%u", message->patch.number,
							message->patch.total),
					message);
		if (message && !is_double && !other) {
			other = earlier(seen, g_strdup_printf("title %s", message->patch.subject),
					message);
			if (other && version_of(other) == version_of(message))
				other = NULL; /* patches may share a title */
		}
		if (other && !is_same(message, other))
			return fail_versions(other, message, error);
		if (is_double || other) {
			g_ptr_array_add(dropped, message); /* one in @seen stays for now */
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

/* One series: sorts, and tells what is missing from it. */
static void order(struct box *box, GPtrArray *patches)
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

static GPtrArray *series(struct box *box, const char *const *paths, gsize n_paths, GError **error)
{
	g_autoptr(GPtrArray) patches = NULL;

	for (gsize i = 0; i < n_paths; i++) {
		guint first = box->messages->len;

		if (!read_file(box, paths[i], error))
			return NULL;
		if (n_paths > 1)
			check_file(box, paths[i], first);
	}
	drop_talk(box);
	if (!drop_doubles(box, error))
		return NULL;
	patches = take_patches(box);
	if (!patches->len) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: holds no patch: expected a mailbox or a patch with a diff as git "
			    "format-patch or diff -u writes it",
			    n_paths ? paths[0] : "series");
		return NULL;
	}
	order(box, patches);
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

	/* Once more does no harm; GMime cannot be started again after g_mime_shutdown(). */
	g_mime_init();
	patches = series(&box, paths, n_paths, error);
	g_ptr_array_unref(box.messages);
	return patches;
}
