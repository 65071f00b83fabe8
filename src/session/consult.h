#ifndef SESSION_CONSULT_H
#define SESSION_CONSULT_H

#include "agent/agent.h"
#include "session/library.h"
#include "session/session.h"

/*
 * What a session's look-ups are answered from: the index that the settings name, or that of the
 * Blender at hand, which may have to be made first. Without one the session goes on, and it is
 * said once why.
 */
struct consult {
	struct catalogue *catalogue; /* what the agents see of it */
	struct rag *named;           /* of the settings */
	struct library *library;
	struct strbuf words;  /* "17,239 entries of Blender 4.3.2", for people; empty: nothing */
	struct error trouble; /* to be told; code 0: none */
	bool is_being_made;
};

void consult_new(struct session *s);
void consult_begin(struct session *s);  /* once Blender is up; then there are words for it */
void consult_report(struct session *s); /* that it is being made, or what is wrong with it */
void consult_free(struct session *s);

#endif
