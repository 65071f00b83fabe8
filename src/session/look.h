#ifndef SESSION_LOOK_H
#define SESSION_LOOK_H

#include "base/blob.h"
#include "event/state.h"
#include "journal/journal.h"
#include "session/history.h"

/*
 * A session as it stands on disk, only to be looked at: nothing is locked or changed, and somebody
 * else may have it open and go on writing.
 */
struct look {
	struct journal *journal;
	struct blobs *blobs; /* NULL: there are none yet */
	struct state state;  /* of the head; what was spent counts on every branch */
};

bool look_open(struct look *out, const char *dir, struct error *err);
void look_close(struct look *look);

/* The state at an event, with the costs of every branch. `*out` is released first. */
bool look_fold(struct state *out, struct journal *journal, int64_t head, struct error *err);

#endif
