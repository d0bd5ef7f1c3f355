// SPDX-License-Identifier: GPL-2.0-only
/*
 * A library for LD_PRELOAD that lets one system call or one allocation of a program fail. tests/fault/run
 * uses it. It counts the calls that change files below a directory, in all processes of the program
 * together, and does something at call number n. Environment:
 *
 * FAULT_UNDER  the directory, without links
 * FAULT_COUNT  a file of sizeof(struct state) bytes, all 0: the count, and what is not on the disk yet
 * FAULT_AT     n, from 1; 0: only count
 * FAULT_HOW    fail    the call fails, with ENOSPC or EIO
 *              full    the call and all later ones that need space fail with ENOSPC
 *              kill    all processes of the group are killed before the call
 *              cut     as kill, but the power fails, too: the end of each file that was not synced is
 *                      lost
 *              undo    as cut, and each rename that was not synced is undone
 *              memory  allocation number n fails; only allocations are counted
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FILES 256

enum how { HOW_FAIL, HOW_FULL, HOW_KILL, HOW_CUT, HOW_UNDO, HOW_MEMORY };

/* A file whose content, or whose name, is not on the disk yet. An empty path: the entry is free. */
struct pending {
	char path[256];
	char was[256]; /* the name before the rename; empty: the content is not on the disk */
};

struct state {
	_Atomic uint64_t calls;
	_Atomic uint32_t lock;
	struct pending files[MAX_FILES];
};

static struct state *state;
static const char *under;
static uint64_t at;
static enum how how;
static __thread bool busy; /* the library itself makes calls */

static __attribute__((constructor)) void start(void)
{
	static const char *const names[] = { "fail", "full", "kill", "cut", "undo", "memory" };
	const char *count = getenv("FAULT_COUNT"), *name = getenv("FAULT_HOW");
	int fd = count ? open(count, O_RDWR | O_CLOEXEC) : -1;
	void *map;

	if (fd < 0)
		return;
	map = mmap(NULL, sizeof(struct state), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return;
	for (int i = 0; i < 6; i++)
		if (name && strcmp(name, names[i]) == 0)
			how = (enum how)i;
	at = getenv("FAULT_AT") ? strtoull(getenv("FAULT_AT"), NULL, 10) : 0;
	under = getenv("FAULT_UNDER");
	state = map;
}

static void lock(void)
{
	uint32_t free_lock = 0;

	while (!atomic_compare_exchange_weak(&state->lock, &free_lock, 1))
		free_lock = 0;
}

static void unlock(void)
{
	atomic_store(&state->lock, 0);
}

static bool is_under(const char *path)
{
	return state && under && path && strncmp(path, under, strlen(under)) == 0;
}

static bool path_of(int fd, char *path)
{
	char link[64];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, 255);
	path[n > 0 ? n : 0] = '\0';
	return is_under(path);
}

/* Writes @path, relative to the current directory, as an absolute path to @absolute. */
static bool absolute_path(const char *path, char *absolute)
{
	char here[PATH_MAX];
	size_t n;

	if (path[0] == '/')
		here[0] = '\0';
	else if (!getcwd(here, sizeof(here)))
		return false;
	n = strlen(here);
	if (n + strlen(path) + 2 > 256)
		return false;
	memcpy(absolute, here, n);
	absolute[n] = '/';
	strcpy(absolute + n + (n > 0), path);
	return is_under(absolute);
}

static struct pending *find(const char *path)
{
	struct pending *unused = NULL;

	for (int i = 0; i < MAX_FILES; i++) {
		if (!state->files[i].was[0] && strcmp(state->files[i].path, path) == 0)
			return &state->files[i];
		if (!state->files[i].path[0] && !unused)
			unused = &state->files[i];
	}
	if (unused)
		unused->was[0] = '\0';
	return unused;
}

static void lose_power(void)
{
	for (int i = 0; i < MAX_FILES; i++) {
		struct pending *p = &state->files[i];
		char saved[PATH_MAX];
		struct stat st;

		if (!p->path[0])
			continue;
		if (!p->was[0] && stat(p->path, &st) == 0 && truncate(p->path, st.st_size / 2) != 0)
			abort();
		if (!p->was[0] || how != HOW_UNDO)
			continue;
		snprintf(saved, sizeof(saved), "%s.fault-saved", p->path);
		rename(p->path, p->was);
		rename(saved, p->path);
	}
}

/* A call that changes a file below the directory begins. Returns false if the call must fail. */
static bool may_go_on(bool needs_space)
{
	uint64_t n;

	if (how == HOW_MEMORY)
		return true;
	n = atomic_fetch_add(&state->calls, 1) + 1;
	if (!at || n < at || (n > at && (how != HOW_FULL || !needs_space)))
		return true;
	if (how == HOW_FAIL || how == HOW_FULL) {
		errno = needs_space ? ENOSPC : EIO;
		return how == HOW_FULL && !needs_space;
	}
	lock();
	busy = true;
	if (how == HOW_CUT || how == HOW_UNDO)
		lose_power();
	kill(0, SIGKILL);
	return false;
}

/* The power may also fail right after the program has ended. So its end counts like a call. */
static __attribute__((destructor)) void end(void)
{
	if (state && getpid() == getpgrp())
		may_go_on(false);
}

static void note_written(int fd)
{
	char path[256];
	struct pending *p;

	if (!path_of(fd, path))
		return;
	lock();
	p = find(path);
	if (p)
		strcpy(p->path, path);
	unlock();
}

/* All of @path is on the disk. If @path is a directory, the names in it are, too. */
static void note_synced(const char *path)
{
	lock();
	for (int i = 0; i < MAX_FILES; i++) {
		struct pending *p = &state->files[i];
		const char *base = strrchr(p->path, '/');

		if (p->was[0] ? base && strncmp(p->path, path, (size_t)(base - p->path)) == 0
			      : strcmp(p->path, path) == 0)
			p->path[0] = '\0';
	}
	unlock();
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
/* Declares "real", the function of the C library. */
#define FIND_REAL(name)                \
	static __typeof__(&name) real; \
	if (!real)                     \
	real = REAL(name)

static bool may_write(int fd)
{
	char path[256];

	return busy || !path_of(fd, path) || may_go_on(true);
}

#define WRITER(type, name, parameters, arguments) \
	type name parameters                      \
	{                                         \
		type n;                           \
		FIND_REAL(name);                  \
		if (!may_write(fd))               \
			return -1;                \
		n = real arguments;               \
		if (n > 0 && state && !busy)      \
			note_written(fd);         \
		return n;                         \
	}

WRITER(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
WRITER(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t offset),
       (fd, data, size, offset))
WRITER(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t offset),
       (fd, data, size, offset))
WRITER(ssize_t, writev, (int fd, const struct iovec *data, int size), (fd, data, size))
WRITER(ssize_t, copy_file_range,
       (int from, off64_t *from_offset, int fd, off64_t *offset, size_t size, unsigned int flags),
       (from, from_offset, fd, offset, size, flags))

#define SYNCER(name)                            \
	int name(int fd)                        \
	{                                       \
		char path[256];                 \
		int result;                     \
		FIND_REAL(name);                \
		if (busy || !path_of(fd, path)) \
			return real(fd);        \
		if (!may_go_on(false))          \
			return -1;              \
		result = real(fd);              \
		if (result == 0)                \
			note_synced(path);      \
		return result;                  \
	}

SYNCER(fsync)
SYNCER(fdatasync)

int ftruncate(int fd, off_t size)
{
	FIND_REAL(ftruncate);
	return may_write(fd) ? real(fd, size) : -1;
}

int ftruncate64(int fd, off64_t size)
{
	FIND_REAL(ftruncate64);
	return may_write(fd) ? real(fd, size) : -1;
}

int rename(const char *from, const char *to)
{
	char was[256], path[256], saved[PATH_MAX];
	struct pending *p;
	int result;

	FIND_REAL(rename);
	if (busy || !state || !absolute_path(from, was) || !absolute_path(to, path))
		return real(from, to);
	if (!may_go_on(false))
		return -1;
	lock();
	snprintf(saved, sizeof(saved), "%s.fault-saved", path);
	unlink(saved);
	if (how == HOW_UNDO && link(path, saved) != 0 && errno != ENOENT)
		abort();
	result = real(from, to);
	for (int i = 0; result == 0 && i < MAX_FILES; i++)
		if (!state->files[i].was[0] && strcmp(state->files[i].path, was) == 0)
			strcpy(state->files[i].path, path);
	for (p = state->files; p < state->files + MAX_FILES && p->path[0]; p++)
		;
	if (result == 0 && p < state->files + MAX_FILES) {
		strcpy(p->was, was);
		strcpy(p->path, path);
	}
	unlock();
	return result;
}

static bool may_open(const char *path, int flags)
{
	char absolute[256];

	return busy || !state || !(flags & (O_CREAT | O_TRUNC)) || !absolute_path(path, absolute) ||
	       may_go_on(true);
}

/* Sets "mode" to the argument behind "flags". */
#define GET_MODE                             \
	mode_t mode = 0;                     \
	if (flags & O_CREAT) {               \
		va_list list;                \
		va_start(list, flags);       \
		mode = va_arg(list, mode_t); \
		va_end(list);                \
	}

int open(const char *path, int flags, ...)
{
	GET_MODE;
	FIND_REAL(open);
	return may_open(path, flags) ? real(path, flags, mode) : -1;
}

int open64(const char *path, int flags, ...)
{
	GET_MODE;
	FIND_REAL(open64);
	return may_open(path, flags) ? real(path, flags, mode) : -1;
}

int mkdir(const char *path, mode_t mode)
{
	FIND_REAL(mkdir);
	return may_open(path, O_CREAT) ? real(path, mode) : -1;
}

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static bool may_allocate(void)
{
	if (!state || how != HOW_MEMORY || atomic_fetch_add(&state->calls, 1) + 1 != at)
		return true;
	errno = ENOMEM;
	return false;
}

void *malloc(size_t size)
{
	return may_allocate() ? __libc_malloc(size) : NULL;
}

void *calloc(size_t n, size_t size)
{
	return may_allocate() ? __libc_calloc(n, size) : NULL;
}

void *realloc(void *old, size_t size)
{
	return may_allocate() ? __libc_realloc(old, size) : NULL;
}
