#ifndef SESSION_PEEK_H
#define SESSION_PEEK_H

#include "base/blob.h"
#include "event/state.h"
#include "journal/journal.h"
#include "session/history.h"

/*
 * A session as it stands on disk, only to be looked at: nothing is locked or changed, and somebody
 * else may have it open and go on writing.
 */
struct peek {
	struct journal *journal;
	struct blobs *blobs; /* NULL: there are none yet */
	struct state state;  /* of the head; what was spent counts on every branch */
};

bool peek_open(struct peek *out, const char *dir, struct error *err);
void peek_close(struct peek *look);

/* The state at an event, with the costs of every branch. `*out` is released first. */
bool peek_fold(struct state *out, struct journal *journal, int64_t head, struct error *err);

#endif
