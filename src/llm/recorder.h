#ifndef LLM_RECORDER_H
#define LLM_RECORDER_H

#include <stdbool.h>

#include "base/error.h"
#include "base/loop.h"
#include "llm/key.h"
#include "llm/transport.h"

/*
 * Writes down everything that passes through a transport, as doc/recording.md says: the question,
 * the bytes of the answer as they came and when, how it ended. Keys are blanked. One file for all
 * transports; it only grows.
 */
struct recorder;

/* A line that a crash has cut off is dropped from the end of the file. */
bool recorder_open(struct recorder **out, struct loop *loop, const struct keyring *ring,
                   const char *file, struct error *err);
void recorder_close(struct recorder *r); /* after all that it wraps */

/* `inner` belongs to what comes back, which has to be closed before the recorder. */
struct transport *recorder_wrap(struct recorder *r, struct transport *inner);

#endif
