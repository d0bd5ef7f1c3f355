// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the boot log of a kernel that was started with initcall_debug:
 *
 *	[    0.131516] calling  FN+0x0/0x30 @ 1
 *	[    0.131629] initcall FN+0x0/0x30 returned 0 after 0 usecs
 *
 * The lines may have the prefixes of dmesg, journalctl or a console. Other messages may stand
 * between the two lines of an initcall. Other tasks may run init functions of modules while an
 * initcall runs. A console may cut or lose lines. If the "calling" line of an initcall is missing,
 * the "returned" line counts as the call.
 */
#include "analyzer/image/image_internal.h"

#include <string.h>

#include "db/error.h"

struct log_reader {
	struct image_builder *builder;
	GHashTable *running; /* function name -> number of calls that have not returned yet */
	char *cut_name; /* beginning of a function's name in a cut "calling" line; NULL: none */
	unsigned int cut_line; /* line number of the cut "calling" line */
	unsigned int n_modules;
	unsigned int n_nameless; /* number of calls with an address instead of a function's name */
	bool head_seen;
	bool tail_seen;
};

/*
 * If the kernel's message in @line begins with @word, returns the text after @word. Otherwise
 * returns NULL. Skips "<6>", "[    0.131516]", "[    T1]" and "Nov 22 12:00:00 host kernel:" before
 * the message. Does not skip the name of a device: "pci 0000:00:00.0: calling  ..." is the message
 * of a PCI fixup, which is not an initcall.
 */
static const char *message_after(const char *line, const char *word)
{
	const char *found = strstr(line, word);
	const char *before = found;

	if (!found)
		return NULL;
	while (before > line && before[-1] == ' ')
		before--;
	if (before == line || before[-1] == ']' || before[-1] == '>')
		return found + strlen(word);
	if (before - line >= 7 && strncmp(before - 7, "kernel:", 7) == 0)
		return found + strlen(word);
	return NULL;
}

/*
 * @text should begin with "FN+0x0/0x30". Returns FN, and sets *@rest to the text after
 * "FN+0x0/0x30". Returns NULL if FN is not followed by "+", for example in a cut line. Free with
 * g_free().
 */
static char *read_name(const char *text, const char **rest)
{
	size_t length = strcspn(text, " +");

	if (length == 0 || text[length] != '+')
		return NULL;
	*rest = text + length + strcspn(text + length, " ");
	return g_strndup(text, length);
}

/* True if @name is an address: "0xffff...", "ffffffc008..." or "(____ptrval____)". */
static bool is_address(const char *name)
{
	size_t digits = strspn(name, "0123456789abcdef");

	return g_str_has_prefix(name, "0x") || *name == '(' ||
	       (digits >= 8 && (!name[digits] || name[digits] == ' '));
}

/*
 * Adds the initcall @name, which is in line number @at of the log. With link-time optimisation,
 * @name is the name of a stub (__initstub__kmod_...) that calls the initcall. The name of a stub
 * contains the level, the module and the source line. So add_call() ignores @level if @name is the
 * name of a stub.
 */
static void add_call(struct log_reader *reader, const char *name, enum initcall_level level,
		     unsigned int at)
{
	struct image_initcall call;

	if (image_parse_symbol(name, LEVEL_NONE, &call))
		image_add(reader->builder, call.level, call.function, call.modname, call.line, at);
	else
		image_add(reader->builder, level, g_strndup(name, strcspn(name, ".")), NULL, 0, at);
}

static void count_running(struct log_reader *reader, const char *name, int change)
{
	int n = GPOINTER_TO_INT(g_hash_table_lookup(reader->running, name)) + change;

	if (n > 0)
		g_hash_table_insert(reader->running, g_strdup(name), GINT_TO_POINTER(n));
	else
		g_hash_table_remove(reader->running, name);
}

/*
 * Reads a line with "calling  ". @text is the text after "calling  ", for example
 * "FN+0x0/0x30 [mod] @ 1". @at is the line number.
 */
static void read_call(struct log_reader *reader, const char *text, unsigned int at)
{
	g_autofree char *name = NULL;
	const char *rest = NULL;
	bool console;

	name = read_name(text, &rest);
	if (!name && !strchr(text, ' ')) {
		g_free(reader->cut_name);
		reader->cut_name = g_strdup(text);
		reader->cut_line = at;
		return;
	}
	if (is_address(name ? name : text)) {
		reader->n_nameless++;
		return;
	}
	/* Ignore messages about suspend and resume: "calling  DEVICE+ @ ...". */
	if (!name || !g_str_has_prefix(text + strlen(name), "+0x"))
		return;
	if (g_str_has_prefix(rest, " [")) {
		reader->n_modules++;
		return;
	}
	/* Console initcalls run in task 0. All other initcalls run in task 1. */
	console = g_str_has_suffix(rest, " @ 0");
	reader->head_seen |= console;
	add_call(reader, name, console ? LEVEL_CON : LEVEL_NONE, at);
	count_running(reader, name, 1);
}

/*
 * Reads a line with "initcall ". @text is the text after "initcall ", for example "FN blacklisted"
 * or "FN+0x0/0x30 returned 0 after 0 usecs". @at is the line number.
 */
static void read_return(struct log_reader *reader, const char *text, unsigned int at)
{
	g_autofree char *name = NULL;
	const char *rest = NULL;

	if (g_str_has_suffix(text, " blacklisted")) {
		name = g_strndup(text, strcspn(text, " +"));
		add_call(reader, name, LEVEL_NONE, at);
		return;
	}
	name = read_name(text, &rest);
	/*
	 * Ignore the init functions of modules: "FN [mod] returned ...". Ignore the warning "FN
	 * returned with ...": the kernel prints this warning after "FN returned 0 after ...".
	 */
	if (!name || is_address(name) || !g_str_has_prefix(rest, " returned ") ||
	    !strchr("-0123456789", rest[strlen(" returned ")]))
		return;
	if (g_hash_table_contains(reader->running, name)) {
		count_running(reader, name, -1);
		return;
	}
	if (reader->cut_name && g_str_has_prefix(name, reader->cut_name))
		at = reader->cut_line;
	add_call(reader, name, LEVEL_NONE, at);
	g_clear_pointer(&reader->cut_name, g_free);
}

/*
 * True if @line is a message that the kernel prints after the last initcall. Each kernel prints at
 * least one of the messages in @tails.
 */
static bool is_tail(const char *line)
{
	static const char *const tails[] = {
		"Freeing unused kernel",   "Run /",
		"Waiting for root device", "VFS: Cannot open root device",
		"VFS: Mounted root",	   "Warning: unable to open an initial console",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(tails); i++)
		if (message_after(line, tails[i]))
			return true;
	return false;
}

static void read_line(struct log_reader *reader, const char *line, unsigned int at)
{
	const char *text;

	if ((text = message_after(line, "calling  ")))
		read_call(reader, text, at);
	else if ((text = message_after(line, "initcall ")))
		read_return(reader, text, at);
	else if (message_after(line, "Linux version "))
		reader->head_seen = true;
	else if (reader->builder->initcalls->len > 0 && is_tail(line))
		reader->tail_seen = true;
}

/* Console initcalls run before all other initcalls, but struct image lists them last. */
static void move_console_last(GArray *initcalls)
{
	GArray *console = g_array_new(FALSE, FALSE, sizeof(struct image_initcall));
	unsigned int kept = 0;

	for (unsigned int i = 0; i < initcalls->len; i++) {
		struct image_initcall *call = &g_array_index(initcalls, struct image_initcall, i);

		if (call->level == LEVEL_CON)
			g_array_append_val(console, *call);
		else
			g_array_index(initcalls, struct image_initcall, kept++) = *call;
	}
	for (unsigned int i = 0; i < console->len; i++)
		g_array_index(initcalls, struct image_initcall, kept++) =
			g_array_index(console, struct image_initcall, i);
	g_array_unref(console);
}

static bool check_found(const struct log_reader *reader, const char *path, GError **error)
{
	if (reader->builder->initcalls->len > 0)
		return true;
	if (reader->n_nameless > 0)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: the boot log names initcalls by address only; the kernel needs "
			    "CONFIG_KALLSYMS",
			    path);
	else
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: no initcall in it; expected System.map, vmlinux, a boot log of a "
			    "kernel started with \"initcall_debug ignore_loglevel "
			    "log_buf_len=16M\", or a list of initcalls",
			    path);
	return false;
}

bool image_read_log(struct image_text *text, const char *path, struct image_builder *builder,
		    struct image *image, GError **error)
{
	struct log_reader reader = { .builder = builder };
	char *line;

	reader.running = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	while ((line = image_text_line(text))) {
		read_line(&reader, line, text->line);
		g_free(line);
	}
	g_hash_table_unref(reader.running);
	g_free(reader.cut_name);
	move_console_last(builder->initcalls);
	image->complete = reader.head_seen && reader.tail_seen;
	image->n_module_calls = reader.n_modules;
	return check_found(&reader, path, error);
}
