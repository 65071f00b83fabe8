#ifndef BASE_WORK_H
#define BASE_WORK_H

#include <stdbool.h>

#include "base/loop.h"

/*
 * One helper thread, for what takes so long that keys would have to wait. Jobs run one after the
 * other, in the order they were given; whether a job sees anything but its own `ctx` is up to the
 * caller, since nothing here is locked for it.
 */
struct work;
struct work_job;

typedef void (*work_fn)(void *ctx); /* on the thread: no loop, no log, no events in here */

/* From the loop, exactly once for each job. Not `ran`: it was cancelled before it began. */
typedef void (*work_done_fn)(bool ran, void *ctx);

struct work *work_new(struct loop *loop); /* the thread begins with the first job */

/* Waits for the job under way; then, from inside this call, every `done` that is still owed. */
void work_free(struct work *work);

struct work_job *work_do(struct work *work, work_fn run, work_done_fn done, void *ctx);

/* Only before `done`. A job under way is not stopped. */
void work_cancel(struct work_job *job);

#endif
