#include "blender/shelf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "blender/desk.h"

bool shelf_lay(struct shelves *s, enum blender_job_type type, const char *root, struct error *err)
{
	struct strbuf path = { 0 };
	char **shelf = &s->of[type];

	if (*shelf)
		desk_clear(*shelf);
	free(*shelf);
	strbuf_addf(&path, "%s/shelf-%u", root, ++s->laid);
	*shelf = strbuf_detach(&path);
	return mkdir(*shelf, 0700) == 0 ||
	       failed(err, ERR_IO, "cannot make a folder %s: %s", *shelf, strerror(errno));
}

bool shelf_take(const struct shelves *s, enum blender_job_type type, const char *desk,
                const char **path, struct error *err)
{
	struct strbuf taken = { 0 };
	struct stat st;

	strbuf_addstr(&taken, s->of[type]);
	path_add(&taken, path_base(*path));
	if (lstat(strbuf_str(&taken), &st) != 0 &&
	    !desk_take(&taken, desk, *path, s->of[type], err)) {
		strbuf_release(&taken);
		return false;
	}
	free((char *)(uintptr_t)*path);
	*path = strbuf_detach(&taken);
	return true;
}

bool shelf_take_all(const struct shelves *s, const char *desk, struct blender_result *r,
                    struct error *err)
{
	for (size_t i = 0; i < r->views.pictures.count; i++)
		if (!shelf_take(s, r->type, desk, &r->views.pictures.items[i].path, err))
			return false;
	if (r->file.path && !shelf_take(s, r->type, desk, &r->file.path, err))
		return false;
	for (size_t i = 0; i < r->file.beside.count; i++)
		if (!shelf_take(s, r->type, desk, &r->file.beside.items[i], err))
			return false;
	return true;
}

void shelves_release(struct shelves *s)
{
	for (size_t i = 0; i < BLENDER_JOB_TYPES; i++)
		free(s->of[i]);
	*s = (struct shelves){ 0 };
}
