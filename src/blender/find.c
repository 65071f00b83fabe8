#include "blender/find.h"

#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"

/* Patterns; ~ is the home. Of several that fit one pattern the last is taken: the newest. */
static const char *const usual_places[] = {
	"/opt/blender*/blender",
	"/usr/local/blender*/blender",
	"~/blender*/blender",
	"~/.local/share/blender*/blender",
	"~/.local/opt/blender*/blender",
	"~/Downloads/blender*/blender",
	"/Applications/Blender*.app/Contents/MacOS/Blender",
	"~/Applications/Blender*.app/Contents/MacOS/Blender",
};

/* These start a container of their own, which can neither be put into ours nor be talked to. */
static const struct package {
	const char *kind, *place;
} packages[] = {
	{ "Flatpak", "/var/lib/flatpak/exports/bin/org.blender.Blender" },
	{ "Flatpak", "~/.local/share/flatpak/exports/bin/org.blender.Blender" },
	{ "Snap", "/snap/bin/blender" },
};

/* What every program may read anyway. */
static const char *const system_folders[] = { "/usr", "/bin", "/lib", "/lib64" };

static void add_home(struct strbuf *out, const char *pattern)
{
	const char *home = getenv("HOME");

	if (pattern[0] == '~')
		strbuf_addstr(out, home && home[0] == '/' ? home : "/nonexistent");
	strbuf_addstr(out, pattern + (pattern[0] == '~'));
}

static bool is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return strncmp(path, folder, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

static bool is_packaged(const char *program)
{
	char real[PATH_MAX];

	return is_below(program, "/snap") ||
	       (realpath(program, real) &&
	        (strcmp(path_base(real), "snap") == 0 || strcmp(path_base(real), "flatpak") == 0));
}

static bool is_program(const char *path)
{
	return access(path, X_OK) == 0 && !is_packaged(path);
}

/* A path of its own, absolute, or NULL. */
static char *taken(const char *path)
{
	struct strbuf whole = { 0 };
	char here[PATH_MAX];

	if (!is_program(path))
		return NULL;
	if (path[0] != '/' && getcwd(here, sizeof(here)))
		strbuf_addf(&whole, "%s/", here);
	strbuf_addstr(&whole, path);
	return strbuf_detach(&whole);
}

static char *on_path(const char *name)
{
	const char *at = getenv("PATH");
	char *found = NULL;

	while (at && *at && !found) {
		size_t len = strcspn(at, ":");
		struct strbuf path = { 0 };

		strbuf_add(&path, at, len);
		path_add(&path, name);
		if (at[0] == '/')
			found = taken(strbuf_str(&path));
		strbuf_release(&path);
		at += len + (at[len] == ':');
	}
	return found;
}

static char *last_fit(const char *pattern)
{
	struct strbuf whole = { 0 };
	glob_t fits = { 0 };
	char *found = NULL;

	add_home(&whole, pattern);
	if (glob(strbuf_str(&whole), 0, NULL, &fits) == 0)
		for (size_t i = fits.gl_pathc; i > 0 && !found; i--)
			found = taken(fits.gl_pathv[i - 1]);
	globfree(&fits);
	strbuf_release(&whole);
	return found;
}

static char *in_usual_places(void)
{
	char *found = NULL;

	for (size_t i = 0; i < COUNT(usual_places) && !found; i++)
		found = last_fit(usual_places[i]);
	return found;
}

static const char *packaged_kind(void)
{
	for (size_t i = 0; i < COUNT(packages); i++) {
		struct strbuf path = { 0 };
		bool there;

		add_home(&path, packages[i].place);
		there = access(strbuf_str(&path), F_OK) == 0;
		strbuf_release(&path);
		if (there)
			return packages[i].kind;
	}
	return NULL;
}

static bool none_found(struct error *err)
{
	const char *kind = packaged_kind();

	if (kind)
		return failed(
			err, ERR_WORKER,
			"the only Blender here is a %s, which cannot run in our sandbox; install "
			"the one of your system or of blender.org, or say where one is: "
			"--blender PATH",
			kind);
	return failed(err, ERR_WORKER,
	              "no Blender found; install it (apt install blender), or say where it is: "
	              "--blender PATH, or LL3M_BLENDER=PATH");
}

static char *find_named(const char *name)
{
	return strchr(name, '/') ? taken(name) : on_path(name);
}

static bool find_program(char **out, const char *wanted, struct error *err)
{
	const char *variable = getenv("LL3M_BLENDER");
	bool asked = wanted && *wanted;
	const char *name = asked ? wanted : variable && *variable ? variable : NULL;

	if (name) {
		*out = find_named(name);
		return *out || failed(err, ERR_WORKER, "%s%s: there is no such Blender%s",
		                      asked ? "" : "LL3M_BLENDER: ", name,
		                      is_packaged(name) ? " outside a Flatpak or Snap" : "");
	}
	*out = on_path("blender");
	if (!*out)
		*out = in_usual_places();
	return *out || none_found(err);
}

/* `levels` steps up from a path. */
static char *above(const char *path, int levels)
{
	char *folder = xstrdup(path);

	while (levels-- > 0) {
		char *slash = strrchr(folder, '/');

		if (slash)
			*slash = '\0';
	}
	return folder;
}

static bool is_of_system(const char *folder)
{
	for (size_t i = 0; i < COUNT(system_folders); i++)
		if (is_below(folder, system_folders[i]))
			return true;
	return false;
}

/* Scripts will be able to read the folder, so it must not be one that holds somebody's life. */
static bool may_be_read(const char *folder, struct error *err)
{
	char home[PATH_MAX];
	const char *named = getenv("HOME");

	if (folder[0] == '\0' || (named && (is_below(named, folder) ||
	                                    (realpath(named, home) && is_below(home, folder)))))
		return failed(
			err, ERR_WORKER,
			"scripts would be able to read all of %s, where this Blender is; move it "
			"to a folder of its own",
			folder[0] ? folder : "/");
	return true;
}

static bool add_folder(struct found *found, char *folder, struct error *err)
{
	size_t count = found->folders[0] ? found->folders[1] ? 2 : 1 : 0;

	if (is_of_system(folder) || (count && strcmp(folder, found->folders[0]) == 0)) {
		free(folder);
		return true;
	}
	found->folders[count] = folder;
	return may_be_read(folder, err);
}

/* A Blender lies beside its files; a Python is in the bin/ of its installation, or of a venv. */
static bool list_folders(struct found *found, struct error *err)
{
	int up = found->is_python ? 2 : 1;
	char real[PATH_MAX];

	if (!realpath(found->program, real))
		return failed(err, ERR_WORKER, "%s: %s", found->program, strerror(errno));
	return (!found->is_python || add_folder(found, above(found->program, up), err)) &&
	       add_folder(found, above(real, up), err);
}

bool find_blender(struct found *out, const char *wanted, struct error *err)
{
	*out = (struct found){ 0 };
	if (!find_program(&out->program, wanted, err))
		return false;
	out->is_python = strncmp(path_base(out->program), "python", 6) == 0;
	if (list_folders(out, err))
		return true;
	found_release(out);
	return false;
}

void found_release(struct found *found)
{
	free(found->program);
	for (size_t i = 0; i < COUNT(found->folders); i++)
		free(found->folders[i]);
	*found = (struct found){ 0 };
}
