// SPDX-License-Identifier: GPL-2.0-only
/* Runs the kernel's make. */
#include "analyzer/prepare/prepare_internal.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <gio/gio.h>

#include "db/error.h"

#define TAIL_LINES 15

/* make gets only these variables of initlint's environment. */
static const char *const kept_variables[] = {
	"PATH",
	"HOME",
	"USER",
	"LOGNAME",
	"TMPDIR",
	"TERM",
	"LD_LIBRARY_PATH",
	"PKG_CONFIG_PATH",
	"C_INCLUDE_PATH",
	"LIBRARY_PATH",
	"SSL_CERT_FILE",
	"SOURCE_DATE_EPOCH",
};

/* Runs in the child process before make is executed. If initlint dies, make gets SIGTERM. */
static void die_with_parent(void *data)
{
	(void)data;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static char **make_environment(void)
{
	char **environment = g_new0(char *, 1);

	for (size_t i = 0; i < G_N_ELEMENTS(kept_variables); i++) {
		const char *value = g_getenv(kept_variables[i]);

		if (value)
			environment = g_environ_setenv(environment, kept_variables[i], value, TRUE);
	}
	environment = g_environ_setenv(environment, "LC_ALL", "C", TRUE);
	/*
	 * Python must not write .pyc files to the tree. Generated files must not depend on the
	 * time, the user or the host.
	 */
	environment = g_environ_setenv(environment, "PYTHONDONTWRITEBYTECODE", "1", TRUE);
	environment = g_environ_setenv(environment, "KBUILD_BUILD_TIMESTAMP",
				       "Thu Jan 1 00:00:00 UTC 1970", TRUE);
	environment = g_environ_setenv(environment, "KBUILD_BUILD_USER", "initlint", TRUE);
	environment = g_environ_setenv(environment, "KBUILD_BUILD_HOST", "initlint", TRUE);
	return environment;
}

static GSubprocessLauncher *make_launcher(const struct prepare *prepare)
{
	GSubprocessLauncher *launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE |
								  G_SUBPROCESS_FLAGS_STDERR_MERGE);
	char **environment = make_environment();

	g_subprocess_launcher_set_environ(launcher, environment);
	g_subprocess_launcher_set_cwd(launcher, prepare->build);
	g_subprocess_launcher_set_child_setup(launcher, die_with_parent, NULL, NULL);
	g_strfreev(environment);
	return launcher;
}

/* Shows lines such as "  HOSTCC  scripts/kconfig/conf.o" as progress. */
static void show_progress(const struct prepare *prepare, const char *step, const char *line)
{
	g_autofree char *text = NULL;

	if (!prepare->options->progress || !g_str_has_prefix(line, "  ") ||
	    !g_ascii_isupper(line[2]))
		return;
	text = g_strdup_printf("%s: %s", step, line + 2);
	prepare->options->progress(prepare->options->progress_data, text);
}

/*
 * Runs the make command @argv and appends the lines of make's output to @lines. @makefile: path of
 * a makefile that make reads before all other makefiles; NULL: none. Each make that make starts
 * also reads @makefile first. Sets *@status to the exit status, or to -1 if a signal ended make.
 * Returns false with an error if make cannot be started.
 */
static bool run(const struct prepare *prepare, const char *step, const char *makefile,
		GPtrArray *argv, GPtrArray *lines, int *status, GError **error)
{
	g_autoptr(GSubprocessLauncher) launcher = make_launcher(prepare);
	g_autoptr(GSubprocess) process = NULL;
	g_autoptr(GDataInputStream) stream = NULL;
	GError *cause = NULL;
	char *line;

	if (makefile)
		g_subprocess_launcher_setenv(launcher, "MAKEFILES", makefile, TRUE);
	if (prepare->options->progress)
		prepare->options->progress(prepare->options->progress_data, step);
	g_ptr_array_add(argv, NULL);
	process = g_subprocess_launcher_spawnv(launcher, (const char *const *)argv->pdata, &cause);
	if (!process) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "make could not be started: %s", cause->message);
		g_error_free(cause);
		return false;
	}
	stream = g_data_input_stream_new(g_subprocess_get_stdout_pipe(process));
	while ((line = g_data_input_stream_read_line(stream, NULL, NULL, NULL))) {
		show_progress(prepare, step, line);
		g_ptr_array_add(lines, line);
	}
	g_subprocess_wait(process, NULL, NULL);
	*status = g_subprocess_get_if_exited(process) ? g_subprocess_get_exit_status(process) : -1;
	return true;
}

/*
 * Guesses from @lines of make's output which Debian package is missing. Returns NULL if @lines has
 * no hint.
 */
static const char *package_for(const GPtrArray *lines)
{
	static const struct {
		const char *text;
		const char *package;
	} causes[] = {
		{ "openssl/", "libssl-dev" },
		{ "gelf.h", "libelf-dev" },
		{ "libelf.h", "libelf-dev" },
		{ "-lelf", "libelf-dev" },
		{ "-lcrypto", "libssl-dev" },
		{ "flex: not found", "flex" },
		{ "bison: not found", "bison" },
		{ "bc: not found", "bc" },
		{ "python3: not found", "python3" },
		{ "perl: not found", "perl" },
		{ "rsync: not found", "rsync" },
		{ "cpio: not found", "cpio" },
		{ "xz: not found", "xz-utils" },
		{ "zlib.h", "zlib1g-dev" },
		{ "stdio.h' file not found", "libc6-dev" },
	};

	for (unsigned int i = 0; i < lines->len; i++)
		for (size_t k = 0; k < G_N_ELEMENTS(causes); k++)
			if (strstr(g_ptr_array_index(lines, i), causes[k].text))
				return causes[k].package;
	return NULL;
}

static void set_make_error(GError **error, const char *step, const GPtrArray *lines, int status)
{
	unsigned int first = lines->len > TAIL_LINES ? lines->len - TAIL_LINES : 0;
	g_autoptr(GString) tail = g_string_new(NULL);
	g_autoptr(GPtrArray) end = g_ptr_array_new();
	const char *package;

	for (unsigned int i = first; i < lines->len; i++) {
		g_string_append_printf(tail, "\n    %s", (char *)g_ptr_array_index(lines, i));
		g_ptr_array_add(end, g_ptr_array_index(lines, i));
	}
	package = package_for(end);
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
		    "%s: the kernel's make failed (exit status %d)%s%s%s%s", step, status,
		    package ? "; perhaps the package " : "", package ? package : "",
		    package ? " is not installed" : "", tail->str);
}

/*
 * Returns the arguments with which all make commands begin. Free with
 * g_ptr_array_unref().
 */
static GPtrArray *new_argv(const struct prepare *prepare)
{
	GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(argv, g_strdup("make"));
	g_ptr_array_add(argv, g_strdup("-C"));
	g_ptr_array_add(argv, g_strdup(prepare->tree));
	g_ptr_array_add(argv, g_strdup_printf("O=%s", prepare->build));
	g_ptr_array_add(argv, g_strdup_printf("-j%u", MAX(prepare->options->jobs, 1)));
	for (unsigned int i = 0; i < prepare->make_args->len; i++)
		g_ptr_array_add(argv, g_strdup(g_ptr_array_index(prepare->make_args, i)));
	return argv;
}

bool prepare_make(const struct prepare *prepare, const char *step, const char *const *targets,
		  GError **error)
{
	g_autoptr(GPtrArray) argv = new_argv(prepare);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	int status = 0;

	for (; *targets; targets++)
		g_ptr_array_add(argv, g_strdup(*targets));
	if (!run(prepare, step, NULL, argv, lines, &status, error))
		return false;
	if (status != 0)
		set_make_error(error, step, lines, status);
	return status == 0;
}

bool prepare_make_file(const struct prepare *prepare, const char *makefile, const char *target,
		       const GPtrArray *variables, GPtrArray *lines, GError **error)
{
	g_autoptr(GPtrArray) argv = new_argv(prepare);
	int status = 0;

	g_ptr_array_add(argv, g_strdup("-k"));
	for (unsigned int i = 0; variables && i < variables->len; i++)
		g_ptr_array_add(argv, g_strdup(g_ptr_array_index(variables, i)));
	g_ptr_array_add(argv, g_strdup(target));
	return run(prepare, "generated files", makefile, argv, lines, &status, error);
}
