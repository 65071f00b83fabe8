#include <stdio.h>

#include "asker.h"
#include "base/json.h"
#include "llm/llm.h"

/*
 * Against a real llama-server with one slot, at the url in LL3M_LLAMA_SERVER, as in
 * http://127.0.0.1:8080/v1. What its model says does not matter.
 */
struct stage {
	struct loop *loop;
	struct llm_endpoint endpoint;
	struct llm_settings settings;
	struct asker asker;
};

static bool stage_open(struct stage *s)
{
	struct error err;

	memset(s, 0, sizeof(*s));
	s->endpoint.name = "llama";
	s->endpoint.url = getenv("LL3M_LLAMA_SERVER");
	if (!s->endpoint.url)
		return false;
	s->settings.endpoints.items = &s->endpoint;
	s->settings.endpoints.count = 1;
	s->loop = loop_new();
	if (!llm_open(&s->asker.llm, s->loop, &s->settings, NULL, &err))
		fail_msg("%s", err.text);
	s->asker.loop = s->loop;
	return true;
}

static void stage_close(struct stage *s)
{
	llm_close(s->asker.llm);
	asker_release(&s->asker);
	loop_free(s->loop);
}

static void ask(struct stage *s, const char *text, const char *schema, int max_tokens)
{
	struct llm_request req = a_question("llama/tiny", text);

	req.schema = schema;
	req.max_tokens = max_tokens;
	asker_ask(&s->asker, &req);
}

TEST(a_real_server_streams)
{
	struct stage s;

	if (!stage_open(&s))
		skip();
	ask(&s, "a red bucket", NULL, 64);
	asker_wait(&s.asker);
	if (s.asker.err.code)
		fail_msg("%s", s.asker.err.text);
	assert_true(s.asker.words.len > 0);
	assert_string_equal(strbuf_str(&s.asker.words), strbuf_str(&s.asker.text));
	assert_true(s.asker.reply.usage.input > 0);
	assert_in_range(s.asker.reply.usage.output, 1, 64);
	print_message("%lld tokens in, %lld out, %lld ms\n", (long long)s.asker.reply.usage.input,
	              (long long)s.asker.reply.usage.output, (long long)s.asker.reply.took_ms);
	stage_close(&s);
}

TEST(a_real_server_enforces_a_schema)
{
	static const char schema[] =
		"{\"type\":\"object\",\"properties\":{\"part\":{\"type\":\"string\",\"enum\":[\"body\","
		"\"handle\"]},\"count\":{\"type\":\"integer\"}},\"required\":[\"part\",\"count\"],"
		"\"additionalProperties\":false}";
	struct json *value = NULL;
	struct json_at root, part;
	const char *word = NULL;
	struct error err;
	struct stage s;

	if (!stage_open(&s))
		skip();
	ask(&s, "a red bucket", schema, 200);
	asker_wait(&s.asker);
	if (!json_parse(&value, strbuf_str(&s.asker.text), s.asker.text.len, &err))
		fail_msg("%s: %s", strbuf_str(&s.asker.text), err.text);
	root = json_root(value, "answer");
	part = json_key(&root, "part");
	assert_true(json_text(&word, &part, &err));
	assert_true(!strcmp(word, "body") || !strcmp(word, "handle"));
	json_free(value);
	stage_close(&s);
}

TEST(a_cancel_frees_the_only_slot_of_a_real_server)
{
	struct stage s;
	int64_t began_ms;

	if (!stage_open(&s))
		skip();
	s.asker.cancel_at_first_word = true;
	ask(&s, "a red bucket",
	    "{\"type\":\"array\",\"minItems\":900,\"items\":{\"type\":"
	    "\"integer\"}}",
	    7000);
	asker_wait(&s.asker);
	assert_int_equal(s.asker.err.code, ERR_CANCELLED);
	asker_release(&s.asker);
	s.asker.done = 0;
	s.asker.err.code = 0;
	s.asker.cancel_at_first_word = false;
	began_ms = loop_now_ms(s.loop);
	ask(&s, "something else", NULL, 4);
	asker_wait(&s.asker);
	assert_int_equal(s.asker.err.code, 0);
	print_message("answered %lld ms after the cancel\n",
	              (long long)(loop_now_ms(s.loop) - began_ms));
	stage_close(&s);
}

TEST(a_real_server_says_how_much_fits)
{
	struct strbuf much = { 0 };
	struct stage s;

	if (!stage_open(&s))
		skip();
	for (int i = 0; i < 20000; i++)
		strbuf_addf(&much, "%d ", i);
	ask(&s, strbuf_str(&much), NULL, 4);
	asker_wait(&s.asker);
	assert_int_equal(s.asker.err.code, ERR_REFUSED);
	assert_true(llm_context_tokens(s.asker.llm, "llama/tiny") > 0);
	print_message("%s\n", s.asker.err.text);
	strbuf_release(&much);
	stage_close(&s);
}

static void hear_models(void *ctx, const struct llm_model_info *models, size_t count,
                        const struct error *err)
{
	int *heard = ctx;

	assert_null(err);
	for (size_t i = 0; i < count; i++)
		print_message("%s, %lld tokens\n", models[i].name,
		              (long long)models[i].context_tokens);
	*heard = (int)count;
}

TEST(a_real_server_lists_its_model)
{
	struct stage s;
	int heard = 0;

	if (!stage_open(&s))
		skip();
	llm_list_models(s.asker.llm, "llama", hear_models, &heard);
	while (!heard)
		assert_true(loop_turn(s.loop, 10000));
	assert_int_equal(heard, 1);
	stage_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_real_server_streams),
		cmocka_unit_test(a_real_server_enforces_a_schema),
		cmocka_unit_test(a_cancel_frees_the_only_slot_of_a_real_server),
		cmocka_unit_test(a_real_server_says_how_much_fits),
		cmocka_unit_test(a_real_server_lists_its_model),
	};

	return RUN_ALL(tests);
}
