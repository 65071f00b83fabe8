#include "blender/capture.h"

#include <string.h>

#include "test.h"

#define BEGIN "\x1e ll3m begin 7 abc\n"
#define END   "\x1e ll3m end 7 abc\n"

static void add(struct capture *c, const char *text)
{
	capture_add(c, text, strlen(text));
}

TEST(only_what_stands_between_the_marks_is_the_scripts_wherever_it_is_cut)
{
	static const char all[] = "Blender 4.3\n" BEGIN "hello\nworld\n" END "quit\n";

	for (size_t cut = 0; cut < sizeof(all); cut++) {
		struct capture c = { 0 };

		capture_await(&c, 7, "abc");
		capture_add(&c, all, cut);
		capture_add(&c, all + cut, sizeof(all) - 1 - cut);
		assert_string_equal(strbuf_str(&c.printed), "hello\nworld\n");
		assert_string_equal(strbuf_str(&c.noise), "Blender 4.3\nquit\n");
		capture_release(&c);
	}
}

TEST(a_mark_with_a_wrong_token_or_number_is_only_text)
{
	struct capture c = { 0 };

	capture_await(&c, 7, "abc");
	add(&c, BEGIN "\x1e ll3m end 7 xyz\n\x1e ll3m end 8 abc\nmine" END "not mine");
	assert_string_equal(strbuf_str(&c.printed),
	                    "\x1e ll3m end 7 xyz\n\x1e ll3m end 8 abc\nmine");
	capture_release(&c);
}

TEST(of_an_endless_print_the_start_is_kept_and_the_rest_counted)
{
	struct capture c = { 0 };

	capture_await(&c, 7, "abc");
	add(&c, BEGIN);
	for (int i = 0; i < 100000; i++)
		add(&c, "0123456789");
	add(&c, END);
	assert_int_equal(c.printed.len, CAPTURE_MOST);
	assert_int_equal(c.dropped, 1000000 - CAPTURE_MOST);
	assert_true(c.pending.cap < 1000);
	capture_release(&c);
}

TEST(what_a_crash_cut_off_is_still_there)
{
	struct capture c = { 0 };

	capture_await(&c, 7, "abc");
	add(&c, BEGIN "last words\x1e ll3m en");
	capture_stop(&c);
	assert_string_equal(strbuf_str(&c.printed), "last words\x1e ll3m en");
	capture_await(&c, 8, "abc");
	assert_string_equal(strbuf_str(&c.printed), "");
	capture_release(&c);
}

TEST(nuls_do_not_shorten_what_was_printed)
{
	struct capture c = { 0 };

	capture_await(&c, 7, "abc");
	capture_add(&c, BEGIN "a\0b" END, sizeof(BEGIN "a\0b" END) - 1);
	assert_string_equal(strbuf_str(&c.printed), "a?b");
	capture_release(&c);
}

TEST(the_last_words_are_short_and_harmless)
{
	struct capture c = { 0 };
	struct strbuf words = { 0 };

	for (int i = 0; i < 10000; i++)
		add(&c, "line\n");
	add(&c, "bwrap: \x1b[31mno\nsecond\n\n\n");
	capture_last_words(&c, 2, &words);
	assert_string_equal(strbuf_str(&words), "bwrap: ?[31mno|second");
	assert_true(c.noise.len < 10000);
	capture_last_words(&(struct capture){ 0 }, 2, &words);
	assert_string_equal(strbuf_str(&words), "");
	capture_release(&c);
	strbuf_release(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			only_what_stands_between_the_marks_is_the_scripts_wherever_it_is_cut),
		cmocka_unit_test(a_mark_with_a_wrong_token_or_number_is_only_text),
		cmocka_unit_test(of_an_endless_print_the_start_is_kept_and_the_rest_counted),
		cmocka_unit_test(what_a_crash_cut_off_is_still_there),
		cmocka_unit_test(nuls_do_not_shorten_what_was_printed),
		cmocka_unit_test(the_last_words_are_short_and_harmless),
	};

	return RUN_ALL(tests);
}
