#include "session/glance.h"

#include <string.h>

#include "scratch.h"

static void write_journal(struct scratch *s, const char *lines)
{
	scratch_write(s, "events.jsonl", lines);
}

TEST(what_a_session_is_about_is_read_off_its_journal)
{
	struct scratch s = scratch_new();
	struct glance g;

	write_journal(
		&s,
		"{\"id\":1,\"parent\":0,\"at_ms\":1,\"event\":\"prompt.given\",\"by\":"
		"\"user\",\"body\":{\"text\":\"a red bucket\"}}\n"
		"{\"id\":2,\"parent\":1,\"at_ms\":2,\"event\":\"plan.made\",\"by\":"
		"\"planner\",\"body\":{\"title\":\"Red bucket\",\"summary\":\"One.\",\"size_m\":[1,1,1],"
		"\"parts\":[],\"subtasks\":[{\"title\":\"Body\",\"goal\":\"g\",\"checks\":[],\"search\":[]}]}}\n");
	glance_read(&g, s.dir);
	if (g.trouble)
		print_error("%s\n", g.trouble);
	assert_null(g.trouble);
	assert_string_equal(g.prompt, "a red bucket");
	assert_string_equal(g.status, "create");
	assert_false(g.has_script);
	assert_int_equal(g.steps, 0);
	assert_null(g.picture);
	assert_int_equal(g.who, ROLE_PLANNER);
	assert_non_null(strstr(g.words, "Red bucket"));
	glance_release(&g);
	scratch_free(&s);
}

TEST(one_that_cannot_be_read_says_why)
{
	struct scratch s = scratch_new();
	struct glance g;

	write_journal(&s, "{\"id\":1}\n{\"id\":2}\n{}\n");
	glance_read(&g, s.dir);
	assert_string_equal(g.status, "broken");
	assert_non_null(g.trouble);
	glance_release(&g);
	glance_read(&g, "/no/such/folder");
	assert_non_null(g.trouble);
	glance_release(&g);
	scratch_free(&s);
}

TEST(an_age_is_told_in_its_largest_unit)
{
	static const struct {
		int64_t ms;
		const char *text;
	} rows[] = { { -5, "0 s" },      { 59999, "59 s" },    { 60000, "1 min" },
		     { 3600000, "1 h" }, { 86399999, "23 h" }, { 172800000, "2 d" } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct strbuf text = { 0 };

		glance_add_age(&text, rows[i].ms);
		assert_string_equal(strbuf_str(&text), rows[i].text);
		strbuf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_session_is_about_is_read_off_its_journal),
		cmocka_unit_test(one_that_cannot_be_read_says_why),
		cmocka_unit_test(an_age_is_told_in_its_largest_unit),
	};

	return RUN_ALL(tests);
}
