#ifndef AGENT_CODER_H
#define AGENT_CODER_H

#include "base/strbuf.h"
#include "event/script.h"

/*
 * The script that an answer of the coder makes of `script`: its own whole one, or `script` edited.
 * Fills in how it was made and the coder's own words as `note`. False: *why says, to the coder,
 * what is wrong with the answer.
 */
bool coder_read(struct strbuf *out, struct strbuf *note, struct script_written *how,
                const char *script, const char *answer, struct strbuf *why);

#endif
