#include "base/strbuf.h"

#include <stdlib.h>

#include "test.h"

TEST(an_empty_buffer_hands_out_an_empty_string)
{
	struct strbuf sb = { 0 };
	char *text = strbuf_detach(&sb);

	assert_string_equal(text, "");
	assert_null(sb.buf);
	free(text);
}

TEST(what_was_added_stays_terminated_while_it_grows_and_shrinks)
{
	struct strbuf sb = { 0 };

	for (int i = 0; i < 1000; i++)
		strbuf_addf(&sb, "%d,", i);
	assert_int_equal(sb.buf[sb.len], '\0');
	strbuf_eat(&sb, sb.len - 4);
	assert_string_equal(strbuf_str(&sb), "999,");
	strbuf_reset(&sb);
	assert_string_equal(strbuf_str(&sb), "");
	strbuf_release(&sb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_hands_out_an_empty_string),
		cmocka_unit_test(what_was_added_stays_terminated_while_it_grows_and_shrinks),
	};

	return RUN_ALL(tests);
}
