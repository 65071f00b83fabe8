#include "tui/decoder.h"

#include <string.h>

#include "test.h"

/* What came out, as words: "a C-c <paste 3>abc [device]". */
struct heard {
	struct strbuf words;
	struct reply reply; /* the last one */
};

static void on_input(void *ctx, const struct input *input)
{
	struct heard *heard = ctx;

	if (heard->words.len)
		strbuf_addstr(&heard->words, " ");
	switch (input->type) {
	case INPUT_KEY:
		input_name(&heard->words, input);
		break;
	case INPUT_MOUSE:
		strbuf_addf(&heard->words, "%s%d@%d,%d+%u", input->released ? "up" : "mouse",
		            (int)input->button, input->row, input->col, input->mods);
		break;
	case INPUT_PASTE:
		strbuf_addf(&heard->words, "<%.*s>", (int)input->len, input->text);
		break;
	case INPUT_FOCUS:
		strbuf_addstr(&heard->words, input->focused ? "focus" : "blur");
		break;
	}
}

static void on_reply(void *ctx, const struct reply *reply)
{
	struct heard *heard = ctx;

	heard->reply = *reply;
	if (heard->words.len)
		strbuf_addstr(&heard->words, " ");
	strbuf_addf(&heard->words, "[%d]", (int)reply->type);
}

static struct decoder decoder_to(struct heard *heard)
{
	return (struct decoder){ .on = { on_input, on_reply, heard } };
}

static void feed(struct decoder *d, const char *bytes)
{
	decoder_feed(d, bytes, strlen(bytes));
}

static void expect(struct heard *heard, struct decoder *d, const char *words)
{
	if (decoder_patience_ms(d) >= 0)
		decoder_flush(d);
	assert_int_equal(decoder_patience_ms(d), -1);
	assert_string_equal(strbuf_str(&heard->words), words);
	strbuf_release(&heard->words);
	decoder_release(d);
}

static void hears_len(const char *bytes, size_t len, const char *words)
{
	for (size_t cut = 0; cut <= len; cut++) {
		struct heard heard = { 0 };
		struct decoder d = decoder_to(&heard);

		decoder_feed(&d, bytes, cut);
		decoder_feed(&d, bytes + cut, len - cut);
		expect(&heard, &d, words);
	}
}

/* The same in one piece and cut in two at every place. */
static void hears(const char *bytes, const char *words)
{
	hears_len(bytes, strlen(bytes), words);
}

TEST(plain_keys_come_one_by_one)
{
	hears("aZ \r\n\t\177\b", "a Z Space Enter C-j Tab Backspace C-h");
	hears_len("\0\x03\x1f\x1c", 4, "C-Space C-c C-_ C-\\");
	hears("ä→日\xf0\x9f\x98\x80", "ä → 日 \xf0\x9f\x98\x80");
	hears("\xff"
	      "a\xe2\x82"
	      "b",
	      "\xef\xbf\xbd a \xef\xbf\xbd b");
}

TEST(keys_of_every_kind_of_terminal_are_known)
{
	hears("\033[A\033OB\033[1;5C\033[1;2D", "Up Down C-Right S-Left");
	hears("\033[Z\033[3~\033[5;3~\033[24~", "S-Tab Delete A-PgUp F12");
	hears("\033OP\033[[B\033[15~\033[1;6P", "F1 F2 F5 C-S-F1");
	hears("\033[3$\033[7^\033[a\033Oa", "S-Delete C-Home S-Up C-Up");
	hears("\033[27u\033[97;5u\033[13;2u\033[105;5u\033[57417;1u", "Esc C-a S-Enter Tab Left");
	hears("\033[27;5;13~\033[97:65;6:1u", "C-Enter C-S-a");
	hears("\033Oj\033Or", "* 2");
}

TEST(alt_is_an_escape_before_the_key)
{
	hears("\033x\033\r\033\xc3\xa4\033\033[A", "A-x A-Enter A-ä A-Up");
	hears("\xc2\x8d\xc2\x81", "A-Enter C-A-a");
}

TEST(a_lone_escape_is_a_key_after_a_while)
{
	hears("\033", "Esc");
	hears("\033\033", "Esc Esc");
	hears("a\033[", "a A-[");
	hears("\033O", "A-O");
}

TEST(clicks_and_the_wheel_have_a_place)
{
	hears("\033[<0;5;3M\033[<0;5;3m\033[<64;1;1M\033[<18;80;24M",
	      "mouse0@2,4+0 up0@2,4+0 mouse3@0,0+0 mouse2@23,79+4");
	hears("\033[<35;5;3M\033[<0;0;3M\033[<66;1;1M\033[<0;5M", "");
	hears("\033[M !!\033[M#!!", "mouse0@0,0+0 up0@0,0+0");
}

TEST(focus_comes_and_goes)
{
	hears("\033[I\033[O", "focus blur");
}

TEST(a_marked_paste_is_text_and_never_keys)
{
	hears("\033[200~a\rx\r\nq\033[201~z", "<a\nx\nq> z");
	hears("\033[200~\033[31mred\033[0m\033[20\a\b\177\033[201~", "<[31mred[0m[20>");
	hears("\033[200~\xc2\x9b\xff\t\033[201~", "<\xef\xbf\xbd\t>");
	hears("\033[200~\033[201~", "");
}

TEST(a_paste_has_an_end_even_if_the_terminal_forgets_it)
{
	hears("\033[200~abc", "<abc>");
}

TEST(a_huge_paste_is_cut_and_says_so)
{
	static char megabyte[1 << 20];
	struct heard heard = { 0 };
	struct decoder d = decoder_to(&heard);

	memset(megabyte, 'a', sizeof(megabyte));
	feed(&d, "\033[200~");
	for (int i = 0; i < 3; i++)
		decoder_feed(&d, megabyte, sizeof(megabyte));
	feed(&d, "\033[201~");
	assert_int_equal(heard.words.len, sizeof(megabyte) + 2);
	decoder_release(&d);
	strbuf_release(&heard.words);
}

TEST(an_unmarked_paste_is_known_by_its_speed)
{
	struct heard heard = { 0 };
	struct decoder d = decoder_to(&heard);

	d.bursts = true;
	feed(&d, "a\nx\nq");
	feed(&d, "y");
	assert_in_range(decoder_patience_ms(&d), 1, 60);
	decoder_flush(&d);
	feed(&d, "q");
	feed(&d, "jjjjjjjjjjjjjj");
	feed(&d, "\r\r");
	expect(&heard, &d, "<a\nx\nqy> q j j j j j j j j j j j j j j Enter Enter");

	d = decoder_to(&heard);
	d.bursts = true;
	feed(&d, "import bpy\033[Aab");
	expect(&heard, &d, "<import bpy> Up a b");
}

TEST(where_pastes_are_marked_fast_fingers_are_keys)
{
	hears("a\rq", "a Enter q");
}

TEST(answers_are_told_from_keys)
{
	hears("a\033[?62;4;22cb", "a [1] b");
	hears("\033P>|XTerm(379)\033\\q", "[2] q");
	hears("\033[6;16;8t\033[?1;0;256S\033[?2026;2$y", "[3] [4] [5]");
	hears("\033[?1;4R\033[?0u\033_Gi=31;OK\033\\", "[6] [7] [9]");
	hears("\033]11;rgb:1e1e/20/f\033\\\033]10;rgb:00/00/00\a", "[8] [8]");
	hears("\033[>41;379;0c\033[0n", "[0] [0]");
	hears("\033]52;c;aGVsbG8=\033\\\033Pqjunk\033\\a", "a");
}

TEST(answers_say_what_was_asked)
{
	struct heard heard = { 0 };
	struct decoder d = decoder_to(&heard);

	feed(&d, "\033]11;rgb:1e1e/20/f\033\\");
	assert_int_equal(heard.reply.color, 0x1e20ff);
	assert_int_equal(heard.reply.numbers[0], 11);
	feed(&d, "\033P>|tmux 3.5a\033\\");
	assert_string_equal(heard.reply.text, "tmux 3.5a");
	feed(&d, "\033[?2;0;1000;600S");
	assert_int_equal(heard.reply.count, 4);
	assert_int_equal(heard.reply.numbers[2], 1000);
	feed(&d, "\033_Gi=31;ENOTSUP\033\\");
	assert_false(heard.reply.ok);
	expect(&heard, &d, "[8] [2] [4] [9]");
}

/* Slow lines: the escape has been taken for the key when the rest arrives. */
TEST(an_answer_torn_at_each_byte_leaves_no_keys)
{
	static const char *const answers[] = {
		"\033[?62;4c",
		"\033]11;rgb:00/00/00\033\\",
		"\033P>|foot(1.21)\033\\",
		"\033_Gi=31;OK\033\\",
		"\033[6;16;8t",
	};

	for (size_t i = 0; i < COUNT(answers); i++) {
		struct heard heard = { 0 };
		struct decoder d = decoder_to(&heard);

		d.expecting = true;
		decoder_feed(&d, answers[i], 1);
		assert_in_range(decoder_patience_ms(&d), 200, 1000);
		decoder_flush(&d);
		for (size_t at = 1; answers[i][at]; at++) {
			assert_true(decoder_patience_ms(&d) == -1 ||
			            decoder_patience_ms(&d) >= 250);
			decoder_feed(&d, answers[i] + at, 1);
		}
		assert_int_equal(strncmp(strbuf_str(&heard.words), "Esc [", 5), 0);
		assert_int_equal(heard.words.len, 7);
		strbuf_release(&heard.words);
		decoder_release(&d);
	}
}

TEST(keys_after_an_escape_are_keys_although_an_answer_is_due)
{
	static const struct {
		const char *typed, *words;
	} rows[] = {
		{ "[", "Esc [" },
		{ "[[", "Esc [ [" },
		{ "[q", "Esc [ q" },
		{ "]x", "Esc ] x" },
		{ "P", "Esc P" },
		{ "[1j", "Esc [ 1 j" },
		{ "_a\r", "Esc _ a Enter" },
		{ "[\033", "Esc [ Esc" },
		{ "O", "Esc O" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct heard heard = { 0 };
		struct decoder d = decoder_to(&heard);

		d.expecting = true;
		feed(&d, "\033");
		decoder_flush(&d);
		for (const char *c = rows[i].typed; *c; c++)
			decoder_feed(&d, c, 1);
		expect(&heard, &d, rows[i].words);
	}
}

TEST(what_nobody_knows_is_swallowed)
{
	hears("\033[>1;2;3xa\033[99~b\033[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1Ac", "a b Up c");
	hears("\033[12\rq", "Enter q");
	hears("\033]0;never ended\rq", "Enter q");
	hears("\033]0;never\033[A", "Up");
}

TEST(an_endless_sequence_is_given_up)
{
	static char digits[10000];
	struct heard heard = { 0 };
	struct decoder d = decoder_to(&heard);

	memset(digits, '1', sizeof(digits) - 1);
	feed(&d, "\033[");
	decoder_feed(&d, digits, 2000);
	feed(&d, "~a\033]");
	decoder_feed(&d, digits, 3000);
	feed(&d, "\033\\b");
	expect(&heard, &d, "a b");
}

TEST(keys_have_names_that_can_be_read_back)
{
	static const char *const all[] = { "q",     "C-x", "A-Enter", "S-Tab", "F12", "Space",
		                           "C-S-a", "ä",   "Esc",     "-",     "C--", "PgDn" };
	struct input key;
	struct strbuf name = { 0 };
	const char *rest = "C-x C-e";

	for (size_t i = 0; i < COUNT(all); i++) {
		const char *at = all[i];

		assert_true(input_parse(&key, &at));
		assert_string_equal(at, "");
		strbuf_reset(&name);
		input_name(&name, &key);
		assert_string_equal(strbuf_str(&name), all[i]);
	}
	assert_true(input_parse(&key, &rest) && input_parse(&key, &rest));
	assert_int_equal(key.key, 'e');
	assert_false(input_parse(&key, &rest));
	rest = "F21";
	assert_false(input_parse(&key, &rest));
	rest = "Entre";
	assert_false(input_parse(&key, &rest));
	strbuf_release(&name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_keys_come_one_by_one),
		cmocka_unit_test(keys_of_every_kind_of_terminal_are_known),
		cmocka_unit_test(alt_is_an_escape_before_the_key),
		cmocka_unit_test(a_lone_escape_is_a_key_after_a_while),
		cmocka_unit_test(clicks_and_the_wheel_have_a_place),
		cmocka_unit_test(focus_comes_and_goes),
		cmocka_unit_test(a_marked_paste_is_text_and_never_keys),
		cmocka_unit_test(a_paste_has_an_end_even_if_the_terminal_forgets_it),
		cmocka_unit_test(a_huge_paste_is_cut_and_says_so),
		cmocka_unit_test(an_unmarked_paste_is_known_by_its_speed),
		cmocka_unit_test(where_pastes_are_marked_fast_fingers_are_keys),
		cmocka_unit_test(answers_are_told_from_keys),
		cmocka_unit_test(answers_say_what_was_asked),
		cmocka_unit_test(an_answer_torn_at_each_byte_leaves_no_keys),
		cmocka_unit_test(keys_after_an_escape_are_keys_although_an_answer_is_due),
		cmocka_unit_test(what_nobody_knows_is_swallowed),
		cmocka_unit_test(an_endless_sequence_is_given_up),
		cmocka_unit_test(keys_have_names_that_can_be_read_back),
	};

	return RUN_ALL(tests);
}
