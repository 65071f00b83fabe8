#ifndef UNIT_DATA_H
#define UNIT_DATA_H

#include <stdlib.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "test.h"

/* A file of tests/data. Replaces *out. */
static inline void data_path(struct strbuf *out, const char *name)
{
	const char *srcdir = getenv("srcdir");

	strbuf_reset(out);
	strbuf_addf(out, "%s/tests/data/%s", srcdir ? srcdir : ".", name);
}

static inline void data_read(struct strbuf *out, const char *name)
{
	struct strbuf path = { 0 };
	struct error err;

	data_path(&path, name);
	assert_true(file_read(out, strbuf_str(&path), 64u << 20, &err));
	strbuf_release(&path);
}

#endif
