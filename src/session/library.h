#ifndef SESSION_LIBRARY_H
#define SESSION_LIBRARY_H

#include <stdbool.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/strbuf.h"
#include "blender/blender.h"
#include "rag/rag.h"

/*
 * The index of the Blender that is running. It lies in the user's cache, $XDG_CACHE_HOME/ll3m/api,
 * under a name made of Blender's version, its program's size and date, and our format; so it is
 * made when one of them is new, which takes Blender some seconds, and found the next time. The
 * last four are kept.
 */
struct library;

struct library_options {
	const char *program;  /* of that Blender, for its size and date; NULL: blender_info() says */
	const char *data_dir; /* our notes, recipes, history; NULL: those that came with us */
	const char *cache;    /* the folder of indexes; NULL: the user's */
	bool anew;            /* make it even if there is one */

	/* Told when it has to be made, before Blender is asked. May be NULL. */
	void (*making)(void *ctx, const char *version);
};

/* Once, from the loop, never before library_open() has returned. NULL: it is there. */
typedef void (*library_fn)(void *ctx, const struct error *err);

/*
 * Waits for Blender by itself. A failure leaves the session without documents, and with its
 * reason; Blender goes on.
 */
void library_open(struct library **out, struct loop *loop, struct blender *blender,
                  const struct library_options *options, library_fn ready, void *ctx);

/* No callback follows. Before blender_close(). NULL is fine. */
void library_close(struct library *library);

struct rag *library_rag(const struct library *library); /* NULL: not yet, or never */
const char *library_file(const struct library *library);

/*
 * The index of a program, if one was made and the program has not changed since: without Blender.
 * Only for programs called blender; what others load may change behind their back.
 */
bool library_find(struct strbuf *out, const char *program, const char *cache, struct error *err);

#endif
