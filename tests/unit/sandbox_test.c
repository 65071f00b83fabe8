#include "config.h"

#include "blender/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "test.h"

/*
 * This program is also the attacker: run as "sandbox_test ATTACK ARGUMENT" it does what a hostile
 * script would, and exits 0 only if that succeeded.
 */
enum {
	HELD = 42
}; /* what an attacker exits with when it was refused */

static bool open_to_read(const char *path)
{
	return open(path, O_RDONLY) >= 0;
}

static bool open_to_write(const char *path)
{
	return open(path, O_WRONLY | O_CREAT, 0600) >= 0;
}

/* Neither reading nor writing is asked for, and yet the file would be empty. */
static bool cut(const char *path)
{
	return open(path, O_ACCMODE | O_TRUNC) >= 0 || truncate(path, 0) == 0;
}

static bool remove_file(const char *path)
{
	return unlink(path) == 0;
}

static bool change_mode(const char *path)
{
	return chmod(path, 0777) == 0;
}

static bool connect_to_port(const char *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)atoi(port)),
		                  .sin_addr = { htonl(INADDR_LOOPBACK) } };

	return connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&at, sizeof(at)) == 0;
}

static bool connect_to_path(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	strncpy(at.sun_path, path, sizeof(at.sun_path) - 1);
	return connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&at, sizeof(at)) == 0;
}

static bool start_process(const char *unused)
{
	pid_t pid = fork();

	(void)unused;
	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static void *do_nothing(void *ctx)
{
	return ctx;
}

static bool start_thread(const char *unused)
{
	pthread_t thread;

	(void)unused;
	return pthread_create(&thread, NULL, do_nothing, NULL) == 0 &&
	       pthread_join(thread, NULL) == 0;
}

static bool signal_process(const char *pid)
{
	return kill(atoi(pid), SIGUSR1) == 0;
}

/* Whoever may signal nobody else may still end itself, as abort() does. */
static bool signal_itself(const char *unused)
{
	(void)unused;
	signal(SIGUSR1, SIG_IGN);
	return kill(getpid(), SIGUSR1) == 0 && raise(SIGUSR1) == 0;
}

static bool attach(const char *pid)
{
	return ptrace(PTRACE_ATTACH, atoi(pid), NULL, NULL) == 0;
}

static bool change_its_limits(const char *pid)
{
	struct rlimit limit;

	return prlimit(atoi(pid), RLIMIT_CORE, NULL, &limit) == 0;
}

static bool lift_own_limit(const char *unused)
{
	struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	(void)unused;
	return setrlimit(RLIMIT_FSIZE, &all) == 0;
}

static bool mount_something(const char *path)
{
	return mount("none", path, "tmpfs", 0, NULL) == 0 || unshare(CLONE_NEWUSER) == 0 ||
	       unshare(CLONE_NEWNS) == 0;
}

static bool make_fifo(const char *path)
{
	return mkfifo(path, 0600) == 0;
}

static bool make_huge_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	signal(SIGXFSZ, SIG_IGN);
	return ftruncate(fd, (off_t)5 << 30) == 0;
}

static bool know_secret(const char *name)
{
	return getenv(name) != NULL;
}

static const struct attack {
	const char *name;
	bool (*run)(const char *argument);
} attacks[] = {
	{ "attach", attach },
	{ "change its limits", change_its_limits },
	{ "change mode", change_mode },
	{ "connect to path", connect_to_path },
	{ "connect to port", connect_to_port },
	{ "cut", cut },
	{ "know secret", know_secret },
	{ "lift own limit", lift_own_limit },
	{ "make fifo", make_fifo },
	{ "make huge file", make_huge_file },
	{ "mount", mount_something },
	{ "open to read", open_to_read },
	{ "open to write", open_to_write },
	{ "remove file", remove_file },
	{ "signal itself", signal_itself },
	{ "signal process", signal_process },
	{ "start process", start_process },
	{ "start thread", start_thread },
};

static int attack(const char *name, const char *argument)
{
	for (size_t i = 0; i < COUNT(attacks); i++)
		if (strcmp(attacks[i].name, name) == 0)
			_exit(attacks[i].run(argument) ? 0 : HELD);
	_exit(99);
}

/* A desk, and beside it a house with things in it that are none of the attacker's business. */
struct scene {
	char root[sizeof("/tmp/ll3m-test-XXXXXX")];
	struct strbuf desk, cache, tmp, house, secret;
};

static void put_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "secret", 6), 6);
	close(fd);
}

static void lay(struct scene *s)
{
	*s = (struct scene){ .root = "/tmp/ll3m-test-XXXXXX" };
	assert_non_null(mkdtemp(s->root));
	strbuf_addf(&s->desk, "%s/desk", s->root);
	strbuf_addf(&s->tmp, "%s/desk/tmp", s->root);
	strbuf_addf(&s->cache, "%s/cache", s->root);
	strbuf_addf(&s->house, "%s/house", s->root);
	strbuf_addf(&s->secret, "%s/house/secret", s->root);
	assert_int_equal(mkdir(strbuf_str(&s->desk), 0700), 0);
	assert_int_equal(mkdir(strbuf_str(&s->tmp), 0700), 0);
	assert_int_equal(mkdir(strbuf_str(&s->cache), 0700), 0);
	assert_int_equal(mkdir(strbuf_str(&s->house), 0700), 0);
	put_file(strbuf_str(&s->secret));
}

static void clear(struct scene *s)
{
	struct strbuf command = { 0 };

	strbuf_addf(&command, "rm -rf %s", s->root);
	assert_int_equal(system(strbuf_str(&command)), 0);
	strbuf_release(&command);
	strbuf_release(&s->desk);
	strbuf_release(&s->tmp);
	strbuf_release(&s->cache);
	strbuf_release(&s->house);
	strbuf_release(&s->secret);
}

static void on_printed(void *ctx, const char *bytes, size_t len)
{
	(void)ctx;
	fwrite(bytes, 1, len, stderr);
}

static void on_ended(void *ctx, const struct child_end *end)
{
	*(int *)ctx = end->signal ? 128 + end->signal : end->code;
}

static int run(const struct sandbox_options *o, const char *const *argv)
{
	struct loop *loop = loop_new();
	struct child_options child = { 0 };
	int code = -1;
	struct child_events events = { .printed = on_printed, .ended = on_ended, .ctx = &code };
	struct sandbox *sandbox;
	struct child *c;
	struct error err;

	if (!sandbox_new(&sandbox, argv, o, &err))
		fail_msg("%s", err.text);
	sandbox_dress(sandbox, &child);
	if (!child_start(&c, loop, &child, &events, &err))
		fail_msg("%s", err.text);
	sandbox_free(sandbox);
	while (code < 0 && loop_turn(loop, -1))
		continue;
	child_free(c);
	loop_free(loop);
	return code;
}

static int attack_at(enum sandbox_level level, const struct scene *s, const char *name,
                     const char *argument)
{
	char self[4096] = { 0 }, folder[4096];
	const char *const argv[] = { self, name, argument, NULL };
	const char *const readable[] = { folder, NULL };
	struct sandbox_options o = { .level = level,
		                     .desk = strbuf_str(&s->desk),
		                     .cache = strbuf_str(&s->cache),
		                     .readable = readable };

	assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	strcpy(folder, self);
	*strrchr(folder, '/') = '\0';
	return run(&o, argv);
}

struct found {
	bool asked, works;
	struct error err;
};

static void on_probed(void *ctx, enum sandbox_level level, const struct error *err)
{
	struct found *found = ctx;

	(void)level;
	found->asked = true;
	found->works = !err;
	if (err)
		found->err = *err;
}

static bool works(enum sandbox_level level)
{
	struct loop *loop = loop_new();
	struct found found = { 0 };

	sandbox_probe(loop, level, on_probed, &found);
	assert_false(found.asked);
	while (loop_turn(loop, -1))
		continue;
	assert_true(found.asked);
	if (!found.works)
		print_message("without %s: %s\n", sandbox_names[level], found.err.text);
	loop_free(loop);
	return found.works;
}

/* Both guarded levels, if they work here; a test that nothing ran in is skipped. */
static void at_each_level(void (*check)(enum sandbox_level level, const struct scene *s))
{
	struct scene s;
	int ran = 0;

	for (enum sandbox_level l = SANDBOX_BWRAP; l < SANDBOX_OFF; l++) {
		if (!works(l))
			continue;
		lay(&s);
		check(l, &s);
		clear(&s);
		ran++;
	}
	if (!ran)
		skip();
}

static void check_house(enum sandbox_level level, const struct scene *s)
{
	struct strbuf new = { 0 };
	struct stat st;

	strbuf_addf(&new, "%s/new", strbuf_str(&s->house));
	assert_int_equal(attack_at(level, s, "open to read", strbuf_str(&s->secret)), HELD);
	assert_int_equal(attack_at(level, s, "open to read", "/etc/passwd"), HELD);
	assert_int_equal(attack_at(level, s, "open to write", strbuf_str(&s->secret)), HELD);
	assert_int_equal(attack_at(level, s, "open to write", strbuf_str(&new)), HELD);
	assert_int_equal(attack_at(level, s, "remove file", strbuf_str(&s->secret)), HELD);
	assert_int_equal(attack_at(level, s, "cut", strbuf_str(&s->secret)), HELD);
	attack_at(level, s, "change mode", strbuf_str(&s->secret)); /* may say that it did */
	assert_int_equal(stat(strbuf_str(&s->secret), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, 6);
	strbuf_release(&new);
}

TEST(what_is_outside_the_desk_can_be_neither_read_nor_changed)
{
	at_each_level(check_house);
}

static void check_desk(enum sandbox_level level, const struct scene *s)
{
	struct strbuf file = { 0 };

	strbuf_addf(&file, "%s/picture", strbuf_str(&s->desk));
	assert_int_equal(attack_at(level, s, "make fifo", strbuf_str(&file)), HELD);
	assert_int_equal(attack_at(level, s, "open to write", strbuf_str(&file)), 0);
	assert_int_equal(attack_at(level, s, "make huge file", strbuf_str(&file)), HELD);
	assert_int_equal(access(strbuf_str(&file), F_OK), 0);
	assert_int_equal(attack_at(level, s, "remove file", strbuf_str(&file)), 0);
	strbuf_reset(&file);
	strbuf_addf(&file, "%s/shader", strbuf_str(&s->cache));
	assert_int_equal(attack_at(level, s, "open to write", strbuf_str(&file)), 0);
	strbuf_release(&file);
}

TEST(the_desk_and_the_cache_take_files_but_no_fifos_and_no_giants)
{
	at_each_level(check_desk);
}

static void check_program(enum sandbox_level level, const struct scene *s)
{
	char self[4096] = { 0 };

	assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	assert_int_equal(attack_at(level, s, "open to read", self), 0);
	assert_int_equal(attack_at(level, s, "open to write", self), HELD);
	assert_int_equal(attack_at(level, s, "remove file", self), HELD);
}

TEST(its_own_program_can_be_read_and_not_changed)
{
	at_each_level(check_program);
}

static int listen_on(struct sockaddr *at, socklen_t size)
{
	int fd = socket(at->sa_family, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, at, size), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, at, &size), 0);
	return fd;
}

static void assert_nobody_came(int fd)
{
	struct pollfd caller = { .fd = fd, .events = POLLIN };

	assert_int_equal(poll(&caller, 1, 0), 0);
	close(fd);
}

static void check_network(enum sandbox_level level, const struct scene *s)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int port_fd, path_fd;
	char port[16];

	/* On the desk, where it can be reached: only the filter is in the way. */
	snprintf(un.sun_path, sizeof(un.sun_path), "%s/bus", strbuf_str(&s->desk));
	port_fd = listen_on((struct sockaddr *)&in, sizeof(in));
	path_fd = listen_on((struct sockaddr *)&un, sizeof(un));
	snprintf(port, sizeof(port), "%d", ntohs(in.sin_port));
	assert_int_equal(attack_at(level, s, "connect to port", port), HELD);
#ifdef HAVE_SECCOMP
	assert_int_equal(attack_at(level, s, "connect to path", un.sun_path), HELD);
	assert_nobody_came(path_fd);
#endif
	assert_nobody_came(port_fd);
	assert_int_equal(attack_at(SANDBOX_OFF, s, "connect to port", "1"), HELD);
}

TEST(no_socket_reaches_anybody)
{
	at_each_level(check_network);
}

static void check_processes(enum sandbox_level level, const struct scene *s)
{
	char us[16];

	snprintf(us, sizeof(us), "%d", getpid());
	signal(SIGUSR1, SIG_IGN);
	assert_int_equal(attack_at(level, s, "signal process", us), HELD);
	assert_int_equal(attack_at(level, s, "attach", us), HELD);
	assert_int_equal(attack_at(level, s, "change its limits", us), HELD);
	assert_int_equal(attack_at(level, s, "signal itself", ""), 0);
	assert_int_equal(attack_at(level, s, "start thread", ""), 0);
#ifdef HAVE_SECCOMP
	assert_int_equal(attack_at(level, s, "start process", ""), HELD);
#endif
}

TEST(it_can_start_threads_but_touch_no_other_process_nor_make_one)
{
	at_each_level(check_processes);
}

static void check_privileges(enum sandbox_level level, const struct scene *s)
{
	setenv("SECRET_KEY", "sk-1", 1);
	assert_int_equal(attack_at(level, s, "know secret", "SECRET_KEY"), HELD);
	assert_int_equal(attack_at(level, s, "lift own limit", ""), HELD);
	assert_int_equal(attack_at(level, s, "mount", strbuf_str(&s->desk)), HELD);
	unsetenv("SECRET_KEY");
}

TEST(it_has_no_key_and_no_privilege_to_lift_its_limits)
{
	at_each_level(check_privileges);
}

/* tail keeps all of an endless line in memory. */
static void check_memory(enum sandbox_level level, const struct scene *s)
{
	const char *const argv[] = { "/usr/bin/tail", "/dev/zero", NULL };
	struct sandbox_options o = { .level = level,
		                     .desk = strbuf_str(&s->desk),
		                     .memory_mb = 64 };

	assert_int_equal(run(&o, argv), 1);
}

TEST(memory_has_an_end)
{
	at_each_level(check_memory);
}

TEST(without_a_sandbox_the_attacks_work_so_the_tests_can_fail)
{
	struct scene s;

	lay(&s);
	assert_int_equal(attack_at(SANDBOX_OFF, &s, "open to read", strbuf_str(&s.secret)), 0);
	assert_int_equal(attack_at(SANDBOX_OFF, &s, "start process", ""), 0);
	assert_int_equal(attack_at(SANDBOX_OFF, &s, "remove file", strbuf_str(&s.secret)), 0);
	clear(&s);
}

TEST(every_level_has_a_name_and_a_sentence)
{
	for (enum sandbox_level l = SANDBOX_AUTO; l < SANDBOX_LEVELS; l++) {
		assert_non_null(sandbox_names[l]);
		assert_true(strlen(sandbox_describe(l)) > 10);
	}
	assert_null(sandbox_names[SANDBOX_LEVELS]);
}

TEST(a_probe_can_be_forgotten)
{
	struct loop *loop = loop_new();
	struct found found = { 0 };

	sandbox_probe_free(sandbox_probe(loop, SANDBOX_AUTO, on_probed, &found));
	assert_false(loop_turn(loop, 0));
	assert_false(found.asked);
	loop_free(loop);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_outside_the_desk_can_be_neither_read_nor_changed),
		cmocka_unit_test(the_desk_and_the_cache_take_files_but_no_fifos_and_no_giants),
		cmocka_unit_test(its_own_program_can_be_read_and_not_changed),
		cmocka_unit_test(no_socket_reaches_anybody),
		cmocka_unit_test(it_can_start_threads_but_touch_no_other_process_nor_make_one),
		cmocka_unit_test(it_has_no_key_and_no_privilege_to_lift_its_limits),
		cmocka_unit_test(memory_has_an_end),
		cmocka_unit_test(without_a_sandbox_the_attacks_work_so_the_tests_can_fail),
		cmocka_unit_test(every_level_has_a_name_and_a_sentence),
		cmocka_unit_test(a_probe_can_be_forgotten),
	};

	if (argc == 3)
		return attack(argv[1], argv[2]);
	return RUN_ALL(tests);
}
