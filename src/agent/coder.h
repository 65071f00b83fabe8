#ifndef AGENT_CODER_H
#define AGENT_CODER_H

#include "base/record.h"
#include "base/strbuf.h"

enum coder_said {
	CODER_NO_USE, /* `why` says, to the coder, what is wrong with it */
	CODER_SCRIPT,
	CODER_SEARCH, /* no code, but `search`: it wants to look something up first */
};

/* What an answer of the coder amounts to. */
struct coder_reply {
	enum coder_said said;
	struct strbuf script; /* its own whole one, or the one there was, edited */
	bool is_whole;
	int64_t added, removed; /* lines */
	struct strbuf note;     /* its own words */
	struct strbuf why;
	text_list search; /* what it would look up if the script fails, or wants to look up now */
};

void coder_read(struct coder_reply *out, const char *script, const char *answer);
void coder_reply_release(struct coder_reply *r);

#endif
