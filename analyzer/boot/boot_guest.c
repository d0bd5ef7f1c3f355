// SPDX-License-Identifier: GPL-2.0-only
/* Compiles the init program, and writes the initramfs that contains the init program. */
#include "analyzer/boot/boot_internal.h"

#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "db/error.h"
#include "db/read_file.h"

#define DIRECTORY 0040755
#define DEVICE	  0020600
#define PROGRAM	  0100755

static char compiler[] = "clang-" INITLINT_LLVM_MAJOR;

extern const char initlint_guest_init[]; /* tools/guest/init.c */

static bool compile(const struct boot_machine *machine, const char *source, const char *program,
		    GError **error)
{
	g_autofree char *target = g_strconcat("--target=", machine->target, NULL);
	g_autofree char *output = NULL;
	g_autoptr(GError) cause = NULL;
	int status = 0;
	char *arguments[] = {
		compiler,
		target,
		"-O2",
		"-ffreestanding",
		"-fno-builtin",
		"-fno-stack-protector",
		"-static",
		"-nostdlib",
		"-fuse-ld=lld",
		"-o",
		(char *)program,
		(char *)source,
		NULL,
	};

	if (g_spawn_sync(NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &output,
			 &status, &cause) &&
	    g_spawn_check_wait_status(status, &cause))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
		    "the init program of the machine cannot be compiled: %s%s%s; expected the "
		    "packages clang-%s and lld-%s",
		    cause->message, output && *output ? ": " : "", output ? output : "",
		    INITLINT_LLVM_MAJOR, INITLINT_LLVM_MAJOR);
	return false;
}

static bool add_file(struct archive *archive, const char *name, unsigned int mode, const char *data,
		     gsize n)
{
	struct archive_entry *entry = archive_entry_new();
	bool ok;

	archive_entry_set_pathname(entry, name);
	archive_entry_set_mode(entry, (__LA_MODE_T)mode);
	archive_entry_set_size(entry, (la_int64_t)n);
	/* The device number of /dev/console is 5:1. Other files do not use this number. */
	archive_entry_set_rdevmajor(entry, 5);
	archive_entry_set_rdevminor(entry, 1);
	ok = archive_write_header(archive, entry) == ARCHIVE_OK &&
	     archive_write_data(archive, data, n) == (la_ssize_t)n;
	archive_entry_free(entry);
	return ok;
}

static bool write_initramfs(const char *program, const char *path, GError **error)
{
	struct archive *archive = archive_write_new();
	g_autofree char *data = NULL;
	gsize n;
	bool ok = read_file(program, &data, &n, NULL) &&
		  archive_write_set_format_cpio_newc(archive) == ARCHIVE_OK &&
		  archive_write_open_filename(archive, path) == ARCHIVE_OK &&
		  add_file(archive, "dev", DIRECTORY, "", 0) &&
		  add_file(archive, "dev/console", DEVICE, "", 0) &&
		  add_file(archive, "init", PROGRAM, data, n) &&
		  archive_write_close(archive) == ARCHIVE_OK;

	if (!ok)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s: the initramfs cannot be written: %s", path,
			    archive_error_string(archive) ? archive_error_string(archive)
							  : "the init program is missing");
	archive_write_free(archive);
	return ok;
}

bool boot_guest_build(const struct boot_machine *machine, const char *scratch, const char *path,
		      GError **error)
{
	g_autofree char *source = g_build_filename(scratch, "init.c", NULL);
	g_autofree char *program = g_build_filename(scratch, "init", NULL);
	g_autoptr(GError) cause = NULL;

	if (!g_file_set_contents(source, initlint_guest_init, -1, &cause)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: %s", source,
			    cause->message);
		return false;
	}
	return compile(machine, source, program, error) && write_initramfs(program, path, error);
}
