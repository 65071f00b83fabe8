#include "base/path.h"

#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

#include "base/compiler.h"

#define MOST_NAME     64
#define MOST_LEVELS   3 /* from tests/unit/x_test up to the build tree */
#define PROGRAM_SPACE 4096

static const struct {
	const char *variable, *below_home;
} homes[] = {
	[PATH_CONFIG] = { "XDG_CONFIG_HOME", ".config" },
	[PATH_DATA] = { "XDG_DATA_HOME", ".local/share" },
	[PATH_CACHE] = { "XDG_CACHE_HOME", ".cache" },
	[PATH_STATE] = { "XDG_STATE_HOME", ".local/state" },
	/* Without a login there is no better private place. */
	[PATH_RUNTIME] = { "XDG_RUNTIME_DIR", ".cache/ll3m/run" },
};

/* The specification wants relative values ignored. */
static const char *absolute_variable(const char *name)
{
	const char *value = getenv(name);

	return value && value[0] == '/' ? value : NULL;
}

static const char *home_directory(void)
{
	const char *home = absolute_variable("HOME");
	const struct passwd *user = home ? NULL : getpwuid(getuid());

	return home ? home : user && user->pw_dir && user->pw_dir[0] == '/' ? user->pw_dir : NULL;
}

bool path_home(struct strbuf *out, enum path_home which, struct error *err)
{
	const char *dir = absolute_variable(homes[which].variable);
	const char *home = dir ? NULL : home_directory();

	if (!dir && !home)
		return failed(err, ERR_CONFIG, "there is no home directory: set HOME or %s",
		              homes[which].variable);
	strbuf_reset(out);
	strbuf_addstr(out, dir ? dir : home);
	if (!dir)
		path_add(out, homes[which].below_home);
	if (dir || which != PATH_RUNTIME)
		path_add(out, "ll3m");
	return true;
}

void path_add(struct strbuf *path, const char *name)
{
	if (path->len && path->buf[path->len - 1] != '/')
		strbuf_addstr(path, "/");
	strbuf_addstr(path, name);
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool path_is_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789._-";
	size_t len = strlen(name);

	return len && len <= MOST_NAME && strspn(name, allowed) == len && !strchr("._-", name[0]);
}

#ifdef __APPLE__
static bool running_program(char *out, size_t size)
{
	uint32_t len = (uint32_t)size;

	return _NSGetExecutablePath(out, &len) == 0;
}
#else
static bool running_program(char *out, size_t size)
{
	ssize_t len = readlink("/proc/self/exe", out, size - 1);

	if (len < 0)
		return false;
	out[len] = '\0';
	return true;
}
#endif

static bool exists_below(struct strbuf *out, const char *dir, const char *name)
{
	strbuf_reset(out);
	strbuf_addstr(out, dir);
	path_add(out, name);
	return access(strbuf_str(out), R_OK) == 0;
}

/* A build tree has src/LAYERS too, as a link into the source tree, wherever that is. */
static bool in_source_tree(struct strbuf *out, const char *dir, const char *name)
{
	char *layers =
		exists_below(out, dir, "src/LAYERS") ? realpath(strbuf_str(out), NULL) : NULL;
	bool found = false;

	if (layers && strlen(layers) > strlen("/src/LAYERS")) {
		layers[strlen(layers) - strlen("/src/LAYERS")] = '\0';
		found = exists_below(out, layers, name);
	}
	free(layers);
	return found;
}

/* In the source tree, or in share/ beside bin/, also when somebody moved both. */
static bool near_program(struct strbuf *out, const char *name)
{
	char dir[PROGRAM_SPACE];
	struct strbuf installed = { 0 };
	bool found = false;
	char *slash;

	if (!running_program(dir, sizeof(dir)))
		return false;
	strbuf_addf(&installed, "share/ll3m/%s", name);
	for (int i = 0; !found && i < MOST_LEVELS && (slash = strrchr(dir, '/')); i++) {
		*slash = '\0';
		found = in_source_tree(out, dir, name) ||
		        (i == 1 && exists_below(out, dir, strbuf_str(&installed)));
	}
	strbuf_release(&installed);
	return found;
}

bool path_shared(struct strbuf *out, const char *name, struct error *err)
{
	const char *share = absolute_variable("LL3M_SHARE");

	if (share)
		return exists_below(out, share, name) ||
		       failed(err, ERR_CONFIG, "%s is not below LL3M_SHARE=%s", name, share);
	if (near_program(out, name) || exists_below(out, PKGDATADIR, name))
		return true;
	return failed(err, ERR_IO, "%s is missing, also in %s: install ll3m again", name,
	              PKGDATADIR);
}
