// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kconfig/kconfig.h"

#include <string.h>

#include "db/error.h"
#include "db/read_file.h"

struct entry {
	char *symbol;
	char *value;  /* the value without quotes and escapes */
	char *quoted; /* the value as the file spells it */
};

struct kconfig {
	char *path;
	char *arch;
	char *version;
	char *hash;
	GArray *entries;     /* struct entry, in the file's order */
	GHashTable *by_name; /* symbol -> value; the strings belong to @entries */
};

static void entry_clear(void *data)
{
	struct entry *entry = data;

	g_free(entry->symbol);
	g_free(entry->value);
	g_free(entry->quoted);
}

void kconfig_free(struct kconfig *config)
{
	if (!config)
		return;
	g_free(config->path);
	g_free(config->arch);
	g_free(config->version);
	g_free(config->hash);
	g_hash_table_unref(config->by_name);
	g_array_unref(config->entries);
	g_free(config);
}

static bool bad_line(const struct kconfig *config, unsigned int line, const char *what,
		     GError **error)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s:%u: %s", config->path, line,
		    what);
	return false;
}

/*
 * If @line is "# Linux/<arch> <version> Kernel Configuration", sets config->arch and
 * config->version. Ignores any other line.
 */
static void read_head(struct kconfig *config, const char *line)
{
	static const char prefix[] = "# Linux/";
	const char *arch = line + sizeof(prefix) - 1, *space;

	if (config->arch || strncmp(line, prefix, sizeof(prefix) - 1) != 0)
		return;
	space = strchr(arch, ' ');
	if (!space || space == arch || !g_str_has_suffix(space, " Kernel Configuration"))
		return;
	config->arch = g_strndup(arch, (size_t)(space - arch));
	config->version = g_strndup(space + 1, strcspn(space + 1, " "));
}

/*
 * @text begins with a quote. Returns the text between this quote and the closing quote, without
 * escapes. Returns NULL if the closing quote is missing, or if text follows the closing quote.
 * Free with g_free().
 */
static char *unquote(const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (text++; *text && *text != '"'; text++) {
		if (*text == '\\' && text[1])
			text++;
		g_string_append_c(out, *text);
	}
	return strcmp(text, "\"") == 0 ? g_strdup(out->str) : NULL;
}

static bool read_line(struct kconfig *config, const char *line, unsigned int number, GError **error)
{
	struct entry entry = { 0 };
	const char *equals;

	if (*line == '#') {
		read_head(config, line);
		return true;
	}
	if (!*line)
		return true;
	equals = strchr(line, '=');
	if (!equals || strncmp(line, "CONFIG_", 7) != 0 ||
	    strspn(line + 7, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") !=
		    (size_t)(equals - line - 7))
		return bad_line(config, number,
				"neither a comment nor CONFIG_NAME=value; the file is damaged or "
				"not a .config",
				error);
	entry.quoted = g_strdup(equals + 1);
	entry.value = *entry.quoted == '"' ? unquote(entry.quoted) : g_strdup(entry.quoted);
	if (!entry.value || !*entry.quoted) {
		g_free(entry.quoted);
		g_free(entry.value);
		return bad_line(config, number, "the value is cut off; the file is truncated",
				error);
	}
	/* "CONFIG_X=n" means the same as "# CONFIG_X is not set". */
	if (strcmp(entry.value, "n") == 0 && *entry.quoted != '"') {
		entry_clear(&entry);
		return true;
	}
	entry.symbol = g_strndup(line, (size_t)(equals - line));
	g_hash_table_replace(config->by_name, entry.symbol, entry.value);
	g_array_append_val(config->entries, entry);
	return true;
}

static bool read_lines(struct kconfig *config, char *text, size_t size, GError **error)
{
	unsigned int number = 0;
	char *next;

	if (strlen(text) != size)
		return bad_line(config, 1, "contains NUL bytes, so it is not a .config", error);
	for (char *line = text; *line; line = next) {
		char *end = strchr(line, '\n');

		number++;
		if (!end)
			return bad_line(config, number,
					"the last line has no newline; the file is truncated",
					error);
		next = end + 1;
		if (end > line && end[-1] == '\r')
			end--;
		*end = '\0';
		if (!read_line(config, line, number, error))
			return false;
	}
	if (!config->arch)
		return bad_line(config, 1,
				"the line \"# Linux/<arch> <version> Kernel Configuration\" is "
				"missing; give a .config that Kconfig wrote",
				error);
	return true;
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *hash_entries(const struct kconfig *config)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

	for (unsigned int i = 0; i < config->entries->len; i++) {
		const struct entry *entry = &g_array_index(config->entries, struct entry, i);

		g_ptr_array_add(lines, g_strdup_printf("%s=%s\n", entry->symbol, entry->quoted));
	}
	g_ptr_array_sort(lines, compare_lines);
	for (unsigned int i = 0; i < lines->len; i++)
		g_checksum_update(sum, lines->pdata[i], -1);
	return g_strdup(g_checksum_get_string(sum));
}

struct kconfig *kconfig_load(const char *path, GError **error)
{
	g_autoptr(kconfig) config = g_new0(struct kconfig, 1);
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	size_t size;

	config->path = g_strdup(path);
	config->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
	g_array_set_clear_func(config->entries, entry_clear);
	config->by_name = g_hash_table_new(g_str_hash, g_str_equal);
	/* The user may name a pipe, as in --config <(zcat /proc/config.gz). */
	if (!read_argument(path, READ_FILE_MAX, &text, &size, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: cannot read the .config: %s", path, cause->message);
		return NULL;
	}
	if (!read_lines(config, text, size, error))
		return NULL;
	config->hash = hash_entries(config);
	return g_steal_pointer(&config);
}

const char *kconfig_path(const struct kconfig *config)
{
	return config->path;
}

const char *kconfig_arch(const struct kconfig *config)
{
	return config->arch;
}

const char *kconfig_version(const struct kconfig *config)
{
	return config->version;
}

const char *kconfig_get(const struct kconfig *config, const char *symbol)
{
	return g_hash_table_lookup(config->by_name, symbol);
}

const char *kconfig_hash(const struct kconfig *config)
{
	return config->hash;
}

void kconfig_foreach(const struct kconfig *config,
		     void (*each)(const char *symbol, const char *value, const char *quoted,
				  void *data),
		     void *data)
{
	for (unsigned int i = 0; i < config->entries->len; i++) {
		const struct entry *entry = &g_array_index(config->entries, struct entry, i);

		each(entry->symbol, entry->value, entry->quoted, data);
	}
}

bool kconfig_reverses_initcalls(const struct kconfig *config)
{
	return kconfig_get(config, "CONFIG_CC_IS_GCC") &&
	       !kconfig_get(config, "CONFIG_HAVE_ARCH_PREL32_RELOCATIONS");
}
