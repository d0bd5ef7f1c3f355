// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/read/worker_internal.h"

#include <clang-c/Index.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analyzer/base/confine.h"
#include "analyzer/base/tree.h"
#include "db/error.h"

/*
 * Stack of a worker in bytes. libclang and the visitor recurse on nested expressions. A large stack
 * is cheap, because the kernel allocates only the pages that are used.
 */
#define STACK_SIZE (512ul << 20)
/*
 * Bytes that a worker may allocate in addition to its stack and to what it inherits. The largest
 * units of Linux need less than half a GB. The text of a unit can make libclang ask for any amount.
 */
#define MAX_MEMORY (2ul << 30)
/* Seconds for one attempt to read a unit if extract_options.timeout_s is 0. */
#define DEFAULT_TIMEOUT_S 60

struct start {
	const struct worker_context *context;
	worker_function main;
	void *data;
	int fd;
	bool writes; /* the worker writes files of its own */
};

static void *run(void *data)
{
	struct start *start = data;

	start->main(start->context, start->data, start->fd);
	return NULL;
}

static void redirect_streams(void)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0)
		_exit(1);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	if (null > STDERR_FILENO)
		close(null);
}

/* Limits the memory of this process. If libclang gets no more memory, it aborts. */
static void limit_memory(void)
{
	unsigned long data = 0;
	FILE *file = fopen("/proc/self/statm", "r");
	struct rlimit limit;

	/* The sixth number is the size of data and stack, in pages. */
	if (!file)
		return;
	if (fscanf(file, "%*u %*u %*u %*u %*u %lu", &data) == 1) {
		limit.rlim_cur =
			data * (unsigned long)sysconf(_SC_PAGESIZE) + STACK_SIZE + MAX_MEMORY;
		limit.rlim_max = limit.rlim_cur;
		setrlimit(RLIMIT_DATA, &limit);
	}
	fclose(file);
}

/*
 * Lets this process read the tree, the build directory, a second tree that a shared header was built
 * from, and the headers of the compiler, which are below /usr or beside libclang.
 */
static void confine_worker(const struct start *start)
{
	const struct worker_context *context = start->context;
	g_autofree char *own = tree_path("", paths_build(context->paths), TREE_OWN_FILES);
	g_autofree char *libclang = NULL;
	g_autofree const char **directories = paths_directories(context->paths);
	g_autoptr(GPtrArray) reads = g_ptr_array_new();
	const char *writes[] = { start->writes ? own : NULL, NULL };
	Dl_info info;

	g_ptr_array_add(reads, (gpointer) "/usr");
	g_ptr_array_add(reads, (gpointer) "/lib");
	g_ptr_array_add(reads, (gpointer) "/proc/self");
	for (const char **directory = directories; *directory; directory++)
		g_ptr_array_add(reads, (gpointer)*directory);
	if (dladdr((void *)clang_createIndex, &info)) {
		libclang = g_path_get_dirname(info.dli_fname);
		g_ptr_array_add(reads, libclang);
	}
	if (context->options->origin)
		g_ptr_array_add(reads, (gpointer)context->options->origin);
	if (context->options->build_origin)
		g_ptr_array_add(reads, (gpointer)context->options->build_origin);
	g_ptr_array_add(reads, NULL);
	confine((const char *const *)reads->pdata, writes);
}

static void G_NORETURN child(struct start *start, pid_t parent, const int *close_fds)
{
	const struct rlimit no_core = { 0, 0 };
	pthread_attr_t attr;
	pthread_t thread;

	/* On SIGINT, the parent ends its workers. So the workers ignore SIGINT. */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	for (; *close_fds >= 0; close_fds++)
		close(*close_fds);
	redirect_streams();
	setrlimit(RLIMIT_CORE, &no_core);
	limit_memory();
	/* Before chdir(), because paths in the options may be relative. */
	confine_worker(start);
	if (chdir(paths_build(start->context->paths)) != 0)
		_exit(1);
	/* Make libclang parse on this thread. Threads of libclang have a stack of only 8 MB. */
	setenv("LIBCLANG_NOTHREADS", "1", 1);
	/* A crash must end this process, so that the parent notices the crash. */
	setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	if (pthread_create(&thread, &attr, run, start) != 0)
		_exit(1);
	pthread_join(thread, NULL);
	_exit(0);
}

pid_t worker_fork(const struct worker_context *context, worker_function main, void *data,
		  bool writes, const int *close_fds, int *fd)
{
	struct start start = { context, main, data, -1, writes };
	pid_t parent = getpid(), pid;
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		close(fds[0]);
		start.fd = fds[1];
		child(&start, parent, close_fds);
	}
	close(fds[1]);
	if (pid < 0) {
		close(fds[0]);
		return -1;
	}
	*fd = fds[0];
	return pid;
}

unsigned int worker_timeout_s(const struct worker_context *context)
{
	return context->options->timeout_s ? context->options->timeout_s : DEFAULT_TIMEOUT_S;
}

bool worker_is_cancelled(const struct worker_context *context, GError **error)
{
	if (!context->options->cancel || !*context->options->cancel)
		return false;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "interrupted");
	return true;
}

void worker_progress(const struct worker_context *context, unsigned int done, unsigned int total,
		     const char *what)
{
	if (context->options->progress)
		context->options->progress(context->options->progress_data, done, total, what);
}

int worker_reap(pid_t pid, struct extract_stats *stats)
{
	struct rusage usage = { 0 };
	int status = 0;

	while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR)
		;
	stats->cpu_us += (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
			 (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
	stats->peak_rss_kb = MAX(stats->peak_rss_kb, (uint64_t)usage.ru_maxrss);
	return status;
}

bool worker_cannot_start(GError **error)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
		    "a worker process cannot be started: %s", g_strerror(errno));
	return false;
}
