#ifndef EVENT_SCRIPT_H
#define EVENT_SCRIPT_H

#include <stdint.h>

#include "base/record.h"

/* Why a version was written. */
enum purpose {
	PURPOSE_NONE,
	PURPOSE_PLAN,
	PURPOSE_CREATE,
	PURPOSE_REPAIR, /* it raised an error */
	PURPOSE_REFINE, /* the critic found flaws */
	PURPOSE_GUIDE,  /* the user asked for a change */
	PURPOSE_CRITIQUE,
	PURPOSE_VERIFY,
	PURPOSE_READ,   /* the user proxy reads an instruction */
	PURPOSE_HAND,   /* the user edited it */
	PURPOSE_DIGEST, /* the retriever boils documents down */
};

extern const char *const purpose_names[]; /* NULL-terminated */

/*
 * A version of the bpy script is the event that wrote it: its id is the version's number, and
 * versions are never changed, only followed by others.
 */
struct script_written {
	const char *blob; /* the text, by content hash */
	int64_t from;     /* the version it was made from; 0 for the first */
	enum purpose purpose;
	int64_t subtask; /* counted from 1; 0: none */
	bool whole;      /* the coder wrote it out; else edits were applied */
	int64_t added, removed;
	const char *note; /* what the coder says it did */
	text_list search; /* what it would look up if this version fails */
};

/* One object that a script built. */
struct built_part {
	const char *name;
	const char *type;
	const char *parent;
	int64_t faces;
	text_list materials;
};

struct script_ran {
	int64_t script;
	int64_t took_ms;
	int64_t objects;
	int64_t faces;
	LIST_OF(struct built_part) parts;
	text_list warnings;
	const char *printed; /* what it printed, cut to a page */
};

enum failure {
	FAILURE_ERROR,
	FAILURE_SYNTAX,
	FAILURE_TIMEOUT,
	FAILURE_EXIT,
	FAILURE_MEMORY,
	FAILURE_CRASH,
	FAILURE_NOTHING, /* ran to its end, and nothing is to be seen */
	FAILURE_NAMES,   /* was not run: it names what this Blender does not have */
};

extern const char *const failure_names[]; /* NULL-terminated */

struct script_failed {
	int64_t script;
	enum failure failure;
	const char *type; /* "AttributeError" */
	const char *message;
	int64_t line; /* of the script; 0: none */
	const char *source;
	const char *traceback;
	const char *printed;
	int64_t took_ms;
	text_list search; /* what to look up to mend it, if that is known */
};

extern const struct record_type script_written_type, script_ran_type, script_failed_type,
	built_part_type;

#endif
