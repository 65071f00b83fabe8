#ifndef FLOW_STAGE_H
#define FLOW_STAGE_H

#include "session/session.h"

/*
 * A whole session without a terminal: written-down replies, the real Blender, events to expect.
 * One stage is one folder that vanishes with it.
 */
struct stage {
	struct loop *loop;
	struct session *session;
	struct settings settings;
	char *dir;                  /* of the stage; the session is in dir/session */
	char *recording;            /* what will be said */
	char *requests[ROLE_COUNT]; /* blobs: what each agent was last asked */
	struct event_log {
		enum event_kind *items;
		size_t count;
	} heard;
};

/* False: there is no Blender here, so there is nothing to see. */
bool stage_open(struct stage *out);
void stage_close(struct stage *stage);

/* The next reply of an agent. All of them are said before stage_begin(). */
void stage_say(struct stage *stage, const char *agent, const char *text);

void stage_set(struct stage *stage, const char *key, const char *value); /* before it begins */
void stage_begin(struct stage *stage, enum autonomy autonomy, bool batch);
void stage_end(struct stage *stage); /* close the session, keep the folder: it can begin again */

void stage_do(struct stage *stage, const char *command);    /* fails the test if refused */
bool stage_try(struct stage *stage, const char *command);   /* true: it was taken */
void stage_wait(struct stage *stage, enum event_kind kind); /* from now on */
void stage_wait_idle(struct stage *stage);
void stage_wait_over(struct stage *stage);
/* What an agent was last asked, as JSON; the caller releases it. */
struct strbuf stage_request(const struct stage *stage, enum role role);
size_t stage_count(const struct stage *stage, enum event_kind kind); /* heard so far */
const struct state *stage_state(const struct stage *stage);

#endif
