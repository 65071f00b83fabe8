#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/who.h"

/* Every endpoint is asked at the same time; one that does not answer is told of like the rest. */
struct survey {
	const struct args *args;
	size_t open;     /* questions without an answer */
	size_t answered; /* well */
};

struct question {
	struct survey *survey;
	const char *endpoint;
};

static void print_clean(const char *text)
{
	struct strbuf clean = { 0 };

	text_clean(&clean, text, strlen(text), TEXT_ONE_LINE);
	fputs(strbuf_str(&clean), stdout);
	strbuf_release(&clean);
}

static void print_model(const char *endpoint, const struct llm_model_info *model)
{
	printf("%s/", endpoint);
	print_clean(model->name);
	if (model->context_tokens)
		printf("  (%lld tokens)", (long long)model->context_tokens);
	putchar('\n');
}

static void print_json(const char *endpoint, const struct llm_model_info *model,
                       const struct error *err)
{
	struct json *object = json_object();
	struct strbuf line = { 0 };

	json_put_text(object, "endpoint", endpoint);
	if (model)
		json_put_text(object, "model", model->name);
	if (model && model->context_tokens)
		json_put_int(object, "context_tokens", model->context_tokens);
	if (err)
		json_put_text(object, "error", err->text);
	json_write(&line, object);
	puts(strbuf_str(&line));
	strbuf_release(&line);
	json_free(object);
}

static void on_models(void *ctx, const struct llm_model_info *models, size_t count,
                      const struct error *err)
{
	struct question *q = ctx;
	bool as_json = q->survey->args->flags.json;

	q->survey->open--;
	q->survey->answered += !err;
	if (err && as_json)
		print_json(q->endpoint, NULL, err);
	else if (err)
		printf("%s: %s\n", q->endpoint, err->text);
	else if (!count && !as_json)
		printf("%s: answers, and offers no model\n", q->endpoint);
	for (size_t i = 0; !err && i < count; i++) {
		if (as_json)
			print_json(q->endpoint, &models[i], NULL);
		else
			print_model(q->endpoint, &models[i]);
	}
}

static bool ask_all(struct survey *survey, const struct llm_settings *settings, struct loop *loop,
                    struct error *err)
{
	size_t count = settings->endpoints.count;
	struct question questions[64];
	struct llm *llm;

	if (!llm_open(&llm, loop, settings, NULL, err))
		return false;
	for (size_t i = 0; i < count && i < COUNT(questions); i++) {
		const struct llm_endpoint *e = &settings->endpoints.items[i];

		if (e->kind != LLM_HTTP ||
		    (survey->args->count && strcmp(survey->args->words[0], e->name) != 0))
			continue;
		questions[i] = (struct question){ survey, e->name };
		survey->open++;
		llm_list_models(llm, e->name, on_models, &questions[i]);
	}
	while (survey->open && loop_turn(loop, -1))
		;
	llm_close(llm);
	return true;
}

/* The endpoint in words[0] may be one of the settings or a URL. */
static bool find_endpoint(struct settings *settings, const struct args *args, const char **name,
                          struct error *err)
{
	struct flags wanted = { .endpoint = args->words[0] };

	if (!args->count)
		return true;
	if (!who_apply(&settings->llm, &wanted, ".", err))
		return false;
	*name = who_lacks_model(&settings->llm, &wanted);
	return *name || failed(err, ERR_USAGE, "models: %.60s is no server, so it has no list",
	                       args->words[0]);
}

int cmd_models(const struct args *args)
{
	struct loop *loop = loop_new();
	struct args asked = *args;
	struct survey survey = { .args = &asked };
	struct settings settings;
	struct error err;
	bool ok = cli_settings(&settings, args, &err);

	if (ok) {
		ok = find_endpoint(&settings, args, &asked.words[0], &err) &&
		     ask_all(&survey, &settings.llm, loop, &err);
		settings_release(&settings);
	}
	loop_free(loop);
	if (!ok)
		return cli_fail(&err);
	return survey.answered ? EXIT_DONE : EXIT_NO_MODEL;
}
