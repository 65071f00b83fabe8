#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "base/blob.h"
#include "blender/blender.h"
#include "event/bus.h"
#include "event/state.h"
#include "session/dump.h"
#include "session/fork.h"
#include "session/glance.h"
#include "session/history.h"
#include "session/library.h"
#include "session/metrics.h"
#include "session/peek.h"
#include "session/retell.h"
#include "session/settings.h"
#include "session/start.h"

/*
 * A piece of work from its first prompt to the finished asset, with or without a terminal. The
 * outside sees three things: commands go in, events come out, and the state can be read.
 *
 * On disk it is a folder: events.jsonl (the truth), blobs/ (scripts, pictures, requests and
 * replies by content hash), recording.jsonl (what models said, on the wire), and for people, always
 * those of the head: script.py, asset.blend, views/NAME.png.
 */
struct session;

struct session_options {
	const char *dir;                 /* made if absent, taken up again if not */
	const struct settings *settings; /* borrowed for as long as the session is open */
	const char *models;              /* who answers, in words: "replay of red-bucket" */
	enum autonomy autonomy;
	bool batch; /* nobody is there: ends by itself when nothing is left to do */
};

bool session_open(struct session **out, struct loop *loop, const struct session_options *options,
                  struct error *err);

/* Waits for what is being written; a turn in progress is cancelled. */
void session_close(struct session *s);

/*
 * One command line: "accept", "reprompt thicker legs", "undo 2". False: it was not understood or
 * makes no sense now, and nothing has changed. What it does is heard as events.
 */
bool session_do(struct session *s, const char *line, struct error *err);

const struct state *session_state(const struct session *s);
struct blobs *session_blobs(const struct session *s);
struct journal *session_journal(const struct session *s); /* only to be read */
const char *session_dir(const struct session *s);
const struct blender_info *session_blender(const struct session *s); /* NULL: not up yet */
void session_watch(struct session *s, event_fn fn, void *ctx);
void session_unwatch(struct session *s, event_fn fn, void *ctx);

/* How far the team may go, with what "budget" has made of it. */
const struct team_settings *session_team(const struct session *s);

/* The room that a model has; 0: not known. */
int64_t session_context_tokens(const struct session *s, const char *model);

bool session_is_busy(const struct session *s); /* somebody is at work */

/* Nobody is at work and nothing is queued: the next move is the user's. */
bool session_is_idle(const struct session *s);

/* Nobody goes on by themselves although there is something to do: "continue" helps. */
bool session_is_stopped(const struct session *s);

/* The work has ended and all files are written; `state->ending` says how. */
bool session_is_over(const struct session *s);

/* An event could not be saved, so nothing more can happen. False: all is well. */
bool session_is_broken(const struct session *s, struct error *err);

/* When a command makes sense. */
enum moment {
	ANY_TIME,
	AT_GATE,
	WHEN_IDLE,
};

struct command {
	const char *name;
	const char *args; /* as shown in help: "TEXT", "[STEPS]" */
	enum moment moment;
	bool (*run)(struct session *s, const char *args, struct error *err);
	const char *help;
};

extern const struct command commands[]; /* ends with a NULL name */

#endif
