// SPDX-License-Identifier: GPL-2.0-only
/* Tests header_change.h (changed declarations, undecidable changes) and word_search.h. */
#include <string.h>

#include "analyzer/reindex/header_change.h"
#include "analyzer/reindex/header_items.h"
#include "analyzer/reindex/word_search.h"
#include "tests/support/check_main.h"

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_names(GString *out, const char *title, GHashTable *set)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	GHashTableIter iter;
	gpointer name;

	g_hash_table_iter_init(&iter, set);
	while (g_hash_table_iter_next(&iter, &name, NULL))
		g_ptr_array_add(names, name);
	g_ptr_array_sort(names, by_text);
	if (names->len)
		g_string_append(out, title);
	for (guint i = 0; i < names->len; i++)
		g_string_append_printf(out, " %s", (char *)names->pdata[i]);
}

/*
 * Returns "NAMES bodies: NAMES", plus "defines" and "adds_words" if set. Returns "?" if the change
 * is undecidable. Free with g_free().
 */
static char *change_of(const char *was, const char *now)
{
	struct header_names names;
	struct header_change *change;
	GString *out = g_string_new("");
	gsize was_len, now_len;
	g_autofree char *was_text = header_strip(was, strlen(was), &was_len);
	g_autofree char *now_text = header_strip(now, strlen(now), &now_len);

	header_names_init(&names);
	change = header_change_new(was_text, was_len, now_text, now_len, &names);
	header_changes_close(&change, 1, &names);
	if (!change->decidable) {
		g_string_append(out, "?");
	} else {
		put_names(out, "", names.declared);
		put_names(out, " bodies:", names.bodies);
		if (change->defines)
			g_string_append(out, " defines");
		if (change->adds_words)
			g_string_append(out, " adds_words");
	}
	header_change_free(change);
	header_names_clear(&names);
	return g_strstrip(g_string_free(out, FALSE));
}

#define CHANGE(was, now, expected)                                \
	do {                                                      \
		g_autofree char *ck_change = change_of(was, now); \
		ck_assert_str_eq(ck_change, expected);            \
	} while (0)

START_TEST(same_but_for_comments)
{
	CHANGE("int a(void);\n", "/* new */\n\nint a(void); // x\n", "");
	CHANGE("#define A 1\n", "#define A /* two\nlines */ 1\n", "");
	CHANGE("struct s {\n\tint a;\n};\n", "struct s {\n\t/* that */\n\tint a;\n};\n", "");
	CHANGE("int a(void);\n", "\"", "?");
}
END_TEST

START_TEST(prototypes)
{
	CHANGE("", "int a(int b);\n", "a");
	CHANGE("int a(int b);\n", "", "a");
	CHANGE("int a(int b);\n", "int a(long b);\n", "a");
	CHANGE("", "extern struct s *a(struct s *x, int (*f)(int));\n", "a adds_words");
	CHANGE("", "__printf(1, 2) void a(const char *, ...);\n", "a adds_words");
	CHANGE("", "void a(const char *, ...) __printf(1, 2);\n", "__printf a");
	CHANGE("", "unsigned int a(void), b(void);\n", "a b");
	CHANGE("", "foo_t a(void);\n", "a adds_words");
	CHANGE("foo_t b(void);\n", "foo_t b(void);\nfoo_t a(void);\n", "a");
}
END_TEST

START_TEST(functions)
{
	const char *was = "static inline int a(int x)\n{\n\treturn x;\n}\n";
	const char *now = "static inline int a(int x)\n{\n\treturn x + 1;\n}\n";

	CHANGE("", was, "a bodies: a defines adds_words");
	CHANGE(was, now, "bodies: a defines");
	CHANGE(was, "static inline long a(int x)\n{\n\treturn x;\n}\n", "a bodies: a defines");
	/* A new line inside the function. */
	CHANGE(was, "static inline int a(int x)\n{\n\n\treturn x;\n}\n", "bodies: a defines");
	CHANGE("int b(int x);\nstatic inline int a(int x) { return b(x); }\n",
	       "int b(long x);\nstatic inline int a(int x) { return b(x); }\n",
	       "b bodies: a defines");
}
END_TEST

START_TEST(macros)
{
	CHANGE("", "#define A 1\n", "A");
	CHANGE("#define A 1\n", "#define A 2\n", "A");
	CHANGE("#define A(x) \\\n\tf(x)\n", "#define A(x) \\\n\tg(x)\n", "A");
	CHANGE("#define A (x)\n", "#define A(x)\n", "A");
	CHANGE("#define A 1\n", "#define A 1\n#undef A\n", "A");
	CHANGE("#define A 1\n#define B A\n", "#define A 2\n#define B A\n", "A B");
	CHANGE("#define A 1\nstruct s { int x[A]; };\n", "#define A 2\nstruct s { int x[A]; };\n",
	       "?");
	CHANGE("#define A 1\n#if A\nint b(void);\n#endif\n",
	       "#define A 2\n#if A\nint b(void);\n#endif\n", "A b");
	CHANGE("#define A 1\n#if A\n#include <b.h>\n#endif\n",
	       "#define A 2\n#if A\n#include <b.h>\n#endif\n", "?");
	/* A macro of the header may declare any name. */
	CHANGE("#define M(x) get_##x\n", "#define M(x) get_##x\nint M(a);\n", "?");
	CHANGE("#define a a\nint a(int b);\n", "#define a a\nint a(void);\n", "a");
}
END_TEST

START_TEST(variables)
{
	CHANGE("", "extern int a;\n", "a");
	CHANGE("", "extern int a, *b[2];\n", "a b");
	CHANGE("", "extern int a __read_mostly;\n", "__read_mostly a");
	CHANGE("foo_t f(void);\n", "foo_t f(void);\nextern foo_t a;\n", "a");
	CHANGE("", "struct s;\n", "s");
	CHANGE("", "int a;\n", "?");
	CHANGE("", "extern int a = 1;\n", "?");
	CHANGE("", "extern int (*a)(void);\n", "?");
}
END_TEST

START_TEST(cannot_be_told)
{
	static const char *const added[] = {
		"#include <a.h>\n",
		"#pragma pack(1)\n",
		"#error \"no\"\n",
		"struct s { int a; };\n",
		"enum { A };\n",
		"typedef int a;\n",
		"typedef int a(void);\n",
		"static const int a[] = { 1 };\n",
		"DECLARE_X(a);\n",
		"static DEFINE_X(a) { }\n",
		"int M(a)(int);\n",
		"void a(void) __asm__(\"b\");\n",
		"asm(\".x\");\n",
		"extern \"C\" {\nint a(void);\n}\n",
		"int a(void)\n",
		"int a(void) {\n",
		"}\n",
		"int a(b) int b; { }\n",
		"#if A\n",
		"#endif\n",
		"#else\n",
		"static inline int a(void)\n{\n#ifdef B\n\treturn 1;\n}\n#else\n\treturn "
		"2;\n}\n#endif\n",
		"static\n#ifdef B\ninline\n#endif\nint a(void) { return 1; }\n",
		"static inline int a(void)\n{\n#define B 1\n\treturn B;\n}\n",
		"_Static_assert(1, \"a\");\n",
		";\n",
		"\\",
		"'",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(added); i++) {
		g_autofree char *found = change_of("int z(void);\n", added[i]);

		ck_assert_msg(strcmp(found, "?") == 0, "%s: %s", added[i], found);
	}
}
END_TEST

START_TEST(conditions)
{
	CHANGE("int z(void);\n",
	       "int z(void);\n#ifdef B\nint a(void);\n#else\n"
	       "static inline int a(void)\n{\n\treturn 0;\n}\n#endif\n",
	       "a bodies: a defines");
	CHANGE("int a(void);\n", "#ifdef B\nint a(void);\n#endif\n", "a");
	CHANGE("struct s { int a; };\n", "#ifdef B\nstruct s { int a; };\n#endif\n", "?");
	CHANGE("int z(void);\n", "int z(void);\n#if notif(B)\nint a(void);\n#endif\n",
	       "a adds_words");
	CHANGE("int z(void);\n", "int z(void);\n#if (B)\nint a(void);\n#endif\n", "a");
	CHANGE("static inline int a(int b)\n{\n#ifdef B\n\tb++;\n#endif\n\treturn b;\n}\n",
	       "static inline int a(int b)\n{\n#ifdef C\n\tb++;\n#endif\n\treturn b;\n}\n",
	       "bodies: a defines adds_words");
}
END_TEST

START_TEST(moves)
{
	const char *was = "int b(void);\nstatic inline int a(void)\n{\n\treturn 0;\n}\n";
	const char *now = "int b(void);\n\n/* a */\nstatic inline int a(void)\n{\n\treturn 0;\n}\n";
	struct header_names names;
	struct header_change *change;
	const struct line_move *move;
	gsize len;
	g_autofree char *text = header_strip(now, strlen(now), &len);

	header_names_init(&names);
	change = header_change_new(was, strlen(was), text, len, &names);
	ck_assert(change->decidable && !change->defines);
	ck_assert_uint_eq(change->moves->len, 2);
	move = &g_array_index(change->moves, struct line_move, 1);
	ck_assert_uint_eq(move->first, 2);
	ck_assert_uint_eq(move->last, 5);
	ck_assert_int_eq(move->by, 2);
	header_change_free(change);
	header_names_clear(&names);
}
END_TEST

/* True if @name is found in @text. Sets *@defines if @text defines MACRO. */
static bool finds(const char *name, const char *text, bool *defines)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autoptr(GHashTable) macros = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(word_search) search = NULL;
	struct word_hits hits;

	g_ptr_array_add(names, (gpointer)name);
	g_hash_table_add(macros, (gpointer) "MACRO");
	search = word_search_new(names, macros);
	word_search_text(search, text, strlen(text), &hits);
	word_search_begin(search);
	word_search_add(search, &hits, false);
	*defines = hits.defines;
	word_hits_clear(&hits);
	return word_search_finds(search, 0);
}

START_TEST(words)
{
	bool defines;

	ck_assert(finds("get_it", "x = get_it();", &defines));
	ck_assert(!finds("get_it", "x = get_its(); forget_it", &defines));
	ck_assert(finds("get_it", "#define G(x) get_##x\nG(it)", &defines));
	ck_assert(!finds("get_it", "get_ at", &defines));
	ck_assert(!defines);
	ck_assert(!finds("get_it", "#if MACRO\n", &defines));
	ck_assert(!defines);
	ck_assert(!finds("get_it", "#  define  MACRO 1\n", &defines));
	ck_assert(defines);
	ck_assert(!finds("get_it", "#undef MACRO", &defines));
	ck_assert(defines);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("header_change");
	TCase *tcase = tcase_create("change");

	tcase_add_test(tcase, same_but_for_comments);
	tcase_add_test(tcase, prototypes);
	tcase_add_test(tcase, functions);
	tcase_add_test(tcase, macros);
	tcase_add_test(tcase, variables);
	tcase_add_test(tcase, cannot_be_told);
	tcase_add_test(tcase, conditions);
	tcase_add_test(tcase, moves);
	tcase_add_test(tcase, words);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
