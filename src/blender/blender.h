#ifndef BLENDER_BLENDER_H
#define BLENDER_BLENDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/record.h"
#include "base/strbuf.h"
#include "blender/sandbox.h"

/*
 * Blender in the background, in a sandbox. It runs scripts and then shows, measures and saves what
 * they built.
 *
 * One process works and a second one stands by, so that one that hangs or has crashed is replaced
 * at once. Jobs are done one after the other. The scene is that of the last script that ran to its
 * end, unless a job names another: if it is not there, because it went down with its process or
 * because something else was tried since, the script is run again, unseen, before the job.
 */
struct blender;

enum blender_job_type {
	BLENDER_RUN,    /* a script, in an empty file */
	BLENDER_CHECK,  /* is it Python at all? */
	BLENDER_PARAMS, /* the constants of a script, its functions and operations */
	BLENDER_NAMES,  /* its syntax, for whoever looks up the names in it */
	BLENDER_VIEWS,  /* pictures of the scene from several sides */
	BLENDER_FACTS,  /* its objects, measured, and what is wrong with them */
	BLENDER_TREE,   /* its hierarchy, modifiers and materials */
	BLENDER_SAVE,   /* a .blend */
	BLENDER_EXPORT, /* any of blender_info.formats */
	BLENDER_API,    /* all that its Python offers, as JSON in a file */
	BLENDER_JOB_TYPES,
};

/* Everything is copied. Fields that its type does not name are not looked at. */
struct blender_job {
	enum blender_job_type type;
	int limit_ms; /* 0: what is usual for its type */
	/* RUN, CHECK, PARAMS, NAMES; the others: what the scene has to be, NULL: what ran last */
	const char *script;
	const char *name; /* RUN, CHECK, NAMES: what errors call the script; NULL: script.py */
	const char *const *views; /* VIEWS: names ending with NULL; NULL: the usual five */
	const char *quality;      /* VIEWS: "clay", "draft", "critic", "final" */
	int size_px;              /* VIEWS: 0: what is usual for the quality */
	const char *light;        /* VIEWS: "neutral", "scene"; NULL: whichever fits */
	int level;                /* FACTS: 0 boxes, 1 and meshes, 2 and contacts */
	const char *format;       /* EXPORT */
};

/* Why a job came to nothing. The script's own failures are as good a result as any. */
enum blender_fault_kind {
	BLENDER_FINE,
	BLENDER_ERROR,   /* the script raised */
	BLENDER_SYNTAX,  /* it is not Python */
	BLENDER_TIMEOUT, /* it was stopped */
	BLENDER_EXIT,    /* it called sys.exit() */
	BLENDER_MEMORY,  /* it wanted more memory, or disk, than it may have */
	BLENDER_CRASH,   /* it took Blender down with it; type is the signal */
	BLENDER_REFUSED, /* this cannot be done here: message says why */
	BLENDER_FAILED,  /* Blender tried and gave up, or the worker has a bug */
	BLENDER_NOTHING, /* there is nothing to draw or to export */
};

extern const char *const blender_fault_names[]; /* NULL-terminated */

struct blender_fault {
	enum blender_fault_kind kind;
	const char *type;    /* "AttributeError", "SIGSEGV" */
	const char *message; /* never NULL unless all is fine */
	int64_t line;        /* of the script; 0: none */
	int64_t column;
	const char *source; /* that line */
	const char *function;
	const char *traceback;
};

struct blender_part {
	const char *name;
	const char *type;   /* "MESH" */
	const char *parent; /* or NULL */
	int64_t faces;
	text_list materials;
	int64_t line, end_line; /* where the script made it; 0: not known */
};

struct blender_note {
	const char *text;
	int64_t line; /* 0: none */
};

enum blender_report_level {
	BLENDER_INFO,
	BLENDER_WARNING,
	BLENDER_REPORT_ERROR,
};

/* What an operator said, as Blender prints it: "Warning: Nothing selected". */
struct blender_report {
	enum blender_report_level level;
	const char *text;
};

/* Raw: printed text may hold anything but NUL, and must not reach a terminal as it is. */
struct blender_run {
	const char *printed;
	int64_t printed_dropped; /* bytes beyond the 256 KiB that are kept */
	LIST_OF(struct blender_report) reports;
	LIST_OF(struct blender_note) warnings; /* Python's, and operators that did nothing */
	LIST_OF(struct blender_part) parts;
	int64_t objects, faces;
	bool nothing; /* it ran and nothing is to be seen */
	const char *nothing_why;
};

struct blender_picture {
	const char *view;
	const char *path;
	int64_t width_px, height_px, ms;
};

struct blender_views {
	const char *engine;
	const char *light;
	LIST_OF(struct blender_picture) pictures;
	text_list skipped; /* views that were not drawn, engines that did not work, and why */
};

struct blender_problem {
	const char *part; /* or NULL: the whole */
	const char *kind;
	const char *text;
	const char *severity; /* "low", "medium", "high" */
};

struct blender_object {
	const char *name;
	const char *type;
	const char *parent;
	int64_t faces, vertices;
};

struct blender_facts {
	LIST_OF(struct blender_object) objects;
	LIST_OF(struct blender_problem) problems;
	int64_t faces, vertices;
	double size_m[3];
	text_list skipped;
};

struct blender_param {
	const char *name;
	const char *kind;     /* "number", "color", "vector", "choice", "switch", "text" */
	const char *text;     /* the value as the script has it */
	const char *value;    /* as JSON */
	int64_t line, column; /* of the value: lines from 1, bytes from 0 */
	int64_t end_line, end_column;
	const char *unit; /* or NULL */
	bool has_range;
	double min, max;
	text_list choices;
	const char *comment;
};

struct blender_function {
	const char *name;
	int64_t line, end_line;
	const char *doc;
};

struct blender_params {
	LIST_OF(struct blender_param) params;
	LIST_OF(struct blender_function) functions;
	const char *operations; /* counts by kind, as JSON */
};

struct blender_names {
	const char *tree; /* as JSON: doc/worker.md says what of */
};

/*
 * A file that came out. It and all beside it (a .mtl, a .bin) are in a folder of our own and
 * regular files, whatever the script tried.
 */
struct blender_file {
	const char *path;
	int64_t bytes;
	text_list beside;
	text_list warnings;
};

struct blender_result {
	enum blender_job_type type;
	struct blender_fault fault;
	int64_t ms;
	const char
		*json; /* the whole answer, for those who want to keep it; NULL if there is none */
	struct blender_run run; /* and of the others, those of its type */
	struct blender_views views;
	struct blender_facts facts;
	struct blender_params params;
	struct blender_names names;
	struct blender_file file;
};

struct blender_lack {
	const char *format;
	const char *needs; /* "python3-numpy" */
};

/* The Blender that answers. */
struct blender_info {
	const char *program;
	const char *version; /* "4.3.2" */
	const char *python;
	text_list engines;
	text_list formats; /* that it can write */
	LIST_OF(struct blender_lack) missing;
	bool denoise;
	enum sandbox_level sandbox;
};

struct blender_options {
	const char *program;        /* NULL: see find.h */
	const char *worker_dir;     /* our Python half: where main.py is */
	const char *cache_dir;      /* for compiled shaders; NULL: none, and each start is slow */
	enum sandbox_level sandbox; /* wanted; all zeros is auto */
	int memory_mb;              /* 0: 4096 */
	int soft_s, hard_s;         /* for a script: 0: 20, and 10 more */
	bool alone;                 /* no second process stands by: half the memory */
};

/*
 * Result and error: exactly one is given, and is borrowed. Once for each job, always from the
 * loop and never before blender_do() has returned. May do anything, blender_close() included.
 */
typedef void (*blender_fn)(void *ctx, const struct blender_result *result, const struct error *err);

/* Each picture as soon as it is there. May not close Blender. */
typedef void (*blender_picture_fn)(void *ctx, const struct blender_picture *picture);

/* NULL: it is ready, and blender_info() says what it is. */
typedef void (*blender_ready_fn)(void *ctx, const struct error *err);

/* The program that would be started; `wanted` as in the options. Replaces *out. */
bool blender_which(struct strbuf *out, const char *wanted, struct error *err);

/* False when there is no Blender at all. Starting it goes on in the background. */
bool blender_open(struct blender **out, struct loop *loop, const struct blender_options *options,
                  struct error *err);
void blender_close(struct blender *b); /* no callback follows; its files are gone */

/* Once, as soon as it is known whether Blender works here. */
void blender_when_ready(struct blender *b, blender_ready_fn fn, void *ctx);
const struct blender_info *blender_info(const struct blender *b); /* NULL until then */

/*
 * Files of a job stay until the next job of its type begins, or until blender_close(). Errors are
 * ERR_CANCELLED; ERR_PROTOCOL, if the other side talks nonsense; and ERR_WORKER or ERR_CONFIG, if
 * no Blender can be started here.
 */
struct blender_task;
struct blender_task *blender_do(struct blender *b, const struct blender_job *job,
                                blender_picture_fn picture, blender_fn done, void *ctx);
void blender_cancel(struct blender_task *task); /* before done(), which follows */
void blender_stop(struct blender *b);           /* every one of them */

#endif
