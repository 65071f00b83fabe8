#include "blender/sandbox.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "base/mem.h"
#include "base/strbuf.h"
#include "blender/filter.h"
#include "blender/landlock.h"

const char *const sandbox_names[SANDBOX_LEVELS + 1] = {
	[SANDBOX_AUTO] = "auto",
	[SANDBOX_BWRAP] = "bwrap",
	[SANDBOX_LANDLOCK] = "landlock",
	[SANDBOX_OFF] = "off",
};

static const char *const descriptions[SANDBOX_LEVELS] = {
	[SANDBOX_AUTO] = "the strongest sandbox that works here",
	[SANDBOX_BWRAP] = "bubblewrap: no network, no home, a read-only system, its own processes",
	[SANDBOX_LANDLOCK] = "Landlock and seccomp: no network, no home, no new processes, "
			     "writes only to its own folder",
	[SANDBOX_OFF] = "none: a script can do whatever you can",
};

/* The system as every program needs it. A row that is not there on this one is passed over. */
static const struct landlock_place system_places[] = {
	{ "/usr", LANDLOCK_READ },
	{ "/bin", LANDLOCK_READ },
	{ "/lib", LANDLOCK_READ },
	{ "/lib32", LANDLOCK_READ },
	{ "/lib64", LANDLOCK_READ },
	{ "/nix/store", LANDLOCK_READ },
	{ "/gnu/store", LANDLOCK_READ },
	{ "/etc/alternatives", LANDLOCK_READ },
	{ "/etc/drirc", LANDLOCK_READ },
	{ "/etc/fonts", LANDLOCK_READ },
	{ "/etc/glvnd", LANDLOCK_READ },
	{ "/etc/ld.so.cache", LANDLOCK_READ },
	{ "/etc/ld.so.conf", LANDLOCK_READ },
	{ "/etc/ld.so.conf.d", LANDLOCK_READ },
	{ "/etc/localtime", LANDLOCK_READ },
	{ "/var/cache/fontconfig", LANDLOCK_READ },
	{ "/sys/devices/system/cpu", LANDLOCK_READ },
	{ "/sys/devices/system/node", LANDLOCK_READ },
};

/* What bubblewrap makes new and Landlock has to take as it is. */
static const struct landlock_place kernel_places[] = {
	{ "/proc/self", LANDLOCK_READ },    { "/proc/cpuinfo", LANDLOCK_READ },
	{ "/proc/meminfo", LANDLOCK_READ }, { "/proc/stat", LANDLOCK_READ },
	{ "/proc/sys/vm", LANDLOCK_READ },  { "/dev/null", LANDLOCK_USE },
	{ "/dev/zero", LANDLOCK_USE },      { "/dev/full", LANDLOCK_USE },
	{ "/dev/random", LANDLOCK_READ },   { "/dev/urandom", LANDLOCK_READ },
};

static const char *const bwrap_programs[] = { "/usr/bin/bwrap", "/usr/local/bin/bwrap",
	                                      "/run/current-system/sw/bin/bwrap" };

enum {
	FILE_MB = 1024,
	OPEN_FILES = 1024,
	PROCESSOR_MB = 128,        /* address space: stacks and arenas that are hardly touched */
	SPARE_THREADS = 512,       /* beyond what the machine runs already */
	FULL_SPEED_SECONDS = 3600, /* of all processors: far beyond any job, and an end to it */
};

struct limit {
	int what;
	rlim_t most;
};

/* NULL-terminated, and owner of what it lists. */
struct words {
	char **items;
	size_t count;
};

struct places {
	struct landlock_place *items;
	size_t count;
};

struct sandbox {
	enum sandbox_level level;
	struct words argv, env;
	struct places places; /* paths are borrowed from the options */
	struct filter filter;
	int filter_fd;
	char *dir;
	struct limit limits[8];
	size_t limit_count;
};

const char *sandbox_describe(enum sandbox_level level)
{
	return descriptions[level];
}

static void add_word(struct words *words, const char *word)
{
	words->items = xrealloc(words->items, (words->count + 2) * sizeof(*words->items));
	words->items[words->count++] = xstrdup(word);
	words->items[words->count] = NULL;
}

static void add_words(struct words *words, const char *const *more)
{
	while (*more)
		add_word(words, *more++);
}

static void words_release(struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->items[i]);
	free(words->items);
}

static void add_place(struct places *places, const char *path, enum landlock_right right)
{
	places->items = xrealloc(places->items, (places->count + 1) * sizeof(*places->items));
	places->items[places->count++] = (struct landlock_place){ path, right };
}

static void add_places(struct places *places, const struct landlock_place *more, size_t count)
{
	for (size_t i = 0; i < count; i++)
		add_place(places, more[i].path, more[i].right);
}

static void add_variable(struct sandbox *s, const char *name, const char *value, const char *rest)
{
	struct strbuf line = { 0 };

	strbuf_addf(&line, "%s=%s%s", name, value, rest);
	add_word(&s->env, strbuf_str(&line));
	strbuf_release(&line);
}

/* No variable of ours is passed on: some hold keys, and others would change what Blender does. */
static void list_environment(struct sandbox *s, const struct sandbox_options *o)
{
	static const char *const ours[] = {
		"HOME",           "TMPDIR",          "XDG_CONFIG_HOME",
		"XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "BLENDER_USER_RESOURCES"
	};

	add_word(&s->env, "PATH=/usr/bin:/bin");
	add_word(&s->env, "LANG=C.UTF-8");
	add_word(&s->env, "PYTHONNOUSERSITE=1");
	add_word(&s->env, "PYTHONDONTWRITEBYTECODE=1");
	for (size_t i = 0; i < COUNT(ours); i++)
		add_variable(s, ours[i], o->desk, "/tmp");
	if (o->cache)
		add_variable(s, "MESA_SHADER_CACHE_DIR", o->cache, "");
}

static void list_places(struct sandbox *s, const struct sandbox_options *o)
{
	add_places(&s->places, system_places, COUNT(system_places));
	for (size_t i = 0; o->readable && o->readable[i]; i++)
		add_place(&s->places, o->readable[i], LANDLOCK_READ);
	add_place(&s->places, o->desk, LANDLOCK_WRITE);
	if (o->cache)
		add_place(&s->places, o->cache, LANDLOCK_WRITE);
	if (s->level == SANDBOX_LANDLOCK)
		add_places(&s->places, kernel_places, COUNT(kernel_places));
}

static void add_limit(struct sandbox *s, int what, rlim_t most)
{
	assert(s->limit_count < COUNT(s->limits));
	s->limits[s->limit_count++] = (struct limit){ what, most };
}

/* How many threads the machine runs: the limit counts all that the user has, in and out. */
static rlim_t threads_now(void)
{
	FILE *f = fopen("/proc/loadavg", "re");
	unsigned total = 0;

	if (f && fscanf(f, "%*s %*s %*s %*u/%u", &total) != 1)
		total = 0;
	if (f)
		fclose(f);
	return total;
}

static void list_limits(struct sandbox *s, const struct sandbox_options *o)
{
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	rlim_t processors = online > 0 ? (rlim_t)online : 1, threads = threads_now();

	add_limit(s, RLIMIT_CORE, 0);
	add_limit(s, RLIMIT_FSIZE, (rlim_t)FILE_MB << 20);
	add_limit(s, RLIMIT_NOFILE, OPEN_FILES);
	add_limit(s, RLIMIT_CPU, processors * FULL_SPEED_SECONDS);
	if (threads)
		add_limit(s, RLIMIT_NPROC, threads + SPARE_THREADS);
	if (o->memory_mb > 0)
		add_limit(s, RLIMIT_AS, ((rlim_t)o->memory_mb + processors * PROCESSOR_MB) << 20);
}

static const char *find_bwrap(void)
{
	for (size_t i = 0; i < COUNT(bwrap_programs); i++)
		if (access(bwrap_programs[i], X_OK) == 0)
			return bwrap_programs[i];
	return NULL;
}

static void bind(struct words *argv, const char *how, const char *from, const char *to)
{
	add_word(argv, how);
	add_word(argv, from);
	add_word(argv, to);
}

/* --new-session and --clearenv are not needed: the child has neither terminal nor environment. */
static bool wrap_in_bwrap(struct sandbox *s, const struct sandbox_options *o, struct error *err)
{
	static const char *const start[] = { "--unshare-all",
		                             "--die-with-parent",
		                             "--cap-drop",
		                             "ALL",
		                             "--proc",
		                             "/proc",
		                             "--dev",
		                             "/dev",
		                             NULL };
	static const char *const end[] = { "--remount-ro", "/dev", "--remount-ro", "/", NULL };
	struct strbuf tmp = { 0 };

	if (!find_bwrap())
		return failed(err, ERR_CONFIG, "bwrap is not installed (package bubblewrap)");
	add_word(&s->argv, find_bwrap());
	add_words(&s->argv, start);
	strbuf_addf(&tmp, "%s/tmp", o->desk);
	bind(&s->argv, "--bind", strbuf_str(&tmp), "/tmp");
	strbuf_release(&tmp);
	for (size_t i = 0; i < s->places.count; i++) {
		const struct landlock_place *p = &s->places.items[i];

		bind(&s->argv, p->right == LANDLOCK_WRITE ? "--bind" : "--ro-bind-try", p->path,
		     p->path);
	}
	add_words(&s->argv, end);
	add_word(&s->argv, "--chdir");
	add_word(&s->argv, o->desk);
	return true;
}

static bool hand_filter_to_bwrap(struct sandbox *s, struct error *err)
{
	char number[16];

	if (!filter_is_built_in())
		return true; /* the namespaces hold without it */
	if (!filter_build(&s->filter, err) || !filter_open(&s->filter_fd, &s->filter, err))
		return false;
	snprintf(number, sizeof(number), "%d", CHILD_PASS_FD);
	add_word(&s->argv, "--seccomp");
	add_word(&s->argv, number);
	return true;
}

static bool build(struct sandbox *s, const char *const *argv, const struct sandbox_options *o,
                  struct error *err)
{
	list_environment(s, o);
	list_places(s, o);
	list_limits(s, o);
	if (s->level == SANDBOX_BWRAP &&
	    !(wrap_in_bwrap(s, o, err) && hand_filter_to_bwrap(s, err)))
		return false;
	if (s->level == SANDBOX_LANDLOCK && !landlock_version())
		return failed(err, ERR_CONFIG, "this kernel has no Landlock");
	if (s->level == SANDBOX_LANDLOCK && !filter_build(&s->filter, err))
		return false;
	if (s->level == SANDBOX_BWRAP)
		add_word(&s->argv, "--");
	add_words(&s->argv, argv);
	return true;
}

bool sandbox_new(struct sandbox **out, const char *const *argv, const struct sandbox_options *o,
                 struct error *err)
{
	struct sandbox *s = NEW(struct sandbox);

	assert(o->level != SANDBOX_AUTO);
	s->level = o->level;
	s->filter_fd = -1;
	s->dir = xstrdup(o->desk);
	if (build(s, argv, o, err)) {
		*out = s;
		return true;
	}
	sandbox_free(s);
	return false;
}

void sandbox_free(struct sandbox *s)
{
	if (!s)
		return;
	words_release(&s->argv);
	words_release(&s->env);
	free(s->places.items);
	filter_release(&s->filter);
	if (s->filter_fd >= 0)
		close(s->filter_fd);
	free(s->dir);
	free(s);
}

/* From here on: between fork and exec. */

static bool set_limits(const struct sandbox *s)
{
	for (size_t i = 0; i < s->limit_count; i++) {
		struct rlimit now;

		if (getrlimit(s->limits[i].what, &now) != 0)
			return false;
		if (now.rlim_max > s->limits[i].most)
			now.rlim_max = s->limits[i].most;
		now.rlim_cur = now.rlim_max;
		if (setrlimit(s->limits[i].what, &now) != 0)
			return false;
	}
	return true;
}

#ifdef __linux__

/* Root without these is a user like any other, also in whatever it runs next. */
static bool drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { { 0 } };

	for (unsigned long i = 0; prctl(PR_CAPBSET_READ, i, 0, 0, 0) >= 0; i++)
		prctl(PR_CAPBSET_DROP, i, 0, 0, 0); /* refused to those who have none to drop */
	return syscall(SYS_capset, &header, none) == 0;
}

static const char *lock_up(const struct sandbox *s)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return "giving up privileges";
	if (!drop_capabilities())
		return "dropping capabilities";
	if (!landlock_enter(s->places.items, s->places.count))
		return "Landlock";
	if (!filter_load_own_signals() || !filter_load(&s->filter))
		return "seccomp";
	return NULL;
}

#else

static const char *lock_up(const struct sandbox *s)
{
	(void)s;
	errno = ENOSYS;
	return "Landlock";
}

#endif

static const char *prepare(void *ctx)
{
	const struct sandbox *s = ctx;

	/* A file that grows too large is then an error in the script, and not the end of Blender.
	 */
	signal(SIGXFSZ, SIG_IGN);
	if (!set_limits(s))
		return "setting its limits";
	return s->level == SANDBOX_LANDLOCK ? lock_up(s) : NULL;
}

void sandbox_dress(struct sandbox *s, struct child_options *o)
{
	o->argv = (const char *const *)s->argv.items;
	o->env = (const char *const *)s->env.items;
	o->dir = s->dir;
	o->pass = s->filter_fd >= 0 ? &s->filter_fd : NULL;
	o->passed = s->filter_fd >= 0;
	o->prepare = prepare;
	o->prepare_ctx = s;
}
