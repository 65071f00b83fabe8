#ifndef AGENT_PROMPTS_H
#define AGENT_PROMPTS_H

#include "event/event.h"

/* The words every brief starts from: files of config/prompts that people may change. */
struct prompts {
	char *house;             /* for all: how the asset exists, the rules of the script */
	char *cards[ROLE_COUNT]; /* for one: who you are and what to answer; NULL: no agent */
};

#endif
