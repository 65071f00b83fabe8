#ifndef AGENT_PREFLIGHT_H
#define AGENT_PREFLIGHT_H

#include "agent/turn.h"
#include "rag/rag.h"

/* What becomes of names in the candidate that this Blender does not have. */

/*
 * Goes back to the coder without a run? Never what a person wrote. And once the coder insists, a
 * third time in a row, Blender has the last word.
 */
bool preflight_refuses(const struct state *now, const struct rag_misnomers *misnomers);

/* EV_SCRIPT_FAILED, with all of them. */
void preflight_send(struct turn *t, const char *script, const struct rag_misnomers *misnomers,
                    int64_t took_ms);

void preflight_tell(struct strbuf *out,
                    const struct rag_misnomer *m); /* with its line and what there is instead */

#endif
