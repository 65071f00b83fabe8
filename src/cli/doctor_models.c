#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/doctor.h"
#include "cli/who.h"

enum {
	MOST_ENDPOINTS = 64,
};

struct survey {
	struct check *check;
	struct llm *llm;
	size_t open;
	struct answer_to {
		struct survey *survey;
		const struct llm_endpoint *endpoint;
	} questions[MOST_ENDPOINTS];
};

/* What the user has to set, if there is no key and one is wanted; NULL: it may be asked. */
static const char *lacking_key(const struct llm_endpoint *e)
{
	const char *value = e->key_env ? getenv(e->key_env) : NULL;

	if (e->key_command.count || (e->key_file && access(e->key_file, R_OK) == 0))
		return NULL;
	return e->key_env && (!value || !*value) ? e->key_env : NULL;
}

static void find_endpoint(struct survey *s, enum health health, const struct llm_endpoint *e,
                          const char *what, const char *cure)
{
	struct strbuf text = { 0 };

	strbuf_addf(&text, "%s: %s", e->name, what);
	check_find(s->check, health, strbuf_str(&text), cure);
	strbuf_release(&text);
}

/* Who plays the roles, or that nobody does. */
static void find_team(struct survey *s)
{
	const struct llm_settings *settings = &check_settings(s->check)->llm;
	struct strbuf text = { 0 };
	struct error err;

	strbuf_addstr(&text, "the agents are played by ");
	if (who_check(settings, &err)) {
		struct strbuf team = { 0 };

		who_describe(&team, settings);
		strbuf_addstr(&text, strbuf_str(&team));
		check_find(s->check, HEALTH_FINE, strbuf_str(&text), NULL);
		strbuf_release(&team);
	} else {
		check_find(s->check, HEALTH_NOTE,
		           "no model is set for the agents, so `ll3m run` needs --model",
		           "in config.yaml: llm: {roles: {default: {model: ENDPOINT/MODEL}}}");
	}
	strbuf_release(&text);
}

static void end_if_all_answered(struct survey *s)
{
	if (s->open)
		return;
	find_team(s);
	check_over(s->check);
}

static void on_models(void *ctx, const struct llm_model_info *models, size_t count,
                      const struct error *err)
{
	struct answer_to *q = ctx;
	struct strbuf text = { 0 };

	if (err) {
		find_endpoint(q->survey, HEALTH_NOTE, q->endpoint, err->text, NULL);
	} else {
		strbuf_addf(&text, "answers and has %zu model%s", count, count == 1 ? "" : "s");
		if (count == 1)
			strbuf_addf(&text, " (%s)", models[0].name);
		find_endpoint(q->survey, HEALTH_FINE, q->endpoint, strbuf_str(&text), NULL);
	}
	strbuf_release(&text);
	q->survey->open--;
	end_if_all_answered(q->survey);
}

static void ask(struct survey *s, const struct llm_endpoint *e)
{
	const char *variable = lacking_key(e);
	struct strbuf cure = { 0 };

	if (e->kind != LLM_HTTP) {
		find_endpoint(s, HEALTH_FINE, e, e->kind == LLM_RELAY ? "a relay" : "a recording",
		              NULL);
	} else if (variable) {
		strbuf_addf(&cure, "set %s, or key_file or key_command in config.yaml", variable);
		find_endpoint(s, HEALTH_NOTE, e, "no key, so it was not asked", strbuf_str(&cure));
	} else {
		struct answer_to *q = &s->questions[s->open++];

		*q = (struct answer_to){ s, e };
		llm_list_models(s->llm, e->name, on_models, q);
	}
	strbuf_release(&cure);
}

static void begin_models(struct check *check, void **state)
{
	const struct settings *settings = check_settings(check);
	struct survey *s = NEW(struct survey);
	struct error err;

	*state = s;
	s->check = check;
	if (!settings) {
		check_over(check);
		return;
	}
	if (check_is_quiet(check)) {
		check_find(check, HEALTH_NOTE, "no server was asked; `ll3m doctor` asks them all",
		           NULL);
		end_if_all_answered(s);
		return;
	}
	if (!llm_open(&s->llm, check_loop(check), &settings->llm, NULL, &err)) {
		check_find(check, HEALTH_WEAK, err.text, NULL);
		check_over(check);
		return;
	}
	for (size_t i = 0; i < settings->llm.endpoints.count && i < MOST_ENDPOINTS; i++)
		ask(s, &settings->llm.endpoints.items[i]);
	end_if_all_answered(s);
}

static void release_models(void *state)
{
	struct survey *s = state;

	if (s->llm)
		llm_close(s->llm);
	free(s);
}

const struct check_type check_models = { "models", begin_models, release_models };
