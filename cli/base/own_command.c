// SPDX-License-Identifier: GPL-2.0-only
#include "cli/base/own_command.h"

#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

/* As command_fail() has it: "initlint index: error: ..."; a warning is none. */
static char *find_error(const char *command, const char *said)
{
	g_autofree char *label = g_strdup_printf("initlint %s: error: ", command);
	const char *at = strstr(said, label);
	const char *end;

	if (!at)
		return NULL;
	at += strlen(label);
	end = strchr(at, '\n');
	return end ? g_strndup(at, (gsize)(end - at)) : g_strdup(at);
}

bool own_command_run(const char *const *words, bool on_terminal, struct own_command *result,
		     GError **error)
{
	bool shows = on_terminal && isatty(STDERR_FILENO);
	g_autofree char *self = g_file_read_link("/proc/self/exe", error);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_autoptr(GSubprocess) process = NULL;
	g_autoptr(GBytes) said = NULL;
	gsize len = 0;

	*result = (struct own_command){ .status = -1 };
	if (!self)
		return false;
	g_ptr_array_add(argv, self);
	for (; *words; words++)
		g_ptr_array_add(argv, (gpointer)*words);
	g_ptr_array_add(argv, NULL);
	process = g_subprocess_newv((const char *const *)argv->pdata,
				    G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
					    (shows ? G_SUBPROCESS_FLAGS_NONE
						   : G_SUBPROCESS_FLAGS_STDERR_PIPE),
				    error);
	if (!process || !g_subprocess_communicate(process, NULL, NULL, NULL, &said, error))
		return false;
	if (said)
		len = g_bytes_get_size(said);
	result->said = g_utf8_make_valid(len ? g_bytes_get_data(said, NULL) : "", (gssize)len);
	result->error = find_error(argv->pdata[1], result->said);
	if (g_subprocess_get_if_exited(process))
		result->status = g_subprocess_get_exit_status(process);
	return true;
}

void own_command_clear(struct own_command *result)
{
	g_clear_pointer(&result->said, g_free);
	g_clear_pointer(&result->error, g_free);
}
