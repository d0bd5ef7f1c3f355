// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib.h>

/*
 * The rights to files that Landlock handles, by the version that added them. The headers of Linux 6.1
 * have no names for the rights of version 3.
 */
#define FILE_RIGHTS_1 ((UINT64_C(1) << 13) - 1)
#define FILE_RIGHTS_2 (UINT64_C(1) << 13) /* moving a file to another directory */
#define FILE_RIGHTS_3 (UINT64_C(1) << 14) /* cutting a file */
#define READ_RIGHTS   (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

static int landlock_version(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static uint64_t all_rights(int version)
{
	return FILE_RIGHTS_1 | (version >= 2 ? FILE_RIGHTS_2 : 0) |
	       (version >= 3 ? FILE_RIGHTS_3 : 0);
}

static void allow(int ruleset, const char *const *paths, uint64_t rights)
{
	for (; *paths; paths++) {
		struct landlock_path_beneath_attr rule = {
			.allowed_access = rights,
			.parent_fd = open(*paths, O_PATH | O_CLOEXEC | O_DIRECTORY),
		};

		if (rule.parent_fd < 0)
			continue;
		syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
		close(rule.parent_fd);
	}
}

static void confine_files(const char *const *reads, const char *const *writes)
{
	int version = landlock_version();
	const struct landlock_ruleset_attr attr = { .handled_access_fs = all_rights(version) };
	int ruleset;

	if (version < 1)
		return;
	ruleset =
		(int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr.handled_access_fs), 0);
	if (ruleset < 0)
		return;
	allow(ruleset, reads, READ_RIGHTS);
	allow(ruleset, writes, all_rights(version) & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE);
	syscall(SYS_landlock_restrict_self, ruleset, 0);
	close(ruleset);
}

/* A forbidden call fails with EPERM. The process goes on, and the unit is at worst not read. */
static void confine_calls(void)
{
	static const int forbidden[] = {
		SCMP_SYS(execve),
		SCMP_SYS(execveat),
		SCMP_SYS(socket),
		SCMP_SYS(socketpair),
		SCMP_SYS(connect),
		SCMP_SYS(bind),
		SCMP_SYS(ptrace),
		SCMP_SYS(kill),
		SCMP_SYS(tkill),
		SCMP_SYS(process_vm_readv),
		SCMP_SYS(process_vm_writev),
		SCMP_SYS(mount),
		SCMP_SYS(umount2),
		SCMP_SYS(chroot),
		SCMP_SYS(setns),
		SCMP_SYS(unshare),
		SCMP_SYS(bpf),
		SCMP_SYS(io_uring_setup),
		SCMP_SYS(keyctl),
		SCMP_SYS(add_key),
		SCMP_SYS(request_key),
		SCMP_SYS(open_by_handle_at),
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	if (!filter)
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(forbidden); i++)
		seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), forbidden[i], 0);
	seccomp_load(filter);
	seccomp_release(filter);
}

void confine(const char *const *reads, const char *const *writes)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return;
	confine_files(reads, writes);
	confine_calls();
}

const char *confine_lacks(void)
{
	bool has_landlock = landlock_version() >= 1;
	bool has_seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;

	if (has_landlock && has_seccomp)
		return NULL;
	return has_seccomp ? "Landlock" : has_landlock ? "seccomp" : "Landlock and seccomp";
}
