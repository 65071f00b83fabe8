#include "config.h"

#include "blender/filter.h"

#ifdef HAVE_SECCOMP

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"

/* By name, since the kernel headers of a build machine may be older than the kernel. */

/*
 * socket() altogether: AF_UNIX too, for behind it sit the session bus, X and container engines,
 * which do what they are told, and Landlock does not watch connect(). socketpair() stays.
 */
static const char *const forbidden[] = {
	"socket",
	"fork",
	"vfork",
	"setns",
	"unshare",
	"ptrace",
	"process_vm_readv",
	"process_vm_writev",
	"process_madvise",
	"process_mrelease",
	"kcmp",
	"pidfd_open",
	"pidfd_getfd",
	"pidfd_send_signal",
	"tkill",
	"rt_sigqueueinfo",
	"rt_tgsigqueueinfo",
	"setpriority",
	"ioprio_set",
	"migrate_pages",
	"move_pages",
	"mount",
	"umount",
	"umount2",
	"pivot_root",
	"chroot",
	"fsopen",
	"fsconfig",
	"fsmount",
	"fspick",
	"open_tree",
	"move_mount",
	"mount_setattr",
	"quotactl",
	"quotactl_fd",
	"swapon",
	"swapoff",
	"name_to_handle_at",
	"open_by_handle_at",
	"fanotify_init",
	"bpf",
	"perf_event_open",
	"userfaultfd",
	"keyctl",
	"add_key",
	"request_key",
	"init_module",
	"finit_module",
	"delete_module",
	"kexec_load",
	"kexec_file_load",
	"reboot",
	"acct",
	"syslog",
	"settimeofday",
	"clock_settime",
	"adjtimex",
	"clock_adjtime",
	"sethostname",
	"setdomainname",
	"vhangup",
	"iopl",
	"ioperm",
	"modify_ldt",
	"lookup_dcookie",
	"shmget",
	"msgget",
	"semget",
	"mq_open", /* what is left in these outlives the process */
	"mknod",
	"mknodat",  /* a fifo among the pictures would stop whoever opens it */
	"truncate", /* Landlock cannot stop it before Linux 6.2; ftruncate() is enough */
};

/* As if this kernel had never heard of them: whoever asks knows another way. */
static const char *const unknown[] = {
	"clone3", /* libc goes on with clone(), whose flags a filter can see */
	"openat2",      "io_uring_setup", "io_uring_enter", "io_uring_register",
	"memfd_create", "memfd_secret", /* memory that no limit counts */
	"setxattr",     "lsetxattr",      "fsetxattr",      "setxattrat",
	"removexattr",  "lremovexattr",   "fremovexattr",   "removexattrat",
};

/* Answered with success and not done: Landlock does not watch them, and copying a file asks. */
static const char *const humoured[] = {
	"chmod",  "fchmod",   "fchmodat", "fchmodat2", "chown",     "fchown",
	"lchown", "fchownat", "utime",    "utimes",    "utimensat", "futimesat",
};

static const struct answer {
	const char *const *names;
	size_t count;
	uint32_t action;
} answers[] = {
	{ forbidden, COUNT(forbidden), SCMP_ACT_ERRNO(EPERM) },
	{ unknown, COUNT(unknown), SCMP_ACT_ERRNO(ENOSYS) },
	{ humoured, COUNT(humoured), SCMP_ACT_ERRNO(0) },
};

/* Forbidden only if (argument & mask) == value, or with no mask, if argument != value. */
static const struct condition {
	const char *name;
	unsigned argument;
	uint64_t mask, value;
} conditions[] = {
	{ "clone", 0, CLONE_THREAD, 0 },
	{ "prlimit64", 0, 0, 0 },
	{ "ioctl", 1, 0xffffffff, TIOCSTI },
	{ "ioctl", 1, 0xffffffff, 0x541c }, /* TIOCLINUX pastes into a console */
	/* Opened for neither reading nor writing, a file can still be cut to nothing. */
	{ "open", 1, O_ACCMODE, O_ACCMODE },
	{ "openat", 2, O_ACCMODE, O_ACCMODE },
};

static bool add_answer(scmp_filter_ctx ctx, const struct answer *a)
{
	for (size_t i = 0; i < a->count; i++) {
		int nr = seccomp_syscall_resolve_name(a->names[i]);

		if (nr != __NR_SCMP_ERROR && seccomp_rule_add(ctx, a->action, nr, 0) != 0)
			return false;
	}
	return true;
}

static bool add_condition(scmp_filter_ctx ctx, const struct condition *c)
{
	int nr = seccomp_syscall_resolve_name(c->name);
	struct scmp_arg_cmp when = { c->argument, SCMP_CMP_NE, c->value, 0 };

	if (c->mask)
		when = (struct scmp_arg_cmp){ c->argument, SCMP_CMP_MASKED_EQ, c->mask, c->value };
	return nr == __NR_SCMP_ERROR ||
	       seccomp_rule_add_array(ctx, SCMP_ACT_ERRNO(EPERM), nr, 1, &when) == 0;
}

static bool add_all(scmp_filter_ctx ctx)
{
	seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(ENOSYS));
	seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree: most calls are innocent */
	for (size_t i = 0; i < COUNT(answers); i++)
		if (!add_answer(ctx, &answers[i]))
			return false;
	for (size_t i = 0; i < COUNT(conditions); i++)
		if (!add_condition(ctx, &conditions[i]))
			return false;
	return true;
}

static bool read_back(struct filter *out, int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || st.st_size <= 0 ||
	    (size_t)st.st_size > BPF_MAXINSNS * sizeof(struct sock_filter))
		return false;
	out->code = xcalloc(1, (size_t)st.st_size);
	out->count = (unsigned short)((size_t)st.st_size / sizeof(struct sock_filter));
	return pread(fd, out->code, (size_t)st.st_size, 0) == st.st_size;
}

bool filter_is_built_in(void)
{
	return true;
}

bool filter_build(struct filter *out, struct error *err)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	int fd = memfd_create("filter", MFD_CLOEXEC);
	bool ok = ctx && fd >= 0 && add_all(ctx) && seccomp_export_bpf(ctx, fd) == 0 &&
	          read_back(out, fd);

	if (fd >= 0)
		close(fd);
	if (ctx)
		seccomp_release(ctx);
	if (ok)
		return true;
	filter_release(out);
	return failed(err, ERR_IO, "cannot build the system call filter");
}

bool filter_open(int *fd, const struct filter *filter, struct error *err)
{
	size_t size = filter->count * sizeof(*filter->code);

	*fd = memfd_create("filter", MFD_CLOEXEC);
	if (*fd >= 0 && write(*fd, filter->code, size) == (ssize_t)size &&
	    lseek(*fd, 0, SEEK_SET) == 0)
		return true;
	if (*fd >= 0)
		close(*fd);
	return failed(err, ERR_IO, "cannot hand over the system call filter: %s", strerror(errno));
}

static bool load(struct sock_filter *code, unsigned short count)
{
	struct sock_fprog program = { .len = count, .filter = code };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool filter_load(const struct filter *filter)
{
	return load(filter->code, filter->count);
}

bool filter_load_own_signals(void)
{
	const unsigned low_half = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0;
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kill, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 2),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) + low_half),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)getpid(), 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};

	return load(code, COUNT(code));
}

#else

#include <errno.h>

static bool not_built(struct error *err)
{
	return failed(err, ERR_CONFIG, "this ll3m was built without libseccomp");
}

bool filter_is_built_in(void)
{
	return false;
}

bool filter_build(struct filter *out, struct error *err)
{
	(void)out;
	return not_built(err);
}

bool filter_open(int *fd, const struct filter *filter, struct error *err)
{
	(void)fd;
	(void)filter;
	return not_built(err);
}

bool filter_load(const struct filter *filter)
{
	(void)filter;
	errno = ENOSYS;
	return false;
}

bool filter_load_own_signals(void)
{
	errno = ENOSYS;
	return false;
}

#endif

#include <stdlib.h>

void filter_release(struct filter *filter)
{
	free(filter->code);
	*filter = (struct filter){ 0 };
}
