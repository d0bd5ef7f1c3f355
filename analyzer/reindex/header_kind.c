// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the names that an item declares, without expanding macros. An item is a top-level part of a
 * header, such as a prototype. The name of a declared function is usually one of the words directly
 * before a parenthesis. So all words before a parenthesis are taken as names.
 *
 * A macro may make the name of the function, as in "MACRO(x)". Then MACRO is taken as a name, and
 * the name of the function stays unknown. A search for MACRO still finds each unit that includes
 * the declaration: the unit also includes the #define of MACRO, so MACRO is a word in a file of the
 * unit.
 */
#include "analyzer/reindex/header_kind_internal.h"

#include <string.h>

static const char *const storage_words[] = {
	"static",   "extern",	 "inline",   "__inline",      "__inline__",    "const",
	"volatile", "restrict",	 "register", "__restrict",    "__restrict__",  "__const",
	"auto",	    "_Noreturn", "__thread", "__volatile",    "__volatile__",  "__const__",
	"_Atomic",  "_Alignas",	 "__signed", "_Thread_local", "__extension__",
};

static const char *const type_words[] = {
	"void",	      "char",	     "short",	 "int",		  "long",   "float",
	"double",     "signed",	     "_Bool",	 "struct",	  "union",  "enum",
	"unsigned",   "_Complex",    "__int128", "__signed__",	  "typeof", "__typeof",
	"__typeof__", "__auto_type", "_BitInt",	 "typeof_unqual",
};

static const char *const remaining_words[] = {
	"__attribute__", "__attribute", "__declspec", "sizeof",	  "__alignof__", "_Alignof",
	"alignof",	 "alignas",	"if",	      "while",	  "for",	 "switch",
	"return",	 "do",		"__alignof",  "_Generic",
};

static const char *const opaque_words[] = {
	"asm", "__asm", "__asm__", "typedef", "_Static_assert", "static_assert",
};

/* The tokens of an item. @text: the text that the offsets of the tokens refer to. */
struct run {
	const char *text;
	const GArray *tokens;
};

static const struct token *token_at(const struct run *run, guint i)
{
	return &g_array_index(run->tokens, struct token, i);
}

static bool is_text(const struct run *run, guint i, const char *text)
{
	const struct token *t;

	if (i >= run->tokens->len)
		return false;
	t = token_at(run, i);
	return strlen(text) == t->len && strncmp(run->text + t->at, text, t->len) == 0;
}

static bool is_one_of(const struct run *run, guint i, const char *const *words, gsize n)
{
	for (gsize w = 0; w < n; w++)
		if (is_text(run, i, words[w]))
			return true;
	return false;
}

#define IS_ONE_OF(run, i, words) is_one_of(run, i, words, G_N_ELEMENTS(words))

static bool is_name(const struct run *run, guint i)
{
	return token_at(run, i)->kind == TOKEN_WORD && !IS_ONE_OF(run, i, storage_words) &&
	       !IS_ONE_OF(run, i, type_words) && !IS_ONE_OF(run, i, remaining_words) &&
	       !IS_ONE_OF(run, i, opaque_words);
}

static bool is_outer(const struct run *run, guint i)
{
	return token_at(run, i)->depth == 0;
}

/*
 * Looks at the tokens before index @end that are outside all brackets. Returns the index of the
 * first of these tokens that is equal to @text. Returns @end if none is equal to @text.
 */
static guint find_outer(const struct run *run, const char *text, guint end)
{
	for (guint i = 0; i < end; i++)
		if (is_outer(run, i) && is_text(run, i, text))
			return i;
	return end;
}

static void add_name(struct header_item *item, const struct run *run, guint i,
		     GStringChunk *strings)
{
	const struct token *t = token_at(run, i);

	g_ptr_array_add(item->names,
			g_string_chunk_insert_len(strings, run->text + t->at, (gssize)t->len));
}

/*
 * Looks at the tokens before index @end that are outside all brackets. Adds to @item->names each
 * word that comes after a type and directly before an opening parenthesis. Returns false if no word
 * was added, or if the declared name may be in parentheses.
 */
static bool collect_functions(struct header_item *item, const struct run *run, guint end,
			      GStringChunk *strings)
{
	bool has_type = false;

	for (guint i = 0; i < end; i++) {
		if (!is_outer(run, i))
			continue;
		if (is_text(run, i, "("))
			/* the name is in parentheses: "int (*name)(...)", "int MACRO(name)(...)" */
			if (i == 0 || is_text(run, i - 1, ")"))
				return false;
		if (token_at(run, i)->kind != TOKEN_WORD || IS_ONE_OF(run, i, storage_words))
			continue;
		if (i + 1 < end && is_text(run, i + 1, "(")) {
			if (has_type && is_name(run, i))
				add_name(item, run, i, strings);
		} else {
			has_type = true;
		}
	}
	return item->names->len > 0;
}

/*
 * Looks at the tokens before index @end that are outside all brackets. Adds to @item->names all
 * words after the type: the names of variables, and also macros for attributes of the variables.
 */
static void collect_variables(struct header_item *item, const struct run *run, guint end,
			      GStringChunk *strings)
{
	guint first = 0;
	bool has_type = false;

	for (guint i = 0; i < end; i++) {
		if (!is_outer(run, i) || !IS_ONE_OF(run, i, type_words))
			continue;
		has_type = true;
		first = i + 1;
		if (is_text(run, i, "struct") || is_text(run, i, "union") ||
		    is_text(run, i, "enum"))
			first++;
	}
	for (guint i = first; i < end; i++) {
		if (!is_outer(run, i) || !is_name(run, i))
			continue;
		if (has_type)
			add_name(item, run, i, strings);
		has_type = true;
	}
}

static bool has_outer_opaque(const struct run *run, guint end)
{
	for (guint i = 0; i < end; i++) {
		const struct token *t = token_at(run, i);

		if (t->depth > 0)
			continue;
		if (t->kind == TOKEN_LITERAL || t->kind == TOKEN_NUMBER || is_text(run, i, "=") ||
		    is_text(run, i, "#") || IS_ONE_OF(run, i, opaque_words))
			return true;
	}
	return false;
}

bool header_is_function_head(const char *text, const GArray *tokens)
{
	const struct run run = { text, tokens };

	return find_outer(&run, "(", tokens->len) < tokens->len &&
	       find_outer(&run, "=", tokens->len) == tokens->len &&
	       find_outer(&run, "{", tokens->len) == tokens->len;
}

static bool is_tag_keyword(const struct run *run, guint i)
{
	return is_text(run, i, "struct") || is_text(run, i, "union") || is_text(run, i, "enum");
}

/* True for "struct s { ... };" and "typedef ...;". No fact refers to lines of these items. */
static bool is_type_only(const struct run *run, guint n)
{
	if (is_text(run, 0, "typedef"))
		return true;
	return is_tag_keyword(run, 0) && n > 2 && is_text(run, n - 1, ";") &&
	       is_text(run, n - 2, "}") && find_outer(run, "(", n) == n &&
	       find_outer(run, "=", n) == n;
}

void header_classify(struct header_item *item, const GArray *tokens, GStringChunk *strings)
{
	const struct run run = { item->text, tokens };
	guint n = tokens->len;
	guint brace = find_outer(&run, "{", n);

	item->kind = ITEM_OPAQUE;
	item->has_lines = !is_type_only(&run, n);
	if (has_outer_opaque(&run, brace))
		return;
	if (is_text(&run, n - 1, "}")) {
		if (brace == n || !collect_functions(item, &run, brace, strings))
			return;
		item->kind = ITEM_FUNCTION;
		item->body = item->text + token_at(&run, brace)->at;
	} else if (brace < n || !is_text(&run, n - 1, ";")) {
		return;
	} else if (find_outer(&run, "(", n) < n) {
		if (!collect_functions(item, &run, n - 1, strings))
			return;
		item->kind = ITEM_PROTOTYPE;
	} else if (n == 3 && is_tag_keyword(&run, 0) && is_name(&run, 1)) {
		add_name(item, &run, 1, strings);
		item->kind = ITEM_VARIABLE;
	} else if (is_text(&run, 0, "extern")) {
		collect_variables(item, &run, n - 1, strings);
		if (item->names->len)
			item->kind = ITEM_VARIABLE;
	}
}

static bool is_listed(const char *word, const char *const *words, gsize n)
{
	for (gsize i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

bool header_is_keyword(const char *word)
{
	return is_listed(word, storage_words, G_N_ELEMENTS(storage_words)) ||
	       is_listed(word, type_words, G_N_ELEMENTS(type_words)) ||
	       is_listed(word, remaining_words, G_N_ELEMENTS(remaining_words));
}
