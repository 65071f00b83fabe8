#include "llm/errors.h"

#include <string.h>

#include "test.h"

TEST(every_kind_has_a_name_and_an_explanation)
{
	struct trouble_scene scene = { "e", "http://h/v1", "m", "$KEY" };

	for (int i = TROUBLE_NONE + 1; i < TROUBLE_KINDS; i++) {
		struct trouble t = { .kind = (enum trouble_kind)i, .status = 418 };
		struct error err = { 0 };

		assert_non_null(trouble_name(t.kind));
		trouble_explain(&err, &t, &scene);
		assert_true(err.code != 0);
		assert_true(strlen(err.text) > 5);
		assert_null(strchr(err.text, '{'));
	}
}

TEST(words_weigh_more_than_codes_and_codes_more_than_the_status)
{
	static const struct {
		int status;
		const char *type, *code, *message;
		enum trouble_kind kind;
	} cases[] = {
		{ 400, NULL, NULL, NULL, TROUBLE_BAD_REQUEST },
		{ 422, "invalid_request_error", NULL, "no", TROUBLE_BAD_REQUEST },
		{ 401, NULL, NULL, NULL, TROUBLE_AUTH },
		{ 402, NULL, NULL, NULL, TROUBLE_BILLING },
		{ 403, NULL, NULL, NULL, TROUBLE_PERMISSION },
		{ 404, NULL, NULL, NULL, TROUBLE_NOT_FOUND },
		{ 408, NULL, NULL, NULL, TROUBLE_TIMEOUT },
		{ 409, NULL, NULL, NULL, TROUBLE_SERVER },
		{ 413, NULL, NULL, NULL, TROUBLE_TOO_LARGE },
		{ 429, NULL, NULL, NULL, TROUBLE_RATE_LIMIT },
		{ 429, NULL, "insufficient_quota", NULL, TROUBLE_BILLING },
		{ 500, NULL, NULL, NULL, TROUBLE_SERVER },
		{ 500, NULL, NULL, "image input is not supported", TROUBLE_UNSUPPORTED },
		{ 502, NULL, NULL, "<html>", TROUBLE_SERVER },
		{ 503, NULL, NULL, NULL, TROUBLE_OVERLOADED },
		{ 504, NULL, NULL, NULL, TROUBLE_TIMEOUT },
		{ 529, NULL, NULL, NULL, TROUBLE_OVERLOADED },
		{ 599, NULL, NULL, NULL, TROUBLE_SERVER },
		{ 301, NULL, NULL, NULL, TROUBLE_BAD_REQUEST },
		{ 200, "overloaded_error", NULL, NULL, TROUBLE_OVERLOADED },
		{ 200, NULL, "429", NULL, TROUBLE_RATE_LIMIT },
		{ 200, "invalid_request_error", NULL, NULL, TROUBLE_BAD_REQUEST },
		{ 200, "who knows", NULL, "what", TROUBLE_SERVER },
		{ 400, NULL, "context_length_exceeded", NULL, TROUBLE_CONTEXT },
		{ 400, NULL, NULL, "Prompt is too long: 9 > 8", TROUBLE_CONTEXT },
		{ 400, NULL, "string_above_max_length", "exceeds the context",
		  TROUBLE_BAD_REQUEST },
		{ 404, NULL, NULL, "No endpoints found that support image input",
		  TROUBLE_UNSUPPORTED },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		if (trouble_classify(cases[i].status, cases[i].type, cases[i].code,
		                     cases[i].message) != cases[i].kind)
			fail_msg("case %zu is not %s", i, trouble_name(cases[i].kind));
}

/* 2026-11-22T07:19:38Z */
#define NOW 1795331978

static int64_t wait_for(enum trouble_kind kind, const char *const (*lines)[2], size_t count)
{
	struct trouble t = { .kind = kind };
	struct headers headers = { 0 };

	for (size_t i = 0; i < count; i++)
		headers_add(&headers, lines[i][0], lines[i][1]);
	trouble_read_headers(&t, &headers, NOW);
	headers_release(&headers);
	return t.waits ? t.wait_ms : -1;
}

TEST(the_wait_is_what_the_server_says)
{
	static const struct {
		const char *lines[3][2];
		size_t count;
		int64_t wait_ms;
	} cases[] = {
		{ { { "retry-after", "7" } }, 1, 7000 },
		{ { { "Retry-After", "0.25" } }, 1, 250 },
		{ { { "retry-after", "soon" } }, 1, -1 },
		{ { { "retry-after", "-3" } }, 1, -1 },
		{ { { "retry-after", "1e300" } }, 1, 7 * 24 * 3600 * 1000LL },
		{ { { "retry-after", "9" }, { "retry-after-ms", "250" } }, 2, 250 },
		{ { { "retry-after", "Sun, 22 Nov 2026 07:20:08 GMT" } }, 1, 30000 },
		{ { { "retry-after", "Sun, 22 Nov 2026 07:00:00 GMT" } }, 1, 0 },
		{ { { "retry-after", "Sun, 22 Nov 2026 09:00:10 GMT" },
		    { "date", "Sun, 22 Nov 2026 09:00:00 GMT" } },
		  2,
		  10000 },
		{ { { "x-ratelimit-remaining-tokens", "0" },
		    { "x-ratelimit-reset-tokens", "6m0s" } },
		  2,
		  360000 },
		{ { { "x-ratelimit-remaining-tokens", "5" },
		    { "x-ratelimit-reset-tokens", "6m0s" } },
		  2,
		  -1 },
		{ { { "x-ratelimit-remaining-requests", "0" },
		    { "x-ratelimit-reset-requests", "12ms" } },
		  2,
		  12 },
		{ { { "anthropic-ratelimit-tokens-remaining", "0" },
		    { "anthropic-ratelimit-tokens-reset", "2026-11-22T07:20:00Z" } },
		  2,
		  22000 },
		{ { { "x-ratelimit-remaining-requests", "0" },
		    { "x-ratelimit-reset-requests", "1h2x" } },
		  2,
		  -1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(wait_for(TROUBLE_RATE_LIMIT, cases[i].lines, cases[i].count),
		                 cases[i].wait_ms);
	/* Buckets are only of interest to who has been turned away. */
	assert_int_equal(wait_for(TROUBLE_SERVER, cases[9].lines, cases[9].count), -1);
}

static const struct retry_limits limits = { .busy = 6, .broken = 3, .wait_max_s = 900 };

static int tries(struct trouble t)
{
	int wait_ms, n = 1;

	while (trouble_retry(&wait_ms, &t, n, &limits, 0))
		n++;
	return n;
}

TEST(how_often_depends_on_the_kind_and_on_the_servers_wish)
{
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_RATE_LIMIT }), 6);
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_OVERLOADED }), 6);
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_SERVER }), 3);
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_TRUNCATED }), 3);
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_PROTOCOL }), 2);
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_AUTH }), 1);
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_BILLING }), 1);
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_BILLING, .retry_yes = true }), 3);
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_SERVER, .retry_no = true }), 1);
	assert_int_equal(tries((struct trouble){ .kind = TROUBLE_CANCELLED, .retry_yes = true }),
	                 1);
	assert_int_equal(tries((struct trouble){
				 .kind = TROUBLE_RATE_LIMIT, .waits = true, .wait_ms = 901000 }),
	                 1);
}

TEST(the_wait_doubles_up_to_half_a_minute_less_a_quarter_at_most)
{
	struct trouble t = { .kind = TROUBLE_RATE_LIMIT };
	struct retry_limits many = { .busy = 100, .broken = 3, .wait_max_s = 900 };
	int wait_ms;

	assert_true(trouble_retry(&wait_ms, &t, 1, &many, 0));
	assert_int_equal(wait_ms, 500);
	assert_true(trouble_retry(&wait_ms, &t, 3, &many, 0));
	assert_int_equal(wait_ms, 2000);
	assert_true(trouble_retry(&wait_ms, &t, 90, &many, 0));
	assert_int_equal(wait_ms, 30000);
	assert_true(trouble_retry(&wait_ms, &t, 90, &many, 1));
	assert_int_equal(wait_ms, 22500);
}

TEST(what_a_server_said_is_one_short_clean_line)
{
	struct trouble t = { .kind = TROUBLE_SERVER };
	struct trouble_scene scene = { .endpoint = "e", .url = "u", .model = "m" };
	struct error err;

	strbuf_addstr(&t.message, "bad\x1b[31m\nthing ");
	for (int i = 0; i < 100; i++)
		strbuf_addstr(&t.message, "ö");
	trouble_explain(&err, &t, &scene);
	assert_non_null(strstr(err.text, "e failed (bad [31m thing ö"));
	assert_non_null(strstr(err.text, "ö…): try again later"));
	trouble_release(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_a_name_and_an_explanation),
		cmocka_unit_test(words_weigh_more_than_codes_and_codes_more_than_the_status),
		cmocka_unit_test(the_wait_is_what_the_server_says),
		cmocka_unit_test(how_often_depends_on_the_kind_and_on_the_servers_wish),
		cmocka_unit_test(the_wait_doubles_up_to_half_a_minute_less_a_quarter_at_most),
		cmocka_unit_test(what_a_server_said_is_one_short_clean_line),
	};

	return RUN_ALL(tests);
}
