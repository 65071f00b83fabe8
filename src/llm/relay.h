#ifndef LLM_RELAY_H
#define LLM_RELAY_H

#include "llm/key.h"
#include "llm/transport.h"

/*
 * Asks by writing each question into a folder of its own and waiting until somebody has dropped
 * an answer there: for machines without a network, and for people who want to answer themselves.
 * A question that an earlier run left open is found again instead of being asked twice.
 */
bool relay_open(struct transport **out, struct loop *loop, const char *dir,
                const struct keyring *ring, struct error *err);

#endif
