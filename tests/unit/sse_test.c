#include "llm/sse.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

/* What was heard, as "name|data" lines; "cut" events end in an exclamation mark. */
static void hear(void *ctx, const struct sse_event *ev)
{
	struct strbuf *heard = ctx;

	assert_int_equal(strlen(ev->data), ev->len);
	strbuf_addf(heard, "%s|%s%s\n", ev->name, ev->data, ev->cut ? "!" : "");
}

/* Each piece gets memory of its own, so that reading past it is caught. */
static void feed(struct sse *sse, const char *bytes, size_t len)
{
	char *copy = malloc(len);
	struct error err;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	assert_true(sse_feed(sse, copy, len, &err));
	free(copy);
}

static void assert_heard(const char *stream, size_t first, size_t second, const char *expected)
{
	struct strbuf heard = { 0 };
	struct sse sse = { .fn = hear, .ctx = &heard };
	size_t len = strlen(stream);

	feed(&sse, stream, first);
	feed(&sse, stream + first, second - first);
	feed(&sse, stream + second, len - second);
	sse_end(&sse);
	assert_string_equal(strbuf_str(&heard), expected);
	sse_release(&sse);
	strbuf_release(&heard);
}

TEST(a_stream_cut_anywhere_says_the_same)
{
	static const char *const streams[][2] = {
		{ "data: a\n\ndata: b\n\n", "|a\n|b\n" },
		{ "data: a\r\n\r\ndata: b\r\n\r\n", "|a\n|b\n" },
		{ "data: a\r\rdata: b\r\r", "|a\n|b\n" },
		{ "data: a\r\ndata: b\n\rdata: c\r\n\n", "|a\nb\n|c\n" },
		{ "\xef\xbb\xbf"
		  "data: a\n\n",
		  "|a\n" },
		{ ": ping\n\nevent: x\ndata: a\n\n", "x|a\n" },
		{ "event: x\n\ndata: a\n\n", "|a\n" },
		{ "data\n\ndata:\n\ndata: a\n\n", "|a\n" },
		{ "data:a\ndata:  b\nid: 3\nretry: 9\nnonsense\n\n", "|a\n b\n" },
		{ "data: {}\n\n{\n \"error\": 1\n}\n", "|{}\n|{\n \"error\": 1\n}\n!\n" },
	};

	for (size_t i = 0; i < COUNT(streams); i++) {
		size_t len = strlen(streams[i][0]);

		for (size_t a = 0; a <= len; a++)
			for (size_t b = a; b <= len; b++)
				assert_heard(streams[i][0], a, b, streams[i][1]);
	}
}

TEST(the_last_event_counts_without_its_blank_line_but_is_marked)
{
	assert_heard("data: a\n\ndata: b", 4, 9, "|a\n|b!\n");
	assert_heard("data: a\n\ndata: b\n", 4, 9, "|a\n|b!\n");
}

TEST(an_event_may_be_long_but_not_endless)
{
	size_t len = 1u << 20;
	char *chunk = malloc(len);
	struct strbuf heard = { 0 };
	struct sse sse = { .fn = hear, .ctx = &heard };
	struct error err = { 0 };
	size_t fed = 0;

	assert_non_null(chunk);
	memset(chunk, 'x', len);
	feed(&sse, "data: ", 6);
	while (fed <= SSE_EVENT_MAX && sse_feed(&sse, chunk, len, &err))
		fed += len;
	assert_in_range(fed, SSE_EVENT_MAX - 2 * len, SSE_EVENT_MAX);
	assert_int_equal(err.code, ERR_PROTOCOL);
	free(chunk);
	sse_release(&sse);
	strbuf_release(&heard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stream_cut_anywhere_says_the_same),
		cmocka_unit_test(the_last_event_counts_without_its_blank_line_but_is_marked),
		cmocka_unit_test(an_event_may_be_long_but_not_endless),
	};

	return RUN_ALL(tests);
}
