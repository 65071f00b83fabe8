#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/strbuf.h"
#include "test.h"

/* A directory of a test's own, with everything in it gone afterwards. */
struct scratch {
	char dir[64];
	struct strbuf path; /* what scratch_path() gave last */
};

static inline struct scratch scratch_new(void)
{
	struct scratch s = { .dir = "/tmp/ll3m-test-XXXXXX" };

	assert_non_null(mkdtemp(s.dir));
	return s;
}

/* Borrowed until the next call. */
static inline const char *scratch_path(struct scratch *s, const char *name)
{
	strbuf_reset(&s->path);
	strbuf_addstr(&s->path, s->dir);
	path_add(&s->path, name);
	return strbuf_str(&s->path);
}

static inline void scratch_write(struct scratch *s, const char *name, const char *text)
{
	FILE *file = fopen(scratch_path(s, name), "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static inline int scratch_remove(const char *path, const struct stat *st UNUSED, int type UNUSED,
                                 struct FTW *ftw UNUSED)
{
	return remove(path);
}

static inline void scratch_free(struct scratch *s)
{
	assert_int_equal(nftw(s->dir, scratch_remove, 8, FTW_DEPTH | FTW_PHYS), 0);
	strbuf_release(&s->path);
}

#endif
