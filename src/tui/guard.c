#include "tui/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/compiler.h"
#include "base/log.h"

enum {
	RESTORE_MOST = 1024,
	WRITE_MS = 300, /* a terminal that takes nothing for so long is not there */
};

struct state {
	struct termios before;
	size_t len;
	char restore[RESTORE_MOST];
};

/*
 * In memory that both processes see. A new state is written beside the one that holds, so whoever
 * dies while it is written leaves one that is whole.
 */
struct page {
	volatile sig_atomic_t armed;
	volatile sig_atomic_t current;
	struct state states[2];
};

static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS };
static const int handed_on[] = { SIGTERM, SIGHUP, SIGUSR1, SIGUSR2 };

/* A handler is given nothing but the signal: this is all it can know of us. */
static struct {
	struct page *page; /* NULL: never armed, never split */
	int fd;
	bool handling; /* the crash handlers are in place */
	struct sigaction before[COUNT(crashes)];
	volatile sig_atomic_t program; /* in the parent: whom it waits for */
} the_guard = { .fd = -1 };

static struct page *page(void)
{
	void *mapped;

	if (!the_guard.page) {
		mapped = mmap(NULL, sizeof(struct page), PROT_READ | PROT_WRITE,
		              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (mapped == MAP_FAILED)
			BUG("no page for the guard: %s", strerror(errno));
		the_guard.page = mapped;
	}
	return the_guard.page;
}

static void write_all(int fd, const char *bytes, size_t len)
{
	struct pollfd out = { .fd = fd, .events = POLLOUT };
	ssize_t n;

	while (len) {
		n = write(fd, bytes, len);
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			if (poll(&out, 1, WRITE_MS) <= 0)
				return;
		} else if (n >= 0 || errno != EINTR) {
			return;
		}
	}
}

/* Async-signal-safe. In the background it would stop us, but for the blocked signal. */
static void put_back(int fd)
{
	struct page *p = the_guard.page;
	const struct state *state;
	sigset_t block, was;

	if (!p || !p->armed || fd < 0)
		return;
	p->armed = 0;
	state = &p->states[p->current];
	sigemptyset(&block);
	sigaddset(&block, SIGTTOU);
	sigprocmask(SIG_BLOCK, &block, &was);
	write_all(fd, state->restore, state->len);
	tcsetattr(fd, TCSANOW, &state->before);
	tcflush(fd, TCIFLUSH);
	sigprocmask(SIG_SETMASK, &was, NULL);
}

static void put_back_now(void)
{
	put_back(the_guard.fd);
}

/* What comes after is for whoever was there before us: a sanitizer's report, or death. */
static void on_crash(int signal_number, siginfo_t *info, void *unused UNUSED)
{
	put_back_now();
	for (size_t i = 0; i < COUNT(crashes); i++)
		if (crashes[i] == signal_number)
			sigaction(signal_number, &the_guard.before[i], NULL);
	if (info->si_code <= 0) /* it was sent, so running the same code again repeats nothing */
		raise(signal_number);
}

static void handle_crashes(void)
{
	struct sigaction action = { .sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK };

	if (the_guard.handling)
		return;
	the_guard.handling = true;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT(crashes); i++)
		sigaction(crashes[i], &action, &the_guard.before[i]);
	bug_before(put_back_now);
}

static void leave_crashes(void)
{
	if (!the_guard.handling)
		return;
	the_guard.handling = false;
	for (size_t i = 0; i < COUNT(crashes); i++)
		sigaction(crashes[i], &the_guard.before[i], NULL);
	bug_before(NULL);
}

void guard_arm(int fd, const struct termios *before, const char *restore)
{
	struct page *p = page();
	int other = !p->current;
	size_t len = strlen(restore);

	if (len > sizeof(p->states[other].restore))
		BUG("%zu bytes to restore a terminal", len);
	p->states[other].before = *before;
	p->states[other].len = len;
	memcpy(p->states[other].restore, restore, len);
	atomic_signal_fence(memory_order_seq_cst);
	p->current = other;
	p->armed = 1;
	the_guard.fd = fd;
	handle_crashes();
}

void guard_disarm(void)
{
	page()->armed = 0;
	the_guard.fd = -1;
	leave_crashes();
}

/* The kernel's own signals reach the whole group, so the program has them already. */
static void hand_on(int signal_number, siginfo_t *info, void *unused UNUSED)
{
	if (info->si_code <= 0 && info->si_pid != (pid_t)the_guard.program)
		kill((pid_t)the_guard.program, signal_number);
}

static void take_signals(void)
{
	struct sigaction action = { .sa_sigaction = hand_on, .sa_flags = SA_SIGINFO | SA_RESTART };

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT(handed_on); i++)
		sigaction(handed_on[i], &action, NULL);
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGTSTP, SIG_IGN); /* stops when the program has, and only then */
}

static _Noreturn void end_as(int status)
{
	const struct rlimit no_core = { 0, 0 };
	int signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	sigset_t all;

	if (!signal_number)
		_exit(WEXITSTATUS(status));
	setrlimit(RLIMIT_CORE, &no_core); /* the one core that tells something is the program's */
	signal(signal_number, SIG_DFL);
	sigemptyset(&all);
	sigaddset(&all, signal_number);
	sigprocmask(SIG_UNBLOCK, &all, NULL);
	raise(signal_number);
	_exit(128 + signal_number);
}

/* A name of its own, so that killing the program by name leaves it alone. */
static void take_name(void)
{
#ifdef __linux__
	prctl(PR_SET_NAME, "tty-guard", 0, 0, 0);
#endif
}

static _Noreturn void watch_over(pid_t program)
{
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK), status = 0;

	the_guard.program = program;
	take_name();
	take_signals();
	for (;;) {
		if (waitpid(program, &status, WUNTRACED) < 0) {
			if (errno == EINTR)
				continue;
			_exit(1);
		}
		if (!WIFSTOPPED(status))
			break;
		raise(SIGSTOP); /* so that the shell sees that we stopped */
		kill(program, SIGCONT);
	}
	put_back(fd);
	end_as(status);
}

void guard_split(void)
{
	pid_t parent = getpid(), program;

	page();
	program = fork();
	if (program > 0)
		watch_over(program);
	if (program < 0) {
		log_warn("guard: %s; going on without", strerror(errno));
		return;
	}
#ifdef __linux__
	/* And if the parent is killed, there is nobody left whom a shell would wait for. */
	prctl(PR_SET_PDEATHSIG, SIGHUP, 0, 0, 0);
#endif
	if (getppid() != parent)
		raise(SIGHUP);
}
