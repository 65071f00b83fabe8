#include "tui/folds.h"

#include <string.h>

#include "base/text.h"
#include "test.h"

static uint32_t sign_of(const struct strbuf *text)
{
	uint32_t sign;

	assert_int_equal(text_decode(&sign, text->buf, text->len), text->len);
	return sign;
}

TEST(a_long_paste_is_one_character_and_comes_out_whole)
{
	static const char text[] = "one\ntwo\nthree\nfour\nfive\n";
	struct strbuf sign = { 0 }, label = { 0 }, whole = { 0 };
	struct folds folds = { 0 };

	assert_true(folds_want(text, strlen(text)));
	strbuf_addstr(&sign, "see ");
	folds_add(&folds, text, strlen(text), &sign);
	strbuf_addstr(&sign, "!");
	folds_expand(&folds, strbuf_str(&sign), &whole);
	assert_string_equal(strbuf_str(&whole), "see one\ntwo\nthree\nfour\nfive\n!");
	strbuf_eat(&sign, 4);
	strbuf_cut(&sign, sign.len - 1);
	folds_label(&folds, sign_of(&sign), &label);
	assert_string_equal(strbuf_str(&label), "[paste 5 lines]");
	strbuf_release(&sign);
	strbuf_release(&label);
	strbuf_release(&whole);
	folds_release(&folds);
}

TEST(a_short_paste_is_left_alone)
{
	assert_false(folds_want("a\nb\n", 4));
	assert_false(folds_want("", 0));
}

TEST(signs_from_outside_mean_nothing)
{
	struct strbuf sign = { 0 }, mended = { 0 };
	struct folds folds = { 0 };

	folds_add(&folds, "secret", 6, &sign);
	folds_mend(sign.buf, sign.len, &mended);
	assert_string_equal(strbuf_str(&mended), "\ufffd");
	assert_null(folds_text(&folds, 'a'));
	assert_null(folds_text(&folds, sign_of(&sign) + 1));
	strbuf_release(&sign);
	strbuf_release(&mended);
	folds_release(&folds);
}

TEST(a_paste_into_a_paste_does_not_fold_twice)
{
	struct strbuf first = { 0 }, second = { 0 }, whole = { 0 };
	struct folds folds = { 0 };

	folds_add(&folds, "inner", 5, &first);
	folds_add(&folds, first.buf, first.len, &second);
	folds_expand(&folds, strbuf_str(&second), &whole);
	assert_string_equal(strbuf_str(&whole), "\ufffd");
	strbuf_release(&first);
	strbuf_release(&second);
	strbuf_release(&whole);
	folds_release(&folds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_paste_is_one_character_and_comes_out_whole),
		cmocka_unit_test(a_short_paste_is_left_alone),
		cmocka_unit_test(signs_from_outside_mean_nothing),
		cmocka_unit_test(a_paste_into_a_paste_does_not_fold_twice),
	};

	return RUN_ALL(tests);
}
