#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/loop.h"

/*
 * A program that runs beside us and is looked after by the loop.
 *
 * It gets a session of its own, so it has no terminal and one kill reaches all of it; it has only
 * the environment and the descriptors named here; and it dies when we do. What it prints is read
 * as it comes, so it never waits for us. Programs that print whenever they please, as Blender
 * does, talk to us over a socket of their own, which they find as descriptor CHILD_TALK_FD.
 */
struct child;

#define CHILD_TALK_FD  3
#define CHILD_PASS_FD  4 /* the first of child_options.pass; the others follow it */
#define CHILD_PASS_MAX 8

enum child_input {
	CHILD_DEAF,  /* child_tell() goes nowhere */
	CHILD_STDIN, /* to its stdin */
	CHILD_TALK,  /* to the socket, and said() brings what comes back */
};

struct child_end {
	int code;   /* what it exited with, if signal is 0 */
	int signal; /* what killed it */
};

/* Each may be NULL. Any of them may call child_free(). */
struct child_events {
	void (*printed)(void *ctx, const char *bytes, size_t len); /* stdout and stderr */
	void (*said)(void *ctx, const char *bytes, size_t len);    /* len 0: it hung up */
	void (*ended)(void *ctx, const struct child_end *end);     /* once, after all the others */
	void *ctx;
};

struct child_options {
	const char *const *argv; /* argv[0] is a path: PATH is not searched */
	const char *const *env;  /* "NAME=value", all of it; NULL: none */
	const char *dir;         /* where it starts; NULL: where we are */
	enum child_input input;
	const int *pass; /* our descriptors, which it finds from CHILD_PASS_FD on */
	size_t passed;
	/*
	 * Called in the child just before its program starts, where only async-signal-safe calls
	 * are allowed. Says what failed, with errno set, or NULL.
	 */
	const char *(*prepare)(void *ctx);
	void *prepare_ctx;
};

/* False when the program cannot be started; then no callback ever comes. */
bool child_start(struct child **out, struct loop *loop, const struct child_options *options,
                 const struct child_events *events, struct error *err);

void child_tell(struct child *c, const void *bytes, size_t len); /* queued; never blocks */
void child_hush(struct child *c);  /* nothing more to tell: it reads the end of its input */
void child_drain(struct child *c); /* printed() for all that it has printed by now */
pid_t child_pid(const struct child *c);

void child_kill(struct child *c); /* it and all it started; ended() follows from the loop */
void child_free(struct child *c); /* no callback follows; waits for the kill if it still runs */

#endif
