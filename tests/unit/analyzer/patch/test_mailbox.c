// SPDX-License-Identifier: GPL-2.0-only
/* Which patches come out of a file, in which order, and as the sender has written them. */
#include <stdbool.h>
#include <string.h>

#include "analyzer/patch/mailbox.h"
#include "db/error.h"
#include "tests/support/temp_dir.h"
#include "tests/support/check_main.h"

static char *directory;
static GPtrArray *warnings;

#define DIFF(n)                                                                         \
	"diff --git a/d/x b/d/x\nindex 1111111..2222222 100644\n--- a/d/x\n+++ b/d/x\n" \
	"@@ -1,3 +1,3 @@\n \ta\n-\tb\n+\t" n "\n \tc\n"
#define BODY(n) "Why.\n\nSigned-off-by: A <a@x>\n---\n d/x | 2 +-\n\n" DIFF(n) "-- \n2.39.5\n\n"
#define QUOTED	"> diff --git a/d/x b/d/x\n> --- a/d/x\n> +++ b/d/x\n> @@ -1 +1 @@\n> -a\n> +b\n"
#define FROM	"From git@z Thu Jan  1 00:00:00 1970\n"
#define HEAD(subject, id)                                                                      \
	FROM "From: =?utf-8?q?J=C3=B6rg?= <j@x>\nSubject: " subject "\nMessage-Id: <" id ">\n" \
	     "Date: Thu, 1 Jan 2026 00:00:00 +0000\n"
#define MAIL(subject, id, body) HEAD(subject, id) "\n" body

static void setup(void)
{
	directory = temp_dir_new();
	warnings = g_ptr_array_new_with_free_func(g_free);
}

static void teardown(void)
{
	g_ptr_array_unref(warnings);
	temp_dir_free(directory);
}

static char *put(const char *name, const char *text, gssize len)
{
	char *path = g_build_filename(directory, name, NULL);

	ck_assert(g_file_set_contents(path, text, len, NULL));
	return path;
}

static GPtrArray *read_all(const char *text)
{
	g_autofree char *path = put("box", text, -1);
	const char *paths[] = { path };
	g_autoptr(GError) error = NULL;
	GPtrArray *patches = mailbox_read(paths, 1, warnings, &error);

	ck_assert_msg(patches, "%s", error ? error->message : "no error");
	return patches;
}

static const struct mail_patch *nth(const GPtrArray *patches, guint n)
{
	ck_assert_uint_lt(n, patches->len);
	return g_ptr_array_index(patches, n);
}

/* Checks that @text has one patch with text @body. */
static void body_is(const char *text, const char *body)
{
	g_autoptr(GPtrArray) patches = read_all(text);

	ck_assert_uint_eq(patches->len, 1);
	ck_assert_str_eq(nth(patches, 0)->text, body);
	ck_assert_uint_eq(nth(patches, 0)->len, strlen(body));
}

/* Checks the subjects of all patches in @text, one on each line, and the end of the warnings. */
static void subjects_are(const char *text, const char *subjects, const char *warned)
{
	g_autoptr(GPtrArray) patches = read_all(text);
	g_autoptr(GString) is = g_string_new(NULL);
	g_autoptr(GString) said = g_string_new(NULL);

	for (guint i = 0; i < patches->len; i++)
		g_string_append_printf(is, "%s\n", nth(patches, i)->subject);
	for (guint i = 0; i < warnings->len; i++)
		g_string_append_printf(said, "%s\n", (char *)g_ptr_array_index(warnings, i));
	ck_assert_str_eq(is->str, subjects);
	ck_assert_msg(g_str_has_suffix(said->str, warned) && !*said->str == !*warned, "%s",
		      said->str);
	g_ptr_array_set_size(warnings, 0);
}

static void fails(const char *text, const char *message)
{
	g_autofree char *path = put("box", text, -1);
	const char *paths[] = { path };
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(mailbox_read(paths, 1, warnings, &error));
	ck_assert_ptr_nonnull(error);
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, message), "%s", error->message);
	ck_assert_msg(g_str_has_prefix(error->message, path), "%s", error->message);
}

START_TEST(one_message)
{
	g_autoptr(GPtrArray) patches =
		read_all(MAIL("[PATCH 6.12 v2 1/3] arm64: Finish\n it", "1@x", "\n" BODY("x")));
	const struct mail_patch *patch = nth(patches, 0);

	ck_assert_str_eq(patch->subject, "arm64: Finish it");
	ck_assert_str_eq(patch->author, "Jörg <j@x>");
	ck_assert_str_eq(patch->message_id, "1@x");
	ck_assert_uint_eq(patch->version, 2);
	ck_assert_uint_eq(patch->number, 1);
	ck_assert_uint_eq(patch->total, 3);
	ck_assert_msg(g_str_has_suffix(patch->origin, "/box: message 1"), "%s", patch->origin);
	ck_assert_str_eq(patch->text, "\n" BODY("x"));
}
END_TEST

START_TEST(series)
{
	subjects_are(MAIL("[PATCH 0/3] cover", "0@x", BODY("interdiff"))
			     MAIL("[PATCH v1 3/3] c", "3@x", BODY("c")) MAIL("Re: [PATCH 1/3] a",
									     "r@x", QUOTED "No.\n")
				     MAIL("[PATCH 1/3] a", "1@x", BODY("a"))
					     MAIL("[PATCH 2/3] b", "2@x", BODY("b"))
						     MAIL("[PATCH 1/3] a", "1@x", BODY("a")),
		     "a\nb\nc\n", "");
}
END_TEST

START_TEST(not_one_series)
{
	subjects_are(MAIL("[PATCH 2/2] b", "2@x", BODY("b")) MAIL("[PATCH] z", "3@x", BODY("z"))
			     MAIL("[PATCH 1/2] a", "1@x", BODY("a")),
		     "b\nz\na\n", "");
	subjects_are(MAIL("[PATCH 2/3] b", "2@x", BODY("b"))
			     MAIL("[PATCH 1/2] a", "1@x", BODY("a")),
		     "b\na\n", "");
}
END_TEST

START_TEST(missing)
{
	subjects_are(MAIL("[PATCH 1/3] a", "1@x", BODY("a"))
			     MAIL("[PATCH 2/3] b", "2@x", BODY("b")),
		     "a\nb\n", "patch 3 of 3 is missing\n");
	subjects_are(MAIL("[PATCH 4/2000000000] a", "1@x", BODY("a"))
			     MAIL("[PATCH 6/2000000000] b", "2@x", BODY("b")),
		     "a\nb\n",
		     "patches 1 to 3 of 2000000000 are missing\npatch 5 of 2000000000 is missing\n"
		     "patches 7 to 2000000000 of 2000000000 are missing\n");
}
END_TEST

START_TEST(replies)
{
	subjects_are(MAIL("[PATCH] a", "1@x", BODY("a")) MAIL("Re: [PATCH] a", "2@x", BODY("b")),
		     "a\n",
		     ": message 2: \"a\" holds a diff, but is a reply; left out. To analyse it, "
		     "give it in a file of its own\n");
	subjects_are(MAIL("Re: [PATCH] a", "2@x", "How about\n" BODY("b")), "a\n", "");
	subjects_are(MAIL("Fwd: [PATCH] a", "2@x", BODY("b")), "a\n", "");
}
END_TEST

START_TEST(two_versions)
{
	fails(MAIL("[PATCH 1/1] a", "1@x", BODY("a")) MAIL("[PATCH v2 1/1] a2", "2@x", BODY("b")),
	      "message 2: \"a2\" (v2, 1/1) are two patches for one place in a series; give one "
	      "version of it, as b4 am fetches it");
	fails(MAIL("[PATCH] a", "1@x", BODY("a")) MAIL("[PATCH v2] a", "2@x", BODY("b")),
	      "one version");
	fails(MAIL("[PATCH 1/2] a", "1@x", BODY("a")) MAIL("[PATCH 1/2] b", "2@x", BODY("b")),
	      "one version");
	/* The same text, sent again, is a duplicate. */
	subjects_are(MAIL("[PATCH 1/1] a", "1@x", BODY("a")) MAIL("[PATCH 1/1] a", "2@x", BODY("a"))
			     MAIL("[PATCH v2 1/1] a", "3@x", BODY("a")),
		     "a\n", "");
	/* Two patches with the same title are not versions of one patch. */
	subjects_are(MAIL("[PATCH] a", "1@x", BODY("a")) MAIL("[PATCH] a", "2@x", BODY("b")),
		     "a\na\n", "");
}
END_TEST

START_TEST(nothing_in_it)
{
	g_autofree char *path = g_build_filename(directory, "missing", NULL);
	const char *paths[] = { path, directory };
	g_autoptr(GError) error = NULL;

	fails("", "/box: is empty; expected a mailbox or a patch");
	fails("\n\n", "/box: is empty");
	fails("Hello.\n", "/box: holds no patch: expected a mailbox or a patch");
	fails(MAIL("[PATCH 0/3] cover", "0@x", "Hello.\n"), "holds no patch");
	fails(MAIL("Re: a", "0@x", QUOTED), "holds no patch");
	fails(FROM "\n\n", "holds no patch");
	ck_assert_ptr_null(mailbox_read(paths, 1, NULL, &error));
	ck_assert_msg(strstr(error->message, "No such file"), "%s", error->message);
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_ptr_null(mailbox_read(paths + 1, 1, NULL, NULL));
}
END_TEST

/* Files of git format-patch in the order of their names, and a file without a patch. */
START_TEST(files)
{
	g_autofree char *a = put("0000-cover", MAIL("[PATCH 0/2] c", "0@x", "Hello.\n"), -1);
	g_autofree char *b = put("0001-b", MAIL("[PATCH 2/2] b", "2@x", BODY("b")), -1);
	g_autofree char *c = put("0002-a", MAIL("[PATCH 1/2] a", "1@x", BODY("a")), -1);
	g_autofree char *d = put("notes", "Hello.\n", -1);
	const char *paths[] = { a, b, c, d };
	g_autoptr(GPtrArray) patches = mailbox_read(paths, 4, warnings, NULL);

	ck_assert_ptr_nonnull(patches);
	ck_assert_uint_eq(patches->len, 2);
	ck_assert_str_eq(nth(patches, 0)->subject, "a");
	ck_assert_str_eq(nth(patches, 1)->subject, "b");
	ck_assert_uint_eq(warnings->len, 1);
	ck_assert_msg(g_str_has_suffix(g_ptr_array_index(warnings, 0),
				       "/notes: holds no patch; left out"),
		      "%s", (char *)g_ptr_array_index(warnings, 0));
}
END_TEST

static void plain_is(const char *text, const char *subject, const char *author)
{
	g_autoptr(GPtrArray) patches = read_all(text);

	ck_assert_uint_eq(patches->len, 1);
	ck_assert_str_eq(nth(patches, 0)->subject, subject);
	ck_assert_pstr_eq(nth(patches, 0)->author, author);
	ck_assert_ptr_null(nth(patches, 0)->message_id);
	ck_assert(g_str_has_suffix(nth(patches, 0)->origin, "/box"));
	ck_assert_ptr_nonnull(strstr(nth(patches, 0)->text, "@@ -1,3 +1,3 @@"));
}

START_TEST(plain)
{
	plain_is(DIFF("a"), "box", NULL);
	plain_is("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n+c\n d\n", "box", NULL);
	plain_is("--- a/x\r\n+++ b/x\r\n@@ -1,3 +1,3 @@\r\n a\r\n-b\r\n+c\r\n d\r\n", "box", NULL);
	plain_is("\xef\xbb\xbf" DIFF("a"), "box", NULL);
	plain_is("Fix it\n\nFrom: A <a@x>\n\nBecause.\n---\n\n" DIFF("a"), "Fix it", "A <a@x>");
	plain_is("From: A <a@x>\nSubject: [PATCH 1/1] Fix it\n\nBecause.\n" DIFF("a"), "Fix it",
		 "A <a@x>");
	plain_is("Description: Fix it\nAuthor: A\n" DIFF("a"), "Description: Fix it", NULL);
	plain_is("Index: linux/x\n=====\n" DIFF("a"), "box", NULL);
}
END_TEST

/* A mail without a "From " line. Its body has such a line, and lines that look quoted. */
START_TEST(single_mail)
{
	body_is("Date: Thu, 1 Jan 2026 00:00:00 +0000\nSubject: [PATCH] a\n\n"
		"From here on,\n>From there\n" BODY("a"),
		"From here on,\n>From there\n" BODY("a"));
}
END_TEST

START_TEST(from_lines)
{
	body_is(MAIL("[PATCH] a", "1@x",
		     ">From here\n>>From there\nFrom nowhere at 10:00\n"
		     "From x Thu Jan  1 00:00:00 1970\nas mailboxes have it\n" BODY("a")),
		"From here\n>From there\nFrom nowhere at 10:00\n"
		"From x Thu Jan  1 00:00:00 1970\nas mailboxes have it\n" BODY("a"));
}
END_TEST

static char *replaced(const char *text, const char *from, const char *to)
{
	g_auto(GStrv) parts = g_strsplit(text, from, -1);

	return g_strjoinv(to, parts);
}

START_TEST(crlf)
{
	g_autofree char *text = replaced(MAIL("[PATCH] a", "1@x", BODY("a")), "\n", "\r\n");
	g_autofree char *second = g_strconcat(text, text, NULL);

	body_is(text, BODY("a"));
	body_is(second, BODY("a"));
	/* Encoded CRs belong to the patched file and are kept. */
	body_is(HEAD("[PATCH] a", "1@x") "Content-Transfer-Encoding: quoted-printable\n\n"
					 "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a=0D\n+b=0D\n",
		"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\r\n+b\r\n");
}
END_TEST

static char *in_base64(const char *body)
{
	g_autofree char *data = g_base64_encode((const guchar *)body, strlen(body));
	GString *lines =
		g_string_new(HEAD("[PATCH] a", "1@x") "Content-Type: text/plain; charset=utf-8\n"
						      "Content-Transfer-Encoding: base64\n\n");

	for (const char *at = data; *at; at += strnlen(at, 76))
		g_string_append_printf(lines, "%.76s\n", at);
	return g_string_free(lines, FALSE);
}

START_TEST(base64)
{
	g_autofree char *canonical = replaced(BODY("ä"), "\n", "\r\n");
	g_autofree char *text = in_base64(BODY("ä"));
	g_autofree char *with_cr = in_base64(canonical);

	body_is(text, BODY("ä"));
	body_is(with_cr, BODY("ä"));
}
END_TEST

static char *in_quoted_printable(const char *body)
{
	GString *text = g_string_new(
		HEAD("[PATCH] a", "1@x") "Content-Transfer-Encoding: quoted-printable\n\n");
	int column = 0;

	for (const char *at = body; *at; at++) {
		bool literal = *at > ' ' && *at < 127 && *at != '=';

		if (*at == '\n') {
			g_string_append_c(text, '\n');
			column = 0;
			continue;
		}
		if (column > 60) {
			g_string_append(text, "=\n");
			column = 0;
		}
		g_string_append_printf(text, literal ? "%c" : "=%02X", (unsigned char)*at);
		column += literal ? 1 : 3;
	}
	return g_string_free(text, FALSE);
}

START_TEST(quoted_printable)
{
	const char *body =
		BODY("a = \"ä\"; /* a long line, longer than what mail allows in one */");
	g_autofree char *text = in_quoted_printable(body);

	body_is(text, body);
}
END_TEST

#define FLOWED "Content-Type: text/plain; charset=UTF-8; format=flowed\n\n"

START_TEST(flowed)
{
	/* Thunderbird stuffs blanks and wraps long lines. */
	body_is(HEAD("[PATCH] a", "1@x") FLOWED "Prose that \nflows.\n"
						"--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n  \ta\n  "
						"\n-b\n+a line that \ngoes on \nand on\n  c \n"
						"-- \n2.39\n",
		"Prose that \nflows.\n"
		"--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n \ta\n \n-b\n+a line that goes on and on\n c \n"
		"-- \n2.39\n");
	/* The header says format=flowed, but blanks are not stuffed. */
	body_is(HEAD("[PATCH] a", "1@x") FLOWED DIFF("a"), DIFF("a"));
	body_is(HEAD("[PATCH] a", "1@x") "Content-Type: text/plain; format=flowed; delsp=yes\n\n"
					 "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-b\n+lo \nng\n",
		"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-b\n+long\n");
	/* The diff of the next file does not continue the last line. */
	body_is(HEAD("[PATCH] a", "1@x") FLOWED
		"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-b\n+c \ndiff --git a/y b/y\n",
		"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-b\n+c \ndiff --git a/y b/y\n");
}
END_TEST

static void headers_are(const char *headers, const char *subject, const char *author)
{
	g_autofree char *text = g_strconcat(FROM, headers, "\n", BODY("a"), NULL);
	g_autoptr(GPtrArray) patches = read_all(text);

	ck_assert_str_eq(nth(patches, 0)->subject, subject);
	ck_assert_pstr_eq(nth(patches, 0)->author, author);
}

START_TEST(headers)
{
	headers_are("Subject: =?iso-8859-1?q?=5BPATCH_1/1=5D_gr=FC=DFe?=\n"
		    "From: =?UTF-8?B?SsO2cmc=?= <j@x>\n",
		    "grüße", "Jörg <j@x>");
	headers_are("Subject: =?utf-8?q?=5BPATCH_v2_1/1=5D_a_long_title_that_g?=\n"
		    " =?utf-8?q?oes_on?=\nFrom: a@x\n",
		    "a long title that goes on", "a@x");
	headers_are("Subject: [PATCH] gr\xfc\xdf"
		    "e\nFrom: J\xf6rg <j@x>\n",
		    "grüße", "Jörg <j@x>");
	headers_are("Subject: [PATCH] grüße\nFrom: Jörg <j@x>\n", "grüße", "Jörg <j@x>");
	headers_are("Subject: [linux-next][PATCH RFC, v3 1/1] [media] x\nFrom: a@x\n", "x", "a@x");
	headers_are("Date: today\n", "box", NULL);
	headers_are("Subject: [PATCH] a\nFrom: a@x\n\nFrom: B <b@x>\n", "a", "B <b@x>");
}
END_TEST

#define PART(type, body) "--xx\nContent-Type: " type "\n\n" body "\n"
#define MIXED		 "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"xx\"\n\n"

static void part_is_taken(const char *type)
{
	g_autofree char *text =
		g_strconcat(HEAD("[PATCH] a", "1@x")
				    MIXED PART("text/plain", "Hello.\n") "--xx\nContent-Type: ",
			    type, "\n\n", DIFF("a"), "\n--xx--\n", NULL);

	body_is(text, "Hello.\n" DIFF("a"));
}

START_TEST(multipart)
{
	part_is_taken("text/plain");
	part_is_taken("text/x-patch; name=\"a.patch\"\nContent-Disposition: attachment");
	part_is_taken("text/x-diff");
	part_is_taken("application/x-patch");
	part_is_taken("application/octet-stream; name=\"a.patch\"");
	body_is(HEAD("[PATCH] a", "1@x") MIXED PART("text/plain", DIFF("a"))
			PART("text/html", "<p>" DIFF("b"))
				PART("application/pgp-signature", DIFF("c"))
					PART("image/png; name=\"x.png\"", DIFF("d")) "--xx--\n",
		DIFF("a"));
	body_is(HEAD("[PATCH] a", "1@x") MIXED
		"--xx\nContent-Type: text/x-patch\nContent-Transfer-Encoding: base64\n\n"
		"LS0tIGEveAorKysgYi94CkBAIC0xICsxIEBACi1hCitiCg==\n--xx--\n",
		"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n");
}
END_TEST

/* mailbox_read() terminates for hostile input. */
START_TEST(hostile)
{
	g_autoptr(GString) text = g_string_new(HEAD("[PATCH] a", "1@x"));
	static const char zeros[] = FROM "Subject: x\0y\n\n" DIFF("a") "\0\0";
	g_autofree char *path = put("zeros", zeros, sizeof(zeros));
	const char *paths[] = { path };
	g_autoptr(GPtrArray) patches = mailbox_read(paths, 1, NULL, NULL);

	ck_assert_ptr_nonnull(patches);
	for (int i = 0; i < 20000; i++)
		g_string_append_printf(text,
				       "Content-Type: multipart/mixed; boundary=\"b%d\"\n\n"
				       "--b%d\n",
				       i, i);
	fails(text->str, "holds no patch");
	fails(FROM "Subject: x\nContent-Transfer-Encoding: base64\n\n!!!!\n", "holds no patch");
	fails(FROM "Subject: [PATCH 99999999999999999999/1 [[[\n\n", "holds no patch");
}
END_TEST

START_TEST(many_messages)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GPtrArray) patches = NULL;
	gint64 begin;

	for (int i = 5000; i > 0; i--)
		g_string_append_printf(text, MAIL("[PATCH %d/5000] patch %d", "%d@x", BODY("a%d")),
				       i, i, i, i);
	begin = g_get_monotonic_time();
	patches = read_all(text->str);
	ck_assert_int_lt(g_get_monotonic_time() - begin, 5 * G_USEC_PER_SEC);
	ck_assert_uint_eq(patches->len, 5000);
	ck_assert_uint_eq(warnings->len, 0);
	for (guint i = 0; i < patches->len; i++)
		ck_assert_uint_eq(nth(patches, i)->number, i + 1);
	ck_assert_str_eq(nth(patches, 4999)->subject, "patch 5000");
	ck_assert_ptr_nonnull(strstr(nth(patches, 4999)->text, "+\ta5000\n"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mailbox");
	TCase *tcase = tcase_create("mailbox");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, one_message);
	tcase_add_test(tcase, series);
	tcase_add_test(tcase, not_one_series);
	tcase_add_test(tcase, missing);
	tcase_add_test(tcase, replies);
	tcase_add_test(tcase, two_versions);
	tcase_add_test(tcase, nothing_in_it);
	tcase_add_test(tcase, files);
	tcase_add_test(tcase, plain);
	tcase_add_test(tcase, single_mail);
	tcase_add_test(tcase, from_lines);
	tcase_add_test(tcase, crlf);
	tcase_add_test(tcase, base64);
	tcase_add_test(tcase, quoted_printable);
	tcase_add_test(tcase, flowed);
	tcase_add_test(tcase, headers);
	tcase_add_test(tcase, multipart);
	tcase_add_test(tcase, hostile);
	tcase_add_test(tcase, many_messages);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
