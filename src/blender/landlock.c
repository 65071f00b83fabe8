#include "blender/landlock.h"

#include <errno.h>

#ifdef __linux__

#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From <linux/landlock.h>, which is missing or short on the systems we build on. */
enum {
	CREATE_RULESET = 444, /* the same on every machine */
	ADD_RULE = 445,
	RESTRICT_SELF = 446,
	ASK_VERSION = 1,
	PATH_BENEATH = 1,
};

enum file_access {
	EXECUTE = 1 << 0,
	WRITE_FILE = 1 << 1,
	READ_FILE = 1 << 2,
	READ_DIR = 1 << 3,
	REMOVE_DIR = 1 << 4,
	REMOVE_FILE = 1 << 5,
	MAKE_CHAR = 1 << 6,
	MAKE_DIR = 1 << 7,
	MAKE_REG = 1 << 8,
	MAKE_SOCK = 1 << 9,
	MAKE_FIFO = 1 << 10,
	MAKE_BLOCK = 1 << 11,
	MAKE_SYM = 1 << 12,
	REFER = 1 << 13,     /* since version 2 */
	TRUNCATE = 1 << 14,  /* 3 */
	IOCTL_DEV = 1 << 15, /* 5 */

	ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV,
};

struct ruleset {
	uint64_t files;
	uint64_t ports;  /* since version 4: bind and connect, TCP */
	uint64_t scopes; /* since version 6: abstract sockets and signals stay inside */
};

struct path_rule {
	uint64_t allowed;
	int32_t dir_fd;
} __attribute__((packed));

static const uint64_t rights[] = {
	[LANDLOCK_READ] = EXECUTE | READ_FILE | READ_DIR,
	[LANDLOCK_USE] = READ_FILE | WRITE_FILE | TRUNCATE,
	[LANDLOCK_WRITE] = READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE | MAKE_REG | MAKE_DIR |
	                   MAKE_SYM | REMOVE_FILE | REMOVE_DIR | REFER,
};

int landlock_version(void)
{
	long version = syscall(CREATE_RULESET, NULL, (size_t)0, ASK_VERSION);

	return version > 0 ? (int)version : 0;
}

/* Everything this version knows is forbidden until a rule allows it. */
static struct ruleset all_of(int version)
{
	return (struct ruleset){
		.files = version >= 5   ? 2 * IOCTL_DEV - 1
		         : version >= 3 ? IOCTL_DEV - 1
		         : version >= 2 ? TRUNCATE - 1
		                        : REFER - 1,
		.ports = version >= 4 ? 3 : 0,
		.scopes = version >= 6 ? 3 : 0,
	};
}

static size_t size_for(int version)
{
	return version >= 6   ? sizeof(struct ruleset)
	       : version >= 4 ? offsetof(struct ruleset, scopes)
	                      : offsetof(struct ruleset, ports);
}

static bool allow(int ruleset, uint64_t known, const struct landlock_place *place)
{
	struct path_rule rule = { .allowed = rights[place->right] & known };
	struct stat st;
	bool ok;

	rule.dir_fd = open(place->path, O_PATH | O_CLOEXEC);
	if (rule.dir_fd < 0)
		return place->right != LANDLOCK_WRITE;
	if (fstat(rule.dir_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed &= ON_FILES;
	ok = syscall(ADD_RULE, ruleset, PATH_BENEATH, &rule, 0) == 0;
	close(rule.dir_fd);
	return ok;
}

bool landlock_enter(const struct landlock_place *places, size_t count)
{
	int version = landlock_version();
	struct ruleset all = all_of(version);
	int ruleset = (int)syscall(CREATE_RULESET, &all, size_for(version), 0);
	bool ok = ruleset >= 0;

	for (size_t i = 0; ok && i < count; i++)
		ok = allow(ruleset, all.files, &places[i]);
	ok = ok && syscall(RESTRICT_SELF, ruleset, 0) == 0;
	if (ruleset >= 0)
		close(ruleset);
	return ok;
}

#else

int landlock_version(void)
{
	return 0;
}

bool landlock_enter(const struct landlock_place *places, size_t count)
{
	(void)places;
	(void)count;
	errno = ENOSYS;
	return false;
}

#endif
