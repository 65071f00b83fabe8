#ifndef BLENDER_BLENDER_H
#define BLENDER_BLENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/record.h"

/*
 * Blender, kept running beside us in a sandbox, and a spare one for when it has to be killed.
 *
 * Jobs are done one after the other. A script that raises, hangs or crashes Blender is a result;
 * only a Blender that cannot be had at all is an error. Every job that looks at a scene says which
 * script the scene comes from, and if another one is loaded, or none, that script is run first: so
 * what is shown is always what was asked about, whatever died in between.
 */
struct blender;

struct blender_settings {
	const char *program;  /* a path or a name, Blender or a Python with bpy; NULL: look for it */
	const char *sandbox;  /* "auto", "bwrap", "landlock", "off"; NULL: auto */
	int64_t memory_mb;    /* 4096 */
	int64_t soft_s;       /* 20: a script is interrupted */
	int64_t hard_s;       /* 30: Blender is killed */
	int64_t view_px;      /* 512 */
};

extern const struct record_type blender_settings_type;

struct blender_need {
	const char *format, *needs; /* "glb", "python3-numpy" */
};

/* What we have. */
struct blender_info {
	const char *program;
	const char *version; /* "4.3.2" */
	int64_t major, minor;
	const char *sandbox; /* the level in force, as a sentence */
	text_list engines;
	text_list formats; /* it can export to */
	LIST_OF(struct blender_need) missing;
};

/* Once, from the loop: ready, or cannot be had (ERR_WORKER, with what to do). */
typedef void (*blender_ready_fn)(void *ctx, const struct blender_info *info,
                                 const struct error *err);

bool blender_open(struct blender **out, struct loop *loop, const struct blender_settings *settings,
                  blender_ready_fn ready, void *ctx, struct error *err);
void blender_close(struct blender *b); /* NULL is fine; callbacks still due never come */
const struct blender_info *blender_info(const struct blender *b); /* NULL until ready */

enum blender_job_type {
	BLENDER_CHECK,  /* does the script parse? */
	BLENDER_RUN,    /* run it in an empty file */
	BLENDER_VIEWS,  /* draw its scene */
	BLENDER_FACTS,  /* measure its scene */
	BLENDER_PARAMS, /* its constants, functions and operations */
	BLENDER_SAVE,   /* its scene as a .blend */
	BLENDER_EXPORT,
	BLENDER_JOBS,
};

struct blender_job {
	enum blender_job_type type;
	const char *script;  /* always: the text */
	const char *quality; /* VIEWS: "clay", "draft", "critic", "final" */
	const char *const *views; /* VIEWS: names, ending with NULL; NULL: the usual five */
	const char *format;  /* EXPORT */
};

struct blender_problem {
	const char *kind; /* "error", "syntax", "timeout", "exit", "memory", "crash" */
	const char *type; /* "AttributeError"; NULL: none */
	const char *message;
	int64_t line; /* of the script; 0: none */
	const char *source;
	const char *traceback;
};

struct blender_part {
	const char *name, *type, *parent;
	int64_t faces;
	text_list materials;
};

struct blender_picture {
	const char *view;
	const char *path; /* a PNG of ours until the next job or blender_close(): copy it */
	int64_t width, height, ms;
};

struct blender_fact {
	const char *part, *kind, *text, *severity;
};

/* Borrowed for the length of the callback. Which fields count depends on the job. */
struct blender_result {
	bool ok;                        /* CHECK, RUN: no problem; else always true */
	struct blender_problem problem; /* when not ok */
	bool nothing;                   /* RUN: ended well, but nothing is to be seen */
	const char *nothing_why;
	int64_t ms;
	const char *printed; /* RUN: cut to 256 KiB */
	int64_t objects, faces;
	text_list warnings; /* RUN: of Python, of operators, cancelled ones */
	LIST_OF(struct blender_part) parts;
	const char *engine;
	LIST_OF(struct blender_picture) pictures;
	LIST_OF(struct blender_fact) facts;
	const char *size; /* FACTS: "0.31 x 0.31 x 0.45 m" */
	const char *path; /* SAVE, EXPORT: as with pictures */
	const char *json; /* the whole answer */
};

/* Progress of a job: "view 2 of 5", "running". May be NULL. */
typedef void (*blender_progress_fn)(void *ctx, const char *what, int done, int of);
typedef void (*blender_fn)(void *ctx, const struct blender_result *result,
                           const struct error *err);

struct blender_call;

/* done() comes exactly once, from the loop: with a result or an error. */
struct blender_call *blender_do(struct blender *b, const struct blender_job *job,
                                blender_progress_fn progress, blender_fn done, void *ctx);
void blender_cancel(struct blender_call *call); /* done() follows, with ERR_CANCELLED */

#endif
