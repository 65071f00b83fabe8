#ifndef BASE_EDITOR_H
#define BASE_EDITOR_H

#include <stdbool.h>

#include "base/error.h"
#include "base/loop.h"

/*
 * $VISUAL, else $EDITOR, else vi: on our terminal, which is the editor's until it ends.
 */
struct editor;

typedef void (*editor_fn)(void *ctx, const struct error *err); /* NULL: it ended well */

bool editor_open(struct editor **out, struct loop *loop, const char *file, editor_fn done,
                 void *ctx, struct error *err);
void editor_free(struct editor *e); /* before done(), which then never comes; it is killed */

#endif
