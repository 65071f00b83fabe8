#ifndef AGENT_ENQUIRY_H
#define AGENT_ENQUIRY_H

#include "base/strbuf.h"
#include "event/state.h"
#include "rag/rag.h"

/*
 * What the coder has to know for its next turn, as a question to BlenderRAG. The words are those
 * that somebody has put down before: the planner, the critic, the user proxy, or the coder itself.
 */
struct enquiry {
	struct rag_question question; /* borrows from the state, the script and what follows */
	struct strbuf text, error;
};

/* `script` is the text of the candidate. The state has to stand still while it is used. */
void enquiry_make(struct enquiry *out, const struct state *now, const char *script);
void enquiry_release(struct enquiry *e);

#endif
