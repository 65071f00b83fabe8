#ifndef SESSION_CONSULT_H
#define SESSION_CONSULT_H

#include "agent/agent.h"
#include "session/session.h"

/*
 * What a session's look-ups are answered from: the index that the settings name, or that of the
 * Blender at hand. Without one the session goes on, and it is said once why.
 */
struct consult {
	struct catalogue *catalogue; /* what the agents see of it */
	struct rag *rag;
	struct strbuf words;  /* "entries of Blender 4.3.2"; empty: there is none, or not yet */
	struct error trouble; /* to be told; code 0: none */
};

void consult_new(struct session *s);
void consult_begin(struct session *s);    /* once Blender is up */
void consult_complain(struct session *s); /* if something is wrong with it */
void consult_free(struct session *s);

#endif
