// SPDX-License-Identifier: GPL-2.0-only
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyzer/kconfig/kconfig_eval.h"
#include "analyzer/kconfig/kconfig_explain.h"
#include "analyzer/kconfig/kconfig_tools.h"
#include "analyzer/prepare/prepare.h"
#include "analyzer/prepare/prepare_internal.h"
#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/mini_tree.h"
#include "tests/support/temp_dir.h"

static char *scratch;
static char *tree;
static char *build;

static void put(const char *root, const char *name, const char *content)
{
	g_autofree char *path = g_build_filename(root, name, NULL);
	g_autofree char *directory = g_path_get_dirname(path);

	ck_assert_int_eq(g_mkdir_with_parents(directory, 0777), 0);
	ck_assert(g_file_set_contents(path, content, -1, NULL));
}

static void setup(void)
{
	scratch = temp_dir_new();
	tree = g_build_filename(scratch, "tree", NULL);
	build = g_build_filename(scratch, "build", NULL);
	ck_assert_int_eq(g_mkdir_with_parents(tree, 0777), 0);
	ck_assert_int_eq(g_mkdir_with_parents(build, 0777), 0);
}

static void teardown(void)
{
	g_clear_pointer(&scratch, temp_dir_free);
	g_clear_pointer(&tree, g_free);
	g_clear_pointer(&build, g_free);
}

#define HEAD                                                                              \
	"#\n# Automatically generated file; DO NOT EDIT.\n# Linux/arm64 6.12.117 Kernel " \
	"Configuration\n#\n"

static kconfig *config_of(const char *symbols)
{
	g_autofree char *content = g_strconcat(HEAD, symbols, NULL);
	g_autofree char *path = g_build_filename(scratch, "some.config", NULL);
	GError *error = NULL;
	kconfig *config;

	put(scratch, "some.config", content);
	config = kconfig_load(path, &error);
	ck_assert_msg(config != NULL, "%s", error ? error->message : "");
	return config;
}

static const char kconfig_files[] =
	"cc-option = $(success,$(CC) -Werror $(1) -c -x c /dev/null)\n"
	"cc-info := $(shell,scripts/cc-version.sh $(CC))\n"
	"cc-name := $(shell,set -- $(cc-info) && echo $1)\n"
	"config CC_IS_GCC\n\tdef_bool $(success,test \"$(cc-name)\" = GCC)\n\n"
	"config CC_HAS_SEG\n\tdef_bool CC_IS_GCC\n\tdepends on ARM64\n\n"
	"config PAHOLE_VERSION\n\tint\n\tdefault $(shell,scripts/pahole-version.sh $(PAHOLE))\n\n"
	"config ARM64\n\tdef_bool y\n\tselect OF if !ACPI_ONLY\n\n"
	"menu \"Bus\"\n\tdepends on HAS_BUS\n"
	"comment \"nobody's\"\n\tdepends on NEVER\n"
	"if PCI || \\\n   USB=\"y\"\n"
	"config FOO\n\tbool \"Foo\" # a prompt\n\tdepends on BAR && !BAZ\n"
	"\thelp\n\t  Text with\n\n\t  depends on NOTHING\n\n"
	"config FAST\n\ttristate \"Fast\" if EXPERT\n\tdepends on $(cc-option,-mfast)\n"
	"endif\nendmenu\n"
	"choice\n\tprompt \"One\"\nconfig ONE\n\tbool \"one\"\nconfig TWO\n\tbool \"two\"\n"
	"endchoice\n"
	"config OF\n\tbool\n\n"
	"config BTF\n\tbool \"BTF\"\n\tdepends on PAHOLE_VERSION >= 116\n\n"
	"config BTF_MODULES\n\tdef_bool y\n\tdepends on PAHOLE_VERSION >= 119\n\n"
	"source \"arch/$(SRCARCH)/Kconfig\"\nsource \"Kconfig\"\n"
	"config HAS_BUS\n\tbool\nconfig PCI\n\tbool\nconfig USB\n\ttristate\n"
	"config BAR\n\tbool\nconfig BAZ\n\ttristate\n"
	"menu \"Hidden\"\n\tvisible if EXPERT\n"
	"config HIDDEN\n\tbool\n\tprompt \"Hidden\" if BAZ\n"
	"config UNASKED\n\tdef_bool y\n"
	"endmenu\n"
	"config NAME\n\tstring \"Name\"\n\tdefault \"x\" if PCI\n"
	"tool-kind = $(shell,ld -v)\ntool-kind += more\n"
	"config KIND\n\tdef_bool $(tool-kind)\n";

static void put_kconfig_files(void)
{
	put(tree, "Kconfig", kconfig_files);
	put(tree, "arch/arm64/Kconfig", "config EARLY\n\tbool\n");
}

static kconfig_tree *load_tree(void)
{
	put_kconfig_files();
	return kconfig_tree_load_folder(tree, "arm64");
}

static const struct {
	const char *name, *symbols, *expected;
} reasons[] = {
	{ "FOO", "CONFIG_BAR=y\nCONFIG_HAS_BUS=y\nCONFIG_PCI=y\nCONFIG_BAZ=m\n",
	  "depends on BAR (=y) && !BAZ (=m) [Kconfig:27]" },
	{ "FOO", "CONFIG_BAR=y\n",
	  "depends on HAS_BUS (=n) [Kconfig:20]; depends on PCI (=n) || USB (=n)=\"y\" "
	  "[Kconfig:23]" },
	{ "NO_SUCH", "", "no Kconfig file of this tree and architecture has this symbol" },
	{ "ONE", "CONFIG_TWO=y\n",
	  "belongs to a choice [Kconfig:40] in which another symbol is y" },
	{ "EARLY", "", "has no prompt, so it cannot be chosen" },
	{ "OF", "",
	  "has no prompt, so it cannot be chosen; can be selected by ARM64 (=n) if !ACPI_ONLY "
	  "(=n)" },
	{ "BTF", "CONFIG_PAHOLE_VERSION=99\n",
	  "depends on PAHOLE_VERSION (=99) >= 116 [Kconfig:50]" },
	{ "FAST", "CONFIG_HAS_BUS=y\nCONFIG_USB=y\n",
	  "can be chosen only if EXPERT (=n) [Kconfig:34]" },
	{ "HIDDEN", "CONFIG_BAZ=m\n",
	  "can be chosen only if EXPERT (=n) [Kconfig:69]; can be chosen only if BAZ (=m) "
	  "[Kconfig:72]" },
	{ "NAME", "", "its Kconfig entry does not tell why" },
};

START_TEST(why_not_enabled)
{
	g_autoptr(kconfig_tree) symbols = load_tree();
	g_autoptr(kconfig) config = config_of(reasons[_i].symbols);
	g_autofree char *why = kconfig_why_not(symbols, config, reasons[_i].name, true);

	ck_assert_str_eq(why, reasons[_i].expected);
}
END_TEST

START_TEST(why_not_disabled)
{
	g_autoptr(kconfig_tree) symbols = load_tree();
	g_autoptr(kconfig) config = config_of(
		"CONFIG_ARM64=y\nCONFIG_OF=y\nCONFIG_BAZ=m\nCONFIG_UNASKED=y\nCONFIG_HIDDEN=y\n");
	g_autofree char *of = kconfig_why_not(symbols, config, "OF", false);
	g_autofree char *unasked = kconfig_why_not(symbols, config, "UNASKED", false);
	g_autofree char *hidden = kconfig_why_not(symbols, config, "HIDDEN", false);
	g_autofree char *arm64 = kconfig_why_not(symbols, config, "ARM64", false);

	ck_assert_str_eq(of, "is selected by ARM64 (=y) if !ACPI_ONLY (=n)");
	ck_assert_str_eq(arm64, "has no prompt, and its default sets it");
	/* The symbol has no prompt, so the invisible menu is not the reason. */
	ck_assert_str_eq(unasked, "has no prompt, and its default sets it");
	/* BAZ=m still lets the user choose n, so BAZ is not the reason. */
	ck_assert_str_eq(hidden, "can be chosen only if EXPERT (=n) [Kconfig:69]");
}
END_TEST

/* kconfig_asks_tools() looks at how Kconfig computes a symbol, not at its name. */
START_TEST(asks_tools)
{
	g_autoptr(kconfig_tools) tools = NULL;
	static const struct {
		const char *name;
		bool compiler, any;
	} expected[] = {
		{ "CC_IS_GCC", true, true },	   { "CC_HAS_SEG", true, true },
		{ "PAHOLE_VERSION", false, true }, { "BTF_MODULES", false, true },
		{ "KIND", false, true },	   { "BTF", false, false },
		{ "FAST", false, false }, /* has a prompt: the user decides */
		{ "FOO", false, false },	   { "NO_SUCH", false, false },
	};

	put_kconfig_files();
	tools = kconfig_tools_load(tree, "arm64");
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		ck_assert_msg(kconfig_asks_tools(tools, expected[i].name, false) ==
				      expected[i].compiler,
			      "%s", expected[i].name);
		ck_assert_msg(kconfig_asks_tools(tools, expected[i].name, true) == expected[i].any,
			      "%s", expected[i].name);
	}
}
END_TEST

static const struct {
	const char *expression;
	int low, high;
} expressions[] = {
	{ "Y", 2, 2 },
	{ "M", 1, 1 },
	{ "N", 0, 0 },
	{ "!M", 1, 1 },
	{ "!N && M", 1, 1 },
	{ "N || M && Y", 1, 1 },
	{ "(N || Y) && !(N && Y)", 2, 2 },
	{ "NUMBER > 9", 2, 2 },
	{ "NUMBER<=10 && NUMBER != 11", 2, 2 },
	{ "TEXT = \"a b\"", 2, 2 },
	{ "M=y", 0, 0 },
	{ "N = n", 2, 2 },
	{ "$(success,test \"(\" = x) && Y", 0, 2 },
	{ "64BIT", 2, 2 },
	/* Not an expression. */
	{ "", 0, 2 },
	{ "((Y", 0, 2 },
};

START_TEST(expression)
{
	g_autoptr(kconfig) config =
		config_of("CONFIG_Y=y\nCONFIG_M=m\nCONFIG_NUMBER=10\nCONFIG_TEXT=\"a b\"\n"
			  "CONFIG_64BIT=y\n");
	g_autoptr(kconfig_tree) symbols = NULL;
	struct kconfig_view view = { .config = config };
	struct kconfig_span span;

	put(tree, "Kconfig",
	    "config Y\n\tbool\nconfig M\n\ttristate\nconfig N\n\tbool\nconfig NUMBER\n\tint\n"
	    "config TEXT\n\tstring\nconfig 64BIT\n\tbool\n");
	symbols = kconfig_tree_load_folder(tree, "arm64");
	view.tree = symbols;
	span = kconfig_eval(&view, expressions[_i].expression);
	kconfig_view_reset(&view);
	ck_assert_msg(span.low == expressions[_i].low && span.high == expressions[_i].high,
		      "%s: %d to %d", expressions[_i].expression, span.low, span.high);
}
END_TEST

/* Changes by --enable go into the given file. Changes by olddefconfig with clang do not. */
START_TEST(merge)
{
	g_autoptr(kconfig) given =
		config_of("CONFIG_BTF=y\nCONFIG_A=y\nCONFIG_B=m\nCONFIG_S=\"x\"\n");
	g_autoptr(kconfig) base =
		config_of("CONFIG_A=y\nCONFIG_B=m\nCONFIG_S=\"x\"\nCONFIG_RELR=y\n");
	g_autoptr(kconfig) result =
		config_of("CONFIG_B=y\nCONFIG_S=\"x\"\nCONFIG_SELECTED=y\nCONFIG_EMPTY=\"\"\n"
			  "CONFIG_RELR=y\n");
	g_autofree char *merged = prepare_merge_configs("# head\n", given, base, result);

	ck_assert_str_eq(merged, "# head\nCONFIG_BTF=y\nCONFIG_B=y\nCONFIG_S=\"x\"\n"
				 "CONFIG_SELECTED=y\nCONFIG_EMPTY=\"\"\n");
}
END_TEST

static void expect_effective(const char *end)
{
	g_autofree char *path = prepare_effective_config(build);

	ck_assert_msg(g_str_has_suffix(path, end), "%s", path);
}

START_TEST(effective_config)
{
	struct prepare prepare = { .build = build };

	expect_effective("build/.config");
	put(build, ".config", HEAD "CONFIG_A=y\n");
	put(build, "include/generated/autoconf.h", "#define CONFIG_A 1\n");
	put(build, ".initlint/config", HEAD "CONFIG_B=y\n");
	expect_effective("build/.config"); /* not sealed yet, as if prepare was interrupted */
	ck_assert(prepare_seal_config(&prepare, NULL));
	expect_effective("build/.initlint/config");
	put(build, ".config", HEAD "CONFIG_A=m\n");
	expect_effective("build/.config");
	put(build, ".config", HEAD "CONFIG_A=y\n");
	expect_effective("build/.initlint/config");
	put(build, "include/generated/autoconf.h", "/* by make */\n");
	expect_effective("build/.config");
}
END_TEST

START_TEST(header)
{
	struct prepare_options options = { 0 };
	struct prepare prepare = { .options = &options, .tree = tree, .build = build };
	g_autoptr(kconfig) effective = config_of(
		"CONFIG_CC_IS_GCC=y\nCONFIG_BTF=y\nCONFIG_D=m\nCONFIG_S=\"y\"\nCONFIG_X=0x1f\n"
		"CONFIG_PAHOLE_VERSION=124\n");
	g_autoptr(kconfig) result =
		config_of("CONFIG_CC_HAS_SEG=y\nCONFIG_PAHOLE_VERSION=0\nCONFIG_E=y\n");
	g_autoptr(GHashTable) refused = g_hash_table_new(g_str_hash, g_str_equal);
	static const char given[] = "#define CONFIG_BTF 1\n#define CONFIG_D_MODULE 1\n"
				    "#define CONFIG_S \"y\"\n#define CONFIG_X 0x1f\n"
				    "#define CONFIG_PAHOLE_VERSION 124\n";
	static const char with_seg[] = "#define CONFIG_BTF 1\n#define CONFIG_D_MODULE 1\n"
				       "#define CONFIG_S \"y\"\n#define CONFIG_X 0x1f\n"
				       "#define CONFIG_PAHOLE_VERSION 124\n"
				       "#define CONFIG_CC_HAS_SEG 1\n";

	put_kconfig_files();
	for (int i = 0; i < 2; i++) {
		g_autofree char *text = NULL;

		if (i)
			g_hash_table_add(refused, (gpointer) "CONFIG_CC_HAS_SEG");
		text = prepare_header_text(&prepare, effective, result, refused);
		ck_assert_ptr_nonnull(strstr(text, "*/\n"));
		ck_assert_str_eq(strstr(text, "*/\n") + 3, i ? with_seg : given);
	}
}
END_TEST

/* Only the capability symbol that clang cannot read the sources with has clang's value. */
START_TEST(answers)
{
	struct prepare_options options = { 0 };
	struct prepare prepare = { .options = &options, .tree = tree, .build = build };
	g_autoptr(kconfig) effective =
		config_of("CONFIG_CC_IS_GCC=y\nCONFIG_CC_HAS_SEG=y\nCONFIG_CC_HAS_ASM=y\n");
	g_autoptr(kconfig) result = config_of("CONFIG_CC_HAS_SANE=y\n");
	struct kbuild_options walk = {
		.tree = tree, .build = build, .config = effective, .flags = true
	};
	struct prepare_report report = { .refused = g_ptr_array_new_with_free_func(g_free) };
	g_autoptr(GError) error = NULL;
	g_autoptr(kbuild) kbuild = NULL;

	mini_tree_fill(tree, mini_tree);
	put(tree, "Kconfig",
	    "cc-option = $(success,$(CC) -Werror $(1) -c -x c /dev/null)\n"
	    "cc-name := $(shell,$(CC) --version)\n"
	    "config CC_IS_GCC\n\tdef_bool $(success,test $(cc-name) = GCC)\n"
	    "config CC_HAS_SEG\n\tdef_bool $(cc-option,-mseg)\n"
	    "config CC_HAS_ASM\n\tdef_bool $(cc-option,-masm)\n"
	    "config CC_HAS_SANE\n\tdef_bool $(cc-option,-fsane)\n");
	put(tree, "init/main.c",
	    "#include GENERATED\n#ifdef CONFIG_CC_HAS_SEG\n#error no such thing here\n#endif\n");
	put(tree, "init/Makefile",
	    "obj-y := main.o\nccflags-y := -DGENERATED=\\\"include/generated/autoconf.h\\\" -I.\n");
	put(build, ".config", HEAD "CONFIG_CC_HAS_SANE=y\n");
	put(build, "include/generated/autoconf.h", "");
	put(build, ".initlint/config", "");
	kbuild = kbuild_walk(&walk, &error);
	ck_assert_msg(kbuild, "%s", error ? error->message : "");
	ck_assert(prepare_write_header(&prepare, kbuild, effective, &report, NULL));
	ck_assert_uint_eq(report.refused->len, 1);
	ck_assert_str_eq(report.refused->pdata[0], "CC_HAS_SEG: y in the file, read as n");
	g_ptr_array_unref(report.refused);
}
END_TEST

/* Returns "path<includer" for each missing file, sorted. "*" marks a source. Free with g_free(). */
static char *scan(const struct kbuild_object *objects, unsigned int n)
{
	g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(missing_file_free);
	g_autoptr(GList) lines = NULL;
	GString *text = g_string_new(NULL);

	prepare_scan_includes(tree, build, objects, n, missing);
	for (unsigned int i = 0; i < missing->len; i++) {
		const struct missing_file *file = g_ptr_array_index(missing, i);

		lines = g_list_insert_sorted(lines,
					     g_strdup_printf("%s%s<%s", file->is_source ? "*" : "",
							     file->path, file->includer),
					     (GCompareFunc)strcmp);
	}
	for (GList *line = lines; line; line = line->next) {
		g_string_append_printf(text, "%s%s", text->len ? " " : "", (char *)line->data);
		g_free(line->data);
	}
	return g_string_free(text, FALSE);
}

START_TEST(scan_includes)
{
	g_autofree char *tree_dir = g_build_filename(tree, "d", NULL);
	g_autofree char *include = g_build_filename(tree, "include", NULL);
	const char *const args[] = { "-I",  include,	"-I./include", "-I", tree_dir,
				     "-Id", "-include", "d/forced.h",  NULL };
	const struct kbuild_source sources[] = {
		{ .target = "d/a.o", .source = "d/a.c", .args = args },
		{ .target = "d/sub/b.o", .source = "d/sub/b.c", .args = args },
		{ .target = "d/made.o", .source = "$O/d/made.c", .args = args },
		{ .target = "d/asm.o", .source = "$O/d/asm.S", .language = SOURCE_ASM },
		{ .target = "d/guess.o" },
	};
	const struct kbuild_source module = { .target = "d/m.o", .source = "d/m.c", .args = args };
	const struct kbuild_object objects[] = {
		{ .fact = { .path = "d/a.o" }, .sources = sources, .n_sources = 5 },
		{ .fact = { .path = "d/m.o", .kind = OBJECT_MODULE },
		  .sources = &module,
		  .n_sources = 1 },
	};
	g_autofree char *first = NULL;
	g_autofree char *second = NULL;

	put(tree, "d/a.c", "#include <linux/x.h>\n#include \"flask.h\"\n#include MACRO\n");
	put(tree, "d/sub/b.c", " # include \"table\" \n#include <windows.h>");
	put(tree, "d/m.c", "#include \"of_module.h\"\n");
	put(tree, "include/linux/x.h", "#include <asm/other.h>\n#include <generated/gen.h>\n");
	first = scan(objects, 2);
	ck_assert_str_eq(first, "*d/guess.c<d *d/made.c<d d/asm/other.h<d d/flask.h<d d/forced.h<d "
				"d/forced.h<d/sub d/generated/gen.h<d d/sub/table<d/sub "
				"d/table<d/sub d/windows.h<d/sub include/generated/gen.h<d");
	/* A generated file may include more generated files. */
	put(build, "d/flask.h", "#include \"more.h\"\n");
	put(build, "d/forced.h", "");
	put(build, "include/generated/gen.h", "");
	put(tree, "d/sub/table", "");
	put(build, "d/made.c", "");
	second = scan(objects, 2);
	ck_assert_str_eq(second, "*d/guess.c<d d/asm/other.h<d d/more.h<d d/windows.h<d/sub");
}
END_TEST

static void expect_bad(const struct prepare_options *options, const char *part)
{
	struct prepare_report report = { 0 };
	GError *error = NULL;

	ck_assert(!prepare_tree(options, &report, &error));
	ck_assert_msg(strstr(error->message, part) != NULL, "'%s' lacks '%s'", error->message,
		      part);
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	g_clear_error(&error);
	prepare_report_clear(&report);
}

START_TEST(bad_input)
{
	struct prepare_options options = { .tree = tree, .build = build };
	g_autofree char *config = g_build_filename(scratch, "some.config", NULL);
	g_autofree char *blank = g_build_filename(scratch, "a b", NULL);

	expect_bad(&options, "no kernel source tree");
	put(tree, "Makefile", "VERSION = 6\n");
	put(tree, "Kconfig", "");
	put(tree, "scripts/x", "");
	put(tree, "arch/arm64/Makefile", "");
	put(tree, "arch/x86/Makefile", "");
	options.arch = "vax";
	expect_bad(&options, "it has: arm64 x86");
	options.arch = "x86_64";
	kconfig_free(config_of("CONFIG_A=y\n"));
	options.config = config;
	options.build = tree;
	expect_bad(&options, "-o BUILD");
	options.build = blank;
	expect_bad(&options, "blanks");
	options.build = build;
	put(tree, ".config", "");
	expect_bad(&options, "make mrproper");
	ck_assert_int_eq(g_unlink(config), 0);
	options.arch = NULL;
	expect_bad(&options, "some.config");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("prepare");
	TCase *tcase = tcase_create("prepare");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, why_not_enabled, 0, G_N_ELEMENTS(reasons));
	tcase_add_test(tcase, why_not_disabled);
	tcase_add_test(tcase, asks_tools);
	tcase_add_loop_test(tcase, expression, 0, G_N_ELEMENTS(expressions));
	tcase_add_test(tcase, merge);
	tcase_add_test(tcase, effective_config);
	tcase_add_test(tcase, header);
	tcase_add_test(tcase, answers);
	tcase_add_test(tcase, scan_includes);
	tcase_add_test(tcase, bad_input);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
