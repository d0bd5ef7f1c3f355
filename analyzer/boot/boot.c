// SPDX-License-Identifier: GPL-2.0-only
/* Starts QEMU, waits until QEMU ends, and reads the results of the boot. */
#include "analyzer/boot/boot.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "analyzer/base/work_dir.h"
#include "analyzer/boot/boot_internal.h"
#include "db/error.h"
#include "db/read_file.h"

#define POLL_MICROSECONDS 20000

struct boot_kit {
	const struct boot_options *options;
	const struct boot_machine *machine;
	struct work_dir *scratch;
	char *initramfs;
	unsigned int n_files; /* number of names that boot_kit_path() has made */
};

struct boot {
	struct boot_kit *kit;
	char *log;
	char *shared;
	char *messages; /* path of the file with the output of QEMU */
	GPid pid;	/* process of QEMU; 0: QEMU does not run */
	int status;
	/*
	 * The time at which QEMU is killed, in microseconds. g_get_monotonic_time() returns times
	 * of this clock.
	 */
	gint64 deadline;
};

struct boot_kit *boot_kit_new(const struct boot_options *options, GError **error)
{
	g_autoptr(boot_kit) kit = g_new0(struct boot_kit, 1);
	g_autofree char *program = NULL;

	kit->options = options;
	kit->machine = boot_machine_find(options->arch);
	if (!kit->machine) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "kernels for %s cannot be booted; expected arm64 or x86",
			    options->arch);
		return NULL;
	}
	program = g_find_program_in_path(kit->machine->qemu);
	if (!program) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s is not installed; it is in the Debian package %s",
			    kit->machine->qemu,
			    strcmp(kit->machine->arch, "x86") == 0 ? "qemu-system-x86"
								   : "qemu-system-arm");
		return NULL;
	}
	kit->scratch = work_dir_new(NULL, error);
	if (!kit->scratch)
		return NULL;
	kit->initramfs = boot_kit_path(kit);
	if (!boot_guest_build(kit->machine, work_dir_path(kit->scratch), kit->initramfs, error))
		return NULL;
	return g_steal_pointer(&kit);
}

void boot_kit_free(struct boot_kit *kit)
{
	work_dir_free(kit->scratch);
	g_free(kit->initramfs);
	g_free(kit);
}

char *boot_kit_path(struct boot_kit *kit)
{
	g_autofree char *name = g_strdup_printf("%u", kit->n_files++);

	return g_build_filename(work_dir_path(kit->scratch), name, NULL);
}

static bool make_shared(const char *path, GError **error)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && ftruncate(fd, (off_t)SHARED_SIZE) == 0;

	if (!ok)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: cannot be made: %s",
			    path, g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

/*
 * Runs in the child process, before the child becomes QEMU. PR_SET_PDEATHSIG kills QEMU when
 * initlint ends. The child gets a process group of its own, so Ctrl-C on the terminal reaches only
 * initlint. @data is the path of the file for the output of QEMU.
 */
static void set_up_child(void *data)
{
	int fd = open(data, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpgid(0, 0);
	if (fd >= 0) {
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
	}
}

struct boot *boot_start(struct boot_kit *kit, const char *image, const char *append, GError **error)
{
	struct boot *boot = g_new0(struct boot, 1);
	g_autoptr(GError) cause = NULL;
	g_auto(GStrv) arguments = NULL;

	boot->kit = kit;
	boot->log = boot_kit_path(kit);
	boot->shared = boot_kit_path(kit);
	boot->messages = boot_kit_path(kit);
	boot->deadline = g_get_monotonic_time() + kit->options->timeout * G_TIME_SPAN_SECOND;
	arguments = boot_machine_arguments(
		kit->machine, kit->options,
		&(struct boot_files){ image, kit->initramfs, boot->log, boot->shared }, append);
	if (!make_shared(boot->shared, error)) {
		boot_end(boot);
		return NULL;
	}
	if (g_spawn_async(NULL, arguments, NULL,
			  G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
				  G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
			  set_up_child, boot->messages, &boot->pid, &cause))
		return boot;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s cannot be started: %s",
		    arguments[0], cause->message);
	boot_end(boot);
	return NULL;
}

static void kill_boot(struct boot *boot)
{
	if (!boot->pid)
		return;
	kill(boot->pid, SIGKILL);
	while (waitpid(boot->pid, &boot->status, 0) < 0 && errno == EINTR)
		;
	boot->pid = 0;
}

/*
 * Returns the text between the line @header and the next line that begins with "== ". Returns "" if
 * @text does not contain @header. Free with g_free().
 */
static char *section(const char *text, const char *header)
{
	const char *start = strstr(text, header), *end;

	if (!start)
		return g_strdup("");
	start += strlen(header);
	end = strstr(start, "\n== ");
	return end ? g_strndup(start, (gsize)(end + 1 - start)) : g_strdup(start);
}

static void read_shared(const char *path, struct boot_result *result)
{
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	g_autofree char *text = NULL;
	uint64_t n = 0;

	if (file && g_mapped_file_get_length(file) == SHARED_SIZE)
		memcpy(&n, g_mapped_file_get_contents(file), sizeof(n));
	/*
	 * The booted kernel can write any number to the shared memory, so limit n. All emulated
	 * machines are little-endian.
	 */
	n = MIN(GUINT64_FROM_LE(n), SHARED_SIZE - 8);
	text = n ? g_strndup(g_mapped_file_get_contents(file) + 8, n) : g_strdup("");
	result->paths = section(text, "== paths\n");
	result->trace = section(text, "== trace\n");
}

bool boot_wait(struct boot *boot, const volatile int *stop, struct boot_result *result,
	       GError **error)
{
	g_autofree char *messages = NULL;

	memset(result, 0, sizeof(*result));
	while (waitpid(boot->pid, &boot->status, WNOHANG) == 0) {
		result->timed_out = g_get_monotonic_time() > boot->deadline;
		if (result->timed_out || *stop) {
			kill_boot(boot);
			break;
		}
		g_usleep(POLL_MICROSECONDS);
	}
	boot->pid = 0;
	if (*stop) {
		g_set_error_literal(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "interrupted");
		return false;
	}
	if (!read_file(boot->log, &result->log, NULL, NULL))
		result->log = g_strdup("");
	read_shared(boot->shared, result);
	if (*result->log || result->timed_out)
		return true;
	read_file(boot->messages, &messages, NULL, NULL);
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "%s has ended without a line of the console: %s", boot->kit->machine->qemu,
		    messages && *messages ? g_strchomp(messages) : "no message");
	boot_result_clear(result);
	return false;
}

void boot_result_clear(struct boot_result *result)
{
	g_clear_pointer(&result->log, g_free);
	g_clear_pointer(&result->paths, g_free);
	g_clear_pointer(&result->trace, g_free);
}

void boot_end(struct boot *boot)
{
	if (!boot)
		return;
	kill_boot(boot);
	g_unlink(boot->log);
	g_unlink(boot->shared);
	g_unlink(boot->messages);
	g_free(boot->log);
	g_free(boot->shared);
	g_free(boot->messages);
	g_free(boot);
}
