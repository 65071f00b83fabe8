#ifndef EVENT_VIEWS_H
#define EVENT_VIEWS_H

#include <stdint.h>

#include "base/record.h"

/* One render of one version from one side. */
struct view {
	const char *name; /* a camera of config/views.yaml: "front" */
	const char *blob; /* the PNG */
	int64_t width_px, height_px;
};

struct views {
	int64_t script;
	const char *quality; /* "draft" while it grows, "critic" for judging */
	const char *engine;
	int64_t took_ms;
	LIST_OF(struct view) list;
};

enum severity {
	SEVERITY_LOW,
	SEVERITY_MEDIUM,
	SEVERITY_HIGH,
};

extern const char *const severity_names[]; /* NULL-terminated */

/* What measuring shows and no picture does: "the cap floats 4 mm above the neck". */
struct fact {
	const char *part;
	const char *kind; /* "floating", "open edges" */
	const char *text;
	enum severity severity;
};

struct facts {
	int64_t script;
	const char *blob; /* everything measured, as JSON */
	int64_t objects, faces;
	const char *size; /* of the whole: "0.31 x 0.31 x 0.45 m" */
	LIST_OF(struct fact) problems;
};

extern const struct record_type views_type, facts_type;

#endif
