#ifndef CLI_WORKSHOP_H
#define CLI_WORKSHOP_H

#include "session/session.h"

/*
 * Blender for subcommands that want a thing or two of it and have no session open: one job after
 * the other, each waited for.
 */
struct workshop {
	struct loop *loop;
	struct blender *blender;
};

bool workshop_open(struct workshop *out, const struct blender_settings *settings,
                   struct error *err);
void workshop_close(struct workshop *w);

/* Once it is up; NULL: it cannot be had. */
const struct blender_info *workshop_info(struct workshop *w, struct error *err);

/* A job that came to nothing is a failure. The result is only there for take(). */
typedef bool (*workshop_fn)(void *ctx, const struct blender_result *result, struct error *err);
bool workshop_do(struct workshop *w, const struct blender_job *job, workshop_fn take, void *ctx,
                 struct error *err);

#endif
