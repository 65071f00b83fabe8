#ifndef BLENDER_SANDBOX_H
#define BLENDER_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/child.h"
#include "base/error.h"
#include "base/loop.h"

/*
 * What a program that runs scripts written by models may touch: the system to read, one folder
 * (its desk) to write, and nothing else: no home, no network, no other process.
 *
 * Bubblewrap gives it a file system and a process table of its own. Where namespaces are refused,
 * as in many containers, we lock ourselves up before the program starts: Landlock for files and
 * signals. Both have the same system call filter and the same limits.
 */
enum sandbox_level {
	SANDBOX_AUTO, /* the strongest that works; only ever wanted, never in force */
	SANDBOX_BWRAP,
	SANDBOX_LANDLOCK,
	SANDBOX_OFF, /* limits and a clean environment, and that is all */
	SANDBOX_LEVELS,
};

extern const char *const sandbox_names[SANDBOX_LEVELS + 1]; /* "auto", ...; ends with NULL */

const char *sandbox_describe(enum sandbox_level level); /* a sentence for people */

struct sandbox_options {
	enum sandbox_level level;
	const char *desk;            /* absolute; holds a folder tmp/, its HOME and TMPDIR */
	const char *cache;           /* absolute, for compiled shaders; NULL: none */
	const char *const *readable; /* folders besides the system's, ending with NULL; or NULL */
	int memory_mb;               /* 0: no limit; each processor's threads may reserve more */
};

/* A program dressed for its sandbox. Only needed until child_start() has returned. */
struct sandbox;

/* argv[0] is an absolute path. */
bool sandbox_new(struct sandbox **out, const char *const *argv, const struct sandbox_options *o,
                 struct error *err);
void sandbox_free(struct sandbox *sandbox);

/* Sets argv, env, dir, pass and prepare; input stays the caller's to choose. */
void sandbox_dress(struct sandbox *sandbox, struct child_options *o);

/*
 * Which level works here? Found by running true(1) in it, strongest first, since a kernel may
 * have a feature and a container's rules forbid its use. `wanted` other than SANDBOX_AUTO tries
 * only that. done() gets the level, or what to tell the user.
 */
struct sandbox_probe;
typedef void (*sandbox_fn)(void *ctx, enum sandbox_level level, const struct error *err);

struct sandbox_probe *sandbox_probe(struct loop *loop, enum sandbox_level wanted, sandbox_fn done,
                                    void *ctx);
void sandbox_probe_free(struct sandbox_probe *probe); /* before done(): it never comes */

#endif
