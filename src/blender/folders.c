#include "blender/folders.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "blender/desk.h"

static bool real_folder(char **out, const char *path, struct error *err)
{
	char real[PATH_MAX];

	if (!realpath(path, real))
		return failed(err, ERR_IO, "%s: %s", path, strerror(errno));
	*out = xstrdup(real);
	return true;
}

static bool hold_root(struct folders *f, struct error *err)
{
	desk_sweep();
	if (!desk_root(&f->root, err))
		return false;
	f->root_fd = desk_hold(f->root);
	return true;
}

bool folders_open(struct folders *out, const char *worker, const char *cache, struct error *err)
{
	return real_folder(&out->worker, worker, err) &&
	       (!cache ||
	        (file_make_dir(cache, 0700, err) && real_folder(&out->cache, cache, err))) &&
	       hold_root(out, err);
}

void folders_close(struct folders *folders)
{
	if (folders->root)
		desk_clear(folders->root);
	if (folders->root_fd > 0)
		close(folders->root_fd);
	free(folders->root);
	free(folders->worker);
	free(folders->cache);
	*folders = (struct folders){ 0 };
}
