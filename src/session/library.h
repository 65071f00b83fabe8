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
 * under a name made of Blender's version, its program's size and date, our format, and the sizes
 * and dates of our notes and recipes; so it is made when one of them is new, which takes Blender
 * some seconds, and found the next time. The last four are kept.
 */
struct library;

struct library_options {
	const char *data_dir; /* our notes, recipes, history; NULL: those that came with us */
	const char *cache;    /* the folder of indexes; NULL: the user's */
	bool anew;            /* make it even if there is one */

	void (*making)(void *ctx, const char *version); /* it has to be made; may be NULL */
};

/* Once, from the loop, never before library_open() has returned. NULL: it is there. */
typedef void (*library_fn)(void *ctx, const struct error *err);

/*
 * For a Blender that is up: blender_info() is not NULL. A failure leaves the session without
 * documents, and with the reason; Blender goes on. Making an index holds the loop up once, for some
 * tenths of a second: it is done once for each Blender, and a process for it would cost as much
 * again. Asked before a script has run, the index holds nothing that a script registered.
 */
void library_open(struct library **out, struct loop *loop, struct blender *blender,
                  const struct library_options *options, library_fn ready, void *ctx);

/* After blender_close(), so that no callback follows. NULL is fine. */
void library_close(struct library *library);

struct rag *library_rag(const struct library *library); /* NULL: not yet, or never */
const char *library_file(const struct library *library);

/*
 * The index of a program, if one was made and the program has not changed since: without Blender.
 * The `options` are those of library_open(), of which only data_dir and cache matter; may be NULL.
 */
bool library_find(struct strbuf *out, const char *program, const struct library_options *options,
                  struct error *err);

/*
 * The index of a dump, of a Blender that is elsewhere: found in the same folder, or made at once,
 * which takes half a second.
 */
bool library_of_dump(struct rag **out, const char *dump, const char *cache, struct error *err);

/* "17,239 entries of Blender 4.3.2", for people. */
void library_describe(struct strbuf *out, struct rag *rag);

#endif
