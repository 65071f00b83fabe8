#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <stdbool.h>

#include "base/loop.h"

/*
 * Lines that somebody writes: a person, another program, a file. They are asked for one by one, so
 * that an answer waits where it is until its question has come.
 */
struct input;

/* NULL: nothing more comes, or a line was too long to be one. */
typedef void (*input_fn)(void *ctx, const char *line);

/* Of a descriptor, which stays yours to close; or of a text. */
struct input *input_new(struct loop *loop, int fd, input_fn fn, void *ctx);
struct input *input_from_text(struct loop *loop, const char *text, input_fn fn, void *ctx);
void input_free(struct input *in);

/* fn gets one line, without its LF, from the loop. Asking twice is asking once. */
void input_want(struct input *in);
void input_want_no_more(struct input *in);

#endif
