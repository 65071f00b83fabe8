#ifndef AGENT_EDIT_LADDER_H
#define AGENT_EDIT_LADDER_H

#include "agent/edit.h"
#include "agent/edit_lines.h"

/*
 * Try one block, rung by rung. When it goes in, `out` is what it makes of the file, and *outcome
 * says how and where; else *outcome says why not, and `out` stays empty.
 */
void edit_climb(struct lines *out, struct edit_outcome *outcome, const struct lines *file,
                const struct lines *search, const struct lines *replace, struct edit_work *work);

#endif
