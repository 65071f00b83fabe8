#ifndef BLENDER_WORKER_H
#define BLENDER_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"
#include "base/loop.h"
#include "blender/blender.h"
#include "blender/capture.h"
#include "blender/find.h"

/*
 * One Blender process with our Python half in it: from its start over "hello" to its end, which
 * may come at any time. It is asked one thing at a time, and what it answers is not trusted.
 */
struct worker;

struct worker_options {
	const struct found *found;
	const char *worker_dir, *cache_dir;
	const char *desk; /* a folder of its own, there already; it is removed in the end */
	enum sandbox_level level;
	int memory_mb;
};

/* How a worker ended. */
struct worker_end {
	char type[24];    /* "SIGSEGV", "exit 7", "closed"; empty if we ended it */
	struct error why; /* ERR_WORKER, or ERR_PROTOCOL after nonsense */
};

struct worker_events {
	void (*ready)(void *ctx, struct worker *w);
	void (*heard)(void *ctx, struct worker *w, const struct json *message);
	void (*ended)(void *ctx, struct worker *w, const struct worker_end *end); /* then free it */
	void *ctx;
};

bool worker_start(struct worker **out, struct loop *loop, const struct worker_options *options,
                  const struct worker_events *events, struct error *err);
void worker_ask(struct worker *w, const struct json *request, int64_t id);
void worker_kill(struct worker *w); /* heard() comes no more; ended() follows */
void worker_free(struct worker *w); /* not from ready() or heard() */

const struct blender_info *worker_info(const struct worker *w); /* NULL until it is ready */
const struct capture *worker_printed(struct worker *w); /* by what was asked last, up to now */
const char *worker_desk(const struct worker *w);

#endif
