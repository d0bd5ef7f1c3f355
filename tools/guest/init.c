// SPDX-License-Identifier: GPL-2.0-only
/*
 * The init program of the machines that "initlint prove" starts. initlint compiles this file for
 * the architecture of the kernel, without a C library. The program mounts the kernel's file
 * systems, lists the paths in /sys, /dev and /proc, and copies the trace of the boot. It writes the
 * result to a shared memory that the host reads after the machine has been switched off: the
 * console would be much slower.
 *
 * The shared memory is the memory of a PCI device "ivshmem". It contains
 *   8 bytes: the number of bytes of text
 *   text:    "== paths", one line for each path, "== trace", the trace
 * A line of a path is "/sys/devices/" (a directory), "/sys/class/x -> TARGET" (a link), "/dev/null"
 * (another file), or "/proc/misc: LINE" (a line of a file whose content is a list).
 */
#define NULL	    ((void *)0)
#define AT_FDCWD    (-100)
#define O_RDWR	    2
#define O_WRONLY    1
#define MAX_DEPTH   16
#define MAX_PATH    4096
#define SHARED_SIZE (64ul << 20) /* as analyzer/boot/boot_machine.c says */

#if defined(__x86_64__)
enum {
	NR_READ = 0,
	NR_WRITE = 1,
	NR_CLOSE = 3,
	NR_MMAP = 9,
	NR_MOUNT = 165,
	NR_REBOOT = 169,
	NR_GETDENTS = 217,
	NR_OPENAT = 257,
	NR_MKDIRAT = 258,
	NR_READLINKAT = 267,
};
static long call(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "0"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}
__asm__(".globl _start\n_start: xor %ebp, %ebp\nand $-16, %rsp\ncall start\n");
#elif defined(__aarch64__)
enum {
	NR_MKDIRAT = 34,
	NR_MOUNT = 40,
	NR_OPENAT = 56,
	NR_CLOSE = 57,
	NR_GETDENTS = 61,
	NR_READ = 63,
	NR_WRITE = 64,
	NR_READLINKAT = 78,
	NR_REBOOT = 142,
	NR_MMAP = 222,
};
static long call(long nr, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = nr;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc #0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory");
	return x0;
}
__asm__(".globl _start\n_start: mov x29, #0\nbl start\n");
#else
#error "expected x86_64 or arm64"
#endif

struct entry {
	unsigned long ino;
	long next;
	unsigned short size;
	unsigned char type;
	char name[];
};

enum { TYPE_DIRECTORY = 4, TYPE_LINK = 10 };

static char *shared;	       /* NULL: the machine has no shared memory */
static unsigned long used = 8; /* bytes of @shared that are in use */
static char content[65536];

/* The compiler calls these two. */
void *memcpy(void *to, const void *from, unsigned long n)
{
	char *t = to;
	const char *f = from;

	while (n--)
		*t++ = *f++;
	return to;
}

void *memset(void *to, int c, unsigned long n)
{
	char *t = to;

	while (n--)
		*t++ = (char)c;
	return to;
}

static unsigned long length(const char *s)
{
	unsigned long n = 0;

	while (s[n])
		n++;
	return n;
}

static int equal(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

static int starts(const char *s, const char *start)
{
	while (*start && *s == *start) {
		s++;
		start++;
	}
	return !*start;
}

static void put(const char *data, unsigned long n)
{
	if (!shared || n > SHARED_SIZE - used)
		return;
	memcpy(shared + used, data, n);
	used += n;
}

static void puts(const char *s)
{
	put(s, length(s));
}

static void say(const char *s)
{
	call(NR_WRITE, 1, (long)s, (long)length(s), 0, 0, 0);
}

static long open(const char *path, int flags)
{
	return call(NR_OPENAT, AT_FDCWD, (long)path, flags, 0, 0, 0);
}

/* Reads at most @size bytes of the file at @path. Returns the number of bytes, or -1. */
static long read_file(const char *path, char *data, unsigned long size)
{
	long fd = open(path, 0), n = 0, got = 1;

	if (fd < 0)
		return -1;
	while (got > 0 && (unsigned long)n < size) {
		got = call(NR_READ, fd, (long)(data + n), (long)(size - (unsigned long)n), 0, 0, 0);
		n += got > 0 ? got : 0;
	}
	call(NR_CLOSE, fd, 0, 0, 0, 0, 0);
	return n;
}

/* True if the content of the file at @path is a list of what the kernel has registered. */
static int is_list(const char *path)
{
	static const char *const lists[] = {
		"/proc/devices",       "/proc/misc",
		"/proc/filesystems",   "/proc/consoles",
		"/proc/cgroups",       "/proc/tty/drivers",
		"/proc/net/protocols", "/sys/kernel/debug/devices_deferred",
	};

	for (unsigned long i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (equal(path, lists[i]))
			return 1;
	return 0;
}

static void put_lines(const char *path)
{
	long n = read_file(path, content, sizeof(content));
	long begin = 0;

	for (long i = 0; i < n; i++) {
		if (content[i] != '\n')
			continue;
		puts(path);
		puts(": ");
		put(content + begin, (unsigned long)(i + 1 - begin));
		begin = i + 1;
	}
}

/*
 * True if @path is not listed: processes, tracing's own files, and the directory of slabs, which the
 * kernel merges depending on the time of their creation.
 */
static int is_skipped(const char *path)
{
	return (starts(path, "/proc/") && path[6] >= '0' && path[6] <= '9') ||
	       equal(path, "/proc/self") || starts(path, "/proc/thread-self") ||
	       equal(path, "/proc/kcore") || starts(path, "/sys/kernel/slab/") ||
	       starts(path, "/sys/kernel/debug/tracing") || starts(path, "/sys/kernel/tracing/");
}

static void put_link(const char *path)
{
	long n = call(NR_READLINKAT, AT_FDCWD, (long)path, (long)content, sizeof(content), 0, 0);

	puts(path);
	puts(" -> ");
	put(content, n > 0 ? (unsigned long)n : 0);
	puts("\n");
}

/* Lists the directory @path, whose length is @n, and everything in it. */
static void list(char *path, unsigned long n, int depth)
{
	static char buffers[MAX_DEPTH][8192];
	long fd = depth < MAX_DEPTH ? open(path, 0) : -1, got;

	if (fd < 0)
		return;
	while ((got = call(NR_GETDENTS, fd, (long)buffers[depth], 8192, 0, 0, 0)) > 0) {
		for (long at = 0; at < got;) {
			struct entry *entry = (struct entry *)(buffers[depth] + at);
			unsigned long size = length(entry->name) + 1;

			at += entry->size;
			if (equal(entry->name, ".") || equal(entry->name, "..") ||
			    n + size + 1 > MAX_PATH)
				continue;
			path[n] = '/';
			memcpy(path + n + 1, entry->name, size);
			if (is_skipped(path))
				continue;
			if (entry->type == TYPE_LINK) {
				put_link(path);
				continue;
			}
			puts(path);
			puts(entry->type == TYPE_DIRECTORY ? "/\n" : "\n");
			if (entry->type == TYPE_DIRECTORY)
				list(path, n + size, depth + 1);
			else if (is_list(path))
				put_lines(path);
		}
	}
	path[n] = 0;
	call(NR_CLOSE, fd, 0, 0, 0, 0, 0);
}

static void put_trace(void)
{
	static const char off[] = "/sys/kernel/tracing/tracing_on";
	long fd = open(off, O_WRONLY), n;

	if (fd >= 0) {
		call(NR_WRITE, fd, (long)"0", 1, 0, 0, 0);
		call(NR_CLOSE, fd, 0, 0, 0, 0, 0);
	}
	puts("== trace\n");
	fd = open("/sys/kernel/tracing/trace", 0);
	while (fd >= 0 && (n = call(NR_READ, fd, (long)content, sizeof(content), 0, 0, 0)) > 0)
		put(content, (unsigned long)n);
}

/* True if the file FOLDER/NAME contains the hexadecimal number @text. */
static int has_id(char *path, unsigned long n, const char *name, const char *text)
{
	char value[16];
	long got;

	memcpy(path + n, name, length(name) + 1);
	got = read_file(path, value, sizeof(value) - 1);
	value[got < 0 ? 0 : got] = 0;
	return starts(value, text);
}

/* Maps the memory of the PCI device in the folder @path, whose length is @n. */
static void map_device(char *path, unsigned long n)
{
	long fd, at;

	memcpy(path + n, "/enable", 8);
	fd = open(path, O_WRONLY);
	call(NR_WRITE, fd, (long)"1", 1, 0, 0, 0);
	call(NR_CLOSE, fd, 0, 0, 0, 0, 0);
	memcpy(path + n, "/resource2", 11);
	fd = open(path, O_RDWR);
	at = call(NR_MMAP, 0, (long)SHARED_SIZE, 3, 1, fd, 0);
	if (fd >= 0 && (at > 0 || at < -4096))
		shared = (char *)at;
}

static void find_shared(void)
{
	static char buffer[65536], path[MAX_PATH] = "/sys/bus/pci/devices/";
	const unsigned long start = 21;
	long fd = open("/sys/bus/pci/devices", 0);
	long n = call(NR_GETDENTS, fd, (long)buffer, sizeof(buffer), 0, 0, 0);

	for (long at = 0; fd >= 0 && at < n;) {
		struct entry *entry = (struct entry *)(buffer + at);
		unsigned long size = length(entry->name);

		at += entry->size;
		memcpy(path + start, entry->name, size);
		if (has_id(path, start + size, "/vendor", "0x1af4") &&
		    has_id(path, start + size, "/device", "0x1110"))
			map_device(path, start + size);
	}
}

static void mount(const char *type, const char *folder)
{
	call(NR_MKDIRAT, AT_FDCWD, (long)folder, 0755, 0, 0, 0);
	call(NR_MOUNT, (long)type, (long)folder, (long)type, 0, 0, 0);
}

__attribute__((used)) void start(void)
{
	static const char *const folders[] = { "/sys", "/dev", "/proc" };
	static char path[MAX_PATH + 1];

	mount("proc", "/proc");
	mount("sysfs", "/sys");
	mount("devtmpfs", "/dev");
	mount("debugfs", "/sys/kernel/debug");
	mount("securityfs", "/sys/kernel/security");
	mount("tracefs", "/sys/kernel/tracing");
	find_shared();
	say(shared ? "initlint: listing\n" : "initlint: no shared memory\n");
	puts("== paths\n");
	for (int i = 0; shared && i < 3; i++) {
		memcpy(path, folders[i], length(folders[i]) + 1);
		list(path, length(path), 0);
	}
	if (shared) {
		put_trace();
		*(unsigned long *)shared = used - 8;
	}
	say("initlint: done\n");
	call(NR_REBOOT, (long)0xfee1dead, 672274793, 0x4321fedc, 0, 0, 0); /* power off */
	for (;;)
		;
}
