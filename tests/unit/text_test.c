#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

static void assert_clean(const char *in, size_t len, enum text_shape shape, const char *out)
{
	struct strbuf sb = { 0 };

	text_clean(&sb, in, len, shape);
	assert_string_equal(strbuf_str(&sb), out);
	strbuf_release(&sb);
}

TEST(every_character_survives_encoding_and_decoding)
{
	for (uint32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 37) {
		struct strbuf sb = { 0 };
		uint32_t back;

		text_encode(&sb, c);
		assert_int_equal(text_decode(&back, sb.buf, sb.len), sb.len);
		assert_int_equal(back, c >= 0xd800 && c <= 0xdfff ? 0xfffd : c);
		assert_true(text_is_utf8(sb.buf, sb.len));
		strbuf_release(&sb);
	}
}

TEST(bytes_that_are_no_character_become_one_replacement_a_run)
{
	static const char *const cases[][2] = {
		{ "a\xff"
		  "b",
		  "a\xef\xbf\xbd"
		  "b" },
		{ "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd" },                 /* overlong */
		{ "\xe2\x82", "\xef\xbf\xbd" },                             /* cut off */
		{ "\xf0\x9f\x98x", "\xef\xbf\xbdx" },                       /* cut off by another */
		{ "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" }, /* surrogate */
		{ "\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\xe2\x82\xac", "\xe2\x82\xac" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf sb = { 0 };

		text_mend(&sb, cases[i][0], strlen(cases[i][0]));
		assert_string_equal(strbuf_str(&sb), cases[i][1]);
		strbuf_release(&sb);
	}
}

TEST(width_is_what_terminals_draw)
{
	static const struct {
		const char *text;
		size_t cols;
	} cases[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "\xe6\xa1\xb6", 2 },             /* a CJK character */
		{ "e\xcc\x81", 1 },                /* e and a combining accent */
		{ "\xe2\x9c\x93\xe2\x86\x92", 2 }, /* check mark, arrow */
		{ "\xf0\x9f\xaa\xa3", 2 },         /* a bucket */
		{ "\xff", 1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(text_width(cases[i].text, strlen(cases[i].text)), cases[i].cols);
	assert_int_equal(text_cell_width(0x1faff), -1);
}

TEST(nothing_that_drives_a_terminal_passes)
{
	assert_clean("\x1b]52;c;aGk=\x07", 12, TEXT_LINES, "\\x1b]52;c;aGk=\\x07");
	assert_clean("a\xc2\x9b"
	             "31m",
	             6, TEXT_LINES, "a\\x9b31m");
	assert_clean("a\xe2\x80\xae"
	             "b",
	             5, TEXT_LINES, "a\\u202eb");
	assert_clean("a\0b", 3, TEXT_LINES, "a\\x00b");
	assert_clean("100%\rdone", 9, TEXT_LINES, "100%\\x0ddone");

	for (unsigned c = 0; c < 256; c++) {
		const char byte = (char)c;
		struct strbuf sb = { 0 };

		text_clean(&sb, &byte, 1, TEXT_ONE_LINE);
		for (size_t i = 0; i < sb.len; i++)
			assert_true((unsigned char)sb.buf[i] >= 0x20 && sb.buf[i] != 0x7f);
		assert_true(text_is_utf8(strbuf_str(&sb), sb.len));
		strbuf_release(&sb);
	}
}

TEST(lines_and_tabs_take_the_shape_asked_for)
{
	assert_clean("a\tb\r\n\tc", 7, TEXT_LINES, "a       b\n        c");
	assert_clean("a\tb\r\n\tc", 7, TEXT_ONE_LINE, "a b  c");
	assert_clean("\xc2\xa0x\xe2\x80\x8by", 7, TEXT_LINES, " xy");
}

TEST(marks_do_not_pile_up)
{
	struct strbuf in = { 0 }, out = { 0 };

	strbuf_addstr(&in, "e");
	for (int i = 0; i < 100; i++)
		strbuf_addstr(&in, "\xcc\x81");
	text_clean(&out, in.buf, in.len, TEXT_LINES);
	assert_int_equal(out.len, 1 + 4 * 2);
	strbuf_release(&in);
	strbuf_release(&out);
}

TEST(a_cut_text_says_so_and_fits)
{
	static const struct {
		const char *in;
		size_t cols;
		const char *out;
	} cases[] = {
		{ "bucket", 6, "bucket" },
		{ "bucket", 5, "buck\xe2\x80\xa6" },
		{ "bucket", 1, "\xe2\x80\xa6" },
		{ "bucket", 0, "" },
		{ "\xe6\xa1\xb6\xe6\xa1\xb6", 3, "\xe6\xa1\xb6\xe2\x80\xa6" },
		{ "\xe6\xa1\xb6\xe6\xa1\xb6", 2, "\xe2\x80\xa6" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf sb = { 0 };

		text_cut(&sb, cases[i].in, strlen(cases[i].in), cases[i].cols);
		assert_string_equal(strbuf_str(&sb), cases[i].out);
		strbuf_release(&sb);
	}
}

static void assert_rows(const char *text, size_t cols, const char *want)
{
	struct text_span row, rest = text_span(text);
	struct strbuf sb = { 0 };

	while (text_next_row(&row, &rest, cols)) {
		strbuf_add(&sb, row.at, row.len);
		strbuf_addstr(&sb, "|");
	}
	assert_string_equal(strbuf_str(&sb), want);
	strbuf_release(&sb);
}

TEST(rows_break_between_words_and_lose_only_the_blanks_there)
{
	assert_rows("", 5, "");
	assert_rows("a red bucket", 5, "a red|bucke|t|");
	assert_rows("a red bucket", 6, "a red|bucket|");
	assert_rows("a red bucket", 8, "a red|bucket|");
	assert_rows("a\n\nb\n", 5, "a||b|");
	assert_rows("  indented text", 10, "  indented|text|");
	assert_rows("abc    \ndef", 3, "abc|def|");
	assert_rows("\xe6\xa1\xb6\xe6\xa1\xb6", 1, "\xe6\xa1\xb6|\xe6\xa1\xb6|");
	assert_rows("    wide", 5, "    w|ide|");
}

TEST(the_nearest_name_is_one_that_could_be_meant)
{
	static const char *const names[] = { "accept", "reject", "reprompt", "undo", "fork" };

	assert_string_equal(text_nearest("acept", names, COUNT(names)), "accept");
	assert_string_equal(text_nearest("UNOD", names, COUNT(names)), "undo");
	assert_string_equal(text_nearest("repromt", names, COUNT(names)), "reprompt");
	assert_null(text_nearest("explode", names, COUNT(names)));
	assert_null(text_nearest("", names, COUNT(names)));
	assert_null(text_nearest("x", names, COUNT(names)));
}

TEST(amounts_are_short)
{
	struct strbuf sb = { 0 };
	static const int64_t times_ms[] = { 0, 420, 4240, 9990, 59000, 185000, 7440000 };
	static const uint64_t sizes[] = { 0, 512, 1234, 55000, 999949, 3400000000 };
	static const double prices[] = { 0, 0.0031, 0.42, 12 };

	for (size_t i = 0; i < COUNT(times_ms); i++, strbuf_addstr(&sb, "|"))
		text_add_duration(&sb, times_ms[i]);
	assert_string_equal(sb.buf, "0 ms|420 ms|4.2 s|10 s|59 s|3 min 5 s|2 h 4 min|");
	strbuf_reset(&sb);
	for (size_t i = 0; i < COUNT(sizes); i++, strbuf_addstr(&sb, "|"))
		text_add_bytes(&sb, sizes[i]);
	assert_string_equal(sb.buf, "0 B|512 B|1.2 KB|55 KB|1.0 MB|3.4 GB|");
	strbuf_reset(&sb);
	for (size_t i = 0; i < COUNT(prices); i++, strbuf_addstr(&sb, "|"))
		text_add_usd(&sb, prices[i]);
	assert_string_equal(sb.buf, "$0.00|$0.0031|$0.42|$12.00|");
	strbuf_release(&sb);
}

TEST(spans_trim_and_split)
{
	struct text_span line, rest = text_span("one\n\n two ");

	assert_true(text_next_line(&line, &rest) && text_is(line, "one"));
	assert_true(text_next_line(&line, &rest) && text_is(line, ""));
	assert_true(text_next_line(&line, &rest) && text_is(text_trim(line), "two"));
	assert_false(text_next_line(&line, &rest));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_survives_encoding_and_decoding),
		cmocka_unit_test(bytes_that_are_no_character_become_one_replacement_a_run),
		cmocka_unit_test(width_is_what_terminals_draw),
		cmocka_unit_test(nothing_that_drives_a_terminal_passes),
		cmocka_unit_test(lines_and_tabs_take_the_shape_asked_for),
		cmocka_unit_test(marks_do_not_pile_up),
		cmocka_unit_test(a_cut_text_says_so_and_fits),
		cmocka_unit_test(rows_break_between_words_and_lose_only_the_blanks_there),
		cmocka_unit_test(the_nearest_name_is_one_that_could_be_meant),
		cmocka_unit_test(amounts_are_short),
		cmocka_unit_test(spans_trim_and_split),
	};

	return RUN_ALL(tests);
}
