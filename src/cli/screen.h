#ifndef CLI_SCREEN_H
#define CLI_SCREEN_H

#include "cli/drive.h"

/* There is a terminal, and neither --plain nor LL3M_PLAIN keeps it from being drawn on. */
bool screen_may_be(const struct flags *flags);

/* A person is at a terminal and has not asked for lines. */
bool screen_is_wanted(const struct drive *drive);

/* As drive_session(), with the session on the whole screen. */
int screen_session(struct loop *loop, const struct drive *drive);

#endif
