#ifndef TUI_HOUSE_H
#define TUI_HOUSE_H

#include "session/session.h"
#include "tui/pane.h"
#include "tui/story.h"

/*
 * What panes stand in: the session they show, the screen they share, and what happens to all of
 * them. Panes see only this of each other.
 */
struct house;

/* What the whole screen is for. */
enum mode {
	MODE_MAIN,
	MODE_REVIEW, /* of the proposal that waits: script is its diff, talk its critique */
};

struct session *house_session(const struct house *h);
struct layer *house_layer(const struct house *h); /* of pictures */
struct loop *house_loop(const struct house *h);
enum mode house_mode(const struct house *h);
bool house_is_plain(const struct house *h); /* no UTF-8: frames and marks are ASCII */

const struct story *house_story(const struct house *h);

/* The version that somebody marked to compare others with; 0: none. */
int64_t house_marked(const struct house *h);
void house_mark(struct house *h, int64_t version);

/* Mark this version or, if another is marked, show in all panes how they differ. */
void house_compare(struct house *h, int64_t version);

/*
 * What all panes hold the version that is shown against: in review what the user has; else the
 * marked one, while somebody compares. 0: nothing, each pane does as it likes.
 */
int64_t house_base(const struct house *h);

/*
 * The version that the panes look at: that of the head, unless somebody went to an earlier step to
 * look around. An id of a script.written; 0: there is none.
 */
int64_t house_version(const struct house *h);
void house_look_at(struct house *h, int64_t version); /* 0: the head's again */

void house_redraw(struct house *h, enum pane_id pane); /* PANE_NONE: everything */

/* One line under the panes, until the next key. Clean text; no full stop needed. */
void house_say(struct house *h, const char *text);
void house_complain(struct house *h, const struct error *err);

/* A command line, as if it had been typed after the colon. Complains by itself. */
bool house_do(struct house *h, const char *line);

void house_focus(struct house *h,
                 enum pane_id pane); /* only for keys and clicks, never for events */

/* A text in $EDITOR; done() with what it became, or NULL if nothing changed. */
typedef void (*house_edited_fn)(void *ctx, const char *text);
void house_edit(struct house *h, const char *text, const char *suffix, house_edited_fn done,
                void *ctx);

#endif
