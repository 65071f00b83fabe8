#include "base/strbuf.h"

#include <stdlib.h>

#include "test.h"

TEST(what_is_handed_over_is_a_string_even_when_empty)
{
	struct strbuf sb = { 0 };
	char *empty, *full;

	/* Memory that held something else shows a missing NUL. */
	strbuf_addstr(&sb, "something else");
	strbuf_release(&sb);
	empty = strbuf_detach(&sb);
	strbuf_addstr(&sb, "text");
	full = strbuf_detach(&sb);
	assert_string_equal(empty, "");
	assert_string_equal(full, "text");
	assert_string_equal(strbuf_str(&sb), "");
	free(empty);
	free(full);
}

TEST(what_is_eaten_is_gone_and_the_rest_is_a_string)
{
	struct strbuf sb = { 0 };

	strbuf_addf(&sb, "%s %d", "frame", 12);
	strbuf_eat(&sb, 6);
	assert_string_equal(sb.buf, "12");
	strbuf_eat(&sb, 2);
	assert_string_equal(sb.buf, "");
	strbuf_release(&sb);
}

TEST(nothing_can_be_added_from_nowhere)
{
	struct strbuf sb = { 0 };

	strbuf_add(&sb, NULL, 0);
	assert_string_equal(sb.buf, "");
	strbuf_release(&sb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_handed_over_is_a_string_even_when_empty),
		cmocka_unit_test(nothing_can_be_added_from_nowhere),
		cmocka_unit_test(what_is_eaten_is_gone_and_the_rest_is_a_string),
	};

	return RUN_ALL(tests);
}
