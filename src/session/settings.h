#ifndef SESSION_SETTINGS_H
#define SESSION_SETTINGS_H

#include "blender/blender.h"
#include "llm/llm.h"
#include "orchestrator/orchestrator.h"

struct blender_settings {
	const char *program; /* a path or a name: Blender, or a Python with bpy; NULL: looked for */
	enum sandbox_level sandbox;
	int64_t memory_mb;
	int64_t soft_s, hard_s;
	int64_t view_px; /* 0: what is usual for the quality */
};

/* What look-ups are answered from. */
struct rag_settings {
	const char *index; /* NULL: the one of the Blender at hand, in the cache */
	const char *api;   /* a dump to make it from, of a Blender that is elsewhere */
	int64_t tokens;    /* that one look-up may fill; 0: what is usual */
};

/* How a session is shown on a terminal. */
struct screen_settings {
	const char *theme; /* a name of themes/, or of the user's own */
	bool mouse;        /* clicks and the wheel are ours; else the terminal selects with them */
};

/*
 * Every folder's settings together, as one record: what config.yaml holds.
 */
struct settings {
	struct team_settings team;
	struct llm_settings llm;
	struct blender_settings blender;
	struct rag_settings rag;
	struct screen_settings screen;
};

extern const struct record_type settings_type;

/*
 * Our own defaults, then the system's, the user's and LL3M_* variables, each over the one before.
 * `file`, if not NULL, is read instead of the system's and the user's.
 */
bool settings_load(struct settings *out, const char *file, char *const *environment,
                   struct error *err);
bool settings_defaults(struct settings *out, struct error *err); /* only our own */
void settings_release(struct settings *s);

#endif
