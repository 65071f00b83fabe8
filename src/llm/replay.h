#ifndef LLM_REPLAY_H
#define LLM_REPLAY_H

#include "llm/transport.h"

/*
 * Answers from an earlier run instead of a server's. They pass the same decoders, so whatever was
 * recorded once can be seen again, without a network and without cost. Each record answers once.
 */
bool replay_open(struct transport **out, struct loop *loop, const struct llm_endpoint *set,
                 size_t *changed_questions, struct error *err);

#endif
