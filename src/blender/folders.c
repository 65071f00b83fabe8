#include "blender/folders.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

static bool real_folder(char **out, const char *path, struct error *err)
{
	char real[PATH_MAX];

	if (!realpath(path, real))
		return failed(err, ERR_IO, "%s: %s", path, strerror(errno));
	*out = xstrdup(real);
	return true;
}

bool folders_open(struct folders *out, const char *worker, const char *cache, struct error *err)
{
	return real_folder(&out->worker, worker, err) &&
	       (!cache ||
	        (file_make_dir(cache, 0700, err) && real_folder(&out->cache, cache, err))) &&
	       desk_root_open(&out->root, err);
}

void folders_close(struct folders *folders)
{
	desk_root_close(&folders->root);
	free(folders->worker);
	free(folders->cache);
	*folders = (struct folders){ 0 };
}
