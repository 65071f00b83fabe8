#include "tui/status.h"

#include <string.h>

#include "base/text.h"
#include "test.h"

static struct status lamp(void)
{
	static const char *const words[STATUS_COUNT][2] = {
		[STATUS_NAME] = { "lamp", "" },
		[STATUS_PHASE] = { "2/3 refinement", "2/3" },
		[STATUS_WHO] = { "# NEEDS YOU: proposal", "# NEEDS YOU" },
		[STATUS_AUTONOMY] = { "REVIEW", "R" },
		[STATUS_MODEL] = { "somewhere/opus-x", "opus-x" },
		[STATUS_COST] = { "$0.42 of 2.00", "$0.42/2.00" },
		[STATUS_CONTEXT] = { "ctx 31%", "" },
		[STATUS_LINK] = { "link 38 ms", "" },
	};
	struct status s = { 0 };

	for (int i = 0; i < STATUS_COUNT; i++) {
		strbuf_addstr(&s.long_form[i], words[i][0]);
		strbuf_addstr(&s.short_form[i], words[i][1]);
	}
	return s;
}

static void assert_row(int cols, const char *left, const char *right)
{
	struct strbuf a = { 0 }, b = { 0 };
	struct status s = lamp();

	status_fit(&s, cols, " | ", &a, &b);
	assert_string_equal(strbuf_str(&a), left);
	assert_string_equal(strbuf_str(&b), right);
	strbuf_release(&a);
	strbuf_release(&b);
	status_release(&s);
}

TEST(each_width_has_what_matters_most)
{
	assert_row(200, "lamp | 2/3 refinement | # NEEDS YOU: proposal",
	           "REVIEW | somewhere/opus-x | $0.42 of 2.00 | ctx 31% | link 38 ms");
	assert_row(80, "lamp | 2/3 | # NEEDS YOU: proposal",
	           "REVIEW | opus-x | $0.42/2.00 | ctx 31%");
	assert_row(40, "lamp | # NEEDS YOU", "R | $0.42/2.00");
}

TEST(it_never_takes_more_than_there_is_but_for_the_last)
{
	for (int cols = 24; cols < 220; cols++) {
		struct strbuf a = { 0 }, b = { 0 };
		struct status s = lamp();

		status_fit(&s, cols, " | ", &a, &b);
		assert_true(a.len + b.len + 4 <= (size_t)cols);
		assert_non_null(strstr(strbuf_str(&a), "NEEDS YOU"));
		strbuf_release(&a);
		strbuf_release(&b);
		status_release(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_width_has_what_matters_most),
		cmocka_unit_test(it_never_takes_more_than_there_is_but_for_the_last),
	};

	return RUN_ALL(tests);
}
