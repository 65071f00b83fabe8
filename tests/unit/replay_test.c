#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "asker.h"
#include "base/file.h"
#include "llm/llm.h"
#include "server.h"

#define STREAM(words) "data: {\"choices\":[{\"delta\":{\"content\":\"" words "\"}}]}\n\n"
#define STOP          "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
#define SECRET        "sk-never-write-this"

/* What was asked of a server, recorded into "calls.jsonl" of a scratch directory. */
struct run {
	struct scratch scratch;
	struct loop *loop;
	struct asker asker;
	char *file;
};

static void run_open(struct run *r)
{
	memset(r, 0, sizeof(*r));
	r->scratch = scratch_new();
	r->loop = loop_new();
	r->file = xstrdup(scratch_path(&r->scratch, "calls.jsonl"));
}

static void run_close(struct run *r)
{
	loop_free(r->loop);
	free(r->file);
	scratch_free(&r->scratch);
}

static void start(struct run *r, struct llm_endpoint *ep, const char *recording)
{
	struct llm_settings settings = { .endpoints = { ep, 1 } };
	struct error err;

	memset(&r->asker, 0, sizeof(r->asker));
	if (!llm_open(&r->asker.llm, r->loop, &settings, recording, &err))
		fail_msg("%s", err.text);
	r->asker.loop = r->loop;
}

static void stop(struct run *r)
{
	llm_close(r->asker.llm);
	asker_release(&r->asker);
}

/* Asks anew with the same asker. */
static void ask(struct run *r, const char *agent, const char *text)
{
	struct llm_request req = a_question("e/m", text);

	asker_release(&r->asker);
	r->asker.done = 0;
	r->asker.retries = 0;
	r->asker.err.code = 0;
	req.agent = agent;
	asker_ask(&r->asker, &req);
	asker_wait(&r->asker);
}

static void record(struct run *r, const struct scene *scenes, size_t count)
{
	struct llm_endpoint ep = { .name = "e", .key_env = "LL3M_REC_KEY", .first_byte_s = 3600 };
	struct server server;
	char url[64];

	setenv("LL3M_REC_KEY", SECRET, 1);
	server_open(&server, r->loop, scenes, count);
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/v1", server.port);
	ep.url = url;
	start(r, &ep, r->file);
	ask(r, "planner", "plan a bucket");
	ask(r, "coder", "write it");
	ask(r, "coder", "mend it");
	stop(r);
	server_close(&server);
	unsetenv("LL3M_REC_KEY");
}

static const char *const plan[] = { STREAM("the "), STREAM("plan"), STOP, NULL };
static const char *const code[] = { STREAM("code "),
	                            "data: {\"choices\":[{\"delta\":{\"content\":",
	                            "\"\xc3",
	                            "\xb6\"}}]}\n\n",
	                            STOP,
	                            NULL };
static const char *const busy[] = { "{\"error\":{\"message\":\"busy, " SECRET "\"}}", NULL };
static const char *const mended[] = { STREAM("mended"), STOP, NULL };
static const struct scene scenes[] = {
	{ "200 OK", NULL, plan, THEN_END },
	{ "200 OK", NULL, code, THEN_END },
	{ "503 Busy", "Retry-After: 0\r\nX-Other: no\r\n", busy, THEN_END },
	{ "200 OK", NULL, mended, THEN_END },
};

static struct llm_endpoint replay(const struct run *r, enum llm_match match)
{
	return (struct llm_endpoint){
		.name = "e", .kind = LLM_REPLAY, .path = r->file, .match = match
	};
}

TEST(a_run_can_be_run_again_without_its_server)
{
	struct run r;
	struct llm_endpoint ep;

	run_open(&r);
	record(&r, scenes, COUNT(scenes));
	ep = replay(&r, LLM_MATCH_STRICT);
	start(&r, &ep, NULL);
	ask(&r, "planner", "plan a bucket");
	assert_string_equal(strbuf_str(&r.asker.text), "the plan");
	assert_false(r.asker.reply.cost_usd < 0 || r.asker.reply.cost_usd > 0);
	ask(&r, "coder", "write it");
	assert_string_equal(strbuf_str(&r.asker.text), "code ö");
	assert_string_equal(strbuf_str(&r.asker.words), "code ö");
	/* Also what went wrong then goes wrong again. */
	ask(&r, "coder", "mend it");
	assert_string_equal(strbuf_str(&r.asker.text), "mended");
	assert_int_equal(r.asker.retries, 1);
	assert_mentions(strbuf_str(&r.asker.why), "busy");
	assert_int_equal(llm_changed_questions(r.asker.llm), 0);
	stop(&r);
	run_close(&r);
}

TEST(a_recording_holds_no_key_and_only_the_headers_we_need)
{
	struct strbuf text = { 0 };
	struct stat st;
	struct run r;
	struct error err;

	run_open(&r);
	record(&r, scenes, COUNT(scenes));
	assert_true(file_read(&text, r.file, 1 << 20, &err));
	assert_null(strstr(strbuf_str(&text), SECRET));
	assert_mentions(strbuf_str(&text), "busy, [key]");
	assert_mentions(strbuf_str(&text), "\"retry-after\":\"0\"");
	assert_null(strcasestr(strbuf_str(&text), "x-other"));
	assert_null(strcasestr(strbuf_str(&text), "authorization"));
	assert_int_equal(stat(r.file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	strbuf_release(&text);
	run_close(&r);
}

TEST(changed_questions_are_answered_by_who_asks_and_counted)
{
	struct run r;
	struct llm_endpoint ep;

	run_open(&r);
	record(&r, scenes, COUNT(scenes));
	ep = replay(&r, LLM_MATCH_AGENT);
	start(&r, &ep, NULL);
	ask(&r, "coder", "write it better");
	assert_string_equal(strbuf_str(&r.asker.text), "code ö");
	assert_int_equal(llm_changed_questions(r.asker.llm), 1);
	ask(&r, "planner", "plan a bucket");
	assert_string_equal(strbuf_str(&r.asker.text), "the plan");
	assert_int_equal(llm_changed_questions(r.asker.llm), 1);
	ask(&r, "planner", "again");
	assert_mentions(r.asker.err.text, "has no more answers for planner (first)");
	stop(&r);

	ep = replay(&r, LLM_MATCH_STRICT);
	start(&r, &ep, NULL);
	ask(&r, "coder", "write it better");
	assert_mentions(r.asker.err.text, "has no answer to this question of coder (first)");
	stop(&r);

	ep = replay(&r, LLM_MATCH_ANY);
	start(&r, &ep, NULL);
	ask(&r, "critic", "whatever");
	assert_string_equal(strbuf_str(&r.asker.text), "the plan");
	stop(&r);
	run_close(&r);
}

TEST(a_replay_is_recorded_like_anything_else)
{
	struct llm_endpoint ep;
	struct run r;
	char *second;

	run_open(&r);
	record(&r, scenes, COUNT(scenes));
	second = xstrdup(scratch_path(&r.scratch, "second.jsonl"));
	ep = replay(&r, LLM_MATCH_STRICT);
	start(&r, &ep, second);
	ask(&r, "planner", "plan a bucket");
	stop(&r);
	ep.path = second;
	start(&r, &ep, NULL);
	ask(&r, "planner", "plan a bucket");
	assert_string_equal(strbuf_str(&r.asker.text), "the plan");
	stop(&r);
	free(second);
	run_close(&r);
}

TEST(a_line_cut_off_by_a_crash_is_dropped_and_the_count_goes_on)
{
	struct strbuf text = { 0 };
	struct llm_endpoint ep;
	struct error err;
	struct run r;
	FILE *file;

	run_open(&r);
	record(&r, scenes, COUNT(scenes));
	file = fopen(r.file, "a");
	assert_non_null(file);
	fputs("{\"t\":\"req\",\"n\":9,\"agent\":\"cod", file);
	fclose(file);
	ep = replay(&r, LLM_MATCH_ANY);
	start(&r, &ep, NULL);
	ask(&r, "coder", "x");
	assert_string_equal(strbuf_str(&r.asker.text), "the plan");
	stop(&r);

	record(&r, scenes, COUNT(scenes));
	assert_true(file_read(&text, r.file, 1 << 20, &err));
	assert_null(strstr(strbuf_str(&text), "\"cod{"));
	assert_mentions(strbuf_str(&text), "{\"t\":\"req\",\"n\":5,");
	assert_null(strstr(strbuf_str(&text), "\"n\":9,"));
	assert_null(strstr(strstr(strbuf_str(&text), "\"head\"") + 1, "\"head\""));
	strbuf_release(&text);
	run_close(&r);
}

TEST(cancelled_and_unfinished_records_are_passed_over)
{
	struct llm_endpoint ep;
	struct run r;

	run_open(&r);
	scratch_write(&r.scratch, "calls.jsonl",
	              "{\"t\":\"head\",\"v\":1}\n"
	              "{\"t\":\"req\",\"n\":1,\"agent\":\"coder\"}\n"
	              "{\"t\":\"end\",\"n\":1,\"ms\":3,\"result\":\"cancelled\"}\n"
	              "{\"t\":\"req\",\"n\":2,\"agent\":\"coder\"}\n"
	              "\n"
	              "{\"t\":\"something new\",\"n\":2}\n"
	              "{\"t\":\"say\",\"agent\":\"coder\",\"text\":\"by hand\"}\n"
	              "{\"t\":\"say\",\"declined\":true,\"text\":\"I would rather not\"}\n");
	ep = replay(&r, LLM_MATCH_AGENT);
	start(&r, &ep, NULL);
	ask(&r, "coder", "x");
	assert_string_equal(strbuf_str(&r.asker.text), "by hand");
	ask(&r, "coder", "x");
	assert_int_equal(r.asker.reply.stop, LLM_STOP_REFUSAL);
	assert_string_equal(strbuf_str(&r.asker.text), "I would rather not");
	stop(&r);
	run_close(&r);
}

TEST(a_damaged_recording_says_in_which_line)
{
	struct llm_endpoint ep;
	struct run r;

	run_open(&r);
	scratch_write(&r.scratch, "calls.jsonl", "{\"t\":\"head\"}\n{\"t\":]\n");
	ep = replay(&r, LLM_MATCH_AGENT);
	start(&r, &ep, NULL);
	ask(&r, "coder", "x");
	assert_mentions(r.asker.err.text, "calls.jsonl: line 2: line 1, column 6");
	stop(&r);
	run_close(&r);
}

TEST(a_paced_replay_takes_its_time_word_by_word)
{
	struct llm_request req = a_question("e/m", "x");
	struct llm_endpoint ep;
	struct run r;

	run_open(&r);
	scratch_write(
		&r.scratch, "calls.jsonl",
		"{\"t\":\"say\",\"text\":\"one two  three\"}\n"
		"{\"t\":\"req\",\"n\":2}\n"
		"{\"t\":\"res\",\"n\":2,\"status\":200,\"ms\":100}\n"
		"{\"t\":\"chunk\",\"n\":2,\"ms\":1000,\"d\":\"data: {\\\"choices\\\":[{"
		"\\\"delta\\\":{\\\"content\\\":\\\"hi\\\"},\\\"finish_reason\\\":\\\"stop\\\""
		"}]}\\n\\n\"}\n"
		"{\"t\":\"end\",\"n\":2,\"ms\":2000,\"result\":\"ok\"}\n");
	ep = replay(&r, LLM_MATCH_ANY);
	ep.pace = 0.5;
	loop_set_clock(r.loop, 0);
	start(&r, &ep, NULL);
	asker_ask(&r.asker, &req);
	for (int i = 0; i < 20; i++)
		loop_turn(r.loop, 0);
	assert_string_equal(strbuf_str(&r.asker.words), "one ");
	loop_set_clock(r.loop, 20);
	for (int i = 0; i < 20; i++)
		loop_turn(r.loop, 0);
	assert_string_equal(strbuf_str(&r.asker.words), "one two  ");
	for (int ms = 40; !r.asker.done; ms += 20) {
		loop_set_clock(r.loop, ms);
		loop_turn(r.loop, 0);
	}
	assert_string_equal(strbuf_str(&r.asker.text), "one two  three");

	asker_release(&r.asker);
	r.asker.done = 0;
	loop_set_clock(r.loop, 10000);
	asker_ask(&r.asker, &req);
	for (int i = 0; i < 20; i++)
		loop_turn(r.loop, 0);
	loop_set_clock(r.loop, 10499);
	for (int i = 0; i < 20; i++)
		loop_turn(r.loop, 0);
	assert_string_equal(strbuf_str(&r.asker.words), "");
	loop_set_clock(r.loop, 10501);
	for (int i = 0; i < 20; i++)
		loop_turn(r.loop, 0);
	assert_string_equal(strbuf_str(&r.asker.words), "hi");
	assert_int_equal(r.asker.done, 0);
	loop_set_clock(r.loop, 11001);
	asker_wait(&r.asker);
	stop(&r);
	run_close(&r);
}

TEST(bytes_that_are_no_text_are_kept_as_they_are)
{
	static const char *const odd[] = { STREAM("a\xff"
		                                  "b"),
		                           STOP, NULL };
	const struct scene one = { "200 OK", NULL, odd, THEN_END };
	const struct scene three[] = { one, one, one };
	struct strbuf text = { 0 };
	struct llm_endpoint ep;
	struct error err;
	struct run r;

	run_open(&r);
	record(&r, three, 3);
	assert_true(file_read(&text, r.file, 1 << 20, &err));
	assert_mentions(strbuf_str(&text), "\"b64\":\"");
	ep = replay(&r, LLM_MATCH_ANY);
	start(&r, &ep, NULL);
	ask(&r, "coder", "x");
	assert_string_equal(strbuf_str(&r.asker.text), "a\xef\xbf\xbd"
	                                               "b");
	stop(&r);
	strbuf_release(&text);
	run_close(&r);
}

TEST(nothing_is_asked_once_nothing_can_be_recorded)
{
	struct llm_endpoint ep = { .name = "e", .url = "http://127.0.0.1:9/v1" };
	struct rlimit old, tiny;
	struct run r;

	run_open(&r);
	start(&r, &ep, r.file);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	tiny = old;
	tiny.rlim_cur = 100;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tiny), 0);
	ask(&r, "coder", "x");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(r.asker.err.code, ERR_IO);
	assert_mentions(r.asker.err.text, "cannot record into");
	stop(&r);
	run_close(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_can_be_run_again_without_its_server),
		cmocka_unit_test(a_recording_holds_no_key_and_only_the_headers_we_need),
		cmocka_unit_test(changed_questions_are_answered_by_who_asks_and_counted),
		cmocka_unit_test(a_replay_is_recorded_like_anything_else),
		cmocka_unit_test(a_line_cut_off_by_a_crash_is_dropped_and_the_count_goes_on),
		cmocka_unit_test(cancelled_and_unfinished_records_are_passed_over),
		cmocka_unit_test(a_damaged_recording_says_in_which_line),
		cmocka_unit_test(a_paced_replay_takes_its_time_word_by_word),
		cmocka_unit_test(bytes_that_are_no_text_are_kept_as_they_are),
		cmocka_unit_test(nothing_is_asked_once_nothing_can_be_recorded),
	};

	return RUN_ALL(tests);
}
