#ifndef SESSION_START_H
#define SESSION_START_H

#include "blender/blender.h"
#include "session/settings.h"

/* Blender as the settings want it, with our half of it and its cache where they belong. */
bool start_blender(struct blender **out, struct loop *loop, const struct blender_settings *settings,
                   struct error *err);

#endif
