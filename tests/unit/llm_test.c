#include "llm/llm.h"

#include <stdio.h>
#include <time.h>

#include "asker.h"
#include "base/file.h"
#include "server.h"

#define STREAM(words)                                                                              \
	"data: {\"model\":\"tiny-1\",\"choices\":[{\"delta\":{\"content\":\"" words "\"}}]}\n\n"
#define STOP "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
#define USAGE                                                                                      \
	"data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":200,"       \
	"\"prompt_tokens_details\":{\"cached_tokens\":400}}}\n\n"
#define DONE "data: [DONE]\n\n"

static const char *const hello[] = { STREAM("Hel"), STREAM("lo"), STOP USAGE, DONE, NULL };
static const struct scene good = { "200 OK", NULL, hello, THEN_END };

/* A server, an endpoint "here" that leads to it, and one who asks. */
struct stage {
	struct loop *loop;
	struct server server;
	struct scratch scratch;
	struct llm_endpoint endpoint;
	struct llm_price price;
	struct llm_settings settings;
	struct llm *llm;
	struct asker asker;
	char url[64];
	char *state_file;
	int64_t ahead_ms; /* of the real clock, once warp() has been called */
	bool warped;
};

/* From now on it is so much later. libcurl goes by the real clock, so ours may not stand still. */
static void warp(struct stage *s, int64_t ms)
{
	s->ahead_ms += ms;
	s->warped = true;
}

static void turn(struct stage *s)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (s->warped)
		loop_set_clock(s->loop, now.tv_sec * 1000 + now.tv_nsec / 1000000 + s->ahead_ms);
	assert_true(loop_turn(s->loop, 10));
}

static void stage_open(struct stage *s, const struct scene *scenes, size_t count)
{
	memset(s, 0, sizeof(*s));
	s->loop = loop_new();
	s->scratch = scratch_new();
	s->state_file = xstrdup(scratch_path(&s->scratch, "learned.json"));
	server_open(&s->server, s->loop, scenes, count);
	snprintf(s->url, sizeof(s->url), "http://127.0.0.1:%d/v1", s->server.port);
	s->endpoint.name = "here";
	s->endpoint.url = s->url;
	s->settings.endpoints.items = &s->endpoint;
	s->settings.endpoints.count = 1;
	s->settings.state_file = s->state_file;
}

static void stage_start(struct stage *s)
{
	struct error err;

	if (!llm_open(&s->llm, s->loop, &s->settings, NULL, &err))
		fail_msg("%s", err.text);
	s->asker.loop = s->loop;
	s->asker.llm = s->llm;
}

static void stage_ask(struct stage *s, const char *text)
{
	struct llm_request req = a_question("here/tiny", text);

	stage_start(s);
	asker_ask(&s->asker, &req);
}

static void stage_close(struct stage *s)
{
	llm_close(s->llm);
	asker_release(&s->asker);
	server_close(&s->server);
	loop_free(s->loop);
	free(s->state_file);
	scratch_free(&s->scratch);
}

TEST(words_stream_in_and_add_up_to_the_reply)
{
	struct stage s;
	const char *request;

	stage_open(&s, &good, 1);
	stage_ask(&s, "a \"red\" bucket\n");
	asker_wait(&s.asker);
	assert_int_equal(s.asker.err.code, 0);
	assert_string_equal(strbuf_str(&s.asker.words), "Hello");
	assert_string_equal(strbuf_str(&s.asker.text), "Hello");
	assert_int_equal(s.asker.reply.stop, LLM_STOP_END);
	assert_int_equal(s.asker.reply.usage.input, 1000);
	assert_int_equal(s.asker.reply.usage.cached, 400);
	assert_int_equal(s.asker.reply.tries, 1);
	assert_false(s.asker.reply.cost_usd < 0 ||
	             s.asker.reply.cost_usd > 0); /* it is our own machine */
	request = strbuf_str(&s.server.requests[0]);
	assert_mentions(request, "POST /v1/chat/completions HTTP/1.1\r\n");
	assert_mentions(request, "\"model\":\"tiny\"");
	assert_mentions(
		request,
		"{\"role\":\"system\",\"content\":\"You write scripts.\\n\\nToday: a bucket.\"}");
	assert_mentions(request, "{\"role\":\"user\",\"content\":\"a \\\"red\\\" bucket\\n\"}");
	assert_mentions(request, "\"max_tokens\":1000");
	assert_mentions(request, "\"stream\":true");
	assert_null(strstr(request, "Authorization"));
	stage_close(&s);
}

TEST(nothing_is_left_to_wait_for_after_the_reply)
{
	struct stage s;

	stage_open(&s, &good, 1);
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	while (s.server.visits)
		visit_free(s.server.visits);
	watch_free(s.server.watch);
	s.server.watch = NULL;
	for (int i = 0; i < 100 && loop_turn(s.loop, 1000); i++)
		;
	assert_false(loop_turn(s.loop, 0));
	stage_close(&s);
}

TEST(a_busy_server_is_asked_again_when_it_says)
{
	static const char *const busy[] = { "{\"error\":{\"message\":\"slow down\"}}", NULL };
	const struct scene scenes[] = {
		{ "429 Too Many Requests", "Retry-After: 60\r\n", busy, THEN_END }, good, good
	};
	struct asker second = { 0 };
	struct llm_request req;
	struct stage s;

	stage_open(&s, scenes, COUNT(scenes));
	warp(&s, 0);
	stage_ask(&s, "hi");
	while (!s.asker.retries)
		turn(&s);
	assert_int_equal(s.asker.wait_ms, 60000);
	assert_mentions(strbuf_str(&s.asker.why), "slow down");

	/* Whoever asks meanwhile waits too. */
	second.loop = s.loop;
	second.llm = s.llm;
	req = a_question("here/tiny", "me too");
	asker_ask(&second, &req);
	for (int i = 0; i < 50; i++)
		turn(&s);
	assert_int_equal(s.server.request_count, 1);
	warp(&s, 60001);
	while (!s.asker.done || !second.done)
		turn(&s);
	assert_int_equal(s.asker.reply.tries, 2);
	assert_int_equal(second.reply.tries, 1);
	asker_release(&second);
	stage_close(&s);
}

TEST(a_reply_that_breaks_off_is_asked_for_again)
{
	static const char *const half[] = { STREAM("Hel"), NULL };
	const struct scene scenes[] = { { "200 OK", NULL, half, THEN_CUT }, good };
	struct stage s;

	stage_open(&s, scenes, COUNT(scenes));
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	assert_int_equal(s.asker.retries, 1);
	assert_mentions(strbuf_str(&s.asker.why), "broke off");
	assert_string_equal(strbuf_str(&s.asker.words), "Hello");
	stage_close(&s);
}

TEST(a_server_that_says_nothing_is_given_up)
{
	const struct scene silent = { NULL, NULL, NULL, THEN_HANG };
	const struct scene scenes[] = { silent, silent, silent };
	struct stage s;

	stage_open(&s, scenes, COUNT(scenes));
	warp(&s, 0);
	stage_ask(&s, "hi");
	for (int tries = 1; tries <= 3; tries++) {
		while (s.server.request_count < (size_t)tries)
			turn(&s);
		warp(&s, 300001);
		while (s.asker.retries < tries && !s.asker.done)
			turn(&s);
		warp(&s, s.asker.wait_ms);
	}
	assert_int_equal(s.asker.done, 1);
	assert_int_equal(s.asker.err.code, ERR_NETWORK);
	assert_mentions(s.asker.err.text, "no answer for 300 s");
	assert_mentions(s.asker.err.text, "first_byte_s");
	stage_close(&s);
}

TEST(a_reply_that_stalls_is_given_up_sooner)
{
	static const char *const half[] = { STREAM("Hel"), NULL };
	const struct scene scenes[] = { { "200 OK", NULL, half, THEN_HANG }, good };
	struct stage s;

	stage_open(&s, scenes, COUNT(scenes));
	s.endpoint.between_s = 7;
	warp(&s, 0);
	stage_ask(&s, "hi");
	while (!s.asker.words.len)
		turn(&s);
	warp(&s, 7001);
	while (!s.asker.retries)
		turn(&s);
	assert_mentions(strbuf_str(&s.asker.why), "no more words for 7 s");
	warp(&s, s.asker.wait_ms);
	while (!s.asker.done)
		turn(&s);
	assert_string_equal(strbuf_str(&s.asker.words), "Hello");
	stage_close(&s);
}

TEST(the_last_word_ends_a_reply_though_the_line_stays_open)
{
	const struct scene scene = { "200 OK", NULL, hello, THEN_HANG };
	struct stage s;

	stage_open(&s, &scene, 1);
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	assert_string_equal(strbuf_str(&s.asker.text), "Hello");
	stage_close(&s);
}

TEST(a_cancelled_call_hangs_up_and_says_so_once)
{
	static const char *const endless[] = { STREAM("a"), STREAM("b"), STREAM("c"), STREAM("d"),
		                               STREAM("e"), STREAM("f"), STREAM("g"), NULL };
	const struct scene scene = { "200 OK", NULL, endless, THEN_HANG };
	struct stage s;

	stage_open(&s, &scene, 1);
	s.asker.cancel_at_first_word = true;
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	assert_int_equal(s.asker.err.code, ERR_CANCELLED);
	assert_string_equal(strbuf_str(&s.asker.words), "a");
	while (!s.server.hung_up)
		assert_true(loop_turn(s.loop, 10000));
	stage_close(&s);
}

TEST(a_call_can_be_cancelled_before_it_is_sent)
{
	struct stage s;

	stage_open(&s, NULL, 0);
	stage_ask(&s, "hi");
	llm_cancel(s.asker.call);
	llm_cancel(s.asker.call);
	asker_wait(&s.asker);
	assert_int_equal(s.asker.err.code, ERR_CANCELLED);
	assert_int_equal(s.server.request_count, 0);
	stage_close(&s);
}

TEST(a_megabyte_goes_out_without_asking_for_leave)
{
	struct strbuf much = { 0 };
	struct stage s;

	for (int i = 0; i < 20000; i++)
		strbuf_addf(&much, "%064d\n", i);
	stage_open(&s, &good, 1);
	stage_ask(&s, strbuf_str(&much));
	asker_wait(&s.asker);
	assert_null(strcasestr(strbuf_str(&s.server.requests[0]), "expect:"));
	assert_true(s.server.requests[0].len > much.len);
	strbuf_release(&much);
	stage_close(&s);
}

TEST(a_proxy_is_not_asked_for_the_way_to_this_machine)
{
	struct stage s;

	setenv("http_proxy", "http://127.0.0.1:1", 1);
	stage_open(&s, &good, 1);
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	unsetenv("http_proxy");
	assert_int_equal(s.asker.err.code, 0);
	stage_close(&s);
}

TEST(connections_are_used_again)
{
	const struct scene scenes[] = { good, good };
	struct llm_request req;
	struct visit *visit;
	struct stage s;

	stage_open(&s, scenes, 2);
	stage_ask(&s, "one");
	asker_wait(&s.asker);
	visit = s.server.visits;
	s.asker.done = 0;
	req = a_question("here/tiny", "two");
	asker_ask(&s.asker, &req);
	asker_wait(&s.asker);
	assert_ptr_equal(s.server.visits, visit);
	assert_null(visit->next);
	stage_close(&s);
}

static const char refused[] =
	"{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this "
	"model. Use 'max_completion_tokens' instead.\",\"type\":\"invalid_request_error\","
	"\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}";

TEST(a_refused_parameter_is_left_out_and_that_is_remembered)
{
	static const char *const pieces[] = { refused, NULL };
	const struct scene scenes[] = { { "400 Bad Request", NULL, pieces, THEN_END }, good, good };
	struct stage s;

	stage_open(&s, scenes, COUNT(scenes));
	stage_ask(&s, "one");
	asker_wait(&s.asker);
	assert_int_equal(s.asker.err.code, 0);
	assert_int_equal(s.asker.reply.tries, 1);
	assert_mentions(strbuf_str(&s.server.requests[1]), "\"max_completion_tokens\":1000");
	assert_null(strstr(strbuf_str(&s.server.requests[1]), "\"max_tokens\""));

	/* Also by the next run. */
	llm_close(s.llm);
	s.asker.done = 0;
	stage_ask(&s, "two");
	asker_wait(&s.asker);
	assert_mentions(strbuf_str(&s.server.requests[2]), "\"max_completion_tokens\":1000");
	stage_close(&s);
}

static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\0\0\0\1\0\x08\2\0\0\0";

static void write_png(struct scratch *scratch)
{
	struct error err;

	assert_true(file_write(scratch_path(scratch, "front.png"), png, sizeof(png) - 1, &err));
}

TEST(a_model_that_cannot_see_gets_a_note_instead_of_the_picture)
{
	static const char *const blind[] = {
		"{\"error\":{\"code\":500,\"message\":\"image input is not supported - hint: "
		"provide the mmproj\",\"type\":\"server_error\"}}",
		NULL
	};
	const struct scene scenes[] = { { "500 Internal Server Error", NULL, blind, THEN_END },
		                        good };
	struct llm_part parts[] = { { .text = "Look:" },
		                    { .type = LLM_IMAGE, .text = "front view" } };
	struct llm_message message = { .parts = parts, .count = 2 };
	struct llm_request req = a_question("here/tiny", "");
	struct stage s;

	stage_open(&s, scenes, COUNT(scenes));
	write_png(&s.scratch);
	parts[1].file = scratch_path(&s.scratch, "front.png");
	req.messages = &message;
	stage_start(&s);
	asker_ask(&s.asker, &req);
	asker_wait(&s.asker);
	assert_int_equal(s.asker.err.code, 0);
	assert_mentions(strbuf_str(&s.server.requests[0]),
	                "{\"type\":\"text\",\"text\":\"Look:\\n\\nfront view:\"},{\"type\":"
	                "\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo");
	assert_mentions(strbuf_str(&s.server.requests[1]),
	                "\"content\":\"Look:\\n\\n[front view: a picture, which you cannot see]\"");
	stage_close(&s);
}

TEST(a_picture_that_is_none_is_an_error_before_anything_is_sent)
{
	struct llm_part part = { .type = LLM_IMAGE, .file = "/dev/null" };
	struct llm_message message = { .parts = &part, .count = 1 };
	struct llm_request req = a_question("here/tiny", "");
	struct stage s;

	stage_open(&s, NULL, 0);
	req.messages = &message;
	stage_start(&s);
	asker_ask(&s.asker, &req);
	asker_wait(&s.asker);
	assert_mentions(s.asker.err.text, "/dev/null");
	stage_close(&s);
}

TEST(json_is_asked_for_in_the_way_the_endpoint_can)
{
	static const char schema[] = "{\"type\":\"object\",\"required\":[\"a\"]}";
	static const char *const wanted[] = {
		[LLM_JSON_SCHEMA] =
			"\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{"
			"\"name\":\"answer\",\"strict\":true,\"schema\":{\"type\":",
		[LLM_JSON_OBJECT] = "\"response_format\":{\"type\":\"json_object\"}",
		[LLM_JSON_NONE] = "It has to obey this JSON Schema:",
	};

	for (size_t i = 0; i < COUNT(wanted); i++) {
		struct llm_request req;
		struct stage s;

		stage_open(&s, &good, 1);
		s.endpoint.json = (enum llm_json)i;
		stage_start(&s);
		req = a_question("here/tiny", "a list");
		req.schema = schema;
		asker_ask(&s.asker, &req);
		asker_wait(&s.asker);
		assert_mentions(strbuf_str(&s.server.requests[0]), wanted[i]);
		stage_close(&s);
	}
}

TEST(extra_keys_of_the_settings_are_sent_until_they_are_refused)
{
	static const char *const pieces[] = {
		"{\"error\":{\"message\":\"temperature does not support 0.2 with this model\","
		"\"param\":\"temperature\"}}",
		NULL
	};
	const struct scene scenes[] = { { "400 Bad Request", NULL, pieces, THEN_END }, good };
	struct stage s;

	stage_open(&s, scenes, 2);
	s.endpoint.extra = " {\"temperature\": 0.2, \"seed\": 1} ";
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	assert_mentions(strbuf_str(&s.server.requests[0]), ",\"temperature\": 0.2, \"seed\": 1}");
	assert_null(strstr(strbuf_str(&s.server.requests[1]), "temperature"));
	stage_close(&s);
}

TEST(what_the_account_costs_is_computed_from_the_prices)
{
	struct llm_price price = { "tiny*", 1, 10, 0.5, 0 };
	struct llm_header host = { "X-Title", "ll3m" };
	struct stage s;

	stage_open(&s, &good, 1);
	/* By its name it is not this machine, so it is not free. */
	snprintf(s.url, sizeof(s.url), "http://0.0.0.0:%d/v1/", s.server.port);
	s.endpoint.headers.items = &host;
	s.endpoint.headers.count = 1;
	s.settings.prices.items = &price;
	s.settings.prices.count = 1;
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	assert_true(s.asker.reply.cost_usd > 0.002799 && s.asker.reply.cost_usd < 0.002801);
	assert_mentions(strbuf_str(&s.server.requests[0]), "X-Title: ll3m\r\n");
	assert_mentions(strbuf_str(&s.server.requests[0]), "POST /v1/chat/completions");
	stage_close(&s);
}

TEST(a_server_that_says_what_it_costs_is_believed)
{
	static const char *const priced[] = {
		STREAM("hi"), STOP,
		"data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,"
		"\"completion_tokens\":1,\"cost\":0.25}}\n\n",
		DONE, NULL
	};
	const struct scene scene = { "200 OK", NULL, priced, THEN_END };
	struct stage s;

	stage_open(&s, &scene, 1);
	snprintf(s.url, sizeof(s.url), "http://0.0.0.0:%d/v1", s.server.port);
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	assert_true(s.asker.reply.cost_usd > 0.2499 && s.asker.reply.cost_usd < 0.2501);
	stage_close(&s);
}

TEST(the_key_goes_to_the_server_and_nowhere_else)
{
	static const char *const echo[] = {
		"{\"error\":{\"message\":\"bad key sk-very-secret-1234, sorry\"}}", NULL
	};
	const struct scene scene = { "401 Unauthorized", NULL, echo, THEN_END };
	struct stage s;

	setenv("LL3M_TEST_KEY", "sk-very-secret-1234", 1);
	stage_open(&s, &scene, 1);
	s.endpoint.key_env = "LL3M_TEST_KEY";
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	unsetenv("LL3M_TEST_KEY");
	assert_mentions(strbuf_str(&s.server.requests[0]),
	                "Authorization: Bearer sk-very-secret-1234\r\n");
	assert_int_equal(s.asker.err.code, ERR_REFUSED);
	assert_mentions(s.asker.err.text, "$LL3M_TEST_KEY");
	assert_mentions(s.asker.err.text, "bad key [key], sorry");
	assert_int_equal(s.asker.retries, 0);
	stage_close(&s);
}

static void assert_error(const char *url, const char *model, const char *key_env, const char *said)
{
	struct llm_request req = a_question(model, "hi");
	struct stage s;

	stage_open(&s, NULL, 0);
	s.endpoint.url = url ? url : s.url;
	s.endpoint.key_env = key_env;
	s.settings.broken_tries = 1;
	stage_start(&s);
	asker_ask(&s.asker, &req);
	asker_wait(&s.asker);
	assert_mentions(s.asker.err.text, said);
	stage_close(&s);
}

TEST(an_error_says_what_to_do)
{
	assert_error(NULL, "there/tiny", NULL, "no endpoint \"there\"; the settings have: here");
	assert_error("https://api.example.org/v1", "here/tiny", "LL3M_NO_SUCH_KEY",
	             "set the variable LL3M_NO_SUCH_KEY");
	assert_error("http://127.0.0.1:1/v1", "here/tiny", NULL,
	             "cannot reach http://127.0.0.1:1/v1");
}

static void assert_status(const char *status, const char *headers, const char *const *body,
                          const char *said)
{
	const struct scene scene = { status, headers, body, THEN_END };
	const struct scene scenes[] = { scene, scene }; /* what makes no sense is asked twice */
	struct stage s;

	stage_open(&s, scenes, 2);
	s.settings.broken_tries = 1;
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	assert_mentions(s.asker.err.text, said);
	stage_close(&s);
}

TEST(a_refusal_says_what_to_do)
{
	static const char *const none[] = { NULL };
	static const char *const page[] = { "<html>chat with me</html>", NULL };

	assert_status("404 Not Found", NULL, none, "knows no model \"tiny\" (HTTP 404)");
	assert_status("301 Moved", "Location: https://b.example/v1\r\n", none,
	              "it has moved to https://b.example/v1");
	assert_status("401 Unauthorized", NULL, none, "set key_env");
	assert_status("402 Payment Required", NULL, none, "add credit");
	assert_status("200 OK", NULL, page, "a web page");
}

static void hear_models(void *ctx, const struct llm_model_info *models, size_t count,
                        const struct error *err)
{
	struct strbuf *heard = ctx;

	strbuf_addstr(heard, err ? err->text : "");
	for (size_t i = 0; i < count; i++)
		strbuf_addf(heard, "%s:%lld ", models[i].name, (long long)models[i].context_tokens);
}

TEST(the_models_of_an_endpoint_can_be_listed)
{
	static const char *const list[] = {
		"{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"meta\":{\"n_ctx\":4096}},",
		"{\"id\":\"b\",\"max_model_len\":32768},{\"id\":\"c\"},{\"nope\":1}]}", NULL
	};
	const struct scene scene = { "200 OK", NULL, list, THEN_END };
	struct strbuf heard = { 0 };
	struct stage s;

	stage_open(&s, &scene, 1);
	stage_start(&s);
	llm_list_models(s.llm, "here", hear_models, &heard);
	while (!heard.len)
		assert_true(loop_turn(s.loop, 10000));
	assert_string_equal(strbuf_str(&heard), "tiny:4096 b:32768 c:0 ");
	assert_mentions(strbuf_str(&s.server.requests[0]), "GET /v1/models HTTP/1.1");
	strbuf_release(&heard);
	stage_close(&s);
}

TEST(a_full_context_teaches_how_much_fits)
{
	static const char *const full[] = {
		"{\"error\":{\"code\":400,\"message\":\"request (24014 tokens) exceeds the available "
		"context size (4096 tokens)\",\"type\":\"exceed_context_size_error\","
		"\"n_prompt_tokens\":24014,\"n_ctx\":4096}}",
		NULL
	};
	const struct scene scene = { "400 Bad Request", NULL, full, THEN_END };
	struct stage s;

	stage_open(&s, &scene, 1);
	stage_ask(&s, "hi");
	asker_wait(&s.asker);
	assert_mentions(s.asker.err.text, "does not fit into the context of tiny");
	assert_int_equal(llm_context_tokens(s.llm, "here/tiny"), 4096);
	assert_int_equal(llm_context_tokens(s.llm, "here/other"), 0);
	stage_close(&s);
}

TEST(settings_with_a_mistake_name_the_endpoint)
{
	static const struct {
		struct llm_endpoint endpoint;
		const char *said;
	} mistakes[] = {
		{ { .name = "e", .url = "http://x/v1", .dialect = "klingon" },
		  "endpoint e: nobody" },
		{ { .name = "e" }, "endpoint e: a url is missing" },
		{ { .name = "e", .url = "ftp://x" }, "endpoint e: \"ftp://x\" is no address" },
		{ { .name = "e", .kind = LLM_REPLAY }, "endpoint e: a path is missing" },
		{ { .name = "e", .url = "http://x/v1", .extra = "[1]" }, "extra has to be" },
	};
	struct loop *loop = loop_new();

	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct llm_endpoint endpoint = mistakes[i].endpoint;
		struct llm_settings settings = { .endpoints = { &endpoint, 1 } };
		struct llm *llm = NULL;
		struct error err = { 0 };

		assert_false(llm_open(&llm, loop, &settings, NULL, &err));
		assert_mentions(err.text, mistakes[i].said);
	}
	loop_free(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_stream_in_and_add_up_to_the_reply),
		cmocka_unit_test(nothing_is_left_to_wait_for_after_the_reply),
		cmocka_unit_test(a_busy_server_is_asked_again_when_it_says),
		cmocka_unit_test(a_reply_that_breaks_off_is_asked_for_again),
		cmocka_unit_test(a_server_that_says_nothing_is_given_up),
		cmocka_unit_test(a_reply_that_stalls_is_given_up_sooner),
		cmocka_unit_test(the_last_word_ends_a_reply_though_the_line_stays_open),
		cmocka_unit_test(a_cancelled_call_hangs_up_and_says_so_once),
		cmocka_unit_test(a_call_can_be_cancelled_before_it_is_sent),
		cmocka_unit_test(a_megabyte_goes_out_without_asking_for_leave),
		cmocka_unit_test(a_proxy_is_not_asked_for_the_way_to_this_machine),
		cmocka_unit_test(connections_are_used_again),
		cmocka_unit_test(a_refused_parameter_is_left_out_and_that_is_remembered),
		cmocka_unit_test(a_model_that_cannot_see_gets_a_note_instead_of_the_picture),
		cmocka_unit_test(a_picture_that_is_none_is_an_error_before_anything_is_sent),
		cmocka_unit_test(json_is_asked_for_in_the_way_the_endpoint_can),
		cmocka_unit_test(extra_keys_of_the_settings_are_sent_until_they_are_refused),
		cmocka_unit_test(what_the_account_costs_is_computed_from_the_prices),
		cmocka_unit_test(a_server_that_says_what_it_costs_is_believed),
		cmocka_unit_test(the_key_goes_to_the_server_and_nowhere_else),
		cmocka_unit_test(an_error_says_what_to_do),
		cmocka_unit_test(a_refusal_says_what_to_do),
		cmocka_unit_test(the_models_of_an_endpoint_can_be_listed),
		cmocka_unit_test(a_full_context_teaches_how_much_fits),
		cmocka_unit_test(settings_with_a_mistake_name_the_endpoint),
	};

	return RUN_ALL(tests);
}
