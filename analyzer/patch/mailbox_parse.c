// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/mailbox_internal.h"

#include <gmime/gmime.h>
#include <string.h>

#include "analyzer/patch/patch_lines_internal.h"
#include "analyzer/patch/patch_scan_internal.h"

static void patch_clear(struct mail_patch *patch)
{
	g_free(patch->subject);
	g_free(patch->author);
	g_free(patch->message_id);
	g_free(patch->text);
	g_free(patch->origin);
}

void mail_patch_free(struct mail_patch *patch)
{
	patch_clear(patch);
	g_free(patch);
}

void message_free(struct message *message)
{
	patch_clear(&message->patch);
	g_free(message);
}

/*
 * Returns @text as one line of valid UTF-8, without blanks at the beginning and at the end. Returns
 * NULL if @text is NULL or has only blanks. Free with g_free().
 */
static char *clean_line(const char *text)
{
	char *valid = text ? g_utf8_make_valid(text, -1) : NULL;

	if (!valid)
		return NULL;
	g_strdelimit(valid, "\r\n\t", ' ');
	g_strstrip(valid);
	if (!*valid)
		g_clear_pointer(&valid, g_free);
	return valid;
}

/* Sets the text and @has_diff of @message from @text. Takes ownership of @text. */
static void set_text(struct message *message, GString *text)
{
	message->patch.len = text->len;
	message->patch.text = g_string_free(text, FALSE);
	message->has_diff =
		diff_begins(message->patch.text, message->patch.len) < message->patch.len;
}

static void set_subject(struct message *message, const char *text)
{
	g_autofree char *line = clean_line(text);
	struct mail_subject subject;

	mail_subject_parse(line ? line : "", &subject);
	message->patch.subject = subject.title;
	message->patch.version = subject.version;
	message->patch.number = subject.number;
	message->patch.total = subject.total;
	message->is_reply = subject.is_reply;
	message->is_cover = subject.has_number && subject.number == 0;
}

/*
 * If @line begins with @name ("Subject: "), returns the text after @name, without blanks at the
 * beginning and at the end. Returns NULL if this text is empty, or if @line does not begin with
 * @name. Free with g_free().
 */
static char *header_value(const struct text_line *line, const char *name)
{
	gsize len = strlen(name);
	g_autofree char *copy = NULL;

	if (!text_line_begins(line, name))
		return NULL;
	copy = g_strndup(line->text + len, line->len - len);
	return clean_line(copy);
}

/*
 * Sets the author of @message. Call set_text() before set_author(). If the sender is not the
 * author, git send-email begins the text with a line "From: AUTHOR". Without this line, @sender is
 * the author.
 */
static void set_author(struct message *message, const char *sender)
{
	struct text_lines lines = { .at = message->patch.text,
				    .end = message->patch.text + message->patch.len };
	struct text_line line = { 0 };

	while (text_next(&lines, &line) && !line.len)
		;
	message->patch.author = line.text ? header_value(&line, "From: ") : NULL;
	if (!message->patch.author)
		message->patch.author = clean_line(sender);
}

static bool is_patch_name(const char *name)
{
	return name && (g_str_has_suffix(name, ".patch") || g_str_has_suffix(name, ".diff"));
}

static bool is_wanted(GMimePart *part)
{
	GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));

	if (g_mime_content_type_is_type(type, "text", "*"))
		return !g_mime_content_type_is_type(type, "text", "html");
	return g_mime_content_type_is_type(type, "application", "x-patch") ||
	       g_mime_content_type_is_type(type, "application", "x-diff") ||
	       is_patch_name(g_mime_part_get_filename(part));
}

/*
 * Returns the content of @part without its transfer encoding. Does not convert the charset, because
 * a diff must have the same bytes as the patched file. Free with g_string_free().
 */
static GString *decode_part(GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream = g_mime_stream_mem_new();
	GMimeContentEncoding encoding = g_mime_part_get_content_encoding(part);
	GString *text;
	GByteArray *bytes;

	if (content)
		g_mime_data_wrapper_write_to_stream(content, stream);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	text = g_string_new_len((const char *)bytes->data, bytes->len);
	g_object_unref(stream);
	/*
	 * message_parse() has removed each CR that mail transport had added. A CR in an encoded
	 * part usually belongs to the patched file, so keep this CR. But if each line ends with CR
	 * LF, the sender has converted the text to CR LF before encoding. Then undo the conversion.
	 */
	if ((encoding == GMIME_CONTENT_ENCODING_BASE64 ||
	     encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE) &&
	    mail_is_crlf(text))
		mail_strip_cr(text);
	return text;
}

static bool parameter_is(GMimePart *part, const char *name, const char *value)
{
	const char *actual = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), name);

	return actual && g_ascii_strcasecmp(actual, value) == 0;
}

static void append_part(GString *text, GMimePart *part)
{
	g_autoptr(GString) body = NULL;

	if (!is_wanted(part))
		return;
	body = decode_part(part);
	if (parameter_is(part, "format", "flowed"))
		mail_unflow(body, parameter_is(part, "delsp", "yes"));
	g_string_append_len(text, body->str, body->len);
	if (text->len && text->str[text->len - 1] != '\n')
		g_string_append_c(text, '\n');
}

static GString *message_text(GMimeMessage *message)
{
	GMimePartIter *iter = g_mime_part_iter_new(GMIME_OBJECT(message));
	GString *text = g_string_new(NULL);

	do {
		GMimeObject *object = g_mime_part_iter_get_current(iter);

		if (object && GMIME_IS_PART(object))
			append_part(text, GMIME_PART(object));
	} while (g_mime_part_iter_next(iter));
	g_mime_part_iter_free(iter);
	return text;
}

/*
 * Parses @raw with GMime. Returns NULL if @raw is not a message. Against the standard, some senders
 * put unencoded 8-bit text into headers. This text is mostly UTF-8 or Latin-1, so GMime tries these
 * two charsets.
 */
static GMimeMessage *parse(const GString *raw)
{
	static const char *charsets[] = { "utf-8", "iso-8859-1", NULL };
	GMimeParserOptions *options = g_mime_parser_options_new();
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(raw->str, raw->len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message;

	g_mime_parser_options_set_fallback_charsets(options, charsets);
	g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
	message = g_mime_parser_construct_message(parser, options);
	g_object_unref(parser);
	g_object_unref(stream);
	g_mime_parser_options_free(options);
	return message;
}

struct message *message_parse(GString *raw)
{
	GMimeMessage *mail;
	struct message *message;
	g_autofree char *sender = NULL;

	mail_strip_cr(raw);
	mail = parse(raw);
	if (!mail)
		return NULL;
	message = g_new0(struct message, 1);
	set_text(message, message_text(mail));
	set_subject(message, g_mime_message_get_subject(mail));
	sender = internet_address_list_to_string(g_mime_message_get_from(mail), NULL, FALSE);
	set_author(message, sender);
	message->patch.message_id = clean_line(g_mime_message_get_message_id(mail));
	g_object_unref(mail);
	return message;
}

struct message *message_plain(GString *raw)
{
	struct message *message = g_new0(struct message, 1);
	struct text_lines lines;
	struct text_line line;
	g_autofree char *title = NULL;

	if (mail_is_crlf(raw))
		mail_strip_cr(raw);
	set_text(message, raw);
	lines.at = message->patch.text;
	lines.end = lines.at + diff_begins(lines.at, message->patch.len);
	lines.number = 0;
	while (text_next(&lines, &line)) {
		char *subject = header_value(&line, "Subject: ");

		/*
		 * Without "Subject: ", the title is the first line that is no header of quilt, diff
		 * or mail.
		 */
		if (!subject && !title && !text_line_begins(&line, "Index: ") &&
		    !text_line_begins(&line, "diff ") && !text_line_begins(&line, "From: ") &&
		    !text_line_begins(&line, "---") && !text_line_begins(&line, "==="))
			subject = header_value(&line, "");
		if (subject) {
			g_free(title);
			title = subject;
		}
		if (!message->patch.author)
			message->patch.author = header_value(&line, "From: ");
	}
	set_subject(message, title);
	/*
	 * @raw is no mail. So @raw is a patch, even if the title looks like the subject of a cover
	 * letter or of a reply.
	 */
	if (message->is_cover)
		message->patch.total = 0;
	message->is_reply = message->is_cover = false;
	return message;
}
