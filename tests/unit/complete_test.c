#include "tui/complete.h"

#include <string.h>

#include "scratch.h"

static const char *completed(struct scratch *s, const char *begun)
{
	static struct strbuf text;

	strbuf_release(&text);
	strbuf_addstr(&text, scratch_path(s, begun));
	complete_file(&text, ".py");
	return strbuf_str(&text) + strlen(s->dir) + 1;
}

TEST(a_name_is_completed_as_far_as_it_is_clear)
{
	struct scratch s = scratch_new();

	scratch_write(&s, "chair-low.py", "");
	scratch_write(&s, "chair-high.py", "");
	scratch_write(&s, "chairs.txt", "");
	scratch_write(&s, ".chest.py", "");
	assert_int_equal(mkdir(scratch_path(&s, "models"), 0700), 0);
	assert_string_equal(completed(&s, "c"), "chair-");
	assert_string_equal(completed(&s, "chair-l"), "chair-low.py");
	assert_string_equal(completed(&s, "m"), "models/");
	assert_string_equal(completed(&s, "models/x"), "models/x");
	assert_string_equal(completed(&s, ".c"), ".chest.py");
	assert_string_equal(completed(&s, "nothing/at all"), "nothing/at all");
	scratch_free(&s);
}

TEST(a_tilde_is_home_and_stays_as_it_was_written)
{
	struct scratch s = scratch_new();
	struct strbuf text = { 0 };

	scratch_write(&s, "chair.py", "");
	setenv("HOME", s.dir, 1);
	strbuf_addstr(&text, "~/ch");
	complete_file(&text, ".py");
	assert_string_equal(strbuf_str(&text), "~/chair.py");
	strbuf_release(&text);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_completed_as_far_as_it_is_clear),
		cmocka_unit_test(a_tilde_is_home_and_stays_as_it_was_written),
	};

	return RUN_ALL(tests);
}
