#include "cli/name.h"

#include <string.h>

#include "base/path.h"
#include "test.h"

static void assert_named(const char *name, const char *prompt)
{
	struct strbuf out = { 0 };

	name_from_prompt(&out, prompt);
	assert_string_equal(strbuf_str(&out), name);
	assert_true(path_is_name(strbuf_str(&out)));
	strbuf_release(&out);
}

TEST(a_name_is_what_the_prompt_asks_for_and_no_more)
{
	assert_named("red-bucket", "a red bucket");
	assert_named("desk-lamp", "a desk lamp with a green glass shade");
	assert_named("low-poly-pine", "Please make me a low poly pine tree");
	assert_named("chair", "A chair, made of oak.");
	assert_named("steampunk-owl", "Create a 3D model of a steampunk owl!\nIt has goggles.");
}

TEST(any_prompt_has_a_name)
{
	static const char *const prompts[] = {
		"",
		"   ",
		"a the of",
		"...!?",
		"\xd0\xba\xd1\x80\xd0\xb0\xd1\x81\xd0\xbd\xd0\xbe\xd0\xb5",
		"\x1b[2J\xff\xfe",
		"../../etc/passwd",
		"-rf /",
		"pneumonoultramicroscopicsilicovolcanoconiosis-lung",
	};
	struct strbuf out = { 0 };

	for (size_t i = 0; i < COUNT(prompts); i++) {
		name_from_prompt(&out, prompts[i]);
		assert_true(path_is_name(strbuf_str(&out)));
	}
	strbuf_release(&out);
}

static bool is_taken(void *ctx, const char *name)
{
	const char *const *taken = ctx;

	for (; *taken; taken++)
		if (!strcmp(*taken, name))
			return true;
	return false;
}

TEST(a_name_that_is_taken_gets_the_first_free_number)
{
	const char *taken[] = { "lamp", "lamp-2", NULL };
	struct strbuf name = { 0 };

	strbuf_addstr(&name, "lamp");
	name_make_unique(&name, is_taken, taken);
	assert_string_equal(strbuf_str(&name), "lamp-3");
	strbuf_reset(&name);
	strbuf_addstr(&name, "chair");
	name_make_unique(&name, is_taken, taken);
	assert_string_equal(strbuf_str(&name), "chair");
	strbuf_release(&name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_what_the_prompt_asks_for_and_no_more),
		cmocka_unit_test(any_prompt_has_a_name),
		cmocka_unit_test(a_name_that_is_taken_gets_the_first_free_number),
	};

	return RUN_ALL(tests);
}
