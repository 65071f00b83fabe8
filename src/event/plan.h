#ifndef EVENT_PLAN_H
#define EVENT_PLAN_H

#include "base/record.h"

/* One thing the asset consists of: what will become one function of the script. */
struct plan_part {
	const char *name; /* "handle": as in build_handle() */
	const char *looks;
	const char *size; /* "0.30 x 0.30 x 0.32 m" */
	const char *material;
	const char *parent;   /* the part it hangs on, or NULL */
	const char *relation; /* how it meets its parent: "hooks into both ears" */
};

/* One turn of the coder. */
struct subtask {
	const char *title;
	const char *goal;
	text_list parts;  /* which parts it builds or changes */
	text_list search; /* what to look up before it is coded */
};

/* What the planner made of the prompt. */
struct plan {
	const char *title;
	const char *summary;
	const char *style;
	LIST_OF(struct plan_part) parts;
	LIST_OF(struct subtask) subtasks;
};

extern const struct record_type plan_type;

#endif
