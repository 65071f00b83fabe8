#ifndef BLENDER_CAPTURE_H
#define BLENDER_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/*
 * What Blender prints, sorted as it comes: what a script printed, between two marks that carry a
 * token, and the rest, whose last lines are worth reading when Blender does not start.
 *
 * All zeros is one that waits for no script.
 */
struct capture {
	char *begin, *end; /* the marks; NULL: nothing is awaited */
	bool inside;
	struct strbuf pending; /* may be the first half of a mark */
	struct strbuf printed; /* the script's words; no NULs, at most CAPTURE_MOST of them */
	int64_t dropped;       /* how many more there were */
	struct strbuf noise;   /* the last of everything else */
};

#define CAPTURE_MOST (256 * 1024)

void capture_await(struct capture *c, int64_t id, const char *token); /* forgets the one before */
void capture_add(struct capture *c, const char *bytes, size_t len);
void capture_stop(struct capture *c); /* no end mark will come: the process is gone */
void capture_release(struct capture *c);

/* Up to `lines` lines of noise, those that say something. Replaces *out. */
void capture_last_words(const struct capture *c, int lines, struct strbuf *out);

#endif
