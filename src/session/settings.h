#ifndef SESSION_SETTINGS_H
#define SESSION_SETTINGS_H

#include "blender/blender.h"
#include "llm/llm.h"
#include "orchestrator/orchestrator.h"

/*
 * Every folder's settings together, as one record: what config.yaml holds.
 */
struct settings {
	struct team_settings team;
	struct llm_settings llm;
	struct blender_settings blender;
};

extern const struct record_type settings_type;

/*
 * Our own defaults, then the system's, the user's and LL3M_* variables, each over the one before.
 * `file`, if not NULL, is read instead of the system's and the user's.
 */
bool settings_load(struct settings *out, const char *file, char *const *environment,
                   struct error *err);
void settings_release(struct settings *s);

#endif
