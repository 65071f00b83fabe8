#ifndef AGENT_EDIT_NEAR_H
#define AGENT_EDIT_NEAR_H

#include "agent/edit.h"
#include "agent/edit_lines.h"

/* Of a block that was refused: what the script has instead, in outcome->near. */
void edit_look_near(struct edit_outcome *outcome, const struct lines *file, const struct edit *edit,
                    struct edit_work *work);

#endif
