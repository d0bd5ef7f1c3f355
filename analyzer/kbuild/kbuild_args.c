// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reduces a compiler's command line to the options that affect clang's front end. The table below
 * lists the options to keep. The table leaves out options that affect only code generation or only
 * warnings, and options that clang does not accept. The command line may contain options that clang
 * does not accept, because initlint makes cc-option accept every option (kbuild_answers.c).
 */
#include "analyzer/kbuild/kbuild_internal.h"

#include "analyzer/base/arch.h"

/* Says which words an entry of wanted[] keeps. @text is a member of the entry. */
enum option_kind {
	KEEP,	     /* a word that equals @text */
	KEEP_PREFIX, /* a word that begins with @text */
	KEEP_NEXT,   /* like KEEP_PREFIX; if the word equals @text, also the next word */
};

static const struct {
	const char *text;
	enum option_kind kind;
} wanted[] = {
	{ "-I", KEEP_NEXT },
	{ "-iquote", KEEP_NEXT },
	{ "-isystem", KEEP_NEXT },
	{ "-idirafter", KEEP_NEXT },
	{ "-include", KEEP_NEXT },
	{ "-imacros", KEEP_NEXT },
	{ "-D", KEEP_NEXT },
	{ "-U", KEEP_NEXT },
	{ "-target", KEEP_NEXT },
	{ "--target=", KEEP_PREFIX },
	{ "-undef", KEEP },
	{ "-nostdinc", KEEP },
	{ "-nostdlibinc", KEEP },
	{ "-std=", KEEP_PREFIX },
	{ "-fsigned-char", KEEP },
	{ "-funsigned-char", KEEP },
	{ "-fno-signed-char", KEEP },
	{ "-fno-unsigned-char", KEEP },
	{ "-funsigned-bitfields", KEEP },
	{ "-fshort-wchar", KEEP },
	{ "-fno-short-wchar", KEEP },
	{ "-fshort-enums", KEEP },
	{ "-fno-short-enums", KEEP },
	{ "-fms-extensions", KEEP },
	{ "-fno-builtin", KEEP },
	{ "-ffreestanding", KEEP },
	{ "-fgnu89-inline", KEEP },
	{ "-fstrict-flex-arrays=", KEEP_PREFIX },
	/* These options decide whether macros such as __OPTIMIZE__ and __PIC__ are defined. */
	{ "-O", KEEP_PREFIX },
	{ "-fPIC", KEEP },
	{ "-fpic", KEEP },
	{ "-fPIE", KEEP },
	{ "-fpie", KEEP },
	{ "-fno-PIE", KEEP },
	{ "-fno-pie", KEEP },
	/* These options affect __has_feature(). -fsanitize=shadow-call-stack needs -ffixed-x18. */
	{ "-fsanitize=kernel-address", KEEP },
	{ "-fsanitize=kernel-hwaddress", KEEP },
	{ "-fsanitize=kernel-memory", KEEP },
	{ "-fsanitize=thread", KEEP },
	{ "-fsanitize=kcfi", KEEP },
	{ "-fsanitize=shadow-call-stack", KEEP },
	{ "-ffixed-x18", KEEP },
	/* These options choose ABI, byte order or instruction set, and thus predefined macros. */
	{ "-m16", KEEP },
	{ "-m32", KEEP },
	{ "-m31", KEEP },
	{ "-m64", KEEP },
	{ "-mabi=", KEEP_PREFIX },
	{ "-march=", KEEP_PREFIX },
	{ "-mcpu=", KEEP_PREFIX },
	{ "-mfpu=", KEEP_PREFIX },
	{ "-mfloat-abi=", KEEP_PREFIX },
	{ "-mthumb", KEEP },
	{ "-marm", KEEP },
	{ "-mlittle-endian", KEEP },
	{ "-mbig-endian", KEEP },
	{ "-mlittle", KEEP },
	{ "-mbig", KEEP },
	{ "-EL", KEEP },
	{ "-EB", KEEP },
	{ "-mgeneral-regs-only", KEEP },
	{ "-msoft-float", KEEP },
	{ "-mhard-float", KEEP },
	{ "-mno-80387", KEEP },
	{ "-mno-mmx", KEEP },
	{ "-mno-sse", KEEP },
	{ "-mno-sse2", KEEP },
	{ "-mno-avx", KEEP },
	{ "-msse", KEEP },
	{ "-msse2", KEEP },
	{ "-mavx", KEEP },
	{ "-mavx2", KEEP },
	{ "-mavx512f", KEEP },
	{ "-maltivec", KEEP },
	{ "-mno-altivec", KEEP },
	{ "-mvsx", KEEP },
	{ "-mno-vsx", KEEP },
};

/*
 * Reads the next word between *@at and @end into @out. Removes quotes and backslashes as a shell
 * does. Moves *@at to the end of the word. Returns false if there is no word.
 */
static bool next_arg(const char **at, const char *end, struct buf *out)
{
	const char *p = *at;
	char quote = '\0';

	out->len = 0;
	while (p < end && is_blank(*p))
		p++;
	if (p == end)
		return false;
	for (; p < end && (quote || !is_blank(*p)); p++) {
		if (quote ? *p == quote : *p == '\'' || *p == '"')
			quote = quote ? '\0' : *p;
		else if (*p == '\\' && quote != '\'' && p + 1 < end)
			buf_addc(out, *++p);
		else
			buf_addc(out, *p);
	}
	*at = p;
	buf_cstr(out);
	return true;
}

/*
 * Looks up @arg in wanted[]. Returns false if @arg must be dropped. Otherwise sets @kind to the
 * kind of the entry that matches @arg, and sets @has_next to true if the next word is the operand
 * of @arg.
 */
static bool find_option(const char *arg, enum option_kind *kind, bool *has_next)
{
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
		size_t n;

		if (arg[0] != '-' || arg[1] != wanted[i].text[1])
			continue;
		n = strlen(wanted[i].text);
		if (strncmp(arg, wanted[i].text, n) != 0)
			continue;
		if (wanted[i].kind == KEEP && arg[n])
			continue;
		/*
		 * The value after "=" is missing, because initlint does not execute the command
		 * that prints the value. Drop the option.
		 */
		if (wanted[i].kind == KEEP_PREFIX && !arg[n] && wanted[i].text[n - 1] == '=')
			return false;
		*kind = wanted[i].kind;
		*has_next = *kind == KEEP_NEXT && !arg[n];
		return true;
	}
	return false;
}

/*
 * True if clang rejects the option @arg on kbuild->srcarch. In a build with clang, cc-option drops
 * the option. Here, cc-option accepts every option.
 */
static bool is_refused(const struct kbuild *kbuild, const char *arg)
{
	return g_str_has_prefix(arg, "-mabi=") && strcmp(kbuild->srcarch, "arm64") == 0;
}

/*
 * One argument of the compiler. All compilations that have the argument @arg share one struct
 * interned. kbuild_source.flags_hash is a hash of the @hashed texts of all arguments of one
 * compilation.
 */
struct interned {
	const char *arg;
	/* @arg with "$K" for the path of the tree, and "$O" for the path of the build directory */
	const char *hashed;
};

static const struct interned *intern(struct kbuild *kbuild, const char *arg)
{
	struct interned *interned = g_hash_table_lookup(kbuild->interned_args, arg);
	g_autoptr(GString) text = NULL;

	if (interned)
		return interned;
	interned = arena_new0(kbuild->arena, struct interned);
	interned->arg = interned->hashed = arena_strdup(kbuild->arena, arg);
	if (strstr(arg, kbuild->tree) || strstr(arg, kbuild->build)) {
		bool inside = g_str_has_prefix(kbuild->build, kbuild->tree);

		text = g_string_new(arg);
		g_string_replace(text, inside ? kbuild->build : kbuild->tree, inside ? "$O" : "$K",
				 0);
		g_string_replace(text, inside ? kbuild->tree : kbuild->build, inside ? "$K" : "$O",
				 0);
		interned->hashed = arena_strndup(kbuild->arena, text->str, text->len);
	}
	g_hash_table_insert(kbuild->interned_args, (char *)interned->arg, interned);
	return interned;
}

/*
 * Returns "/a/c" for "/a/b/../c". If initlint analyses a patch, the kernel tree contains symbolic
 * links. If "/a/b" is a symbolic link, the system does not resolve "/a/b/.." to "/a". So this
 * function removes the "..".
 *
 * A ".." at the start of @path stays, because the first directory may be missing from @path: for
 * "-Ia/../b", intern_path() passes only "/../b". Free with g_free().
 */
static char *fold_dots(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);
	g_autoptr(GPtrArray) kept = g_ptr_array_new();

	for (char **part = parts; *part; part++) {
		const char *last = kept->len ? kept->pdata[kept->len - 1] : "";

		if (strcmp(*part, ".") == 0 || (!**part && kept->len))
			continue;
		if (strcmp(*part, "..") == 0 && *last && strcmp(last, "..") != 0)
			g_ptr_array_set_size(kept, (gint)kept->len - 1);
		else
			g_ptr_array_add(kept, *part);
	}
	/* @kept has one empty part, for "/". g_strjoinv() needs two empty parts to make "/". */
	if (kept->len == 1)
		g_ptr_array_add(kept, (gpointer) "");
	g_ptr_array_add(kept, NULL);
	return g_strjoinv("/", (char **)kept->pdata);
}

/* @arg is "-I/a/b" or only a path. Applies fold_dots() to the path and interns the result. */
static const struct interned *intern_path(struct kbuild *kbuild, const char *arg)
{
	const char *path = strstr(arg, "/..") ? strchr(arg, '/') : NULL;
	g_autofree char *folded = path ? fold_dots(path) : NULL;
	g_autofree char *whole =
		folded ? g_strdup_printf("%.*s%s", (int)(path - arg), arg, folded) : NULL;

	return intern(kbuild, whole ? whole : arg);
}

struct collected {
	GPtrArray *args; /* struct interned */
	bool has_target;
	bool builtin_headers; /* an -isystem names the compiler's own include directory */
};

/* Adds the option @arg to @all. @next is the operand if it is a separate word; or NULL. */
static void add_option(struct kbuild *kbuild, const char *arg, const char *next,
		       struct collected *all)
{
	bool is_path = arg[1] == 'I' || arg[1] == 'i';

	g_ptr_array_add(all->args,
			(void *)(is_path ? intern_path(kbuild, arg) : intern(kbuild, arg)));
	if (next)
		g_ptr_array_add(all->args, (void *)(is_path ? intern_path(kbuild, next)
							    : intern(kbuild, next)));
}

static void collect(struct kbuild *kbuild, struct word flags, struct collected *all)
{
	const char *p = flags.text, *end = p + flags.len;
	struct buf arg = { 0 }, next = { 0 };
	bool pending = next_arg(&p, end, &arg);

	while (pending) {
		enum option_kind kind;
		bool has_next, keep = find_option(arg.data, &kind, &has_next);

		if (keep && has_next) {
			bool more = next_arg(&p, end, &next);

			if (!more || *next.data == '-') {
				/*
				 * The operand is missing, because initlint does not execute
				 * $(shell $(CC) -print-file-name=include).
				 */
				all->builtin_headers |= strcmp(arg.data, "-isystem") == 0;
				buf_clear(&arg);
				arg = next;
				next = (struct buf){ 0 };
				pending = more;
				continue;
			}
		}
		if (keep && !is_refused(kbuild, arg.data)) {
			all->has_target |= g_str_has_prefix(arg.data, "--target") ||
					   strcmp(arg.data, "-target") == 0;
			add_option(kbuild, arg.data, has_next ? next.data : NULL, all);
		}
		pending = next_arg(&p, end, &arg);
	}
	buf_clear(&arg);
	buf_clear(&next);
}

void kbuild_set_args(struct kbuild *kbuild, struct word flags, struct kbuild_source *source)
{
	struct collected all = { .args = g_ptr_array_new() };
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	const char *target = arch_target(kbuild->srcarch);
	const char **args;

	collect(kbuild, flags, &all);
	if (!all.has_target && target) {
		g_autofree char *arg = g_strconcat("--target=", target, NULL);

		g_ptr_array_insert(all.args, 0, (void *)intern(kbuild, arg));
	}
	args = arena_alloc(kbuild->arena, (all.args->len + 1) * sizeof(*args));
	for (unsigned int i = 0; i < all.args->len; i++) {
		const struct interned *arg = all.args->pdata[i];

		if (all.builtin_headers && strcmp(arg->arg, "-nostdinc") == 0)
			arg = intern(kbuild, "-nostdlibinc");
		args[i] = arg->arg;
		g_checksum_update(sum, (const unsigned char *)arg->hashed,
				  (ssize_t)strlen(arg->hashed) + 1);
	}
	source->args = args;
	source->flags_hash = arena_strdup(kbuild->arena, g_checksum_get_string(sum));
	g_ptr_array_unref(all.args);
}
