#ifndef SESSION_INSIDE_H
#define SESSION_INSIDE_H

#include "agent/agent.h"
#include "journal/journal.h"
#include "orchestrator/orchestrator.h"
#include "session/consult.h"
#include "session/publish.h"
#include "session/session.h"

/* What the files of this folder share, and nobody else sees. */

/* Instructions that wait for their turn. */
struct wish {
	char *text;
	text_list images; /* blobs */
};

struct wishes {
	struct wish *items;
	size_t count;
};

struct session {
	struct loop *loop;
	struct session_options options;
	struct team_settings
		team; /* the settings', but "budget" may raise it; its texts are borrowed */
	char *dir;
	struct bus *bus;
	struct journal *journal;
	struct blobs *blobs;
	struct llm *llm;
	struct blender *blender;
	struct prompts *prompts;
	struct services services;
	struct consult consult;
	struct orchestrator *orchestrator;
	struct state state;
	struct wishes wishes;
	text_list attached; /* blobs for the next prompt */
	struct publish publish;
	int64_t lost_bytes;
	bool is_opened;    /* EV_SESSION_OPENED has been heard */
	bool is_wish_sent; /* and not been heard yet */
	bool is_up;        /* Blender is there and the session is opened */
	bool is_broken;
	struct error failure; /* why */
};

void session_send(struct session *s, enum event_kind kind, enum role role,
                  const union event_body *body);

void session_send_wish(struct session *s);  /* the first one becomes EV_PROMPT_GIVEN */
void session_send_queue(struct session *s); /* EV_QUEUE_CHANGED, as it is now */
void wishes_add(struct wishes *w, const char *text, const text_list *images);
void wishes_release(struct wishes *w);

/* What commands[] names and other files have. */
bool cmd_queue(struct session *s, const char *args, struct error *err);
bool cmd_plan(struct session *s, const char *args, struct error *err);

#endif
