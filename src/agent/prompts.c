#include "agent/prompts.h"

#include <stdlib.h>
#include <string.h>

#include "agent/agent.h"
#include "base/file.h"
#include "base/mem.h"

#define PROMPT_MAX (256u << 10)

static bool load(char **out, const char *dir, const char *name, struct error *err)
{
	struct strbuf file = { 0 }, text = { 0 };
	bool ok;

	strbuf_addf(&file, "%s/%s.md", dir, name);
	ok = file_read(&text, strbuf_str(&file), PROMPT_MAX, err);
	strbuf_release(&file);
	if (ok)
		*out = strbuf_detach(&text);
	strbuf_release(&text);
	return ok;
}

bool prompts_load(struct prompts **out, const char *dir, struct error *err)
{
	static const enum role roles[] = {
		ROLE_PLANNER, ROLE_RETRIEVER, ROLE_CODER, ROLE_CRITIC, ROLE_VERIFIER, ROLE_PROXY,
	};
	struct prompts *p = NEW(struct prompts);
	bool ok = load(&p->house, dir, "house", err);

	for (size_t i = 0; ok && i < COUNT(roles); i++)
		ok = load(&p->cards[roles[i]], dir, role_names[roles[i]], err);
	if (ok)
		*out = p;
	else
		prompts_free(p);
	return ok;
}

void prompts_free(struct prompts *p)
{
	if (!p)
		return;
	free(p->house);
	for (int i = 0; i < ROLE_COUNT; i++)
		free(p->cards[i]);
	free(p);
}
