#include "agent/agent.h"

const struct agent *agent_for(enum role role)
{
	static const struct agent *const agents[ROLE_COUNT] = {
		[ROLE_PLANNER] = &planner, [ROLE_RETRIEVER] = &retriever, [ROLE_CODER] = &coder,
		[ROLE_CRITIC] = &critic,   [ROLE_VERIFIER] = &verifier,   [ROLE_PROXY] = &proxy,
	};

	return agents[role];
}
